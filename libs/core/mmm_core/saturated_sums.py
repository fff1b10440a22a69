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
    logistic_sums(one, (one, one), one, one)
    ratio_sums(one, one, one)


@njit(**COMPILED)  # type: ignore[untyped-decorator]
def carried_over(weights: Floats, by_lag: Floats) -> Floats:
    """Adstocked exposure, shape (S, P), of weights (S, L) and exposure of so many periods ago (L, P)."""
    spread = np.empty((len(weights), by_lag.shape[1]))
    for draw in range(len(weights)):
        _carry_over(spread[draw], weights[draw], by_lag)
    return spread


@njit(**COMPILED)  # type: ignore[untyped-decorator]
def logistic_sums(
    carryover: Floats, by_lag: tuple[Floats, Floats], effect: Floats, steps: Floats
) -> tuple[Floats, Floats]:
    """Weighted shares with ``r = before exp(-rate k)``, less those without exposure, and their derivatives.

    Parameters
    ----------
    carryover : array, shape (S, L)
        What a unit of exposure of so many periods ago adds to the rate.
    by_lag : tuple of array, shape (L, P) each
        Exposure of so many periods ago that makes up the rate, and that ``-log(before)`` is made of.
    effect : array, shape (S, P), or (S, 1) where it is the same everywhere
        Weights.
    steps : array, shape (K, S)
        What each multiplier adds to the one before, and the first to 0.

    Returns
    -------
    shares, rises : array, shape (K, S)
        Sums over places of ``weight / (1 + r) - weight / (1 + before)``, and their derivatives with respect
        to the multiplier.
    """
    inside, outside = by_lag
    places = inside.shape[1]
    shares, rises = np.empty(steps.shape), np.empty(steps.shape)
    rate, odds, none = np.empty(places), np.empty(places), np.empty(places)
    weight, rise, per_step = np.empty(places), np.empty(places), np.empty(places)
    is_alone = not outside.any()
    for draw in range(len(carryover)):
        _carry_over(rate, carryover[draw], inside)
        odds[:] = 1.0
        if not is_alone:
            _carry_over(odds, carryover[draw], outside)
            for place in range(places):
                odds[place] = np.exp(-odds[place])
        for place in range(places):
            weight[place] = effect[draw, place if effect.shape[1] > 1 else 0]
            none[place] = 1 / (1 + odds[place])
            rise[place] = weight[place] * rate[place]
        last = 0.0
        for number in range(len(steps)):
            step = steps[number, draw]
            if step != 0:
                _stretch(per_step, rate, step, last)
                last = step
                for place in range(places):
                    odds[place] *= per_step[place]
            shares[number, draw], rises[number, draw] = _shares(odds, none, weight, rise)
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
def _carry_over(spread: Floats, weights: Floats, by_lag: Floats) -> None:
    """Sum over lags, into an array of shape (P,)."""
    spread[:] = 0.0
    for lag in range(len(weights)):
        for place in range(len(spread)):
            spread[place] += weights[lag] * by_lag[lag, place]


@njit(**COMPILED)  # type: ignore[untyped-decorator]
def _stretch(per_step: Floats, rate: Floats, step: float, last: float) -> None:
    """Make ``exp(-rate last)`` into ``exp(-rate step)``.

    One exponential serves all multipliers that follow each other in equal steps, or in a multiple of them.
    """
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
