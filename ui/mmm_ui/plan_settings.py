"""The settings of a plan as widgets: the same for every way of planning."""

import pandas as pd
import streamlit as st

from mmm.optimizer.v1.optimizer_pb2 import FLIGHTING_AS_LAST_YEAR, FLIGHTING_EVEN, PlanSettings
from mmm_client.plan_words import DEFAULT_RISK_LEVEL, UTILITY_WORDS
from mmm_ui import plan_lists
from mmm_ui.plan_context import PlanContext
from mmm_ui.plan_lists import EMPTY, LIMITS, PERCENT_LIMITS, amounts
from mmm_ui.plan_outcomes import other_outcomes
from mmm_ui.plan_rows import PERCENT, bounds_of, costs_of, flights_of

_FLIGHTING = {FLIGHTING_EVEN: "Evenly", FLIGHTING_AS_LAST_YEAR: "As in the last year"}
_LONGEST_HORIZON = 520
_USUAL_MASS = 0.9
_TABS = (
    "Groups",
    "Ratios",
    "Periods",
    "Demand",
    "Prices",
    "Own flighting",
    "Other outcomes",
    "Risk and start",
)
_STEADY, _BASELINE, _OWN = "The same in every period", "As the baseline moves", "Own index"


def settings_form(context: PlanContext) -> PlanSettings:
    """Draw the settings and return what they say."""
    left, middle, right = st.columns(3)
    periods = int(
        left.number_input(
            "Periods",
            min_value=1,
            max_value=_LONGEST_HORIZON,
            value=context.year,
            key=context.key("periods"),
            help="How many periods after the data are planned. Begins with one year.",
        )
    )
    utility = middle.selectbox(
        "What is maximised", list(UTILITY_WORDS), format_func=UTILITY_WORDS.__getitem__, key="plan utility"
    )
    flighting = right.selectbox(
        "How money is spread over the periods",
        list(_FLIGHTING),
        format_func=_FLIGHTING.__getitem__,
        key="plan flighting",
    )
    settings = PlanSettings(horizon_periods=periods, utility=utility, flighting=flighting)
    settings.bounds.extend(bounds_of(_bounds(context)))
    with st.expander("More settings", icon=":material/tune:"):
        _more(context, settings, periods)
    return settings


def _bounds(context: PlanContext) -> pd.DataFrame:
    st.caption(
        "Limits of single channels over the whole horizon, in money or in percent of the last year's level "
        "(-30 is 30 % less). Leave empty what is free. “Or nothing” lets a channel be off altogether instead "
        "of keeping its minimum."
    )
    slugs = list(context.channels)
    table = pd.DataFrame(
        {
            "channel": slugs,
            "Channel": list(context.channels.values()),
            "Last year, per period": [round(context.level[slug], 2) for slug in slugs],
            **{limit: _numbers(len(slugs)) for limit in (*LIMITS, *PERCENT_LIMITS)},
            "Or nothing": False,
        }
    )
    return st.data_editor(
        table,
        hide_index=True,
        placeholder=EMPTY,
        disabled=["Channel", "Last year, per period"],
        column_config={
            "channel": None,
            "Last year, per period": st.column_config.NumberColumn(format="localized"),
            **amounts(LIMITS),
        },
        key=context.key("bounds"),
    )


def _more(context: PlanContext, settings: PlanSettings, periods: int) -> None:
    names = [*_TABS, "Cells"] if context.cells else _TABS
    tabs = dict(zip(names, st.tabs(names), strict=True))
    if context.cells:
        with tabs["Cells"]:
            settings.cell_budgets.extend(plan_lists.cell_budgets(context))
            settings.split_cells = _split_cells(context)
    with tabs["Groups"]:
        settings.groups.extend(plan_lists.groups(context))
    with tabs["Ratios"]:
        settings.ratios.extend(plan_lists.ratios(context))
    with tabs["Periods"]:
        settings.period_budgets.extend(plan_lists.period_budgets(context, periods))
    with tabs["Demand"]:
        _demand(context, settings, periods)
    with tabs["Prices"]:
        settings.costs.extend(costs_of(_rises(context), _by_period(context, periods, "prices")))
    with tabs["Own flighting"]:
        st.caption(
            "Weights in any unit, for channels that shall not be spread as chosen above. An empty column is "
            "spread as above; in a column with a weight, an empty period is off air."
        )
        settings.flights.extend(flights_of(_by_period(context, periods, "weights")))
    with tabs["Other outcomes"]:
        other_outcomes(context, settings)
    with tabs["Risk and start"]:
        _risk_and_start(context, settings)


def _split_cells(context: PlanContext) -> bool:
    return st.checkbox(
        "Money may move between cells",
        key=context.key("split cells"),
        help="Else a channel's money goes to the cells as in the last year. Limits of cells imply it.",
    )


def _demand(context: PlanContext, settings: PlanSettings, periods: int) -> None:
    kind = st.radio(
        "What media bring in a period",
        [_STEADY, _BASELINE, _OWN],
        key=context.key("demand"),
        help="“As the baseline moves” takes the trend and seasonality that the fit expects, relative to the "
        "last year. An own index is a factor: 1.2 is 20 % more than on average.",
    )
    settings.demand_of_baseline = kind == _BASELINE
    if kind == _OWN:
        table = st.data_editor(
            pd.DataFrame({"Index": [1.0] * periods}, index=_periods(periods)),
            key=context.key(f"demand {periods}"),
        )
        settings.demand_index.extend(table["Index"].fillna(1.0).tolist())


def _rises(context: PlanContext) -> pd.DataFrame:
    st.caption("How much dearer exposure gets: a rise per year (5 is 5 %), and an index per period below.")
    slugs = list(context.channels)
    return st.data_editor(
        pd.DataFrame(
            {
                "channel": slugs,
                "Channel": list(context.channels.values()),
                "Rise per year %": _numbers(len(slugs)),
            }
        ),
        hide_index=True,
        placeholder=EMPTY,
        disabled=["Channel"],
        column_config={"channel": None},
        key=context.key("rises"),
    )


def _by_period(context: PlanContext, periods: int, what: str) -> pd.DataFrame:
    """Ask for a number per period and channel; slugs in the columns."""
    table = pd.DataFrame({slug: _numbers(periods) for slug in context.channels})
    table.index = _periods(periods)
    return st.data_editor(
        table,
        height=260,
        placeholder=EMPTY,
        column_config={slug: st.column_config.NumberColumn(name) for slug, name in context.channels.items()},
        key=context.key(f"{what} {periods}"),
    )


def _risk_and_start(context: PlanContext, settings: PlanSettings) -> None:
    left, middle, right = st.columns(3)
    level = left.number_input(
        "Worst cases that measures of risk look at, %",
        min_value=0.1,
        max_value=99.9,
        value=DEFAULT_RISK_LEVEL * PERCENT,
        key=context.key("risk"),
        help="For value at risk and conditional value at risk.",
    )
    settings.risk_level = level / PERCENT
    mass = middle.number_input(
        "Mass of intervals, %",
        min_value=1.0,
        max_value=99.9,
        value=_USUAL_MASS * PERCENT,
        key=context.key("mass"),
        help="How likely the model thinks it that a figure lies in the interval given with it.",
    )
    settings.interval_probability = mass / PERCENT
    settings.from_standing_start = right.checkbox(
        "From a standing start",
        key=context.key("standing start"),
        help="As if nothing had been spent before. Else what is left of it saturates channels already.",
    )


def _numbers(count: int) -> pd.Series:
    return pd.Series([None] * count, dtype="float64")


def _periods(count: int) -> pd.Index:
    return pd.RangeIndex(1, count + 1, name="Period")
