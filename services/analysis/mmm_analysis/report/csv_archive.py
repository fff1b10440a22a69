"""Results as a zip archive with a CSV file per table."""

import csv
import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mmm_analysis.report.content import Content
from mmm_analysis.report.document import about_table, list_tables
from mmm_analysis.report.table import Table
from mmm_core.spreadsheet_cells import safe_cell


def write_csv_archive(content: Content, path: Path) -> None:
    """Write the archive: UTF-8, and no text that spreadsheets would take for a formula."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for table in (about_table(content), *list_tables(content)):
            # Without a time of their own, so that the same results are the same bytes.
            entry = ZipInfo(f"{table.layout.name}.csv")
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, _csv(table))


def _csv(table: Table) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([column.name for column in table.layout.columns])
    writer.writerows([safe_cell(cell) for cell in row] for row in table.rows())
    return file.getvalue()
