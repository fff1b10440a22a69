"""Every problem of a request is named at once, before anything is solved."""

import math
from dataclasses import replace

import pytest

from mmm_core.errors import FailedPrecondition, InvalidInput
from mmm_optimizer.modes import optimize
from mmm_optimizer.problem import build_problem
from mmm_optimizer.request import (
    Bound,
    CellBudget,
    ChannelFlight,
    CostChange,
    Group,
    PeriodBudget,
    PlanSettings,
    Ratio,
    Utility,
)
from tests.unit.optimizer.random_fits import config_of, steady_fit

FIT = steady_fit()


def _violations(budget: float, settings: PlanSettings) -> dict[str, str]:
    with pytest.raises(InvalidInput) as raised:
        optimize(FIT, settings, budget)
    return {violation.field: violation.code for violation in raised.value.violations}


@pytest.mark.parametrize(
    ("budget", "settings", "field", "code"),
    [
        (0.0, PlanSettings(), "total_budget", "OUT_OF_RANGE"),
        (-5.0, PlanSettings(), "total_budget", "OUT_OF_RANGE"),
        (math.nan, PlanSettings(), "total_budget", "OUT_OF_RANGE"),
        (math.inf, PlanSettings(), "total_budget", "OUT_OF_RANGE"),
        (100.0, PlanSettings(0), "horizon_periods", "OUT_OF_RANGE"),
        (100.0, PlanSettings(521), "horizon_periods", "OUT_OF_RANGE"),
        (100.0, PlanSettings(interval_probability=1.0), "interval_probability", "OUT_OF_RANGE"),
        (100.0, PlanSettings(interval_probability=0.0), "interval_probability", "OUT_OF_RANGE"),
        (100.0, PlanSettings(interval_probability=math.nan), "interval_probability", "OUT_OF_RANGE"),
        (100.0, PlanSettings(utility=None), "utility", "UNKNOWN_VALUE"),
        (100.0, PlanSettings(bounds=[Bound("c9")]), "bounds[0].channel", "UNKNOWN_CHANNEL"),
        (100.0, PlanSettings(bounds=[Bound("mails")]), "bounds[0].channel", "UNKNOWN_CHANNEL"),
        (100.0, PlanSettings(bounds=[Bound("")]), "bounds[0].channel", "UNKNOWN_CHANNEL"),
        (100.0, PlanSettings(bounds=[Bound("c1"), Bound("c1")]), "bounds[1].channel", "DUPLICATE_CHANNEL"),
        (100.0, PlanSettings(bounds=[Bound("c1", -1.0)]), "bounds[0].minimum", "OUT_OF_RANGE"),
        (100.0, PlanSettings(bounds=[Bound("c1", None, -1.0)]), "bounds[0].maximum", "OUT_OF_RANGE"),
        (100.0, PlanSettings(bounds=[Bound("c1", math.nan)]), "bounds[0].minimum", "OUT_OF_RANGE"),
        (100.0, PlanSettings(bounds=[Bound("c1", None, math.inf)]), "bounds[0].maximum", "OUT_OF_RANGE"),
        (100.0, PlanSettings(bounds=[Bound("c1", 9.0, 8.0)]), "bounds[0].minimum", "MINIMUM_ABOVE_MAXIMUM"),
        (100.0, PlanSettings(utility=Utility.SHARPE, risk_level=0.0), "risk_level", "OUT_OF_RANGE"),
        (100.0, PlanSettings(flighting=None), "flighting", "UNKNOWN_VALUE"),
        (
            100.0,
            PlanSettings(bounds=[Bound("c1", minimum_change=-2.0)]),
            "bounds[0].minimum_change",
            "OUT_OF_RANGE",
        ),
        (
            100.0,
            PlanSettings(bounds=[Bound("c1", 5.0, minimum_change=-0.2)]),
            "bounds[0].minimum_change",
            "GIVEN_TWICE",
        ),
        (
            100.0,
            PlanSettings(bounds=[Bound("c1", minimum_change=0.3, maximum_change=0.2)]),
            "bounds[0].minimum_change",
            "MINIMUM_ABOVE_MAXIMUM",
        ),
        (100.0, PlanSettings(groups=[Group([])]), "groups[0].channels", "EMPTY_GROUP"),
        (100.0, PlanSettings(groups=[Group(["c0", "c0"])]), "groups[0].channels[1]", "DUPLICATE_CHANNEL"),
        (100.0, PlanSettings(groups=[Group(["tv"])]), "groups[0].channels[0]", "UNKNOWN_CHANNEL"),
        (
            100.0,
            PlanSettings(groups=[Group(["c0"], maximum_share=1.5)]),
            "groups[0].maximum_share",
            "OUT_OF_RANGE",
        ),
        (100.0, PlanSettings(ratios=[Ratio("c0", "c0")]), "ratios[0].to", "DUPLICATE_CHANNEL"),
        (100.0, PlanSettings(ratios=[Ratio("c0", "c1", -1.0)]), "ratios[0].minimum", "OUT_OF_RANGE"),
        (
            100.0,
            PlanSettings(4, period_budgets=[PeriodBudget(3, 5)]),
            "period_budgets[0].first_period",
            "OUT_OF_RANGE",
        ),
        (
            100.0,
            PlanSettings(cell_budgets=[CellBudget([("region", ["North"])])]),
            "cell_budgets[0].cells[0].dimension",
            "UNKNOWN_DIMENSION",
        ),
        (100.0, PlanSettings(4, demand_index=[1.0] * 3), "demand_index", "WRONG_LENGTH"),
        (100.0, PlanSettings(2, demand_index=[1.0, 0.0]), "demand_index[1]", "OUT_OF_RANGE"),
        (
            100.0,
            PlanSettings(1, demand_index=[1.0], demand_of_baseline=True),
            "demand_index",
            "GIVEN_TWICE",
        ),
        (100.0, PlanSettings(flights=[ChannelFlight("c0", [])]), "flights[0].weights", "WRONG_LENGTH"),
        (100.0, PlanSettings(2, flights=[ChannelFlight("c0", [0, 0])]), "flights[0].weights", "OUT_OF_RANGE"),
        (100.0, PlanSettings(2, costs=[CostChange("c0", [1, -1])]), "costs[0].index[1]", "OUT_OF_RANGE"),
        (
            100.0,
            PlanSettings(costs=[CostChange("c0", yearly_inflation=-1.0)]),
            "costs[0].yearly_inflation",
            "OUT_OF_RANGE",
        ),
    ],
)
def test_a_wrong_field_is_named(budget: float, settings: PlanSettings, field: str, code: str) -> None:
    assert _violations(budget, settings) == {field: code}


def test_all_problems_come_in_one_answer() -> None:
    bounds = [Bound("c1", 9.0, 8.0), Bound("tv", -1.0), Bound("c1", math.nan, -2.0)]
    assert _violations(-1.0, PlanSettings(1000, bounds, utility=None, interval_probability=2.0)) == {
        "total_budget": "OUT_OF_RANGE",
        "horizon_periods": "OUT_OF_RANGE",
        "interval_probability": "OUT_OF_RANGE",
        "utility": "UNKNOWN_VALUE",
        "bounds[0].minimum": "MINIMUM_ABOVE_MAXIMUM",
        "bounds[1].channel": "UNKNOWN_CHANNEL",
        "bounds[1].minimum": "OUT_OF_RANGE",
        "bounds[2].channel": "DUPLICATE_CHANNEL",
        "bounds[2].minimum": "OUT_OF_RANGE",
        "bounds[2].maximum": "OUT_OF_RANGE",
    }


def test_an_unknown_channel_comes_with_the_nearest_one() -> None:
    with pytest.raises(InvalidInput, match="Did you mean 'c0'"):
        build_problem(FIT, PlanSettings(bounds=[Bound("C0")]))
    with pytest.raises(InvalidInput, match="Paid channels: c0, c1, c2"):
        build_problem(FIT, PlanSettings(bounds=[Bound("television")]))
    with pytest.raises(InvalidInput, match="owned medium"):
        build_problem(FIT, PlanSettings(bounds=[Bound("mails")]))


def _refusal(budget: float, settings: PlanSettings) -> FailedPrecondition:
    with pytest.raises(FailedPrecondition) as raised:
        optimize(FIT, settings, budget)
    return raised.value


def test_minima_above_the_budget_are_named_with_the_smallest_feasible_budget() -> None:
    bounds = [Bound("c2", 80.0), Bound("c1", 0.0), Bound("c0", 40.0)]
    refused = _refusal(100.0, PlanSettings(bounds=bounds))
    assert refused.reason == "INFEASIBLE_BUDGET"
    assert {v.field for v in refused.violations} == {"bounds[0].minimum", "bounds[2].minimum"}
    assert all("smallest feasible one is 120.00" in v.fix for v in refused.violations)


def test_maxima_below_the_budget_are_named_with_the_largest_feasible_budget() -> None:
    bounds = [Bound("c2", None, 80.0), Bound("c1", None, 0.0), Bound("c0", None, 5.0)]
    refused = _refusal(100.0, PlanSettings(bounds=bounds))
    assert [v.field for v in refused.violations] == [f"bounds[{place}].maximum" for place in range(3)]
    assert all("largest feasible one is 85.00" in v.fix for v in refused.violations)


def test_constraints_that_contradict_each_other_are_named_and_no_others() -> None:
    settings = PlanSettings(
        26,
        bounds=[Bound("c0", 900.0), Bound("c2", 10.0)],
        groups=[Group(["c0", "c1"], maximum=1000.0)],
        ratios=[Ratio("c1", "c0", 0.5)],
        period_budgets=[PeriodBudget(1, 13, maximum=1e9)],
    )
    refused = _refusal(5000.0, settings)
    assert refused.reason == "INFEASIBLE_CONSTRAINTS"
    assert {v.field for v in refused.violations} == {
        "bounds[0].minimum",
        "groups[0].maximum",
        "ratios[0].minimum",
    }


def test_constraints_that_leave_no_budget_of_this_size_say_which_one_they_leave() -> None:
    settings = PlanSettings(
        groups=[Group(["c0", "c1"], maximum_share=0.2)], bounds=[Bound("c2", maximum=80.0)]
    )
    refused = _refusal(500.0, settings)
    assert {v.field for v in refused.violations} == {"groups[0].maximum_share", "bounds[0].maximum"}
    assert "largest feasible one is 100.00" in refused.message


def test_minima_that_miss_the_budget_by_rounding_only_are_accepted() -> None:
    bounds = [Bound(name, 0.1 + 0.2) for name in ("c0", "c1", "c2")]
    plan = optimize(FIT, PlanSettings(bounds=bounds), 0.9)
    assert [allocation.spend for allocation in plan.allocations] == pytest.approx([0.3] * 3)


def test_a_change_of_a_silent_channel_has_nothing_to_refer_to() -> None:
    silent = replace(FIT, cost=FIT.cost * [0.0, 1.0, 1.0, 1.0])
    with pytest.raises(InvalidInput) as raised:
        build_problem(silent, PlanSettings(bounds=[Bound("c0", maximum_change=0.2)]))
    assert [(v.field, v.code) for v in raised.value.violations] == [
        ("bounds[0].maximum_change", "NO_REFERENCE")
    ]


@pytest.mark.parametrize(("frequency", "periods"), [("daily", 365), ("weekly", 52), ("monthly", 12)])
def test_the_default_horizon_is_one_year(frequency: str, periods: int) -> None:
    fit = replace(FIT, config=config_of(3, frequency=frequency))
    assert build_problem(fit, PlanSettings()).horizon.periods == periods
