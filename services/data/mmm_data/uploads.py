"""One upload: bytes to a temporary file, then checked, read and published."""

import hashlib
import tempfile
from pathlib import Path

from mmm_core.errors import TooLarge
from mmm_core.records import DatasetRecord
from mmm_data.ingest import column_records, read_file, write_table
from mmm_data.ingest.problems import refused
from mmm_data.publishing import ArrivedFile, publish
from mmm_data.requests import UploadRequest
from mmm_data.settings import MIB, DataSettings
from mmm_store.store import Store


class Upload:
    """A file that is arriving. Use as a context: leaving it removes the temporary files.

    Parameters
    ----------
    request : UploadRequest
        What was announced.
    store : Store
        Where the table goes.
    settings : DataSettings
        Limits.
    """

    def __init__(self, request: UploadRequest, store: Store, settings: DataSettings) -> None:
        self._request, self._store, self._settings = request, store, settings
        self._folder = tempfile.TemporaryDirectory(prefix="mmm-upload-")
        self._path = Path(self._folder.name) / "upload"
        self._file = self._path.open("wb")
        self._digest = hashlib.sha256()
        self._size = 0

    def __enter__(self) -> "Upload":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._folder.cleanup()

    def write(self, chunk: bytes) -> None:
        """Take the next bytes; raises `TooLarge` as soon as the limit is passed."""
        self._size += len(chunk)
        if self._size > self._settings.max_upload_bytes:
            raise TooLarge(
                f"The file is larger than {_readable(self._settings.max_upload_bytes)}, the most that is "
                "accepted. Aggregate it to one row per period, or upload it as Parquet."
            )
        self._digest.update(chunk)
        self._file.write(chunk)

    def finish(self) -> DatasetRecord:
        """Check, read and store the file.

        Raises
        ------
        InvalidInput
            When the checksum differs, the file is no table, or can be read in more than one way.
        TooLarge
            When the table is above a limit.
        AlreadyExists, NotFound
            When somebody else took the id, or deleted the dataset, in the meantime.
        """
        self._file.close()
        self._check_checksum()
        read = read_file(
            self._path,
            file_name=self._request.file_name,
            declared=self._request.declared,
            options=self._request.options,
            settings=self._settings,
        )
        target = self._path.with_name("data.parquet")
        write_table(read.table, target)
        arrived = ArrivedFile(
            table=target,
            source_format=read.format,
            source_bytes=self._size,
            source_sha256=self._digest.hexdigest(),
            row_count=len(read.table),
            columns=column_records(read.table),
            reading=read.reading,
        )
        return publish(self._store, self._request, arrived)

    def _check_checksum(self) -> None:
        found = self._digest.hexdigest()
        if self._request.sha256 and self._request.sha256 != found:
            raise refused(
                "CHECKSUM_MISMATCH",
                f"arrived with checksum {found} instead of the announced one.",
                "Upload it again; it was damaged or changed on the way.",
                self._request.sha256,
            )


def _readable(size: int) -> str:
    return f"{size} bytes ({size / MIB:g} MiB)"
