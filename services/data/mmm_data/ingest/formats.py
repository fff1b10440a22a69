"""What a file is, decided from its first bytes, and whether its name agrees."""

import zipfile
from enum import StrEnum
from pathlib import Path, PurePosixPath

from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_data.ingest.encodings import marked_encoding
from mmm_data.ingest.problems import refused


class FileFormat(StrEnum):
    """File formats that are understood."""

    CSV = "csv"
    EXCEL = "excel"
    PARQUET = "parquet"


_LABELS = {
    FileFormat.CSV: "delimited text (CSV)",
    FileFormat.EXCEL: "an Excel workbook",
    FileFormat.PARQUET: "Parquet",
}
_PARQUET_MAGIC = b"PAR1"
_ZIP_MAGIC = b"PK\x03\x04"
_WORKBOOK = "xl/workbook.xml"
_ENDINGS = {
    ".csv": FileFormat.CSV,
    ".txt": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
    ".xlsx": FileFormat.EXCEL,
    ".xlsm": FileFormat.EXCEL,
    ".parquet": FileFormat.PARQUET,
    ".pq": FileFormat.PARQUET,
}
_FOREIGN_ENDINGS = frozenset(
    {".xls", ".xlsb", ".ods", ".zip", ".gz", ".json", ".pdf", ".png", ".jpg", ".jpeg", ".feather"}
)
_FOREIGN_CONTENT = {
    b"\x89PNG\r\n\x1a\n": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    _ZIP_MAGIC: "a ZIP archive",
    b"\xd0\xcf\x11\xe0": "an Excel workbook in the old format, or one with a password",
    b"\x1f\x8b": "a gzip archive",
    b"ARROW1": "an Arrow file",
}
_SAMPLE = 8192


def detect_format(path: Path) -> FileFormat:
    """Tell a file's format from its first bytes.

    Raises
    ------
    InvalidInput
        When it is empty or none of the formats that are understood.
    """
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise refused("EMPTY_FILE", "is empty.", "Upload a file with a header line and at least one row.")
    if start.startswith(_PARQUET_MAGIC):
        return FileFormat.PARQUET
    if start.startswith(_ZIP_MAGIC) and _is_workbook(path):
        return FileFormat.EXCEL
    for magic, content in _FOREIGN_CONTENT.items():
        if start.startswith(magic):
            raise _foreign(content)
    if b"\0" in start and not marked_encoding(start):
        raise _foreign("binary data")
    return FileFormat.CSV


def check_agreement(found: FileFormat, file_name: str, declared: FileFormat | None) -> None:
    """Refuse a file that is not what its name or its declared format says.

    Parameters
    ----------
    found : FileFormat
        What the content is.
    file_name : str
        Name on the caller's side; may be empty.
    declared : FileFormat or None
        What the caller says it is.
    """
    problems = []
    ending = PurePosixPath(file_name.lower()).suffix
    if ending in _FOREIGN_ENDINGS or _ENDINGS.get(ending, found) is not found:
        problems.append(
            Violation(
                "header.file_name",
                f"ends in {ending}, but the content is {_LABELS[found]}.",
                "Upload the file you meant, or correct its name.",
                shorten(file_name),
                "NAME_DISAGREES_WITH_CONTENT",
            )
        )
    if declared is not None and declared is not found:
        problems.append(
            Violation(
                "header.format",
                f"says {_LABELS[declared]}, but the content is {_LABELS[found]}.",
                "Leave the format unset, or upload the file you meant.",
                declared,
                "FORMAT_DISAGREES_WITH_CONTENT",
            )
        )
    if problems:
        raise InvalidInput(problems)


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return _WORKBOOK in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _foreign(content: str) -> InvalidInput:
    return refused(
        "NOT_A_TABLE",
        f"is {content}, not a table in CSV, Excel (.xlsx) or Parquet.",
        "Export the table as 'CSV UTF-8', as .xlsx or as Parquet and upload that.",
    )
