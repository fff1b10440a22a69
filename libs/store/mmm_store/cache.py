"""A local read cache of artifacts, keyed by ETag, shared by the processes of one machine."""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from mmm_store.store import Store

MAX_BYTES = 2 << 30


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
        handle, partial = tempfile.mkstemp(dir=self._folder, prefix=".partial-")
        os.close(handle)
        try:
            self._store.fetch_artifact(key, Path(partial))
            Path(partial).replace(target)
        finally:
            Path(partial).unlink(missing_ok=True)

    def _make_room(self, keep: Path) -> None:
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
            if path != keep and not path.name.startswith("."):
                path.unlink(missing_ok=True)
                excess -= size
