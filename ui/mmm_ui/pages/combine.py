"""Add up several outcomes that the same money brought, each by its value."""

from collections.abc import Mapping

import altair as alt
import pandas as pd
import streamlit as st

from mmm.analysis.v1.analysis_pb2 import CombinedOutcome
from mmm.analysis.v1.analysis_service_pb2 import GetCombinedResultsResponse
from mmm_charts.style import COMPONENT_COLOURS, FRAME_HEIGHT
from mmm_ui import charts, combination_tables
from mmm_ui.access import client, showing_errors
from mmm_ui.outcome_values import choose_value
from mmm_ui.state import answer, choose_fits
from mmm_ui.wording import interval_name, short

_PERCENT = st.column_config.NumberColumn(format="percent")
_COMPACT = st.column_config.NumberColumn(format="compact")


def render() -> None:
    """Draw the page."""
    st.title("Combine")
    st.caption(
        "Fits of several outcomes of the same media, like sales and sign-ups: what each channel brings of "
        "all of them, by their value. The money is counted once; the fits count as independent."
    )
    with showing_errors():
        labels = choose_fits("Fits, one for each outcome")
        if labels is None:
            st.info("No finished fit yet.", icon=":material/info:")
        elif len(labels) < 2:
            st.info("Choose at least two fits.", icon=":material/info:")
        else:
            _ask(labels)


def _ask(labels: Mapping[str, str]) -> None:
    values, hurdle = _choose_values(labels)
    outcomes = [CombinedOutcome(fit=name, value_per_unit=value) for name, value in values.items()]

    def in_words(field: str) -> str:
        place = field.removeprefix("outcomes[").partition("]")[0]
        return f"Value of {list(labels.values())[int(place)]}" if place.isdigit() else field

    with showing_errors(in_words):
        question = ("combination", *values.items(), hurdle)
        _show(answer(question, lambda: client().combined_results(outcomes, hurdle=hurdle)))


def _choose_values(labels: Mapping[str, str]) -> tuple[dict[str, float | None], float]:
    values = {}
    columns = st.columns(min(len(labels) + 1, 4))
    for place, (name, label) in enumerate(labels.items()):
        values[name] = choose_value(columns[place % len(columns)], name, label, f"value {name}")
    hurdle = columns[len(labels) % len(columns)].number_input(
        "What the next unit of money is to return", value=1.0, key="combine hurdle"
    )
    return values, hurdle


def _show(found: GetCombinedResultsResponse) -> None:
    _headline(found)
    st.dataframe(
        combination_tables.channel_table(found),
        hide_index=True,
        column_config={"Spend": _COMPACT, "Share of spend": _PERCENT, "Pays": _PERCENT},
    )
    st.caption(
        "Medians with their interval. Pays: probability that the next unit of money returns the hurdle."
    )
    points = combination_tables.return_points(found)
    if not points.empty:
        st.subheader("ROI by channel")
        st.altair_chart(charts.comparison(points, "Value per unit of money"))
    st.subheader("Value by outcome")
    shares = combination_tables.outcome_values(found)
    st.altair_chart(_by_outcome(shares, found.units[0].currency))
    st.dataframe(
        shares.rename(columns=str.capitalize),
        hide_index=True,
        column_config={"Units": _COMPACT, "Value": _COMPACT, "Share": _PERCENT},
    )


def _headline(found: GetCombinedResultsResponse) -> None:
    total, currency = found.total, found.units[0].currency
    spend, value, returned, following = st.columns(4)
    spend.metric(f"Spend, {currency}", short(total.spend), border=True)
    spend.caption(f"{found.window.start} to {found.window.end}")
    value.metric(f"Value of all outcomes, {currency}", short(total.value.median), border=True)
    value.caption(
        f"{interval_name(total.value.probability)}: {short(total.value.lower)} – {short(total.value.upper)}"
    )
    if total.HasField("roi"):
        returned.metric("ROI", short(total.roi.median), border=True)
        following.metric("Marginal ROI", short(total.marginal_roi.median), border=True)


def _by_outcome(values: pd.DataFrame, currency: str) -> alt.Chart:
    outcomes = list(dict.fromkeys(values["outcome"]))
    return (
        alt.Chart(values)
        .mark_bar()
        .encode(
            y=alt.Y("channel:N", sort=None, title=None, axis=alt.Axis(labelLimit=180)),
            x=alt.X("value:Q", title=f"Average value, {currency}", axis=alt.Axis(format="~s")),
            color=alt.Color(
                "outcome:N",
                scale=alt.Scale(domain=outcomes, range=list(COMPONENT_COLOURS)),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=[
                alt.Tooltip("channel:N", title="Channel"),
                alt.Tooltip("outcome:N", title="Outcome"),
                alt.Tooltip("value:Q", format=",.4s", title="Value"),
                alt.Tooltip("share:Q", format=".1%", title="Share of the channel's value"),
            ],
        )
        .properties(height=FRAME_HEIGHT + 26 * values["channel"].nunique())
    )
