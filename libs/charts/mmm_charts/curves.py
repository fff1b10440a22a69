"""Response curves and the points worth marking on them."""

import altair as alt
import pandas as pd

from mmm.analysis.v1.analysis_pb2 import (
    CURVE_MARK_KIND_BREAKEVEN,
    CURVE_MARK_KIND_CURRENT,
    CURVE_MARK_KIND_OBSERVED_MAXIMUM,
    CurveMarkKind,
    ResponseCurve,
)
from mmm_charts.style import ACCENT, INK, AnyChart

_MARKS: dict[CurveMarkKind, str] = {
    CURVE_MARK_KIND_CURRENT: "Now",
    CURVE_MARK_KIND_BREAKEVEN: "Breakeven",
    CURVE_MARK_KIND_OBSERVED_MAXIMUM: "Most ever observed",
}
_COLOURS = (INK, "#b45309", "#6366f1")
_SHAPES = ("circle", "diamond", "triangle-up")
# A curve is drawn to twice the spend, and as far as its marks lie.
_USUAL_END = 2.0


def curve_points(curve: ResponseCurve) -> pd.DataFrame:
    """Points of a response curve, up to the first that lies beyond its marks, at least to twice the spend."""
    furthest = max([_USUAL_END, *(mark.point.multiplier for mark in curve.marks)])
    end = min((p.multiplier for p in curve.points if p.multiplier >= furthest), default=furthest)
    return pd.DataFrame(
        [
            {
                "spend": p.spend,
                "median": p.incremental_outcome.median,
                "lower": p.incremental_outcome.lower,
                "upper": p.incremental_outcome.upper,
                "extrapolated": p.extrapolated,
            }
            for p in curve.points
            if p.multiplier <= end
        ]
    )


def mark_points(curve: ResponseCurve) -> pd.DataFrame:
    """Points worth marking, by what they are."""
    columns = ["mark", "spend", "median", "lower", "upper"]
    rows = [
        (
            _MARKS[mark.kind],
            mark.point.spend,
            mark.point.incremental_outcome.median,
            mark.point.incremental_outcome.lower,
            mark.point.incremental_outcome.upper,
        )
        for mark in curve.marks
    ]
    return pd.DataFrame(rows, columns=columns)


def curve_chart(points: pd.DataFrame, marks: pd.DataFrame) -> AnyChart:
    """One curve with its interval, dashed where it is an extrapolation, and its marks."""
    base = alt.Chart(points).encode(
        x=alt.X("spend:Q", title="Spend", axis=alt.Axis(format="~s", tickCount=6))
    )
    band = base.mark_area(color=ACCENT, opacity=0.2).encode(
        y=alt.Y("lower:Q", title="KPI gained", axis=alt.Axis(format="~s")), y2="upper:Q"
    )
    beyond = base.mark_line(color=ACCENT, strokeWidth=2, strokeDash=[5, 4]).encode(y="median:Q")
    within = base.transform_filter("!datum.extrapolated").mark_line(color=ACCENT, strokeWidth=2.5)
    figures = [
        alt.Tooltip("spend:Q", format=",.4s", title="Spend"),
        alt.Tooltip("median:Q", format=",.4s", title="Median"),
        alt.Tooltip("lower:Q", format=",.4s", title="Lower"),
        alt.Tooltip("upper:Q", format=",.4s", title="Upper"),
    ]
    names = list(_MARKS.values())
    legend = alt.Legend(orient="top", title=None)
    marked = alt.Chart(marks).encode(
        x="spend:Q",
        color=alt.Color("mark:N", scale=alt.Scale(domain=names, range=list(_COLOURS)), legend=legend),
        tooltip=[alt.Tooltip("mark:N", title="Mark"), *figures],
    )
    intervals = marked.mark_rule(strokeWidth=1.5).encode(y="lower:Q", y2="upper:Q")
    dots = marked.mark_point(filled=True, size=90, opacity=1).encode(
        y="median:Q",
        shape=alt.Shape("mark:N", scale=alt.Scale(domain=names, range=list(_SHAPES)), legend=legend),
    )
    line = within.encode(y="median:Q", tooltip=figures)
    return alt.layer(band, beyond, line, intervals, dots).properties(height=260)
