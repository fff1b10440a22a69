"""Every problem of a request is named at once, before anything is solved."""

import math

import pytest

from mmm_core.config import ModelConfig
from mmm_core.errors import FailedPrecondition, InvalidInput
from mmm_optimizer.problem import Bound, PlanRequest, Utility, build_problem
from tests.unit.optimizer.random_fits import config_of

CONFIG = config_of(3)


def _violations(request: PlanRequest) -> dict[str, str]:
    with pytest.raises(InvalidInput) as raised:
        build_problem(CONFIG, request)
    return {violation.field: violation.code for violation in raised.value.violations}


@pytest.mark.parametrize(
    ("request_", "field", "code"),
    [
        (PlanRequest(0.0), "total_budget", "OUT_OF_RANGE"),
        (PlanRequest(-5.0), "total_budget", "OUT_OF_RANGE"),
        (PlanRequest(math.nan), "total_budget", "OUT_OF_RANGE"),
        (PlanRequest(math.inf), "total_budget", "OUT_OF_RANGE"),
        (PlanRequest(100.0, 0), "horizon_periods", "OUT_OF_RANGE"),
        (PlanRequest(100.0, 521), "horizon_periods", "OUT_OF_RANGE"),
        (PlanRequest(100.0, interval_probability=1.0), "interval_probability", "OUT_OF_RANGE"),
        (PlanRequest(100.0, interval_probability=0.0), "interval_probability", "OUT_OF_RANGE"),
        (PlanRequest(100.0, interval_probability=math.nan), "interval_probability", "OUT_OF_RANGE"),
        (PlanRequest(100.0, utility=None), "utility", "UNKNOWN_VALUE"),
        (PlanRequest(100.0, bounds=[Bound("c9")]), "bounds[0].channel", "UNKNOWN_CHANNEL"),
        (PlanRequest(100.0, bounds=[Bound("mails")]), "bounds[0].channel", "UNKNOWN_CHANNEL"),
        (PlanRequest(100.0, bounds=[Bound("")]), "bounds[0].channel", "UNKNOWN_CHANNEL"),
        (PlanRequest(100.0, bounds=[Bound("c1"), Bound("c1")]), "bounds[1].channel", "DUPLICATE_CHANNEL"),
        (PlanRequest(100.0, bounds=[Bound("c1", -1.0)]), "bounds[0].minimum", "OUT_OF_RANGE"),
        (PlanRequest(100.0, bounds=[Bound("c1", None, -1.0)]), "bounds[0].maximum", "OUT_OF_RANGE"),
        (PlanRequest(100.0, bounds=[Bound("c1", math.nan)]), "bounds[0].minimum", "OUT_OF_RANGE"),
        (PlanRequest(100.0, bounds=[Bound("c1", None, math.inf)]), "bounds[0].maximum", "OUT_OF_RANGE"),
        (PlanRequest(100.0, bounds=[Bound("c1", 9.0, 8.0)]), "bounds[0].minimum", "MINIMUM_ABOVE_MAXIMUM"),
    ],
)
def test_a_wrong_field_is_named(request_: PlanRequest, field: str, code: str) -> None:
    assert _violations(request_) == {field: code}


def test_all_problems_come_in_one_answer() -> None:
    bounds = [Bound("c1", 9.0, 8.0), Bound("tv", -1.0), Bound("c1", math.nan, -2.0)]
    assert _violations(PlanRequest(-1.0, 1000, bounds, None, 2.0)) == {
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
        build_problem(CONFIG, PlanRequest(100.0, bounds=[Bound("C0")]))
    with pytest.raises(InvalidInput, match="Paid channels: c0, c1, c2"):
        build_problem(CONFIG, PlanRequest(100.0, bounds=[Bound("television")]))
    with pytest.raises(InvalidInput, match="owned medium"):
        build_problem(CONFIG, PlanRequest(100.0, bounds=[Bound("mails")]))


def test_minima_above_the_budget_are_named_with_the_smallest_feasible_budget() -> None:
    bounds = [Bound("c2", 80.0), Bound("c1", 0.0), Bound("c0", 40.0)]
    with pytest.raises(FailedPrecondition) as raised:
        build_problem(CONFIG, PlanRequest(100.0, bounds=bounds))
    assert raised.value.reason == "INFEASIBLE_BUDGET"
    assert {v.field for v in raised.value.violations} == {"bounds[0].minimum", "bounds[2].minimum"}
    assert all("smallest feasible one is 120.00" in v.fix for v in raised.value.violations)


def test_maxima_below_the_budget_are_named_with_the_largest_feasible_budget() -> None:
    bounds = [Bound("c2", None, 80.0), Bound("c1", None, 0.0), Bound("c0", None, 5.0)]
    with pytest.raises(FailedPrecondition) as raised:
        build_problem(CONFIG, PlanRequest(100.0, bounds=bounds))
    assert [v.field for v in raised.value.violations] == [
        "bounds[2].maximum",
        "bounds[1].maximum",
        "bounds[0].maximum",
    ]
    assert all("largest feasible one is 85.00" in v.fix for v in raised.value.violations)


def test_minima_that_miss_the_budget_by_rounding_only_are_accepted() -> None:
    bounds = [Bound(name, 0.1 + 0.2) for name in ("c0", "c1", "c2")]
    problem = build_problem(CONFIG, PlanRequest(0.9, bounds=bounds))
    assert (problem.lower <= problem.upper).all()


def test_channels_without_a_bound_are_free_between_nothing_and_the_budget() -> None:
    problem = build_problem(CONFIG, PlanRequest(100.0, bounds=[Bound("c1", 10.0, 1e9)]))
    assert problem.lower.tolist() == [0.0, 10.0, 0.0]
    assert problem.upper.tolist() == [100.0, 100.0, 100.0]


@pytest.mark.parametrize(("frequency", "periods"), [("daily", 365), ("weekly", 52), ("monthly", 12)])
def test_the_default_horizon_is_one_year(frequency: str, periods: int) -> None:
    config: ModelConfig = config_of(1, frequency=frequency)
    assert build_problem(config, PlanRequest(1.0, utility=Utility.MEAN)).horizon_periods == periods
