"""How the effects of media are spread over time."""

import altair as alt
import pandas as pd

from mmm.analysis.v1.analysis_service_pb2 import GetCarryoverResponse
from mmm_charts.style import COMPONENT_COLOURS, AnyChart


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


def carryover_chart(points: pd.DataFrame) -> AnyChart:
    """Share of the effect over the periods after the exposure, one line per medium."""
    media = list(dict.fromkeys(points["medium"]))
    base = alt.Chart(points).encode(
        x=alt.X("period:Q", title="Periods after the exposure", axis=alt.Axis(tickMinStep=1, format="d")),
        color=alt.Color(
            "medium:N",
            scale=alt.Scale(domain=media, range=list(COMPONENT_COLOURS)),
            legend=alt.Legend(orient="top", title=None, symbolOpacity=1),
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
