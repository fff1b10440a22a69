"""Several outcomes of the same money, as tables."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from mmm.analysis.v1.analysis_pb2 import CombinedChannel
from mmm.analysis.v1.analysis_service_pb2 import GetCombinedResultsResponse
from mmm_client.cli.message_cells import optional
from mmm_client.cli.numbers import compact, interval, interval_name, percent
from mmm_client.cli.tables import ABSENT, median, plain_table


def combined_table(found: GetCombinedResultsResponse) -> Table:
    """Value, ROI and marginal ROI of every channel over all outcomes."""
    currency, window = found.units[0].currency, found.window
    table = plain_table(
        "All outcomes together, by value",
        f"Medians; {window.start} to {window.end}; money in {currency}. Pays: probability that the next unit "
        "of money returns the hurdle.",
    )
    table.add_column("Channel", overflow="fold", max_width=22)
    mass = interval_name(found.total.value)
    for heading in ("Spend", "of spend", "Value", "ROI", mass, "Next unit", "Pays"):
        table.add_column(heading, justify="right")
    for row in found.channels:
        table.add_row(*_combined_row(row))
    table.add_section()
    table.add_row(*_combined_row(found.total), style="bold")
    return table


def _combined_row(row: CombinedChannel) -> list[str]:
    roi = optional(row, "roi")
    pays = row.HasField("above_hurdle_probability")
    return [
        escape(row.display_name or row.name),
        compact(row.spend),
        percent(row.spend_share),
        compact(row.value.median),
        median(roi),
        interval(roi) if roi else ABSENT,
        median(optional(row, "marginal_roi")),
        percent(row.above_hurdle_probability) if pays else ABSENT,
    ]


def outcome_table(found: GetCombinedResultsResponse, fits: Sequence[str]) -> Table:
    """What every outcome is, what a unit of it is worth, and what all paid media brought of it."""
    table = plain_table("Outcomes")
    for heading in ("Outcome", "Fit"):
        table.add_column(heading, overflow="fold")
    mass = interval_name(found.total.value)
    for heading in (f"Value of one, {found.units[0].currency}", "Units gained", mass):
        table.add_column(heading, justify="right")
    rows = zip(found.units, fits, found.values_per_unit, found.total.incremental_outcomes, strict=True)
    for units, fit, value, gained in rows:
        table.add_row(
            escape(units.kpi_display_name),
            escape(fit.rpartition("/")[2]),
            compact(value),
            compact(gained.median),
            interval(gained),
        )
    return table
