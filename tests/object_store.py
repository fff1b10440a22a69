"""A real object store for tests."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from mmm_local.object_store import (
    BUCKET,
    EmbeddedObjectStore,
    StoreDescription,
    prepare_object_store,
    wait_until_ready,
)
from mmm_local.paths import StatePaths
from mmm_store.s3 import S3Settings, S3Store


@contextmanager
def running_object_store(folder: Path) -> Iterator[tuple[EmbeddedObjectStore, subprocess.Popen[bytes]]]:
    """Run the embedded object store in `folder`; yields it and its process, which may be killed."""
    store = prepare_object_store(folder)
    with (folder / "weed.log").open("ab") as log:
        process = subprocess.Popen(
            store.command, stdout=log, stderr=subprocess.STDOUT, env=store.environment, cwd=folder
        )
    try:
        wait_until_ready(store)
        yield store, process
    finally:
        process.kill()
        process.wait()


def store_of_stack(state_dir: Path) -> S3Store:
    """The object store of a running local stack."""
    file = StatePaths(state_dir).object_store / "store.json"
    description = StoreDescription.model_validate_json(file.read_bytes())
    settings = S3Settings(
        endpoint=f"127.0.0.1:{description.ports['s3']}",
        access_key=SecretStr(description.access_key),
        secret_key=SecretStr(description.secret_key),
        bucket=BUCKET,
    )
    return S3Store(settings)
