"""A local read cache of artifacts, keyed by ETag, shared by the processes of one machine."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mmm_store.store import Store

MAX_BYTES = 2 << 30
PARTIAL = ".partial-"


class ArtifactCache:
    """Files of artifacts read before, the longest unused of which make room.

    Artifacts never change, and the name of a cached file contains the artifact's ETag, so what is found is
    right. Files appear by renaming: another process sees all of one or nothing.

    Parameters
    ----------
    store : Store
        Where artifacts come from.
    folder : Path
        Where files are kept; made when missing.
    max_bytes : int
        Size above which the longest unused files go.
    """

    def __init__(self, store: Store, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._store = store
        self._folder = folder
        self._max_bytes = max_bytes
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def path(self, key: str) -> Path:
        """Return a local copy of an artifact, fetched when it is not there; raises `NotFound`."""
        name = hashlib.sha256(f"{key}\n{self._store.artifact_etag(key)}".encode()).hexdigest()
        target = self._folder / name
        try:
            os.utime(target)
        except FileNotFoundError:
            self._fetch(key, target)
            self._make_room(keep=target)
        return target

    def _fetch(self, key: str, target: Path) -> None:
        with self._partial_file() as partial:
            self._store.fetch_artifact(key, partial)
            partial.replace(target)

    @contextmanager
    def _partial_file(self) -> Iterator[Path]:
        """Make a file to download into, locked as long as this process is at it."""
        with self._alone():
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=PARTIAL)
            fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)
            os.close(handle)

    def _make_room(self, keep: Path) -> None:
        self._drop_abandoned()
        files = []
        for path in self._folder.iterdir():
            # Another process may delete a file while this one looks.
            with suppress(FileNotFoundError):
                stat = path.stat()
                files.append((stat.st_mtime_ns, stat.st_size, path))
        excess = sum(size for _, size, _ in files) - self._max_bytes
        for _, size, path in sorted(files):
            if excess <= 0:
                return
            if path != keep and not path.name.startswith(PARTIAL):
                path.unlink(missing_ok=True)
                excess -= size

    def _drop_abandoned(self) -> None:
        """Delete what killed processes left half downloaded: files nobody holds the lock of."""
        with self._alone():
            for path in self._folder.glob(f"{PARTIAL}*"):
                with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep others from making or judging files that are not locked yet."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)
