"""Tables that people fill in, as parts of a question about a plan. Empty rows and cells say nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from mmm.analysis.v1.analysis_service_pb2 import DimensionFilter
from mmm.optimizer.v1.optimizer_pb2 import (
    CellBudget,
    ChannelBounds,
    ChannelFlight,
    ChannelRatio,
    CostChange,
    GroupBounds,
    HandMadeSpend,
    PeriodBudget,
)

PERCENT = 100.0

type Row = Mapping[Any, Any]


def bounds_of(table: pd.DataFrame) -> list[ChannelBounds]:
    """Limits of single channels; the slug is in the column ``channel``."""
    bounds = []
    for row in _rows(table):
        bound = ChannelBounds(
            channel=row["channel"],
            **_limits(row),
            minimum_change=_fraction(row["At least %"]),
            maximum_change=_fraction(row["At most %"]),
            or_nothing=bool(_given(row["Or nothing"])),
        )
        if bound != ChannelBounds(channel=row["channel"]):
            bounds.append(bound)
    return bounds


def groups_of(table: pd.DataFrame) -> list[GroupBounds]:
    """Limits of several channels together."""
    return [
        GroupBounds(
            channels=_given(row["Channels"]) or [],
            **_limits(row),
            minimum_share=_fraction(row["At least %"]),
            maximum_share=_fraction(row["At most %"]),
            display_name=_given(row["Name"]) or "",
        )
        for row in _filled(table)
    ]


def ratios_of(table: pd.DataFrame) -> list[ChannelRatio]:
    """Limits of a channel as a multiple of another."""
    return [
        ChannelRatio(
            channel=_given(row["Channel"]) or "", to=_given(row["Compared with"]) or "", **_limits(row)
        )
        for row in _filled(table)
    ]


def period_budgets_of(table: pd.DataFrame) -> list[PeriodBudget]:
    """Limits of some periods; one that is not said is the other one."""
    budgets = []
    for row in _filled(table):
        first, last = _given(row["From period"]), _given(row["To period"])
        first, last = (last if first is None else first), (first if last is None else last)
        budgets.append(PeriodBudget(first_period=int(first or 0), last_period=int(last or 0), **_limits(row)))
    return budgets


def cell_budgets_of(table: pd.DataFrame, dimensions: Sequence[str]) -> list[CellBudget]:
    """Limits of some cells of a panel; a dimension without labels allows all."""
    budgets = []
    for row in _filled(table):
        labels = {dimension: _given(row[dimension]) for dimension in dimensions}
        cells = [DimensionFilter(dimension=name, labels=wanted) for name, wanted in labels.items() if wanted]
        budgets.append(CellBudget(cells=cells, **_limits(row)))
    return budgets


def costs_of(rises: pd.DataFrame, index: pd.DataFrame) -> list[CostChange]:
    """Channels whose prices change, by a rise per year, an index per period, or both.

    Parameters
    ----------
    rises : data frame
        One row per channel, its slug in the column ``channel``.
    index : data frame
        One row per period, one column per slug; what is empty is 1.
    """
    changes = []
    for row in _rows(rises):
        rise = _fraction(row["Rise per year %"]) or 0.0
        own = index[row["channel"]]
        prices: list[float] = own.fillna(1.0).tolist() if own.notna().any() else []
        if rise or prices:
            changes.append(CostChange(channel=row["channel"], index=prices, yearly_inflation=rise))
    return changes


def flights_of(weights: pd.DataFrame) -> list[ChannelFlight]:
    """Channels with a flighting of their own: columns in which something stands; what is empty is 0."""
    return [
        ChannelFlight(channel=str(name), weights=own.fillna(0.0).tolist())
        for name, own in weights.items()
        if own.notna().any()
    ]


def spends_of(
    grid: pd.DataFrame, channels: Iterable[str], dimensions: Sequence[str] = ()
) -> list[HandMadeSpend]:
    """A plan made by hand; what is empty is nothing.

    Parameters
    ----------
    grid : data frame
        One row per period, one column per slug. By cell, the columns of the dimensions say which cell a row
        is for.
    channels : iterable of str
        Slugs.
    dimensions : sequence of str
        Those of a panel when the plan is by cell.
    """
    cells = grid.groupby(list(dimensions), sort=False) if dimensions else [((), grid)]
    return [
        HandMadeSpend(channel=channel, spend=own[channel].fillna(0.0).tolist(), cell=map(str, cell))
        for cell, own in cells
        for channel in channels
    ]


def _rows(table: pd.DataFrame) -> Iterator[Row]:
    yield from table.to_dict("records")


def _filled(table: pd.DataFrame) -> Iterator[Row]:
    """Rows in which anything stands."""
    return (row for row in _rows(table) if any(_given(value) is not None for value in row.values()))


def _limits(row: Row) -> dict[str, float | None]:
    return {"minimum": _given(row["At least"]), "maximum": _given(row["At most"])}


def _fraction(percent: Any) -> float | None:
    given = _given(percent)
    return None if given is None else given / PERCENT


def _given(value: Any) -> Any:
    """What stands in a cell; None for nothing, an empty text and an empty list."""
    if isinstance(value, (str, list, tuple)) or hasattr(value, "tolist"):
        plain = value.tolist() if hasattr(value, "tolist") else value
        return None if _is_nothing(plain) else plain
    return None if pd.isna(value) else value


def _is_nothing(value: Any) -> bool:
    return len(value) == 0 if isinstance(value, (str, list, tuple)) else bool(pd.isna(value))
