"""Sums over places of what exposure comes to at many multipliers, compiled: the inside of all curves.

The logistic curve is ``2 / (1 + r) - 1`` with ``r = exp(-rate k)``, the Hill curve ``1 / (1 + r)`` with
``r = r(1) k^-power``: both are shares ``1 / (1 + r)``, of odds ``r`` against. Array by array most of the
time would go into reading and writing them; here a row of places stays in the processor's cache. Axes: draws
``S``, places in time and panel cells ``P``, multipliers ``K``, lags ``L``.
"""

from typing import Any

import numpy as np
from numba import njit

from mmm_core.media import Floats

# Relative difference of steps between multipliers that are the same but for rounding.
SAME_STEP = 1e-9
# Multiplying so often is faster than another exponential.
MOST_PRODUCTS = 16
# Sums may be taken in any order, or they would be taken one number after the other.
COMPILED: dict[str, Any] = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "fastmath": {"reassoc", "contract", "nsz"},
}


def prepare() -> None:
    """Load what was compiled, or compile it, so that nobody who asks for curves has to wait for it."""
    one = np.ones((1, 1))
    carried_over(one, one)
    logistic_sums(one, one, one, one)
    ratio_sums(one, one, one)


@njit(**COMPILED)  # type: ignore[untyped-decorator]
def carried_over(weights: Floats, by_lag: Floats) -> Floats:
    """Adstocked exposure, shape (S, P), of weights (S, L) and exposure of so many periods ago (L, P)."""
    draws, lags = weights.shape
    places = by_lag.shape[1]
    spread = np.zeros((draws, places))
    for draw in range(draws):
        for lag in range(lags):
            weight = weights[draw, lag]
            for place in range(places):
                spread[draw, place] += weight * by_lag[lag, place]
    return spread


def logistic_sums(rate: Floats, before: Floats, weight: Floats, multipliers: Floats) -> tuple[Floats, Floats]:
    """Weighted shares with ``r = before exp(-rate k)``, less those without exposure, and their derivatives.

    Parameters
    ----------
    rate, weight : array, shape (S, P)
    before : array, shape (S, P) or (1, P)
    multipliers : array, shape (K, S)

    Returns
    -------
    shares, rises : array, shape (K, S)
        Sums over places of ``weight / (1 + r) - weight / (1 + before)``, and their derivatives with respect
        to the multiplier.
    """
    steps = np.ascontiguousarray(np.diff(multipliers, axis=0, prepend=0.0))
    first = steps[np.argmax(steps.any(axis=1))]
    # One exponential serves all multipliers that follow each other in equal steps, or in a multiple of them;
    # numpy's is faster than that of compiled code.
    per_step = np.multiply(rate, -first[:, None])
    np.exp(per_step, out=per_step)
    found: tuple[Floats, Floats] = _logistic_sums((rate, before, weight), steps, first, per_step)
    return found


@njit(**COMPILED)  # type: ignore[untyped-decorator]
def _logistic_sums(
    exposure: tuple[Floats, Floats, Floats], steps: Floats, first: Floats, per_step: Floats
) -> tuple[Floats, Floats]:
    """Sums of `logistic_sums` of rate, before and weight, given ``exp(-rate first)``."""
    rate, before, weight = exposure
    draws, places = rate.shape
    shares, rises = np.empty(steps.shape), np.empty(steps.shape)
    odds, none, rise = np.empty(places), np.empty(places), np.empty(places)
    for draw in range(draws):
        last = first[draw]
        for place in range(places):
            odds[place] = before[min(draw, len(before) - 1), place]
            none[place] = 1 / (1 + odds[place])
            rise[place] = weight[draw, place] * rate[draw, place]
        for number in range(len(steps)):
            step = steps[number, draw]
            if step != 0:
                _stretch(per_step[draw], rate[draw], step, last)
                last = step
                for place in range(places):
                    odds[place] *= per_step[draw, place]
            shares[number, draw], rises[number, draw] = _shares(odds, none, weight[draw], rise)
    return shares, rises


@njit(**COMPILED)  # type: ignore[untyped-decorator]
def ratio_sums(inverse: Floats, stretched: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Weighted shares with ``r = inverse stretched``, and their change per relative change of ``1 / r``.

    Parameters
    ----------
    inverse, weight : array, shape (S, P)
    stretched : array, shape (K, S)

    Returns
    -------
    shares, rises : array, shape (K, S)
        Sums over places of ``weight / (1 + r)`` and of ``weight r / (1 + r)^2``.
    """
    draws, places = inverse.shape
    shares = np.empty((len(stretched), draws))
    rises = np.empty((len(stretched), draws))
    odds, none = np.empty(places), np.zeros(places)
    for draw in range(draws):
        for number in range(len(stretched)):
            for place in range(places):
                odds[place] = inverse[draw, place] * stretched[number, draw]
            shares[number, draw], rises[number, draw] = _shares(odds, none, weight[draw], weight[draw])
    return shares, rises


@njit(**COMPILED)  # type: ignore[untyped-decorator]
def _stretch(per_step: Floats, rate: Floats, step: float, last: float) -> None:
    """Make ``exp(-rate last)`` into ``exp(-rate step)``."""
    times = round(step / last) if last != 0 else 0
    if 1 <= times <= MOST_PRODUCTS and abs(step - times * last) <= SAME_STEP * abs(step):
        once = per_step.copy() if times > 1 else per_step
        for _ in range(times - 1):
            for place in range(len(rate)):
                per_step[place] *= once[place]
        return
    for place in range(len(rate)):
        per_step[place] = np.exp(-rate[place] * step)


@njit(**COMPILED)  # type: ignore[untyped-decorator]
def _shares(odds: Floats, none: Floats, weight: Floats, rise: Floats) -> tuple[float, float]:
    """Sums over places, shape (P,) each; `none` is taken off every share."""
    shares, rises = 0.0, 0.0
    for place in range(len(odds)):
        share = 1 / (1 + odds[place])
        shares += weight[place] * (share - none[place])
        rises += rise[place] * odds[place] * share * share
    return shares, rises
