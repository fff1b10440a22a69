"""Tables whose columns say what they hold: the one source of every exported file."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from google.protobuf.message import Message

from mmm.common.v1.common_pb2 import Estimate
from mmm_core.spreadsheet_cells import Cell


class CellType(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    SHARE = "share"
    WHOLE = "whole"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
        Stable name, as in files.
    meaning : str
        What a cell holds, with its unit.
    type : CellType
        What its values are.
    read : callable
        Gives the cell of a row.
    """

    name: str
    meaning: str
    type: CellType
    read: Callable[[Any], Cell]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table holds.

    Attributes
    ----------
    name : str
        Stable name: of its file, its sheet, and its field in the JSON document.
    title : str
        What a row is.
    columns : tuple of Column
        From left to right.
    """

    name: str
    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its layout, and what its rows are read from."""

    layout: Layout
    sources: Sequence[object]

    def rows(self) -> Iterator[list[Cell]]:
        """Cells by row; None where there is no figure, or one without bound."""
        for source in self.sources:
            yield [_finite(column.read(source)) for column in self.layout.columns]


def field(
    name: str, meaning: str, type_: CellType = CellType.NUMBER, *, column: str = "", of: str = ""
) -> Column:
    """Make the column of a message's field; `of` names the message inside the row's that has it."""

    def read(row: Message) -> Cell:
        message = _present(row, of) if of else row
        return None if message is None else _present(message, name)

    return Column(column or name, meaning, type_, read)


def text(name: str, meaning: str, *, column: str = "") -> Column:
    """Make the column of a message's text, or of an enumeration by its name in lower case."""
    return field(name, meaning, CellType.TEXT, column=column)


def estimate(name: str, meaning: str, type_: CellType = CellType.NUMBER) -> tuple[Column, ...]:
    """Make the four columns of a message's estimate."""
    return estimates_from(name, meaning, lambda row: _present(row, name), type_)


def estimates_from(
    name: str,
    meaning: str,
    read: Callable[[Any], Estimate | None],
    type_: CellType = CellType.NUMBER,
) -> tuple[Column, ...]:
    """Make the four columns of an estimate."""

    def part(of: str) -> Callable[[object], Cell]:
        def cell(row: object) -> Cell:
            found = read(row)
            return None if found is None else getattr(found, of)

        return cell

    return (
        Column(f"{name}_mean", f"{meaning} Mean over draws.", type_, part("mean")),
        Column(f"{name}_median", f"{meaning} Median over draws.", type_, part("median")),
        Column(f"{name}_lower", f"{meaning} Lower end of the central interval.", type_, part("lower")),
        Column(f"{name}_upper", f"{meaning} Upper end of the central interval.", type_, part("upper")),
    )


def _present(message: Message, name: str) -> Any:
    """Value of a field; None when it is not set, or an enumeration's value that says nothing."""
    descriptor = message.DESCRIPTOR.fields_by_name[name]
    if descriptor.has_presence and not message.HasField(name):
        return None
    value = getattr(message, name)
    if descriptor.enum_type is None:
        return value
    unspecified = descriptor.enum_type.values_by_number[0].name
    prefix = unspecified.removesuffix("UNSPECIFIED")
    return descriptor.enum_type.values_by_number[value].name.removeprefix(prefix).lower() if value else None


def _finite(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell
