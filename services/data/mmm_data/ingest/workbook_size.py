"""How large a workbook is when unpacked, found without unpacking it into memory."""

import re
import zipfile
from pathlib import Path

from mmm_core.errors import TooLarge
from mmm_data.ingest.problems import check_shape
from mmm_data.settings import MIB, DataSettings

_CHUNK = 1 << 20
_OVERLAP = 200
# A cell with content; one that is only formatted closes itself.
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*?(?<!/)>""")
_CELL_BYTES = 64


def check_workbook_size(path: Path, settings: DataSettings) -> None:
    """Refuse a workbook whose sheets would not fit into memory.

    A single cell far away from the others makes a sheet huge, because sheets are held as rectangles.

    Raises
    ------
    TooLarge
        Too many rows or columns, or too large.
    BadZipFile
        When it is damaged, or says wrong sizes.
    """
    size = 0
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            is_sheet = entry.filename.startswith("xl/worksheets/")
            size += entry.file_size
            if size > settings.max_table_bytes:
                raise _too_large(settings)
            # Reading to the end compares what is there with the size and checksum that were announced.
            rows, columns = _used_area(archive, entry) if is_sheet else _drain(archive, entry)
            check_shape(rows, columns, settings)
            if rows * columns * _CELL_BYTES > settings.max_table_bytes:
                raise _too_large(settings)


def _too_large(settings: DataSettings) -> TooLarge:
    return TooLarge(
        f"The workbook is larger than {settings.max_table_bytes // MIB} MiB when unpacked, the most that is "
        "accepted. Aggregate it to one row per period, or remove cells far away from the table."
    )


def _used_area(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, int]:
    rows = columns = 0
    with archive.open(entry) as file:
        rest = b""
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            for match in _CELL.finditer(text):
                columns = max(columns, _column_number(match[1]))
                rows = max(rows, int(match[2]))
            rest = text[-_OVERLAP:]
    return rows, columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _drain(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[int, int]:
    with archive.open(entry) as file:
        while file.read(_CHUNK):
            pass
    return 0, 0
