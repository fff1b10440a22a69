"""Fields of messages as cells of a file."""

from typing import Any

from google.protobuf.message import Message

from mmm.analysis.v1.analysis_pb2 import Breakeven, ComponentKind
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


def component_kind(kind: ComponentKind) -> str:
    """Name of a kind of component as files have it."""
    return ComponentKind.Name(kind).removeprefix("COMPONENT_KIND_").lower()


BREAKEVEN_COLUMNS = (
    "breakeven_spend",
    "breakeven_lower",
    "breakeven_upper",
    "headroom",
    "headroom_lower",
    "headroom_upper",
    "beyond_probability",
    "never_probability",
)
_BREAKEVEN_FIELDS = ("spend", "lower", "upper", "headroom", "headroom_lower", "headroom_upper")


def breakeven_cells(reach: Breakeven | None) -> dict[str, Cell]:
    """Cells of a breakeven that may not exist; empty where it lies beyond what was explored."""
    if reach is None:
        return {}
    values = [*(optional(reach, field) for field in _BREAKEVEN_FIELDS)]
    values += [reach.beyond_probability, reach.never_probability]
    return dict(zip(BREAKEVEN_COLUMNS, values, strict=True))
