"""A solution in the words of the definitions: what every channel gets, gains and returns."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from mmm_core.estimates import Estimate, estimate, estimates
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.plan import PlanModel, plan_model, reference_spend
from mmm_core.quantities import cost_per_unit, roi
from mmm_optimizer.problem import BudgetProblem
from mmm_optimizer.solver import Solution, solve
from mmm_optimizer.utility import spend_for_slope

# Share of the budget; a spend this near to a bound is held by it.
AT_BOUND = 1e-9
# Relative; exposure at exactly the largest observed level is not extrapolation.
BEYOND_OBSERVED = 1e-9


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
    marginal_return : Estimate
        Value (KPI units when it has none) of the next unit of money.
    binding_bound : BindingBound
        What holds the spend where it is.
    extrapolated : bool
        Whether exposure per period lies beyond the largest ever observed.
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
    marginal_return: Estimate
    binding_bound: BindingBound
    extrapolated: bool


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
    problem : BudgetProblem
        What was asked for.
    allocations : tuple of Allocation
        One per paid channel, in the order of the configuration.
    outcome : Estimate
        KPI units, carryover after the horizon included.
    comparison : Comparison or None
        None when nothing was spent in the last year of data, so that there is no split to compare with.
    roi, cost_per_unit : Estimate or None
        As in `Allocation`, for the whole budget.
    solution : Solution
        How the plan was found.
    """

    problem: BudgetProblem
    allocations: tuple[Allocation, ...]
    outcome: Estimate
    comparison: Comparison | None
    roi: Estimate | None
    cost_per_unit: Estimate | None
    solution: Solution


def make_plan(fit: FittedModel, problem: BudgetProblem) -> BudgetPlan:
    """Solve a problem on a fit and describe the answer.

    Raises
    ------
    FailedPrecondition
        When no optimum was found, see `mmm_optimizer.solver.solve`.
    """
    model = plan_model(fit, problem.horizon_periods)
    reference = reference_spend(fit, problem.horizon_periods)
    solution = solve(problem, model, reference)
    total, budget = model.outcome(solution.spend).sum(axis=1), np.array([problem.budget])
    mass = problem.interval_probability
    value = fit.unit_value
    is_count = fit.config.kpi.kind == "count"
    return BudgetPlan(
        problem=problem,
        allocations=_allocations(fit, problem, model, solution.spend, reference),
        outcome=estimate(total, mass),
        comparison=_comparison(model, problem, total, reference),
        roi=None if value is None else estimate(roi(total[:, None], budget, value)[:, 0], mass),
        cost_per_unit=estimate(cost_per_unit(total[:, None], budget)[:, 0], mass) if is_count else None,
        solution=solution,
    )


def _comparison(
    model: PlanModel, problem: BudgetProblem, total: Floats, reference: Floats
) -> Comparison | None:
    if not reference.sum() > 0:
        return None
    same_budget = reference * (problem.budget / reference.sum())
    reference_total = model.outcome(same_budget).sum(axis=1)
    gain = total - reference_total
    mass = problem.interval_probability
    return Comparison(estimate(reference_total, mass), estimate(gain, mass), float((gain > 0).mean()))


def _allocations(
    fit: FittedModel,
    problem: BudgetProblem,
    model: PlanModel,
    spend: Floats,
    reference: Floats,
) -> tuple[Allocation, ...]:
    mass, kpi = problem.interval_probability, fit.config.kpi
    gained = model.outcome(spend)
    next_unit = model.marginal_outcome(spend_for_slope(model, spend, problem.budget))
    outcomes = estimates(gained, mass)
    marginals = estimates(next_unit * (fit.unit_value or 1.0), mass)
    returns = _per_spend(roi(gained, spend, fit.unit_value or 1.0), spend, mass)
    costs = _per_spend(cost_per_unit(gained, spend), spend, mass)
    exposure = (spend / problem.horizon_periods * model.exposure_per_money).max(axis=0)
    return tuple(
        Allocation(
            name=channel.name,
            label=channel.label,
            spend=float(spend[place]),
            spend_per_period=float(spend[place] / problem.horizon_periods),
            reference_spend=float(reference[place]),
            change=float(spend[place] / reference[place] - 1) if reference[place] > 0 else None,
            outcome=outcomes[place],
            roi=returns[place] if fit.unit_value is not None else None,
            cost_per_unit=costs[place] if kpi.kind == "count" else None,
            marginal_return=marginals[place],
            binding_bound=_binding_bound(problem, spend, place),
            extrapolated=bool(exposure[place] > 1 + BEYOND_OBSERVED),
        )
        for place, channel in enumerate(fit.config.channels)
    )


def _per_spend(ratios: Floats, spend: Floats, mass: float) -> list[Estimate | None]:
    """Summaries per channel of ratios to spend, shape (S, C); None where nothing is spent."""
    return [estimate(ratios[:, place], mass) if spend[place] > 0 else None for place in range(spend.shape[0])]


def _binding_bound(problem: BudgetProblem, spend: Floats, place: int) -> BindingBound:
    within = AT_BOUND * problem.budget
    if spend[place] <= problem.lower[place] + within:
        return BindingBound.MINIMUM
    if spend[place] >= problem.upper[place] - within:
        return BindingBound.MAXIMUM
    return BindingBound.NONE
