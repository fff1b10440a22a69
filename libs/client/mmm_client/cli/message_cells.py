"""Fields of messages as cells of a file."""

from typing import Any

from google.protobuf.message import Message

from mmm_client.cli.csv_files import estimate_cells, estimate_columns
from mmm_core.spreadsheet_cells import Cell


def optional(message: Message, field: str) -> Any:
    """Value of a field; None when it is not set."""
    return getattr(message, field) if message.HasField(field) else None


def estimates_of(message: Message, fields: tuple[str, ...]) -> dict[str, Cell]:
    """Cells of several estimates of a message, of which some may not exist."""
    cells: dict[str, Cell] = {}
    for field in fields:
        cells |= estimate_cells(field, optional(message, field))
    return cells


def estimate_headers(fields: tuple[str, ...]) -> list[str]:
    """Names of the columns that `estimates_of` fills."""
    return [column for field in fields for column in estimate_columns(field)]
