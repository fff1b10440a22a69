"""Types of columns that arrive as text."""

import numpy as np
import pandas as pd

from mmm_core.validation import read_date_texts
from mmm_core.validation.date_text import may_be_dates

_NO_NUMBER = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none"})


def typed(texts: pd.Series) -> pd.Series:
    """Turn a column of texts into numbers or dates if every cell allows it.

    One cell that does not fit leaves the whole column text, so that validation can name the cell. Dates
    whose day and month could be exchanged stay text too.

    Parameters
    ----------
    texts : Series of str
        Cells as they stand in the file.

    Returns
    -------
    Series
        float64, datetime64 or str; an empty cell is missing.
    """
    stripped = texts.astype("str").str.strip()
    numbers = _as_numbers(stripped)
    if numbers is not None:
        return numbers
    filled = stripped.where(stripped != "")
    if may_be_dates(filled):
        reading = read_date_texts(filled)
        if reading.dates is not None:
            return reading.dates
    return filled


def _as_numbers(stripped: pd.Series) -> pd.Series | None:
    numbers = pd.to_numeric(stripped, errors="coerce").astype(np.float64)
    absent = stripped.isna() | stripped.str.casefold().isin(_NO_NUMBER)
    fits = bool((numbers.notna() | absent).all()) and bool(numbers.notna().any())
    return numbers if fits else None
