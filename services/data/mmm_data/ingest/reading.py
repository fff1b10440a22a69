"""Reads an uploaded file, and writes and describes the table that is stored."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mmm_core.records import ColumnRecord, ColumnType, Layout, Reading
from mmm_data.ingest.csv_file import read_csv
from mmm_data.ingest.excel_file import read_excel
from mmm_data.ingest.formats import FileFormat, check_agreement, detect_format
from mmm_data.ingest.layout import check_wide, find_layout, to_wide
from mmm_data.ingest.options import ReadingOptions
from mmm_data.ingest.parquet_file import read_parquet
from mmm_data.ingest.problems import check_shape
from mmm_data.ingest.typing import type_table
from mmm_data.settings import DataSettings

_READERS = {FileFormat.CSV: read_csv, FileFormat.EXCEL: read_excel, FileFormat.PARQUET: read_parquet}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A table, and how it was read.

    Attributes
    ----------
    table : DataFrame
        Numbers (float64), dates (datetime64) and texts (str); wide.
    format : FileFormat
        Of the file.
    reading : Reading
        What was found in it or said about it.
    """

    table: pd.DataFrame
    format: FileFormat
    reading: Reading


def read_file(
    path: Path,
    *,
    file_name: str,
    declared: FileFormat | None,
    options: ReadingOptions,
    settings: DataSettings,
) -> ReadFile:
    """Read an uploaded file.

    Parameters
    ----------
    path : Path
        The file.
    file_name : str
        Its name on the caller's side, only compared with the content; may be empty.
    declared : FileFormat or None
        What the caller says it is; None to go by the content.
    options : ReadingOptions
        What the caller says about how to read it.
    settings : DataSettings
        Limits.

    Raises
    ------
    InvalidInput
        When it is empty, not a table, not what its name says, not well-formed, or can be read in more than
        one way.
    TooLarge
        When the table is above a limit.
    """
    found = detect_format(path)
    check_agreement(found, file_name, declared)
    raw = _READERS[found](path, options, settings)
    long = find_layout(list(raw.columns), options)
    columns = raw.columns if long is None else to_wide(raw.columns, long)
    check_shape(0, len(columns), settings)
    typed = type_table(columns, options)
    if long is None:
        check_wide(typed.frame, options)
    reading = Reading(
        delimiter=raw.delimiter,
        encoding=raw.encoding,
        sheet=raw.sheet,
        decimal_mark=typed.decimal_mark,
        thousands_marks=typed.thousands_marks,
        dates=typed.dates,
        layout=Layout.WIDE if long is None else Layout.LONG,
        variable_column=long.variable if long else "",
        value_column=long.value if long else "",
        ignored_columns=long.ignored if long else (),
        renamed_columns=raw.renamed,
    )
    return ReadFile(typed.frame, found, reading)


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
