"""Make `dt_simulated_weekly.csv` from Robyn's `dt_simulated_weekly`: add one column, change nothing else.

    python prepare.py robyn_dt_simulated_weekly.csv dt_simulated_weekly.csv

`holiday_week` is 1 in weeks (Monday to Sunday) with a day from 24 to 26 December or with Easter Sunday,
else 0. It comes from the calendar alone.
"""

import csv
import sys
from datetime import date, timedelta
from pathlib import Path

from dateutil.easter import easter


def is_holiday_week(monday: date) -> bool:
    """Whether the week beginning on `monday` holds Christmas or Easter Sunday."""
    days = [monday + timedelta(days=offset) for offset in range(7)]
    return any(day == easter(day.year) or (day.month == 12 and 24 <= day.day <= 26) for day in days)


def main(source: Path, target: Path) -> None:
    """Copy the rows of `source` to `target` with the column added at the end."""
    with (
        source.open(newline="", encoding="utf-8") as read,
        target.open("w", newline="", encoding="utf-8") as write,
    ):
        rows = csv.reader(read)
        writer = csv.writer(write, lineterminator="\n")
        header = next(rows)
        writer.writerow([*header, "holiday_week"])
        for row in rows:
            monday = date.fromisoformat(row[header.index("DATE")])
            writer.writerow([*row, int(is_holiday_week(monday))])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
