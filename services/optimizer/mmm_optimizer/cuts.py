"""The optimum of a concave utility with kinks, between its tangent planes and the best point found.

Every tangent plane is nowhere below a concave utility, so the highest point below all planes seen so far
bounds it, and tells where to look next (Kelley, Journal of the Society for Industrial and Applied
Mathematics 1960). The next plane is taken between there and the best point, which keeps the search from
jumping about (Ben-Ameur and Neto, Networks 2007).
"""

from dataclasses import dataclass, replace

import numpy as np

from mmm_core.media import Floats
from mmm_optimizer.climb import Standing, Terrain, stand
from mmm_optimizer.utility import spend_for_slope

MOST_CUTS = 60
# Relative distance of bound and best point that ends the search.
WANTED_GAP = 1e-5
# How far the next point lies from the best one towards the highest below the planes.
STEP = 0.2

METHOD, MESSAGE = "tangent planes", "Bound and plan meet."


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The best point, and a bound no feasible point is above."""

    best: Standing
    upper_bound: float


def enclose(terrain: Terrain, best: Standing, wanted_gap: float = WANTED_GAP) -> Enclosed:
    """Improve the best point and lower the bound until they meet.

    Parameters
    ----------
    terrain : Terrain
        A concave utility, and what is feasible.
    best : Standing
        Where to begin.
    wanted_gap : float
        Relative distance of bound and best point that is near enough.
    """
    heights, slopes, bound = [], [], np.inf
    there = best
    for _ in range(MOST_CUTS):
        height, slope = _plane(terrain, there)
        heights.append(height)
        slopes.append(slope)
        highest, top = terrain.region.best_below(np.array(heights), np.array(slopes))
        bound = min(bound, top)
        if bound - best.value <= wanted_gap * abs(best.value):
            break
        between = best.shares + STEP * (highest - best.shares)
        there = stand(terrain, np.clip(between, terrain.region.lower, terrain.region.upper))
        if there.value > best.value:
            best = replace(there, method=METHOD, iterations=best.iterations + 1, message=MESSAGE)
    return Enclosed(best, max(bound, best.value))


def _plane(terrain: Terrain, here: Standing) -> tuple[float, Floats]:
    """Height at no shares, and slope, of the tangent plane; of one just above zero on a vertical curve."""
    utility, budget = terrain.utility, terrain.utility.budget
    amounts = here.shares * budget
    touching = spend_for_slope(utility.model, amounts, budget)
    if np.array_equal(touching, amounts):
        return here.value - float(here.slope @ here.shares), here.slope
    total = utility.total(touching / budget)
    slope = utility.slope(touching / budget, total)
    return utility.value_of(total) - float(slope @ touching) / budget, slope
