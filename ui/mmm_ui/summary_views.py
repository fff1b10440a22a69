"""The part of the results page that concludes: what to do, what is known, what to learn next."""

import altair as alt
import streamlit as st

from mmm.analysis.v1.analysis_service_pb2 import GetSummaryResponse
from mmm_charts.style import ACCENT, FRAME_HEIGHT
from mmm_core.advice_words import ADVICE_AND_PLANS, hurdle_sentence
from mmm_ui import summary_tables

_PERCENT = st.column_config.NumberColumn(format="percent")
_SENTENCE = st.column_config.TextColumn(width="large")
# Two lines of a sentence.
_ROW_HEIGHT = 56


def summary(found: GetSummaryResponse) -> None:
    """Draw the executive summary."""
    st.markdown(f"#### {found.headline}")
    st.subheader("What to do")
    st.dataframe(
        summary_tables.advice_table(found),
        hide_index=True,
        row_height=_ROW_HEIGHT,
        column_config={"Pays": _PERCENT, "In words": _SENTENCE},
    )
    st.caption(
        f"{hurdle_sentence(found.hurdle, found.units)} Pays: the probability that it does. Breakeven spend: "
        "where, in the median, it stops to; headroom: how far that is from what was spent, with its "
        f"interval. {ADVICE_AND_PLANS}"
    )
    st.subheader("What is known")
    st.dataframe(
        summary_tables.knowledge_table(found),
        hide_index=True,
        column_config={
            "Width of the interval": _PERCENT,
            "Learnt from the data": _PERCENT,
            "In words": _SENTENCE,
        },
    )
    st.caption(
        "Width: of the 90 % interval of the return, relative to its median. Learnt: how much of what was "
        "open before the data took away."
    )
    _experiment(found)


def _experiment(found: GetSummaryResponse) -> None:
    if not found.information:
        return
    st.subheader("What an experiment is worth")
    st.markdown(found.experiment)
    points = summary_tables.information_points(found)
    bars = (
        alt.Chart(points)
        .mark_bar(color=ACCENT, cornerRadiusEnd=3)
        .encode(
            y=alt.Y("channel:N", sort=None, title=None, axis=alt.Axis(labelLimit=180)),
            x=alt.X(
                "worth:Q",
                title=f"Worth of knowing its response exactly, {summary_tables.information_unit(found)}",
                axis=alt.Axis(format="~s"),
            ),
            tooltip=[
                alt.Tooltip("channel:N", title="Channel"),
                alt.Tooltip("worth:Q", format=",.3s", title="Worth"),
                alt.Tooltip("share:Q", format=".0%", title="Share of what is open about the plan"),
            ],
        )
        .properties(height=FRAME_HEIGHT + 26 * len(points))
    )
    st.altair_chart(bars)
