"""Where the search begins."""

import numpy as np

from mmm_core.media import Floats
from mmm_optimizer.projection import project
from mmm_optimizer.utility import MeanUtility

GRID_STEPS = 48


def grid_start(utility: MeanUtility, lower: Floats, upper: Floats) -> Floats:
    """Best allocation on a grid of shares, found by dynamic programming.

    The mean outcome is a sum over channels, so the grid's optimum is global even where curves are S-shaped
    and a climb from an arbitrary point would end on a lesser hill.

    Parameters
    ----------
    utility : MeanUtility
        What is maximised.
    lower, upper : array, shape (C,)
        Bounds as shares of the budget.

    Returns
    -------
    array, shape (C,)
        Shares, feasible.
    """
    step = max(0.0, 1 - lower.sum()) / GRID_STEPS
    levels = lower + step * np.arange(GRID_STEPS + 1)[:, None]
    gains = np.stack([utility.by_channel(np.minimum(level, upper)) for level in levels])
    gains[levels > upper + step / 2] = -np.inf
    return project(lower + step * _best_steps(gains), lower, upper, 1.0)


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
