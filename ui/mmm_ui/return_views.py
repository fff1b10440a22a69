"""The part of the results page about what the money of each medium returns."""

import streamlit as st

from mmm.analysis.v1.analysis_service_pb2 import GetChannelResultsResponse
from mmm_charts.returns import return_chart, return_points, share_chart, share_points
from mmm_core.advice_words import hurdle_sentence
from mmm_core.return_words import return_words
from mmm_ui import tables
from mmm_ui.wording import interval_name

_PERCENT = st.column_config.NumberColumn(format="percent")


def returns(found: GetChannelResultsResponse) -> None:
    """Draw returns with what was believed before, the channel table, and spend beside effect."""
    words = return_words(found.units)
    probability = found.total_paid.incremental_outcome.probability
    st.subheader(f"{words.title} by channel")
    st.caption(
        f"Dot: median. Bar: {interval_name(probability)}. Grey is what was believed before; "
        "where green looks like grey, the data said little."
    )
    points = return_points(found.channels, words)
    if not points.empty:
        break_even = 1.0 if words.title == "ROI" else None
        st.altair_chart(return_chart(points, words.title, break_even))
    st.dataframe(
        tables.channel_table(found),
        hide_index=True,
        column_config={
            "Spend": st.column_config.NumberColumn(format="compact"),
            "Share of spend": _PERCENT,
            "Share of KPI": _PERCENT,
            "Share of media effect": _PERCENT,
            "Pays": _PERCENT,
            "Half-life (periods)": st.column_config.NumberColumn(format="%.1f"),
        },
    )
    st.caption(
        f"{hurdle_sentence(found.hurdle, found.units)} Pays: the probability that it does. Gained: because "
        "of the spend of this window, carryover after it included. Contribution: the part of the KPI of this "
        "window's periods, carryover of earlier spend included."
    )
    shares = share_points(found.channels)
    if not shares.empty:
        st.subheader("Share of spend and share of effect")
        st.altair_chart(share_chart(shares))
