"""Best plans of many budgets: what more money would bring, and where the next unit of it stops paying."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mmm_core.errors import InvalidInput, Violation
from mmm_core.estimates import Estimate, estimate
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_optimizer.modes import workbench
from mmm_optimizer.request import PlanSettings
from mmm_optimizer.solver import Solution
from mmm_optimizer.targets import (
    BudgetSearch,
    Target,
    TargetPlan,
    TargetRequest,
    range_of_budgets,
    wrong_target,
)

FRONTIER_POINTS = 25
MOST_POINTS = 100
_CALLED = {"level": "hurdle"}


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """The best plan of one budget.

    Attributes
    ----------
    budget : float
        Money over the horizon.
    spend : array, shape (C,)
        Money per channel.
    outcome : Estimate
        KPI units gained.
    marginal_return : Estimate
        Value (KPI units when it has none) of the next unit of budget.
    utility : float
        What was maximised.
    upper_bound : float or None
        No plan of this budget has a larger utility.
    """

    budget: float
    spend: Floats
    outcome: Estimate
    marginal_return: Estimate
    utility: float
    upper_bound: float | None


@dataclass(frozen=True, slots=True)
class Frontier:
    """Best plans of rising budgets.

    Attributes
    ----------
    points : tuple of FrontierPoint
        By rising budget.
    breakeven : TargetPlan or None
        The plan at which the next unit of money returns just the hurdle.
    """

    points: tuple[FrontierPoint, ...]
    breakeven: TargetPlan


def frontier(
    fit: FittedModel,
    settings: PlanSettings,
    *,
    least: float | None,
    most: float | None,
    points: int | None,
    hurdle: float,
) -> Frontier:
    """Find the best plans of budgets from `least` to `most`, and where the next unit of money stops paying.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    settings : PlanSettings
        Constraints and utility.
    least, most : float or None
        Budgets; by default what the constraints allow, up to four times the reference.
    points : int or None
        How many, evenly spaced; by default 25.
    hurdle : float
        Value (KPI units when it has none) the next unit of money is to return.

    Raises
    ------
    InvalidInput
        Naming every wrong field at once.
    FailedPrecondition
        See `mmm_optimizer.solver.solve`.
    """
    wanted = TargetRequest(Target.MARGINAL_RETURN, hurdle, least=least, most=most)
    count = FRONTIER_POINTS if points is None else points
    # The hurdle is the level of the target that the breakeven is.
    wrong = [replace(one, field=_CALLED.get(one.field, one.field)) for one in wrong_target(wanted)]
    if not 2 <= count <= MOST_POINTS:
        fix = f"Give 2 to {MOST_POINTS} points."
        wrong.append(Violation("point_count", "is out of range.", fix, str(count), code="OUT_OF_RANGE"))
    try:
        bench = workbench(fit, settings)
    except InvalidInput as error:
        raise InvalidInput([*wrong, *error.violations]) from None
    if wrong:
        raise InvalidInput(wrong)
    search = BudgetSearch(bench, wanted)
    first, last = range_of_budgets(bench, least, most)
    found = [search.solved(float(budget)) for budget in np.linspace(first, last, count)]
    returns = [search.draws(one) for one in found]
    mass = bench.problem.interval_probability
    points_found = tuple(
        FrontierPoint(
            one.budget,
            bench.problem.money(one.amounts).sum(axis=(0, 1)),
            estimate(bench.model.outcome(one.amounts).sum(axis=1), mass),
            estimate(marginal, mass),
            one.utility,
            one.certificate.upper_bound,
        )
        for one, marginal in zip(found, returns, strict=True)
    )
    pays = [bool(marginal.mean() >= hurdle) for marginal in returns]
    return Frontier(points_found, search.answer(search.run(*_around_breakeven(found, pays))))


def _around_breakeven(found: Sequence[Solution], pays: Sequence[bool]) -> tuple[float, float]:
    """Budgets between which the next unit of money stops paying, or all of them when it never pays."""
    budgets = [one.budget for one in found]
    if not any(pays):
        return budgets[0], budgets[-1]
    last = max(place for place, does in enumerate(pays) if does)
    return budgets[last], budgets[min(last + 1, len(budgets) - 1)]
