"""Priors of the baseline and of the noise, on the KPI divided by its largest value."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from pymc_extras.prior import Prior
from pymc_marketing.mmm import LinearTrend, WeeklyFourier
from pymc_marketing.mmm.additive_effect import FourierEffect, LinearTrendEffect

from mmm_core.baseline_basis import kink_basis, time_of, weekly_basis, yearly_basis
from mmm_core.config import ModelConfig
from mmm_core.model_data import ModelData
from mmm_fitting.model.others import OtherTerms
from mmm_fitting.model.parameters import CELL
from mmm_fitting.model.rotation import BaselineTerm, RotatedBaseline

TREND = "trend"
WEEKLY = "weekly"
INTERCEPT, YEARLY = "intercept", "gamma_fourier"
KINK, MODE = "changepoint", "fourier_mode"
# A kink of the trend and a seasonal term may each move the baseline by about this share of the average KPI.
TREND_SHARE = 0.3
SEASONAL_SHARE = 0.1
# Of the KPI's standard deviation, in a model that is any good.
UNEXPLAINED_SHARE = 0.3
# Student's t: heavy tails are possible, a normal is the limit (Juárez and Steel, 2010).
NU_PRIOR = {"alpha": 2.0, "beta": 0.1}


def kpi_level(data: ModelData) -> float:
    """Average of the scaled KPI over periods and cells."""
    return float((data.kpi / data.kpi_scale).mean())


class Baseline:
    """Level, trend and patterns of the year and the week.

    Parameters
    ----------
    config : ModelConfig
        Which of them there are.
    data : ModelData
        What they are fitted to.
    others : OtherTerms
        Media and signals of the same model.
    """

    def __init__(self, config: ModelConfig, data: ModelData, others: OtherTerms) -> None:
        self._config = config
        self._level = kpi_level(data)
        self._noise = float((data.kpi / data.kpi_scale).std(axis=0).mean())
        self._rotated = (
            RotatedBaseline(
                _terms(config, data, self._level),
                spread=config.pooling.baseline_spread,
                noise=UNEXPLAINED_SHARE * self._noise,
                level=INTERCEPT,
                others=partial(others.average, is_panel=True),
            )
            if config.dimensions
            else None
        )

    def priors(self) -> dict[str, Any]:
        """Priors by the names pymc-marketing gives them."""
        sigma = Prior("HalfNormal", sigma=self._noise, **({"dims": (CELL,)} if self._rotated else {}))
        named = {
            "intercept": self._intercept(),
            "likelihood": Prior("Normal", sigma=sigma)
            if self._config.likelihood.family == "normal"
            else Prior("StudentT", nu=Prior("Gamma", **NU_PRIOR), sigma=sigma),
        }
        if self._config.seasonality.yearly_order:
            named[YEARLY] = self._seasonal(YEARLY, MODE)
        return named

    def effects(self) -> list[Any]:
        """Terms that pymc-marketing adds as effects: the linear trend and the pattern of the week."""
        effects: list[Any] = []
        if self._config.trend.kind == "linear":
            effects.append(self._trend(_kinks(self._config)))
        if order := self._config.seasonality.weekly_order:
            prior = self._seasonal(WEEKLY, WEEKLY)
            effects.append(FourierEffect(fourier=WeekdayFourier(n_order=order, prefix=WEEKLY, prior=prior)))
        return effects

    def _intercept(self) -> Any:
        if self._rotated is not None:
            return self._rotated.prior(INTERCEPT)
        return Prior("Normal", mu=self._level, sigma=self._level)

    def _seasonal(self, name: str, dim: str) -> Any:
        """Prior of the coefficients of sine and cosine terms."""
        if self._rotated is not None:
            return self._rotated.prior(name, dim)
        return Prior("Normal", mu=0, sigma=SEASONAL_SHARE * self._level, dims=dim)

    def _trend(self, kinks: int) -> LinearTrendEffect:
        if self._rotated is None:
            prior: Any = Prior("Laplace", mu=0, b=TREND_SHARE * self._level, dims=KINK)
            trend = LinearTrend(priors={"delta": prior}, n_changepoints=kinks)
        else:
            prior = self._rotated.prior(TREND, KINK)
            trend = LinearTrend(priors={"delta": prior}, n_changepoints=kinks, dims=(CELL,))
        return LinearTrendEffect(trend=trend, prefix=TREND)


class WeekdayFourier(WeeklyFourier):  # type: ignore[misc]  # the library is untyped
    """A pattern within the week that stays on its weekdays.

    The library counts days within the year: there the pattern moves on by a day, or two, every New Year.
    """

    def _get_days_in_period(self, dates: pd.DatetimeIndex) -> pd.Index:
        return dates.dayofweek


def _kinks(config: ModelConfig) -> int:
    """Number of the trend's kinks; the library counts the first and the last date among them."""
    return config.trend.changepoints + 2


def _terms(config: ModelConfig, data: ModelData, level: float) -> dict[str, BaselineTerm]:
    """What each term adds to the scaled KPI, and how large it may be."""
    terms = {INTERCEPT: BaselineTerm(np.ones((len(data.dates), 1)), level, mean=level)}
    if config.trend.kind == "linear":
        kinks = np.linspace(0.0, 1.0, _kinks(config))
        terms[TREND] = BaselineTerm(kink_basis(time_of(data.dates, data.dates), kinks), TREND_SHARE * level)
    if order := config.seasonality.yearly_order:
        terms[YEARLY] = BaselineTerm(yearly_basis(data.dates, order), SEASONAL_SHARE * level)
    if order := config.seasonality.weekly_order:
        terms[WEEKLY] = BaselineTerm(weekly_basis(data.dates, order), SEASONAL_SHARE * level)
    return terms
