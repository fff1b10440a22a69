"""What trend and seasonal patterns are linear combinations of, by date.

Axes: periods ``T``, kinks ``K``, order ``N``. The formulas are those of pymc-marketing 1.3 (`LinearTrend`,
`YearlyFourier`); a test holds the terms made of them against that library.
"""

import numpy as np
import pandas as pd

from mmm_core.media import Floats
from mmm_core.model_data import Dates

DAYS_PER_YEAR, DAYS_PER_WEEK = 365.25, 7


def time_of(trained: Dates, dates: Dates) -> Floats:
    """Time in lengths of the training data: 0 at their first date, 1 at their last; shape (T,)."""
    length = max(np.timedelta64(1, "D"), trained[-1] - trained[0])
    return np.asarray((dates - trained[0]) / length)


def kink_basis(time: Floats, kinks: Floats) -> Floats:
    """What one unit of slope from each kink on adds, shape (T, K)."""
    return np.maximum(time[:, None] - kinks, 0.0)


def yearly_basis(dates: Dates, order: int) -> Floats:
    """Sines of the orders 1 to N of the year, then cosines, shape (T, 2 N)."""
    return _waves(_days(dates).dayofyear.to_numpy() / DAYS_PER_YEAR, order)


def weekly_basis(dates: Dates, order: int) -> Floats:
    """Sines of the orders 1 to N of the week, then cosines, shape (T, 2 N)."""
    return _waves(_days(dates).dayofweek.to_numpy() / DAYS_PER_WEEK, order)


def _days(dates: Dates) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(dates.astype("datetime64[s]"))


def _waves(cycles: Floats, order: int) -> Floats:
    angles = 2 * np.pi * np.multiply.outer(cycles, np.arange(1, order + 1))
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=-1)
