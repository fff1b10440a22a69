"""Periods that are withheld from a fit, to see how well it foretells them."""

from datetime import date

import numpy as np
import pandas as pd

from mmm_core.config import ModelConfig
from mmm_core.errors import InvalidInput, Violation
from mmm_core.fitted import FittedModel
from mmm_core.forecast import forecast
from mmm_core.forecast_scores import score, score_naive, seasonal_naive
from mmm_core.future import read_future
from mmm_core.model_data import Dates
from mmm_core.records import Holdout, HoldoutWindow
from mmm_core.validation.dates import read_dates

# Less than half of the data would be another fit, not this one's rehearsal.
MOST_WITHHELD_SHARE = 0.5
FEWEST_FOLDS, MOST_FOLDS = 2, 20


def periods_of(config: ModelConfig, table: pd.DataFrame) -> Dates:
    """Periods of a table in order, each once; none when its dates cannot be read, which validation tells."""
    if config.date_column not in table.columns:
        return np.empty(0, dtype="datetime64[D]")
    days, _ = read_dates(table[config.date_column])
    if days is None:
        return np.empty(0, dtype="datetime64[D]")
    return np.unique(days.dropna().to_numpy().astype("datetime64[D]"))


def last_periods(periods: Dates, count: int) -> HoldoutWindow:
    """Withhold the last periods.

    Raises
    ------
    InvalidInput
        When there are too few.
    """
    most = int(len(periods) * MOST_WITHHELD_SHARE)
    if not 1 <= count <= most:
        raise InvalidInput([_out_of_range("holdout_periods", count, 1, most)])
    return _window(periods, len(periods) - count, len(periods))


def time_slices(periods: Dates, folds: int, horizon: int) -> list[HoldoutWindow]:
    """Withhold one window after the other; each fold is trained on all that comes before its window.

    Also called evaluation on a rolling origin (Tashman, "Out-of-sample tests of forecasting accuracy",
    International Journal of Forecasting, 2000).

    Parameters
    ----------
    periods : array of datetime64[D]
        Of the data.
    folds : int
        How many windows; they end with the data and do not overlap.
    horizon : int
        Periods in each.

    Raises
    ------
    InvalidInput
        With every problem of the numbers.
    """
    problems = []
    if not FEWEST_FOLDS <= folds <= MOST_FOLDS:
        problems.append(_out_of_range("cross_validation.fold_count", folds, FEWEST_FOLDS, MOST_FOLDS))
    most = int(len(periods) * MOST_WITHHELD_SHARE / max(folds, 1))
    if not 1 <= horizon <= most:
        problems.append(_out_of_range("cross_validation.horizon_periods", horizon, 1, most))
    if problems:
        raise InvalidInput(problems)
    ends = [len(periods) - horizon * left for left in reversed(range(folds))]
    return [_window(periods, end - horizon, end) for end in ends]


def training_rows(config: ModelConfig, table: pd.DataFrame, window: HoldoutWindow | None) -> pd.DataFrame:
    """Rows a fit may see: those before the window."""
    if window is None:
        return table
    days, _ = read_dates(table[config.date_column])
    return table if days is None else table[(days < pd.Timestamp(window.start)).to_numpy()]


def score_holdout(fit: FittedModel, table: pd.DataFrame, window: HoldoutWindow) -> Holdout:
    """Hold a fit's forecast of the withheld periods against what they were.

    Parameters
    ----------
    fit : FittedModel
        Fitted on `training_rows`.
    table : DataFrame
        The whole table.
    window : HoldoutWindow
        The withheld periods.

    Raises
    ------
    InvalidInput
        When the withheld rows cannot be forecast or scored.
    """
    days, _ = read_dates(table[fit.config.date_column])
    seen = table if days is None else table[(days <= pd.Timestamp(window.end)).to_numpy()]
    future = read_future(fit, seen)
    if future.kpi is None:
        fix = "Fill it, or withhold other periods."
        raise InvalidInput([Violation(fit.config.kpi.column, "is not known in withheld periods.", fix)])
    naive = seasonal_naive(fit.kpi, fit.config.frequency, len(future.dates))
    return Holdout(
        start=window.start,
        end=window.end,
        periods=len(future.dates),
        score=score(forecast(fit, future).predicted, future.kpi),
        naive_score=score_naive(naive, future.kpi),
    )


def _window(periods: Dates, start: int, stop: int) -> HoldoutWindow:
    first, last = periods[[start, stop - 1]].astype(date)
    return HoldoutWindow(start=first, end=last)


def _out_of_range(field: str, value: int, low: int, high: int) -> Violation:
    if high < low:
        return Violation(field, "asks for more periods than the data have.", "Bring more data.", str(value))
    fix = f"Give {low} to {high}; at least half of the periods stay to be fitted."
    return Violation(field, "is out of range for these data.", fix, str(value), "OUT_OF_RANGE")
