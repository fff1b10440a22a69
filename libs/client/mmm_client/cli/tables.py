"""Tables of findings, returns and plans."""

from collections.abc import Iterable

from rich import box
from rich.markup import escape
from rich.table import Table

from mmm.analysis.v1.analysis_pb2 import ChannelResult
from mmm.analysis.v1.analysis_service_pb2 import GetChannelResultsResponse
from mmm.common.v1.common_pb2 import SEVERITY_ERROR, SEVERITY_INFO, SEVERITY_WARNING, Estimate, Finding
from mmm.optimizer.v1.optimizer_pb2 import BINDING_BOUND_MAXIMUM, BINDING_BOUND_MINIMUM, ChannelAllocation
from mmm_client.cli.message_cells import optional
from mmm_client.cli.numbers import compact, interval, interval_name, percent
from mmm_client.plans import PlanAnswer

_SEVERITIES = {
    SEVERITY_ERROR: "[bold red]error[/]",
    SEVERITY_WARNING: "[yellow]warning[/]",
    SEVERITY_INFO: "[cyan]info[/]",
}
_BOUNDS = {BINDING_BOUND_MINIMUM: "at minimum", BINDING_BOUND_MAXIMUM: "at maximum"}
ABSENT = "–"


def plain_table(title: str, caption: str | None = None) -> Table:
    """Return an empty table in the style of all tables."""
    return Table(
        title=title,
        caption=caption,
        title_justify="left",
        caption_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )


def findings_table(findings: Iterable[Finding]) -> Table:
    """What validation found, one row per finding."""
    table = plain_table("Findings")
    for heading in ("", "Where", "Value", "What is wrong, why it matters, what to do"):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        table.add_row(
            _SEVERITIES.get(finding.severity, ""),
            f"{escape(finding.field)}\n[dim]{escape(finding.code)}[/]",
            escape(finding.value),
            escape(" ".join(part for part in (finding.message, finding.why, finding.fix) if part)),
        )
    return table


def violation_table(rows: Iterable[tuple[str, str, str, str]]) -> Table:
    """Problems of a request or a file, as field, value, message and fix."""
    table = plain_table("[bold red]Not accepted[/]")
    for heading in ("Where", "Value", "What is wrong and what to do"):
        table.add_column(heading, overflow="fold")
    for field, value, message, fix in rows:
        table.add_row(escape(field), escape(value), escape(f"{message} {fix}".strip()))
    return table


def channel_table(results: GetChannelResultsResponse) -> Table:
    """Returns of paid channels and owned media, in the words of the KPI."""
    speaks_of_roi = any(row.HasField("roi") for row in results.channels)
    mass = interval_name(results.total_paid.incremental_outcome)
    measure = "ROI" if speaks_of_roi else f"Cost per {results.units.kpi_display_name}"
    caption = f"Medians; {results.window.start} to {results.window.end}; money in {results.units.currency}."
    table = plain_table("Return of each channel", caption)
    table.add_column("Channel", overflow="fold", max_width=22)
    for heading in ("Spend", "Incremental", "of KPI", measure, mass, "Next unit", "Prior"):
        table.add_column(heading, justify="right")
    for row in results.channels:
        table.add_row(*_channel_row(row, speaks_of_roi=speaks_of_roi))
    table.add_section()
    table.add_row(*_channel_row(results.total_paid, speaks_of_roi=speaks_of_roi), style="bold")
    return table


def _channel_row(row: ChannelResult, *, speaks_of_roi: bool) -> list[str]:
    fields = ("roi", "marginal_roi") if speaks_of_roi else ("cost_per_unit", "marginal_cost_per_unit")
    measure, marginal = (optional(row, field) for field in fields)
    prior = optional(row, "prior")
    return [
        escape(row.display_name or row.name),
        compact(row.spend) if row.HasField("spend") else ABSENT,
        compact(row.incremental_outcome.median),
        percent(row.effect_share.median),
        median(measure),
        interval(measure) if measure else ABSENT,
        median(marginal),
        interval(prior) if prior else ABSENT,
    ]


def median(estimate: Estimate | None) -> str:
    """Write the median of an estimate that may not exist."""
    return compact(estimate.median) if estimate else ABSENT


def plan_table(answer: PlanAnswer) -> Table:
    """The recommended budget beside the reference level."""
    plan, units = answer.plan, answer.units
    caption = (
        f"Now: the average level of the last year. Gain: mean {units.kpi_display_name}, carryover included. "
        f"Money in {units.currency}."
    )
    title = f"Budget plan: {compact(plan.total_budget)} {units.currency} over {plan.horizon_periods} periods"
    table = plain_table(title, caption)
    table.add_column("Channel", overflow="fold", max_width=22)
    for heading in ("Now", "Plan", "Change", "Per period", "Gain", interval_name(plan.outcome)):
        table.add_column(heading, justify="right")
    table.add_column("Note")
    for row in plan.allocations:
        table.add_row(*_plan_row(row))
    table.add_section()
    gain = [compact(plan.outcome.mean), interval(plan.outcome)]
    table.add_row("All paid media", "", compact(plan.total_budget), "", "", *gain, "", style="bold")
    return table


def _plan_row(row: ChannelAllocation) -> list[str]:
    notes = [_BOUNDS.get(row.binding_bound, ""), "beyond data" if row.extrapolated else ""]
    return [
        escape(row.display_name or row.name),
        compact(row.reference_spend),
        compact(row.spend),
        percent(row.change, signed=True) if row.HasField("change") else ABSENT,
        compact(row.spend_per_period),
        compact(row.incremental_outcome.mean),
        interval(row.incremental_outcome),
        ", ".join(note for note in notes if note),
    ]
