"""Cells that must be finite numbers."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mmm_core.errors import shorten
from mmm_core.findings import Finding, Severity
from mmm_core.media import Floats
from mmm_core.validation.wording import cells, counted, rows

_DECIMAL_COMMA = r"[+-]?\d{1,3}(?:\.?\d{3})*,\d+"


def read_numbers(column: pd.Series) -> tuple[Floats, NDArray[np.bool_]]:
    """Read a column as numbers.

    Returns
    -------
    values : array of float, shape (T,)
        NaN where a cell is empty or not a number.
    unreadable : array of bool, shape (T,)
        Cells that hold something else than a number.
    """
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column.to_numpy(dtype=np.float64, na_value=np.nan), np.zeros(len(column), dtype=np.bool_)
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return np.full(len(column), np.nan), column.notna().to_numpy()
    texts = column.astype("string").str.strip()
    values = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    filled = (texts.notna() & (texts != "")).fillna(value=False).to_numpy(dtype=np.bool_)
    return values, filled & np.isnan(values)


def check_cells(column: pd.Series, name: str) -> Iterator[Finding]:
    """Cells that are not numbers, empty, or infinite."""
    values, unreadable = read_numbers(column)
    if unreadable.any():
        yield Finding(
            Severity.ERROR,
            "NOT_A_NUMBER",
            name,
            shorten(column[unreadable].iloc[0]),
            f"Column {name!r} has {counted(int(unreadable.sum()), 'cell')} that cannot be read as a number: "
            f"{cells(column, unreadable)}.",
            _number_advice(column[unreadable]),
        )
    missing = np.isnan(values) & ~unreadable
    if missing.any():
        yield Finding(
            Severity.ERROR,
            "MISSING_VALUES",
            name,
            "",
            f"Column {name!r} has {counted(int(missing.sum()), 'empty cell')}: {rows(missing)}.",
            "Fill every cell; write 0 where there was no activity.",
        )
    infinite = np.isinf(values)
    if infinite.any():
        yield Finding(
            Severity.ERROR,
            "INFINITE_VALUES",
            name,
            str(values[infinite][0]),
            f"Column {name!r} has {counted(int(infinite.sum()), 'infinite value')}: {rows(infinite)}.",
            "Replace them by the true numbers; often a division by zero made them.",
        )


def _number_advice(bad: pd.Series) -> str:
    if bad.astype("string").str.strip().str.fullmatch(_DECIMAL_COMMA).any():
        return "Write numbers with a point as decimal mark and without thousands separators, like 1234.5."
    return "Write plain numbers like 1234.5, without units or words; write 0 where there was no activity."
