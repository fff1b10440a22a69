"""Dates written as text: ISO 8601 and common forms that can be read in one way only."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray


class DateOrder(StrEnum):
    """Which part of a date written in figures comes first."""

    ISO = "iso"
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class DateForm:
    """One way to write dates.

    Attributes
    ----------
    pattern : str
        For `pandas.to_datetime`.
    shown : str
        For people.
    order : DateOrder or None
        None where the month is a word, so that nothing can be mixed up.
    """

    pattern: str
    shown: str
    order: DateOrder | None = None


_ISO = "ISO8601"
_ISO_PATTERN = r"\d{4}-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?)?"
_COMPACT, _COMPACT_PATTERN = "%Y%m%d", r"(?:19|20)\d{6}"
_WEEK = "%G-W%V-%u"
# What spreadsheets add to plain dates.
_MIDNIGHT = r"(?:[T ]0?0:00(?::00(?:\.0+)?)?| 12:00(?::00)? ?(?:AM|am))$"
_FORMS = (
    DateForm(_ISO, "YYYY-MM-DD", DateOrder.ISO),
    DateForm("%Y/%m/%d", "YYYY/MM/DD", DateOrder.ISO),
    DateForm("%Y.%m.%d", "YYYY.MM.DD", DateOrder.ISO),
    DateForm(_COMPACT, "YYYYMMDD", DateOrder.ISO),
    DateForm("%Y/%m", "YYYY/MM", DateOrder.ISO),
    DateForm(_WEEK, "YYYY-Www, the Monday of the week", DateOrder.ISO),
    DateForm("%d.%m.%Y", "DD.MM.YYYY", DateOrder.DAY_FIRST),
    DateForm("%d/%m/%Y", "DD/MM/YYYY", DateOrder.DAY_FIRST),
    DateForm("%m/%d/%Y", "MM/DD/YYYY", DateOrder.MONTH_FIRST),
    DateForm("%d-%m-%Y", "DD-MM-YYYY", DateOrder.DAY_FIRST),
    DateForm("%m-%d-%Y", "MM-DD-YYYY", DateOrder.MONTH_FIRST),
    DateForm("%d.%m.%y", "DD.MM.YY", DateOrder.DAY_FIRST),
    DateForm("%d/%m/%y", "DD/MM/YY", DateOrder.DAY_FIRST),
    DateForm("%m/%d/%y", "MM/DD/YY", DateOrder.MONTH_FIRST),
    DateForm("%y/%m/%d", "YY/MM/DD", DateOrder.ISO),
    DateForm("%m/%Y", "MM/YYYY"),
    DateForm("%d %b %Y", "DD Mon YYYY"),
    DateForm("%d %B %Y", "DD Month YYYY"),
    DateForm("%d-%b-%Y", "DD-Mon-YYYY"),
    DateForm("%d-%b-%y", "DD-Mon-YY"),
    DateForm("%b %d, %Y", "Mon DD, YYYY"),
    DateForm("%B %d, %Y", "Month DD, YYYY"),
    DateForm("%b %Y", "Mon YYYY"),
    DateForm("%B %Y", "Month YYYY"),
    DateForm("%b-%Y", "Mon-YYYY"),
    DateForm("%b-%y", "Mon-YY"),
)
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class DateReading:
    """What became of a column of texts that may be dates.

    Attributes
    ----------
    dates : Series of datetime64 or None
        The dates, missing where the text is empty; None when the texts cannot be read as dates.
    problem : {"", "ambiguous", "unreadable"}
        Why not. Ambiguous: day and month could be exchanged in every row.
    unreadable : array of bool
        Cells that are not dates, in the reading that understands most cells.
    readings : tuple of (DateForm, Series)
        Every different way to read all cells; more than one when ambiguous.
    """

    dates: pd.Series | None
    problem: Literal["", "ambiguous", "unreadable"]
    unreadable: NDArray[np.bool_]
    readings: tuple[tuple[DateForm, pd.Series], ...] = ()


def read_date_texts(texts: pd.Series, order: DateOrder | None = None) -> DateReading:
    """Read a column of texts as dates, by one form for the whole column.

    ``03/04/2024`` alone can be March or April. A form is accepted when it reads every cell and no other
    form reads every cell differently, so one row like ``25/04/2024`` decides for the column.

    Parameters
    ----------
    texts : Series of str
        Empty and missing cells are allowed, and stay missing.
    order : DateOrder, optional
        Only forms of this order are tried, beside those with the month as a word.
    """
    stripped = texts.astype("string").str.strip()
    filled = (stripped.notna() & (stripped != "")).fillna(value=False).to_numpy(dtype=np.bool_)
    forms = _likely_forms(stripped[filled], order)
    if not forms:
        return DateReading(None, "unreadable", filled)
    candidates = [(form, _parse(stripped, form)) for form in forms]
    misses = [filled & parsed.isna().to_numpy() for _, parsed in candidates]
    readings = [candidate for candidate, miss in zip(candidates, misses, strict=True) if not miss.any()]
    if not readings:
        return DateReading(None, "unreadable", min(misses, key=lambda miss: int(miss.sum())))
    different = _different(readings)
    problem: Literal["", "ambiguous"] = "ambiguous" if len(different) > 1 else ""
    dates = None if problem else readings[0][1]
    return DateReading(dates, problem, np.zeros(len(texts), dtype=np.bool_), different)


def _different(readings: list[tuple[DateForm, pd.Series]]) -> tuple[tuple[DateForm, pd.Series], ...]:
    kept: list[tuple[DateForm, pd.Series]] = []
    for form, dates in readings:
        if not any(dates.equals(other) for _, other in kept):
            kept.append((form, dates))
    return tuple(kept)


def _likely_forms(filled: pd.Series, order: DateOrder | None) -> list[DateForm]:
    """Forms that read most of the first cells; a form that reads all cells is always among them."""
    first = filled.head(_SAMPLE)
    wanted = [form for form in _FORMS if order is None or form.order in {order, None}]
    hits = [(form, int(_parse(first, form).notna().sum())) for form in wanted]
    most = max(count for _, count in hits)
    return [form for form, count in hits if count == most > 0]


def _parse(texts: pd.Series, form: DateForm) -> pd.Series:
    # The patterns keep out what pandas also takes: bare years and numbers, time zones, missing digits.
    if form.pattern == _ISO:
        texts = texts.where(texts.str.fullmatch(_ISO_PATTERN).fillna(value=False))
    elif form.pattern == _COMPACT:
        texts = texts.where(texts.str.fullmatch(_COMPACT_PATTERN).fillna(value=False))
    elif form.pattern == _WEEK:
        texts = texts + "-1"
    else:
        texts = texts.str.replace(_MIDNIGHT, "", regex=True)
    return pd.to_datetime(texts, format=form.pattern, errors="coerce").astype("datetime64[us]")
