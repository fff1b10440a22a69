"""The port to object storage: small JSON records changed by compare-and-swap, and immutable artifacts.

A key never names both an object and a folder of others (``m`` beside ``m/a``): not every storage has both.

The API is synchronous and safe to use from several threads. All faults surface as `mmm_core.errors`:
`Unavailable` when the storage does not answer after retries, `Conflict` when somebody else was faster,
`NotFound` for a missing artifact.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object as it stands in the storage.

    Attributes
    ----------
    key : str
        Where it is.
    value : dict
        The object.
    etag : str
        Changes with every write; needed to replace the record.
    """

    key: str
    value: dict[str, Any]
    etag: str


@dataclass(frozen=True, slots=True)
class ArtifactInfo:
    """A stored file.

    Attributes
    ----------
    key : str
        Where it is.
    size_bytes : int
        Its size.
    sha256 : str
        Its checksum, lower-case hexadecimal.
    """

    key: str
    size_bytes: int
    sha256: str


class Store(Protocol):
    """Object storage as the services use it."""

    def get_record(self, key: str) -> Record | None:
        """Read a record; None when there is none."""
        ...

    def create_record(self, key: str, value: Mapping[str, Any]) -> Record:
        """Write a record that does not exist yet; raises `Conflict` when it does."""
        ...

    def replace_record(self, key: str, value: Mapping[str, Any], etag: str) -> Record:
        """Replace a record read before; raises `Conflict` when it has changed or is gone."""
        ...

    def delete(self, key: str) -> None:
        """Delete a record or an artifact; nothing happens when there is none."""
        ...

    def delete_prefix(self, prefix: str) -> None:
        """Delete everything whose key begins with `prefix`."""
        ...

    def list_keys(self, prefix: str, *, start_after: str = "") -> Iterator[str]:
        """Keys that begin with `prefix`, after the key `start_after`.

        The order is the storage's: plain lexical on AWS, folder by folder on SeaweedFS (there ``m/a`` comes
        before ``m-2/a``). It is the same for every call, so that a listing goes on after any key it gave,
        even one deleted since; `start_after` must be such a key, not a folder.
        """
        ...

    def put_artifact(self, key: str, source: Path) -> ArtifactInfo:
        """Store a file under a key nobody else writes."""
        ...

    def artifact_etag(self, key: str) -> str:
        """Etag of an artifact; raises `NotFound`."""
        ...

    def open_artifact(self, key: str) -> Iterator[bytes]:
        """Stream an artifact in chunks of at most 1 MiB; raises `NotFound` before the first one."""
        ...

    def fetch_artifact(self, key: str, target: Path) -> None:
        """Stream an artifact into a file; raises `NotFound`."""
        ...
