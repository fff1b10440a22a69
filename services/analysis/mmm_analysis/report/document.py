"""All tables of an export: facts about the fit first."""

from collections.abc import Iterator

from mmm.analysis.v1.analysis_pb2 import ComponentKind, CurveMarkKind
from mmm.analysis.v1.analysis_service_pb2 import (
    GetCarryoverResponse,
    GetContributionsResponse,
    GetResponseCurvesResponse,
)
from mmm_analysis.flat_settings import flat_settings
from mmm_analysis.report.about import ABOUT, facts
from mmm_analysis.report.content import Content
from mmm_analysis.report.evidence_layouts import (
    HEALTH,
    LIFT_TESTS,
    PARAMETERS,
    SETTINGS,
    SIGNALS,
    SettingRow,
)
from mmm_analysis.report.kpi_layouts import CONTRIBUTION_TOTALS, CONTRIBUTIONS, ContributionRow
from mmm_analysis.report.media_layouts import (
    ADVICE,
    CARRYOVER,
    CHANNELS,
    INFORMATION,
    KNOWLEDGE,
    RESPONSE_CURVES,
    CarryoverRow,
    CurveRow,
)
from mmm_analysis.report.table import Layout, Table

# Tables of many rows, in the order of documents.
LISTS: tuple[Layout, ...] = (
    ADVICE,
    CHANNELS,
    CONTRIBUTION_TOTALS,
    CONTRIBUTIONS,
    RESPONSE_CURVES,
    CARRYOVER,
    KNOWLEDGE,
    INFORMATION,
    SIGNALS,
    LIFT_TESTS,
    HEALTH,
    PARAMETERS,
    SETTINGS,
)


def about_table(content: Content) -> Table:
    """Give the table of the one row that says what the others are about."""
    return Table(ABOUT, [facts(content)])


def list_tables(content: Content) -> list[Table]:
    """Give the tables of `LISTS`, in their order."""
    sources = {
        ADVICE.name: content.summary.advice,
        CHANNELS.name: [*content.channels.channels, content.channels.total_paid],
        CONTRIBUTION_TOTALS.name: content.contributions.components,
        CONTRIBUTIONS.name: list(_contribution_rows(content.contributions)),
        RESPONSE_CURVES.name: list(_curve_rows(content.curves)),
        CARRYOVER.name: list(_carryover_rows(content.carryover)),
        KNOWLEDGE.name: content.summary.knowledge,
        INFORMATION.name: content.summary.information,
        SIGNALS.name: content.signals.effects if content.signals else [],
        LIFT_TESTS.name: content.lift_tests.lift_tests,
        HEALTH.name: content.diagnostics.checks,
        PARAMETERS.name: content.diagnostics.parameters,
        SETTINGS.name: [SettingRow(path, value) for path, value in flat_settings(content.fit.config).items()],
    }
    return [Table(layout, sources[layout.name]) for layout in LISTS]


def _contribution_rows(found: GetContributionsResponse) -> Iterator[ContributionRow]:
    """One row per date for the KPI as a whole, then one per date and component."""
    name, kpi = found.units.kpi_display_name, found.kpi
    for date, observed, expected in zip(kpi.dates, kpi.observed, kpi.expected, strict=True):
        yield ContributionRow(date, None, name, "expected", expected, observed)
    for component in found.components:
        kind = ComponentKind.Name(component.kind).removeprefix("COMPONENT_KIND_").lower()
        for date, value in zip(kpi.dates, component.series, strict=True):
            yield ContributionRow(date, component.name, component.display_name, kind, value, None)


def _curve_rows(found: GetResponseCurvesResponse) -> Iterator[CurveRow]:
    """Points of each curve, then its marks."""
    for curve in found.curves:
        yield from (CurveRow(curve, point, None) for point in curve.points)
        for mark in curve.marks:
            kind = CurveMarkKind.Name(mark.kind).removeprefix("CURVE_MARK_KIND_").lower()
            yield CurveRow(curve, mark.point, kind)


def _carryover_rows(found: GetCarryoverResponse) -> Iterator[CarryoverRow]:
    for curve in found.curves:
        for periods_after, weight in enumerate(curve.weights):
            yield CarryoverRow(curve, periods_after, weight)
