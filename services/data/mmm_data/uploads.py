"""One upload: bytes to a temporary file, then checked, parsed and stored; the record comes last."""

import hashlib
import tempfile
from pathlib import Path

from mmm_core.errors import AlreadyExists, Conflict, InvalidInput, TooLarge, Violation, shorten
from mmm_core.names import DatasetName, new_id
from mmm_core.records import ArtifactRecord, DatasetRecord, dataset_key, dataset_table_key, now, request_key
from mmm_data.ingest import column_records, read_file, write_table
from mmm_data.ingest.problems import refused
from mmm_data.requests import UploadRequest
from mmm_data.settings import MIB, DataSettings
from mmm_store.store import Store

RESOURCE = "dataset"


def find_dataset(store: Store, name: DatasetName) -> DatasetRecord | None:
    """Read a dataset's record."""
    record = store.get_record(dataset_key(name))
    return None if record is None else DatasetRecord.model_validate(record.value)


def finished_before(store: Store, request: UploadRequest) -> DatasetRecord | None:
    """Result of an earlier upload with the same request id, if it was finished.

    Raises
    ------
    AlreadyExists
        When the wanted id belongs to a dataset of another upload.
    InvalidInput
        When the request id was used for something else.
    """
    reserved = _reserved_name(store, request)
    if reserved is None:
        name = DatasetName(request.client, request.dataset_id)
        if request.dataset_id and find_dataset(store, name) is not None:
            raise AlreadyExists(RESOURCE, str(name))
        return None
    record = find_dataset(store, reserved)
    if record is not None and request.sha256 and record.source_sha256 != request.sha256:
        raise _reused(request)
    return record


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
        name = self._reserve()
        stored = self._store.put_artifact(dataset_table_key(name, new_id("upload")), target)
        return self._publish(
            DatasetRecord(
                name=str(name),
                display_name=self._request.display_name or name.dataset,
                create_time=now(),
                source_format=found,
                source_bytes=self._size,
                source_sha256=self._digest.hexdigest(),
                row_count=len(table),
                columns=column_records(table),
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

    def _reserve(self) -> DatasetName:
        """Bind the request id to a name, so that a repetition after a crash ends at the same dataset."""
        request = self._request
        name = DatasetName(request.client, request.dataset_id or new_id("dataset"))
        if not request.request_id:
            return name
        try:
            self._store.create_record(request_key(request.client, request.request_id), {"name": str(name)})
        except Conflict:
            return _reserved_name(self._store, request) or name
        return name

    def _publish(self, record: DatasetRecord, name: DatasetName) -> DatasetRecord:
        try:
            self._store.create_record(dataset_key(name), record.model_dump(mode="json"))
        except Conflict:
            self._store.delete(record.table.key)
            other = find_dataset(self._store, name)
            # Two calls with one request id ran side by side: both get what the first one stored.
            if other is not None and self._request.request_id and other.source_sha256 == record.source_sha256:
                return other
            raise AlreadyExists(RESOURCE, str(name)) from None
        return record


def _reserved_name(store: Store, request: UploadRequest) -> DatasetName | None:
    """Name bound to the request id; raises `InvalidInput` when it is not the one asked for."""
    if not request.request_id:
        return None
    record = store.get_record(request_key(request.client, request.request_id))
    if record is None:
        return None
    try:
        name = DatasetName.parse(str(record.value["name"]))
    except InvalidInput:
        raise _reused(request) from None
    if request.dataset_id not in ("", name.dataset):
        raise _reused(request)
    return name


def _reused(request: UploadRequest) -> InvalidInput:
    return InvalidInput(
        [
            Violation(
                "header.request_id",
                "was used for another request.",
                "Make a new UUID for every upload.",
                shorten(request.request_id),
                "REQUEST_ID_REUSED",
            )
        ]
    )


def _readable(size: int) -> str:
    return f"{size} bytes ({size / MIB:g} MiB)"
