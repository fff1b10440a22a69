"""All checks of a table against a configuration."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from mmm_core.config import ModelConfig
from mmm_core.findings import Finding, errors_first
from mmm_core.media import Floats
from mmm_core.validation.cells import check_cells, read_numbers
from mmm_core.validation.collinearity import check_collinearity
from mmm_core.validation.columns import check_columns, usable_columns
from mmm_core.validation.dates import check_dates, read_dates
from mmm_core.validation.events import check_event_column, check_event_dates, named_events
from mmm_core.validation.lift_tests import check_lift_tests
from mmm_core.validation.media import check_media
from mmm_core.validation.outliers import check_outliers
from mmm_core.validation.panel import Codes, cell_of_row, check_balance, check_labels
from mmm_core.validation.reasons import REASONS
from mmm_core.validation.settings import check_carryover, check_holidays, check_range, check_unit_value
from mmm_core.validation.size import check_size
from mmm_core.validation.variation import check_cell_variation, check_variation


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
        Errors, then warnings. `Finding.field` is a path of the configuration when that is to be changed,
        else the column.
    """
    return errors_first(replace(finding, why=REASONS[finding.code]) for finding in _findings(table, config))


def _findings(table: pd.DataFrame, config: ModelConfig) -> Iterator[Finding]:
    usable = usable_columns(table)
    yield from check_columns(table, config)
    yield from check_labels(table, config, usable)
    yield from check_holidays(config)
    cells, labels = cell_of_row(table, config, usable)
    # A column with two roles is read once.
    numeric = dict.fromkeys(column for _, column in config.numeric_columns() if column in usable)
    for column in numeric:
        yield from check_cells(table[column], column)
    numbers = {column: read_numbers(table[column])[0] for column in numeric}
    if config.date_column in usable:
        yield from _date_findings(table[config.date_column], config, numbers, cells, labels)
    yield from check_variation(config, numbers)
    yield from check_cell_variation(config, numbers, cells, labels)
    yield from check_unit_value(config, numbers)
    yield from check_range(config, numbers)
    yield from check_media(config, numbers)
    yield from check_outliers(config, numbers, cells)
    yield from check_collinearity(config, numbers, cells)
    events = 0
    if config.event_column is not None and config.event_column.column in usable:
        texts = table[config.event_column.column]
        events = len(named_events(texts, config.event_column))
        yield from check_event_column(texts, config.event_column)
    periods = len(table) // len(labels)
    yield from check_size(config, periods, len(labels), events)
    yield from check_carryover(config, periods)


def _date_findings(
    column: pd.Series, config: ModelConfig, numbers: Mapping[str, Floats], cells: Codes, labels: list[str]
) -> Iterator[Finding]:
    dates, problems = read_dates(column)
    yield from problems
    if dates is not None:
        yield from check_dates(dates, config.frequency, cells)
        yield from check_balance(dates, cells, labels)
        yield from check_event_dates(config, dates)
        yield from check_lift_tests(config, dates, numbers, cells, labels)
