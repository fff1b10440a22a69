"""Stored tables, shared by all datasets of the same content and deleted with the last of them."""

from pathlib import Path

from mmm_core.errors import Conflict
from mmm_core.names import DatasetName
from mmm_core.records import ArtifactRecord, TableRecord, TableReference, table_key, table_record_key
from mmm_store.store import Store

FILE_NAME = "data.parquet"


def read_table_record(store: Store, client: str, content: str) -> TableRecord | None:
    """Read who refers to a content; None when it was never stored."""
    found = store.get_record(table_record_key(client, content))
    return None if found is None else TableRecord.model_validate(found.value)


def acquire(store: Store, name: DatasetName, content: str, upload: str, file: Path) -> ArtifactRecord:
    """Refer to a stored table on behalf of an upload, storing it when nobody refers to it yet.

    Parameters
    ----------
    store : Store
        Where tables are.
    name : DatasetName
        Dataset the upload is for.
    content : str
        Digest of what was uploaded.
    upload : str
        Id of the upload; no other has it.
    file : Path
        The table as Parquet.
    """
    key = table_record_key(name.client, content)
    reference = TableReference(upload=upload, dataset=name.dataset)
    stored: ArtifactRecord | None = None
    while True:
        found = store.get_record(key)
        current = None if found is None else TableRecord.model_validate(found.value)
        if current is not None and current.references:
            wanted = TableRecord(table=current.table, references=(*current.references, reference))
        else:
            stored = stored or _put(store, table_key(name.client, content, upload), file)
            wanted = TableRecord(table=stored, references=(reference,))
        try:
            if found is None:
                store.create_record(key, wanted.model_dump(mode="json"))
            else:
                store.replace_record(key, wanted.model_dump(mode="json"), found.etag)
        except Conflict:
            continue
        if stored is not None and wanted.table != stored:
            store.delete(stored.key)
        return wanted.table


def release(store: Store, client: str, content: str, upload: str) -> None:
    """Refer to a table no longer; the last reference takes the file along."""
    key = table_record_key(client, content)
    while True:
        found = store.get_record(key)
        if found is None:
            return
        current = TableRecord.model_validate(found.value)
        rest = tuple(reference for reference in current.references if reference.upload != upload)
        if rest == current.references:
            return
        wanted = current.model_copy(update={"references": rest})
        try:
            store.replace_record(key, wanted.model_dump(mode="json"), found.etag)
        except Conflict:
            continue
        if not rest:
            # Whoever stores the same table from now on does so under a new key.
            store.delete(current.table.key)
        return


def _put(store: Store, key: str, file: Path) -> ArtifactRecord:
    stored = store.put_artifact(key, file)
    return ArtifactRecord(
        artifact_id=FILE_NAME, key=stored.key, size_bytes=stored.size_bytes, sha256=stored.sha256
    )
