"""How much better any feasible plan could be: a bound that does not depend on how a plan was found.

For a concave utility the tangent at any point is nowhere below it, so the best corner of the tangent bounds
every plan. The mean and the conditional value at risk of concave curves are concave. Otherwise something
concave that is nowhere below is bounded instead:

* S-shaped curves are replaced by the least concave curves above them (`mmm_core.media.saturate_concavely`);
* the value at risk ``q`` at level ``a`` is, for outcomes of at least 0, at most ``b / (b - a)`` times the
  conditional value at risk at any level ``b > a``: of the worst ``b S`` draws all but ``a S`` bring ``q``;
* a probability is at most one;
* the mean over the deviation: see `mmm_optimizer.sharpe_bound`.
"""

from dataclasses import dataclass, replace

import numpy as np

from mmm_core.media import Floats
from mmm_optimizer.climb import ROUNDS_OF_SEARCH, Standing, Terrain, climb
from mmm_optimizer.cuts import Enclosed, enclose
from mmm_optimizer.request import Utility
from mmm_optimizer.sharpe_bound import sharpe_bound
from mmm_optimizer.utility import PlanUtility, harrell_davis

# Levels above the risk level at which its relaxation is tried.
WIDER_LEVELS = (0.5, 1.0)
# Weights of order statistics that count as none.
NEGLIGIBLE = 1e-15
# Relative: a gap below which an allocation counts as optimal whatever the derivatives say.
NEAR = 1e-4
# Relative: how near the bound of a relaxation comes to it, which is further off itself.
RELAXED_GAP = 1e-4


@dataclass(frozen=True, slots=True)
class Certificate:
    """Proof of an allocation, checked after it was found.

    Attributes
    ----------
    budget_residual : float
        Money: the sum of the amounts less the budget.
    constraint_residual : float
        Money: the largest violation of any constraint.
    optimality_residual : float
        See `mmm_optimizer.optimality.Optimality`.
    upper_bound : float or None
        No feasible plan has a larger utility; None when no bound is known.
    is_exact : bool
        Whether the bound is that of the utility itself, not of a relaxation.
    """

    budget_residual: float
    constraint_residual: float
    optimality_residual: float
    upper_bound: float | None
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """No utility of a feasible plan is above `value`; exact when nothing was relaxed for it."""

    value: float | None
    is_exact: bool

    def is_near(self, utility: float) -> bool:
        """Whether a utility is all but the best there can be."""
        return self.value is not None and self.value - utility <= NEAR * abs(utility)


def certified(terrain: Terrain, best: Standing) -> tuple[Standing, Bound]:
    """Bound the utility of every feasible allocation, and improve the best one where that comes with it.

    Parameters
    ----------
    terrain : Terrain
        The utility and what is feasible.
    best : Standing
        A good allocation: the better, the tighter the bound.
    """
    if not terrain.utility.is_concave:
        return best, _relaxed_bound(terrain, best.shares)
    enclosed = enclose(terrain, best)
    if terrain.utility.is_kinked and not _bound_of(enclosed).is_near(enclosed.best.value):
        enclosed = enclose(terrain, climb(terrain, enclosed.best.shares))
    return enclosed.best, _bound_of(enclosed)


def _bound_of(enclosed: Enclosed) -> Bound:
    return Bound(enclosed.upper_bound, is_exact=True)


def _relaxed_bound(terrain: Terrain, shares: Floats) -> Bound:
    utility = terrain.utility
    match utility.kind:
        case Utility.MEAN | Utility.CONDITIONAL_VALUE_AT_RISK:
            return Bound(_of_concave(terrain, shares), is_exact=False)
        case Utility.VALUE_AT_RISK:
            return Bound(_of_value_at_risk(terrain, shares), is_exact=False)
        case Utility.BEAT_REFERENCE:
            return Bound(1.0, is_exact=False)
        case Utility.SHARPE:
            return Bound(sharpe_bound(terrain, shares), is_exact=False)


def _of_concave(terrain: Terrain, shares: Floats) -> float:
    concave = terrain if terrain.utility.is_concave else replace(terrain, utility=_relaxed(terrain.utility))
    # The optimum of a relaxation may lie elsewhere than that of what was relaxed.
    return enclose(concave, climb(concave, shares, ROUNDS_OF_SEARCH), RELAXED_GAP).upper_bound


def _relaxed(utility: PlanUtility) -> PlanUtility:
    return replace(utility, model=utility.model.relaxed())


def _of_value_at_risk(terrain: Terrain, shares: Floats) -> float:
    utility, level = terrain.utility, terrain.utility.risk_level
    bounds = []
    for wider in (level + (1 - level) * step for step in WIDER_LEVELS):
        factor = _order_statistics_factor(utility, wider)
        if np.isfinite(factor):
            worst = replace(utility, kind=Utility.CONDITIONAL_VALUE_AT_RISK, risk_level=wider)
            bounds.append(_of_concave(replace(terrain, utility=worst), shares) * factor)
    return float(np.min(bounds))


def _order_statistics_factor(utility: PlanUtility, wider: float) -> float:
    """What the smoothed quantile is at most, in units of the conditional value at risk at a wider level.

    The quantile averages order statistics; of the worst draws at the wider level, all from the order
    statistic on are at least as large as it.
    """
    draws = len(utility.model.draws)
    weights = harrell_davis(draws, utility.risk_level)
    ranks = np.flatnonzero(weights > NEGLIGIBLE)
    from_here_on = wider * draws - ranks
    if (from_here_on <= 0).any():
        return np.inf
    return float((weights[ranks] * wider * draws / from_here_on).sum())
