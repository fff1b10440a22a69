"""A plan in the words of the definitions: what every channel gets, gains and returns.

Every mode ends here: whoever found the amounts, a solver or a person, they are described by one function.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from mmm_core.estimates import Estimate, estimate, estimates
from mmm_core.fitted import FittedModel
from mmm_core.future import next_dates
from mmm_core.media import Floats
from mmm_core.model_data import Cell
from mmm_core.plan import PlanModel
from mmm_core.quantities import cost_per_unit, roi
from mmm_optimizer.constraints import Constraint
from mmm_optimizer.problem import PlanProblem
from mmm_optimizer.solver import Solution
from mmm_optimizer.utility import spend_for_slope

# Share of the budget; a spend this near to a limit is held by it.
AT_BOUND = 1e-9
# Relative; exposure at exactly the largest observed level is not extrapolation.
BEYOND_OBSERVED = 1e-9
# Share of the budget; what is further beyond a constraint than this violates it.
BREACH = 1e-6
# Relative; a plan that is the reference itself differs from it by no more.
ROUNDING = 1e-9


class BindingBound(StrEnum):
    """Which bound holds a spend where it is."""

    NONE = "none"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"


@dataclass(frozen=True, slots=True)
class Allocation:
    """One channel of a plan; money over the horizon, outcomes in KPI units.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    spend, spend_per_period, reference_spend : float
        Money: planned, planned per period, and at the average level of the last year of data.
    change : float or None
        Planned over reference, minus one; None when the reference is zero.
    outcome : Estimate
        KPI units gained through the channel.
    roi : Estimate or None
        Value per money; None when nothing is spent or the KPI has no value.
    cost_per_unit : Estimate or None
        Money per KPI unit, for a count KPI; None when nothing is spent.
    marginal_return : Estimate or None
        Value (KPI units when it has none) of the next unit of money, spread like the rest; None for the first
        money on a curve that begins vertically.
    binding_bound : BindingBound
        What holds the spend where it is.
    extrapolated : bool
        Whether exposure, in some period and cell, lies beyond the largest ever observed.
    """

    name: str
    label: str
    spend: float
    spend_per_period: float
    reference_spend: float
    change: float | None
    outcome: Estimate
    roi: Estimate | None
    cost_per_unit: Estimate | None
    marginal_return: Estimate | None
    binding_bound: BindingBound
    extrapolated: bool


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """One period of a plan.

    Attributes
    ----------
    date : datetime64[D]
        Its first day.
    spend : array, shape (C,)
        Money per channel.
    outcome : Estimate
        KPI units gained in it.
    demand : float
        Factor on what media bring in it.
    """

    date: np.datetime64
    spend: Floats
    outcome: Estimate
    demand: float


@dataclass(frozen=True, slots=True)
class PlanCell:
    """Money per channel, shape (C,), in one cell of a panel."""

    labels: Cell
    spend: Floats


@dataclass(frozen=True, slots=True)
class Comparison:
    """The plan against the same budget split as in the last year of data; per draw, then summarised."""

    reference_outcome: Estimate
    improvement: Estimate
    improvement_probability: float


@dataclass(frozen=True, slots=True)
class BudgetPlan:
    """A plan for the next periods.

    Attributes
    ----------
    problem : PlanProblem
        What was asked for.
    budget : float
        Money over the horizon.
    allocations : tuple of Allocation
        One per paid channel, in the order of the configuration.
    periods : tuple of PlanPeriod
        Of the horizon.
    after : Estimate
        KPI units gained after the horizon, by carryover.
    cells : tuple of PlanCell
        Of a panel.
    outcome : Estimate
        KPI units, carryover after the horizon included.
    comparison : Comparison or None
        None when nothing was spent in the last year of data, so that there is no split to compare with.
    roi, cost_per_unit : Estimate or None
        As in `Allocation`, for the whole budget.
    binding : tuple of Constraint
        That hold the plan where it is.
    violated : tuple of Constraint
        That a plan made by hand does not keep.
    solution : Solution or None
        How the plan was found; None for one made by hand.
    """

    problem: PlanProblem
    budget: float
    allocations: tuple[Allocation, ...]
    periods: tuple[PlanPeriod, ...]
    after: Estimate
    cells: tuple[PlanCell, ...]
    outcome: Estimate
    comparison: Comparison | None
    roi: Estimate | None
    cost_per_unit: Estimate | None
    binding: tuple[Constraint, ...]
    violated: tuple[Constraint, ...]
    solution: Solution | None


@dataclass(frozen=True, slots=True)
class Spending:
    """Money, and the model that knows what it brings.

    Attributes
    ----------
    money : array, shape (H, G or 1, C)
        Per period, cell (or all of them) and channel.
    model : PlanModel
        Of the flighting the money has.
    amounts : array, shape (V,)
        What the model takes.
    """

    money: Floats
    model: PlanModel
    amounts: Floats


def describe(
    fit: FittedModel,
    problem: PlanProblem,
    spending: Spending,
    reference: Floats | None,
    solution: Solution | None = None,
) -> BudgetPlan:
    """Say what money comes to.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    problem : PlanProblem
        What was asked for.
    spending : Spending
        The money.
    reference : array, shape (S,), or None
        Draws of what the same budget brings when it is split as in the last year of data.
    solution : Solution, optional
        How the money was found.
    """
    mass, value = problem.interval_probability, fit.unit_value
    budget = solution.budget if solution else float(spending.money.sum())
    amounts = problem.amounts(spending.money)
    total = spending.model.outcome(spending.amounts).sum(axis=1)
    by_period = spending.model.outcome_by_period(spending.amounts).sum(axis=-1)
    horizon = problem.horizon.periods
    is_count, spent = fit.config.kpi.kind == "count", budget > 0
    per_money = roi(total[:, None], np.array([budget]), value or 1.0)[:, 0]
    per_unit = cost_per_unit(total[:, None], np.array([budget]))[:, 0]
    return BudgetPlan(
        problem=problem,
        budget=budget,
        allocations=_allocations(fit, problem, spending),
        periods=_periods(fit, problem, spending.money, estimates(by_period[:, :horizon], mass)),
        after=estimate(by_period[:, horizon:].sum(axis=1), mass),
        cells=_cells(fit, problem, spending.money),
        outcome=estimate(total, mass),
        comparison=None if reference is None else _comparison(total, reference, mass),
        roi=estimate(per_money, mass) if value is not None and spent else None,
        cost_per_unit=estimate(per_unit, mass) if is_count and spent else None,
        binding=tuple(one for one in problem.constraints if abs(_room(one, amounts)) <= AT_BOUND * budget),
        violated=tuple(one for one in problem.constraints if _room(one, amounts) < -BREACH * budget),
        solution=solution,
    )


def _room(constraint: Constraint, amounts: Floats) -> float:
    """Money until a constraint is reached, negative beyond it."""
    room = float(constraint.coefficients @ amounts) - constraint.limit
    return room if constraint.is_minimum else -room


def _comparison(total: Floats, reference: Floats, mass: float) -> Comparison:
    gain = total - reference
    is_better = gain > ROUNDING * np.abs(reference)
    return Comparison(estimate(reference, mass), estimate(gain, mass), float(is_better.mean()))


def _allocations(fit: FittedModel, problem: PlanProblem, spending: Spending) -> tuple[Allocation, ...]:
    mass, kpi, horizon = problem.interval_probability, fit.config.kpi, problem.horizon.periods
    spend = spending.money.sum(axis=(0, 1))
    reference = problem.money(problem.reference).sum(axis=(0, 1))
    gained = spending.model.outcome(spending.amounts)
    outcomes = estimates(gained, mass)
    steep = np.broadcast_to(spending.model.begins_vertically(), spend.shape)
    marginals = estimates(_next_unit(spending) * (fit.unit_value or 1.0), mass)
    returns = _per_spend(roi(gained, spend, fit.unit_value or 1.0), spend, mass)
    costs = _per_spend(cost_per_unit(gained, spend), spend, mass)
    beyond = _beyond_observed(problem, spending.money)
    return tuple(
        Allocation(
            name=channel.name,
            label=channel.label,
            spend=float(spend[place]),
            spend_per_period=float(spend[place] / horizon),
            reference_spend=float(reference[place]),
            change=float(spend[place] / reference[place] - 1) if reference[place] > 0 else None,
            outcome=outcomes[place],
            roi=returns[place] if fit.unit_value is not None else None,
            cost_per_unit=costs[place] if kpi.kind == "count" else None,
            marginal_return=None if steep[place] and not spend[place] > 0 else marginals[place],
            binding_bound=_binding_bound(problem, spend, place),
            extrapolated=bool(beyond[place]),
        )
        for place, channel in enumerate(fit.config.channels)
    )


def _next_unit(spending: Spending) -> Floats:
    """KPI units that a channel's next unit of money brings, spread over its amounts as they are, (S, C)."""
    model, amounts = spending.model, spending.amounts
    marginal = model.marginal_outcome(spend_for_slope(model, amounts, float(amounts.sum())))
    channels = model.shape[-1]
    by_amount, money = marginal.reshape(len(marginal), -1, channels), amounts.reshape(-1, channels)
    total = money.sum(axis=0)
    with np.errstate(invalid="ignore"):
        weights = np.where(total > 0, money / total, 1 / len(money))
    return np.asarray((by_amount * weights).sum(axis=1))


def _periods(
    fit: FittedModel, problem: PlanProblem, money: Floats, outcomes: list[Estimate]
) -> tuple[PlanPeriod, ...]:
    dates = next_dates(fit.dates, fit.config.frequency, problem.horizon.periods)
    rows = zip(dates, money.sum(axis=1), outcomes, problem.horizon.demand, strict=True)
    return tuple(PlanPeriod(date, spend, outcome, float(demand)) for date, spend, outcome, demand in rows)


def _cells(fit: FittedModel, problem: PlanProblem, money: Floats) -> tuple[PlanCell, ...]:
    if not fit.config.dimensions:
        return ()
    spend = problem.in_all_cells(money).sum(axis=0)
    return tuple(PlanCell(labels, row) for labels, row in zip(fit.cells, spend, strict=True))


def _beyond_observed(problem: PlanProblem, money: Floats) -> NDArray[np.bool_]:
    """Whether a channel's exposure lies beyond the largest ever observed somewhere, shape (C,)."""
    horizon = problem.horizon
    bought = problem.in_all_cells(money) * horizon.prices.exposure_per_money / horizon.cost_index[:, None]
    return np.asarray(bought.max(axis=(0, 1)) > 1 + BEYOND_OBSERVED)


def _per_spend(ratios: Floats, spend: Floats, mass: float) -> list[Estimate | None]:
    """Summaries per channel of ratios to spend, shape (S, C); None where nothing is spent."""
    return [estimate(ratios[:, place], mass) if spend[place] > 0 else None for place in range(spend.shape[0])]


def _binding_bound(problem: PlanProblem, spend: Floats, place: int) -> BindingBound:
    """Which of a channel's own bounds its spend is at; nothing at all is a minimum."""
    budget = float(spend.sum())
    amounts = np.zeros((problem.size // len(problem.channels), len(problem.channels)))
    amounts[:, place] = 1
    own = [one for one in problem.constraints if np.array_equal(one.coefficients, amounts.ravel())]
    limits = {
        is_minimum: [c.limit for c in own if c.is_minimum is is_minimum] for is_minimum in (True, False)
    }
    if spend[place] <= max([0.0, *limits[True]]) + AT_BOUND * budget:
        return BindingBound.MINIMUM
    if spend[place] >= min([budget, *limits[False]]) - AT_BOUND * budget:
        return BindingBound.MAXIMUM
    return BindingBound.NONE
