"""Finds the best allocation, and believes it only after checking first-order optimality.

Everything is solved in shares of the budget, with an objective scaled by what remains to be gained, because
a solver working in raw money stops at once when the amounts are large or the curves are flat. A solver's own
word of success counts for nothing: an allocation is accepted when no exchange between two channels would
still gain anything worth mentioning.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import BFGS, Bounds, LinearConstraint, OptimizeResult, minimize

from mmm_core.errors import FailedPrecondition, Violation
from mmm_core.media import Floats
from mmm_core.plan import PlanModel
from mmm_optimizer.optimality import Optimality, free_channels, optimality, settle_on_bounds
from mmm_optimizer.problem import BudgetProblem
from mmm_optimizer.projection import project
from mmm_optimizer.starts import grid_start
from mmm_optimizer.utility import MeanUtility

SLSQP = "SLSQP"
TRUST_CONSTR = "trust-constr"
# Rounds of one climb. A repeated method begins where the last one ended, with a freshly scaled objective.
METHODS = (SLSQP, SLSQP, SLSQP, TRUST_CONSTR, SLSQP)
MAX_ITERATIONS = {SLSQP: 300, TRUST_CONSTR: 200}

WANTED_RESIDUAL = 1e-6
ACCEPTED_RESIDUAL = 1e-3
# What remains to be gained, as a fraction of the utility, below which flat curves cannot be told apart.
ACCEPTED_GAP = 1e-9
# Off by more than this share of the budget, SLSQP's answer is not even a start for the next round.
BUDGET_MISS = 0.01
NEAR_BOUND = 1e-6
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


@dataclass(frozen=True, slots=True)
class _Climb:
    """Where a climb stands."""

    shares: Floats
    value: float
    optimality: Optimality
    method: str = SLSQP
    iterations: int = 0
    message: str = "The starting point is optimal."

    @property
    def is_flat(self) -> bool:
        """Whether nothing worth mentioning remains to be gained."""
        return self.optimality.gap <= ACCEPTED_GAP * abs(self.value)

    @property
    def is_accepted(self) -> bool:
        """Whether this is an optimum."""
        return self.is_flat or self.optimality.residual <= ACCEPTED_RESIDUAL


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
    utility = MeanUtility(model, problem.budget)
    lower, upper = problem.lower_shares, problem.upper_shares
    known = [project(point, lower, upper, 1.0) for point in _known_points(problem, reference)]
    if not all(np.isfinite(utility.value(point)) for point in known):
        raise _failure("The fitted response is not a finite number for this budget.", "RESPONSE_NOT_FINITE")

    search = utility.thinned(SEARCH_DRAWS)
    starts = [grid_start(search, lower, upper)]
    if not utility.is_concave:
        starts += known
    found = [_climb(search, start, lower, upper).shares for start in starts]
    best = _climb(utility, max(found, key=utility.value), lower, upper)
    for point in known:
        # Never return less than what anybody could have done without a solver.
        if utility.value(point) > best.value:
            best = max(best, _climb(utility, point, lower, upper), key=lambda climb: climb.value)
    if not best.is_accepted:
        raise _failure(
            f"The best allocation found is not an optimum: marginal utilities still differ by "
            f"{best.optimality.residual:.1%}, and {best.method} ended with {best.message!r}.",
            "NO_OPTIMUM_FOUND",
        )
    return _solution(best, problem, utility)


def _known_points(problem: BudgetProblem, reference: Floats | None) -> list[Floats]:
    count = len(problem.channels)
    points = [np.full(count, 1 / count)]
    if reference is not None and reference.sum() > 0:
        points.append(reference / reference.sum())
    return points


def _climb(utility: MeanUtility, start: Floats, lower: Floats, upper: Floats) -> _Climb:
    """Climb from a feasible start, method after method, until first-order optimality is reached."""
    here = _standing(utility, start, lower, upper)
    for method in METHODS:
        if here.is_flat or here.optimality.residual <= WANTED_RESIDUAL:
            break
        if method == TRUST_CONSTR and here.is_accepted:
            break
        here = _round(method, utility, here, lower, upper)
    return here


def _round(method: str, utility: MeanUtility, here: _Climb, lower: Floats, upper: Floats) -> _Climb:
    """One run of a method; keeps the old point when the new one is no better."""
    result = _run(method, utility, here, lower, upper)
    point = result.x
    if method == SLSQP and not abs(point.sum() - 1) <= BUDGET_MISS:
        return _round(TRUST_CONSTR, utility, here, lower, upper)
    iterations, message = here.iterations + int(result.nit), str(result.message)
    if not np.isfinite(point).all():
        return _Climb(here.shares, here.value, here.optimality, method, iterations, message)
    there = _standing(utility, point, lower, upper)
    falls = here.value - there.value
    worse = falls > 1e-12 * abs(here.value) or (falls >= 0 and there.optimality.gap >= here.optimality.gap)
    kept = here if worse else there
    return _Climb(kept.shares, kept.value, kept.optimality, method, iterations, message)


def _run(method: str, utility: MeanUtility, here: _Climb, lower: Floats, upper: Floats) -> OptimizeResult:
    """Run a method on the channels that are free to move; the result's `x` holds the shares of all.

    The objective is 0 at the start and about -1 at the best that can be hoped for.
    """
    gradient = utility.gradient(here.shares)
    free = free_channels(here.shares, gradient, lower, upper)
    rest = 1 - float(here.shares[~free].sum())
    scale = here.optimality.gap
    # The shares add up to one, so a constant taken off every marginal utility changes nothing but the
    # conditioning: what is left is what channels differ by.
    level = float(np.median(gradient[free]))

    def all_shares(part: Floats) -> Floats:
        shares = here.shares.copy()
        shares[free] = part
        return shares

    def loss(part: Floats) -> float:
        return -(utility.value(all_shares(part)) - here.value - level * (part.sum() - rest)) / scale

    def slope(part: Floats) -> Floats:
        return -(utility.gradient(all_shares(part))[free] - level) / scale

    bounds = Bounds(lower[free], upper[free], keep_feasible=True)
    with np.errstate(all="ignore"):
        result = minimize(
            loss,
            here.shares[free],
            jac=slope,
            bounds=bounds,
            **_method_arguments(method, int(free.sum()), rest),
        )
    result.x = all_shares(np.asarray(result.x, dtype=np.float64))
    return result


def _method_arguments(method: str, count: int, total: float) -> dict[str, Any]:
    """The method, the budget with its exact Jacobian, and the options, in the method's own form."""
    ones = np.ones(count)
    if method == SLSQP:
        return {
            "method": method,
            "constraints": {"type": "eq", "fun": lambda part: part.sum() - total, "jac": lambda _: ones},
            "options": {"maxiter": MAX_ITERATIONS[SLSQP], "ftol": 1e-12},
        }
    return {
        "method": method,
        "constraints": LinearConstraint(ones[None, :], total, total),
        "options": {"maxiter": MAX_ITERATIONS[TRUST_CONSTR], "gtol": 1e-10, "xtol": 1e-12},
        "hess": BFGS(),
    }


def _standing(utility: MeanUtility, point: Floats, lower: Floats, upper: Floats) -> _Climb:
    """Make a point feasible, settle it on the bounds it all but touches, and judge it."""
    shares = project(point, lower, upper, 1.0)
    settled = settle_on_bounds(shares, utility.gradient(shares), lower, upper, NEAR_BOUND)
    shares = project(settled, lower, upper, 1.0)
    return _Climb(shares, utility.value(shares), optimality(shares, utility.gradient(shares), lower, upper))


def _solution(climb: _Climb, problem: BudgetProblem, utility: MeanUtility) -> Solution:
    spend = project(climb.shares * problem.budget, problem.lower, problem.upper, problem.budget)
    return Solution(
        spend=spend,
        utility=utility.value(spend / problem.budget),
        method=climb.method,
        iterations=climb.iterations,
        optimality_residual=climb.optimality.residual,
        message=f"{climb.message} {_FLAT}" if climb.is_flat else climb.message,
    )


def _failure(message: str, reason: str) -> FailedPrecondition:
    fix = "Check the fit's diagnostics, and try a budget and bounds nearer to what was spent before."
    return FailedPrecondition(
        [Violation("total_budget", message, fix, code=reason)], message=f"{message} {fix}", reason=reason
    )
