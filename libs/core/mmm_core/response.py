"""Response curves: what a window's spend brings, and what the next unit of money would bring.

All are computed per posterior draw on the KPI's own scale. On a panel they are sums over the cells of the
given fit; for some cells only, give `FittedModel.select_cells`. Axes: draws ``S``, periods ``T``, panel cells
``G``, media ``C``, multipliers ``K``, places in time and cells ``P``.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.fitted import FittedModel
from mmm_core.media import Floats, Index, ResponseParameters, adstock_weights
from mmm_core.quantities import Window, draw_blocks, window_spend


@dataclass(frozen=True, slots=True)
class ResponseCurves:
    """Response of all media to multiples of a window's spend.

    Attributes
    ----------
    outcome : array, shape (K, S, C)
        Incremental KPI units.
    slope : array, shape (K, S, C)
        Exact derivative of the outcome with respect to the multiplier. Infinite at multiplier 0 in draws in
        which the curve begins vertically.
    """

    outcome: Floats
    slope: Floats

    def select(self, multipliers: Index = slice(None), media: Index = slice(None)) -> "ResponseCurves":
        """Keep some multipliers and media."""
        picked = (np.moveaxis(values, -1, 0)[media][:, multipliers] for values in (self.outcome, self.slope))
        return ResponseCurves(*(np.moveaxis(values, 0, -1) for values in picked))


def response_curves(
    fit: FittedModel, window: Window, multipliers: Floats, media: Index = slice(None)
) -> ResponseCurves:
    """Incremental outcome when the window's spend is multiplied, flighting kept.

    The KPI with the multiplied spend minus the KPI with none in the window, summed over the window and the
    carryover after it as far as dates are known. Carryover from spend before the window does not count.
    For exposure-driven media, exposure moves in proportion to spend.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    window : Window
        Periods whose spend is multiplied.
    multipliers : array, shape (K,) or (K, S, C)
        At least 0; 1 is what was spent. The same for all draws and media, or each its own.
    media : index, optional
        Which media, `C` of them; all by default.
    """
    wanted = np.arange(len(fit.parameters.shapes))[media]
    # Draws of one medium lie side by side: summaries go through them.
    shape = (len(wanted), len(multipliers), len(fit.effect))
    outcome, slope = (np.moveaxis(np.empty(shape), 0, -1) for _ in range(2))

    def compute(place: int) -> None:
        lagged = _lagged(fit, window, int(wanted[place]))
        for draws in draw_blocks(len(fit.effect), lagged.inside.shape[1]):
            factors = multipliers[:, None] if multipliers.ndim == 1 else multipliers[:, draws, place]
            found = lagged.multiplied(draws, fit.multiplier_of(draws), factors)
            outcome[:, draws, place], slope[:, draws, place] = found

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        # Compiled code lets go of the interpreter while it computes.
        list(threads.map(compute, range(len(wanted))))
    return ResponseCurves(outcome, slope)


def medium_response(
    fit: FittedModel, window: Window, medium: int, draws: NDArray[np.intp], multipliers: Floats
) -> tuple[Floats, Floats]:
    """Outcome and slope of one medium's `response_curves`, in some draws, each at its own multiplier.

    Parameters
    ----------
    fit, window
        As for `response_curves`.
    medium : int
        Which one.
    draws : array of int, shape (S',)
        Which draws.
    multipliers : array, shape (S',)
        At least 0.

    Returns
    -------
    outcome, slope : array, shape (S',)
    """
    lagged = _lagged(fit, window, medium)
    outcome, slope = np.empty(len(draws)), np.empty(len(draws))
    for block in draw_blocks(len(draws), lagged.inside.shape[1]):
        some = draws[block]
        found = lagged.multiplied(some, fit.multiplier_of(some), multipliers[None, block])
        outcome[block], slope[block] = found[0][0], found[1][0]
    return outcome, slope


def response(fit: FittedModel, window: Window, multipliers: Floats) -> Floats:
    """Incremental outcome at multiples of the window's spend, see `response_curves`; shape (K, S, C)."""
    return response_curves(fit, window, multipliers).outcome


def incremental_outcome(fit: FittedModel, window: Window) -> Floats:
    """KPI gained because of the spend in the window, shape (S, C).

    Over the whole data this is the sum of `mmm_core.quantities.media_contributions`.
    """
    return response(fit, window, np.ones(1))[0]


def marginal_outcome(fit: FittedModel, window: Window, multipliers: Floats) -> Floats:
    """KPI units gained by the next unit of money at the multiplied spend, shape (K, S, C)."""
    return per_money(fit, window, response_curves(fit, window, multipliers).slope)


def per_money(fit: FittedModel, window: Window, slope: Floats, media: Index = slice(None)) -> Floats:
    """Turn a derivative with respect to the multiplier, (..., C), into one with respect to spend.

    NaN where nothing was spent.
    """
    spend = window_spend(fit, window)[media]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(spend > 0, slope / spend, np.nan)


@dataclass(frozen=True, slots=True)
class _Lagged:
    """Exposure of one medium in the periods a window reaches, to its last carryover, and before them.

    Attributes
    ----------
    parameters : ResponseParameters
        Of this medium.
    periods : slice
        Periods the window reaches, `T'` of them.
    inside, outside : array, shape (L, T' * G)
        Scaled exposure of so many periods ago, in the window and out of it.
    """

    parameters: ResponseParameters
    periods: slice
    inside: Floats
    outside: Floats

    def multiplied(
        self, draws: Index, over_time: Floats | float, multipliers: Floats
    ) -> tuple[Floats, Floats]:
        """Outcome and slope of some draws, shape (K, S).

        Parameters
        ----------
        draws : index
            Which draws, `S` of them.
        over_time : array or float
            From `FittedModel.multiplier_of`.
        multipliers : array, shape (K, S) or (K, 1)
        """
        # Compiled code takes a second to import, which those who ask for no curve need not wait for.
        from mmm_core.multiplied import LaggedExposure, multiplied_outcome  # noqa: PLC0415

        parameters = self.parameters.select(draws)
        weights = adstock_weights(parameters)[:, 0, 0]
        exposure = LaggedExposure(weights, self.inside, self.outside, self._effect(parameters, over_time))
        return multiplied_outcome(exposure, parameters, multipliers)

    def _effect(self, parameters: ResponseParameters, over_time: Floats | float) -> Floats:
        """KPI units of a unit of saturated exposure, shape (S, T' * G), or (S, 1) where all are the same."""
        effect = parameters.coefficient[:, None, :, 0]
        if isinstance(over_time, float) and effect.shape[-1] == 1:
            return effect[:, 0] * over_time
        if not isinstance(over_time, float):
            over_time = over_time[:, self.periods, :, 0]
        length = self.periods.stop - self.periods.start
        effect = np.broadcast_to(effect * over_time, (len(effect), length, effect.shape[-1]))
        return effect.reshape(len(effect), -1)


def _lagged(fit: FittedModel, window: Window, medium: int) -> _Lagged:
    parameters = fit.parameters.select(media=np.array([medium]))
    lags = parameters.shapes[0].lags
    exposure = fit.scaled_exposure[..., medium]
    within = np.zeros_like(exposure)
    within[window.periods] = exposure[window.periods]
    periods = slice(window.start, min(len(fit.dates), window.stop + lags - 1))

    def by_lag(values: Floats) -> Floats:
        known = np.pad(values, ((lags, 0), (0, 0)))
        ago = (slice(periods.start + lags - lag, periods.stop + lags - lag) for lag in range(lags))
        return np.stack([known[moved].ravel() for moved in ago])

    return _Lagged(parameters, periods, by_lag(within), by_lag(exposure - within))
