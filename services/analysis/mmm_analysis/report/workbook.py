"""Results as an Excel workbook with a sheet per table."""

from datetime import datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from mmm_analysis.report.content import Content
from mmm_analysis.report.document import about_table, list_tables
from mmm_analysis.report.table import CellType, Table
from mmm_core.spreadsheet_cells import Cell, safe_cell

# A text is never taken for anything else.
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NUMBER_FORMATS = {
    CellType.NUMBER: "#,##0.000",
    CellType.SHARE: "0.0%",
    CellType.WHOLE: "#,##0",
    CellType.DATE: "yyyy-mm-dd",
}
_WIDEST, _NARROWEST = 60, 10


def write_workbook(content: Content, path: Path) -> None:
    """Write the workbook: what it is about, the tables, and what their columns mean."""
    with xlsxwriter.Workbook(str(path), _OPTIONS) as workbook:
        # The fit's own time, so that the same results are the same bytes.
        workbook.set_properties({"title": "Results", "created": content.fit.create_time.replace(tzinfo=None)})
        styles = _Styles(workbook)
        tables = list_tables(content)
        _write_facts(workbook.add_worksheet("about"), about_table(content), styles)
        for table in tables:
            _write_table(workbook.add_worksheet(table.layout.name), table, styles)
        _write_meanings(workbook.add_worksheet("columns"), tables, styles)


class _Styles:
    """Formats of cells."""

    def __init__(self, workbook: Workbook) -> None:
        self.heading: Format = workbook.add_format({"bold": True, "bg_color": "#d5dce0", "bottom": 1})
        self.wrapped: Format = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.by_type: dict[CellType, Format] = {
            type_: workbook.add_format({"num_format": code}) for type_, code in _NUMBER_FORMATS.items()
        }


def _write_facts(sheet: Worksheet, table: Table, styles: _Styles) -> None:
    """One fact per row: name, value, meaning."""
    (values,) = table.rows()
    _write_headings(sheet, ["fact", "value", "meaning"], styles)
    for row, (column, value) in enumerate(zip(table.layout.columns, values, strict=True), start=1):
        _write_cell(sheet, row, 0, column.name, None)
        _write_cell(sheet, row, 1, value, styles.by_type.get(column.type, styles.wrapped))
        _write_cell(sheet, row, 2, column.meaning, None)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, _WIDEST)
    sheet.set_column(2, 2, _WIDEST)


def _write_table(sheet: Worksheet, table: Table, styles: _Styles) -> None:
    columns, rows = table.layout.columns, list(table.rows())
    _write_headings(sheet, [column.name for column in columns], styles)
    for number, row in enumerate(rows, start=1):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            style = styles.by_type.get(column.type)
            if column.type is CellType.DATE and isinstance(cell, str):
                sheet.write_datetime(number, place, datetime.fromisoformat(cell), style)
            else:
                _write_cell(sheet, number, place, cell, style)
    for place, column in enumerate(columns):
        longest = max((len(cell) for row in rows if isinstance(cell := row[place], str)), default=0)
        width = min(max(len(column.name) + 2, longest, _NARROWEST), _WIDEST)
        sheet.set_column(place, place, width)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _write_meanings(sheet: Worksheet, tables: list[Table], styles: _Styles) -> None:
    """Say what every column of every table holds."""
    _write_headings(sheet, ["table", "column", "meaning"], styles)
    meanings = (
        (table.layout.name, column.name, column.meaning)
        for table in tables
        for column in table.layout.columns
    )
    for number, row in enumerate(meanings, start=1):
        for place, cell in enumerate(row):
            _write_cell(sheet, number, place, cell, None)
    sheet.set_column(0, 1, 30)
    sheet.set_column(2, 2, _WIDEST * 2)


def _write_headings(sheet: Worksheet, names: list[str], styles: _Styles) -> None:
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, styles.heading)
    sheet.freeze_panes(1, 0)


def _write_cell(sheet: Worksheet, row: int, place: int, cell: Cell, style: Format | None) -> None:
    cell = safe_cell(cell)
    match cell:
        case None:
            return
        case bool():
            sheet.write_boolean(row, place, cell, style)
        case str():
            sheet.write_string(row, place, cell, style)
        case _:
            sheet.write_number(row, place, cell, style)
