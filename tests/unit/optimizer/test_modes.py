"""The modes agree with each other, and keep what was asked."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from mmm_core.errors import InvalidInput
from mmm_core.fitted import FittedModel
from mmm_optimizer.by_hand import HandMadePlan, evaluate
from mmm_optimizer.frontier import frontier
from mmm_optimizer.modes import optimize, workbench
from mmm_optimizer.plans import BudgetPlan
from mmm_optimizer.request import (
    Bound,
    CellBudget,
    ChannelFlight,
    CostChange,
    FlightingKind,
    Group,
    PeriodBudget,
    PlanSettings,
    Ratio,
    Utility,
)
from mmm_optimizer.targets import Target, TargetRequest, find_budget
from tests.fitted_models import panel_fitted_model, random_fitted_model
from tests.unit.optimizer.random_fits import random_fit, steady_fit

BUDGET = 26 * 600.0
SETTINGS = {
    "plain": PlanSettings(26),
    "seasonal": PlanSettings(
        26,
        flighting=FlightingKind.AS_LAST_YEAR,
        demand_index=np.linspace(0.5, 2.0, 26).tolist(),
        costs=[CostChange("c0", yearly_inflation=0.2), CostChange("c1", np.linspace(1, 2, 26).tolist())],
    ),
    "constrained": PlanSettings(
        26,
        bounds=[Bound("c2", minimum_change=-0.8)],
        groups=[Group(["c0", "c1"], maximum_share=0.7)],
        ratios=[Ratio("c1", "c0", 0.9)],
    ),
    "two halves": PlanSettings(26, period_budgets=[PeriodBudget(1, 13, maximum=5_000.0)]),
    "own flight": PlanSettings(26, flights=[ChannelFlight("c0", [1.0, 0.0] * 13)], carry_in=False),
}


def _rows(fit: FittedModel, plan: BudgetPlan) -> list[HandMadePlan]:
    return [
        HandMadePlan(channel.name, [float(period.spend[place]) for period in plan.periods])
        for place, channel in enumerate(fit.config.channels)
    ]


def _figures(plan: BudgetPlan) -> list[float]:
    assert plan.comparison is not None
    assert plan.roi is not None
    shown = [plan.outcome, plan.after, plan.roi, plan.comparison.improvement]
    shown += [period.outcome for period in plan.periods]
    shown += [allocation.outcome for allocation in plan.allocations]
    return [figure for one in shown for figure in (one.mean, one.median, one.lower, one.upper)]


@pytest.mark.parametrize("name", SETTINGS)
def test_the_same_plan_has_the_same_figures_in_every_mode(name: str) -> None:
    fit, settings = steady_fit(), SETTINGS[name]
    best = optimize(fit, settings, BUDGET)

    by_hand = evaluate(fit, settings, _rows(fit, best))

    np.testing.assert_allclose(_figures(by_hand), _figures(best), rtol=1e-9, atol=1e-6)
    assert [a.spend for a in by_hand.allocations] == pytest.approx([a.spend for a in best.allocations])
    assert [a.extrapolated for a in by_hand.allocations] == [a.extrapolated for a in best.allocations]
    assert by_hand.violated == ()


@pytest.mark.parametrize("name", SETTINGS)
def test_a_target_and_its_budget_give_the_same_plan(name: str) -> None:
    fit, settings = steady_fit(), SETTINGS[name]
    wanted = optimize(fit, settings, BUDGET).outcome.mean

    found = find_budget(fit, settings, TargetRequest(Target.OUTCOME, wanted))

    assert found.is_reached
    assert found.plan.budget == pytest.approx(BUDGET, rel=1e-3)
    again = optimize(fit, settings, found.plan.budget)
    np.testing.assert_allclose(_figures(again), _figures(found.plan), rtol=1e-4, atol=2.0)


def test_the_periods_of_a_plan_add_up() -> None:
    plan = optimize(steady_fit(), SETTINGS["seasonal"], BUDGET)
    assert sum(period.spend.sum() for period in plan.periods) == pytest.approx(BUDGET)
    assert sum(p.outcome.mean for p in plan.periods) + plan.after.mean == pytest.approx(plan.outcome.mean)


def test_period_budgets_are_kept_and_both_halves_get_a_split_of_their_own() -> None:
    plan = optimize(steady_fit(), SETTINGS["two halves"], BUDGET)
    spend = np.array([period.spend for period in plan.periods])
    assert spend[:13].sum() <= 5_000 * (1 + 1e-9)
    assert plan.solution is not None
    assert plan.solution.certificate.upper_bound == pytest.approx(plan.solution.utility, rel=1e-4)
    assert [one.field for one in plan.binding] == ["period_budgets[0].maximum"]


def test_a_channel_off_air_in_a_block_gets_nothing_there() -> None:
    settings = PlanSettings(
        26,
        flights=[ChannelFlight("c0", [0.0] * 13 + [1.0] * 13)],
        period_budgets=[PeriodBudget(1, 13, minimum=6_000.0)],
    )
    plan = optimize(steady_fit(), settings, BUDGET)
    assert all(period.spend[0] == 0 for period in plan.periods[:13])
    assert plan.periods[20].spend[0] > 0


def test_money_moves_between_cells_only_where_it_may() -> None:
    fit = panel_fitted_model()
    budget = float(workbench(fit, PlanSettings(26)).problem.reference.sum())
    fixed = optimize(fit, PlanSettings(26), budget)
    free = optimize(fit, PlanSettings(26, split_cells=True), budget)
    north = PlanSettings(26, cell_budgets=[CellBudget([("region", ["North"])], maximum=0.2 * budget)])
    held = optimize(fit, north, budget)

    assert free.outcome.mean > fixed.outcome.mean
    cells = {cell.labels: cell.spend.sum() for cell in held.cells}
    assert cells["North", "a"] + cells["North", "b"] <= 0.2 * budget * (1 + 1e-6)
    for plan in (fixed, free, held):
        assert sum(cell.spend.sum() for cell in plan.cells) == pytest.approx(budget)


def test_a_plan_by_hand_may_differ_between_cells() -> None:
    fit = panel_fitted_model()
    free = optimize(fit, PlanSettings(4, split_cells=True), 100_000.0)
    rows = [
        HandMadePlan(channel.name, [float(cell.spend[place]) / 4] * 4, cell.labels)
        for cell in free.cells
        for place, channel in enumerate(fit.config.channels)
    ]

    by_hand = evaluate(fit, PlanSettings(4), rows)

    assert by_hand.outcome.mean == pytest.approx(free.outcome.mean, rel=1e-9)


@pytest.mark.parametrize("floor", [500.0, 4_000.0, 7_500.0])
def test_what_is_off_or_above_its_floor_is_decided_as_by_trying_everything(floor: float) -> None:
    fit = random_fit(np.random.default_rng(5), saturation="logistic", channels=4, draws=60)
    fit.parameters.coefficient[:] *= 3 * fit.cost.mean(axis=0) / fit.parameters.coefficient.mean(axis=0)
    usual = workbench(fit, PlanSettings(13)).problem.reference
    budget, floors = float(usual.sum()), 3 * floor / 4_000 * usual
    names = [f"c{place}" for place in range(4)]
    bounds = [Bound(name, minimum=low, or_nothing=True) for name, low in zip(names, floors, strict=True)]

    best = workbench(fit, PlanSettings(13, bounds=bounds)).best(budget)

    tried = []
    for on in product([True, False], repeat=4):
        if not any(on) or floors[list(on)].sum() > budget:
            continue
        fixed = [
            Bound(name, minimum=low) if chosen else Bound(name, maximum=0.0)
            for name, low, chosen in zip(names, floors, on, strict=True)
        ]
        tried.append(workbench(fit, PlanSettings(13, bounds=fixed)).best(budget).utility)
    assert best.utility == pytest.approx(max(tried), rel=1e-6)
    assert best.certificate.upper_bound == pytest.approx(max(tried), rel=1e-4)
    on = best.amounts > 1e-9 * budget
    assert (best.amounts[on] >= floors[on] * (1 - 1e-9)).all()


@pytest.mark.parametrize("probability", [0.5, 0.9])
def test_an_outcome_can_be_asked_for_with_a_probability(probability: float) -> None:
    fit = steady_fit()
    found = find_budget(fit, PlanSettings(26), TargetRequest(Target.OUTCOME, 30_000.0, probability))
    assert found.is_reached
    assert found.probability == pytest.approx(probability, abs=0.01)
    less = optimize(fit, PlanSettings(26), found.plan.budget * 0.98)
    assert less.outcome.mean < found.plan.outcome.mean


def test_an_outcome_out_of_reach_says_what_can_be_reached() -> None:
    found = find_budget(steady_fit(), PlanSettings(26), TargetRequest(Target.OUTCOME, 1e9))
    assert not found.is_reached
    assert found.reached == pytest.approx(found.plan.outcome.mean)
    assert found.plan.budget == pytest.approx(4 * BUDGET)
    assert found.probability == 0


@pytest.mark.parametrize(("target", "level"), [(Target.RETURN, 3.0), (Target.MARGINAL_RETURN, 1.0)])
def test_a_return_is_reached_by_the_largest_budget_that_still_has_it(target: Target, level: float) -> None:
    fit = steady_fit()
    found = find_budget(fit, PlanSettings(26), TargetRequest(target, level))
    assert found.is_reached
    assert found.reached == pytest.approx(level, rel=1e-3)
    more = find_budget(fit, PlanSettings(26), TargetRequest(target, level * 1.05))
    assert more.plan.budget < found.plan.budget


def test_the_frontier_rises_and_bends_and_its_next_unit_of_money_is_its_slope() -> None:
    fit = steady_fit()
    found = frontier(fit, PlanSettings(26), least=4_000.0, most=40_000.0, points=37, hurdle=1.0)
    budgets = np.array([point.budget for point in found.points])
    outcomes = np.array([point.outcome.mean for point in found.points])
    slopes = np.array([point.marginal_return.mean for point in found.points])
    assert (np.diff(outcomes) > 0).all()
    assert (np.diff(slopes) < 0).all()
    between = (outcomes[2:] - outcomes[:-2]) / (budgets[2:] - budgets[:-2])
    np.testing.assert_allclose(slopes[1:-1], between, rtol=0.03)
    assert found.breakeven.is_reached
    assert np.interp(found.breakeven.plan.budget, budgets, slopes) == pytest.approx(1.0, rel=0.03)


def test_a_return_is_found_beyond_budgets_that_are_too_small_for_s_shaped_curves() -> None:
    fit = random_fit(np.random.default_rng(3), saturation="hill", channels=2)
    steep = replace(fit.parameters, slope=np.full_like(fit.parameters.slope, 3.0))
    fit = replace(fit, parameters=steep)
    settings = PlanSettings(13)
    usual = float(workbench(fit, settings).problem.reference.sum())
    budgets = usual * np.geomspace(0.02, 4, 30)
    returns = [plan.roi.mean for budget in budgets if (plan := optimize(fit, settings, budget)).roi]
    # Above what the smallest budget returns, and below the best.
    level = 0.9 * max(returns)
    assert returns[0] < level

    found = find_budget(fit, settings, TargetRequest(Target.RETURN, level))

    assert found.is_reached
    assert found.reached == pytest.approx(level, rel=1e-3)
    assert all(
        one < level for one, budget in zip(returns, budgets, strict=True) if budget > found.plan.budget
    )


@pytest.mark.parametrize("utility", [Utility.VALUE_AT_RISK, Utility.CONDITIONAL_VALUE_AT_RISK])
def test_the_next_unit_of_money_is_spent_for_what_is_maximised(utility: Utility) -> None:
    fit = random_fitted_model(draws=80, seed=2)
    found = frontier(fit, PlanSettings(26, utility=utility), least=None, most=None, points=9, hurdle=1.0)
    for before, here, after in zip(found.points, found.points[1:], found.points[2:], strict=False):
        slope = (after.outcome.mean - before.outcome.mean) / (after.budget - before.budget)
        assert here.marginal_return.mean == pytest.approx(slope, rel=0.12)


def test_constraints_a_plan_by_hand_does_not_keep_are_named_not_refused() -> None:
    fit = steady_fit()
    settings = PlanSettings(2, bounds=[Bound("c0", maximum=100.0)], groups=[Group(["c0", "c1"], 0.0, 1e6)])
    plan = evaluate(fit, settings, [HandMadePlan("c0", [100.0, 50.0])])
    assert [one.field for one in plan.violated] == ["bounds[0].maximum"]
    assert [allocation.spend for allocation in plan.allocations] == [150.0, 0.0, 0.0]


def test_everything_wrong_with_a_plan_by_hand_is_named() -> None:
    rows = [
        HandMadePlan("tv", [1.0, 2.0]),
        HandMadePlan("c1", [1.0]),
        HandMadePlan("c1", [1.0, -2.0]),
        HandMadePlan("c2", []),
    ]
    with pytest.raises(InvalidInput) as raised:
        evaluate(steady_fit(), PlanSettings(2), rows)
    assert {violation.field: violation.code for violation in raised.value.violations} == {
        "spends[0].channel": "UNKNOWN_CHANNEL",
        "spends[1].spend": "WRONG_LENGTH",
        "spends[2]": "DUPLICATE_CHANNEL",
        "spends[2].spend[1]": "OUT_OF_RANGE",
        "spends[3].spend": "WRONG_LENGTH",
    }


def test_everything_wrong_with_a_target_is_named() -> None:
    wanted = TargetRequest(None, -1.0, probability=2.0, least=5.0, most=1.0)
    with pytest.raises(InvalidInput) as raised:
        find_budget(steady_fit(), PlanSettings(0), wanted)
    assert {violation.field for violation in raised.value.violations} == {
        "target",
        "level",
        "probability",
        "minimum_budget",
        "horizon_periods",
    }


def test_carryover_from_before_saturates_what_comes_after() -> None:
    fit = random_fitted_model(max_lag=6)
    spend = 30_000.0
    carried, fresh = (
        optimize(fit, PlanSettings(4, carry_in=carry_in), spend).outcome.mean for carry_in in (True, False)
    )
    assert carried < fresh
    silent = replace(fit, exposure=np.where(np.arange(70)[:, None, None] < 60, fit.exposure, 0.0))
    carried, fresh = (
        optimize(silent, PlanSettings(4, carry_in=carry_in), spend).outcome.mean for carry_in in (True, False)
    )
    assert carried == pytest.approx(fresh, rel=1e-9)
