"""All checks of a table against a configuration."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from mmm_core.config import ModelConfig
from mmm_core.findings import Finding, errors_first
from mmm_core.media import Floats
from mmm_core.validation.cell_variation import check_cell_variation, check_repetition
from mmm_core.validation.cells import check_cells, read_numbers
from mmm_core.validation.collinearity import check_collinearity
from mmm_core.validation.columns import check_columns, usable_columns
from mmm_core.validation.dates import check_dates, read_dates
from mmm_core.validation.events import (
    check_event_column,
    check_event_dates,
    check_holiday_dates,
    holiday_names,
    named_events,
)
from mmm_core.validation.lift_tests import check_lift_tests
from mmm_core.validation.media import check_media
from mmm_core.validation.outliers import check_outliers
from mmm_core.validation.panel import Cells, check_balance, check_cell_count, check_labels, read_cells
from mmm_core.validation.reasons import REASONS
from mmm_core.validation.settings import (
    check_carryover,
    check_holidays,
    check_range,
    check_season,
    check_unit_value,
)
from mmm_core.validation.size import check_size
from mmm_core.validation.variation import check_variation


def validate_table(table: pd.DataFrame, config: ModelConfig) -> list[Finding]:
    """Hold a table against a configuration and return everything there is to say about it.

    The table may hold anything. Rows are numbered in messages as a spreadsheet shows them: the header is
    row 1.

    Parameters
    ----------
    table : DataFrame
        One row per period and panel cell, in any order.
    config : ModelConfig
        What its columns are.

    Returns
    -------
    list of Finding
        Errors, then warnings, then infos. `Finding.field` is a path of the configuration when that is to be
        changed, else the column.
    """
    plain = table.set_axis([str(name) for name in table.columns], axis=1).reset_index(drop=True)
    return errors_first(replace(finding, why=REASONS[finding.code]) for finding in _findings(plain, config))


def _findings(table: pd.DataFrame, config: ModelConfig) -> Iterator[Finding]:
    usable = usable_columns(table)
    yield from check_columns(table, config)
    yield from check_labels(table, config, usable)
    yield from check_cell_count(table, config, usable)
    yield from check_holidays(config)
    yield from check_season(config)
    # A column with two roles is read once.
    numeric = dict.fromkeys(column for _, column in config.numeric_columns() if column in usable)
    for column in numeric:
        yield from check_cells(table[column], column)
    numbers = {column: read_numbers(table[column])[0] for column in numeric}
    yield from check_variation(config, numbers)
    yield from check_unit_value(config, numbers)
    yield from check_media(config, numbers)
    cells = read_cells(table, config, usable)
    dates = None
    if config.date_column in usable:
        dates, problems = read_dates(table[config.date_column])
        yield from problems
    if dates is not None:
        yield from check_dates(dates, config.frequency, cells)
        yield from check_event_dates(config, dates)
        yield from check_holiday_dates(config, dates)
    events = 0
    if config.event_column is not None and config.event_column.column in usable:
        texts = table[config.event_column.column]
        events = len(named_events(texts, config.event_column))
        yield from check_event_column(texts, config.event_column)
    # Without cells it is unknown which rows belong together.
    if cells is not None:
        yield from _cell_findings(config, numbers, dates, cells)
        yield from _size_findings(config, len(table), dates, cells, events)


def _cell_findings(
    config: ModelConfig, numbers: Mapping[str, Floats], dates: pd.Series | None, cells: Cells
) -> Iterator[Finding]:
    if cells.is_panel:
        yield from check_cell_variation(config, numbers, cells)
    yield from check_range(config, numbers, cells)
    yield from check_outliers(config, numbers, cells)
    yield from check_collinearity(config, numbers, cells)
    if dates is None:
        return
    if cells.is_panel:
        yield from check_balance(dates, cells)
        yield from check_repetition(config, numbers, dates, cells)
    yield from check_lift_tests(config, dates, numbers, cells)


def _size_findings(
    config: ModelConfig, rows: int, dates: pd.Series | None, cells: Cells, events: int
) -> Iterator[Finding]:
    periods = rows // len(cells.keys) if dates is None else dates.nunique()
    holidays = len(holiday_names(config, dates) or []) if dates is not None else 0
    yield from check_size(config, periods, len(cells.keys), events, holidays)
    yield from check_carryover(config, periods)
