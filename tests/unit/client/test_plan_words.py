"""What a plan is said to prove, and when."""

import pytest

from mmm.analysis.v1.analysis_pb2 import Units
from mmm.common.v1.common_pb2 import Estimate
from mmm.optimizer.v1.optimizer_pb2 import (
    TARGET_MARGINAL_RETURN,
    TARGET_OUTCOME,
    UTILITY_BEAT_REFERENCE,
    UTILITY_CONDITIONAL_VALUE_AT_RISK,
    UTILITY_MEAN,
    UTILITY_SHARPE,
    UTILITY_VALUE_AT_RISK,
    BudgetPlan,
    FrontierPoint,
    PlanSettings,
    SolverReport,
)
from mmm.optimizer.v1.optimizer_service_pb2 import (
    EvaluatePlanRequest,
    FindBudgetRequest,
    FindBudgetResponse,
    GetFrontierResponse,
)
from mmm_client.plan_words import (
    Goal,
    breakeven_sentence,
    certificate_sentence,
    goal_of_question,
    target_sentence,
)

UNITS = Units(kpi_display_name="orders", currency="EUR")


def plan(**solver: object) -> BudgetPlan:
    return BudgetPlan(total_budget=50_000, solver=SolverReport(**solver))


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (Goal(UTILITY_MEAN, 0.1), "more than 10,050 orders on average, 0.50 % above"),
        (Goal(UTILITY_VALUE_AT_RISK, 0.2), "more than 10,050 orders with 80 % certainty, 0.50 % above"),
        (Goal(UTILITY_CONDITIONAL_VALUE_AT_RISK, 0.05), "on average of the worst 5 % of cases, 0.50 % above"),
    ],
)
def test_a_bound_is_said_in_what_was_maximised(goal, words):
    sentence = certificate_sentence(
        plan(utility=10_000, upper_bound=10_050, bound_is_exact=True), UNITS, goal
    )
    assert words in sentence
    assert "safe side" not in sentence


def test_a_loose_bound_is_called_that():
    sentence = certificate_sentence(plan(utility=10, upper_bound=12), UNITS, Goal(UTILITY_MEAN, 0.1))
    assert "20.00 % above" in sentence
    assert "safe side" in sentence


@pytest.mark.parametrize("utility", [UTILITY_SHARPE, UTILITY_BEAT_REFERENCE])
def test_nothing_is_claimed_where_no_bound_says_anything(utility):
    bound = {"upper_bound": 1.0} if utility == UTILITY_BEAT_REFERENCE else {}
    sentence = certificate_sentence(plan(utility=0.9, **bound), UNITS, Goal(utility, 0.1))
    assert "not known" in sentence
    assert "No plan" not in sentence


def test_a_plan_made_by_hand_proves_nothing():
    question = EvaluatePlanRequest(settings=PlanSettings(utility=UTILITY_SHARPE))
    assert certificate_sentence(BudgetPlan(), UNITS, goal_of_question(question)) == ""


def test_an_outcome_asked_for_with_a_probability_is_a_quantile():
    goal = goal_of_question(FindBudgetRequest(target=TARGET_OUTCOME, probability=0.8))
    assert goal.utility == UTILITY_VALUE_AT_RISK
    assert goal.risk_level == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("target", "reached", "level", "words"),
    [
        (
            TARGET_OUTCOME,
            True,
            1000.0,
            "The smallest budget that reaches 1,000 orders on average is 50,000 EUR",
        ),
        (
            TARGET_OUTCOME,
            True,
            5000.0,
            "Even the smallest budget of the range, 50,000 EUR, reaches 5,000 orders",
        ),
        (TARGET_OUTCOME, False, 700.0, "The nearest, 50,000 EUR, reaches 700.00 orders"),
        (TARGET_MARGINAL_RETURN, True, 1000.0, "The largest budget that reaches 1,000 on average"),
    ],
)
def test_a_target_is_told_as_it_ended(target, reached, level, words):
    found = FindBudgetResponse(plan=plan(), reached=reached, reached_level=level, units=UNITS)
    assert words in target_sentence(FindBudgetRequest(target=target, level=1000), found)


@pytest.mark.parametrize(
    ("is_met", "last", "words"),
    [
        (True, 90_000, "stops returning 1.00"),
        (True, 50_000, "in the whole range"),
        (False, 90_000, "nowhere"),
    ],
)
def test_a_breakeven_is_told_as_it_ended(is_met, last, words):
    points = [FrontierPoint(budget=last, marginal_return=Estimate(mean=1))]
    found = GetFrontierResponse(points=points, breakeven=plan(), hurdle_met=is_met, units=UNITS)
    assert words in breakeven_sentence(found, "1.00")
