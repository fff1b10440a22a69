"""Find the best split of a budget."""

import datetime as dt

import pandas as pd
import streamlit as st

from mmm.analysis.v1.analysis_pb2 import COMPONENT_KIND_PAID
from mmm.analysis.v1.analysis_service_pb2 import GetChannelResultsResponse
from mmm.common.v1.common_pb2 import DateRange
from mmm.optimizer.v1.optimizer_pb2 import ChannelBounds, PlanSettings
from mmm.optimizer.v1.optimizer_service_pb2 import OptimizeBudgetResponse
from mmm_ui import charts, tables
from mmm_ui.access import client, showing_errors
from mmm_ui.state import answer, choose_fit
from mmm_ui.wording import interval, short

_PLAN = "last_plan"
# A year of weekly or monthly periods, counted by their first days: 52 or 12 of them.
DAYS_BEFORE = 363


def render() -> None:
    """Draw the page."""
    st.title("Optimize")
    st.caption("The split of a budget that gains most on average over all the model still thinks possible.")
    with showing_errors():
        fit = choose_fit(finished_only=True)
        if fit is None:
            st.info("No finished fit yet.", icon=":material/info:")
            return
        recent = answer(("last year", fit.name), lambda: _last_year(fit.name))
        _form(fit.name, recent)
        made_for, plan = st.session_state.get(_PLAN, ("", None))
        if plan is not None and made_for == fit.name:
            _show(plan)


def _last_year(fit: str) -> GetChannelResultsResponse:
    """Read the channel table of the last year of data."""
    whole = answer(("channels", fit), lambda: client().channel_results(fit))
    end = dt.date.fromisoformat(whole.window.end)
    return client().channel_results(
        fit, window=DateRange(start=str(end - dt.timedelta(days=DAYS_BEFORE)), end=str(end))
    )


def _form(fit: str, recent: GetChannelResultsResponse) -> None:
    paid = [channel for channel in recent.channels if channel.kind == COMPONENT_KIND_PAID]
    with st.form("plan"):
        left, right = st.columns(2)
        budget = left.number_input(
            f"Budget over the horizon, {recent.units.currency}",
            min_value=0.0,
            value=float(round(recent.total_paid.spend)),
            help="Begins with the spend of the last year of data.",
        )
        horizon = right.number_input("Periods", min_value=1, max_value=520, value=52)
        st.caption("Bounds on a channel's spend over the horizon; leave empty where it is free.")
        bounds = st.data_editor(
            pd.DataFrame(
                {
                    "name": [channel.name for channel in paid],
                    "Channel": [channel.display_name for channel in paid],
                    "Last year": [round(channel.spend, 2) for channel in paid],
                    "At least": pd.Series([None] * len(paid), dtype="float64"),
                    "At most": pd.Series([None] * len(paid), dtype="float64"),
                }
            ),
            hide_index=True,
            disabled=["Channel", "Last year"],
            column_config={"name": None, "Last year": st.column_config.NumberColumn(format="localized")},
        )
        sent = st.form_submit_button("Optimize", type="primary", icon=":material/calculate:")
    if sent:
        with st.spinner("Searching the best split"), showing_errors():
            settings = PlanSettings(horizon_periods=int(horizon), bounds=bounds_of(bounds))
            plan = client().optimize(fit, budget, settings=settings)
            st.session_state[_PLAN] = (fit, plan)


def bounds_of(table: pd.DataFrame) -> list[ChannelBounds]:
    """Read the bounds people gave."""
    bounds = []
    for _, row in table.iterrows():
        minimum, maximum = row["At least"], row["At most"]
        if pd.isna(minimum) and pd.isna(maximum):
            continue
        bounds.append(
            ChannelBounds(
                channel=row["name"],
                minimum=None if pd.isna(minimum) else float(minimum),
                maximum=None if pd.isna(maximum) else float(maximum),
            )
        )
    return bounds


def _show(answer_: OptimizeBudgetResponse) -> None:
    plan, units = answer_.plan, answer_.units
    gained, better, chance, returned = st.columns(4)
    gained.metric(f"{units.kpi_display_name} gained", short(plan.outcome.median), border=True)
    gained.caption(interval(plan.outcome))
    better.metric("More than the present split", short(plan.improvement.median), border=True)
    better.caption(interval(plan.improvement))
    chance.metric("Chance that it is better", f"{plan.improvement_probability:.0%}", border=True)
    if plan.HasField("roi"):
        returned.metric("ROI of the budget", short(plan.roi.median), border=True)
        returned.caption(interval(plan.roi))
    elif plan.HasField("cost_per_unit"):
        returned.metric(f"Cost per {units.kpi_display_name}", short(plan.cost_per_unit.median), border=True)
        returned.caption(interval(plan.cost_per_unit))
    table = tables.plan_table(plan)
    st.altair_chart(charts.allocation(table))
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "Now": st.column_config.NumberColumn(format="localized"),
            "Plan": st.column_config.NumberColumn(format="localized"),
            "Per period": st.column_config.NumberColumn(format="localized"),
            "Change": st.column_config.NumberColumn(format="percent"),
        },
    )
    solver = plan.solver
    st.caption(
        f"“Now” is the present split scaled to the last year's level. Solver: {solver.method}, "
        f"{solver.iterations} iterations, budget met within {abs(solver.budget_residual):.2g}, "
        f"first-order optimality {solver.optimality_residual:.2g}."
    )
