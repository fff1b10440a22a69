"""Plans period by period as CSV: what is written can be changed and read again.

One row per period, one column per channel, headed by its slug; a column `date` is for people and passed over.
For the cells of a panel one row per period and cell, with a column for each dimension.
"""

import csv
import io
import math
from collections.abc import Sequence

from mmm.optimizer.v1.optimizer_pb2 import BudgetPlan, HandMadeSpend
from mmm_core.errors import InvalidInput, Violation, shorten

DATE = "date"
DELIMITERS = ",;\t"


def plan_csv(plan: BudgetPlan) -> str:
    """Write the money of a plan, all cells of a panel together."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([DATE, *(channel.name for channel in plan.allocations)])
    writer.writerows([period.date, *period.spend] for period in plan.periods)
    return file.getvalue()


def read_plan_csv(text: str, name: str, dimensions: Sequence[str] = ()) -> list[HandMadeSpend]:
    """Read money per period and channel; an empty field is nothing.

    Parameters
    ----------
    text : str
        Separated by comma, semicolon or tab; decimals with a point.
    name : str
        What problems are about, usually the file's name.
    dimensions : sequence of str
        Those of a panel. A file with a column for each of them is read by cell: a row per period and cell.

    Raises
    ------
    InvalidInput
        Naming every field that is no number, and a dimension without a column when others have one.
    """
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip(f" {DELIMITERS}")]
    if len(lines) < 2:
        fix = "Give a first row with the channels, and one row per period."
        raise InvalidInput([Violation(name, "has no periods.", fix, code="EMPTY")])
    delimiter = max(DELIMITERS, key=lines[0].count)
    heading, *rows = csv.reader(lines, delimiter=delimiter)
    titles = [title.strip() for title in heading]
    labels = _label_columns(name, titles, dimensions)
    channels = [place for place, title in enumerate(titles) if title.lower() != DATE and place not in labels]
    problems: list[Violation] = []
    spends = []
    for cell, own in _by_cell(rows, labels).items():
        for place in channels:
            column = [row[place] if place < len(row) else "" for row in own]
            field = ", ".join([name, titles[place], *cell])
            spend = _numbers(field, column, problems)
            spends.append(HandMadeSpend(channel=titles[place], spend=spend, cell=cell))
    if problems:
        raise InvalidInput(problems)
    return spends


def _label_columns(name: str, titles: Sequence[str], dimensions: Sequence[str]) -> list[int]:
    """Places of the columns that tell cells apart, in the order of the dimensions; all have one or none."""
    missing = [dimension for dimension in dimensions if dimension not in titles]
    if missing and len(missing) < len(dimensions):
        fix = f"Give a column for each of {', '.join(dimensions)}, or for none of them."
        raise InvalidInput(
            [Violation(name, "has no column for a dimension.", fix, ", ".join(missing), "MISSING")]
        )
    return [] if missing else [titles.index(dimension) for dimension in dimensions]


def _by_cell(rows: Sequence[list[str]], labels: Sequence[int]) -> dict[tuple[str, ...], list[list[str]]]:
    """Rows of every cell, in the order of their first appearance; all together without label columns."""
    cells: dict[tuple[str, ...], list[list[str]]] = {}
    for row in rows:
        cell = tuple(row[place].strip() if place < len(row) else "" for place in labels)
        cells.setdefault(cell, []).append(row)
    return cells


def _numbers(field: str, column: Sequence[str], problems: list[Violation]) -> list[float]:
    """Read a column and note what is no number."""
    numbers = []
    for period, text in enumerate(column, start=1):
        try:
            number = float(text.strip() or 0)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            fix = "Write numbers like 1234.5, or leave the field empty for nothing."
            where = f"{field}, period {period}"
            problems.append(Violation(where, "is not a number.", fix, shorten(text), code="NOT_A_NUMBER"))
        numbers.append(number)
    return numbers
