"""Cells of a table, read column by column when they are needed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mmm_core.media import Floats
from mmm_core.records import ColumnRecord, ColumnType
from mmm_data.suggest.names import Name, read_name

type ReadColumns = Callable[[list[str]], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What matters about a column of numbers, over its finite cells.

    Attributes
    ----------
    missing : int
        Cells without a finite number.
    low, high, total : float
        Smallest and largest value, and their sum; NaN, NaN and 0 without any.
    positive, negative : int
        Cells above and below zero.
    whole : bool
        Whether all values are whole numbers.
    """

    missing: int
    low: float
    high: float
    total: float
    positive: int
    negative: int
    whole: bool

    @property
    def constant(self) -> bool:
        """Whether there is nothing to learn from the column."""
        return not self.high > self.low

    @property
    def flag(self) -> bool:
        """Whether it only says yes or no."""
        return self.whole and self.low == 0 and self.high == 1


class Cells:
    """A table whose columns are read when they are asked for, each once.

    Parameters
    ----------
    columns : sequence of ColumnRecord
        Names and types of all columns.
    read : callable
        Reads some columns.
    """

    def __init__(self, columns: Sequence[ColumnRecord], read: ReadColumns) -> None:
        self._types = {column.name: column.type for column in columns}
        self._read = read
        self._series: dict[str, pd.Series] = {}
        self._numbers: dict[str, Numbers] = {}

    def names(self, kind: ColumnType) -> list[Name]:
        """Names of the columns of a type, read, in the order of the table."""
        return [read_name(name) for name, found in self._types.items() if found is kind]

    def all_names(self) -> list[str]:
        """Names of all columns, in the order of the table."""
        return list(self._types)

    def type_of(self, column: str) -> ColumnType:
        """Type of a column."""
        return self._types[column]

    def load(self, columns: Iterable[str]) -> None:
        """Read columns at once rather than one by one."""
        wanted = [name for name in dict.fromkeys(columns) if name not in self._series]
        if wanted:
            table = self._read(wanted)
            self._series |= {name: table[name] for name in wanted}

    def column(self, name: str) -> pd.Series:
        """Return a column."""
        self.load([name])
        return self._series[name]

    def values(self, name: str) -> Floats:
        """Return a column of numbers; NaN where a cell is empty."""
        return np.asarray(self.column(name).to_numpy(dtype=np.float64, na_value=np.nan))

    def numbers(self, name: str) -> Numbers:
        """Return what matters about a column of numbers."""
        if name not in self._numbers:
            self._numbers[name] = _summarise(self.values(name))
        return self._numbers[name]

    def correlation(self, first: str, second: str) -> float:
        """Pearson correlation of two columns of numbers over rows where both are filled; 0 without any."""
        left, right = self.values(first), self.values(second)
        both = np.isfinite(left) & np.isfinite(right)
        left, right = left[both], right[both]
        if len(left) < 3 or np.ptp(left) == 0 or np.ptp(right) == 0:
            return 0.0
        # Scaled first, so that no value a file may hold overflows when squared.
        return float(np.corrcoef(left / np.abs(left).max(), right / np.abs(right).max())[0, 1])


def _summarise(values: Floats) -> Numbers:
    finite = values[np.isfinite(values)]
    if not len(finite):
        return Numbers(len(values), np.nan, np.nan, 0.0, 0, 0, whole=False)
    with np.errstate(over="ignore"):
        total = float(finite.sum())
    return Numbers(
        missing=len(values) - len(finite),
        low=float(finite.min()),
        high=float(finite.max()),
        total=total,
        positive=int((finite > 0).sum()),
        negative=int((finite < 0).sum()),
        whole=bool((finite == np.round(finite)).all()),
    )
