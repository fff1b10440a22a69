"""Forecasts of the KPI after the data of a fit."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mmm_core.cells import CellFilter, places_of
from mmm_core.errors import NotFound
from mmm_core.estimates import Estimate, estimate
from mmm_core.fitted import FittedModel
from mmm_core.forecast import forecast
from mmm_core.forecast_scores import score
from mmm_core.future import Future, read_future
from mmm_core.media import Floats
from mmm_core.model_data import Dates
from mmm_core.names import DatasetName, DatasetVersionName
from mmm_core.records import ForecastScore
from mmm_store.cache import ArtifactCache
from mmm_store.datasets import read_dataset
from mmm_store.store import Store


@dataclass(frozen=True, slots=True)
class KpiForecast:
    """The KPI to come, of the chosen cells together.

    Attributes
    ----------
    dates : array of datetime64[D], shape (H,)
        Periods.
    expected, predicted : list of Estimate, one per period
        Without and with chance, in KPI units.
    expected_total, predicted_total : Estimate
        Of all periods together.
    observed : array, shape (H,), or None
        What the KPI turned out to be, when it is known.
    score : ForecastScore or None
        How good the forecast was, over single cells.
    extrapolated : tuple of str
        Media that are used more than ever in the data.
    """

    dates: Dates
    expected: list[Estimate]
    predicted: list[Estimate]
    expected_total: Estimate
    predicted_total: Estimate
    observed: Floats | None
    score: ForecastScore | None
    extrapolated: tuple[str, ...]


class FutureTables:
    """Reads tables of periods to come.

    Parameters
    ----------
    store : Store
        Where datasets are.
    cache : ArtifactCache
        Where their tables are kept locally.
    """

    def __init__(self, store: Store, cache: ArtifactCache) -> None:
        self._store = store
        self._cache = cache

    def read(self, name: DatasetName | DatasetVersionName) -> pd.DataFrame:
        """Rows of a dataset; raises `NotFound`."""
        dataset = read_dataset(self._store, name)
        if dataset is None:
            raise NotFound("dataset", str(name))
        return pd.read_parquet(self._cache.path(dataset.table.key))


def forecast_kpi(
    fit: FittedModel, table: pd.DataFrame, cells: list[CellFilter], probability: float
) -> KpiForecast:
    """Foretell the KPI of the periods a table has after the data.

    Parameters
    ----------
    fit : FittedModel
        The fit, with all its cells.
    table : DataFrame
        See `mmm_core.future.read_future`.
    cells : list of CellFilter
        Which cells to add up.
    probability : float
        Mass of the intervals.

    Raises
    ------
    InvalidInput
        With every problem of the table, or of the filters.
    FailedPrecondition
        When the fit was stored before fits could be continued.
    """
    places = places_of(fit, cells)
    future = read_future(fit, table)
    drawn = forecast(fit, future)
    expected, predicted = (draws[..., places].sum(axis=-1) for draws in (drawn.expected, drawn.predicted))
    return KpiForecast(
        dates=drawn.dates,
        expected=[estimate(draws, probability) for draws in expected.T],
        predicted=[estimate(draws, probability) for draws in predicted.T],
        expected_total=estimate(expected.sum(axis=1), probability),
        predicted_total=estimate(predicted.sum(axis=1), probability),
        observed=future.kpi[:, places].sum(axis=1) if future.kpi is not None else None,
        score=score(drawn.predicted[..., places], future.kpi[:, places]) if future.kpi is not None else None,
        extrapolated=_extrapolated(fit, future),
    )


def _extrapolated(fit: FittedModel, future: Future) -> tuple[str, ...]:
    most = fit.exposure.max(axis=0)
    beyond = (future.exposure > most * (1 + 1e-9)).any(axis=(0, 1))
    return tuple(
        name for name, is_beyond in zip(fit.media_names, np.asarray(beyond), strict=True) if is_beyond
    )
