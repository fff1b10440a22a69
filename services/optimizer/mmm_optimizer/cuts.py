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

MOST_CUTS = 40
# Relative distance of bound and best point that ends the search.
WANTED_GAP = 1e-5
# How far the next point lies from the best one towards the highest below the planes.
STEP = 0.3

METHOD, MESSAGE = "tangent planes", "Bound and plan meet."


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The best point, and a bound no feasible point is above."""

    best: Standing
    upper_bound: float


def enclose(terrain: Terrain, best: Standing) -> Enclosed:
    """Improve the best point and lower the bound until they meet.

    Parameters
    ----------
    terrain : Terrain
        A concave utility, and what is feasible.
    best : Standing
        Where to begin.
    """
    heights, slopes, bound = [], [], np.inf
    touching = best.shares
    for _ in range(MOST_CUTS):
        height, slope = _plane(terrain, touching)
        heights.append(height)
        slopes.append(slope)
        highest, top = terrain.region.best_below(np.array(heights), np.array(slopes))
        bound = min(bound, top)
        if bound - best.value <= WANTED_GAP * abs(best.value):
            break
        between = best.shares + STEP * (highest - best.shares)
        touching = np.clip(between, terrain.region.lower, terrain.region.upper)
        there = stand(terrain, touching)
        if there.value > best.value:
            best = replace(there, method=METHOD, iterations=best.iterations + 1, message=MESSAGE)
    return Enclosed(best, max(bound, best.value))


def _plane(terrain: Terrain, shares: Floats) -> tuple[float, Floats]:
    """Height at no shares, and slope, of the tangent plane; of one just above zero on a vertical curve."""
    utility, budget = terrain.utility, terrain.utility.budget
    touching = spend_for_slope(utility.model, shares * budget, budget) / budget
    total = utility.total(touching)
    slope = utility.gradient(touching, total)
    return utility.value_of(total) - float(slope @ touching), slope
