"""Streaming upload of a file."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from mmm.data.v1.data_service_pb2 import UploadDatasetRequest, UploadHeader

CHUNK_BYTES = 1 << 20

type ProgressCallback = Callable[[int, int], None]
"""Called with the bytes moved so far and the bytes in all."""


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def upload_messages(
    path: Path, header: UploadHeader, on_progress: ProgressCallback | None
) -> Iterator[UploadDatasetRequest]:
    """Yield the header, then the file in chunks of 1 MiB, read only as fast as they are sent."""
    yield UploadDatasetRequest(header=header)
    total = path.stat().st_size
    sent = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield UploadDatasetRequest(chunk=chunk)
            sent += len(chunk)
            if on_progress is not None:
                on_progress(sent, total)
