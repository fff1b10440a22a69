"""Ways of planning in which the optimizer finds one plan: for a fixed budget, and for a target."""

from dataclasses import dataclass

import streamlit as st

from mmm.optimizer.v1.optimizer_pb2 import (
    TARGET_MARGINAL_RETURN,
    TARGET_OUTCOME,
    TARGET_RETURN,
    PlanSettings,
    Target,
)
from mmm.optimizer.v1.optimizer_service_pb2 import (
    FindBudgetRequest,
    OptimizeBudgetRequest,
)
from mmm_client.plan_words import target_sentence
from mmm_ui.access import client
from mmm_ui.plan_asking import asked, show_answer
from mmm_ui.plan_context import PlanContext
from mmm_ui.plan_rows import PERCENT


def present_budget(context: PlanContext, periods: int) -> float:
    """What the last year's level comes to over a horizon."""
    return sum(context.level.values()) * periods


def fixed_budget(context: PlanContext, settings: PlanSettings) -> None:
    """Ask for a budget and show its best plan."""
    periods = settings.horizon_periods
    budget = st.number_input(
        f"Budget over the horizon, {context.units.currency}",
        min_value=0.0,
        value=present_budget(context, periods),
        key=context.key(f"budget {periods}"),
        help="Begins with the average level of the last year of data.",
    )
    question = OptimizeBudgetRequest(fit=context.fit, total_budget=budget, settings=settings)
    kept = asked(context, "fixed budget", question, "Find the best split", client().ask_for_plan)
    if kept is not None:
        show_answer(*kept, "fixed budget")


@dataclass(frozen=True, slots=True)
class TargetWords:
    """A target as people say it.

    Attributes
    ----------
    title : str
        What is to be reached.
    label : str
        What the number is.
    target : Target
        What the optimizer calls it.
    is_cost : bool
        Whether people give the money per KPI unit instead of the units per money.
    """

    title: str
    label: str
    target: Target
    is_cost: bool = False

    def level(self, number: float | None) -> float:
        """What the optimizer is to reach; 0, which it refuses, while there is no number."""
        if not number:
            return 0.0
        return 1 / number if self.is_cost else number


def target_words(context: PlanContext) -> list[TargetWords]:
    """What can be reached, in the words of the KPI."""
    kpi, currency = context.units.kpi_display_name, context.units.currency
    outcome = TargetWords(f"{kpi} gained", f"{kpi} to gain", TARGET_OUTCOME)
    if context.has_value:
        return [
            outcome,
            TargetWords("ROI of the budget", "ROI, at least", TARGET_RETURN),
            TargetWords("ROI of the next unit of money", "Marginal ROI, at least", TARGET_MARGINAL_RETURN),
        ]
    return [
        outcome,
        TargetWords(f"Cost per {kpi}", f"Cost per {kpi}, at most, {currency}", TARGET_RETURN, is_cost=True),
        TargetWords(
            f"Cost of the next {kpi}",
            f"Cost of the next {kpi}, at most, {currency}",
            TARGET_MARGINAL_RETURN,
            is_cost=True,
        ),
    ]


def reach_a_target(context: PlanContext, settings: PlanSettings) -> None:
    """Ask for a target and show the plan that reaches it."""
    known = {words.title: words for words in target_words(context)}
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    words = known[left.selectbox("What is to be reached", list(known), key=context.key("target"))]
    number = middle.number_input(
        words.label, min_value=0.0, value=None, key=context.key(f"level {words.title}")
    )
    question = FindBudgetRequest(
        fit=context.fit, target=words.target, level=words.level(number), settings=settings
    )
    if words.target == TARGET_OUTCOME:
        certainty = right.number_input(
            "With this certainty, %",
            min_value=1.0,
            max_value=99.0,
            value=None,
            placeholder="on average",
            key=context.key("certainty"),
            help="Empty: on average. Else the plan is the one that is best in what is all but certain.",
        )
        if certainty is not None:
            question.probability = certainty / PERCENT
    budget_range(context, question, "target")
    kept = asked(context, "target", question, "Find the budget", client().ask_for_plan)
    if kept is not None:
        sought, found = kept
        tell = st.success if found.reached else st.warning
        tell(target_sentence(sought, found), icon=":material/flag:")
        show_answer(sought, found, "target")


def budget_range(context: PlanContext, question: FindBudgetRequest, what: str) -> None:
    """Ask which budgets are looked at, and write them into the question."""
    least, most = st.columns(2)
    smallest = least.number_input(
        "Smallest budget",
        min_value=0.0,
        value=None,
        placeholder="what the limits allow",
        key=context.key(f"least {what}"),
    )
    largest = most.number_input(
        "Largest budget",
        min_value=0.0,
        value=None,
        placeholder="four times the present one",
        key=context.key(f"most {what}"),
    )
    if smallest is not None:
        question.minimum_budget = smallest
    if largest is not None:
        question.maximum_budget = largest
