"""How near an allocation is to a first-order optimum: what a solver's word is checked against."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.media import Floats

# Shares; a spend this near to a bound counts as being on it.
ON_BOUND = 1e-9


@dataclass(frozen=True, slots=True)
class Optimality:
    """What could still be gained, judged by marginal utilities.

    Attributes
    ----------
    residual : float
        Largest difference of marginal utility that could still be exchanged between two channels, relative
        to the largest marginal utility. 0 at an optimum.
    gap : float
        Utility that moving to the best corner would gain if marginal utilities did not fall. For a concave
        utility no allocation can be better by more than this.
    """

    residual: float
    gap: float


def optimality(shares: Floats, gradient: Floats, lower: Floats, upper: Floats) -> Optimality:
    """Judge an allocation.

    Parameters
    ----------
    shares, lower, upper : array, shape (C,)
        The allocation and its bounds, as shares of the budget; the allocation is feasible.
    gradient : array, shape (C,)
        Derivative of the utility with respect to the shares.
    """
    may_grow, may_shrink = shares < upper - ON_BOUND, shares > lower + ON_BOUND
    steepest = float(np.abs(gradient).max())
    if not (may_grow.any() and may_shrink.any()) or steepest == 0:
        return Optimality(0.0, 0.0)
    exchange = float(gradient[may_grow].max() - gradient[may_shrink].min())
    corner = _best_corner(gradient, lower, upper)
    return Optimality(max(0.0, exchange) / steepest, max(0.0, float(gradient @ (corner - shares))))


def free_channels(shares: Floats, gradient: Floats, lower: Floats, upper: Floats) -> NDArray[np.bool_]:
    """Channels that are not held at a bound by their marginal utility, shape (C,); arguments as above.

    What is held cannot move while the others settle between the extremes of their marginal utilities, and
    its far larger or smaller slope would only spoil a solver's arithmetic.
    """
    may_grow, may_shrink = shares < upper - ON_BOUND, shares > lower + ON_BOUND
    if not (may_grow.any() and may_shrink.any()):
        return np.zeros(shares.shape, dtype=bool)
    held_high = ~may_grow & (gradient >= gradient[may_grow].max())
    held_low = ~may_shrink & (gradient <= gradient[may_shrink].min())
    return ~(held_high | held_low)


def settle_on_bounds(shares: Floats, gradient: Floats, lower: Floats, upper: Floats, within: float) -> Floats:
    """Put spends that are all but on a bound onto it, where marginal utilities say they belong there.

    The result need not add up to the budget any more; shapes as in `optimality`.
    """
    interior = (shares > lower + within) & (shares < upper - within)
    if not interior.any():
        return shares
    level = float(np.median(gradient[interior]))
    settled = np.where((shares <= lower + within) & (gradient <= level), lower, shares)
    return np.where((shares >= upper - within) & (gradient >= level), upper, settled)


def _best_corner(gradient: Floats, lower: Floats, upper: Floats) -> Floats:
    """Feasible allocation of the largest first-order gain: fill channels by falling marginal utility."""
    order = np.argsort(-gradient, kind="stable")
    room = (upper - lower)[order]
    before = np.concatenate([[0.0], np.cumsum(room)[:-1]])
    corner = lower.copy()
    corner[order] += np.clip(1 - lower.sum() - before, 0, room)
    return corner
