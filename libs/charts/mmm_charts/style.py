"""Colours and sizes of all charts."""

import altair as alt

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
