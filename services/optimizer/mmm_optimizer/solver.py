"""Finds the best allocation, and believes it only after checking first-order optimality."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mmm_core.errors import FailedPrecondition, Violation
from mmm_core.media import Floats
from mmm_core.plan import PlanModel
from mmm_optimizer.certificate import Certificate, certified
from mmm_optimizer.climb import ROUNDS_OF_SEARCH, Standing, Terrain, climb
from mmm_optimizer.constraints import Constraint
from mmm_optimizer.infeasible import refuse_infeasible
from mmm_optimizer.jumps import jumps_of
from mmm_optimizer.kinks import climb_kinks
from mmm_optimizer.problem import PlanProblem
from mmm_optimizer.region import Region, region_of
from mmm_optimizer.request import Utility
from mmm_optimizer.starts import (
    balanced_start,
    grid_start,
    lopsided_starts,
    scattered_starts,
)
from mmm_optimizer.switches import Settled, settle_switches
from mmm_optimizer.utility import PlanUtility

# Draws on which starting points are searched and climbed from; the answer is climbed to on all of them.
SEARCH_DRAWS = 200
# Hills that are climbed to the top, once it is seen how high they are; and relative height of those that are
# jumped from.
PROMISING, HIGH = 3, 0.6
# Times that a smoothed utility is made less smooth.
MOST_SHARPENED = 4


@dataclass(frozen=True, slots=True)
class Solution:
    """An allocation and how it was found.

    Attributes
    ----------
    amounts : array, shape (V,)
        Money over the horizon; adds up to the budget and keeps the constraints.
    budget : float
        Money.
    utility : float
        What was maximised.
    method : str
        ``SLSQP`` or ``trust-constr``.
    iterations : int
        Of all rounds of the climb that led here.
    message : str
        The method's closing words.
    certificate : Certificate
        How good it is, checked afterwards.
    """

    amounts: Floats
    budget: float
    utility: float
    method: str
    iterations: int
    message: str
    certificate: Certificate


def solve(problem: PlanProblem, model: PlanModel, budget: float, near: Sequence[Floats] = ()) -> Solution:
    """Maximise the utility of a budget.

    Parameters
    ----------
    problem : PlanProblem
        Constraints and utility.
    model : PlanModel
        Outcome of a plan over the problem's horizon.
    budget : float
        Money over the horizon.
    near : sequence of array, shape (V,)
        Shares to begin with before all others, such as the answer to a similar budget.

    Raises
    ------
    FailedPrecondition
        Reason ``INFEASIBLE_BUDGET`` or ``INFEASIBLE_CONSTRAINTS`` when no allocation meets all constraints,
        ``RESPONSE_NOT_FINITE`` when the fitted response has no number for these amounts,
        ``NO_OPTIMUM_FOUND`` when no method reached a first-order optimum.
    """
    refuse_infeasible(problem.size, budget, problem.constraints)
    utility = utility_of(problem, model, budget)

    def best_on(constraints: Sequence[Constraint]) -> Settled:
        wide = Terrain(utility, region_of(problem.size, budget, constraints))
        terrain, summit = _sharpened(wide, _best(wide, problem, near))
        best, bound = certified(terrain, summit)
        if not best.is_accepted and not bound.is_near(best.value):
            raise _no_optimum(best)
        return Settled(best, terrain.region, bound.value, bound.is_exact)

    settled = settle_switches(problem, budget, best_on)
    return _solution(settled, budget)


def utility_of(problem: PlanProblem, model: PlanModel, budget: float) -> PlanUtility:
    """What is maximised; raises `FailedPrecondition` where there is no split to beat."""
    benchmark = None
    if problem.utility is Utility.BEAT_REFERENCE:
        total = problem.reference.sum()
        if not total > 0:
            fix = "Choose another utility."
            message = "Nothing was spent in the last year, so there is no split to beat."
            raise FailedPrecondition(
                [Violation("utility", message, fix, problem.utility.name, code="NO_REFERENCE")],
                reason="NO_REFERENCE",
            )
        benchmark = model.outcome(problem.reference * (budget / total)).sum(axis=1)
    return PlanUtility(model, budget, problem.utility, problem.risk_level, benchmark)


def _best(terrain: Terrain, problem: PlanProblem, near: Sequence[Floats]) -> Standing:
    """Best allocation of one region."""
    region = terrain.region
    known = [region.nearest(point) for point in _known(problem)]
    begin = [region.nearest(point) for point in near] or known
    if not near and not np.isfinite(terrain.utility.value(begin[0])):
        raise _failure("The fitted response is not a finite number for this budget.", "RESPONSE_NOT_FINITE")
    start = _promising_start(terrain, begin, known)
    if terrain.utility.is_concave and terrain.utility.is_kinked:
        # Tangent planes take it from there: kinks only hold up a longer climb.
        return climb(terrain, start, ROUNDS_OF_SEARCH[-1:])
    best = _summit(terrain, start)
    if best.is_accepted and terrain.utility.is_concave:
        return best
    for point in known:
        # Never give up before these, nor return less than anybody could have done without a solver.
        if not best.is_accepted or terrain.utility.value(point) > best.value:
            best = max(best, _summit(terrain, point), key=_value)
    return best


def _sharpened(terrain: Terrain, best: Standing) -> tuple[Terrain, Standing]:
    """Climb on where what is maximised was smoothed for the search, with less and less of that."""
    for _ in range(MOST_SHARPENED):
        narrower = terrain.utility.narrowed(best.shares)
        if narrower is None:
            break
        terrain = replace(terrain, utility=narrower)
        best = _summit(terrain, best.shares)
    return terrain, best


def _summit(terrain: Terrain, start: Floats) -> Standing:
    """Climb to the end, over kinks where there are any."""
    here = climb(terrain, start)
    return climb_kinks(terrain, here) if here.is_kinked and not here.is_accepted else here


def _known(problem: PlanProblem) -> Iterator[Floats]:
    """Shares of the reference and of the equal split, before constraints."""
    if problem.reference.sum() > 0:
        yield problem.reference / problem.reference.sum()
    yield np.full(problem.size, 1 / problem.size)


def _promising_start(terrain: Terrain, begin: list[Floats], known: list[Floats]) -> Floats:
    """Climb on some of the draws, from several starts where one hill may hide another; the best summit."""
    search = replace(terrain, utility=terrain.utility.thinned(SEARCH_DRAWS))
    if search.utility.is_concave and search.utility.is_separable and search.region.is_simple:
        # The answer to a similar budget is nearer than what some of the draws say.
        near = begin[0] if begin is not known else balanced_start(search.utility, search.region, begin[0])
        return balanced_start(terrain.utility, terrain.region, near)
    if search.utility.is_concave:
        return climb(search, begin[0]).shares
    starts = [*begin, *(known if begin is not known else ()), *scattered_starts(search.region)]
    if search.utility.is_separable and search.region.is_simple:
        starts.append(grid_start(search.utility, search.region))
    if search.utility.kind is not Utility.MEAN:
        starts.append(_best_on_average(search, known[0]))
    if search.utility.kind is Utility.SHARPE:
        starts += lopsided_starts(search.region, search.utility.model.shape[2])
    summits = sorted((climb(search, start, ROUNDS_OF_SEARCH[:1]) for start in starts), key=_value)
    if search.utility.kind is Utility.SHARPE and (jumps := jumps_of(search)):
        high = [summit for summit in summits if summit.value >= HIGH * summits[-1].value]
        summits = sorted((jumps.beyond(summit) for summit in high), key=_value)
    highest = (climb(search, summit.shares, ROUNDS_OF_SEARCH) for summit in summits[-PROMISING:])
    return max(highest, key=_value).shares


def _value(standing: Standing) -> float:
    return standing.value


def _best_on_average(search: Terrain, start: Floats) -> Floats:
    on_average = replace(search, utility=replace(search.utility, kind=Utility.MEAN))
    return climb(on_average, start, ROUNDS_OF_SEARCH).shares


def _solution(settled: Settled, budget: float) -> Solution:
    best = settled.best
    amounts = _in_money(settled.region, best.shares, budget)
    bound = None if settled.upper_bound is None else max(settled.upper_bound, best.value)
    return Solution(
        amounts=amounts,
        budget=budget,
        utility=best.value,
        method=best.method,
        iterations=best.iterations,
        message=best.message,
        certificate=Certificate(
            budget_residual=float(amounts.sum()) - budget,
            constraint_residual=settled.region.violation(amounts / budget) * budget,
            optimality_residual=best.optimality.residual,
            upper_bound=bound,
            is_exact=settled.is_exact,
        ),
    )


def _in_money(region: Region, shares: Floats, budget: float) -> Floats:
    """Amounts that add up to the budget to the last digit; the largest takes the rounding."""
    if region.is_simple:
        shares = region.nearest(shares)
    amounts = shares * budget
    amounts[np.argmax(amounts)] += budget - amounts.sum()
    return amounts


def _no_optimum(best: Standing) -> FailedPrecondition:
    return _failure(
        f"The best allocation found is not an optimum: marginal utilities still differ by "
        f"{best.optimality.residual:.1%}, and {best.method} ended with {best.message!r}.",
        "NO_OPTIMUM_FOUND",
    )


def _failure(message: str, reason: str) -> FailedPrecondition:
    fix = "Check the fit's diagnostics, and try a budget and constraints nearer to what was spent before."
    return FailedPrecondition(
        [Violation("total_budget", message, fix, code=reason)], message=f"{message} {fix}", reason=reason
    )
