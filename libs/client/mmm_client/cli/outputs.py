"""The files `mmm run` leaves behind."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from mmm.analysis.v1.analysis_pb2 import ChannelResult
from mmm_client.cli.advice_files import write_advice, write_carryover, write_information
from mmm_client.cli.csv_files import estimate_cells, estimate_columns, write_csv
from mmm_client.cli.evidence_files import write_lift_tests, write_signals
from mmm_client.cli.health_file import write_health
from mmm_client.cli.message_cells import (
    BREAKEVEN_COLUMNS,
    breakeven_cells,
    component_kind,
    estimate_headers,
    estimates_of,
    optional,
)
from mmm_client.cli.plan_outputs import write_allocations
from mmm_client.cli.results import RunResults
from mmm_client.client import Client
from mmm_core.spreadsheet_cells import Cell

POSTERIOR = "posterior.nc"

_CHANNEL_ESTIMATES = (
    "incremental_outcome",
    "contribution",
    "effect_share",
    "media_effect_share",
    "roi",
    "cost_per_unit",
    "marginal_roi",
    "marginal_cost_per_unit",
    "prior",
    "half_life_periods",
)


def write_outputs(client: Client, results: RunResults, folder: Path) -> None:
    """Write summary, tables and posterior into `folder`, which exists."""
    summary = json.dumps(_summary(results), indent=2, ensure_ascii=False)
    (folder / "summary.json").write_text(summary + "\n", encoding="utf-8")
    _write_channels(results, folder / "channels.csv")
    _write_contributions(results, folder / "contributions.csv")
    _write_curves(results, folder / "response_curves.csv")
    write_carryover(results.carryover.curves, folder / "carryover.csv")
    write_advice(results.summary.advice, folder / "summary.csv")
    write_information(results.summary.information, folder / "information.csv")
    write_signals(results.signals.effects, folder / "signals.csv")
    if results.lift_tests.lift_tests:
        write_lift_tests(results.lift_tests.lift_tests, folder / "lift_tests.csv")
    write_health(results.diagnostics.checks, folder / "health.csv")
    if results.plan is not None:
        write_allocations(results.plan.plan.allocations, folder / "plan.csv")
    client.download_artifact(results.fit.name, POSTERIOR, folder / POSTERIOR)


def _summary(results: RunResults) -> dict[str, Any]:
    """Everything but the long series, which are in the tables."""
    return {
        "fit": _plain(results.fit),
        "units": _plain(results.channels.units),
        "window": _plain(results.channels.window),
        "diagnostics": _plain(results.diagnostics),
        "signals": [_plain(effect) for effect in results.signals.effects],
        "lift_tests": [_plain(test) for test in results.lift_tests.lift_tests],
        "channels": [_plain(row) for row in results.channels.channels],
        "total_paid": _plain(results.channels.total_paid),
        "summary": _plain(results.summary),
        "plan": _plain(results.plan.plan) if results.plan is not None else None,
    }


def _plain(message: Message) -> dict[str, Any]:
    return MessageToDict(message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True)


def _write_channels(results: RunResults, path: Path) -> None:
    columns = ["name", "display_name", "kind", "spend", "spend_share", *estimate_headers(_CHANNEL_ESTIMATES)]
    columns += ["above_hurdle_probability", *BREAKEVEN_COLUMNS]
    rows = [*results.channels.channels, results.channels.total_paid]
    write_csv(path, columns, (_channel_cells(row) for row in rows))


def _channel_cells(row: ChannelResult) -> dict[str, Cell]:
    return {
        "name": row.name,
        "display_name": row.display_name,
        "kind": component_kind(row.kind),
        "spend": optional(row, "spend"),
        "spend_share": optional(row, "spend_share"),
        **estimates_of(row, _CHANNEL_ESTIMATES),
        "above_hurdle_probability": optional(row, "above_hurdle_probability"),
        **breakeven_cells(optional(row, "breakeven")),
    }


def _write_contributions(results: RunResults, path: Path) -> None:
    columns = ["date", "component", "display_name", "kind", *estimate_columns("kpi"), "observed_kpi"]
    write_csv(path, columns, _contribution_rows(results))


def _contribution_rows(results: RunResults) -> Iterator[dict[str, Cell]]:
    """One row per date and component, and one per date for the KPI as a whole."""
    kpi = results.contributions.kpi
    name = results.contributions.units.kpi_display_name
    for date, observed, expected in zip(kpi.dates, kpi.observed, kpi.expected, strict=True):
        cells = estimate_cells("kpi", expected)
        yield {"date": date, "display_name": name, "kind": "expected", "observed_kpi": observed, **cells}
    for component in results.contributions.components:
        for date, estimate in zip(kpi.dates, component.series, strict=True):
            yield {
                "date": date,
                "component": component.name,
                "display_name": component.display_name,
                "kind": component_kind(component.kind),
                **estimate_cells("kpi", estimate),
            }


def _write_curves(results: RunResults, path: Path) -> None:
    estimates = ("incremental_outcome", "marginal_return")
    columns = ["name", "display_name", "multiplier", "spend", *estimate_headers(estimates), "extrapolated"]
    rows = (
        {
            "name": curve.name,
            "display_name": curve.display_name,
            "multiplier": point.multiplier,
            "spend": point.spend,
            "extrapolated": point.extrapolated,
            **estimates_of(point, estimates),
        }
        for curve in results.curves.curves
        for point in curve.points
    )
    write_csv(path, columns, rows)
