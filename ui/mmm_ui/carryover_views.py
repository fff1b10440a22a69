"""The part of the results page about carryover."""

import pandas as pd
import streamlit as st

from mmm.analysis.v1.analysis_service_pb2 import GetCarryoverResponse
from mmm_charts.carryover import carryover_chart, carryover_points
from mmm_ui.wording import interval


def carryover(found: GetCarryoverResponse) -> None:
    """Draw how the effect of every medium is spread over time, and its half-life."""
    st.caption(
        "Share of an exposure's effect that is felt so many periods after it: median and interval. The "
        "half-life is when half of it has been felt."
    )
    st.altair_chart(carryover_chart(carryover_points(found)))
    st.dataframe(half_life_table(found), hide_index=True)


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
