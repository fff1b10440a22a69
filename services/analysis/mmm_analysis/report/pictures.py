"""Charts of a report as SVG: they need no network, no script, and print sharp."""

from io import StringIO

import altair as alt
from markupsafe import Markup

from mmm_analysis.report.content import Content
from mmm_charts.carryover import carryover_chart, carryover_points
from mmm_charts.contributions import (
    contribution_chart,
    contribution_series,
    contribution_totals,
    kpi_chart,
    kpi_series,
    total_chart,
)
from mmm_charts.curves import curve_chart, curve_points, mark_points
from mmm_charts.returns import return_chart, return_points, share_chart, share_points
from mmm_charts.style import AnyChart
from mmm_core.return_words import ReturnWords

WIDE, NARROW = 620, 300
# Fonts that readers have, with metrics alike.
FONT = "Helvetica, Arial, sans-serif"

# Charts are drawn here and now; a limit on their rows is for those that travel.
alt.data_transformers.disable_max_rows()


def return_picture(content: Content, words: ReturnWords) -> Markup | None:
    """Returns with what was believed before; None when no medium has a return."""
    points = return_points(content.channels.channels, words)
    if points.empty:
        return None
    return _svg(return_chart(points, words.title, 1.0 if words.title == "ROI" else None), WIDE)


def share_picture(content: Content) -> Markup | None:
    """Share of spend beside share of effect; None when nothing was spent."""
    points = share_points(content.channels.channels)
    return None if points.empty else _svg(share_chart(points), WIDE)


def curve_pictures(content: Content) -> dict[str, Markup]:
    """Response curves by the name of their channel."""
    return {
        curve.name: _svg(curve_chart(curve_points(curve), mark_points(curve)), NARROW)
        for curve in content.curves.curves
    }


def contribution_picture(content: Content) -> Markup:
    """Components of the KPI over time."""
    return _svg(contribution_chart(contribution_series(content.contributions)), WIDE)


def total_picture(content: Content) -> Markup:
    """Components of the KPI in total."""
    return _svg(total_chart(contribution_totals(content.contributions)), WIDE)


def kpi_picture(content: Content) -> Markup:
    """Observed and expected KPI."""
    return _svg(kpi_chart(kpi_series(content.contributions)), WIDE)


def carryover_picture(content: Content) -> Markup:
    """Effects over time."""
    return _svg(carryover_chart(carryover_points(content.carryover)), WIDE)


def _svg(chart: AnyChart, width: int) -> Markup:
    """Draw a chart; the library escapes texts of the data."""
    file = StringIO()
    chart.properties(width=width).configure(font=FONT, background="transparent").save(file, format="svg")
    return Markup(file.getvalue())  # noqa: S704
