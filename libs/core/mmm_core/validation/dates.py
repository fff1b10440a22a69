"""The date column: readable, complete and regular."""

from collections.abc import Iterator
from typing import Literal

import numpy as np
import pandas as pd

from mmm_core.column_values import DaysReading, read_days
from mmm_core.errors import shorten
from mmm_core.findings import Finding, Severity
from mmm_core.validation.panel import Cells
from mmm_core.validation.wording import SHOWN, counted, days, listing, rows
from mmm_core.validation.wording import cells as cell_texts

type Frequency = Literal["daily", "weekly", "monthly"]

_STEP_DAYS = {"daily": (1, 1), "weekly": (7, 7), "monthly": (28, 31)}
_PERIOD = {"daily": "day", "weekly": "week", "monthly": "month"}


def read_dates(column: pd.Series) -> tuple[pd.Series | None, list[Finding]]:
    """Read the date column as days.

    Returns
    -------
    dates : Series of datetime64 or None
        Midnight of each day, missing where the cell is empty; None when the column cannot be read.
    findings : list of Finding
        Why it cannot be read.
    """
    name = str(column.name)
    reading = read_days(column)
    match reading.problem:
        case "zoned":
            return None, [_zoned(_example_of_zone(column, reading), name)]
        case "ambiguous":
            return None, [_ambiguous(column, name)]
        case "unreadable":
            return None, [_unreadable(column, name, cell_texts(column, reading.refused))]
    return reading.days, []


def check_dates(dates: pd.Series, frequency: Frequency, cells: Cells | None) -> Iterator[Finding]:
    """Empty, duplicate, irregular and missing dates.

    Parameters
    ----------
    dates : Series of datetime64
        One per row.
    frequency : str
        Distance between periods.
    cells : Cells or None
        A date may come once in each; None when they are not known.
    """
    name = str(dates.name)
    missing = dates.isna().to_numpy()
    if missing.any():
        yield Finding(
            Severity.ERROR,
            "MISSING_VALUES",
            name,
            "",
            f"Date column {name!r} has {counted(int(missing.sum()), 'empty cell')}: {rows(missing)}.",
            "Write the date, or remove the row.",
        )
    known = dates.dropna()
    if cells is not None:
        yield from _check_repeated(dates, frequency, cells)
    distinct = pd.DatetimeIndex(known.drop_duplicates().sort_values())
    if len(distinct) > 1:
        yield from _check_spacing(distinct, name, frequency)


def _check_repeated(dates: pd.Series, frequency: Frequency, cells: Cells) -> Iterator[Finding]:
    name, labels = str(dates.name), cells.labels
    keys = pd.DataFrame({"date": dates.to_numpy(), "cell": cells.of_row}).dropna()
    doubles = keys[keys.duplicated()].drop_duplicates().sort_values(["date", "cell"])
    if doubles.empty:
        return
    shown = [
        f"{date:%Y-%m-%d} in {shorten(labels[cell])!r}" if cells.is_panel else f"{date:%Y-%m-%d}"
        for date, cell in doubles.head(SHOWN).itertuples(index=False)
    ]
    yield Finding(
        Severity.ERROR,
        "DUPLICATE_DATES",
        name,
        doubles["date"].iloc[0].strftime("%Y-%m-%d"),
        f"{counted(len(doubles), 'date')} in column {name!r} come in more than one row: "
        f"{listing(shown, len(doubles))}.",
        f"Keep one row per {_PERIOD[frequency]}{' and cell' * cells.is_panel}; add up the rows of regions or "
        "products, or name their columns in dimensions.",
    )


def _check_spacing(distinct: pd.DatetimeIndex, name: str, frequency: Frequency) -> Iterator[Finding]:
    steps = np.diff(distinct.to_numpy().astype("datetime64[D]")).astype(np.int64)
    typical = int(np.median(steps))
    low, high = _STEP_DAYS[frequency]
    if not low <= typical <= high:
        yield _wrong_frequency(typical, frequency)
        return
    slots, regular = _slots(distinct, frequency)
    irregular = distinct[~regular]
    if len(irregular):
        yield Finding(
            Severity.ERROR,
            "IRREGULAR_DATES",
            name,
            irregular[0].strftime("%Y-%m-%d"),
            f"{counted(len(irregular), 'date')} in column {name!r} do not fit {frequency} data "
            f"that mostly fall on {_habit(distinct[regular], frequency)}: {days(irregular)}.",
            f"Put every row on the same day of its {_PERIOD[frequency]}.",
        )
    absent = _absent(distinct[regular], slots[regular], slots, frequency)
    if len(absent):
        yield Finding(
            Severity.ERROR,
            "MISSING_DATES",
            name,
            absent[0].strftime("%Y-%m-%d"),
            f"{counted(len(absent), _PERIOD[frequency])} between the first and the last row "
            f"{'has' if len(absent) == 1 else 'have'} no row: {days(absent)}.",
            f"Add one row per {_PERIOD[frequency]}, with 0 where there was no activity.",
        )


def _slots(
    distinct: pd.DatetimeIndex, frequency: Frequency
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Number of the period each date belongs to, and whether it falls on the usual day of the period."""
    if frequency == "monthly":
        slots = (distinct.year * 12 + distinct.month - 1).to_numpy(dtype=np.int64)
        regular = _usual(np.asarray(distinct.day))
        if np.asarray(distinct.is_month_end).mean() > 0.5:
            regular = np.asarray(distinct.is_month_end)
    else:
        width = _STEP_DAYS[frequency][0]
        ordinals = distinct.to_numpy().astype("datetime64[D]").astype(np.int64)
        regular = _usual(ordinals % width)
        start = ordinals[regular][0] % width
        slots = (ordinals - start) // width
    return slots, regular


def _usual(values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where the most frequent value stands."""
    found, counts = np.unique(values, return_counts=True)
    return np.asarray(values == found[counts.argmax()])


def _habit(regular: pd.DatetimeIndex, frequency: Frequency) -> str:
    if frequency == "weekly":
        return f"a {regular[0].day_name()}"
    if regular.is_month_end.all():
        return "the last day of the month"
    return f"day {regular[0].day} of the month"


def _absent(
    regular: pd.DatetimeIndex,
    regular_slots: np.ndarray[tuple[int], np.dtype[np.int64]],
    slots: np.ndarray[tuple[int], np.dtype[np.int64]],
    frequency: Frequency,
) -> pd.DatetimeIndex:
    """Dates the rows of the missing periods should have."""
    filled = np.zeros(int(slots.max() - slots.min()) + 1, dtype=np.bool_)
    filled[slots - slots.min()] = True
    gaps = np.flatnonzero(~filled) + slots.min()
    if frequency == "monthly":
        months = (gaps - 1970 * 12).astype("datetime64[M]")
        return pd.DatetimeIndex(months.astype("datetime64[s]"))
    steps = (gaps - regular_slots[0]) * _STEP_DAYS[frequency][0]
    return pd.DatetimeIndex(
        regular[0].to_datetime64().astype("datetime64[s]") + steps.astype("timedelta64[D]")
    )


def _wrong_frequency(typical: int, frequency: Frequency) -> Finding:
    fits = [name for name, (low, high) in _STEP_DAYS.items() if low <= typical <= high]
    advice = f"Set frequency to {fits[0]}, or bring" if fits else "Bring"
    return Finding(
        Severity.ERROR,
        "WRONG_FREQUENCY",
        "frequency",
        frequency,
        f"The dates are mostly {counted(typical, 'day')} apart, which is not {frequency}.",
        f"{advice} the data to one row per {_PERIOD[frequency]}.",
    )


def _example_of_zone(column: pd.Series, reading: DaysReading) -> str:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return str(column.dtype)
    return str(column[reading.refused].iloc[0]).strip()


def _zoned(value: str, name: str) -> Finding:
    return Finding(
        Severity.ERROR,
        "DATE_WITH_TIME_ZONE",
        name,
        shorten(value),
        f"Date column {name!r} carries a time zone, so the day of a row depends on where it is read.",
        "Store plain dates without a time zone, like 2024-12-30.",
    )


def _unreadable(column: pd.Series, name: str, places: str) -> Finding:
    filled = column.dropna()
    return Finding(
        Severity.ERROR,
        "UNREADABLE_DATES",
        name,
        shorten(filled.iloc[0]) if len(filled) else "",
        f"Column {name!r} cannot be read as dates: {places or 'every cell is empty'}.",
        "Write dates like 2024-12-30, or name another column in date_column.",
    )


def _ambiguous(column: pd.Series, name: str) -> Finding:
    example = shorten(column.dropna().iloc[0])
    return Finding(
        Severity.ERROR,
        "AMBIGUOUS_DATES",
        name,
        example,
        f"In column {name!r} day and month cannot be told apart, for example in {example!r}.",
        "Write dates like 2024-12-30.",
    )
