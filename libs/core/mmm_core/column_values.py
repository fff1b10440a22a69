"""Dates and labels of a table's columns, read alike wherever a column is looked at."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mmm_core.date_text import read_date_texts

_ZONED_TEXT = r".*\d:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|UTC|[+-]\d{2}:?\d{2})"


@dataclass(frozen=True, slots=True)
class DaysReading:
    """What became of a column that may hold dates.

    Attributes
    ----------
    days : Series of datetime64 or None
        Midnight of each day, missing where the cell is empty; None when the column cannot be read.
    problem : {"", "zoned", "ambiguous", "unreadable"}
        Why not. Zoned: with a time zone. Ambiguous: day and month could be exchanged in every row.
    refused : array of bool
        Cells with the problem; all filled ones when it is the whole column's.
    """

    days: pd.Series | None
    problem: Literal["", "zoned", "ambiguous", "unreadable"]
    refused: NDArray[np.bool_]


def read_days(column: pd.Series) -> DaysReading:
    """Read a column of dates, or of texts that are dates, as days.

    Numbers are no dates, and texts are dates only when all can be read in the same way and in no other.
    """
    filled = column.notna().to_numpy()
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        return DaysReading(None, "zoned", filled)
    if pd.api.types.is_datetime64_dtype(column.dtype):
        return DaysReading(column.dt.normalize(), "", np.zeros_like(filled))
    if pd.api.types.is_numeric_dtype(column.dtype):
        return DaysReading(None, "unreadable", filled)
    return _read_texts(column.astype("string").str.strip(), filled)


def _read_texts(texts: pd.Series, filled: NDArray[np.bool_]) -> DaysReading:
    zoned = texts.str.fullmatch(_ZONED_TEXT).fillna(value=False).to_numpy(dtype=np.bool_)
    if zoned.any():
        return DaysReading(None, "zoned", zoned)
    reading = read_date_texts(texts)
    if reading.dates is None:
        ambiguous = reading.problem == "ambiguous"
        return DaysReading(None, reading.problem, filled if ambiguous else reading.unreadable)
    return DaysReading(reading.dates.dt.normalize(), "", reading.unreadable)


def read_labels(column: pd.Series) -> pd.Series:
    """Read a column as texts, empty where a cell is; the number 1 reads ``1``, however it is stored."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    if not pd.api.types.is_float_dtype(column.dtype):
        return column.astype("string").fillna("")
    codes, numbers = pd.factorize(column)
    texts = np.array(
        [*(np.format_float_positional(number, trim="-") for number in numbers), ""], dtype=object
    )
    # The code of an empty cell is -1, which takes the last text.
    return pd.Series(texts[codes], index=column.index, name=column.name, dtype="string")
