"""Plans period by period as CSV: what is written can be changed and read again.

One row per period, one column per channel, headed by its slug; a column `date` is for people and passed over.
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


def read_plan_csv(text: str, name: str) -> list[HandMadeSpend]:
    """Read money per period and channel; an empty cell is nothing.

    Parameters
    ----------
    text : str
        Separated by comma, semicolon or tab; decimals with a point.
    name : str
        What problems are about, usually the file's name.

    Raises
    ------
    InvalidInput
        Naming every cell that is no number.
    """
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip(f" {DELIMITERS}")]
    if len(lines) < 2:
        fix = "Give a first row with the channels, and one row per period."
        raise InvalidInput([Violation(name, "has no periods.", fix, code="EMPTY")])
    delimiter = max(DELIMITERS, key=lines[0].count)
    heading, *rows = csv.reader(lines, delimiter=delimiter)
    problems: list[Violation] = []
    spends = []
    for place, title in enumerate(heading):
        if title.strip().lower() != DATE:
            column = [row[place] if place < len(row) else "" for row in rows]
            spends.append(HandMadeSpend(channel=title.strip(), spend=_numbers(name, title, column, problems)))
    if problems:
        raise InvalidInput(problems)
    return spends


def _numbers(name: str, title: str, column: Sequence[str], problems: list[Violation]) -> list[float]:
    """Read a column and note what is no number."""
    numbers = []
    for period, text in enumerate(column, start=1):
        try:
            number = float(text.strip() or 0)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            field = f"{name}, {title}, period {period}"
            fix = "Write numbers like 1234.5, or leave the cell empty for nothing."
            problems.append(Violation(field, "is not a number.", fix, shorten(text), code="NOT_A_NUMBER"))
        numbers.append(number)
    return numbers
