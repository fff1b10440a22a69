"""The processes of the stack: their commands, their environments, the order in which they end."""

import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from mmm_local.description import LOOPBACK, StackDescription
from mmm_local.errors import LocalStackError
from mmm_local.object_store import EmbeddedObjectStore
from mmm_local.paths import StatePaths
from mmm_local.supervisor_config import Program

STACK_ID_VARIABLE = "MMM_STACK_ID"
SERVICES = ("data", "fitting", "analysis", "optimizer")
STORE_TIER, SERVICE_TIER, GATEWAY_TIER, UI_TIER = 10, 20, 30, 40

_TUNING_PREFIXES = tuple(f"MMM_{service.upper()}_" for service in SERVICES)


def base_environment(description: StackDescription) -> dict[str, str]:
    """Environment of supervisord, which all processes inherit.

    Variables that would redirect a process to another platform are dropped, tuning of a service
    (``MMM_FITTING_…``) is kept. Proxies are never asked for loopback.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MMM_") or name.startswith(_TUNING_PREFIXES)
    }
    direct = f"{LOOPBACK},localhost"
    return kept | {STACK_ID_VARIABLE: description.stack_id, "no_proxy": direct, "NO_PROXY": direct}


def stack_programs(
    paths: StatePaths, description: StackDescription, store: EmbeddedObjectStore, secret: str
) -> list[Program]:
    """All processes, in the order in which they start.

    Parameters
    ----------
    secret : str
        What the gateway shows to the services.
    """
    return [
        Program("object-store", store.command, store.environment, STORE_TIER, stop_seconds=10),
        *(_service(name, paths, description, store, secret) for name in SERVICES),
        _gateway(paths, description, secret),
        Program(
            "ui", ui_command(description.ports["ui"]), ui_environment(description.address("gateway")), UI_TIER
        ),
    ]


def _service(
    name: str, paths: StatePaths, description: StackDescription, store: EmbeddedObjectStore, secret: str
) -> Program:
    environment = {
        "MMM_LISTEN": description.address(name),
        "MMM_GATEWAY_SECRET": secret,
        "MMM_CACHE_DIR": str(paths.cache),
        "MMM_S3_ENDPOINT": store.s3.endpoint,
        "MMM_S3_ACCESS_KEY": store.s3.access_key.get_secret_value(),
        "MMM_S3_SECRET_KEY": store.s3.secret_key.get_secret_value(),
        "MMM_S3_BUCKET": store.s3.bucket,
        "MMM_S3_SECURE": str(store.s3.secure).lower(),
        "MMM_S3_REGION": store.s3.region,
    }
    if name == "fitting":
        # Fits outlive a restart of the service, but not the stack.
        environment["MMM_FITTING_STOP_WORKERS_ON_EXIT"] = "true"
    return Program(name, (sys.executable, "-m", f"mmm_{name}"), environment, SERVICE_TIER, stop_seconds=20)


def _gateway(paths: StatePaths, description: StackDescription, secret: str) -> Program:
    environment = {
        "MMM_GATEWAY_LISTEN": description.address("gateway"),
        "MMM_GATEWAY_SECRET": secret,
        "MMM_GATEWAY_TOKENS_FILE": str(paths.token_registry),
    }
    environment |= {f"MMM_GATEWAY_{name.upper()}_ADDRESS": description.address(name) for name in SERVICES}
    return Program("gateway", (sys.executable, "-m", "mmm_gateway"), environment, GATEWAY_TIER)


def _ui(description: StackDescription) -> Program:
    environment = ui_environment(description.address("gateway"))
    return Program("ui", ui_command(description.ports["ui"]), environment, UI_TIER)


def ui_command(port: int) -> tuple[str, ...]:
    """Command that serves the UI on a loopback port.

    Raises
    ------
    LocalStackError
        When the UI is not installed.
    """
    found = importlib.util.find_spec("mmm_ui")
    if found is None or found.origin is None:
        raise LocalStackError("The package mmm-ui is not installed.")
    return (
        *(sys.executable, "-m", "streamlit", "run", str(Path(found.origin).with_name("app.py"))),
        *("--server.address", LOOPBACK),
        *("--server.port", str(port)),
        *("--server.headless", "true"),
        *("--server.fileWatcherType", "none"),
        *("--browser.gatherUsageStats", "false"),
    )


def ui_environment(address: str) -> Mapping[str, str]:
    """Environment of the UI; people sign in with a token of theirs."""
    return {"MMM_ADDRESS": address}
