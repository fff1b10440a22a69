"""The first rows of a stored table, as text."""

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq


def preview_table(path: Path, rows: int) -> tuple[list[str], list[list[str]]]:
    """Read names and the first rows of a Parquet file without reading the rest.

    Returns
    -------
    columns : list of str
        Names of the columns.
    rows : list of list of str
        Cells as text; an empty cell is an empty text.
    """
    with pq.ParquetFile(path) as file:
        first = next(file.iter_batches(batch_size=rows)).to_pandas()
    texts = [[_text(value) for value in first[name]] for name in first.columns]
    return [str(name) for name in first.columns], [list(row) for row in zip(*texts, strict=True)]


def _text(value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, pd.Timestamp):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)
