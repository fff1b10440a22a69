"""Reads records of datasets, whichever version is meant."""

from mmm_core.names import DatasetName, DatasetVersionName
from mmm_core.records import DatasetRecord, dataset_key, dataset_version_key
from mmm_store.store import Store


def read_dataset(store: Store, name: DatasetName | DatasetVersionName) -> DatasetRecord | None:
    """Read the record of a version, the newest for the name of a dataset; None when there is none."""
    base = DatasetName(name.client, name.dataset)
    found = store.get_record(dataset_key(base))
    if found is None:
        return None
    newest = DatasetRecord.model_validate(found.value)
    if isinstance(name, DatasetName):
        return newest
    if name.version == newest.version:
        # Also the only version of a dataset that was stored before there were versions.
        return newest.model_copy(update={"name": str(name), "versions": ()})
    if name.version > newest.version:
        return None
    version = store.get_record(dataset_version_key(base, newest.versions[name.version - 1].upload))
    return None if version is None else DatasetRecord.model_validate(version.value)
