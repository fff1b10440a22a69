"""What a description is asked for."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mmm_core.config import ModelConfig
from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.records import ColumnRecord, ColumnType


@dataclass(frozen=True, slots=True)
class DescriptionWish:
    """What is to be described.

    Attributes
    ----------
    config : ModelConfig or None
        What the columns are, if known.
    columns : tuple of str
        Columns of numbers; empty for those of the configuration, or all.
    dimension : str
        Column whose labels get series of their own; empty for all rows together.
    """

    config: ModelConfig | None = None
    columns: tuple[str, ...] = ()
    dimension: str = ""

    def described_columns(self, there: Sequence[ColumnRecord]) -> list[str]:
        """Columns to be described, in order.

        Raises
        ------
        InvalidInput
            With one violation per column that is not there.
        """
        names = [column.name for column in there]
        named = list(self._named())
        problems = [_missing(path, name, names) for path, name in named if name not in names]
        if problems:
            raise InvalidInput(problems)
        if self.columns:
            return list(dict.fromkeys(self.columns))
        if self.config is not None:
            return list(dict.fromkeys(column for _, column in self.config.numeric_columns()))
        return [column.name for column in there if column.type is ColumnType.NUMBER]

    def _named(self) -> Iterable[tuple[str, str]]:
        for place, column in enumerate(self.columns):
            yield f"columns[{place}]", column
        if self.dimension:
            yield "dimension", self.dimension
        if self.config is not None:
            yield "config.date_column", self.config.date_column
            yield from ((f"config.{path}", column) for path, column in self.config.numeric_columns())


def _missing(path: str, column: str, there: Sequence[str]) -> Violation:
    near = difflib.get_close_matches(column, there, n=1, cutoff=0.5)
    fix = f"Did you mean {shorten(near[0])!r}?" if near else "Name a column of the data."
    return Violation(path, "is not a column of the data.", fix, shorten(column), "MISSING_COLUMN")
