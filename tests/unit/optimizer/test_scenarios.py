"""What scenarios rest on: questions that survive storage, plans evaluated again, and what differs."""

import json

import numpy as np
import pytest
from google.protobuf.message import Message

from mmm.analysis.v1.analysis_service_pb2 import DimensionFilter
from mmm.optimizer.v1 import optimizer_pb2
from mmm.optimizer.v1.optimizer_pb2 import (
    TARGET_RETURN,
    UTILITY_MEAN,
    CellBudget,
    ChannelBounds,
    ChannelFlight,
    CostChange,
    HandMadeSpend,
    PeriodBudget,
    PlanSettings,
)
from mmm.optimizer.v1.optimizer_service_pb2 import (
    EvaluatePlanRequest,
    FindBudgetRequest,
    OptimizeBudgetRequest,
)
from mmm_core.errors import FailedPrecondition
from mmm_core.fitted import FittedModel
from mmm_optimizer.messages import plan_to_wire
from mmm_optimizer.plan_changes import plan_change
from mmm_optimizer.question_messages import (
    kind_of,
    question_from_wire,
    read_stored,
    stored_question,
    to_stored,
)
from mmm_optimizer.questions import AskedPlan, answer, shared_outcomes
from mmm_optimizer.setting_differences import setting_differences
from tests.fitted_models import panel_fitted_model
from tests.unit.optimizer.random_fits import steady_fit

FIT = "clients/acme/models/sales/fits/good"
BUDGET = 8 * 600.0
SEASONAL = PlanSettings(
    horizon_periods=8,
    demand_index=[0.1 * number for number in range(1, 9)],
    costs=[CostChange(channel="c1", yearly_inflation=0.3)],
    flights=[ChannelFlight(channel="c0", weights=[1, 0, 1, 0, 1, 0, 1, 0])],
    from_standing_start=True,
)
HALVES = PlanSettings(
    horizon_periods=8, period_budgets=[PeriodBudget(first_period=1, last_period=4, maximum=1500.0)]
)


def _split(settings: PlanSettings, budget: float = BUDGET) -> OptimizeBudgetRequest:
    return OptimizeBudgetRequest(fit=FIT, total_budget=budget, settings=settings)


def _stored_and_read(question: Message) -> Message:
    """What a question is after a stay in the store."""
    return stored_question(kind_of(question), json.loads(json.dumps(to_stored(question))))


NATIONAL = {
    "flights, demand and prices": _split(SEASONAL),
    "two halves": _split(HALVES),
    "a target": FindBudgetRequest(
        fit=FIT, target=TARGET_RETURN, level=3.0, settings=PlanSettings(horizon_periods=8)
    ),
    "by hand": EvaluatePlanRequest(
        fit=FIT,
        spends=[HandMadeSpend(channel="c0", spend=[1 / 3, 0, 1e-7, 700.1, 5, 6, 7, 8])],
        settings=PlanSettings(horizon_periods=8),
    ),
    "fields of an earlier version": OptimizeBudgetRequest(
        fit=FIT, total_budget=BUDGET, horizon_periods=8, bounds=[ChannelBounds(channel="c1", maximum=900.0)]
    ),
}
REGIONAL = {
    "money between cells": _split(
        PlanSettings(
            horizon_periods=4,
            cell_budgets=[
                CellBudget(cells=[DimensionFilter(dimension="region", labels=["North"])], maximum=20_000.0)
            ],
            period_budgets=[PeriodBudget(first_period=1, last_period=2, maximum=15_000.0)],
        ),
        50_000.0,
    ),
}
CASES = {
    **{name: (steady_fit(draws=50), question) for name, question in NATIONAL.items()},
    **{name: (panel_fitted_model(), question) for name, question in REGIONAL.items()},
}


@pytest.mark.parametrize("name", CASES)
def test_a_question_out_of_the_store_has_the_same_plan_and_the_same_draws(name: str) -> None:
    fit, question = CASES[name]
    made = answer(fit, question_from_wire(question))

    read = _stored_and_read(question)
    again = answer(fit, question_from_wire(read))
    (outcome,) = shared_outcomes(fit, [AskedPlan(question_from_wire(read), made.amounts)])

    assert read == question
    assert plan_to_wire(FIT, again.plan) == plan_to_wire(FIT, made.plan)
    assert again.amounts == made.amounts
    assert outcome.mean() == pytest.approx(made.plan.outcome.mean, rel=1e-12)
    assert np.median(outcome) == pytest.approx(made.plan.outcome.median, rel=1e-12)


def test_plans_of_other_horizons_are_evaluated_in_the_same_draws() -> None:
    """With so many draws, fewer are evaluated the longer the plan is."""
    fit = steady_fit(draws=12_000)
    shorter, longer = (_steady_by_hand(periods) for periods in (260, 520))
    alone = [shared_outcomes(fit, [plan])[0] for plan in (shorter, longer)]

    together = shared_outcomes(fit, [shorter, longer])

    assert len(alone[0]) > len(alone[1])
    assert len(together[0]) == len(together[1]) == len(alone[1])
    np.testing.assert_array_equal(together[1], alone[1])
    # The longer plan begins with the shorter one, so it brings more in every draw.
    assert (together[1] > together[0]).all()


def test_a_plan_is_its_own_repetition() -> None:
    plan = _plan(steady_fit(draws=50))
    change = plan_change(plan, plan)

    assert change.is_none
    assert (change.spend, change.outcome) == (0, 0)


def test_a_change_of_one_period_is_noticed() -> None:
    plan = _plan(steady_fit(draws=50))
    moved = optimizer_pb2.BudgetPlan()
    moved.CopyFrom(plan)
    largest = max(spend for period in plan.periods for spend in period.spend)
    moved.periods[3].spend[0] += 0.01 * largest

    change = plan_change(plan, moved)

    assert change.spend == pytest.approx(0.01)
    assert change.outcome == 0
    assert not change.is_none


def test_plans_of_other_channels_have_no_finite_difference() -> None:
    plan = _plan(steady_fit(draws=50))
    other = optimizer_pb2.BudgetPlan()
    other.CopyFrom(plan)
    other.allocations[0].name = "radio"

    assert plan_change(plan, other).spend == np.inf


def test_the_plan_of_other_draws_is_another_plan() -> None:
    change = plan_change(_plan(steady_fit(draws=50)), _plan(steady_fit(draws=40)))

    assert not change.is_none
    assert change.outcome > 1e-3


def test_a_wish_of_a_newer_version_is_not_passed_over() -> None:
    stored = to_stored(_split(HALVES))
    stored["settings"]["never_on_sundays"] = True

    with pytest.raises(FailedPrecondition, match="never_on_sundays") as raised:
        stored_question("optimize_budget", stored)
    assert raised.value.reason == "UNKNOWN_FORMAT"


def test_a_figure_of_a_newer_version_is() -> None:
    plan = _plan(steady_fit(draws=50))
    stored = to_stored(plan) | {"carbon": 12.0}

    assert read_stored(json.loads(json.dumps(stored)), optimizer_pb2.BudgetPlan()) == plan


def test_settings_that_say_the_same_do_not_differ() -> None:
    bounds = [ChannelBounds(channel="c1", maximum=900.0), ChannelBounds(channel="c0", minimum=5.0)]
    earlier = OptimizeBudgetRequest(fit=FIT, total_budget=BUDGET, horizon_periods=8, bounds=bounds)
    said = PlanSettings(
        horizon_periods=8,
        bounds=bounds[::-1],
        utility=UTILITY_MEAN,
        risk_level=0.1,
        interval_probability=0.9,
    )

    assert setting_differences([earlier, _split(said), _split(PlanSettings(bounds=bounds))], [8, 8, 8]) == []


def test_settings_that_differ_are_named_with_every_value() -> None:
    demand = [1.0] * 8
    first = PlanSettings(bounds=[ChannelBounds(channel="c1", maximum=900.5)], demand_index=demand)
    second = PlanSettings(
        bounds=[ChannelBounds(channel="c1", maximum=800.0, or_nothing=True)],
        demand_index=[*demand[:5], 1.1, 1.2, 1.3],
    )

    found = setting_differences([_split(first), _split(second, 2 * BUDGET)], [8, 26])

    assert {one.field: one.values for one in found} == {
        "total_budget": ("4800", "9600"),
        "settings.horizon_periods": ("8", "26"),
        "settings.bounds[c1].maximum": ("900.5", "800"),
        "settings.bounds[c1].or_nothing": ("", "yes"),
        "settings.demand_index[5] and 2 more": ("1", "1.1"),
    }


def test_other_kinds_of_question_differ_in_kind() -> None:
    target = FindBudgetRequest(fit=FIT, target=TARGET_RETURN, level=3.0)
    found = setting_differences([_split(PlanSettings()), target], [8, 8])

    assert {one.field: one.values for one in found} == {
        "question": ("optimize_budget", "find_budget"),
        "total_budget": ("4800", ""),
        "target": ("", "return"),
        "level": ("", "3"),
    }


def _plan(fit: FittedModel) -> optimizer_pb2.BudgetPlan:
    return plan_to_wire(FIT, answer(fit, question_from_wire(_split(HALVES))).plan)


def _steady_by_hand(periods: int) -> AskedPlan:
    rows = [HandMadeSpend(channel="c0", spend=[100.0] * periods)]
    settings = PlanSettings(horizon_periods=periods)
    return AskedPlan(question_from_wire(EvaluatePlanRequest(spends=rows, settings=settings)), ())
