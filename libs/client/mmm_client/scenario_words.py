"""Scenarios in words: what was asked, whether it comes out again, and how it compares."""

from collections.abc import Mapping

from mmm.optimizer.v1.optimizer_service_pb2 import (
    ComparedScenario,
    EvaluatePlanRequest,
    FindBudgetRequest,
    FindBudgetResponse,
    RerunScenarioResponse,
    Scenario,
)
from mmm.optimizer.v1.scenario_pb2 import (
    DRAW_COMPARISON_FIT_CHANGED,
    DRAW_COMPARISON_FIT_DELETED,
    DRAW_COMPARISON_OTHER_FIT,
)
from mmm_client.plan_words import amount, target_sentence
from mmm_client.plans import PlanQuestion

_NOT_COMPARED = {
    DRAW_COMPARISON_OTHER_FIT: "of another fit",
    DRAW_COMPARISON_FIT_DELETED: "the fit was deleted",
    DRAW_COMPARISON_FIT_CHANGED: "the fit is not what it was",
}


def question_of(scenario: Scenario) -> PlanQuestion:
    """Read the question of a scenario that was read by itself; lists leave it out."""
    question: PlanQuestion = getattr(scenario, scenario.WhichOneof("question") or "optimize_budget")
    return question


def question_sentence(scenario: Scenario) -> str:
    """Say what was asked."""
    question, plan, units = question_of(scenario), scenario.plan, scenario.units
    horizon = f"{plan.horizon_periods} periods"
    budget = f"{amount(plan.total_budget)} {units.currency}".rstrip()
    if isinstance(question, EvaluatePlanRequest):
        return f"A plan made by hand: {budget} over {horizon}."
    if isinstance(question, FindBudgetRequest):
        found = FindBudgetResponse(
            plan=plan,
            units=units,
            reached=scenario.target.reached,
            reached_level=scenario.target.reached_level,
            reached_probability=scenario.target.reached_probability,
        )
        return f"A target over {horizon}. {target_sentence(question, found)}"
    return f"The best split of {budget} over {horizon}."


def rerun_sentence(scenario: Scenario, again: RerunScenarioResponse) -> str:
    """Say whether a scenario's plan comes out again, and if not, what is another than it was."""
    if again.same:
        return "The plan comes out the same."
    difference = (
        "The plan comes out otherwise: "
        f"spend differs by up to {_share(again.largest_spend_difference)} of the largest amount, "
        f"outcomes by up to {_share(again.largest_outcome_difference)} of the largest."
    )
    reasons = [] if again.same_fit else ["The fit is not what it was when the scenario was made."]
    if changed := _changed(scenario.library_versions, again.library_versions):
        reasons.append(f"It was made with {changed}.")
    return " ".join([difference, *reasons])


def not_compared(compared: ComparedScenario) -> str:
    """Say why an outcome was not held against the first one's; empty when it was, or is the first."""
    return _NOT_COMPARED.get(compared.draw_comparison, "")


def _share(difference: float) -> str:
    return f"{difference * 100:.2g} %"


def _changed(then: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Versions that are others now."""
    return ", ".join(
        f"{library} {version} (now {now[library]})"
        for library, version in sorted(then.items())
        if library in now and now[library] != version
    )
