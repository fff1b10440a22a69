"""Layouts of what is said about the KPI: its components, by period and in total."""

from dataclasses import dataclass

from mmm.common.v1.common_pb2 import Estimate
from mmm_analysis.report.table import CellType, Column, Layout, estimate, estimates_from, text


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """A component at a date; or, without a component, the expected and the observed KPI."""

    date: str
    component: str | None
    display_name: str
    kind: str
    kpi: Estimate
    observed: float | None


CONTRIBUTIONS = Layout(
    "contributions",
    "The expected KPI by date, and the components it is the sum of",
    (
        Column("date", "First day of the period.", CellType.DATE, lambda row: row.date),
        Column(
            "component",
            "Name of the component; empty for the KPI as a whole.",
            CellType.TEXT,
            lambda row: row.component,
        ),
        Column("display_name", "How people call it.", CellType.TEXT, lambda row: row.display_name),
        Column(
            "kind",
            "baseline, paid, owned, competitor, control or event; expected for the KPI as a whole.",
            CellType.TEXT,
            lambda row: row.kind,
        ),
        *estimates_from("kpi", "KPI units.", lambda row: row.kpi),
        Column(
            "observed_kpi",
            "KPI that was observed; for the KPI as a whole.",
            CellType.NUMBER,
            lambda row: row.observed,
        ),
    ),
)

CONTRIBUTION_TOTALS = Layout(
    "contribution_totals",
    "Components of the expected KPI over the window",
    (
        text("name", "Name of the component.", column="component"),
        text("display_name", "How people call it."),
        text("kind", "baseline, paid, owned, competitor, control or event."),
        *estimate("total", "KPI units."),
        *estimate("share", "Share of the window's expected KPI.", CellType.SHARE),
    ),
)
