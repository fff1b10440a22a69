"""Charts of forecasts, and of several fits side by side."""

import altair as alt
import pandas as pd

from mmm_charts.style import ACCENT, COMPONENT_COLOURS, FRAME_HEIGHT, INK, AnyChart


def forecast(series: pd.DataFrame, kpi: str) -> AnyChart:
    """Expected KPI with its interval, inside that of the KPI with chance; what was observed, when known."""
    base = alt.Chart(series).encode(x=alt.X("date:T", title=None))
    axis = alt.Axis(format="~s")
    outer = base.mark_area(color=ACCENT, opacity=0.12).encode(
        y=alt.Y("predicted_lower:Q", title=kpi, axis=axis, scale=alt.Scale(zero=False)),
        y2="predicted_upper:Q",
    )
    inner = base.mark_area(color=ACCENT, opacity=0.25).encode(y="lower:Q", y2="upper:Q")
    expected = base.mark_line(color=ACCENT, strokeWidth=2, point=alt.OverlayMarkDef(color=ACCENT)).encode(
        y="expected:Q",
        tooltip=[
            alt.Tooltip("date:T", title="Period"),
            alt.Tooltip("expected:Q", format=",.4s", title="Expected"),
            alt.Tooltip("predicted_lower:Q", format=",.4s", title="Lower, with chance"),
            alt.Tooltip("predicted_upper:Q", format=",.4s", title="Upper, with chance"),
        ],
    )
    observed = base.transform_filter("isValid(datum.observed)").mark_line(
        color=INK, strokeWidth=1.2, strokeDash=[3, 2]
    )
    return alt.layer(outer, inner, expected, observed.encode(y="observed:Q")).properties(height=320)


def comparison(points: pd.DataFrame, title: str) -> AnyChart:
    """Return of every channel in several fits."""
    base = alt.Chart(points).encode(
        y=alt.Y("channel:N", title=None, axis=alt.Axis(labelLimit=180)),
        yOffset="fit:N",
        color=alt.Color(
            "fit:N",
            scale=alt.Scale(range=list(COMPONENT_COLOURS)),
            legend=alt.Legend(orient="top", title=None),
        ),
    )
    bars = base.mark_rule(strokeWidth=4, opacity=0.75).encode(
        x=alt.X("lower:Q", title=title, axis=alt.Axis(tickCount=8)), x2="upper:Q"
    )
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(x="median:Q")
    rows = points["channel"].nunique() * points["fit"].nunique()
    return alt.layer(bars, dots).properties(height=FRAME_HEIGHT + 26 * rows)
