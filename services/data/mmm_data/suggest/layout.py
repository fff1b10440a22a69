"""Where and when: the date column, the frequency, and what tells the rows of a date apart."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from mmm_core.config import PERIODS_PER_YEAR
from mmm_core.model_data import Dates
from mmm_core.records import ColumnType
from mmm_data.suggest.cells import Cells
from mmm_data.suggest.choices import Confidence, Draft, Reason, listed, reason
from mmm_data.suggest.names import Name
from mmm_data.suggest.vocabulary import Topic

type Frequency = Literal["daily", "weekly", "monthly"]

# Largest typical distance in days between the dates of each frequency.
_LONGEST_STEP: dict[Frequency, float] = {"daily": 3.0, "weekly": 14.0, "monthly": np.inf}
_EXACT_STEP: dict[Frequency, tuple[int, int]] = {"daily": (1, 1), "weekly": (7, 7), "monthly": (28, 31)}
_MOST_DIMENSIONS = 5
_MOST_CANDIDATES = 8
# Share of all combinations of dates and cells that must have a row for a combination to be a panel.
_LEAST_FILLED = 0.5
_FEWEST_ROWS_PER_CELL = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a table are ordered.

    Attributes
    ----------
    date_column : str
        Column with dates.
    frequency : {"daily", "weekly", "monthly"}
        Distance of the periods.
    dimensions : tuple of str
        Columns that tell the rows of a date apart.
    periods : int
        Number of different dates, or of rows if the dates cannot be read.
    draft : Draft
        The same as part of a configuration.
    """

    date_column: str
    frequency: Frequency
    dimensions: tuple[str, ...]
    periods: int
    draft: Draft

    @property
    def years(self) -> float:
        """Length of the history."""
        return self.periods / PERIODS_PER_YEAR[self.frequency]


def find_layout(cells: Cells) -> Layout | None:
    """Find dates, frequency and dimensions; None without a date column."""
    found = find_date_column(cells)
    if found is None:
        return None
    name, why = found
    dates = _days(cells.column(name.column))
    known = np.unique(dates[~np.isnat(dates)])
    frequency, pace = _frequency(known)
    periods = len(known) or len(dates)
    reasons = [why, pace]
    dimensions: tuple[str, ...] = ()
    if len(known) < len(dates) - np.isnat(dates).sum():
        dimensions, split = _dimensions(cells, name.column, dates, len(known))
        reasons.append(split)
    value = {"date_column": name.column, "frequency": frequency, "dimensions": list(dimensions)}
    return Layout(name.column, frequency, dimensions, periods, Draft(value, tuple(reasons)))


def find_date_column(cells: Cells) -> tuple[Name, Reason] | None:
    """Find the column with dates, and why it is that one; None when there is none."""
    dates = cells.names(ColumnType.DATE)
    if len(dates) == 1:
        return dates[0], reason("date_column", "The only column with dates.", Confidence.HIGH)
    if dates:
        cells.load(name.column for name in dates)
        best = min(dates, key=lambda name: (_gaps(cells, name.column), not name.has(Topic.DATE)))
        others = listed(name.column for name in dates if name is not best)
        text = f"The first column with a date in most rows and a name that says so; there is also {others}."
        return best, reason("date_column", text, Confidence.MEDIUM)
    for kind in (ColumnType.TEXT, ColumnType.NUMBER):
        for name in cells.names(kind):
            term = name.term(Topic.DATE)
            if term is not None and not name.has(Topic.CALENDAR, Topic.OUTCOME, Topic.MONEY, Topic.EXPOSURE):
                text = "Its name speaks of dates, but its cells cannot be read as dates for certain."
                return name, reason("date_column", text, Confidence.LOW)
    return None


def _gaps(cells: Cells, column: str) -> int:
    return int(cells.column(column).isna().sum())


def _days(column: pd.Series) -> Dates:
    """Days of a column of dates; not a time where there is none, or when it cannot be read."""
    if not pd.api.types.is_datetime64_any_dtype(column.dtype):
        return np.full(len(column), np.datetime64("NaT"), dtype="datetime64[D]")
    return column.dt.tz_localize(None).to_numpy().astype("datetime64[D]")


def _frequency(known: Dates) -> tuple[Frequency, Reason]:
    if len(known) < 2:
        text = "The distance between dates is not known; weekly data are most common."
        return "weekly", reason("frequency", text, Confidence.LOW)
    step = float(np.median(np.diff(known).astype(np.int64)))
    frequency = next(name for name, longest in _LONGEST_STEP.items() if step <= longest)
    low, high = _EXACT_STEP[frequency]
    text = f"Dates are mostly {step:g} {'day' if step == 1 else 'days'} apart."
    return frequency, reason("frequency", text, Confidence.HIGH if low <= step <= high else Confidence.LOW)


def _dimensions(cells: Cells, date: str, dates: Dates, periods: int) -> tuple[tuple[str, ...], Reason]:
    """Fewest columns whose labels together with the date are different in every row."""
    candidates = _candidates(cells, date)
    cells.load(name.column for name in candidates)
    codes = {name.column: pd.factorize(cells.column(name.column))[0] for name in candidates}
    usable = [name for name in candidates if codes[name.column].min() >= 0 and codes[name.column].max() > 0]
    for chosen in _combinations(usable):
        columns = [name.column for name in chosen]
        keys = pd.DataFrame({name: codes[name] for name in columns})
        count = len(keys.drop_duplicates())
        if count * _FEWEST_ROWS_PER_CELL > len(dates) or len(dates) < _LEAST_FILLED * count * periods:
            continue
        if not keys.assign(date=dates).duplicated().any():
            text = (
                f"Dates repeat; with {listed(columns)} every row is different: "
                f"{count} cells with about {len(dates) / count:.0f} periods each."
            )
            return tuple(columns), reason("dimensions", text, Confidence.HIGH)
    text = (
        "Dates repeat, but no columns tell their rows apart: add up the rows of a date, or add such a column."
    )
    return (), reason("dimensions", text, Confidence.LOW)


def _candidates(cells: Cells, date: str) -> list[Name]:
    """Columns that may tell cells apart, those first whose names say so."""
    texts = [name for name in cells.names(ColumnType.TEXT) if name.column != date]
    numbers = [
        name
        for name in cells.names(ColumnType.NUMBER)
        if name.has(Topic.DIMENSION) and name.says_only(Topic.DIMENSION, Topic.TECHNICAL, Topic.FILLER)
    ]
    texts.sort(key=lambda name: not name.has(Topic.DIMENSION))
    return [*texts, *numbers][:_MOST_CANDIDATES]


def _combinations(names: Iterable[Name]) -> Iterator[tuple[Name, ...]]:
    pool = list(names)
    for count in range(1, min(_MOST_DIMENSIONS, len(pool)) + 1):
        yield from combinations(pool, count)
