"""A plan on the page: what it brings, who gets what, when, where, and how good it is."""

import streamlit as st

from mmm.analysis.v1.analysis_pb2 import Units
from mmm.common.v1.common_pb2 import Estimate
from mmm.optimizer.v1.optimizer_pb2 import BudgetPlan
from mmm_client.plan_files import plan_csv
from mmm_client.plan_words import Goal, certificate_sentence, relative_gap, technical_figures
from mmm_ui import plan_charts, plan_tables
from mmm_ui.wording import interval, interval_name, short

# Relative; a plan this near to the bound is proved to be as good as the best.
_ALL_BUT_NOTHING = 0.001
_MONEY = st.column_config.NumberColumn(format="localized")


def show_plan(plan: BudgetPlan, units: Units, goal: Goal, *, key: str) -> None:
    """Draw a plan.

    Parameters
    ----------
    plan : BudgetPlan
        The plan.
    units : Units
        Words and units of its figures.
    goal : Goal
        What it was best in.
    key : str
        Tells several plans of a page apart.
    """
    _headline(plan, units)
    _limits(plan)
    _proof(plan, units, goal)
    names = ["Channels", "Period by period", *(["Cells"] if plan.cells else [])]
    tabs = dict(zip(names, st.tabs(names), strict=True))
    with tabs["Channels"]:
        _channels(plan, units)
    with tabs["Period by period"]:
        _periods(plan, units)
    if plan.cells:
        with tabs["Cells"]:
            _cells(plan)
    if plan.HasField("solver"):
        with st.expander("How it was found and checked", icon=":material/rule:"):
            figures = technical_figures(plan.solver)
            st.dataframe({"Figure": list(figures), "Value": list(figures.values())}, hide_index=True)
    st.download_button(
        "Plan as CSV",
        plan_csv(plan),
        file_name="plan.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"{key} download",
        help="Money per period and channel. “Plan by hand” reads it again.",
    )


def _headline(plan: BudgetPlan, units: Units) -> None:
    budget, gained, better, chance, returned = st.columns(5)
    budget.metric(f"Budget, {units.currency}", short(plan.total_budget), border=True)
    budget.caption(f"Over {plan.horizon_periods} periods")
    gained.metric(f"{units.kpi_display_name} gained", short(plan.outcome.mean), border=True)
    gained.caption(_on_average(plan.outcome))
    if plan.HasField("improvement"):
        better.metric("More than the present split", short(plan.improvement.mean), border=True)
        better.caption(_on_average(plan.improvement))
        chance.metric("Chance that it is better", f"{plan.improvement_probability:.0%}", border=True)
        chance.caption("Than the same budget split as in the last year")
    title, field = plan_tables.return_of_plan(units)
    if plan.HasField(field):
        figure: Estimate = getattr(plan, field)
        returned.metric(title, short(figure.median), border=True)
        returned.caption(f"Median; {_interval(figure)}")


def _on_average(estimate: Estimate) -> str:
    return f"On average; {_interval(estimate)}"


def _interval(estimate: Estimate) -> str:
    name = interval_name(estimate.probability)
    return f"{name}: {short(estimate.lower)} – {short(estimate.upper)}"


def _proof(plan: BudgetPlan, units: Units, goal: Goal) -> None:
    sentence = certificate_sentence(plan, units, goal)
    gap = relative_gap(plan.solver)
    if sentence and gap is not None and gap <= _ALL_BUT_NOTHING:
        st.success(sentence, icon=":material/verified:")
    elif sentence:
        st.info(sentence, icon=":material/info:")


def _limits(plan: BudgetPlan) -> None:
    channels = {channel.name: channel.display_name for channel in plan.allocations}
    broken = plan_tables.in_words(plan.violated_constraints, channels)
    if broken:
        lines = "\n".join(f"- {one}" for one in broken)
        st.warning(f"The plan does not keep these limits:\n{lines}", icon=":material/warning:")
    held = plan_tables.in_words(plan.binding_constraints, channels)
    if held:
        lines = "\n".join(f"- {one}" for one in held)
        st.info(f"These limits hold the plan where it is:\n{lines}", icon=":material/lock:")


def _channels(plan: BudgetPlan, units: Units) -> None:
    table = plan_tables.allocation_table(plan, units)
    st.altair_chart(plan_charts.allocation(table))
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "Now": _MONEY,
            "Plan": _MONEY,
            "Per period": _MONEY,
            "Change": st.column_config.NumberColumn(format="percent"),
        },
    )
    st.caption(
        "“Now” is the average level of the last year. Figures are medians with their interval. The next unit "
        "of money brings value, or KPI units when the KPI has no value."
    )


def _periods(plan: BudgetPlan, units: Units) -> None:
    st.altair_chart(plan_charts.spend_by_period(plan_tables.spends_by_period(plan)))
    st.altair_chart(
        plan_charts.outcome_by_period(plan_tables.outcomes_by_period(plan), units.kpi_display_name)
    )
    st.caption(
        f"After the last period, what was spent still brings {interval(plan.outcome_after_horizon)} "
        f"{units.kpi_display_name}; the total counts it."
    )


def _cells(plan: BudgetPlan) -> None:
    spends = plan_tables.spends_by_cell(plan)
    st.altair_chart(plan_charts.cells(spends))
    table = spends.pivot_table(index="cell", columns="channel", values="spend", sort=False)
    st.dataframe(table.rename_axis("Cell"), column_config=dict.fromkeys(table.columns, _MONEY))
