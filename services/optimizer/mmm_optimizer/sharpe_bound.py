"""An upper bound on the mean of the outcome over its standard deviation.

The ratio is neither concave nor convex, so it is bounded through what it is made of. For any weights ``z`` of
the draws with mean 0 and mean square 1 the deviation is at least the mean of ``z`` times the outcome (Cauchy
and Schwarz). So when no feasible plan has a positive ``mean((1 - k z) outcome)``, none has a ratio above
``k``. That mean is a sum over channels of concave functions of their money less other such functions. Between
two points of a grid the first lie below their tangents and the second above their chord; a price for the
budget (Lagrange) leaves a maximum over each channel by itself. Weights begin as the deviation of the best
plan, in units of its standard deviation, and turn towards that of the plan which they leave the most to.

Axes: draws ``S``, channels ``C``, points of a grid ``J``, corners of what bounds a channel ``K``.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from mmm_core.media import Floats
from mmm_optimizer.climb import Terrain
from mmm_optimizer.utility import spend_for_slope

# Places of the grid between the least and the most that a channel may get: closer where curves bend most, and
# down to a hundred millionth, within which a small channel may be saturated already.
PLACES = np.unique(np.concatenate([np.linspace(0, 1, 33) ** 2, np.geomspace(1e-8, 1e-3, 20)]))
# Weights that are tried at most, and a gap at which no others are.
ROUNDS = 12
NEAR = 1e-3
# Multiples of the ratio that was found at which a first bound is looked for.
STEPS = np.geomspace(1.001, 100.0, 24)
# Relative width of the interval in which the smallest bound is found.
WIDTH = 1e-4


@dataclass(frozen=True, slots=True)
class _Grid:
    """Outcomes of every channel by itself at rising shares of the budget.

    Attributes
    ----------
    shares : array, shape (J, C)
        From the least to the most that each channel may get.
    outcome : array, shape (J, S, C)
        KPI units there.
    touching : array, shape (J, C)
        Shares at which tangents are laid: the same, or just above nothing on a curve that begins vertically.
    touched, slope : array, shape (J, S, C)
        KPI units there, and their derivative with respect to the share.
    """

    shares: Floats
    outcome: Floats
    touching: Floats
    touched: Floats
    slope: Floats


def sharpe_bound(terrain: Terrain, best: Floats) -> float | None:
    """Bound the ratio over all plans that keep the budget and the bounds; other constraints are let go.

    Parameters
    ----------
    terrain : Terrain
        The utility and what is feasible.
    best : array, shape (V,)
        Shares of a good plan: the better, the tighter the bound.

    Returns
    -------
    float or None
        None where a channel has several amounts, where curves are S-shaped, or where no weights serve.
    """
    utility = terrain.utility
    if utility.model.shape[:2] != (1, 1) or not utility.model.is_concave:
        return None
    grid, found = _grid(terrain), utility.value(best)
    weights, bound = _standardised(utility.total(best)), np.inf
    for turn in range(1, ROUNDS + 1):
        ratio, favoured = _smallest(grid, weights, found)
        bound = min(bound, ratio)
        if bound <= found * (1 + NEAR):
            break
        if np.isfinite(ratio):
            towards = _standardised(utility.total(terrain.region.nearest(favoured)))
        else:
            # Some channel moves against the weights: they must go along with each a little.
            towards = np.sum([_standardised(own) for own in grid.outcome[-1].T], axis=0)
        weights = _standardised(weights + towards / turn)
    return float(bound) if np.isfinite(bound) else None


def _grid(terrain: Terrain) -> _Grid:
    model, budget = terrain.utility.model, terrain.utility.budget
    lower = terrain.region.lower
    upper = np.minimum(terrain.region.upper, 1 - lower.sum() + lower)
    shares = lower + PLACES[:, None] * (upper - lower)
    touching = np.stack([spend_for_slope(model, share * budget, budget) for share in shares]) / budget
    outcome = np.stack([model.outcome(share * budget) for share in shares])
    return _Grid(
        shares,
        outcome,
        touching,
        touched=outcome
        if np.array_equal(touching, shares)
        else np.stack([model.outcome(share * budget) for share in touching]),
        slope=np.stack([model.marginal_outcome(share * budget) * budget for share in touching]),
    )


def _standardised(draws: Floats) -> Floats:
    deviation = draws.std()
    return np.asarray((draws - draws.mean()) / deviation) if deviation > 0 else np.zeros_like(draws)


def _smallest(grid: _Grid, weights: Floats, found: float) -> tuple[float, Floats]:
    """Smallest ratio that is shown to bound all others, and the shares that stand against a smaller one.

    The ratio is infinite where none is shown to.
    """
    low, high, favoured = found, np.inf, grid.shares[0]
    for ratio in found * STEPS:
        most, shares = _most(grid, weights, ratio)
        if most <= 0:
            high = ratio
            break
        low, favoured = ratio, shares
    while np.isfinite(high) and high - low > WIDTH * high:
        middle = (low + high) / 2
        most, shares = _most(grid, weights, middle)
        if most <= 0:
            high = middle
        else:
            low, favoured = middle, shares
    return high, favoured


def _most(grid: _Grid, weights: Floats, ratio: float) -> tuple[float, Floats]:
    """Most that ``mean((1 - ratio z) outcome)`` is in plans that keep the budget, and where, shape (C,)."""
    places, heights = _corners(grid, (1 - ratio * weights) / len(weights))

    def at_price(price: float) -> float:
        return float((heights - price * places).max(axis=0).sum() + price)

    with np.errstate(divide="ignore", invalid="ignore"):
        slopes = np.diff(heights, axis=0) / np.diff(places, axis=0)
    steepest = float(np.abs(slopes[np.isfinite(slopes)]).max(initial=1.0))
    price = minimize_scalar(at_price, bounds=(-steepest, steepest), method="bounded").x
    corners = (heights - price * places).argmax(axis=0)
    return at_price(price), np.take_along_axis(places, corners[None], axis=0)[0]


def _corners(grid: _Grid, weights: Floats) -> tuple[Floats, Floats]:
    """Corners of a line that is nowhere below a weighted sum of draws, by channel.

    Returns
    -------
    places, heights : array, shape (K, C)
        Shares, rising, and the sum there at most.
    """

    def summed(part: Floats, values: Floats) -> Floats:
        return np.asarray(np.einsum("s,jsc->jc", part, values))

    plus, minus = np.maximum(weights, 0), np.maximum(-weights, 0)
    slope = summed(plus, grid.slope)
    start = summed(plus, grid.touched) - slope * grid.touching
    less = summed(minus, grid.outcome)
    left, right = grid.shares[:-1], grid.shares[1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        meeting = (start[1:] - start[:-1]) / (slope[:-1] - slope[1:])
    meeting = np.clip(np.where(np.isfinite(meeting), meeting, left), left, right)
    width = np.maximum(right - left, np.finfo(float).tiny)
    places, heights = [], []
    for place in (left, meeting, right):
        chord = less[:-1] + (less[1:] - less[:-1]) * (place - left) / width
        tangent = np.minimum(start[:-1] + slope[:-1] * place, start[1:] + slope[1:] * place)
        places.append(place)
        heights.append(tangent - chord)
    together = (np.stack(part, axis=1).reshape(-1, left.shape[1]) for part in (places, heights))
    return next(together), next(together)
