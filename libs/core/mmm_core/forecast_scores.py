"""How good forecasts were, and how good a seasonal-naive forecast would have been.

Axes: draws ``S``, periods ``H``, panel cells ``G``.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from mmm_core.config import PERIODS_PER_YEAR
from mmm_core.media import Floats
from mmm_core.records import ForecastScore

INTERVAL = 0.9


@dataclass(frozen=True, slots=True)
class SeasonalNaive:
    """Forecast that every period repeats the same period of the last season, with normal noise.

    Hyndman and Athanasopoulos, "Forecasting: principles and practice" (3rd ed., 2021), sections 5.2 and 5.5.

    Attributes
    ----------
    mean, sd : array, shape (H, G)
        KPI units.
    """

    mean: Floats
    sd: Floats


def score(predicted: Floats, observed: Floats) -> ForecastScore:
    """Score draws of a forecast.

    Parameters
    ----------
    predicted : array, shape (S, H, G)
        Draws of the KPI with its noise.
    observed : array, shape (H, G)
        What it was.
    """
    tail = (1 - INTERVAL) / 2
    low, high = np.quantile(predicted, [tail, 1 - tail], axis=0)
    return ForecastScore(
        coverage=float(((observed >= low) & (observed <= high)).mean()),
        mape=_mape(predicted.mean(axis=0), observed),
        crps=float(crps(predicted, observed).mean()),
    )


def crps(predicted: Floats, observed: Floats) -> Floats:
    """Continuous ranked probability score of draws, shape (H, G), in KPI units; 0 is perfect.

    The mean distance of the draws to the observation minus half that to each other (Gneiting and Raftery,
    "Strictly proper scoring rules, prediction, and estimation", Journal of the American Statistical
    Association, 2007, equation 21), the latter without the draws' distance to themselves.
    """
    draws = len(predicted)
    ordered = np.sort(predicted, axis=0)
    weights = (2 * np.arange(1, draws + 1) - draws - 1) / (draws * (draws - 1))
    to_each_other = np.einsum("s,shg->hg", weights, ordered)
    return np.asarray(np.abs(predicted - observed).mean(axis=0) - to_each_other)


def seasonal_naive(trained: Floats, frequency: str, horizon: int) -> SeasonalNaive:
    """Forecast from the KPI alone.

    Parameters
    ----------
    trained : array, shape (T, G)
        The KPI so far.
    frequency : {"daily", "weekly", "monthly"}
        Of the periods. The season is a year, a whole number of weeks long in daily data; with less than two
        years, a week in daily data and otherwise the last period.
    horizon : int
        Periods ahead.
    """
    season = _season(len(trained), frequency)
    steps = np.arange(horizon)
    mean = trained[len(trained) - season + steps % season]
    spread = np.sqrt(((trained[season:] - trained[:-season]) ** 2).mean(axis=0))
    return SeasonalNaive(mean, spread * np.sqrt(1 + steps // season)[:, None])


def _season(periods: int, frequency: str) -> int:
    year = 364 if frequency == "daily" else round(PERIODS_PER_YEAR[frequency])
    if periods >= 2 * year:
        return year
    return 7 if frequency == "daily" and periods >= 14 else 1


def score_naive(naive: SeasonalNaive, observed: Floats) -> ForecastScore:
    """Score a seasonal-naive forecast; its normal distribution has its score in closed form."""
    sd = np.maximum(naive.sd, np.finfo(np.float64).tiny)
    scaled = (observed - naive.mean) / sd
    within = stats.norm.ppf((1 + INTERVAL) / 2)
    closed = scaled * (2 * stats.norm.cdf(scaled) - 1) + 2 * stats.norm.pdf(scaled) - 1 / np.sqrt(np.pi)
    return ForecastScore(
        coverage=float((np.abs(scaled) <= within).mean()),
        mape=_mape(naive.mean, observed),
        crps=float((sd * closed).mean()),
    )


def _mape(expected: Floats, observed: Floats) -> float:
    """Mean absolute error as a share of the observed KPI, over the observations that are not zero."""
    there = observed != 0
    return float(np.abs((expected - observed)[there] / observed[there]).mean()) if there.any() else np.nan
