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

    @property
    def understood_any(self) -> bool:
        """Whether at least one cell looks like a date."""
        return not self.unreadable.all()


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
    candidates = [_parse(stripped, form) for form in _FORMATS]
    misses = [filled & parsed.isna().to_numpy() for parsed in candidates]
    readings = [parsed for parsed, miss in zip(candidates, misses, strict=True) if not miss.any()]
    if not readings or not filled.any():
        return DateReading(None, "unreadable", min(misses, key=lambda miss: int(miss.sum())))
    if any(not reading.equals(readings[0]) for reading in readings[1:]):
        return DateReading(None, "ambiguous", np.zeros(len(texts), dtype=np.bool_))
    return DateReading(readings[0], "", np.zeros(len(texts), dtype=np.bool_))


def may_be_dates(texts: pd.Series) -> bool:
    """Whether the first filled cell has the form of a date; a cheap test before `read_date_texts`."""
    filled = texts.dropna().astype("string").str.strip()
    first = filled[filled != ""].head(1)
    return len(first) == 1 and any(_parse(first, form).notna().all() for form in _FORMATS)


def _parse(texts: pd.Series, form: str) -> pd.Series:
    if form == _ISO:
        # The pattern keeps out what pandas also takes for ISO: bare years and numbers, time zones.
        texts = texts.where(texts.str.fullmatch(_ISO_PATTERN).fillna(value=False))
    return pd.to_datetime(texts, format=form, errors="coerce").astype("datetime64[us]")
