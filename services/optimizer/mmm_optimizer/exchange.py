"""Moving money between two amounts at a time: slow, but untroubled by amounts of very different size.

Where the best share of one channel is a millionth and that of another a half, a method that moves all shares
at once stops short. Along the exchange of two shares there is one number to find, on a logarithmic scale.
"""

import numpy as np
from scipy.optimize import brentq

from mmm_core.media import Floats
from mmm_optimizer.region import ON_BOUND, Region
from mmm_optimizer.utility import PlanUtility

MOST_EXCHANGES = 60
# Relative: what the last exchange left to gain per unit of money that ends them.
BALANCED = 1e-5
# Smallest exchange that is looked at, as a share of the budget, and the precision of its logarithm.
SMALLEST, PRECISION = 1e-20, 1e-7
# How much further, as a logarithm, the next exchange that is looked at goes.
STRIDE = 3.0


def exchange(utility: PlanUtility, region: Region, start: Floats) -> tuple[Floats, int]:
    """Move money from the least to the most useful amount, again and again.

    Parameters
    ----------
    utility : PlanUtility
        Smooth.
    region : Region
        Without further constraints.
    start : array, shape (V,)
        Feasible shares.

    Returns
    -------
    shares : array, shape (V,)
        Feasible.
    moves : int
        How often money was moved.
    """
    shares = start.copy()
    for moves in range(MOST_EXCHANGES):
        gradient = utility.slope(shares)
        may_grow, may_shrink = shares < region.upper - ON_BOUND, shares > region.lower
        if not (may_grow.any() and may_shrink.any()):
            return shares, moves
        better = int(np.argmax(np.where(may_grow, gradient, -np.inf)))
        worse = int(np.argmin(np.where(may_shrink, gradient, np.inf)))
        if gradient[better] - gradient[worse] <= BALANCED * np.abs(gradient).max():
            return shares, moves
        most = min(region.upper[better] - shares[better], shares[worse] - region.lower[worse])
        moved = _best_move(utility, shares, (better, worse), most)
        if moved == 0:
            return shares, moves
        shares[better] += moved
        shares[worse] = max(region.lower[worse], shares[worse] - moved)
    return shares, MOST_EXCHANGES


def _best_move(utility: PlanUtility, shares: Floats, pair: tuple[int, int], most: float) -> float:
    """How much to move until the two marginal utilities are equal, or all that may be moved."""
    better, worse = pair

    def lead(logarithm: float) -> float:
        there = shares.copy()
        there[better] += np.exp(logarithm)
        there[worse] = max(0.0, there[worse] - np.exp(logarithm))
        gradient = utility.slope(there)
        return float(gradient[better] - gradient[worse])

    if most <= SMALLEST:
        return most
    low, last = float(np.log(SMALLEST)), float(np.log(most))
    if lead(low) <= 0:
        return 0.0
    # The first balance on the way: beyond it lies a valley, and perhaps a lower hill.
    while low < last:
        high = min(low + STRIDE, last)
        if lead(high) < 0:
            return float(np.exp(brentq(lead, low, high, xtol=PRECISION, rtol=PRECISION)))
        low = high
    return most
