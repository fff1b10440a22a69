"""What is in the columns of a table."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mmm_core.errors import shorten
from mmm_core.records import ColumnType
from mmm_data.ingest.reading import column_type

TOP_VALUES = 10


@dataclass(frozen=True, slots=True)
class NumberProfile:
    """Summary of a column of numbers, over its filled cells; values in the column's own unit."""

    minimum: float
    maximum: float
    mean: float
    standard_deviation: float
    sum: float
    zero_count: int
    negative_count: int


@dataclass(frozen=True, slots=True)
class DateProfile:
    """Summary of a column of dates: ISO 8601 texts, and the most frequent step in days."""

    first: str
    last: str
    typical_step_days: int


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """Summary of a column; `number`, `date` and `top_values` are for columns of that type.

    Attributes
    ----------
    name : str
        The column.
    type : ColumnType
        What its values are.
    missing_count, distinct_count : int
        Empty cells, and different values among the filled ones.
    number : NumberProfile or None
        For numbers, unless every cell is empty.
    date : DateProfile or None
        For dates, unless every cell is empty.
    top_values : tuple of str
        The most frequent texts, at most ten.
    """

    name: str
    type: ColumnType
    missing_count: int
    distinct_count: int
    number: NumberProfile | None = None
    date: DateProfile | None = None
    top_values: tuple[str, ...] = ()


def profile_table(table: pd.DataFrame) -> list[ColumnProfile]:
    """Summarise every column of a table, in order."""
    return [_profile(table[name]) for name in table.columns]


def _profile(column: pd.Series) -> ColumnProfile:
    kind, filled = column_type(column), column.dropna()
    if filled.empty:
        return ColumnProfile(str(column.name), kind, len(column), 0)
    return ColumnProfile(
        str(column.name),
        kind,
        missing_count=len(column) - len(filled),
        distinct_count=int(filled.nunique()),
        number=_number_profile(filled) if kind is ColumnType.NUMBER else None,
        date=_date_profile(filled) if kind is ColumnType.DATE else None,
        top_values=_top_values(filled) if kind is ColumnType.TEXT else (),
    )


def _number_profile(filled: pd.Series) -> NumberProfile:
    values = filled.to_numpy(dtype=np.float64)
    # Infinite values are for validation to name; here they must only not fail.
    with np.errstate(over="ignore", invalid="ignore"):
        return NumberProfile(
            minimum=float(values.min()),
            maximum=float(values.max()),
            mean=float(values.mean()),
            standard_deviation=float(values.std()),
            sum=float(values.sum()),
            zero_count=int((values == 0).sum()),
            negative_count=int((values < 0).sum()),
        )


def _date_profile(filled: pd.Series) -> DateProfile:
    days = np.unique(filled.dt.tz_localize(None).to_numpy().astype("datetime64[D]"))
    steps, counts = np.unique(np.diff(days).astype(np.int64), return_counts=True)
    step = int(steps[counts.argmax()]) if len(steps) else 0
    return DateProfile(str(days[0]), str(days[-1]), step)


def _top_values(filled: pd.Series) -> tuple[str, ...]:
    return tuple(shorten(value) for value in filled.value_counts().head(TOP_VALUES).index)
