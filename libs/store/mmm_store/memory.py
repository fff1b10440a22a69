"""The store in memory, for tests of what is built on it; the same contract suite runs on both."""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mmm_core.errors import Conflict, NotFound
from mmm_store.encoding import decode, encode, new_writer_token
from mmm_store.store import CHUNK_BYTES, ArtifactInfo, Record


class MemoryStore:
    """`mmm_store.store.Store` in a dictionary."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bodies: dict[str, bytes] = {}

    def get_record(self, key: str) -> Record | None:
        """Read a record; None when there is none."""
        with self._lock:
            body = self._bodies.get(key)
        return None if body is None else Record(key, decode(key, body)[0], _etag(body))

    def create_record(self, key: str, value: Mapping[str, Any]) -> Record:
        """Write a record that does not exist yet; raises `Conflict` when it does."""
        with self._lock:
            if key in self._bodies:
                raise Conflict(f"{key!r} exists already.")
            return self._put(key, value)

    def replace_record(self, key: str, value: Mapping[str, Any], etag: str) -> Record:
        """Replace a record read before; raises `Conflict` when it has changed or is gone."""
        with self._lock:
            if key not in self._bodies or _etag(self._bodies[key]) != etag:
                raise Conflict(f"{key!r} was written by somebody else in between.")
            return self._put(key, value)

    def delete(self, key: str) -> None:
        """Delete a record or an artifact; nothing happens when there is none."""
        with self._lock:
            self._bodies.pop(key, None)

    def delete_prefix(self, prefix: str) -> None:
        """Delete everything whose key begins with `prefix`."""
        for key in list(self.list_keys(prefix)):
            self.delete(key)

    def list_keys(self, prefix: str, *, start_after: str = "") -> Iterator[str]:
        """Keys that begin with `prefix`, in lexical order, after the key `start_after`."""
        with self._lock:
            keys = sorted(key for key in self._bodies if key.startswith(prefix) and key > start_after)
        yield from keys

    def put_artifact(self, key: str, source: Path) -> ArtifactInfo:
        """Store a file under a key nobody else writes."""
        body = source.read_bytes()
        with self._lock:
            self._bodies[key] = body
        return ArtifactInfo(key, len(body), hashlib.sha256(body).hexdigest())

    def artifact_etag(self, key: str) -> str:
        """Etag of an artifact; raises `NotFound`."""
        return _etag(self._artifact(key))

    def open_artifact(self, key: str) -> Iterator[bytes]:
        """Stream an artifact in chunks of at most 1 MiB; raises `NotFound` before the first one."""
        body = self._artifact(key)
        for start in range(0, len(body), CHUNK_BYTES):
            yield body[start : start + CHUNK_BYTES]

    def fetch_artifact(self, key: str, target: Path) -> None:
        """Write an artifact into a file; raises `NotFound`."""
        target.write_bytes(self._artifact(key))

    def _artifact(self, key: str) -> bytes:
        with self._lock:
            if key not in self._bodies:
                raise NotFound("object", key)
            return self._bodies[key]

    def _put(self, key: str, value: Mapping[str, Any]) -> Record:
        body = encode(value, new_writer_token())
        self._bodies[key] = body
        return Record(key, decode(key, body)[0], _etag(body))


def _etag(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
