"""The part of the results page about what made the KPI."""

import altair as alt
import streamlit as st

from mmm.analysis.v1.analysis_pb2 import (
    RESOLUTION_MONTH,
    RESOLUTION_QUARTER,
    RESOLUTION_UNSPECIFIED,
    RESOLUTION_YEAR,
    Resolution,
)
from mmm_charts.contributions import (
    contribution_chart,
    contribution_series,
    contribution_totals,
    kpi_chart,
    kpi_series,
    total_chart,
)
from mmm_ui.result_questions import ResultQuestion

_RESOLUTIONS: dict[Resolution, str] = {
    RESOLUTION_UNSPECIFIED: "Periods of the data",
    RESOLUTION_MONTH: "Months",
    RESOLUTION_QUARTER: "Quarters",
    RESOLUTION_YEAR: "Years",
}
_TIME_UNITS: dict[Resolution, str] = {
    RESOLUTION_MONTH: "yearmonth",
    RESOLUTION_QUARTER: "yearquarter",
    RESOLUTION_YEAR: "year",
}


def contributions(question: ResultQuestion) -> None:
    """Draw what made the KPI, over time and in total."""
    st.subheader("What made the KPI, period by period")
    resolution = st.selectbox(
        "Added up to",
        list(_RESOLUTIONS),
        format_func=_RESOLUTIONS.__getitem__,
        width=260,
        key=f"results resolution {question.fit}",
    )
    found = question.contributions(resolution)
    chart = contribution_chart(contribution_series(found))
    if resolution != RESOLUTION_UNSPECIFIED:
        st.caption("The first and the last may hold fewer periods than the others.")
        chart = chart.mark_bar().encode(x=alt.X(f"{_TIME_UNITS[resolution]}(date):T", title=None))
    st.altair_chart(chart)
    left, right = st.columns(2)
    with left:
        st.subheader("In total")
        st.altair_chart(total_chart(contribution_totals(found)))
    with right:
        st.subheader("Observed and expected")
        st.caption("Dashed: observed. Green: expected with its interval.")
        st.altair_chart(kpi_chart(kpi_series(found)))
