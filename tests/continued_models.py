"""Synthetic fitted models that can be continued, and tables of the periods after their data."""

from dataclasses import replace

import numpy as np
import pandas as pd

from mmm_core.continuation import Continuation, SignalTerms
from mmm_core.fitted import FittedModel
from mmm_core.future import next_dates
from mmm_core.media import ResponseParameters, ResponseShape
from mmm_core.noise import Noise

SIGMA = 800.0
HORIZON = 9


def continued(fit: FittedModel, kinks: np.ndarray | None = None, signals: int = 3) -> FittedModel:
    """Give a synthetic fit noise, and a baseline and signals that can be continued."""
    draws, cells = len(fit.component_draws), len(fit.cells)
    shapes = (ResponseShape("none", 1, "none"),) * signals
    coefficient = np.tile([-900.0, 300.0, 2_000.0][:signals], (draws, cells, 1))
    terms = SignalTerms(
        names=("rival", "price", "fair")[:signals],
        labels=("rival", "price", "fair")[:signals],
        values=np.ones((len(fit.dates), cells, signals)),
        centre=np.array([0.0, 10.0, 0.0])[:signals],
        scale=np.array([2.0, 5.0, 1.0])[:signals],
        parameters=ResponseParameters(shapes, coefficient),
    )
    waves = np.zeros((draws, cells, 2))
    waves[..., 0] = 1_500.0
    continuation = Continuation(kinks, waves, None, None, None, terms)
    noise = Noise(np.full((len(fit.effect), cells), SIGMA))
    return replace(fit, continuation=continuation, noise=noise)


def later_table(fit: FittedModel, periods: int = HORIZON, **columns: object) -> pd.DataFrame:
    """Rows after a fit's data, with something in every column."""
    dates = next_dates(fit.dates, fit.config.frequency, periods)
    values = {
        "week": pd.DatetimeIndex(dates.astype("datetime64[s]")),
        "tv": 4_000.0,
        "search": 1_000.0,
        "impressions": 300_000.0,
        "mails": 2_000.0,
        "copies": 500.0,
        "rival": 6.0,
        "price": 20.0,
    }
    return pd.DataFrame(values | columns)


def lingering(fit: FittedModel, retention: float = 0.5) -> FittedModel:
    """Give the first signal the carryover of its configuration, with a given retention."""
    assert fit.continuation is not None
    signals, adstock = fit.continuation.signals, fit.config.competitors[0].adstock
    parameters = replace(
        signals.parameters,
        shapes=(ResponseShape(adstock.family, adstock.lags, "none"), *signals.parameters.shapes[1:]),
        retention=np.full((len(fit.component_draws), 1, len(signals.names)), retention),
    )
    changed = replace(fit.continuation, signals=replace(signals, parameters=parameters))
    return replace(fit, continuation=changed)
