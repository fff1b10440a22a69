"""What a fit is made of: a model, its data, and the periods the data have."""

from dataclasses import dataclass

import pandas as pd

from mmm_core.holdout import periods_of
from mmm_core.model_data import Dates
from mmm_core.names import DatasetVersionName, ModelName, parse_dataset_name
from mmm_core.records import DatasetRecord, ModelRecord
from mmm_fitting.records import read_dataset, read_model
from mmm_store.cache import ArtifactCache
from mmm_store.store import Store


@dataclass(frozen=True, slots=True)
class Subject:
    """A model with its data.

    Attributes
    ----------
    model : ModelRecord
        The model.
    dataset : DatasetRecord
        Its data.
    table : DataFrame
        The rows.
    """

    model: ModelRecord
    dataset: DatasetRecord
    table: pd.DataFrame

    @property
    def version(self) -> str:
        """Name of the version of the dataset that this is."""
        name = parse_dataset_name(self.model.dataset)
        return str(DatasetVersionName(name.client, name.dataset, self.dataset.version))

    @property
    def periods(self) -> Dates:
        """Periods of the data; none when the dates cannot be read."""
        return periods_of(self.model.config, self.table)


def read_subject(store: Store, cache: ArtifactCache, name: ModelName) -> Subject:
    """Read a model and its data; raises `NotFound`."""
    model, _ = read_model(store, name)
    dataset = read_dataset(store, parse_dataset_name(model.dataset))
    return Subject(model, dataset, pd.read_parquet(cache.path(dataset.table.key)))
