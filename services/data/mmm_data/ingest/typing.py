"""Types of columns that arrive as text."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mmm_core.date_text import DateForm, DateOrder, read_date_texts
from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.records import DateColumnReading
from mmm_data.ingest.marks import decide_marks
from mmm_data.ingest.options import ReadingOptions
from mmm_data.ingest.problems import READING_FIELD

_COMPACT_DATE = r"(?:19|20)\d{6}"


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table of numbers (float64), dates (datetime64) and texts (str), and how its texts were read.

    Attributes
    ----------
    frame : DataFrame
        The table.
    decimal_mark, thousands_marks : str
        Of its numbers; empty when none has one.
    dates : tuple of DateColumnReading
        Columns of dates that came as text.
    """

    frame: pd.DataFrame
    decimal_mark: str
    thousands_marks: str
    dates: tuple[DateColumnReading, ...]


@dataclass(frozen=True, slots=True)
class _Dates:
    dates: dict[str, pd.Series]
    forms: dict[str, str]
    problems: list[Violation]


def type_table(columns: dict[str, pd.Series], options: ReadingOptions) -> TypedTable:
    """Turn columns of texts into numbers or dates where every cell allows it.

    One cell that does not fit leaves the whole column text, so that validation can name the cell. Columns
    that have a type already keep it, but for whole numbers that are all dates like 20241230.

    Parameters
    ----------
    columns : dict of str to Series
        Texts, or typed.
    options : ReadingOptions
        What the caller said.

    Raises
    ------
    InvalidInput
        When dates or numbers can be read in more than one way, or not as the caller says.
    """
    texts = {name: _tidy(column) for name, column in columns.items() if _is_text(column)}
    compact = {name: text for name, column in columns.items() if (text := _compact(column)) is not None}
    candidates = {name: text for name, text in texts.items() if name not in compact}
    marks, problems = decide_marks(candidates, options.decimal_mark)
    numbers = {name for name, text in candidates.items() if marks.fits(text)}
    rest = {name: text for name, text in candidates.items() if name not in numbers} | compact
    found = _read_dates(rest, options.date_order)
    if problems + found.problems:
        raise InvalidInput(problems + found.problems)
    frame = pd.DataFrame(
        {
            name: found.dates[name]
            if name in found.dates
            else marks.numbers(texts[name])
            if name in numbers
            else marks.repaired(texts[name])
            if name in texts
            else column
            for name, column in columns.items()
        }
    )
    thousands = {mark for name in numbers for mark in marks.thousands(texts[name])}
    return TypedTable(
        frame,
        marks.decimal if thousands or _have_mark(texts, numbers, marks.decimal) else "",
        "".join(sorted(thousands)),
        tuple(
            DateColumnReading(column=name, format=found.forms[name])
            for name in columns
            if name in found.forms
        ),
    )


def _have_mark(texts: dict[str, pd.Series], numbers: set[str], mark: str) -> bool:
    return bool(mark) and any(texts[name].str.contains(mark, regex=False).any() for name in numbers)


def _is_text(column: pd.Series) -> bool:
    return not (
        pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_datetime64_any_dtype(column.dtype)
    )


def _tidy(column: pd.Series) -> pd.Series:
    stripped = column.astype("str").str.strip()
    return stripped.where(stripped != "")


def _compact(column: pd.Series) -> pd.Series | None:
    """Texts of a column whose every cell is a date like 20241230, which would also do as a number."""
    if pd.api.types.is_float_dtype(column.dtype):
        values = column.to_numpy(dtype=np.float64)
        filled = values[~np.isnan(values)]
        if not (len(filled) and filled.min() >= 19_000_101 and filled.max() < 21_000_000):
            return None
        if not (filled == np.round(filled)).all():
            return None
        texts = column.map("{:.0f}".format, na_action="ignore").astype("str")
    elif _is_text(column):
        texts = _tidy(column)
    else:
        return None
    filled_texts = texts.dropna()
    if not len(filled_texts) or not filled_texts.str.fullmatch(_COMPACT_DATE).all():
        return None
    return texts if read_date_texts(texts).dates is not None else None


def _read_dates(columns: dict[str, pd.Series], order: DateOrder | None) -> _Dates:
    found = _Dates({}, {}, [])
    for name, texts in columns.items():
        if not texts.notna().any():
            continue
        reading = read_date_texts(texts, order)
        if reading.dates is not None:
            found.dates[name] = reading.dates
            found.forms[name] = reading.readings[0][0].shown
        elif reading.problem == "ambiguous":
            found.problems.append(_ambiguous(name, texts, reading.readings))
        elif order is not None and (other := read_date_texts(texts)).readings:
            found.problems.append(_disagrees(name, order, other.readings[0][0].shown))
    return found


def _ambiguous(name: str, texts: pd.Series, readings: tuple[tuple[DateForm, pd.Series], ...]) -> Violation:
    options = ", ".join(
        f"{form.order} makes it {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}"
        for form, dates in readings
        if form.order is not None
    )
    return Violation(
        f"{READING_FIELD}.date_order",
        f"is needed: in column {shorten(name)!r} day and month cannot be told apart; {options}.",
        "Say which it is, or write dates like 2024-12-30.",
        shorten(texts.dropna().iloc[0]),
        "AMBIGUOUS_DATES",
    )


def _disagrees(name: str, order: DateOrder, shown: str) -> Violation:
    return Violation(
        f"{READING_FIELD}.date_order",
        f"says {order}, but column {shorten(name)!r} holds dates like {shown}.",
        "Leave it unset, or upload the file you meant.",
        order,
        "DATE_ORDER_DISAGREES",
    )
