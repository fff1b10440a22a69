"""Delimited text: one header line; comma, semicolon, tab or pipe."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as pa_csv

from mmm_core.errors import InvalidInput, Violation
from mmm_core.validation.wording import counted, listing
from mmm_data.ingest.delimiters import read_header
from mmm_data.ingest.encodings import as_utf8
from mmm_data.ingest.names import name_problems, renamed_columns, tidy_names
from mmm_data.ingest.options import ReadingOptions
from mmm_data.ingest.problems import check_shape, problem, refused, unsound
from mmm_data.ingest.raw import RawTable
from mmm_data.settings import DataSettings

_BLOCK_BYTES = 16 << 20


def read_csv(path: Path, options: ReadingOptions, settings: DataSettings) -> RawTable:
    """Read delimited text.

    Raises
    ------
    InvalidInput
        Naming the lines that are wrong; rows count as in a spreadsheet, the header is row 1. Also when
        delimiter or encoding cannot be told.
    TooLarge
        Too many rows or columns.
    """
    with as_utf8(path, options.encoding) as (text, encoding):
        table = _read_text(text, options, settings)
    return replace(table, encoding=encoding)


def _read_text(path: Path, options: ReadingOptions, settings: DataSettings) -> RawTable:
    quotes = _count_quotes(path)
    delimiter, given = read_header(path, options.delimiter)
    check_shape(0, len(given), settings)
    problems = _header_problems(given)
    names = tidy_names(given)
    problems += name_problems(names)
    if problems:
        raise InvalidInput(problems)
    table = _read_rows(path, delimiter, len(names))
    if quotes % 2:
        _check_last_row(table)
    rows = _without_blank_end(table.slice(1))
    check_shape(rows.num_rows, len(names), settings)
    if rows.num_rows == 0:
        raise refused("NO_ROWS", "has a header line but no rows.", "Upload a file with at least one row.")
    return RawTable(
        {name: rows.column(place).to_pandas() for place, name in enumerate(names)},
        delimiter=delimiter,
        renamed=renamed_columns(given, names),
    )


def _count_quotes(path: Path) -> int:
    """Refuse binary data, and count quotation marks."""
    quotes = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if b"\0" in line:
                raise refused(
                    "NOT_TEXT",
                    f"holds binary data at line {number}.",
                    "Upload a text file in CSV, an Excel workbook or Parquet.",
                )
            quotes += line.count(b'"')
    return quotes


def _header_problems(names: list[str]) -> list[Violation]:
    filled = pd.Series([name for name in names if name.strip()], dtype="str")
    if len(filled) and pd.to_numeric(filled, errors="coerce").notna().mean() > 0.5:
        return [
            problem(
                "NO_HEADER",
                "has numbers instead of names in line 1.",
                "Put the names of the columns into line 1.",
                ", ".join(names),
            )
        ]
    return []


def _read_rows(path: Path, delimiter: str, width: int) -> pa.Table:
    """Read every cell as text, the header among them."""
    ragged: list[pa_csv.InvalidRow] = []

    def keep_for_report(row: pa_csv.InvalidRow) -> str:
        ragged.append(row)
        return "skip"

    keys = [str(place) for place in range(width)]
    try:
        table = pa_csv.read_csv(
            path,
            # One thread, so that ragged rows come with their number.
            read_options=pa_csv.ReadOptions(
                use_threads=False, block_size=_BLOCK_BYTES, autogenerate_column_names=True
            ),
            parse_options=pa_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=True,
                # Kept, so that rows after a blank line keep their number.
                ignore_empty_lines=False,
                invalid_row_handler=keep_for_report,
            ),
            convert_options=pa_csv.ConvertOptions(
                column_types={f"f{key}": pa.string() for key in keys}, strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise unsound("CSV") from error
    if ragged:
        raise _ragged(ragged, width)
    if table.num_columns != width:
        raise unsound("CSV")
    return table


def _ragged(rows: list[pa_csv.InvalidRow], width: int) -> InvalidInput:
    places = listing((f"row {row.number} ({counted(row.actual_columns, 'cell')})" for row in rows), len(rows))
    return refused(
        "RAGGED_ROWS",
        f"has rows whose number of cells is not {width}, as in the header: {places}.",
        "Give every row as many cells as the header; put a text that holds the delimiter into quotes.",
        rows[0].text,
    )


def _check_last_row(table: pa.Table) -> None:
    """Refuse a quotation mark that is never closed: the rest of the file became one cell."""
    last = [str(column[-1].as_py()) for column in table.columns]
    if any("\n" in cell for cell in last):
        raise refused(
            "UNCLOSED_QUOTE",
            f"has a quotation mark in row {table.num_rows} that is never closed.",
            "Close it, or remove it.",
            max(last, key=len),
        )


def _without_blank_end(table: pa.Table) -> pa.Table:
    """Drop blank lines at the end, as editors and spreadsheets leave them."""
    filled = None
    for column in table.columns:
        cells = pc.not_equal(pc.utf8_trim_whitespace(column), "")
        filled = cells if filled is None else pc.or_(filled, cells)
    places = pc.indices_nonzero(filled)
    return table.slice(0, places[-1].as_py() + 1 if len(places) else 0)
