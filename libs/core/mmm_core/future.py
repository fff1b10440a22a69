"""A table of periods after a fit's data: what a forecast is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mmm_core.config import ModelConfig
from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.model_data import Cell, Dates, PanelTable, cell_label
from mmm_core.signals import own_values, period_ends
from mmm_core.validation.cells import check_cells, read_numbers
from mmm_core.validation.columns import nearest_column, usable_columns
from mmm_core.validation.dates import read_dates
from mmm_core.validation.panel import read_cells

MOST_PERIODS = 1000


@dataclass(frozen=True, slots=True)
class Future:
    """Periods after a fit's data: ``H`` of them, ``G`` panel cells, ``C`` media, ``N`` signals.

    Attributes
    ----------
    dates : array of datetime64[D], shape (H,)
        First day of each period; the first follows the data's last.
    exposure : array, shape (H, G, C)
        Drivers of the media, in their own units.
    signals : array, shape (H, G, N)
        Competitors, controls and events on the scale the model sees.
    kpi : array, shape (H, G), or None
        What the KPI turned out to be, when it is known for every period.
    """

    dates: Dates
    exposure: Floats
    signals: Floats
    kpi: Floats | None


def read_future(fit: FittedModel, table: pd.DataFrame) -> Future:
    """Read the rows of a table that come after a fit's data.

    Parameters
    ----------
    fit : FittedModel
        A fit with its continuation.
    table : DataFrame
        One row per period and cell, in any order, with every column of the fit's configuration but the KPI
        and costs; earlier rows are left out.

    Raises
    ------
    InvalidInput
        With every problem of the table.
    """
    config = fit.config
    table = table.set_axis([str(name) for name in table.columns], axis=1).reset_index(drop=True)
    _raise_if_any(_column_problems(config, table))
    dates, findings = read_dates(table[config.date_column])
    if dates is None:
        raise InvalidInput([finding.as_violation() for finding in findings])
    last = pd.Timestamp(fit.dates[-1])
    later = table[(dates > last).to_numpy()].assign(**{config.date_column: dates[dates > last]})
    later = later.reset_index(drop=True)
    _raise_if_any([*_row_problems(fit, later), *_number_problems(config, later)])
    panel = PanelTable(later, config)
    ends = period_ends(np.append(fit.dates, panel.dates))[len(fit.dates) :]
    return Future(
        dates=panel.dates,
        exposure=np.stack([panel.numbers(medium.driver_column) for medium in config.media], axis=-1),
        signals=_signals(fit, panel, ends),
        kpi=_kpi(config, later, panel),
    )


def next_dates(dates: Dates, frequency: str, count: int) -> Dates:
    """First days of the periods that follow.

    Parameters
    ----------
    dates : array of datetime64[D]
        Regular periods.
    frequency : {"daily", "weekly", "monthly"}
        Their distance.
    count : int
        How many to add.
    """
    last = pd.Timestamp(dates[-1])
    if frequency != "monthly":
        days = {"daily": 1, "weekly": 7}[frequency] * np.arange(1, count + 1)
        return dates[-1].astype("datetime64[D]") + days.astype("timedelta64[D]")
    ends = pd.DatetimeIndex(dates.astype("datetime64[s]")).is_month_end.all()
    offsets = (pd.offsets.MonthEnd(n) if ends else pd.DateOffset(months=n) for n in range(1, count + 1))
    return np.array([(last + offset).to_datetime64() for offset in offsets], dtype="datetime64[D]")


def _column_problems(config: ModelConfig, table: pd.DataFrame) -> Iterator[Violation]:
    usable, names = usable_columns(table), [str(name) for name in table.columns]
    for column in dict.fromkeys(_columns(config)):
        if column not in names:
            fix = nearest_column(column, names)
            yield Violation(column, "is missing from the data.", fix, shorten(column), "MISSING_COLUMN")
        elif column not in usable:
            fix = "Give every column a name of its own."
            yield Violation(column, "is there more than once.", fix, "", "DUPLICATE_COLUMN_NAME")


def _columns(config: ModelConfig) -> Iterator[str]:
    yield config.date_column
    yield from config.dimensions
    yield from _numeric_columns(config)
    if config.event_column is not None:
        yield config.event_column.column


def _numeric_columns(config: ModelConfig) -> Iterator[str]:
    yield from (medium.driver_column for medium in config.media)
    yield from (competitor.column for competitor in config.competitors)
    yield from (control.column for control in config.controls)


def _row_problems(fit: FittedModel, later: pd.DataFrame) -> Iterator[Violation]:
    """One row for every following period and known cell, and no other."""
    config, name, last = fit.config, fit.config.date_column, fit.dates[-1]
    if later.empty:
        fix = f"Bring rows from {next_dates(fit.dates, config.frequency, 1)[0]} on."
        yield Violation(name, f"has no date after the data of the fit, which end on {last}.", fix)
        return
    days = later[name].to_numpy().astype("datetime64[D]")
    found = np.unique(days)
    if len(found) > MOST_PERIODS:
        fix = f"Ask for at most {MOST_PERIODS}."
        yield Violation(
            name, "has too many periods after the data.", fix, str(len(found)), "TOO_MANY_PERIODS"
        )
        return
    wanted = next_dates(fit.dates, config.frequency, len(found))
    wrong = np.flatnonzero(found != wanted)
    if len(wrong):
        at = wrong[0]
        message = f"does not continue the {config.frequency} data, which end on {last}."
        yield Violation(name, message, f"Expected {wanted[at]}.", str(found[at]), "IRREGULAR_DATES")
    yield from _cell_problems(fit, later, days)


def _cell_problems(fit: FittedModel, later: pd.DataFrame, days: Dates) -> Iterator[Violation]:
    cells = read_cells(later, fit.config, usable_columns(later))
    keys: tuple[Cell, ...] = cells.keys if cells else ()
    field = ", ".join(fit.config.dimensions) or fit.config.date_column
    for key in sorted(set(keys) - set(fit.cells)):
        fix = "Use cells the fit knows."
        yield Violation(field, "has a cell the fit does not know.", fix, cell_label(key), "UNKNOWN_CELL")
    for key in sorted(set(fit.cells) - set(keys)):
        fix = f"Bring rows of {cell_label(key)!r}."
        yield Violation(field, "lacks a cell of the fit.", fix, cell_label(key), "MISSING_CELL")
    if cells is None or set(keys) != set(fit.cells):
        return
    counts = np.zeros((len(keys), len(np.unique(days))), dtype=np.int64)
    np.add.at(counts, (cells.of_row, np.searchsorted(np.unique(days), days)), 1)
    for cell, period in np.argwhere(counts != 1)[:1].tolist():
        got = f"{np.unique(days)[period]} {cell_label(keys[cell])}".strip()
        fix = "Bring exactly one row per period and cell."
        yield Violation(fit.config.date_column, "has no row, or several.", fix, got, "UNBALANCED_PANEL")


def _number_problems(config: ModelConfig, later: pd.DataFrame) -> Iterator[Violation]:
    for column in dict.fromkeys(_numeric_columns(config)):
        yield from (finding.as_violation() for finding in check_cells(later[column], column))
    for medium in config.media:
        values = read_numbers(later[medium.driver_column])[0]
        if (values < 0).any():
            fix = "Media cannot be used less than not at all; write 0."
            lowest = str(np.nanmin(values))
            yield Violation(medium.driver_column, "is negative.", fix, lowest, "NEGATIVE_VALUES")


def _signals(fit: FittedModel, panel: PanelTable, ends: Dates) -> Floats:
    terms = fit.continuation.signals if fit.continuation else None
    if terms is None or not terms.names:
        return np.zeros((len(panel.dates), len(panel.cells), 0))
    own = [
        own_values(fit.config, panel, name, label, ends)
        for name, label in zip(terms.names, terms.labels, strict=True)
    ]
    return np.asarray((np.stack(own, axis=-1) - terms.centre) / terms.scale)


def _kpi(config: ModelConfig, later: pd.DataFrame, panel: PanelTable) -> Floats | None:
    """Observed KPI, if the table has all of it."""
    if config.kpi.column not in usable_columns(later):
        return None
    values = read_numbers(later[config.kpi.column])[0]
    return panel.numbers(config.kpi.column) if np.isfinite(values).all() else None


def _raise_if_any(problems: Iterator[Violation] | list[Violation]) -> None:
    if found := list(problems):
        raise InvalidInput(found)
