"""Charts of a dataset before anything is fitted."""

import altair as alt
import pandas as pd

from mmm_charts.style import ACCENT, COMPONENT_COLOURS, FRAME_HEIGHT, AnyChart

_PALETTE = alt.Scale(range=list(COMPONENT_COLOURS))
_CELL = 22


def series(table: pd.DataFrame) -> AnyChart:
    """Columns over time, one below the other, each on its own scale."""
    labelled = table["label"].nunique() > 1
    legend = alt.Legend(title=None, orient="top") if labelled else None
    lines = (
        alt.Chart(table)
        .mark_line(strokeWidth=1.5)
        .encode(
            x=alt.X("date:T", title=None),
            y=alt.Y("value:Q", title=None, axis=alt.Axis(format="~s", tickCount=4)),
            color=alt.Color("label:N", scale=_PALETTE, legend=legend),
            tooltip=[
                alt.Tooltip("date:T", title="Period"),
                alt.Tooltip("column:N", title="Column"),
                alt.Tooltip("label:N", title="Of"),
                alt.Tooltip("value:Q", format=",.4s", title="Value"),
            ],
        )
        .properties(height=110, width=820)
    )
    header = alt.Header(labelAngle=0, labelAlign="left")
    rows = alt.Row("column:N", title=None, sort=_in_order(table["column"]), header=header)
    return lines.facet(row=rows).resolve_scale(y="independent")


def histograms(table: pd.DataFrame) -> AnyChart:
    """Distribution of every column over rows."""
    bars = (
        alt.Chart(table)
        # The outline shows a bin without width, of a column that never changes.
        .mark_bar(color=ACCENT, stroke=ACCENT)
        .encode(
            x=alt.X("from:Q", title=None, axis=alt.Axis(format="~s", tickCount=5)),
            x2="to:Q",
            y=alt.Y("rows:Q", title="Rows", axis=alt.Axis(tickCount=4)),
            # A bar between two numbers has no height of its own.
            y2=alt.datum(0),
            tooltip=[
                alt.Tooltip("from:Q", format=",.4s", title="From"),
                alt.Tooltip("to:Q", format=",.4s", title="To"),
                alt.Tooltip("rows:Q", title="Rows"),
            ],
        )
        .properties(height=120, width=240)
    )
    facets = alt.Facet("column:N", title=None, sort=_in_order(table["column"]))
    return bars.facet(facet=facets, columns=3).resolve_scale(x="independent", y="independent")


def spend_shares(table: pd.DataFrame) -> AnyChart:
    """Share of spend of every channel, span by span and in total."""
    channels = _in_order(table["channel"])
    ranked = table.assign(order=table["channel"].map(channels.index))
    return (
        alt.Chart(ranked)
        .mark_bar()
        .encode(
            y=alt.Y("span:N", sort=None, title=None),
            x=alt.X(
                "share:Q",
                stack="zero",
                title="Share of spend",
                axis=alt.Axis(format="%"),
                scale=alt.Scale(domain=[0, 1]),
            ),
            order=alt.Order("order:O"),
            color=alt.Color(
                "channel:N", sort=channels, scale=_PALETTE, legend=alt.Legend(title=None, orient="right")
            ),
            tooltip=[
                alt.Tooltip("channel:N", title="Channel"),
                alt.Tooltip("span:N", title="Span"),
                alt.Tooltip("spend:Q", format=",.4s", title="Spend"),
                alt.Tooltip("share:Q", format=".1%", title="Share"),
            ],
        )
        .properties(height=FRAME_HEIGHT + 28 * table["span"].nunique())
    )


def correlations(table: pd.DataFrame) -> AnyChart:
    """Correlation of every pair of columns."""
    axis = alt.Axis(labelLimit=180, labelOverlap=False)
    columns = [
        alt.X("second:N", sort=None, title=None, axis=axis),
        alt.Y("first:N", sort=None, title=None, axis=axis),
    ]
    return (
        alt.Chart(table)
        .mark_rect()
        .encode(
            *columns,
            color=alt.Color(
                "correlation:Q",
                scale=alt.Scale(scheme="redblue", domain=[-1, 1]),
                legend=alt.Legend(title="Correlation"),
            ),
            tooltip=[
                alt.Tooltip("first:N", title="Column"),
                alt.Tooltip("second:N", title="With"),
                alt.Tooltip("correlation:Q", format=".2f", title="Correlation"),
            ],
        )
        .properties(height=alt.Step(_CELL))
    )


def _in_order(names: pd.Series) -> list[str]:
    """Names in the order of the table."""
    return [str(name) for name in names.unique()]
