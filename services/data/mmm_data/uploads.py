"""One upload: bytes to a temporary file, then checked, parsed and stored; the record comes last."""

import hashlib
import tempfile
from pathlib import Path

from mmm_core.errors import AlreadyExists, Conflict, InvalidInput, TooLarge, Violation, shorten
from mmm_core.names import DatasetName, new_id
from mmm_core.records import ArtifactRecord, DatasetRecord, dataset_key, dataset_table_key, now
from mmm_data.ingest import column_records, read_file, write_table
from mmm_data.ingest.problems import refused
from mmm_data.requests import UploadRequest
from mmm_data.settings import MIB, DataSettings
from mmm_store.store import Store

RESOURCE = "dataset"


class StoredDataset(DatasetRecord):
    """The record as the data service writes it.

    Attributes
    ----------
    request_id : str
        Request that made it; a repetition of that request gets it again.
    """

    request_id: str = ""


def find_dataset(store: Store, name: DatasetName) -> StoredDataset | None:
    """Read a dataset's record."""
    record = store.get_record(dataset_key(name))
    return None if record is None else StoredDataset.model_validate(record.value)


def finished_before(store: Store, request: UploadRequest) -> StoredDataset | None:
    """Result of an earlier upload with the same request id, if it was finished.

    Raises
    ------
    AlreadyExists
        When the wanted id belongs to a dataset of another upload.
    InvalidInput
        When the request id was used for another file.
    """
    name = wanted_name(request)
    existing = find_dataset(store, name)
    if existing is None:
        return None
    if not request.request_id or existing.request_id != request.request_id:
        raise AlreadyExists(RESOURCE, str(name))
    if request.sha256 and existing.source_sha256 != request.sha256:
        raise _reused(request)
    return existing


def wanted_name(request: UploadRequest) -> DatasetName:
    """Name of the dataset: the one asked for, else one that follows from the request id."""
    return DatasetName(request.client, request.dataset_id or new_id("dataset", request.request_id))


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

    def finish(self) -> StoredDataset:
        """Check, parse and store the file.

        Raises
        ------
        InvalidInput
            When the checksum differs or the file is no table.
        TooLarge
            When the table is above a limit.
        AlreadyExists
            When somebody else took the id in the meantime.
        """
        self._file.close()
        self._check_checksum()
        table, found = read_file(
            self._path,
            file_name=self._request.file_name,
            declared=self._request.declared,
            settings=self._settings,
        )
        target = self._path.with_name("data.parquet")
        write_table(table, target)
        name = wanted_name(self._request)
        stored = self._store.put_artifact(dataset_table_key(name, new_id("upload")), target)
        return self._publish(
            StoredDataset(
                name=str(name),
                display_name=self._request.display_name or name.dataset,
                create_time=now(),
                source_format=found,
                source_bytes=self._size,
                source_sha256=self._digest.hexdigest(),
                row_count=len(table),
                columns=column_records(table),
                request_id=self._request.request_id,
                table=ArtifactRecord(
                    artifact_id="data.parquet",
                    key=stored.key,
                    size_bytes=stored.size_bytes,
                    sha256=stored.sha256,
                ),
            ),
            name,
        )

    def _check_checksum(self) -> None:
        found = self._digest.hexdigest()
        if self._request.sha256 and self._request.sha256 != found:
            raise refused(
                "CHECKSUM_MISMATCH",
                f"arrived with checksum {found} instead of the announced one.",
                "Upload it again; it was damaged or changed on the way.",
                self._request.sha256,
            )

    def _publish(self, record: StoredDataset, name: DatasetName) -> StoredDataset:
        try:
            self._store.create_record(dataset_key(name), record.model_dump(mode="json"))
        except Conflict:
            self._store.delete(record.table.key)
            # Two calls with one request id ran side by side: both get what the first one stored.
            other = finished_before(self._store, self._request)
            if other is not None:
                return other
            raise
        return record


def _reused(request: UploadRequest) -> InvalidInput:
    return InvalidInput(
        [
            Violation(
                "header.request_id",
                "was used for another file.",
                "Make a new UUID for every upload.",
                shorten(request.request_id),
                "REQUEST_ID_REUSED",
            )
        ]
    )


def _readable(size: int) -> str:
    return f"{size} bytes ({size / MIB:g} MiB)"
