"""The KPI of periods after a fit's data, under given media, competitors and controls.

Every draw of the posterior is continued by itself: media with the carryover of what came before, the trend
with new changes of its slope, patterns of the year and the week as they were, and chance. Axes: stored draws
``S'``, future periods ``H``, panel cells ``G``.
"""

from dataclasses import dataclass, replace

import numpy as np

from mmm_core.baseline_basis import kink_basis, time_of, weekly_basis, yearly_basis
from mmm_core.continuation import Continuation, SignalTerms
from mmm_core.errors import FailedPrecondition, Violation
from mmm_core.fitted import FittedModel
from mmm_core.future import Future, next_dates
from mmm_core.horizon import reference_window
from mmm_core.media import Floats, adstock_weights, apply_adstock
from mmm_core.model_data import ComponentKind, Dates
from mmm_core.quantities import contributions_by_cell, draw_blocks

SEED = 1


@dataclass(frozen=True, slots=True)
class Forecast:
    """Joint draws of a forecast, in KPI units.

    Attributes
    ----------
    dates : array of datetime64[D], shape (H,)
        First day of each period.
    expected : array, shape (S', H, G)
        Expected KPI.
    predicted : array, shape (S', H, G)
        The KPI with its noise.
    """

    dates: Dates
    expected: Floats
    predicted: Floats


def forecast(fit: FittedModel, future: Future) -> Forecast:
    """Continue a fit.

    The same fit and future give the same draws.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    future : Future
        From `mmm_core.future.read_future`.

    Raises
    ------
    FailedPrecondition
        When the fit was stored before fits could be continued.
    """
    continuation = fit.required_continuation()
    rng = np.random.default_rng(SEED)
    thin = fit.thinned()
    expected = (
        media_ahead(thin, future.exposure)
        + _intercept(thin, len(future.dates))
        + baseline_at(continuation, fit.dates, future.dates, rng)
        + signals_ahead(continuation.signals, future.signals).sum(axis=-1)
    )
    chance = thin.required_noise().draw(rng, len(future.dates))
    return Forecast(future.dates, expected, expected + chance)


def baseline_index(fit: FittedModel, periods: int) -> Floats:
    """Expected baseline of the next periods relative to its average over the last year of data, shape (H,).

    On average over draws, all cells together: the level, trend and patterns of the year and the week.

    Raises
    ------
    FailedPrecondition
        When the fit was stored before fits could be continued, or when its baseline is not positive.
    """
    continuation = fit.required_continuation()
    dates = next_dates(fit.dates, fit.config.frequency, periods)
    rng = np.random.default_rng(SEED)
    ahead = _intercept(fit.thinned(), periods) + baseline_at(continuation, fit.dates, dates, rng)
    terms = [term.draws for term in fit.components if term.kind is ComponentKind.BASELINE]
    recent = np.sum(terms, axis=0)[:, reference_window(fit).periods].sum(axis=-1).mean()
    index = np.asarray(ahead.sum(axis=-1).mean(axis=0) / recent)
    if not (index > 0).all():
        fix = "Give the demand of every period instead."
        problem = Violation(
            "fit", "has a baseline that is not positive in every period.", fix, code="NO_INDEX"
        )
        raise FailedPrecondition([problem], reason="NO_INDEX")
    return index


def media_ahead(thin: FittedModel, later: Floats) -> Floats:
    """What all media bring after the data, with the carryover from them, shape (S', H, G).

    Parameters
    ----------
    thin : FittedModel
        From `FittedModel.thinned`.
    later : array, shape (H, G, C)
        Drivers after the data, in their own units.
    """
    kept = min(thin.parameters.longest_lag, len(thin.dates))
    first = len(thin.dates) - kept
    continued = replace(
        thin,
        exposure=np.concatenate([thin.exposure[first:], later]),
        multiplier=_media_multiplier(thin, first, len(later)),
    )
    brought = np.empty((len(thin.effect), len(later), len(thin.cells)))
    for block in draw_blocks(len(brought), continued.exposure.size):
        brought[block] = contributions_by_cell(continued, block)[:, kept:].sum(axis=-1)
    return brought


def _media_multiplier(thin: FittedModel, first: int, horizon: int) -> Floats | None:
    """Multiplier of all media from a period of the data to the end of the horizon, shape (S', ...)."""
    process = thin.continuation.media_process if thin.continuation else None
    if process is None:
        return None
    return process.multiplier(np.arange(first, len(thin.dates) + horizon, dtype=np.float64))


def _intercept(thin: FittedModel, horizon: int) -> Floats:
    """Level of the baseline, shape (S', H, G)."""
    level = next(term.draws for term in thin.components if term.name == "intercept").mean(axis=1)
    process = thin.continuation.baseline_process if thin.continuation else None
    if process is None:
        return np.repeat(level[:, None], horizon, axis=1)
    periods = np.arange(len(thin.dates), len(thin.dates) + horizon, dtype=np.float64)
    return level[:, None] * process.multiplier(periods)[..., None]


def baseline_at(
    continuation: Continuation, trained: Dates, dates: Dates, rng: np.random.Generator
) -> Floats | float:
    """Trend and patterns of the year and the week, shape (S', H, G).

    Parameters
    ----------
    continuation : Continuation
        What they are made of.
    trained : array of datetime64[D]
        Periods of the training data.
    dates : array of datetime64[D], shape (H,)
        Periods asked for, of the training data or later.
    rng : Generator
        Draws what later kinks of the trend will be.
    """
    total: Floats | float = 0.0
    if continuation.kinks is not None:
        time = time_of(trained, dates)
        kinks = _continued(continuation.kinks, time.max(), rng)
        at = np.arange(kinks.shape[-1]) / (continuation.kinks.shape[-1] - 1)
        total = total + _combined(kinks, kink_basis(time, at))
    if continuation.yearly is not None:
        total = total + _combined(continuation.yearly, yearly_basis(dates, _order(continuation.yearly)))
    if continuation.weekly is not None:
        total = total + _combined(continuation.weekly, weekly_basis(dates, _order(continuation.weekly)))
    return total


def _combined(coefficients: Floats, basis: Floats) -> Floats:
    """Linear combinations, shape (S', H, G)."""
    return np.einsum("sgk,hk->shg", coefficients, basis)


def _order(modes: Floats) -> int:
    return modes.shape[-1] // 2


def _continued(kinks: Floats, last: float, rng: np.random.Generator) -> Floats:
    """Add kinks after the training data, as far apart and as large as those inside them.

    Taylor and Letham, "Forecasting at scale" (The American Statistician, 2018), section 3.1.4. The stored
    kink at the end of the data is not informed by them and gives way to one of these. All cells of a panel
    share the direction: a trend that turns does so together.
    """
    interior = kinks.shape[-1] - 1
    later = max(0, int(np.ceil(last * interior - 1e-9)) - interior)
    size = np.abs(kinks[..., 1:-1]).mean(axis=-1) if interior > 1 else np.zeros(kinks.shape[:2])
    shocks = rng.laplace(size=(len(kinks), 1, later))
    return np.concatenate([kinks[..., :-1], size[..., None] * shocks], axis=-1)


def signals_ahead(terms: SignalTerms, later: Floats) -> Floats:
    """Terms of competitors, controls and events after the data, shape (S', H, G, N).

    Parameters
    ----------
    terms : SignalTerms
        Of the fit.
    later : array, shape (H, G, N)
        Their values after the data, on the scale the model sees.
    """
    kept = min(terms.parameters.longest_lag, len(terms.values))
    values = np.concatenate([terms.values[len(terms.values) - kept :], later])
    spread = apply_adstock(values, adstock_weights(terms.parameters))[:, kept:]
    return spread * terms.parameters.coefficient[:, None]
