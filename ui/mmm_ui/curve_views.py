"""The part of the results page about response curves and the points worth marking on them."""

import streamlit as st

from mmm.analysis.v1.analysis_pb2 import ChannelResult
from mmm.analysis.v1.analysis_service_pb2 import GetChannelResultsResponse, GetResponseCurvesResponse
from mmm_charts.curves import curve_chart, curve_points, mark_points
from mmm_core.advice_words import breakeven_spend, headroom_with_interval


def curves(found: GetResponseCurvesResponse, channels: GetChannelResultsResponse) -> None:
    """Draw response curves, two in a row."""
    st.caption(
        "KPI gained when a channel's spend is multiplied, its timing kept, with its interval. Marked are "
        "what was spent, where the next unit of money stops paying (in the median), and the spend whose "
        "largest period is the largest ever observed: beyond it the curve is dashed and an extrapolation."
    )
    rows = {row.name: row for row in channels.channels}
    for place in range(0, len(found.curves), 2):
        for column, curve in zip(st.columns(2), found.curves[place : place + 2], strict=False):
            with column:
                st.markdown(f"**{curve.display_name}**")
                st.altair_chart(curve_chart(curve_points(curve), mark_points(curve)))
                st.caption(_breakeven(rows[curve.name]))


def _breakeven(row: ChannelResult) -> str:
    if not row.HasField("breakeven"):
        return "Nothing was spent in this window."
    return f"Breakeven {breakeven_spend(row.breakeven)}, headroom {headroom_with_interval(row.breakeven)}"
