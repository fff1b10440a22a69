"""The spend at which the next unit of money stops paying, by posterior draw.

Axes: draws ``S``, media ``C``.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.fitted import FittedModel
from mmm_core.media import Floats, is_concave
from mmm_core.quantities import Window, window_spend
from mmm_core.response import ResponseCurves, medium_response, response_curves

# Multiples of the window's spend at which curves are computed: every tenth up to twice, then coarser.
EXPLORED = np.concatenate([np.linspace(0.0, 2.0, 21), [3.0, 4.0, 5.0]])
FURTHEST = float(EXPLORED[-1])
# A breakeven is found when the slope there is the hurdle to this relative precision.
PRECISION = 1e-6
MOST_ROUNDS = 40
# Relative: what all the money may lack of the hurdle by rounding.
WORTH = 1e-5
# Margins that a breakeven is first guessed from.
GUESSED_FROM = 6


@dataclass(frozen=True, slots=True)
class Explored:
    """Response curves of a window at the multiples `EXPLORED`.

    Attributes
    ----------
    window : Window
        Periods whose spend is multiplied.
    curves : ResponseCurves
        Of all media.
    """

    window: Window
    curves: ResponseCurves

    def at(self, multipliers: Floats) -> ResponseCurves | None:
        """Look the curves up at some multipliers; None when one of them is not among `EXPLORED`."""
        places = np.searchsorted(EXPLORED, multipliers)
        is_known = np.isclose(
            EXPLORED[np.minimum(places, len(EXPLORED) - 1)], multipliers, rtol=1e-12, atol=0
        )
        return self.curves.select(places) if is_known.all() else None

    @property
    def current(self) -> ResponseCurves:
        """The curves at what was spent, shape (1, S, C)."""
        return self.curves.select(np.flatnonzero(EXPLORED == 1.0))


def explore(fit: FittedModel, window: Window) -> Explored:
    """Compute the curves of a window."""
    return Explored(window, response_curves(fit, window, EXPLORED))


def breakeven_multiple(fit: FittedModel, explored: Explored, hurdle: Floats) -> Floats:
    """Largest multiple of the window's spend at which the next unit of money still returns the hurdle.

    Found between the two neighbours of `EXPLORED` that it lies between, with exact slopes. On an S-shaped
    curve all the money together must return the hurdle there, too; on a concave one it always does.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    explored : Explored
        Its curves.
    hurdle : array, shape (C,)
        KPI units per unit of money, above 0.

    Returns
    -------
    array, shape (S, C)
        0 where the hurdle is nowhere reached, or never by all the money together, infinite where it still is
        at the furthest multiple, and NaN where nothing was spent.
    """
    window, slope = explored.window, explored.curves.slope

    def find(medium: int) -> Floats:
        margin = _Margin(fit, window, medium, float(window_spend(fit, window)[medium] * hurdle[medium]))
        return _furthest_paying(margin, slope[:, :, medium])

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        # Numpy and compiled code let go of the interpreter while they compute.
        return np.stack(list(threads.map(find, range(slope.shape[2]))), axis=1)


@dataclass(frozen=True, slots=True)
class _Margin:
    """Logarithm of marginal outcome over hurdle, of one medium.

    Attributes
    ----------
    hurdle : float
        KPI units per unit of the multiplier.
    """

    fit: FittedModel
    window: Window
    medium: int
    hurdle: float

    def of(self, slope: Floats) -> Floats:
        """Turn slopes of the curve into margins."""
        with np.errstate(divide="ignore"):
            return np.log(slope / self.hurdle)

    def at(self, draws: NDArray[np.intp], multiples: Floats) -> Floats:
        """Compute it for some draws, each at its own multiple."""
        return self.of(medium_response(self.fit, self.window, self.medium, draws, multiples)[1])

    def is_worth(self, draws: NDArray[np.intp], multiples: Floats) -> NDArray[np.bool_]:
        """Whether all the money together returns the hurdle, too: on an S-shaped curve the last may alone."""
        if is_concave(self.fit.parameters.select(media=np.array([self.medium]))):
            return np.ones(len(draws), dtype=np.bool_)
        outcome, _ = medium_response(self.fit, self.window, self.medium, draws, multiples)
        return outcome >= self.hurdle * multiples * (1 - WORTH)


def _furthest_paying(margin: _Margin, slope: Floats) -> Floats:
    """Largest multiple with a margin of at least zero, shape (S,), of slopes at `EXPLORED`, shape (K, S)."""
    if not margin.hurdle > 0:
        return np.full(slope.shape[1], np.nan)
    pays = slope >= margin.hurdle
    never, beyond = ~pays.any(axis=0), pays[-1]
    found = np.where(never, 0.0, np.inf)
    draws = np.flatnonzero(~never & ~beyond)
    if draws.size:
        known = margin.of(slope[:, draws])
        low = len(EXPLORED) - 1 - np.argmax(pays[::-1, draws], axis=0)
        each = np.arange(len(draws))
        bracket = np.stack([EXPLORED[low], EXPLORED[low + 1], known[low, each], known[low + 1, each]])
        crossing = _crossing(margin, draws, bracket, _guess(known, low, bracket))
        found[draws] = np.where(margin.is_worth(draws, crossing), crossing, 0.0)
    return found


def _crossing(margin: _Margin, draws: NDArray[np.intp], bracket: Floats, guess: Floats) -> Floats:
    """Find where margins cross zero, by the Illinois method.

    Parameters
    ----------
    margin : _Margin
        What crosses.
    draws : array of int, shape (S',)
        Which draws.
    bracket : array, shape (4, S')
        Multiples at which it pays and at which it does not, and the margins there.
    guess : array, shape (S',)
        Multiples between them to begin with.
    """
    low, high, low_margin, high_margin = bracket
    kept = np.zeros(len(draws))
    wanted = np.arange(len(draws))
    for _ in range(MOST_ROUNDS):
        here = margin.at(draws[wanted], guess[wanted])
        open_ = np.abs(here) > PRECISION
        wanted, here = wanted[open_], here[open_]
        if not wanted.size:
            break
        pays = here >= 0
        # An end that stays twice in a row counts for half, or the other would creep.
        stale_high, stale_low = pays & (kept[wanted] == 1), ~pays & (kept[wanted] == -1)
        high_margin[wanted[stale_high]] /= 2
        low_margin[wanted[stale_low]] /= 2
        kept[wanted] = np.where(pays, 1, -1)
        low[wanted[pays]], low_margin[wanted[pays]] = guess[wanted[pays]], here[pays]
        high[wanted[~pays]], high_margin[wanted[~pays]] = guess[wanted[~pays]], here[~pays]
        guess[wanted] = _between(low, high, low_margin, high_margin)[wanted]
    return guess


def _guess(margin: Floats, low: NDArray[np.intp], bracket: Floats) -> Floats:
    """Guess crossings by a polynomial through the nearest margins, with multiples as function of margins.

    Parameters
    ----------
    margin : array, shape (K, S')
        At `EXPLORED`.
    low : array of int, shape (S',)
        Place before the crossing.
    bracket : array, shape (4, S')
        As in `_crossing`. A straight line serves where the polynomial leaves it.
    """
    first = np.clip(low - GUESSED_FROM // 2 + 1, 0, len(EXPLORED) - GUESSED_FROM)
    places = first + np.arange(GUESSED_FROM)[:, None]
    near = np.take_along_axis(margin, places, axis=0)
    guess = np.zeros(low.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        for own in range(GUESSED_FROM):
            others = [other for other in range(GUESSED_FROM) if other != own]
            weight = np.prod([near[other] / (near[other] - near[own]) for other in others], axis=0)
            guess += EXPLORED[places[own]] * weight
        inside = (guess > bracket[0]) & (guess < bracket[1])
    return np.where(inside, guess, _between(*bracket))


def _between(low: Floats, high: Floats, low_margin: Floats, high_margin: Floats) -> Floats:
    """Where a straight line meets zero; the middle where an end is infinite."""
    with np.errstate(invalid="ignore"):
        share = low_margin / (low_margin - high_margin)
    is_known = np.isfinite(low_margin) & np.isfinite(high_margin) & np.isfinite(share)
    return low + (high - low) * np.where(is_known, share, 0.5)
