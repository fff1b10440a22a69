"""Where the search begins."""

import numpy as np
from scipy.optimize import brentq

from mmm_core.media import Floats
from mmm_optimizer.region import Region
from mmm_optimizer.utility import PlanUtility

GRID_STEPS = 48
SCATTERED = 4
SEED = 1
BALANCING_STEPS = 8
# Relative step to the first neighbour of a start, and the change of shares that ends the balancing.
PROBE, SETTLED = 1e-3, 1e-5
# Rates of fall per share that are believed.
SLOWEST, FASTEST = 1e-3, 1e6


def balanced_start(utility: PlanUtility, region: Region, start: Floats) -> Floats:
    """Allocation whose marginal utilities are equal but for bounds, found from a few of them.

    Each share's marginal utility is taken to fall exponentially, at the rate seen between the last two
    points, and shares are moved to where all would be equal; near an optimum that is Newton's method. Only a
    start: nothing is proved of it.

    Parameters
    ----------
    utility : PlanUtility
        Concave, and a sum over channels.
    region : Region
        Without further constraints.
    start : array, shape (V,)
        Feasible.
    """
    shares = start
    before = shares + np.maximum(PROBE * shares, PROBE**2)
    known = utility.gradient(before)
    for _ in range(BALANCING_STEPS):
        slope = utility.gradient(shares)
        if not (slope > 0).all() or not (known > 0).all():
            break
        moved = shares - before
        falls = np.log(known / slope) / np.where(moved == 0, 1.0, moved)
        rate = np.where(moved == 0, np.inf, np.clip(falls, SLOWEST, FASTEST))
        before, known = shares, slope
        shares = _levelled(shares, np.log(slope), rate, region)
        if np.abs(shares - before).max() < SETTLED:
            break
    return shares


def _levelled(shares: Floats, log_slope: Floats, rate: Floats, region: Region) -> Floats:
    """Move shares to where ``log_slope - rate * move`` is the same for all, within the region."""

    def moved(level: float) -> Floats:
        return np.clip(shares + (log_slope - level) / rate, region.lower, region.upper)

    reach = rate[np.isfinite(rate)].max(initial=1.0)
    lowest, highest = log_slope.min() - reach - 1, log_slope.max() + reach + 1
    # Where bounds leave no choice, rounding decides on which side of one the sum is.
    for end, sign in ((lowest, 1.0), (highest, -1.0)):
        if sign * (moved(end).sum() - 1) <= 0:
            return region.nearest(moved(end))
    level = brentq(lambda level: float(moved(level).sum()) - 1, lowest, highest, xtol=1e-13, rtol=1e-14)
    return region.nearest(moved(level))


def scattered_starts(region: Region) -> list[Floats]:
    """Allocations all over a region: the same every time."""
    rng = np.random.default_rng(SEED)
    return [region.nearest(rng.dirichlet(np.ones(len(region.lower)) / 2)) for _ in range(SCATTERED)]


def lopsided_starts(region: Region, channels: int) -> list[Floats]:
    """Allocations that favour one channel each, as far as a region lets them.

    Amounts go through the channels of a block or cell before the next begins.
    """
    amounts = len(region.lower)
    return [region.best_corner(np.tile(one, amounts // channels)) for one in np.eye(channels)]


def grid_start(utility: PlanUtility, region: Region) -> Floats:
    """Best allocation on a grid of shares, found by dynamic programming.

    The mean outcome is a sum over channels, so the grid's optimum is global even where curves are S-shaped
    and a climb from an arbitrary point would end on a lesser hill.

    Parameters
    ----------
    utility : PlanUtility
        What is maximised: the mean, with one amount per channel.
    region : Region
        Without further constraints.

    Returns
    -------
    array, shape (C,)
        Shares, feasible.
    """
    lower, upper = region.lower, region.upper
    step = max(0.0, 1 - lower.sum()) / GRID_STEPS
    levels = lower + step * np.arange(GRID_STEPS + 1)[:, None]
    gains = np.stack([utility.by_channel(np.minimum(level, upper)) for level in levels])
    gains[levels > upper + step / 2] = -np.inf
    return region.nearest(lower + step * _best_steps(gains))


def _best_steps(gains: Floats) -> Floats:
    """Steps per channel that add up to at most all of them, with the largest summed gain.

    Parameters
    ----------
    gains : array, shape (K + 1, C)
        Gain of each channel at 0..K steps.
    """
    count, channels = gains.shape
    best = np.zeros(count)
    choices = np.zeros((channels, count), dtype=np.intp)
    spent, used = np.meshgrid(np.arange(count), np.arange(count), indexing="ij")
    for channel in range(channels):
        # totals[spent, used]: `used` steps go to this channel and the rest to those before it.
        totals = np.where(used <= spent, best[spent - used] + gains[used, channel], -np.inf)
        choices[channel] = totals.argmax(axis=1)
        best = totals.max(axis=1)
    steps = np.zeros(channels)
    left = count - 1
    for channel in reversed(range(channels)):
        steps[channel] = choices[channel, left]
        left -= int(choices[channel, left])
    return steps
