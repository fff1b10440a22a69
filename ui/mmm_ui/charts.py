"""Charts, all in one hand."""

import altair as alt
import pandas as pd

type AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart

ACCENT = "#0f766e"
MUTED = "#9aa7b1"
INK = "#18212b"
KIND_COLOURS = {
    "Baseline": "#d5dce0",
    "Paid media": "#0f766e",
    "Owned media": "#65a30d",
    "Competitors": "#b91c1c",
    "Controls": "#b45309",
    "Events": "#6d28d9",
}
COMPONENT_COLOURS = (
    "#0f766e", "#14b8a6", "#0369a1", "#38bdf8", "#6366f1", "#65a30d", "#b91c1c", "#f59e0b", "#6d28d9",
    "#db2777", "#78716c", "#84cc16",
)  # fmt: skip
ROW_HEIGHT = 46
# Legend and axis take their part of a chart's height.
FRAME_HEIGHT = 110


def returns(points: pd.DataFrame, title: str, break_even: float | None) -> AnyChart:
    """Interval of every channel's return, posterior over prior, with the break-even line."""
    order = points.loc[points["source"] == "Posterior"].sort_values("median", ascending=False)["channel"]
    colour = alt.Color(
        "source:N",
        scale=alt.Scale(domain=["Posterior", "Prior"], range=[ACCENT, MUTED]),
        legend=alt.Legend(orient="top", title=None),
    )
    base = alt.Chart(points).encode(
        y=alt.Y("channel:N", sort=list(order), title=None, axis=alt.Axis(labelLimit=180)),
        yOffset=alt.YOffset("source:N", sort=["Posterior", "Prior"]),
        color=colour,
        tooltip=[
            alt.Tooltip("channel:N", title="Channel"),
            alt.Tooltip("source:N", title="Source"),
            alt.Tooltip("median:Q", format=",.3g", title="Median"),
            alt.Tooltip("lower:Q", format=",.3g", title="Lower"),
            alt.Tooltip("upper:Q", format=",.3g", title="Upper"),
        ],
    )
    bars = base.mark_rule(strokeWidth=4, opacity=0.75, strokeCap="round").encode(
        x=alt.X("lower:Q", title=title, axis=alt.Axis(tickCount=8)), x2="upper:Q"
    )
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(x="median:Q")
    layers = [bars, dots]
    if break_even is not None:
        line = alt.Chart(pd.DataFrame({"at": [break_even]})).mark_rule(strokeDash=[4, 4], color=INK)
        layers.append(line.encode(x="at:Q"))
    return alt.layer(*layers).properties(height=FRAME_HEIGHT + ROW_HEIGHT * len(order))


def contributions(series: pd.DataFrame) -> alt.Chart:
    """Stacked contributions over time, baseline at the bottom."""
    components = list(dict.fromkeys(series["component"]))
    colours = ["#d5dce0" if name == "Baseline" else None for name in components]
    palette = iter(COMPONENT_COLOURS * (1 + len(components) // len(COMPONENT_COLOURS)))
    shades = [colour or next(palette) for colour in colours]
    ranked = series.assign(order=series["component"].map({n: i for i, n in enumerate(components)}))
    return (
        alt.Chart(ranked)
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
            tooltip=[
                alt.Tooltip("date:T", title="Period"),
                alt.Tooltip("component:N", title="Component"),
                alt.Tooltip("value:Q", format=",.4s", title="Contribution"),
            ],
        )
        .properties(height=340)
    )


def totals(table: pd.DataFrame) -> AnyChart:
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


def observed_and_expected(series: pd.DataFrame) -> AnyChart:
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
