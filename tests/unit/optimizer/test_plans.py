"""A plan says what the definitions say, in the words of the KPI."""

import numpy as np
import pytest

from mmm_core.estimates import estimate
from mmm_optimizer.modes import optimize, workbench
from mmm_optimizer.plans import BindingBound, BudgetPlan
from mmm_optimizer.request import Bound, PlanSettings
from tests.fitted_models import random_fitted_model
from tests.unit.optimizer.random_fits import steady_fit

CUSTOMERS = {"column": "customers", "kind": "count"}
VALUED_CUSTOMERS = CUSTOMERS | {"value_per_unit": 20.0}
YEAR = 52 * 600.0


def _plan(settings: PlanSettings | None = None, kpi: dict[str, object] | None = None) -> BudgetPlan:
    return optimize(steady_fit(kpi), settings or PlanSettings(), YEAR)


def test_the_plan_moves_money_to_what_works_and_says_how_sure_it_is() -> None:
    plan = _plan()
    first, _, useless = plan.allocations
    assert plan.problem.horizon.periods == 52
    assert [a.label for a in plan.allocations] == ["Channel 0", "Channel 1", "Channel 2"]
    assert [a.reference_spend for a in plan.allocations] == pytest.approx([5200, 10400, 15600])
    assert first.change is not None
    assert first.change > 0.5
    assert useless.spend < 1
    assert useless.binding_bound is BindingBound.MINIMUM
    assert first.extrapolated
    assert not useless.extrapolated
    assert plan.comparison is not None
    assert plan.comparison.improvement.mean > 0
    assert plan.comparison.improvement_probability > 0.99


def test_every_figure_is_the_defined_quantity_per_draw() -> None:
    plan = _plan(PlanSettings(interval_probability=0.5))
    model = workbench(steady_fit(), PlanSettings()).model
    assert plan.solution is not None
    gained = model.outcome(plan.solution.amounts)
    assert plan.outcome == estimate(gained.sum(axis=1), 0.5)
    assert plan.roi == estimate(gained.sum(axis=1) / YEAR, 0.5)
    reference = model.outcome(np.array([5200.0, 10400.0, 15600.0])).sum(axis=1)
    assert plan.comparison is not None
    assert plan.comparison.reference_outcome.median == pytest.approx(np.median(reference))
    assert plan.comparison.improvement.lower == pytest.approx(
        np.quantile(gained.sum(axis=1) - reference, 0.25)
    )
    marginal = model.marginal_outcome(plan.solution.amounts)
    for place, allocation in enumerate(plan.allocations):
        assert allocation.outcome.upper == pytest.approx(np.quantile(gained[:, place], 0.75))
        assert allocation.marginal_return.mean == pytest.approx(marginal[:, place].mean())
        assert allocation.spend_per_period == pytest.approx(allocation.spend / 52)


def test_a_channel_that_gets_nothing_has_no_ratio_to_spend() -> None:
    plan = _plan(PlanSettings(bounds=[Bound("c0", maximum=0.0)]))
    assert plan.allocations[0].spend == 0
    assert plan.allocations[0].roi is None
    assert plan.allocations[0].marginal_return.mean > 0
    assert plan.allocations[0].outcome.mean == 0


def test_the_first_money_on_a_curve_that_begins_vertically_has_no_return() -> None:
    fit = random_fitted_model(saturation="root")
    first, *others = fit.config.channels
    plan = optimize(fit, PlanSettings(26, bounds=[Bound(first.name, maximum=0.0)]), 1_000.0)
    assert plan.allocations[0].marginal_return is None
    assert all(allocation.marginal_return for allocation in plan.allocations[1 : 1 + len(others)])


def test_bounds_that_hold_are_reported() -> None:
    bounds = [Bound("c0", maximum=6000.0), Bound("c2", minimum=2000.0)]
    plan = _plan(PlanSettings(bounds=bounds))
    assert [a.binding_bound for a in plan.allocations] == [
        BindingBound.MAXIMUM,
        BindingBound.NONE,
        BindingBound.MINIMUM,
    ]
    assert sum(a.spend for a in plan.allocations) == pytest.approx(YEAR, rel=1e-12)


@pytest.mark.parametrize(
    ("kpi", "has_roi", "has_cost"),
    [(None, True, False), (CUSTOMERS, False, True), (VALUED_CUSTOMERS, True, True)],
)
def test_the_kpi_decides_between_return_and_cost(
    kpi: dict[str, object] | None, has_roi: bool, has_cost: bool
) -> None:
    plan = _plan(kpi=kpi)
    for what in (plan, plan.allocations[0]):
        assert (what.roi is not None) == has_roi
        assert (what.cost_per_unit is not None) == has_cost


def test_a_value_per_unit_scales_returns_and_not_costs() -> None:
    bare, valued, revenue = (_plan(kpi=kpi) for kpi in (CUSTOMERS, VALUED_CUSTOMERS, None))
    assert valued.roi is not None
    assert revenue.roi is not None
    assert valued.roi.mean == pytest.approx(20 * revenue.roi.mean)
    assert valued.cost_per_unit == bare.cost_per_unit
    first = [plan.allocations[0].marginal_return.mean for plan in (bare, valued)]
    assert first[1] == pytest.approx(20 * first[0])


def test_without_spend_in_the_last_year_there_is_nothing_to_compare_with() -> None:
    fit = steady_fit()
    fit.cost[52:] = 0.0
    plan = optimize(fit, PlanSettings(), YEAR)
    assert plan.comparison is None
    assert [a.change for a in plan.allocations] == [None, None, None]
