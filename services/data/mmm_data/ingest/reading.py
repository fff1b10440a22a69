"""Reads an uploaded file, and writes and describes the table that is stored."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mmm_core.records import ColumnRecord, ColumnType
from mmm_data.ingest.csv_file import read_csv
from mmm_data.ingest.formats import FileFormat, check_agreement, detect_format
from mmm_data.ingest.parquet_file import read_parquet
from mmm_data.settings import DataSettings

_READERS = {FileFormat.CSV: read_csv, FileFormat.PARQUET: read_parquet}


def read_file(
    path: Path, *, file_name: str, declared: FileFormat | None, settings: DataSettings
) -> tuple[pd.DataFrame, FileFormat]:
    """Read an uploaded file into a table of numbers (float64), dates (datetime64) and texts (str).

    Parameters
    ----------
    path : Path
        The file.
    file_name : str
        Its name on the caller's side, only compared with the content; may be empty.
    declared : FileFormat or None
        What the caller says it is; None to go by the content.
    settings : DataSettings
        Limits.

    Raises
    ------
    InvalidInput
        When it is empty, not a table, not what its name says, or not well-formed.
    TooLarge
        When the table is above a limit.
    """
    found = detect_format(path)
    check_agreement(found, file_name, declared)
    return _READERS[found](path, settings), found


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet."""
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), path, compression="zstd")


def column_type(column: pd.Series) -> ColumnType:
    """What the values of a column are."""
    if pd.api.types.is_numeric_dtype(column.dtype):
        return ColumnType.NUMBER
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return ColumnType.DATE
    return ColumnType.TEXT


def column_records(table: pd.DataFrame) -> tuple[ColumnRecord, ...]:
    """Describe the columns of a table."""
    return tuple(ColumnRecord(name=str(name), type=column_type(table[name])) for name in table.columns)
