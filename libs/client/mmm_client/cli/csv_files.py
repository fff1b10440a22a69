"""CSV files that spreadsheets show and never execute."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from mmm.common.v1.common_pb2 import Estimate
from mmm_core.spreadsheet_cells import Cell, safe_cell


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> None:
    """Write rows as UTF-8; a missing or None value becomes an empty cell."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([safe_cell(column) for column in columns])
        for row in rows:
            writer.writerow([safe_cell(row.get(column)) for column in columns])


def estimate_columns(prefix: str) -> tuple[str, ...]:
    """Names of the columns an estimate fills."""
    return tuple(f"{prefix}_{part}" for part in ("mean", "median", "lower", "upper"))


def estimate_cells(prefix: str, estimate: Estimate | None) -> dict[str, Cell]:
    """Cells of an estimate; none for one that does not exist."""
    if estimate is None:
        return {}
    values = (estimate.mean, estimate.median, estimate.lower, estimate.upper)
    return dict(zip(estimate_columns(prefix), values, strict=True))
