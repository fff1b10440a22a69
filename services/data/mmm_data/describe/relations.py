"""How columns move together."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mmm_core.config import ModelConfig
from mmm_core.media import Floats

FEWEST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class BestLag:
    """Where the KPI moves most with a medium before it.

    Attributes
    ----------
    column : str
        What drives the medium.
    lag : int
        Periods by which the KPI comes later.
    correlation : float
        Pearson correlation at that lag.
    """

    column: str
    lag: int
    correlation: float


def related_columns(config: ModelConfig | None, there: list[str]) -> list[str]:
    """Columns whose correlations matter: KPI, what drives media, competitors, controls; or all there are."""
    if config is None:
        return there
    named = [config.kpi.column, *(medium.driver_column for medium in config.media)]
    named += [competitor.column for competitor in config.competitors]
    named += [control.column for control in config.controls]
    return [column for column in dict.fromkeys(named) if column in there]


def correlations(values: pd.DataFrame) -> Floats:
    """Pearson correlations over rows where both columns are filled, shape (C, C); NaN without variation."""
    return np.asarray(_scaled(values).corr(min_periods=FEWEST_PAIRS).to_numpy(dtype=np.float64))


def best_lags(config: ModelConfig, values: pd.DataFrame) -> list[BestLag]:
    """Lag up to each medium's longest carryover at which its correlation with the KPI is largest.

    Parameters
    ----------
    config : ModelConfig
        What the columns are.
    values : DataFrame
        One row per period, in order.
    """
    scaled = _scaled(values)
    found = []
    for medium in config.media:
        column = medium.driver_column
        if column not in scaled or config.kpi.column not in scaled:
            continue
        longest = min(medium.adstock.max_lag, len(scaled) // 4)
        tried = [
            _correlation(scaled[column].shift(lag), scaled[config.kpi.column]) for lag in range(longest + 1)
        ]
        if not np.isnan(tried).all():
            lag = int(np.nanargmax(tried))
            found.append(BestLag(column, lag, tried[lag]))
    return found


def _correlation(left: pd.Series, right: pd.Series) -> float:
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(left.corr(right, min_periods=FEWEST_PAIRS))


def _scaled(values: pd.DataFrame) -> pd.DataFrame:
    """Columns divided by their largest value, so that no value a file may hold overflows when squared."""
    largest = values.abs().max()
    return values / largest.where(largest > 0, 1.0)
