"""Priors of the baseline and of the noise, on the KPI divided by its largest value."""

from typing import Any

import pandas as pd
from pymc_extras.prior import Prior
from pymc_marketing.mmm import LinearTrend, WeeklyFourier
from pymc_marketing.mmm.additive_effect import FourierEffect, LinearTrendEffect

from mmm_core.config import ModelConfig
from mmm_core.model_data import ModelData
from mmm_fitting.model.parameters import CELL, pooled_normal

TREND = "trend"
WEEKLY = "weekly"
# A kink of the trend and a seasonal term may each move the baseline by about this share of the average KPI.
TREND_SHARE = 0.3
SEASONAL_SHARE = 0.1
# Student's t: heavy tails are possible, a normal is the limit (Juárez and Steel, 2010).
NU_PRIOR = {"alpha": 2.0, "beta": 0.1}


def kpi_level(data: ModelData) -> float:
    """Average of the scaled KPI over periods and cells."""
    return float((data.kpi / data.kpi_scale).mean())


def baseline_priors(config: ModelConfig, data: ModelData) -> dict[str, Any]:
    """Priors by the names pymc-marketing gives them."""
    level, spread = kpi_level(data), config.pooling.baseline_spread
    noise = float((data.kpi / data.kpi_scale).std(axis=0).mean())
    is_panel = bool(config.dimensions)
    sigma = Prior("HalfNormal", sigma=noise, **({"dims": (CELL,)} if is_panel else {}))
    return {
        "intercept": _intercept(level, spread if is_panel else None),
        "gamma_fourier": seasonal_prior(level, "fourier_mode", spread if is_panel else None),
        "likelihood": Prior("Normal", sigma=sigma)
        if config.likelihood.family == "normal"
        else Prior("StudentT", nu=Prior("Gamma", **NU_PRIOR), sigma=sigma),
    }


def _intercept(level: float, spread: float | None) -> Prior:
    if spread is None:
        return Prior("Normal", mu=level, sigma=level)
    return pooled_normal(level, spread, mean=level)


def seasonal_prior(level: float, dim: str, spread: float | None) -> Prior:
    """Prior of the coefficients of sine and cosine terms."""
    scale = SEASONAL_SHARE * level
    if spread is None:
        return Prior("Normal", mu=0, sigma=scale, dims=dim)
    return pooled_normal(scale, spread, (dim,))


class WeekdayFourier(WeeklyFourier):  # type: ignore[misc]  # the library is untyped
    """A pattern within the week that stays on its weekdays.

    The library counts days within the year: there the pattern moves on by a day, or two, every New Year.
    """

    def _get_days_in_period(self, dates: pd.DatetimeIndex) -> pd.Index:
        return dates.dayofweek


def weekly_pattern(order: int, level: float, spread: float | None) -> FourierEffect:
    """Pattern within the week, for daily data."""
    fourier = WeekdayFourier(n_order=order, prefix=WEEKLY, prior=seasonal_prior(level, WEEKLY, spread))
    return FourierEffect(fourier=fourier)


def linear_trend(changepoints: int, level: float, spread: float | None) -> LinearTrendEffect:
    """Trend that starts at zero; the library counts the first and the last date among the change points."""
    scale = TREND_SHARE * level
    if spread is None:
        prior = Prior("Laplace", mu=0, b=scale, dims="changepoint")
        trend = LinearTrend(priors={"delta": prior}, n_changepoints=changepoints + 2)
    else:
        prior = pooled_normal(scale, spread, ("changepoint",))
        trend = LinearTrend(priors={"delta": prior}, n_changepoints=changepoints + 2, dims=(CELL,))
    return LinearTrendEffect(trend=trend, prefix=TREND)
