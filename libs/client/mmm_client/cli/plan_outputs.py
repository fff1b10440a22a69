"""The files of a plan and of a frontier."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from mmm.optimizer.v1.optimizer_pb2 import (
    BINDING_BOUND_MAXIMUM,
    BINDING_BOUND_MINIMUM,
    BudgetPlan,
    ChannelAllocation,
)
from mmm.optimizer.v1.optimizer_service_pb2 import GetFrontierResponse
from mmm_client.cli.csv_files import write_csv
from mmm_client.cli.message_cells import estimate_headers, estimates_of, optional
from mmm_client.plan_files import plan_csv
from mmm_core.spreadsheet_cells import Cell

_PLAN_ESTIMATES = ("incremental_outcome", "roi", "cost_per_unit", "marginal_return")
_POINT_ESTIMATES = ("outcome", "marginal_return")
_BOUNDS = {BINDING_BOUND_MINIMUM: "minimum", BINDING_BOUND_MAXIMUM: "maximum"}


def write_plan_files(plan: BudgetPlan, folder: Path) -> None:
    """Write channels, periods (that `mmm plan evaluate` reads again) and, of a panel, cells."""
    write_allocations(plan.allocations, folder / "plan.csv")
    (folder / "plan_by_period.csv").write_text(plan_csv(plan), encoding="utf-8")
    estimates = estimate_headers(("outcome",))
    write_csv(folder / "plan_outcome.csv", ["date", "demand", *estimates], _period_rows(plan))
    if plan.cells:
        channels = [channel.name for channel in plan.allocations]
        write_csv(folder / "plan_by_cell.csv", ["cell", *channels], _cell_rows(plan, channels))


def write_allocations(allocations: Iterable[ChannelAllocation], path: Path) -> None:
    """Write one row per channel."""
    money = ["spend", "spend_per_period", "reference_spend"]
    columns = ["name", "display_name", *money, "change", *estimate_headers(_PLAN_ESTIMATES)]
    columns += ["binding_bound", "extrapolated"]
    rows = (
        {
            "name": row.name,
            "display_name": row.display_name,
            **{field: getattr(row, field) for field in money},
            "change": optional(row, "change"),
            "binding_bound": _BOUNDS.get(row.binding_bound),
            "extrapolated": row.extrapolated,
            **estimates_of(row, _PLAN_ESTIMATES),
        }
        for row in allocations
    )
    write_csv(path, columns, rows)


def write_frontier_files(found: GetFrontierResponse, folder: Path) -> None:
    """Write one row per budget, and the plan of the breakeven budget."""
    channels = [channel.name for channel in found.breakeven.allocations]
    columns = ["budget", *estimate_headers(_POINT_ESTIMATES), "utility", "upper_bound", *channels]
    rows: Iterator[dict[str, Cell]] = (
        {
            "budget": point.budget,
            "utility": point.utility,
            "upper_bound": optional(point, "upper_bound"),
            **dict(zip(channels, point.spend, strict=True)),
            **estimates_of(point, _POINT_ESTIMATES),
        }
        for point in found.points
    )
    write_csv(folder / "frontier.csv", columns, rows)
    write_plan_files(found.breakeven, folder)


def _period_rows(plan: BudgetPlan) -> Iterator[dict[str, Cell]]:
    for period in plan.periods:
        yield {"date": period.date, "demand": period.demand, **estimates_of(period, ("outcome",))}


def _cell_rows(plan: BudgetPlan, channels: list[str]) -> Iterator[dict[str, Cell]]:
    for cell in plan.cells:
        yield {"cell": " / ".join(cell.labels), **dict(zip(channels, cell.spend, strict=True))}
