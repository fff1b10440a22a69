"""Dates written as text: ISO 8601 and common forms that can be read in one way only."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_ISO = "ISO8601"
_ISO_PATTERN = r"\d{4}-\d{2}(?:-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?)?"
_FORMATS = (
    _ISO,
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%Y",
    "%b %d, %Y",
    "%B %d, %Y",
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
    """

    dates: pd.Series | None
    problem: Literal["", "ambiguous", "unreadable"]
    unreadable: NDArray[np.bool_]


def read_date_texts(texts: pd.Series) -> DateReading:
    """Read a column of texts as dates, by one form for the whole column.

    ``03/04/2024`` alone can be March or April. A form is accepted when it reads every cell and no other
    form reads every cell differently, so one row like ``25/04/2024`` decides for the column.

    Parameters
    ----------
    texts : Series of str
        Empty and missing cells are allowed, and stay missing.
    """
    stripped = texts.astype("string").str.strip()
    filled = (stripped.notna() & (stripped != "")).fillna(value=False).to_numpy(dtype=np.bool_)
    forms = _likely_forms(stripped[filled])
    if not forms:
        return DateReading(None, "unreadable", filled)
    candidates = [_parse(stripped, form) for form in forms]
    misses = [filled & parsed.isna().to_numpy() for parsed in candidates]
    readings = [parsed for parsed, miss in zip(candidates, misses, strict=True) if not miss.any()]
    if not readings:
        return DateReading(None, "unreadable", min(misses, key=lambda miss: int(miss.sum())))
    if any(not reading.equals(readings[0]) for reading in readings[1:]):
        return DateReading(None, "ambiguous", np.zeros(len(texts), dtype=np.bool_))
    return DateReading(readings[0], "", np.zeros(len(texts), dtype=np.bool_))


def _likely_forms(filled: pd.Series) -> list[str]:
    """Forms that read most of the first cells; a form that reads all cells is always among them."""
    first = filled.head(_SAMPLE)
    hits = {form: int(_parse(first, form).notna().sum()) for form in _FORMATS}
    most = max(hits.values())
    return [form for form, count in hits.items() if count == most > 0]


def _parse(texts: pd.Series, form: str) -> pd.Series:
    if form == _ISO:
        # The pattern keeps out what pandas also takes for ISO: bare years and numbers, time zones.
        texts = texts.where(texts.str.fullmatch(_ISO_PATTERN).fillna(value=False))
    return pd.to_datetime(texts, format=form, errors="coerce").astype("datetime64[us]")
