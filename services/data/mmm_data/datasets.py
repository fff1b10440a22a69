"""Use cases on stored datasets."""

import base64
from itertools import islice

import pandas as pd

from mmm_core.config import ModelConfig
from mmm_core.errors import InvalidInput, NotFound, Violation, shorten
from mmm_core.findings import Finding
from mmm_core.names import ClientName, DatasetName, DatasetVersionName, check_id
from mmm_core.records import DatasetRecord, dataset_key
from mmm_core.validation import validate_table
from mmm_data.deletion import delete_dataset
from mmm_data.describe import Description, DescriptionWish, describe_table
from mmm_data.preview import preview_table
from mmm_data.profile import ColumnProfile, profile_table
from mmm_data.publishing import RESOURCE, finished_before
from mmm_data.requests import UploadRequest
from mmm_data.settings import DataSettings
from mmm_data.suggest import Hints, Suggestion, suggest_config
from mmm_data.suggest.cells import ReadColumns
from mmm_data.uploads import Upload
from mmm_store.cache import ArtifactCache
from mmm_store.datasets import read_dataset
from mmm_store.store import Store

type AnyDatasetName = DatasetName | DatasetVersionName


class Datasets:
    """Datasets of all workspaces. Safe to use from several threads.

    Parameters
    ----------
    store : Store
        Where they are.
    cache : ArtifactCache
        Local copies of their tables.
    settings : DataSettings
        Limits on uploads.
    """

    def __init__(self, store: Store, cache: ArtifactCache, settings: DataSettings) -> None:
        self._store, self._cache, self._settings = store, cache, settings

    def finished_before(self, request: UploadRequest) -> DatasetRecord | None:
        """Result of an earlier upload with the same request id; see `publishing.finished_before`."""
        return finished_before(self._store, request)

    def begin_upload(self, request: UploadRequest) -> Upload:
        """Make room for a file that is about to arrive."""
        return Upload(request, self._store, self._settings)

    def get(self, name: AnyDatasetName) -> DatasetRecord:
        """Read the record of a dataset's newest, or of a named, version; raises `NotFound`."""
        record = read_dataset(self._store, name)
        if record is None:
            raise NotFound(RESOURCE, str(name))
        return record

    def page(self, client: ClientName, page_size: int, page_token: str) -> tuple[list[DatasetRecord], str]:
        """One page of a workspace's datasets, and the token of the next page ('' on the last)."""
        prefix = f"{client}/datasets/"
        after = dataset_key(DatasetName(client.client, _read_token(page_token))) if page_token else ""
        keys = (
            key for key in self._store.list_keys(prefix, start_after=after) if key.endswith("/dataset.json")
        )
        ids = [key.removeprefix(prefix).partition("/")[0] for key in islice(keys, page_size + 1)]
        page = [read_dataset(self._store, DatasetName(client.client, id_)) for id_ in ids[:page_size]]
        # One that was deleted since the keys were listed is left out.
        records: list[DatasetRecord] = [record for record in page if record is not None]
        return records, _write_token(ids[page_size - 1]) if len(ids) > page_size else ""

    def versions(self, name: DatasetName, page_size: int, page_token: str) -> tuple[list[DatasetRecord], str]:
        """One page of a dataset's versions, newest first, and the token of the next page.

        Raises
        ------
        NotFound
            When there is no such dataset.
        InvalidInput
            When the token is not one of an earlier page.
        """
        newest = self.get(name).version
        first = _read_version_token(page_token, newest) if page_token else newest
        last = max(first - page_size, 0)
        names = [DatasetVersionName(name.client, name.dataset, number) for number in range(first, last, -1)]
        return [self.get(version) for version in names], str(last) if last else ""

    def delete(self, name: DatasetName) -> None:
        """Delete a dataset with all its versions; raises `NotFound` or `FailedPrecondition`."""
        delete_dataset(self._store, name)

    def preview(self, name: AnyDatasetName, rows: int) -> tuple[list[str], list[list[str]]]:
        """Names and first rows as text; raises `NotFound`."""
        return preview_table(self._cache.path(self.get(name).table.key), rows)

    def profile(self, name: AnyDatasetName) -> list[ColumnProfile]:
        """Summary of every column; raises `NotFound`."""
        return profile_table(self._table(name))

    def validate(self, name: AnyDatasetName, config: ModelConfig) -> list[Finding]:
        """Everything there is to say about a dataset under a configuration; raises `NotFound`."""
        return validate_table(self._table(name), config)

    def suggest(self, name: AnyDatasetName, hints: Hints) -> Suggestion:
        """A first configuration for a dataset; raises `NotFound` and what `suggest_config` raises."""
        record = self.get(name)
        return suggest_config(record.columns, self._reader(record), hints)

    def describe(self, name: AnyDatasetName, wish: DescriptionWish) -> Description:
        """What charts of a dataset need; raises `NotFound` and what `describe_table` raises."""
        record = self.get(name)
        return describe_table(record.columns, self._reader(record), wish)

    def _reader(self, record: DatasetRecord) -> ReadColumns:
        """Read some columns of a stored table."""
        path = self._cache.path(record.table.key)
        return lambda names: pd.read_parquet(path, columns=names)

    def _table(self, name: AnyDatasetName) -> pd.DataFrame:
        return pd.read_parquet(self._cache.path(self.get(name).table.key))


def _write_token(dataset_id: str) -> str:
    return base64.urlsafe_b64encode(dataset_id.encode()).decode()


def _read_token(token: str) -> str:
    try:
        return check_id(base64.urlsafe_b64decode(token).decode(), "page_token")
    except (InvalidInput, ValueError):
        raise _bad_token(token) from None


def _read_version_token(token: str, newest: int) -> int:
    if token not in {str(number) for number in range(1, newest + 1)}:
        raise _bad_token(token)
    return int(token)


def _bad_token(token: str) -> InvalidInput:
    return InvalidInput(
        [
            Violation(
                "page_token",
                "is not a token of an earlier page.",
                "Give next_page_token of the page before, or leave it empty.",
                shorten(token),
                "INVALID_PAGE_TOKEN",
            )
        ]
    )
