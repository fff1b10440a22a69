"""Excel workbooks (.xlsx)."""

import datetime as dt
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.validation.wording import listing
from mmm_data.ingest.marks import NO_NUMBER
from mmm_data.ingest.names import name_problems, renamed_columns, tidy_names
from mmm_data.ingest.options import ReadingOptions
from mmm_data.ingest.problems import READING_FIELD, check_shape, refused, unsound
from mmm_data.ingest.raw import RawTable
from mmm_data.ingest.workbook_size import check_workbook_size
from mmm_data.settings import DataSettings

# RuntimeError: an archive that is encrypted, or compressed in a way that is not known.
_DAMAGE = (CalamineError, zipfile.BadZipFile, zlib.error, RuntimeError, OSError, ValueError)

type Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read_excel(path: Path, options: ReadingOptions, settings: DataSettings) -> RawTable:
    """Read one sheet of a workbook: the named one, or the only visible one with data.

    Formulas count with the value that was stored with them; a cell that shows an error is empty.

    Raises
    ------
    InvalidInput
        When the file is damaged, the sheet is not there or not clear, or holds no table.
    TooLarge
        Too many rows or columns, or too large when unpacked.
    """
    try:
        check_workbook_size(path, settings)
        with CalamineWorkbook.from_path(path) as workbook:
            sheet = _choose_sheet(workbook, options.sheet)
            rows = _filled_rows(sheet)
    except _DAMAGE as error:
        raise unsound("Excel") from error
    if len(rows) < 2:
        raise refused(
            "NO_ROWS",
            f"has no rows in sheet {shorten(sheet.name)!r} below the first.",
            "Put the names of the columns into the first row, and at least one row below.",
        )
    check_shape(len(rows) - 1, len(rows[0]), settings)
    given = _given_names(rows[0])
    names = tidy_names(given)
    if problems := name_problems(names):
        raise InvalidInput(problems)
    columns = zip(*rows[1:], strict=True)
    return RawTable(
        {name: _column(cells) for name, cells in zip(names, columns, strict=True)},
        sheet=sheet.name,
        renamed=renamed_columns(given, names),
    )


def _choose_sheet(workbook: CalamineWorkbook, wanted: str) -> CalamineSheet:
    if wanted:
        if wanted not in workbook.sheet_names:
            raise _sheet_problem(
                "UNKNOWN_SHEET", "is not a sheet of the workbook.", workbook.sheet_names, wanted
            )
        return workbook.get_sheet_by_name(wanted)
    visible = [
        meta.name
        for meta in workbook.sheets_metadata
        if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible
    ]
    filled = [sheet for name in visible if (sheet := workbook.get_sheet_by_name(name)).height]
    if not filled:
        raise refused("EMPTY_FILE", "has no visible sheet with data.", "Upload a workbook with a table.")
    if len(filled) > 1:
        names = [sheet.name for sheet in filled]
        raise _sheet_problem("AMBIGUOUS_SHEET", "is needed: more than one sheet has data.", names)
    return filled[0]


def _sheet_problem(code: str, message: str, names: Sequence[str], wanted: str = "") -> InvalidInput:
    sheets = listing((repr(shorten(name)) for name in names), len(names))
    return InvalidInput(
        [Violation(f"{READING_FIELD}.sheet", message, f"Sheets there are: {sheets}.", shorten(wanted), code)]
    )


def _filled_rows(sheet: CalamineSheet) -> list[list[Cell]]:
    """Rows of the used area, without blank ones at the end."""
    rows: list[list[Cell]] = sheet.to_python()
    while rows and all(_is_blank(cell) for cell in rows[-1]):
        rows.pop()
    return rows


def _given_names(header: list[Cell]) -> list[str]:
    names = ["" if _is_blank(cell) else _text(cell) for cell in header]
    if 2 * sum(bool(name.strip()) for name in names) <= len(names) or not all(
        isinstance(cell, str) for cell in header
    ):
        raise refused(
            "NO_HEADER",
            "has a first row that does not name the columns.",
            "Put the names of the columns, as text, into the first row of the sheet, without titles above.",
            ", ".join(names),
        )
    return names


def _column(cells: Sequence[Cell]) -> pd.Series:
    """Numbers or dates when every filled cell is one, else texts."""
    filled = [cell for cell in cells if not _is_blank(cell)]
    numbers = [cell for cell in filled if not _is_no_number(cell)]
    if numbers and all(isinstance(cell, (int, float)) for cell in numbers):
        return pd.Series(
            [float(cell) if isinstance(cell, (int, float)) else np.nan for cell in cells], dtype=np.float64
        )
    if filled and all(isinstance(cell, dt.date) for cell in filled):
        return pd.Series([None if _is_blank(cell) else cell for cell in cells], dtype="datetime64[us]")
    return pd.Series(["" if _is_blank(cell) else _text(cell) for cell in cells], dtype="str")


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _is_no_number(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip().lower() in NO_NUMBER


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return cell.isoformat().removesuffix("T00:00:00")
    return str(cell)
