"""Deletes datasets nothing refers to."""

from collections.abc import Iterator

from mmm_core.errors import FailedPrecondition, NotFound, Violation
from mmm_core.names import DatasetName
from mmm_core.records import RecordModel, dataset_key, dataset_version_key
from mmm_core.validation.wording import listing
from mmm_data.publishing import RESOURCE
from mmm_data.tables import release
from mmm_store.datasets import read_dataset
from mmm_store.store import Store

_REFERRING = ("/fit.json", "/model.json")


class _Referring(RecordModel):
    """What models and fits, records of another service, have in common."""

    name: str
    dataset: str


def delete_dataset(store: Store, name: DatasetName) -> None:
    """Delete a dataset with all its versions.

    The record goes first, so that nobody finds half of it. A table goes with the last dataset of its
    content.

    Raises
    ------
    NotFound
        When there is none.
    FailedPrecondition
        Naming every model and fit that refers to it.
    """
    record = read_dataset(store, name)
    if record is None:
        raise NotFound(RESOURCE, str(name))
    _check_unused(store, name)
    store.delete(dataset_key(name))
    if not record.versions:  # stored before datasets had versions
        store.delete(record.table.key)
    for entry in record.versions:
        store.delete(dataset_version_key(name, entry.upload))
        release(store, name.client, entry.content, entry.upload)


def _check_unused(store: Store, name: DatasetName) -> None:
    used = sorted(_referring(store, name))
    if used:
        raise FailedPrecondition(
            [
                Violation(
                    resource,
                    f"refers to {name}.",
                    f"Delete the {kind} first, or keep the dataset.",
                    code="DATASET_IN_USE",
                )
                for kind, resource in used
            ],
            message=f"{name} is in use by {listing((resource for _, resource in used), len(used))}.",
            reason="DATASET_IN_USE",
        )


def _referring(store: Store, name: DatasetName) -> Iterator[tuple[str, str]]:
    """Kind and name of every fit and model that refers to any version of a dataset."""
    for key in store.list_keys(f"clients/{name.client}/models/"):
        if not key.endswith(_REFERRING):
            continue
        found = store.get_record(key)
        if found is None:
            continue  # deleted since the keys were listed
        record = _Referring.model_validate(found.value)
        if record.dataset == str(name) or record.dataset.startswith(f"{name}/versions/"):
            yield key.rpartition("/")[2].removesuffix(".json"), record.name
