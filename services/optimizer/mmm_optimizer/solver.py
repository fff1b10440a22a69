"""Finds the best allocation, and believes it only after checking first-order optimality."""

from dataclasses import dataclass, replace

import numpy as np

from mmm_core.errors import FailedPrecondition, Violation
from mmm_core.media import Floats
from mmm_core.plan import PlanModel
from mmm_optimizer.climb import Standing, Terrain, climb
from mmm_optimizer.problem import BudgetProblem
from mmm_optimizer.projection import project
from mmm_optimizer.starts import grid_start
from mmm_optimizer.utility import MeanUtility

# Draws on which starting points are searched and climbed from; the answer is climbed to on all of them.
SEARCH_DRAWS = 200

_FLAT = "What remains to be gained is less than a billionth of the outcome."


@dataclass(frozen=True, slots=True)
class Solution:
    """An allocation and how it was found.

    Attributes
    ----------
    spend : array, shape (C,)
        Money over the horizon; adds up to the budget and keeps the bounds.
    utility : float
        KPI units gained, on average over draws.
    method : str
        ``SLSQP`` or ``trust-constr``.
    iterations : int
        Of all rounds of the climb that led here.
    optimality_residual : float
        See `mmm_optimizer.optimality.Optimality`.
    message : str
        The method's closing words.
    """

    spend: Floats
    utility: float
    method: str
    iterations: int
    optimality_residual: float
    message: str


def solve(problem: BudgetProblem, model: PlanModel, reference: Floats | None = None) -> Solution:
    """Maximise the mean outcome.

    Parameters
    ----------
    problem : BudgetProblem
        Budget and bounds.
    model : PlanModel
        Outcome of a plan over the problem's horizon.
    reference : array, shape (C,), optional
        Another allocation in money, of any total: a starting point, and a floor for the result.

    Raises
    ------
    FailedPrecondition
        Reason ``RESPONSE_NOT_FINITE`` when the fitted response has no number for these amounts,
        ``NO_OPTIMUM_FOUND`` when no method reached a first-order optimum.
    """
    terrain = Terrain(MeanUtility(model, problem.budget), problem.lower_shares, problem.upper_shares)
    known = [project(point, terrain.lower, terrain.upper, 1.0) for point in _known(problem, reference)]
    if not all(np.isfinite(terrain.utility.value(point)) for point in known):
        raise _failure("The fitted response is not a finite number for this budget.", "RESPONSE_NOT_FINITE")

    best = climb(terrain, _promising_start(terrain, known))
    for point in known:
        # Never give up before these, nor return less than anybody could have done without a solver.
        if not best.is_accepted or terrain.utility.value(point) > best.value:
            best = max(best, climb(terrain, point), key=lambda standing: standing.value)
    if not best.is_accepted:
        raise _failure(
            f"The best allocation found is not an optimum: marginal utilities still differ by "
            f"{best.optimality.residual:.1%}, and {best.method} ended with {best.message!r}.",
            "NO_OPTIMUM_FOUND",
        )
    return _solution(best, problem, terrain.utility)


def _known(problem: BudgetProblem, reference: Floats | None) -> list[Floats]:
    """Shares of the equal split and of the reference, before bounds."""
    count = len(problem.channels)
    points = [np.full(count, 1 / count)]
    if reference is not None and reference.sum() > 0:
        points.append(reference / reference.sum())
    return points


def _promising_start(terrain: Terrain, known: list[Floats]) -> Floats:
    """Climb on some of the draws, from several starts where one hill may hide another; the best summit."""
    search = replace(terrain, utility=terrain.utility.thinned(SEARCH_DRAWS))
    starts = [grid_start(search.utility, terrain.lower, terrain.upper)]
    if not terrain.utility.is_concave:
        starts += known
    return max((climb(search, start) for start in starts), key=lambda standing: standing.value).shares


def _solution(best: Standing, problem: BudgetProblem, utility: MeanUtility) -> Solution:
    spend = project(best.shares * problem.budget, problem.lower, problem.upper, problem.budget)
    return Solution(
        spend=spend,
        utility=utility.value(spend / problem.budget),
        method=best.method,
        iterations=best.iterations,
        optimality_residual=best.optimality.residual,
        message=f"{best.message} {_FLAT}" if best.is_flat else best.message,
    )


def _failure(message: str, reason: str) -> FailedPrecondition:
    fix = "Check the fit's diagnostics, and try a budget and bounds nearer to what was spent before."
    return FailedPrecondition(
        [Violation("total_budget", message, fix, code=reason)], message=f"{message} {fix}", reason=reason
    )
