"""One climb: from a feasible start to a first-order optimum, method after method.

Everything is done in shares of the budget, with an objective scaled by what remains to be gained, because a
solver working in raw money stops at once when the amounts are large or the curves are flat. A method's own
word of success counts for nothing; where a climb stands is judged by `mmm_optimizer.optimality`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import BFGS, Bounds, LinearConstraint, OptimizeResult, minimize

from mmm_core.media import Floats
from mmm_optimizer.exchange import exchange
from mmm_optimizer.optimality import Optimality, free_amounts, optimality, settle_on_bounds
from mmm_optimizer.region import Region
from mmm_optimizer.utility import LEAST, PlanUtility
from mmm_optimizer.variables import Logarithms, Stretched, Variables

BALANCING = "balancing"
SLSQP = "SLSQP"
TRUST_CONSTR = "trust-constr"
EXCHANGE = "pairwise exchange"
MAX_ITERATIONS = {SLSQP: 100, TRUST_CONSTR: 200}
# Kinks let line searches fail over and over without gaining anything.
MAX_ITERATIONS_KINKED = 40
FTOL = 1e-8
MAX_ITERATIONS_ROUGH, FTOL_ROUGH = 30, 1e-3

WANTED_RESIDUAL = 1e-5
ACCEPTED_RESIDUAL = 1e-3
# What remains to be gained, as a fraction of the utility: below the first flat curves cannot be told apart.
WANTED_GAP = 1e-7
ACCEPTED_GAP = 1e-6
# The same for utilities of ranked draws: they have a small kink wherever two draws change places.
KINKED_RESIDUAL = 0.02
KINKED_GAP = 1e-4
# Off a constraint by more than this share of the budget, SLSQP's answer is no start for the next round.
CONSTRAINT_MISS = 0.01
NEAR_BOUND = 1e-6
# A share this small is none, after a climb on a logarithmic scale.
NOTHING = 2 * LEAST
# What amounts that get nothing, and should, begin with on a logarithmic scale.
LIFT = 1e-7
# Relative: gains that are not worth distinguishing.
LEAST_GAIN = 1e-9
# Least curvature that is believed, as a fraction of the largest: straight stretches have none.
FLATTEST = 1e-6


class Curvature(BFGS):
    """Learned second derivatives; where the slope did not change nothing is learned, and nobody is warned."""

    def update(self, delta_x: Floats, delta_grad: Floats) -> None:
        """Learn from a step and the change of slope along it, both of shape (V,)."""
        if delta_grad.any():
            super().update(delta_x, delta_grad)


class Scale(Enum):
    """What a method moves."""

    PLAIN = auto()
    """Shares of the budget."""
    STRETCHED = auto()
    """Shares stretched to equal curvature. It makes the first step nearly Newton's, but misleads where the
    curvature changes quickly, as near zero on a Hill curve."""
    LOGARITHMIC = auto()
    """Logarithms of shares, for amounts of very different size."""


class Round(NamedTuple):
    """One run of a method.

    Attributes
    ----------
    method : str
        ``SLSQP``, ``trust-constr`` or ``pairwise exchange``; the last two move plain shares.
    scale : Scale
        What it moves.
    is_rough : bool
        Whether it ends as soon as a high hill can be told from a low one.
    """

    method: str
    scale: Scale = Scale.PLAIN
    is_rough: bool = False


# Each round begins where the last one ended, with a freshly scaled objective.
ROUNDS_CONCAVE = (
    Round(SLSQP, Scale.STRETCHED),
    Round(SLSQP),
    Round(SLSQP, Scale.STRETCHED),
    Round(EXCHANGE),
    Round(SLSQP, Scale.LOGARITHMIC),
    Round(TRUST_CONSTR),
    Round(SLSQP),
    Round(TRUST_CONSTR),
)
ROUNDS_OF_HILLS = (
    Round(SLSQP, Scale.LOGARITHMIC),
    Round(SLSQP),
    Round(SLSQP, Scale.STRETCHED),
    Round(SLSQP, Scale.LOGARITHMIC),
    Round(EXCHANGE),
    Round(TRUST_CONSTR),
    Round(SLSQP, Scale.LOGARITHMIC),
    Round(EXCHANGE),
    Round(TRUST_CONSTR),
)
# A method that trusts in smoothness gains nothing from being repeated on kinks.
ROUNDS_KINKED = (Round(SLSQP, Scale.STRETCHED), Round(SLSQP), Round(SLSQP, Scale.LOGARITHMIC))
ROUNDS_OF_SEARCH = (
    Round(SLSQP, Scale.LOGARITHMIC, is_rough=True),
    Round(SLSQP, Scale.PLAIN, is_rough=True),
    Round(SLSQP, Scale.STRETCHED, is_rough=True),
)


@dataclass(frozen=True, slots=True)
class Terrain:
    """What is climbed: the utility, and where it may be climbed."""

    utility: PlanUtility
    region: Region


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a climb stands.

    Attributes
    ----------
    shares : array, shape (V,)
        A feasible allocation.
    value : float
        Its utility.
    slope : array, shape (V,)
        Derivative of the utility with respect to the shares.
    gradient : array, shape (V,)
        The same, but for the first money on curves that begin vertically, see `PlanUtility.gradient`.
    optimality : Optimality
        What could still be gained.
    is_kinked : bool
        Whether the utility has kinks, so that its derivative jumps.
    method, message : str
        The last method, and its closing words.
    iterations : int
        Of all rounds.
    """

    shares: Floats
    value: float
    slope: Floats
    gradient: Floats
    optimality: Optimality
    is_kinked: bool = False
    method: str = BALANCING
    iterations: int = 0
    message: str = "Marginal returns are balanced: no method had anything left to climb."

    @property
    def gap(self) -> float:
        """What remains to be gained if marginal utilities did not fall, as a fraction of the utility."""
        return self.optimality.gap / abs(self.value) if self.value else float(self.optimality.gap > 0)

    @property
    def is_flat(self) -> bool:
        """Whether nothing worth mentioning remains to be gained."""
        return self.gap <= (KINKED_GAP if self.is_kinked else ACCEPTED_GAP)

    @property
    def is_accepted(self) -> bool:
        """Whether this is an optimum."""
        accepted = KINKED_RESIDUAL if self.is_kinked else ACCEPTED_RESIDUAL
        return self.is_flat or self.optimality.residual <= accepted


def climb(terrain: Terrain, start: Floats, rounds: Sequence[Round] | None = None) -> Standing:
    """Climb from a feasible start until first-order optimality is reached or no method helps.

    Parameters
    ----------
    terrain : Terrain
        What is climbed.
    start : array, shape (V,)
        Shares to begin with.
    rounds : sequence of Round, optional
        The methods; by default all that suit the utility.
    """
    here = stand(terrain, start)
    for place, step in enumerate(_rounds(terrain.utility) if rounds is None else rounds):
        # Small shares may be wrong by a factor and first-order optimality not see it.
        is_due = place == 0 and step.scale is Scale.LOGARITHMIC and here.gap > 0
        if not is_due and (here.gap <= WANTED_GAP or here.optimality.residual <= WANTED_RESIDUAL):
            break
        if here.is_accepted and step.method in (EXCHANGE, TRUST_CONSTR):
            break
        if step.method == EXCHANGE and not terrain.region.is_simple:
            continue
        here = _advance(terrain, here, step)
    return here


def _rounds(utility: PlanUtility) -> tuple[Round, ...]:
    if utility.is_kinked:
        return ROUNDS_KINKED
    return ROUNDS_CONCAVE if utility.is_concave else ROUNDS_OF_HILLS


def _advance(terrain: Terrain, here: Standing, step: Round) -> Standing:
    """Run one round; keep the old point when the new one is no better."""
    result = _exchanged(terrain, here) if step.method == EXCHANGE else _run(terrain, here, step)
    if step.method == SLSQP and not terrain.region.violation(result.x) <= CONSTRAINT_MISS:
        return _advance(terrain, here, Round(TRUST_CONSTR))
    kept = here
    if np.isfinite(result.x).all():
        there = stand(terrain, result.x)
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


def stand(terrain: Terrain, point: Floats) -> Standing:
    """Make a point feasible, settle it on the bounds it all but touches if that is no worse, and judge it."""
    here = _judged(terrain, terrain.region.nearest(point))
    settled = settle_on_bounds(terrain.region, here.shares, here.gradient, NEAR_BOUND)
    if settled is here.shares:
        return here
    there = _judged(terrain, terrain.region.nearest(settled))
    is_worse = there.value < here.value and there.optimality.residual > here.optimality.residual
    return here if is_worse else there


def _judged(terrain: Terrain, shares: Floats) -> Standing:
    utility = terrain.utility
    total = utility.total(shares)
    slope = utility.slope(shares, total)
    gradient = utility.with_first_gains(slope, shares)
    judged = optimality(terrain.region, shares, gradient)
    return Standing(shares, utility.value_of(total), slope, gradient, judged, utility.is_kinked)


def _exchanged(terrain: Terrain, here: Standing) -> OptimizeResult:
    shares, moves = exchange(terrain.utility, terrain.region, here.shares)
    result = OptimizeResult()
    result.update(x=shares, nit=moves, message="Money was moved between two amounts at a time.")
    return result


def _run(terrain: Terrain, here: Standing, step: Round) -> OptimizeResult:
    """Run a method on the amounts that are free to move; the result's `x` holds the shares of all.

    The objective is 0 at the start and about -1 at the best that can be hoped for; on a logarithmic scale,
    when every amount changes by a factor of e.
    """
    utility, region = terrain.utility, terrain.region
    free = free_amounts(region, here.shares, here.gradient)
    lower, upper = region.lower[free], region.upper[free]
    rest = 1 - float(here.shares[~free].sum())
    is_logarithmic = step.scale is Scale.LOGARITHMIC
    derivative = utility.slope if is_logarithmic else utility.gradient
    moved = _variables(utility, here, free, step.scale)
    level, scale = _level_and_scale(here, free, step.scale)
    seen: dict[bytes, Floats] = {}

    def free_shares(variables: Floats) -> Floats:
        # Going back and forth may step over a bound by the last digit.
        return np.asarray(np.clip(moved.shares(variables), lower, upper))

    def all_shares(variables: Floats) -> Floats:
        shares = here.shares.copy()
        shares[free] = free_shares(variables)
        return shares

    def total(variables: Floats) -> Floats:
        """Draws of the outcome; the slope is asked for where the loss was just now."""
        key = variables.tobytes()
        if key not in seen:
            seen.clear()
            seen[key] = utility.total(all_shares(variables))
        return seen[key]

    def loss(variables: Floats) -> float:
        missed = moved.shares(variables).sum() - rest
        return -(utility.value_of(total(variables)) - here.value - level * missed) / scale

    def slope(variables: Floats) -> Floats:
        shares = all_shares(variables)
        return -(derivative(shares, total(variables))[free] - level) * moved.slope(shares[free]) / scale

    most = region.most - region.rows[:, ~free] @ here.shares[~free]
    with np.errstate(all="ignore"):
        result = minimize(
            loss,
            moved.of(_lifted(here, level)[free] if is_logarithmic else here.shares[free]),
            jac=slope,
            bounds=Bounds(moved.of(lower), moved.of(upper), keep_feasible=True),
            **_constraint_arguments(step.method, moved, rest, region.rows[:, free], most),
            **_options(step, is_kinked=utility.is_kinked),
        )
    # Not clipped onto the constraints: whether the method kept them is for the caller to judge.
    shares = here.shares.copy()
    shares[free] = moved.shares(np.asarray(result.x, dtype=np.float64))
    if is_logarithmic:
        shares = np.where(shares <= NOTHING, region.lower, shares)
    result.x = shares
    return result


def _lifted(here: Standing, level: float) -> Floats:
    """Shares to begin with on a logarithmic scale, where nothing stays nothing: some for what is useful."""
    is_useful = (here.shares < LIFT) & (here.gradient > level)
    return np.where(is_useful, LIFT, here.shares)


def _level_and_scale(here: Standing, free: NDArray[np.bool_], scale: Scale) -> tuple[float, float]:
    """What is taken off every marginal utility, and what utility is divided by.

    The shares add up to one, so a constant taken off changes nothing but the conditioning: what is left is
    what channels differ by.
    """
    shares = here.shares[free]
    if scale is not Scale.LOGARITHMIC:
        return float(np.median(here.gradient[free])), here.optimality.gap
    slope = here.slope[free]
    # The largest share makes room for all others.
    level = float(slope[np.argmax(shares)])
    return level, max(float(np.abs(slope - level) @ shares), LEAST_GAIN * abs(here.value))


def _variables(utility: PlanUtility, here: Standing, free: NDArray[np.bool_], scale: Scale) -> Variables:
    match scale:
        case Scale.PLAIN:
            return Stretched(np.ones(int(free.sum())))
        case Scale.STRETCHED:
            return Stretched(_stretch(utility, here, free))
        case Scale.LOGARITHMIC:
            return Logarithms()


def _stretch(utility: PlanUtility, here: Standing, free: NDArray[np.bool_]) -> Floats:
    """Factors for the free shares that make the scaled utility's second derivatives about one.

    A channel's marginal utility depends mostly on its own share, so one more gradient shows all of them.
    """
    step = np.maximum(1e-4 * here.shares, 1e-7)
    bend = (np.abs(utility.gradient(here.shares + step) - here.gradient) / step)[free]
    largest = float(bend.max())
    if not 0 < largest < np.inf:
        return np.ones_like(bend)
    return np.sqrt(np.maximum(bend, FLATTEST * largest) / here.optimality.gap)


def _options(step: Round, *, is_kinked: bool) -> dict[str, Any]:
    """The method, and when it ends."""
    if step.method == TRUST_CONSTR:
        # Constraints may depend on each other; its usual factorisation would warn of that.
        options = {
            "maxiter": MAX_ITERATIONS[TRUST_CONSTR],
            "gtol": 1e-10,
            "xtol": 1e-12,
            "factorization_method": "SVDFactorization",
        }
    elif step.is_rough:
        options = {"maxiter": MAX_ITERATIONS_ROUGH, "ftol": FTOL_ROUGH}
    else:
        most = MAX_ITERATIONS_KINKED if is_kinked else MAX_ITERATIONS[SLSQP]
        options = {"maxiter": most, "ftol": FTOL}
    return {"method": step.method, "options": options}


def _constraint_arguments(
    method: str, moved: Variables, total: float, rows: Floats, most: Floats
) -> dict[str, Any]:
    """The constraints with their exact Jacobians, in the method's own form."""
    if method == TRUST_CONSTR:
        # It moves plain shares.
        matrix = np.vstack([np.ones(rows.shape[1]), rows])
        below = np.concatenate([[total], np.full(len(rows), -np.inf)])
        return {
            "constraints": LinearConstraint(matrix, below, np.concatenate([[total], most])),
            "hess": Curvature(),
        }
    constraints: list[dict[str, Any]] = [
        {
            "type": "eq",
            "fun": lambda variables: float(moved.shares(variables).sum()) - total,
            "jac": lambda variables: moved.slope(moved.shares(variables)),
        }
    ]
    if len(rows):
        constraints.append(
            {
                "type": "ineq",
                "fun": lambda variables: most - rows @ moved.shares(variables),
                "jac": lambda variables: -rows * moved.slope(moved.shares(variables)),
            }
        )
    return {"constraints": constraints}
