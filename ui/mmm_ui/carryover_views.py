"""The part of the results page about carryover."""

import altair as alt
import pandas as pd
import streamlit as st

from mmm.analysis.v1.analysis_service_pb2 import GetCarryoverResponse
from mmm_ui.charts import COMPONENT_COLOURS, AnyChart
from mmm_ui.wording import interval


def carryover(found: GetCarryoverResponse) -> None:
    """Draw how the effect of every medium is spread over time, and its half-life."""
    st.caption(
        "Share of an exposure's effect that is felt so many periods after it: median and interval. The "
        "half-life is when half of it has been felt."
    )
    st.altair_chart(_chart(carryover_points(found)))
    st.dataframe(half_life_table(found), hide_index=True)


def carryover_points(found: GetCarryoverResponse) -> pd.DataFrame:
    """Share of the effect by medium and period after the exposure."""
    return pd.DataFrame(
        [
            {
                "medium": curve.display_name,
                "period": period,
                "median": weight.median,
                "lower": weight.lower,
                "upper": weight.upper,
            }
            for curve in found.curves
            for period, weight in enumerate(curve.weights)
        ]
    )


def half_life_table(found: GetCarryoverResponse) -> pd.DataFrame:
    """One row per medium."""
    return pd.DataFrame(
        [
            {
                "Medium": curve.display_name,
                "Half-life (periods)": interval(curve.half_life_periods),
                "Felt at once": interval(curve.weights[0]),
                "Periods in all": len(curve.weights),
            }
            for curve in found.curves
        ]
    )


def _chart(points: pd.DataFrame) -> AnyChart:
    media = list(dict.fromkeys(points["medium"]))
    base = alt.Chart(points).encode(
        x=alt.X("period:Q", title="Periods after the exposure", axis=alt.Axis(tickMinStep=1, format="d")),
        color=alt.Color(
            "medium:N",
            scale=alt.Scale(domain=media, range=list(COMPONENT_COLOURS)),
            legend=alt.Legend(orient="top", title=None),
        ),
    )
    bands = base.mark_area(opacity=0.12).encode(
        y=alt.Y("lower:Q", title="Share of the effect", stack=None, axis=alt.Axis(format="%")), y2="upper:Q"
    )
    lines = base.mark_line(strokeWidth=2, point=True).encode(
        y="median:Q",
        tooltip=[
            alt.Tooltip("medium:N", title="Medium"),
            alt.Tooltip("period:Q", title="Periods after"),
            alt.Tooltip("median:Q", format=".1%", title="Median"),
            alt.Tooltip("lower:Q", format=".1%", title="Lower"),
            alt.Tooltip("upper:Q", format=".1%", title="Upper"),
        ],
    )
    return alt.layer(bands, lines).properties(height=300)
