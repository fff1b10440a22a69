"""Outcome against budget, where the next unit of money stops paying, and average against risk."""

import streamlit as st

from mmm.optimizer.v1.optimizer_pb2 import (
    TARGET_MARGINAL_RETURN,
    UTILITY_CONDITIONAL_VALUE_AT_RISK,
    UTILITY_MEAN,
    BudgetPlan,
    PlanSettings,
)
from mmm.optimizer.v1.optimizer_service_pb2 import (
    FindBudgetRequest,
    GetFrontierRequest,
    GetFrontierResponse,
    OptimizeBudgetRequest,
)
from mmm_client.errors import FailedPrecondition
from mmm_client.plan_words import amount, breakeven_sentence, goal_of
from mmm_ui import plan_charts, plan_tables
from mmm_ui.access import client
from mmm_ui.plan_asking import asked
from mmm_ui.plan_context import PlanContext
from mmm_ui.plan_modes import budget_range, present_budget, target_words
from mmm_ui.plan_views import show_plan
from mmm_ui.saving_scenarios import save_scenario_form

# Best on average, then in ever fewer of the worst cases.
_RISK_LEVELS = (0.5, 0.25, 0.1, 0.05)


def budget_curve(context: PlanContext, settings: PlanSettings) -> None:
    """Ask for a range of budgets and show the best plan of each."""
    words = target_words(context)[-1]
    left, right = st.columns(2)
    number = left.number_input(
        words.label,
        min_value=0.0,
        value=1.0,
        key=context.key("hurdle"),
        help="What decides where the next unit of money stops paying.",
    )
    points = right.slider("Number of budgets", 5, 60, 20, key=context.key("points"))
    breakeven = FindBudgetRequest(
        fit=context.fit, target=TARGET_MARGINAL_RETURN, level=words.level(number), settings=settings
    )
    budget_range(context, breakeven, "curve")
    question = GetFrontierRequest(
        fit=context.fit, hurdle=breakeven.level, point_count=points, settings=settings
    )
    for field in ("minimum_budget", "maximum_budget"):
        if breakeven.HasField(field):
            setattr(question, field, getattr(breakeven, field))
    kept = asked(context, "curve", question, "Draw the curve", client().ask_for_plan)
    if kept is not None:
        _show(context, *kept)
    st.divider()
    _trade_off(context, settings)


def _show(context: PlanContext, question: GetFrontierRequest, found: GetFrontierResponse) -> None:
    words, units = target_words(context)[-1], found.units
    hurdle = f"1 {units.kpi_display_name} per {amount(1 / question.hurdle)} {units.currency}"
    if not words.is_cost:
        hurdle = amount(question.hurdle)
    tell = st.success if found.hurdle_met else st.warning
    tell(breakeven_sentence(found, hurdle), icon=":material/flag:")
    marks = plan_tables.frontier_marks(found)
    left, right = st.columns(2)
    with left:
        st.subheader("Outcome against budget")
        st.altair_chart(
            plan_charts.frontier(plan_tables.frontier_points(found), marks, units.kpi_display_name)
        )
    with right:
        st.subheader("What the next unit of money brings")
        title = (
            "Value per unit of money" if context.has_value else f"{units.kpi_display_name} per unit of money"
        )
        points = plan_tables.marginal_points(found)
        st.altair_chart(plan_charts.marginal_return(points, marks, title, question.hurdle))
    st.caption(
        "Every point is the best plan of its budget; bands are intervals. Dotted: what the next unit is "
        "to bring."
    )
    title = "The plan where it stops paying" if found.hurdle_met else "The plan that comes nearest"
    with st.expander(title, icon=":material/flag:"):
        show_plan(found.breakeven, units, goal_of(question.settings), key="breakeven")
        save_scenario_form(_breakeven_question(question), key="save breakeven")


def _breakeven_question(question: GetFrontierRequest) -> FindBudgetRequest:
    """Ask for the plan of the breakeven alone."""
    return FindBudgetRequest(
        fit=question.fit,
        target=TARGET_MARGINAL_RETURN,
        level=question.hurdle,
        minimum_budget=question.minimum_budget if question.HasField("minimum_budget") else None,
        maximum_budget=question.maximum_budget if question.HasField("maximum_budget") else None,
        settings=question.settings,
    )


def _trade_off(context: PlanContext, settings: PlanSettings) -> None:
    """Plans of one budget that are best on average, and best in ever worse cases."""
    st.subheader("Average against risk")
    st.caption(
        "A plan that is best on average may be poor when things go badly. These plans spend the same budget; "
        "they are best on average, and on average of ever fewer of the worst cases."
    )
    periods = settings.horizon_periods
    budget = st.number_input(
        f"Budget, {context.units.currency}",
        min_value=0.0,
        value=present_budget(context, periods),
        key=context.key(f"risk budget {periods}"),
    )
    question = OptimizeBudgetRequest(fit=context.fit, total_budget=budget, settings=settings)
    kept = asked(context, "risk", question, f"Compare {1 + len(_RISK_LEVELS)} plans", _plans_by_risk)
    if kept is None:
        return
    plans, missing = kept[1]
    estimate = next(iter(plans.values())).outcome
    bad_case = f"In 1 of {round(2 / (1 - estimate.probability))} cases it brings less than this"
    points = plan_tables.trade_off_points(plans)
    st.altair_chart(plan_charts.trade_off(points, context.units.kpi_display_name, bad_case))
    if missing:
        st.caption(f"No best plan could be found for: {', '.join(missing)}.")


def _plans_by_risk(question: OptimizeBudgetRequest) -> tuple[dict[str, BudgetPlan], list[str]]:
    """Plans by what they are best in, and what none was found for."""
    settings = PlanSettings()
    settings.CopyFrom(question.settings)
    settings.utility = UTILITY_MEAN
    plans, missing = {"All cases": _plan(question, settings)}, []
    settings.utility = UTILITY_CONDITIONAL_VALUE_AT_RISK
    for level in _RISK_LEVELS:
        settings.risk_level = level
        name = f"Worst {level:.0%}"
        try:
            plans[name] = _plan(question, settings)
        except FailedPrecondition:
            # Few draws make the average of the worst cases so jagged that no optimum can be told.
            missing.append(name)
    return plans, missing


def _plan(question: OptimizeBudgetRequest, settings: PlanSettings) -> BudgetPlan:
    return client().optimize(question.fit, question.total_budget, settings=settings).plan
