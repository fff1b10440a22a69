"""A real object store for tests."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mmm_local.object_store import EmbeddedObjectStore, prepare_object_store, wait_until_ready


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
