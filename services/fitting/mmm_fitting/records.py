"""Typed access to the records of models and fits."""

import math
from collections.abc import Callable, Iterator
from typing import Any

from mmm_core.errors import Conflict, NotFound
from mmm_core.names import ANY_ID, DatasetName, DatasetVersionName, FitName, ModelName
from mmm_core.records import (
    DatasetRecord,
    FitRecord,
    ModelRecord,
    RecordModel,
    RunRecord,
    fit_key,
    model_key,
    run_key,
)
from mmm_fitting.domain import FitView
from mmm_store import datasets
from mmm_store.store import Record, Store

MODEL_FILE, FIT_FILE, CROSS_VALIDATION_FILE = "model.json", "fit.json", "cross-validation.json"


def dump(record: RecordModel) -> dict[str, object]:
    """Write a record as JSON values.

    JSON has no word for a figure that is not finite, such as R-hat of a single chain: it is written as text,
    which reading the record turns back.
    """
    plain: dict[str, object] = _finite(record.model_dump(mode="json"))
    return plain


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_finite(entry) for entry in value]
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def read_model(store: Store, name: ModelName) -> tuple[ModelRecord, str]:
    """Read a model and its etag; raises `NotFound`."""
    found = store.get_record(model_key(name))
    if found is None:
        raise NotFound("model", str(name))
    return ModelRecord.model_validate(found.value), found.etag


def read_dataset(store: Store, name: DatasetName | DatasetVersionName) -> DatasetRecord:
    """Read the record of a dataset's newest, or of a named, version; raises `NotFound`."""
    record = datasets.read_dataset(store, name)
    if record is None:
        raise NotFound("dataset", str(name))
    return record


def read_fit(store: Store, name: FitName) -> tuple[FitRecord, str]:
    """Read a fit's record and its etag; raises `NotFound`."""
    found = store.get_record(fit_key(name))
    if found is None:
        raise NotFound("fit", str(name))
    return FitRecord.model_validate(found.value), found.etag


def read_run(store: Store, name: FitName, attempt: int) -> RunRecord | None:
    """Read what the worker of an attempt said; None when it has said nothing yet."""
    found: Record | None = store.get_record(run_key(name, attempt)) if attempt else None
    return RunRecord.model_validate(found.value) if found else None


def read_view(store: Store, name: FitName) -> FitView:
    """Read a fit as it stands; raises `NotFound`."""
    record, _ = read_fit(store, name)
    return FitView(record, read_run(store, name, record.attempt))


def change_fit(store: Store, name: FitName, change: Callable[[FitRecord], FitRecord]) -> FitRecord:
    """Change a fit's record, again when somebody else was faster; raises `NotFound`.

    `change` may return the record it was given to leave it as it is.
    """
    while True:
        record, etag = read_fit(store, name)
        changed = change(record)
        if changed is record:
            return record
        try:
            store.replace_record(fit_key(name), dump(changed), etag)
        except Conflict:
            continue
        return changed


def list_names(store: Store, parent: ModelName | str, file: str, start_after: str) -> Iterator[str]:
    """Resource names whose record file is `file`, below `parent`, after the name `start_after`."""
    prefix = parent if isinstance(parent, str) else _prefix(parent)
    after = f"{start_after}/{file}" if start_after else ""
    for key in store.list_keys(prefix, start_after=after):
        if key.endswith(f"/{file}"):
            yield key.removesuffix(f"/{file}")


def _prefix(parent: ModelName) -> str:
    return f"clients/{parent.client}/models/" if parent.model == ANY_ID else f"{parent}/"
