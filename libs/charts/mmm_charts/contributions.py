"""What made the KPI."""

import altair as alt
import pandas as pd

from mmm.analysis.v1.analysis_pb2 import (
    COMPONENT_KIND_BASELINE,
    COMPONENT_KIND_COMPETITOR,
    COMPONENT_KIND_CONTROL,
    COMPONENT_KIND_EVENT,
    COMPONENT_KIND_OWNED,
    COMPONENT_KIND_PAID,
)
from mmm.analysis.v1.analysis_service_pb2 import GetContributionsResponse
from mmm_charts.style import ACCENT, COMPONENT_COLOURS, FRAME_HEIGHT, INK, KIND_COLOURS, AnyChart

KINDS = {
    COMPONENT_KIND_BASELINE: "Baseline",
    COMPONENT_KIND_PAID: "Paid media",
    COMPONENT_KIND_OWNED: "Owned media",
    COMPONENT_KIND_COMPETITOR: "Competitors",
    COMPONENT_KIND_CONTROL: "Controls",
    COMPONENT_KIND_EVENT: "Events",
}


def contribution_series(answer: GetContributionsResponse) -> pd.DataFrame:
    """Mean contribution by date and component; the baseline's parts are drawn as one."""
    dates = pd.to_datetime(list(answer.kpi.dates))
    frames = [
        pd.DataFrame(
            {
                "date": dates,
                "component": "Baseline" if c.kind == COMPONENT_KIND_BASELINE else c.display_name,
                "kind": KINDS[c.kind],
                "value": [point.mean for point in c.series],
            }
        )
        for c in answer.components
    ]
    keys = ["date", "component", "kind"]
    summed = pd.concat(frames).groupby(keys, sort=False)["value"].sum()
    return summed.reset_index()


def contribution_chart(series: pd.DataFrame) -> alt.Chart:
    """Stacked contributions over time, baseline at the bottom."""
    components = list(dict.fromkeys(series["component"]))
    colours = ["#d5dce0" if name == "Baseline" else None for name in components]
    palette = iter(COMPONENT_COLOURS * (1 + len(components) // len(COMPONENT_COLOURS)))
    shades = [colour or next(palette) for colour in colours]
    ranked = series.assign(order=series["component"].map({n: i for i, n in enumerate(components)}))
    return (
        alt.Chart(_by_sign(ranked))
        .mark_area()
        .encode(
            x=alt.X("date:T", title=None),
            y=alt.Y("value:Q", stack="zero", title="Contribution", axis=alt.Axis(format="~s")),
            color=alt.Color(
                "component:N",
                scale=alt.Scale(domain=components, range=shades),
                legend=alt.Legend(title=None, orient="right", symbolType="square"),
            ),
            order=alt.Order("order:O"),
            detail="sign:N",
            tooltip=[
                alt.Tooltip("date:T", title="Period"),
                alt.Tooltip("component:N", title="Component"),
                alt.Tooltip("value:Q", format=",.4s", title="Contribution"),
            ],
        )
        .properties(height=340)
    )


def _by_sign(series: pd.DataFrame) -> pd.DataFrame:
    """Draw what a component adds and what it takes away as two areas: one would jump across the others."""
    above = series["value"].clip(lower=0)
    # Of nothing, a chart would think that it lies above.
    below = series["value"].clip(upper=-1e-9 * series["value"].abs().max())
    takes_away = series["component"].isin(series.loc[series["value"] < 0, "component"])
    parts = [series.assign(value=above, sign="above"), series.assign(value=below, sign="below")[takes_away]]
    return pd.concat(parts, ignore_index=True)


def contribution_totals(answer: GetContributionsResponse) -> pd.DataFrame:
    """Total of every component with its interval."""
    return pd.DataFrame(
        [
            {
                "component": c.display_name,
                "kind": KINDS[c.kind],
                "mean": c.total.mean,
                "lower": c.total.lower,
                "upper": c.total.upper,
                "share": c.share.mean,
            }
            for c in answer.components
        ]
    )


def total_chart(table: pd.DataFrame) -> AnyChart:
    """Total of every component with its interval."""
    base = alt.Chart(table).encode(
        y=alt.Y("component:N", sort=None, title=None, axis=alt.Axis(labelLimit=180)),
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=list(KIND_COLOURS), range=list(KIND_COLOURS.values())),
            legend=None,
        ),
        tooltip=[
            alt.Tooltip("component:N", title="Component"),
            alt.Tooltip("kind:N", title="Kind"),
            alt.Tooltip("mean:Q", format=",.4s", title="Total"),
            alt.Tooltip("share:Q", format=".1%", title="Share of KPI"),
        ],
    )
    bars = base.mark_bar(cornerRadiusEnd=3).encode(
        x=alt.X("mean:Q", title="Total contribution", axis=alt.Axis(format="~s"))
    )
    whiskers = base.mark_rule(color=INK, strokeWidth=1.5).encode(
        x="lower:Q", x2="upper:Q", color=alt.value(INK)
    )
    return alt.layer(bars, whiskers).properties(height=FRAME_HEIGHT + 26 * len(table))


def kpi_series(answer: GetContributionsResponse) -> pd.DataFrame:
    """Observed and expected KPI by date."""
    return pd.DataFrame(
        {
            "date": pd.to_datetime(list(answer.kpi.dates)),
            "observed": list(answer.kpi.observed),
            "expected": [point.mean for point in answer.kpi.expected],
            "lower": [point.lower for point in answer.kpi.expected],
            "upper": [point.upper for point in answer.kpi.expected],
        }
    )


def kpi_chart(series: pd.DataFrame) -> AnyChart:
    """Observed KPI over the band of the expected one."""
    base = alt.Chart(series).encode(x=alt.X("date:T", title=None))
    axis = alt.Axis(format="~s")
    band = base.mark_area(color=ACCENT, opacity=0.22).encode(
        y=alt.Y("lower:Q", title="KPI", axis=axis, scale=alt.Scale(zero=False)), y2="upper:Q"
    )
    expected = base.mark_line(color=ACCENT, strokeWidth=2).encode(y="expected:Q")
    observed = base.mark_line(color=INK, strokeWidth=1.2, strokeDash=[3, 2]).encode(
        y="observed:Q",
        tooltip=[
            alt.Tooltip("date:T", title="Period"),
            alt.Tooltip("observed:Q", format=",.4s", title="Observed"),
            alt.Tooltip("expected:Q", format=",.4s", title="Expected"),
        ],
    )
    return alt.layer(band, expected, observed).properties(height=300)
