"""The set of feasible allocations, in shares of the budget, and what is asked of it.

Everything here is linear, so every question is a linear programme; with nothing but bounds and the budget
the answers are known in closed form, exact to the last digit.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult, linprog

from mmm_core.media import Floats
from mmm_optimizer.constraints import Constraint
from mmm_optimizer.projection import project

# Shares; a spend this near to a bound counts as being on it, a constraint as met.
ON_BOUND = 1e-9
# Shares; a spend this near to a bound is not worth moving onto it.
WORTH_MOVING = 1e-6
# Relative: marginal utilities that differ by less count as equal.
AS_GOOD = 1e-3


@dataclass(frozen=True, slots=True)
class Region:
    """Shares of at least `lower`, at most `upper`, that add up to one and meet the rows.

    Attributes
    ----------
    lower, upper : array, shape (V,)
        Bounds.
    rows : array, shape (M, V)
        Coefficients of further constraints.
    most : array, shape (M,)
        What ``rows @ shares`` is at most.
    """

    lower: Floats
    upper: Floats
    rows: Floats
    most: Floats

    @property
    def is_simple(self) -> bool:
        """Whether there is nothing but bounds and the budget."""
        return len(self.rows) == 0

    def violation(self, shares: Floats) -> float:
        """How far shares are outside, as a share of the budget: 0 inside."""
        beyond = [
            abs(float(shares.sum()) - 1),
            float((self.lower - shares).max()),
            float((shares - self.upper).max()),
            *(self.rows @ shares - self.most),
        ]
        return max(0.0, *beyond)

    def nearest(self, point: Floats) -> Floats:
        """A feasible point near another: the nearest, or with rows the nearest by sum of distances."""
        if self.is_simple:
            return project(point, self.lower, self.upper, 1.0)
        if self.violation(point) == 0:
            return point
        size = len(point)
        identity = np.eye(size)
        # Minimise the sum of t, with t at least the distance of every share.
        rows = np.block(
            [[self.rows, np.zeros((len(self.rows), size))], [identity, -identity], [-identity, -identity]]
        )
        found = _programme(
            np.concatenate([np.zeros(size), np.ones(size)]),
            rows,
            np.concatenate([self.most, point, -point]),
            (np.concatenate([np.ones(size), np.zeros(size)])[None], np.ones(1)),
            (
                np.concatenate([self.lower, np.zeros(size)]),
                np.concatenate([self.upper, np.full(size, np.inf)]),
            ),
        )
        return np.asarray(np.clip(found.x[:size], self.lower, self.upper))

    def best_corner(self, gradient: Floats) -> Floats:
        """Feasible allocation with the largest ``gradient @ shares``."""
        if self.is_simple:
            order = np.argsort(-gradient, kind="stable")
            room = (self.upper - self.lower)[order]
            before = np.concatenate([[0.0], np.cumsum(room)[:-1]])
            corner = self.lower.copy()
            corner[order] += np.clip(1 - self.lower.sum() - before, 0, room)
            return corner
        steepest = float(np.abs(gradient).max()) or 1.0
        found = _programme(
            -gradient / steepest,
            self.rows,
            self.most,
            (np.ones((1, len(gradient))), np.ones(1)),
            (self.lower, self.upper),
        )
        return np.asarray(found.x)

    def best_below(self, heights: Floats, slopes: Floats) -> tuple[Floats, float]:
        """Highest point below several planes: the feasible shares, and the height.

        Parameters
        ----------
        heights : array, shape (K,)
            Of the planes where all shares are 0.
        slopes : array, shape (K, V)
            Of the planes.
        """
        size, scale = slopes.shape[1], float(np.abs(slopes).max()) or 1.0
        rows = np.block(
            [[self.rows, np.zeros((len(self.rows), 1))], [-slopes / scale, np.ones((len(slopes), 1))]]
        )
        found = _programme(
            np.append(np.zeros(size), -1.0),
            rows,
            np.concatenate([self.most, heights / scale]),
            (np.append(np.ones(size), 0.0)[None], np.ones(1)),
            (np.append(self.lower, -np.inf), np.append(self.upper, np.inf)),
        )
        return np.asarray(found.x[:size]), -float(found.fun) * scale

    def best_exchange(self, shares: Floats, gradient: Floats) -> float:
        """Largest gain per unit of money moved by a feasible small step, at least 0.

        Only what may move by a millionth of the budget and more counts.
        """
        may_grow, may_shrink = shares < self.upper - WORTH_MOVING, shares > self.lower + WORTH_MOVING
        if self.is_simple:
            if not (may_grow.any() and may_shrink.any()):
                return 0.0
            return max(0.0, float(gradient[may_grow].max() - gradient[may_shrink].min()))
        held = self.rows[self.rows @ shares > self.most - ON_BOUND]
        size, steepest = len(shares), float(np.abs(gradient).max()) or 1.0
        # A step is what grows less what shrinks; one unit is moved.
        found = _programme(
            np.concatenate([-gradient, gradient]) / steepest,
            np.hstack([held, -held]),
            np.zeros(len(held)),
            (
                np.array([np.r_[np.ones(size), -np.ones(size)], np.r_[np.ones(size), np.zeros(size)]]),
                np.zeros(2),
            ),
            (np.zeros(2 * size), np.concatenate([may_grow, may_shrink]).astype(np.float64)),
            at_most=True,
        )
        return max(0.0, -float(found.fun) * steepest)

    def best_growth(self, shares: Floats, gradient: Floats, as_good: float = AS_GOOD) -> Floats:
        """How the next unit of money is best spent, if the budget were larger by it; adds up to one.

        What is as good goes by the present shares. Where no amount may grow it is as if bounds did not hold.
        """
        # An upper bound of one is the budget itself.
        may_grow = (shares < self.upper - ON_BOUND) | (self.upper >= 1)
        may_grow = may_grow if may_grow.any() else np.ones_like(may_grow)
        held = self.rows[self.rows @ shares > self.most - ON_BOUND]
        if not len(held):
            best = gradient >= gradient[may_grow].max() - as_good * np.abs(gradient).max()
            weights = np.where(may_grow & best, np.maximum(shares, ON_BOUND), 0.0)
            return np.asarray(weights / weights.sum())
        steepest, size = float(np.abs(gradient).max()) or 1.0, len(shares)
        may_shrink = shares > self.lower + ON_BOUND
        for least in (np.zeros(size), np.where(may_shrink, -1.0, 0.0)):
            with suppress(NoSuchPoint):
                bounds = (least, may_grow.astype(np.float64))
                one = (np.ones((1, size)), np.ones(1))
                return np.asarray(_programme(-gradient / steepest, held, np.zeros(len(held)), one, bounds).x)
        return np.asarray(shares)


def region_of(size: int, budget: float, constraints: Sequence[Constraint]) -> Region:
    """Divide constraints by a budget; those on a single amount become bounds."""
    lower, upper = np.zeros(size), np.ones(size)
    rows, most = [], []
    for constraint in constraints:
        sign = -1.0 if constraint.is_minimum else 1.0
        touched = np.flatnonzero(constraint.coefficients)
        limit = constraint.limit / budget
        if len(touched) == 1 and constraint.coefficients[touched[0]] > 0:
            bound = limit / constraint.coefficients[touched[0]]
            if constraint.is_minimum:
                lower[touched] = np.maximum(lower[touched], bound)
            else:
                upper[touched] = np.minimum(upper[touched], bound)
        elif len(touched):
            rows.append(sign * constraint.coefficients)
            most.append(sign * limit)
    # A minimum that is above the budget by rounding only stays met.
    upper = np.maximum(lower, upper)
    return Region(lower, upper, np.array(rows).reshape(-1, size), np.array(most))


class NoSuchPoint(Exception):
    """A linear programme has no solution."""


def _programme(
    costs: Floats,
    rows: Floats,
    most: Floats,
    equal: tuple[Floats, Floats],
    bounds: tuple[Floats, Floats],
    *,
    at_most: bool = False,
) -> OptimizeResult:
    """Solve ``min costs @ x``; raises `NoSuchPoint`.

    With `at_most` the last equation is an inequality "at most one".
    """
    matrix, sides = equal
    if at_most:
        rows, most = np.vstack([rows, matrix[-1:]]), np.append(most, 1.0)
        matrix, sides = matrix[:-1], sides[:-1]
    result = linprog(
        costs,
        A_ub=rows if len(rows) else None,
        b_ub=most if len(rows) else None,
        A_eq=matrix,
        b_eq=sides,
        bounds=list(zip(*(side.tolist() for side in bounds), strict=True)),
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    if result.x is None:
        raise NoSuchPoint(result.message)
    return result


def totals(size: int, constraints: Sequence[Constraint], scale: float) -> tuple[float, float] | None:
    """Smallest and largest budget that constraints allow, in units of `scale`; None when they allow none.

    The largest is infinite when nothing limits it.
    """
    signs = np.array([-1.0 if constraint.is_minimum else 1.0 for constraint in constraints])
    rows = np.array([constraint.coefficients for constraint in constraints]).reshape(-1, size)
    most = signs * np.array([constraint.limit for constraint in constraints]) / scale
    found = []
    for direction in (1.0, -1.0):
        result = linprog(
            np.full(size, direction),
            A_ub=signs[:, None] * rows if len(rows) else None,
            b_ub=most if len(rows) else None,
            method="highs",
        )
        if result.status == 3:
            found.append(np.inf)
        elif result.x is None:
            return None
        else:
            found.append(float(result.x.sum()))
    return found[0], found[1]
