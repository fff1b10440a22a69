"""What the numbers of a panel must be like within its cells."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from mmm_core.config import Channel, ModelConfig
from mmm_core.errors import shorten
from mmm_core.findings import Finding, Severity
from mmm_core.media import Floats
from mmm_core.validation.panel import Cells
from mmm_core.validation.variation import hardly_changes
from mmm_core.validation.wording import quoted


def check_cell_variation(
    config: ModelConfig, numbers: Mapping[str, Floats], cells: Cells
) -> Iterator[Finding]:
    """Cells without an outcome, media not used in some cells, and columns that stand still in some."""
    kpi = config.kpi.column
    if kpi in numbers:
        yield from _check_kpi(kpi, numbers[kpi], cells)
    for medium in config.media:
        column = medium.driver_column
        if column in numbers:
            yield from _check_use(column, medium.label, numbers[column], cells)
            yield from _check_still(column, medium.label, numbers[column], cells)
    signals = [(competitor.column, competitor.label) for competitor in config.competitors]
    signals += [(control.column, control.label) for control in config.controls]
    for column, label in signals:
        if column in numbers:
            yield from _check_still(column, label, numbers[column], cells)
    for channel in config.channels:
        if channel.exposure_column in numbers and channel.spend_column in numbers:
            yield from _check_paid(channel, numbers, cells)


def _named(labels: list[str]) -> str:
    return f"the cell{'' if len(labels) == 1 else 's'} {quoted(labels)}"


def _silent(values: Floats, cells: Cells) -> list[str]:
    """Labels of cells without a value above zero."""
    return [label for label, places in zip(cells.labels, cells.rows, strict=True) if not _any(values[places])]


def _any(values: Floats) -> bool:
    return bool((values > 0).any())


def _still(values: Floats, cells: Cells) -> list[str]:
    """Labels of cells where the values hardly change, those of nothing but zeros aside."""
    found = []
    for label, places in zip(cells.labels, cells.rows, strict=True):
        finite = values[places][np.isfinite(values[places])]
        if len(finite) > 1 and finite.any() and hardly_changes(finite):
            found.append(label)
    return found


def _check_kpi(column: str, values: Floats, cells: Cells) -> Iterator[Finding]:
    empty = _silent(values, cells)
    if 0 < len(empty) < len(cells.keys):
        yield Finding(
            Severity.ERROR,
            "KPI_NOT_POSITIVE",
            column,
            shorten(empty[0]),
            f"KPI column {column!r} has no value above zero in {_named(empty)}.",
            "Leave these cells out, or correct the column.",
        )
    still = _still(values, cells)
    if still and _moves(values):
        yield Finding(
            Severity.WARNING,
            "CONSTANT_IN_CELL",
            column,
            shorten(still[0]),
            f"KPI column {column!r} hardly changes in {_named(still)}.",
            "Leave these cells out, or correct the column.",
        )


def _moves(values: Floats) -> bool:
    finite = values[np.isfinite(values)]
    return bool(len(finite) and finite.min() != finite.max())


def _check_use(column: str, label: str, values: Floats, cells: Cells) -> Iterator[Finding]:
    unused = _silent(values, cells)
    if 0 < len(unused) < len(cells.keys):
        yield Finding(
            Severity.INFO,
            "UNUSED_IN_CELL",
            column,
            shorten(unused[0]),
            f"{label!r} was never active in {_named(unused)}.",
            "Nothing, if that is so; else correct the column.",
        )


def _check_still(column: str, label: str, values: Floats, cells: Cells) -> Iterator[Finding]:
    still = _still(values, cells)
    if not still or not _moves(values):
        return
    moving = len(cells.keys) - len(still) - len(_silent(values, cells))
    if moving > 0:
        yield Finding(
            Severity.INFO,
            "CONSTANT_IN_CELL",
            column,
            shorten(still[0]),
            f"{label!r} hardly changes in {_named(still)}.",
            "Nothing, if that is so; else correct the column.",
        )
    else:
        yield Finding(
            Severity.WARNING,
            "CONSTANT_IN_EVERY_CELL",
            column,
            "",
            f"{label!r} differs between cells but hardly changes within one.",
            "Remove it, or bring values by period.",
        )


def _check_paid(channel: Channel, numbers: Mapping[str, Floats], cells: Cells) -> Iterator[Finding]:
    """Cells where a channel has exposure but never spend, or the other way round."""
    column, label = channel.driver_column, channel.label
    exposure, spend = numbers[column], numbers[channel.spend_column]
    one_sided = [
        name
        for name, places in zip(cells.labels, cells.rows, strict=True)
        if _any(exposure[places]) != _any(spend[places])
    ]
    if one_sided and _any(exposure) and _any(spend):
        yield Finding(
            Severity.WARNING,
            "ONE_SIDED_IN_CELL",
            column,
            shorten(one_sided[0]),
            f"{label!r} has exposure but no spend, or spend but no exposure, in {_named(one_sided)}.",
            "Book spend and exposure in the same cell.",
        )


def check_repetition(
    config: ModelConfig, numbers: Mapping[str, Floats], dates: pd.Series, cells: Cells
) -> Iterator[Finding]:
    """Outcome or money that is the same in every cell at every date.

    Cells must have the same dates, else other checks speak.
    """
    days = dates.to_numpy()
    aligned = [places[np.argsort(days[places], kind="stable")] for places in cells.rows]
    if len({len(places) for places in aligned}) > 1:
        return
    grid = np.stack(aligned)
    if not (days[grid] == days[grid[0]]).all():
        return
    money = [channel.spend_column for channel in config.channels]
    money += [owned.cost_column for owned in config.owned_media if owned.cost_column]
    for column in dict.fromkeys([config.kpi.column, *money]):
        if column not in numbers:
            continue
        values = numbers[column][grid]
        if _moves(values[0]) and (values == values[0]).all():
            yield Finding(
                Severity.WARNING,
                "REPEATED_IN_CELLS",
                column,
                str(len(cells.keys)),
                f"Column {column!r} has the same values in all {len(cells.keys)} cells, so its total is "
                f"{len(cells.keys)} times that of one.",
                "Split national figures between the cells, for example by population.",
            )
