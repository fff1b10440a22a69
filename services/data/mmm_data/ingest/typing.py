"""Types of columns that arrive as text."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mmm_core.validation import read_date_texts

_NO_NUMBER = pa.array(["", "na", "n/a", "#n/a", "nan", "null", "none"])


def typed(texts: pa.ChunkedArray) -> pd.Series:
    """Turn a column of texts into numbers or dates if every cell allows it.

    One cell that does not fit leaves the whole column text, so that validation can name the cell. Dates
    whose day and month could be exchanged stay text too.

    Parameters
    ----------
    texts : ChunkedArray of string
        Cells as they stand in the file.

    Returns
    -------
    Series
        float64, datetime64 or str; an empty cell is missing.
    """
    stripped = pc.utf8_trim_whitespace(texts)
    numbers = _as_numbers(stripped)
    if numbers is not None:
        return numbers
    filled = pc.if_else(pc.equal(stripped, ""), None, stripped).to_pandas().astype("str")
    dates = read_date_texts(filled).dates
    return filled if dates is None else dates


def _as_numbers(stripped: pa.ChunkedArray) -> pd.Series | None:
    absent = pc.is_in(pc.utf8_lower(stripped), value_set=_NO_NUMBER)
    present = pc.if_else(absent, None, stripped)
    if present.null_count == len(present):
        return None
    try:
        return pc.cast(present, pa.float64()).to_pandas().astype(np.float64)
    except pa.ArrowInvalid:
        # pandas reads what Arrow does not, like +1.5.
        numbers = pd.to_numeric(present.to_pandas(), errors="coerce").astype(np.float64)
        fits = int(numbers.notna().sum()) == len(present) - present.null_count
        return numbers if fits else None
