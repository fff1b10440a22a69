"""One climb: from a feasible start to a first-order optimum, method after method.

Everything is done in shares of the budget, with an objective scaled by what remains to be gained, because a
solver working in raw money stops at once when the amounts are large or the curves are flat. A method's own
word of success counts for nothing; where a climb stands is judged by `mmm_optimizer.optimality`.
"""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import BFGS, Bounds, LinearConstraint, OptimizeResult, minimize

from mmm_core.media import Floats
from mmm_optimizer.optimality import Optimality, free_channels, optimality, settle_on_bounds
from mmm_optimizer.projection import project
from mmm_optimizer.utility import MeanUtility

SLSQP = "SLSQP"
TRUST_CONSTR = "trust-constr"
MAX_ITERATIONS = {SLSQP: 300, TRUST_CONSTR: 200}

WANTED_RESIDUAL = 1e-6
ACCEPTED_RESIDUAL = 1e-3
# What remains to be gained, as a fraction of the utility, below which flat curves cannot be told apart.
ACCEPTED_GAP = 1e-9
# Off by more than this share of the budget, SLSQP's answer is not even a start for the next round.
BUDGET_MISS = 0.01
NEAR_BOUND = 1e-6
# Least curvature that is believed, as a fraction of the largest: straight stretches have none.
FLATTEST = 1e-6


class Round(NamedTuple):
    """One run of a method.

    Attributes
    ----------
    method : str
        ``SLSQP`` or ``trust-constr``.
    stretched : bool
        Whether the variables are stretched to equal curvature. It makes the first step nearly Newton's, but
        misleads where the curvature changes quickly, as near zero on a Hill curve.
    """

    method: str
    stretched: bool


# Each round begins where the last one ended, with a freshly scaled objective.
ROUNDS_CONCAVE = (
    Round(SLSQP, stretched=True),
    Round(SLSQP, stretched=False),
    Round(SLSQP, stretched=True),
    Round(TRUST_CONSTR, stretched=False),
    Round(SLSQP, stretched=False),
    Round(TRUST_CONSTR, stretched=False),
    Round(TRUST_CONSTR, stretched=False),
)
ROUNDS_S_SHAPED = (
    Round(SLSQP, stretched=False),
    Round(SLSQP, stretched=False),
    Round(SLSQP, stretched=True),
    Round(TRUST_CONSTR, stretched=False),
    Round(SLSQP, stretched=False),
    Round(TRUST_CONSTR, stretched=False),
    Round(TRUST_CONSTR, stretched=False),
)


@dataclass(frozen=True, slots=True)
class Terrain:
    """What is climbed: the utility, and bounds as shares of the budget, shape (C,)."""

    utility: MeanUtility
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a climb stands.

    Attributes
    ----------
    shares : array, shape (C,)
        A feasible allocation.
    value : float
        Its utility.
    gradient : array, shape (C,)
        Derivative of the utility with respect to the shares.
    optimality : Optimality
        What could still be gained.
    method, message : str
        The last method, and its closing words.
    iterations : int
        Of all rounds.
    """

    shares: Floats
    value: float
    gradient: Floats
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


def climb(terrain: Terrain, start: Floats) -> Standing:
    """Climb from a feasible start until first-order optimality is reached or no method helps."""
    here = _stand(terrain, start)
    for step in ROUNDS_CONCAVE if terrain.utility.is_concave else ROUNDS_S_SHAPED:
        if here.is_flat or here.optimality.residual <= WANTED_RESIDUAL:
            break
        if here.is_accepted and step.method == TRUST_CONSTR:
            break
        here = _advance(terrain, here, step)
    return here


def _advance(terrain: Terrain, here: Standing, step: Round) -> Standing:
    """Run one round; keep the old point when the new one is no better."""
    result = _run(terrain, here, step)
    if step.method == SLSQP and not abs(result.x.sum() - 1) <= BUDGET_MISS:
        return _advance(terrain, here, Round(TRUST_CONSTR, stretched=False))
    kept = here
    if np.isfinite(result.x).all():
        there = _stand(terrain, result.x)
        falls = here.value - there.value
        worse = falls > 1e-12 * abs(here.value) or (
            falls >= 0 and there.optimality.gap >= here.optimality.gap
        )
        kept = here if worse else there
    return replace(
        kept,
        method=step.method,
        iterations=here.iterations + int(result.nit),
        message=str(result.message),
    )


def _stand(terrain: Terrain, point: Floats) -> Standing:
    """Make a point feasible, settle it on the bounds it all but touches, and judge it."""
    utility, lower, upper = terrain.utility, terrain.lower, terrain.upper
    near = project(point, lower, upper, 1.0)
    gradient = utility.gradient(near)
    settled = settle_on_bounds(near, gradient, lower, upper, NEAR_BOUND)
    shares = project(settled, lower, upper, 1.0)
    if not np.array_equal(shares, near):
        gradient = utility.gradient(shares)
    return Standing(shares, utility.value(shares), gradient, optimality(shares, gradient, lower, upper))


def _run(terrain: Terrain, here: Standing, step: Round) -> OptimizeResult:
    """Run a method on the channels that are free to move; the result's `x` holds the shares of all.

    The objective is 0 at the start and about -1 at the best that can be hoped for.
    """
    utility = terrain.utility
    free = free_channels(here.shares, here.gradient, terrain.lower, terrain.upper)
    lower, upper = terrain.lower[free], terrain.upper[free]
    rest = 1 - float(here.shares[~free].sum())
    scale = here.optimality.gap
    stretch = _stretch(utility, here, free) if step.stretched else np.ones(int(free.sum()))
    # The shares add up to one, so a constant taken off every marginal utility changes nothing but the
    # conditioning: what is left is what channels differ by.
    level = float(np.median(here.gradient[free]))

    def all_shares(variables: Floats) -> Floats:
        shares = here.shares.copy()
        # Stretching back and forth may step over a bound by the last digit.
        shares[free] = np.clip(variables / stretch, lower, upper)
        return shares

    def loss(variables: Floats) -> float:
        missed = (variables / stretch).sum() - rest
        return -(utility.value(all_shares(variables)) - here.value - level * missed) / scale

    def slope(variables: Floats) -> Floats:
        return -(utility.gradient(all_shares(variables))[free] - level) / (scale * stretch)

    with np.errstate(all="ignore"):
        result = minimize(
            loss,
            here.shares[free] * stretch,
            jac=slope,
            bounds=Bounds(lower * stretch, upper * stretch, keep_feasible=True),
            **_method_arguments(step.method, 1 / stretch, rest),
        )
    # Not clipped onto the budget: whether the method kept it is for the caller to judge.
    shares = here.shares.copy()
    shares[free] = np.asarray(result.x, dtype=np.float64) / stretch
    result.x = shares
    return result


def _stretch(utility: MeanUtility, here: Standing, free: NDArray[np.bool_]) -> Floats:
    """Factors for the free shares that make the scaled utility's second derivatives about one.

    A channel's marginal utility depends on its own share, so one more gradient shows all of them.
    """
    step = np.maximum(1e-4 * here.shares, 1e-7)
    bend = (np.abs(utility.gradient(here.shares + step) - here.gradient) / step)[free]
    largest = float(bend.max())
    if not 0 < largest < np.inf:
        return np.ones_like(bend)
    return np.sqrt(np.maximum(bend, FLATTEST * largest) / here.optimality.gap)


def _method_arguments(method: str, per_variable: Floats, total: float) -> dict[str, Any]:
    """The method, the budget with its exact Jacobian, and the options, in the method's own form."""
    if method == SLSQP:
        budget = {
            "type": "eq",
            "fun": lambda variables: float(per_variable @ variables) - total,
            "jac": lambda _: per_variable,
        }
        return {
            "method": method,
            "constraints": budget,
            "options": {"maxiter": MAX_ITERATIONS[SLSQP], "ftol": 1e-12},
        }
    return {
        "method": method,
        "constraints": LinearConstraint(per_variable[None, :], total, total),
        "options": {"maxiter": MAX_ITERATIONS[TRUST_CONSTR], "gtol": 1e-10, "xtol": 1e-12},
        "hess": BFGS(),
    }
