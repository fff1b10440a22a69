"""How near an allocation is to a first-order optimum: what a solver's word is checked against."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.media import Floats
from mmm_optimizer.region import ON_BOUND, Region


@dataclass(frozen=True, slots=True)
class Optimality:
    """What could still be gained, judged by marginal utilities.

    Attributes
    ----------
    residual : float
        Largest difference of marginal utility that could still be exchanged by moving money, relative to the
        largest marginal utility. 0 at an optimum.
    gap : float
        Utility that moving to the best corner would gain if marginal utilities did not fall. For a concave
        utility no allocation can be better by more than this (Frank and Wolfe, Naval Research Logistics
        Quarterly 1956).
    """

    residual: float
    gap: float


def optimality(region: Region, shares: Floats, gradient: Floats) -> Optimality:
    """Judge an allocation.

    Parameters
    ----------
    region : Region
        What is feasible.
    shares : array, shape (V,)
        The allocation, as shares of the budget; feasible.
    gradient : array, shape (V,)
        Derivative of the utility with respect to the shares.
    """
    steepest = float(np.abs(gradient).max())
    if steepest == 0:
        return Optimality(0.0, 0.0)
    exchange = region.best_exchange(shares, gradient)
    gain = float(gradient @ (region.best_corner(gradient) - shares)) if exchange > 0 else 0.0
    return Optimality(exchange / steepest, max(0.0, gain))


def free_amounts(region: Region, shares: Floats, gradient: Floats) -> NDArray[np.bool_]:
    """Amounts that are not held at a bound by their marginal utility, shape (V,); arguments as above.

    What is held cannot move while the others settle between the extremes of their marginal utilities, and
    its far larger or smaller slope would only spoil a solver's arithmetic. With further constraints only
    what cannot move at all counts as held.
    """
    if not region.is_simple:
        return region.upper - region.lower > ON_BOUND
    may_grow, may_shrink = shares < region.upper - ON_BOUND, shares > region.lower + ON_BOUND
    if not (may_grow.any() and may_shrink.any()):
        return np.zeros(shares.shape, dtype=bool)
    held_high = ~may_grow & (gradient >= gradient[may_grow].max())
    held_low = ~may_shrink & (gradient <= gradient[may_shrink].min())
    return ~(held_high | held_low)


def settle_on_bounds(region: Region, shares: Floats, gradient: Floats, within: float) -> Floats:
    """Put shares that are all but on a bound onto it, where marginal utilities say they belong there.

    The largest share makes up for it. The result need not be feasible any more; it is `shares` itself when
    there is nothing to settle.
    """
    lower, upper = region.lower, region.upper
    interior = (shares > lower + within) & (shares < upper - within)
    if not interior.any():
        return shares
    level = float(np.median(gradient[interior]))
    settled = np.where((shares <= lower + within) & (gradient <= level), lower, shares)
    settled = np.where((shares >= upper - within) & (gradient >= level), upper, settled)
    if np.array_equal(settled, shares):
        return shares
    settled[np.argmax(settled)] += shares.sum() - settled.sum()
    return settled
