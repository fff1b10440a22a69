"""The last steps of a climb over kinks, and how they are judged.

Where two draws change places the derivative of a utility of ranked draws jumps, and the best allocations
lie in such places: the derivative at one point says that there is something to be gained, and that of its
neighbour in the direction of the gain says no. So derivatives of several points nearby are kept, and a step
is worth what all of them agree on (bundle methods: Lemaréchal, Mathematical Programming Study 1975; for what
is not concave, in a small box: Schramm and Zowe, SIAM Journal on Optimization 1992).
"""

from dataclasses import replace

import numpy as np

from mmm_core.media import Floats
from mmm_optimizer.climb import Standing, Terrain, stand
from mmm_optimizer.region import Region

MOST_STEPS = 60
# Half the width of the box, in shares of the budget: first, and where it ends.
WIDEST, NARROWEST = 1e-2, 1e-4
# What a step must bring of what was promised; and a narrower box where it brings less.
ENOUGH, NARROWING = 0.1, 0.25
# Gain per unit of money moved, relative to the largest derivative, that ends the search.
SETTLED = 1e-3

METHOD, MESSAGE = "bundle", "Money was moved where all derivatives nearby agree."


def climb_kinks(terrain: Terrain, start: Standing) -> Standing:
    """Climb on, and judge where it ends by all derivatives nearby.

    Parameters
    ----------
    terrain : Terrain
        What is climbed.
    start : Standing
        Where a method that trusts in smoothness ended.
    """
    here, width = start, WIDEST
    places, slopes = here.shares[None], here.gradient[None]
    for step in range(1, MOST_STEPS + 1):
        box = _box(terrain.region, here.shares, width)
        point, promised = box.best_below(-slopes @ here.shares, slopes)
        residual = _per_money(promised, point - here.shares, here.gradient)
        here = replace(
            here,
            optimality=replace(here.optimality, residual=residual),
            method=METHOD,
            iterations=start.iterations + step,
            message=MESSAGE,
        )
        if residual <= SETTLED:
            if width <= NARROWEST:
                break
            width *= NARROWING
        else:
            there = stand(terrain, point)
            places, slopes = np.vstack([places, there.shares]), np.vstack([slopes, there.gradient])
            if there.value - here.value >= ENOUGH * promised:
                here = there
            elif len(slopes) > 2 * len(point):
                width *= NARROWING
        near = np.abs(places - here.shares).max(axis=1) <= 2 * width
        places, slopes = places[near], slopes[near]
    return here


def _box(region: Region, centre: Floats, width: float) -> Region:
    return replace(
        region,
        lower=np.maximum(region.lower, centre - width),
        upper=np.minimum(region.upper, centre + width),
    )


def _per_money(promised: float, moved: Floats, gradient: Floats) -> float:
    """Gain per unit of money moved, relative to the largest derivative; 0 where nothing moves."""
    money, steepest = float(np.maximum(moved, 0).sum()), float(np.abs(gradient).max())
    return max(0.0, promised) / (money * steepest) if money * steepest > 0 else 0.0
