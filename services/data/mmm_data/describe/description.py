"""A description of a table, small enough for one message."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mmm_core.column_values import read_labels
from mmm_core.config import ModelConfig
from mmm_core.media import Floats
from mmm_core.model_data import Dates
from mmm_core.records import ColumnRecord
from mmm_core.validation.cells import read_numbers
from mmm_core.validation.dates import read_dates
from mmm_data.describe.relations import BestLag, best_lags, correlations, related_columns
from mmm_data.describe.series import (
    Aggregation,
    ColumnSeries,
    Histogram,
    Timeline,
    column_series,
    histogram,
)
from mmm_data.describe.spend import SpendShare, spend_shares
from mmm_data.describe.wishes import DescriptionWish
from mmm_data.suggest.cells import Cells, ReadColumns
from mmm_data.suggest.layout import find_date_column

MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Description:
    """What is in a table.

    Attributes
    ----------
    dates : array of datetime64[D], shape (T,)
        Dates of the series; empty when no column has dates.
    series : list of ColumnSeries
        Columns over time.
    histograms : list of Histogram
        Distributions over rows.
    spend_shares : list of SpendShare
        Spend of the channels.
    correlated : list of str
        Columns of the correlation matrix.
    correlations : array, shape (C, C)
        Pearson correlations over dates (over rows when there are no dates).
    best_lags : list of BestLag
        Lags between media and KPI.
    missing : dict of str to int
        Empty cells by column.
    row_count : int
        Number of rows.
    notes : list of str
        What was left out or brought together.
    """

    dates: Dates
    series: list[ColumnSeries]
    histograms: list[Histogram]
    spend_shares: list[SpendShare]
    correlated: list[str]
    correlations: Floats
    best_lags: list[BestLag]
    missing: dict[str, int]
    row_count: int
    notes: list[str]


def describe_table(columns: Sequence[ColumnRecord], read: ReadColumns, wish: DescriptionWish) -> Description:
    """Describe a table.

    Parameters
    ----------
    columns : sequence of ColumnRecord
        Names and types of all columns of the table.
    read : callable
        Reads some columns of it; others than those described are not read.
    wish : DescriptionWish
        What is to be described.

    Raises
    ------
    InvalidInput
        When a column is not there.
    """
    wanted = wish.described_columns(columns)
    notes = []
    if len(wanted) > MOST_COLUMNS:
        notes.append(
            f"{len(wanted) - MOST_COLUMNS} columns are left out; the first {MOST_COLUMNS} are shown."
        )
        wanted = wanted[:MOST_COLUMNS]
    cells = Cells(columns, read)
    cells.load(wanted)
    numbers = pd.DataFrame({name: _finite(cells.column(name)) for name in wanted})
    timeline = _timeline(cells, wish.config)
    config = wish.config
    how = _aggregations(config, wanted)
    over_time, shown, series = numbers, timeline, list[ColumnSeries]()
    if timeline is None:
        notes.append("No column can be read as dates, so there are no series.")
    else:
        if (timeline.codes < 0).any():
            notes.append("Rows without a date are left out of the series.")
        over_time = timeline.bring_together(numbers, how)
        labels = read_labels(cells.column(wish.dimension)) if wish.dimension else None
        shown, series, thinned = column_series(timeline, numbers, how, labels)
        notes += thinned
    related = related_columns(config, wanted)
    found = (histogram(name, numbers[name].to_numpy()) for name in wanted)
    return Description(
        dates=np.array([], dtype="datetime64[D]") if shown is None else shown.dates,
        series=series,
        histograms=[one for one in found if one is not None],
        spend_shares=[] if config is None else list(spend_shares(config, numbers, timeline)),
        correlated=related,
        correlations=correlations(over_time[related]),
        best_lags=[] if config is None or timeline is None else best_lags(config, over_time),
        missing={name: int(cells.column(name).isna().sum()) for name in wanted},
        row_count=len(numbers),
        notes=notes,
    )


def _finite(column: pd.Series) -> Floats:
    """Numbers of a column; NaN where a cell is empty, infinite or not a number."""
    values, _ = read_numbers(column)
    return np.where(np.isfinite(values), values, np.nan)


def _timeline(cells: Cells, config: ModelConfig | None) -> Timeline | None:
    if config is not None:
        column = config.date_column
    else:
        found = find_date_column(cells)
        if found is None:
            return None
        column = found[0].column
    dates, _ = read_dates(cells.column(column))
    return None if dates is None or dates.isna().all() else Timeline.of(dates)


def _aggregations(config: ModelConfig | None, columns: Sequence[str]) -> dict[str, Aggregation]:
    """Amounts are added up; controls and prices are averaged."""
    averaged = set[str]()
    if config is not None:
        averaged |= {control.column for control in config.controls} | {config.kpi.value_column or ""}
    return {name: Aggregation.MEAN if name in averaged else Aggregation.SUM for name in columns}
