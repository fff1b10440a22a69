"""Charts of scenarios side by side."""

import altair as alt
import pandas as pd

from mmm_charts.style import COMPONENT_COLOURS, FRAME_HEIGHT, AnyChart

_ROW_HEIGHT = 26


def outcomes(points: pd.DataFrame, kpi: str) -> AnyChart:
    """Outcome of every scenario with its interval."""
    order = list(points["scenario"])
    base = alt.Chart(points).encode(
        y=alt.Y("scenario:N", sort=order, title=None, axis=alt.Axis(labelLimit=180)),
        color=_colour(order, legend=None),
        tooltip=[
            alt.Tooltip("scenario:N", title="Scenario"),
            alt.Tooltip("mean:Q", format=",.4s", title="On average"),
            alt.Tooltip("lower:Q", format=",.4s", title="Lower"),
            alt.Tooltip("upper:Q", format=",.4s", title="Upper"),
        ],
    )
    bars = base.mark_rule(strokeWidth=4, opacity=0.75, strokeCap="round").encode(
        x=alt.X("lower:Q", title=f"{kpi} gained", axis=alt.Axis(format="~s"), scale=alt.Scale(zero=False)),
        x2="upper:Q",
    )
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(x="mean:Q")
    return alt.layer(bars, dots).properties(height=FRAME_HEIGHT + _ROW_HEIGHT * len(order))


def spends(table: pd.DataFrame) -> alt.Chart:
    """Spend of every channel, scenarios side by side."""
    order = list(dict.fromkeys(table["scenario"]))
    return (
        alt.Chart(table)
        .mark_bar(cornerRadiusEnd=3)
        .encode(
            y=alt.Y("channel:N", sort=None, title=None, axis=alt.Axis(labelLimit=180)),
            yOffset=alt.YOffset("scenario:N", sort=order),
            x=alt.X("spend:Q", title="Spend over the horizon", axis=alt.Axis(format="~s")),
            color=_colour(order, legend=alt.Legend(orient="top", title=None)),
            tooltip=["channel:N", "scenario:N", alt.Tooltip("spend:Q", format=",.4s")],
        )
        .properties(height=FRAME_HEIGHT + _ROW_HEIGHT * len(table))
    )


def _colour(scenarios: list[str], legend: alt.Legend | None) -> alt.Color:
    scale = alt.Scale(domain=scenarios, range=list(COMPONENT_COLOURS))
    return alt.Color("scenario:N", scale=scale, legend=legend)
