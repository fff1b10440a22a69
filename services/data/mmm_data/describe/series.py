"""Columns over time, and their distributions."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mmm_core.media import Floats

BINS = 20
# Relative to the largest value; below this, bins could not be told apart.
NARROWEST_SPAN = 1e-9
MOST_LABELS = 20
MOST_VALUES = 200_000
"""Of all series together: 8 bytes each, so 1.6 MB of the 4 MiB a message may hold."""


class Aggregation(StrEnum):
    """How the rows of one date become one value."""

    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class ColumnSeries:
    """A column over time.

    Attributes
    ----------
    column, label : str
        The column, and the label of the asked dimension; empty for all rows together.
    values : array, shape (T,)
        One value per date, in the column's own unit; NaN where every cell is empty.
    aggregation : Aggregation
        How rows of one date, and dates of one value, were brought together.
    """

    column: str
    label: str
    values: Floats
    aggregation: Aggregation


@dataclass(frozen=True, slots=True)
class Histogram:
    """Distribution of a column over rows: edges of shape (B + 1,), counts of shape (B,)."""

    column: str
    edges: Floats
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Which rows of a table belong to which date.

    Attributes
    ----------
    dates : array of datetime64[D], shape (T,)
        Different dates, in order.
    codes : array of int, shape (rows,)
        Place of each row's date; -1 where the date is empty.
    """

    dates: NDArray[np.datetime64]
    codes: NDArray[np.intp]

    @classmethod
    def of(cls, days: pd.Series) -> "Timeline":
        """Order the dates of a table's rows."""
        codes, found = pd.factorize(days.to_numpy().astype("datetime64[D]"), sort=True)
        return cls(np.asarray(found, dtype="datetime64[D]"), np.asarray(codes, dtype=np.intp))

    def thinned(self, step: int) -> "Timeline":
        """Bring `step` consecutive dates together under the first of them."""
        return Timeline(self.dates[::step], np.where(self.codes < 0, -1, self.codes // step))

    def bring_together(self, numbers: pd.DataFrame, how: Mapping[str, Aggregation]) -> pd.DataFrame:
        """One row per date, shape (T, columns); NaN where every cell is empty."""
        known = self.codes >= 0
        groups = numbers[known].groupby(self.codes[known], sort=True)
        columns = list(numbers.columns)
        summed, averaged = groups.sum(min_count=1), groups.mean()
        picked = {name: (summed if how[name] is Aggregation.SUM else averaged)[name] for name in columns}
        return pd.DataFrame(picked, columns=columns).reindex(range(len(self.dates)))


def column_series(
    timeline: Timeline, numbers: pd.DataFrame, how: Mapping[str, Aggregation], labels: pd.Series | None
) -> tuple[Timeline, list[ColumnSeries], list[str]]:
    """Series of every column, by label if labels are given, kept small.

    Returns
    -------
    timeline : Timeline
        Dates of the series.
    series : list of ColumnSeries
        Label by label, column by column.
    notes : list of str
        What was left out or brought together.
    """
    notes = []
    parts: dict[str, NDArray[np.bool_]] = {"": np.ones(len(numbers), dtype=np.bool_)}
    if labels is not None:
        shown, note = _largest_labels(labels)
        parts = {label: (labels == label).to_numpy() for label in shown}
        notes += note
    values = len(parts) * len(numbers.columns) * len(timeline.dates)
    step = max(1, math.ceil(values / MOST_VALUES))
    if step > 1:
        timeline = timeline.thinned(step)
        notes.append(
            f"The series are long: each value stands for {step} consecutive dates, named by the first."
        )
    series = []
    for label, inside in parts.items():
        part = Timeline(timeline.dates, timeline.codes[inside])
        frame = part.bring_together(numbers[inside], how)
        series += [
            ColumnSeries(str(name), label, frame[name].to_numpy(dtype=np.float64), how[str(name)])
            for name in frame.columns
        ]
    return timeline, series, notes


def _largest_labels(labels: pd.Series) -> tuple[Sequence[str], list[str]]:
    """Labels with the most rows, in alphabetical order, and a note about the others."""
    counts = (
        labels[labels != ""]
        .value_counts()
        .sort_index(kind="stable")
        .sort_values(ascending=False, kind="stable")
    )
    shown = sorted(str(label) for label in counts.index[:MOST_LABELS])
    left = len(counts) - len(shown)
    if not left:
        return shown, []
    return shown, [f"{left} more labels are left out; the {MOST_LABELS} with the most rows are shown."]


def histogram(column: str, values: Floats) -> Histogram | None:
    """Distribution of the finite values; None without any, a single bin where they hardly differ."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return None
    # Scaled first, so that the span of no values a file may hold overflows.
    largest = float(np.abs(finite).max()) or 1.0
    scaled = finite / largest
    if np.ptp(scaled) < NARROWEST_SPAN:
        return Histogram(column, np.array([finite.min(), finite.max()]), np.array([len(finite)]))
    counts, edges = np.histogram(scaled, bins=BINS)
    return Histogram(column, edges * largest, counts.astype(np.int64))
