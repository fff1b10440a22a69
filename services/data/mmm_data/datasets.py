"""Use cases on stored datasets."""

import base64
from itertools import islice

import pandas as pd

from mmm_core.config import ModelConfig
from mmm_core.errors import InvalidInput, NotFound, Violation, shorten
from mmm_core.findings import Finding
from mmm_core.names import ClientName, DatasetName, check_id
from mmm_core.records import DatasetRecord, dataset_key
from mmm_core.validation import validate_table
from mmm_data.describe import Description, DescriptionWish, describe_table
from mmm_data.preview import preview_table
from mmm_data.profile import ColumnProfile, profile_table
from mmm_data.requests import UploadRequest
from mmm_data.settings import DataSettings
from mmm_data.suggest import Hints, Suggestion, suggest_config
from mmm_data.suggest.cells import ReadColumns
from mmm_data.uploads import RESOURCE, Upload, find_dataset, finished_before
from mmm_store.cache import ArtifactCache
from mmm_store.store import Store


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
        """Result of an earlier upload with the same request id; see `uploads.finished_before`."""
        return finished_before(self._store, request)

    def begin_upload(self, request: UploadRequest) -> Upload:
        """Make room for a file that is about to arrive."""
        return Upload(request, self._store, self._settings)

    def get(self, name: DatasetName) -> DatasetRecord:
        """Read a dataset's record; raises `NotFound`."""
        record = find_dataset(self._store, name)
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
        page = [find_dataset(self._store, DatasetName(client.client, id_)) for id_ in ids[:page_size]]
        # One that was deleted since the keys were listed is left out.
        records: list[DatasetRecord] = [record for record in page if record is not None]
        return records, _write_token(ids[page_size - 1]) if len(ids) > page_size else ""

    def delete(self, name: DatasetName) -> None:
        """Delete a dataset; raises `NotFound`. The record goes first, so that nobody finds half of it."""
        record = self.get(name)
        self._store.delete(dataset_key(name))
        self._store.delete(record.table.key)

    def preview(self, name: DatasetName, rows: int) -> tuple[list[str], list[list[str]]]:
        """Names and first rows as text; raises `NotFound`."""
        return preview_table(self._cache.path(self.get(name).table.key), rows)

    def profile(self, name: DatasetName) -> list[ColumnProfile]:
        """Summary of every column; raises `NotFound`."""
        return profile_table(self._table(name))

    def validate(self, name: DatasetName, config: ModelConfig) -> list[Finding]:
        """Everything there is to say about a dataset under a configuration; raises `NotFound`."""
        return validate_table(self._table(name), config)

    def suggest(self, name: DatasetName, hints: Hints) -> Suggestion:
        """A first configuration for a dataset; raises `NotFound` and what `suggest_config` raises."""
        record = self.get(name)
        return suggest_config(record.columns, self._reader(record), hints)

    def describe(self, name: DatasetName, wish: DescriptionWish) -> Description:
        """What charts of a dataset need; raises `NotFound` and what `describe_table` raises."""
        record = self.get(name)
        return describe_table(record.columns, self._reader(record), wish)

    def _reader(self, record: DatasetRecord) -> ReadColumns:
        """Read some columns of a stored table."""
        path = self._cache.path(record.table.key)
        return lambda names: pd.read_parquet(path, columns=names)

    def _table(self, name: DatasetName) -> pd.DataFrame:
        return pd.read_parquet(self._cache.path(self.get(name).table.key))


def _write_token(dataset_id: str) -> str:
    return base64.urlsafe_b64encode(dataset_id.encode()).decode()


def _read_token(token: str) -> str:
    try:
        return check_id(base64.urlsafe_b64decode(token).decode(), "page_token")
    except (InvalidInput, ValueError):
        raise InvalidInput(
            [
                Violation(
                    "page_token",
                    "is not a token of an earlier page.",
                    "Give next_page_token of the page before, or leave it empty.",
                    shorten(token),
                    "INVALID_PAGE_TOKEN",
                )
            ]
        ) from None
