"""The part of the results page about what the money of each medium returns."""

import altair as alt
import pandas as pd
import streamlit as st

from mmm.analysis.v1.analysis_service_pb2 import GetChannelResultsResponse
from mmm_client.advice_words import hurdle_sentence
from mmm_ui import charts, tables
from mmm_ui.charts import ACCENT, FRAME_HEIGHT, INK, MUTED, ROW_HEIGHT, AnyChart
from mmm_ui.wording import interval_name, return_words

_PERCENT = st.column_config.NumberColumn(format="percent")
_SPEND, _EFFECT = "Of spend", "Of media effect"


def returns(found: GetChannelResultsResponse) -> None:
    """Draw returns with what was believed before, the channel table, and spend beside effect."""
    words = return_words(found.units)
    probability = found.total_paid.incremental_outcome.probability
    st.subheader(f"{words.title} by channel")
    st.caption(
        f"Dot: median. Bar: {interval_name(probability)}. Grey is what was believed before; "
        "where green looks like grey, the data said little."
    )
    points = tables.return_points(found.channels, words)
    if not points.empty:
        break_even = 1.0 if words.title == "ROI" else None
        st.altair_chart(charts.returns(points, words.title, break_even))
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
    shares = share_points(found)
    if not shares.empty:
        st.subheader("Share of spend and share of effect")
        st.altair_chart(_shares(shares))


def share_points(found: GetChannelResultsResponse) -> pd.DataFrame:
    """Shares of spend and of the media effect, for media with a cost; the effect with its interval."""
    rows = []
    for row in found.channels:
        if not row.HasField("spend_share"):
            continue
        effect, spend = row.media_effect_share, row.spend_share
        rows.append((row.display_name, _SPEND, spend, spend, spend))
        rows.append((row.display_name, _EFFECT, effect.median, effect.lower, effect.upper))
    return pd.DataFrame(rows, columns=["channel", "share", "value", "lower", "upper"])


def _shares(points: pd.DataFrame) -> AnyChart:
    order = [_SPEND, _EFFECT]
    base = alt.Chart(points).encode(
        y=alt.Y("channel:N", sort=None, title=None, axis=alt.Axis(labelLimit=180)),
        yOffset=alt.YOffset("share:N", sort=order),
    )
    bars = base.mark_bar(cornerRadiusEnd=3).encode(
        x=alt.X("value:Q", title="Share", axis=alt.Axis(format="%")),
        color=alt.Color(
            "share:N",
            scale=alt.Scale(domain=order, range=[MUTED, ACCENT]),
            legend=alt.Legend(orient="top", title=None),
        ),
        tooltip=[
            alt.Tooltip("channel:N", title="Channel"),
            alt.Tooltip("share:N", title="Share"),
            alt.Tooltip("value:Q", format=".1%", title="Median"),
            alt.Tooltip("lower:Q", format=".1%", title="Lower"),
            alt.Tooltip("upper:Q", format=".1%", title="Upper"),
        ],
    )
    whiskers = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="lower:Q", x2="upper:Q")
    return alt.layer(bars, whiskers).properties(
        height=FRAME_HEIGHT + ROW_HEIGHT * points["channel"].nunique()
    )
