"""Errors that speak of an uploaded file."""

from mmm_core.errors import InvalidInput, TooLarge, Violation, shorten
from mmm_data.settings import DataSettings

FIELD = "file"
READING_FIELD = "header.reading"


def problem(code: str, message: str, fix: str, value: object = "") -> Violation:
    """One thing wrong with the content of the file."""
    return Violation(FIELD, message, fix, shorten(value), code)


def refused(code: str, message: str, fix: str, value: object = "") -> InvalidInput:
    """The error with one such problem."""
    return InvalidInput([problem(code, message, fix, value)])


def unsound(kind: str) -> InvalidInput:
    """The error for a file its parser cannot make sense of."""
    return refused(
        "UNREADABLE_FILE", f"is not a sound {kind} file.", "Export it again and upload the new file."
    )


def check_shape(rows: int, columns: int, settings: DataSettings) -> None:
    """Raise `TooLarge` for a table with too many rows or columns."""
    if columns > settings.max_columns:
        raise TooLarge(
            f"The file has {columns} columns; at most {settings.max_columns} are accepted. "
            "Keep the columns a model needs."
        )
    if rows > settings.max_rows:
        raise TooLarge(
            f"The file has {rows} rows; at most {settings.max_rows} are accepted. "
            "Aggregate it to one row per period."
        )
