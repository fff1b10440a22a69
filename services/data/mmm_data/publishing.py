"""Makes a dataset, or a version of one, of a file that was read. The record comes last."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from mmm_core.errors import AlreadyExists, Conflict, InvalidInput, NotFound, Violation, shorten
from mmm_core.names import DatasetName, DatasetVersionName, new_id
from mmm_core.records import (
    ArtifactRecord,
    ColumnRecord,
    DatasetRecord,
    DatasetVersion,
    Reading,
    TableRecord,
    TableReference,
    dataset_key,
    dataset_version_key,
    now,
    table_record_key,
)
from mmm_data.requests import UploadRequest
from mmm_data.tables import acquire, read_table_record, release
from mmm_store.datasets import read_dataset
from mmm_store.store import Store

RESOURCE = "dataset"
# Goes up when the same file, read in the same way, becomes another table than before.
_READER_VERSION = 1


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A file that was read, and the table it became.

    Attributes
    ----------
    table : Path
        The table as Parquet.
    source_format : str
        Of the file.
    source_bytes : int
        Its size.
    source_sha256 : str
        Its checksum.
    row_count : int
        Of the table.
    columns : tuple of ColumnRecord
        Of the table.
    reading : Reading
        How the file was read.
    """

    table: Path
    source_format: str
    source_bytes: int
    source_sha256: str
    row_count: int
    columns: tuple[ColumnRecord, ...]
    reading: Reading

    @property
    def content(self) -> str:
        """Digest of the file's bytes and of how they were read."""
        parts = [_READER_VERSION, self.source_sha256, self.reading.model_dump(mode="json")]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def finished_before(store: Store, request: UploadRequest) -> DatasetRecord | None:
    """Result of an earlier upload with the same request id and dataset id, if it was finished.

    Raises
    ------
    AlreadyExists
        When the wanted id belongs to a dataset of another upload, and no new version is wanted.
    InvalidInput
        When the request id was used for another file.
    NotFound
        When a new version of a dataset is wanted that does not exist.
    """
    if not request.dataset_id:
        return None  # The same bytes give the same dataset anyway.
    name = DatasetName(request.client, request.dataset_id)
    newest = read_dataset(store, name)
    if newest is None:
        if request.new_version:
            raise NotFound(RESOURCE, str(name))
        return None
    earlier = _made_by(store, name, newest, request.request_id)
    if earlier is None:
        if request.new_version:
            return None
        raise AlreadyExists(RESOURCE, str(name))
    if request.sha256 and earlier.source_sha256 != request.sha256:
        raise _reused(request)
    return earlier


def publish(store: Store, request: UploadRequest, file: ArrivedFile) -> DatasetRecord:
    """Make what the request asks for: a new version, a dataset of its own id, or any dataset.

    Raises
    ------
    AlreadyExists
        When somebody else took the id in the meantime.
    NotFound
        When the dataset that was to have a new version is gone.
    """
    if request.new_version:
        return _publish_version(store, request, file)
    if request.dataset_id:
        return _publish_first(store, request, DatasetName(request.client, request.dataset_id), file)
    return _publish_anywhere(store, request, file)


def _publish_anywhere(store: Store, request: UploadRequest, file: ArrivedFile) -> DatasetRecord:
    """The dataset whose newest version has this content, made if there is none."""
    existing = _with_content(store, request.client, file.content)
    if existing is not None:
        return existing
    # Two uploads of one file side by side want the same id, so that only one of them gets it.
    name = DatasetName(request.client, f"{RESOURCE}-{file.content[:16]}")
    taken = read_dataset(store, name)
    if taken is not None:
        if _newest_content(taken) == file.content:
            return taken
        # The dataset of this id has newer versions by now.
        name = DatasetName(request.client, new_id(RESOURCE))
    try:
        return _publish_first(store, request, name, file)
    except AlreadyExists:
        existing = _with_content(store, request.client, file.content)
        if existing is None:
            raise Conflict("The dataset was changed at the same time; upload the file again.") from None
        return existing


def _with_content(store: Store, client: str, content: str) -> DatasetRecord | None:
    table = read_table_record(store, client, content)
    for reference in table.references if table else ():
        record = read_dataset(store, DatasetName(client, reference.dataset))
        if record is not None and _newest_content(record) == content:
            return record
    return None


def _newest_content(record: DatasetRecord) -> str:
    return record.versions[-1].content if record.versions else ""


def _publish_first(
    store: Store, request: UploadRequest, name: DatasetName, file: ArrivedFile
) -> DatasetRecord:
    entry = DatasetVersion(upload=new_id("upload"), content=file.content, request_id=request.request_id)
    table = acquire(store, name, file.content, entry.upload, file.table)
    record = _record(request, name, file, table, (entry,))
    _write_version(store, name, record)
    try:
        store.create_record(dataset_key(name), record.model_dump(mode="json"))
    except Conflict:
        _take_back(store, name, entry)
        # Two calls with one request id ran side by side: both get what the first one stored.
        other = finished_before(store, request)
        if other is not None:
            return other
        raise AlreadyExists(RESOURCE, str(name)) from None
    return record


def _publish_version(store: Store, request: UploadRequest, file: ArrivedFile) -> DatasetRecord:
    name = DatasetName(request.client, request.dataset_id)
    while True:
        found = store.get_record(dataset_key(name))
        if found is None:
            raise NotFound(RESOURCE, str(name))
        newest = DatasetRecord.model_validate(found.value)
        done = _made_by(store, name, newest, request.request_id)
        if done is not None:
            return done
        history = newest.versions or (_adopted(store, name, newest),)
        if history[-1].content == file.content:
            return newest
        entry = DatasetVersion(upload=new_id("upload"), content=file.content, request_id=request.request_id)
        table = acquire(store, name, file.content, entry.upload, file.table)
        record = _record(request, name, file, table, (*history, entry))
        _write_version(store, name, record)
        try:
            store.replace_record(dataset_key(name), record.model_dump(mode="json"), found.etag)
        except Conflict:
            _take_back(store, name, entry)
            continue
        return record


def _adopted(store: Store, name: DatasetName, record: DatasetRecord) -> DatasetVersion:
    """Give a dataset that was stored before there were versions its first one."""
    upload = new_id("upload")
    # Nothing else has its content, as what is in the file is not known any more.
    entry = DatasetVersion(upload=upload, content=upload)
    reference = TableReference(upload=upload, dataset=name.dataset)
    table = TableRecord(table=record.table, references=(reference,))
    store.create_record(table_record_key(name.client, upload), table.model_dump(mode="json"))
    _write_version(store, name, record.model_copy(update={"versions": (entry,)}))
    return entry


def _record(
    request: UploadRequest,
    name: DatasetName,
    file: ArrivedFile,
    table: ArtifactRecord,
    versions: tuple[DatasetVersion, ...],
) -> DatasetRecord:
    return DatasetRecord(
        name=str(name),
        display_name=request.display_name or name.dataset,
        create_time=now(),
        source_format=file.source_format,
        source_bytes=file.source_bytes,
        source_sha256=file.source_sha256,
        row_count=file.row_count,
        columns=file.columns,
        table=table,
        version=len(versions),
        reading=file.reading,
        versions=versions,
    )


def _write_version(store: Store, name: DatasetName, record: DatasetRecord) -> None:
    """Write the version for later, under a key nobody else writes; the dataset's record follows."""
    version = DatasetVersionName(name.client, name.dataset, record.version)
    changed = record.model_copy(update={"name": str(version), "versions": ()})
    store.create_record(
        dataset_version_key(name, record.versions[-1].upload), changed.model_dump(mode="json")
    )


def _take_back(store: Store, name: DatasetName, entry: DatasetVersion) -> None:
    store.delete(dataset_version_key(name, entry.upload))
    release(store, name.client, entry.content, entry.upload)


def _made_by(store: Store, name: DatasetName, newest: DatasetRecord, request_id: str) -> DatasetRecord | None:
    """The version a request made."""
    if not request_id:
        return None
    for number, entry in enumerate(newest.versions, start=1):
        if entry.request_id == request_id:
            version = DatasetVersionName(name.client, name.dataset, number)
            return newest if number == newest.version else read_dataset(store, version)
    return None


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
