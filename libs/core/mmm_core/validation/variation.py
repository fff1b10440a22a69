"""What the numbers of one column must be like before anything can be learnt from them."""

from collections.abc import Iterator, Mapping

import numpy as np

from mmm_core.config import ModelConfig
from mmm_core.findings import Finding, Severity
from mmm_core.media import Floats
from mmm_core.validation.wording import counted, rows

NEAR_CONSTANT_VARIATION = 0.02
FEW_ACTIVE_PERIODS = 5


def check_variation(config: ModelConfig, numbers: Mapping[str, Floats]) -> Iterator[Finding]:
    """Constant, all-zero, negative and near-constant columns.

    Parameters
    ----------
    config : ModelConfig
        What the columns are.
    numbers : mapping of column to array, shape (T,)
        Columns that could be read; NaN where a cell could not.
    """
    if config.kpi.column in numbers:
        yield from _check_kpi(config.kpi.column, numbers[config.kpi.column])
    for medium in config.media:
        if medium.driver_column in numbers:
            yield from _check_driver(medium.driver_column, numbers[medium.driver_column], medium.label)
    for column in _cost_columns(config):
        if column in numbers:
            yield from _check_cost(column, numbers[column])
    signals = [competitor.column for competitor in config.competitors]
    signals += [control.column for control in config.controls]
    for column in signals:
        if column in numbers:
            yield from _check_constant(column, numbers[column])


def _cost_columns(config: ModelConfig) -> Iterator[str]:
    """Columns with money that do not drive an effect themselves."""
    for channel in config.channels:
        if channel.exposure_column is not None:
            yield channel.spend_column
    for owned in config.owned_media:
        if owned.cost_column is not None:
            yield owned.cost_column


def _check_kpi(column: str, values: Floats) -> Iterator[Finding]:
    finite = values[np.isfinite(values)]
    if len(finite) and finite.max() <= 0:
        yield Finding(
            Severity.ERROR,
            "KPI_NOT_POSITIVE",
            column,
            f"{finite.max():g}",
            f"KPI column {column!r} has no value above zero.",
            "Name the column with the outcome in kpi.column.",
        )
        return
    # Scaled first, so that no value a file may hold overflows when added.
    if len(finite) and (finite / np.abs(finite).max()).sum() <= 0:
        yield Finding(
            Severity.ERROR,
            "KPI_NOT_POSITIVE",
            column,
            f"{finite.min():g}",
            f"The total of KPI column {column!r} is not above zero.",
            "Check whether corrections are booked twice, or with the wrong sign.",
        )
    yield from _check_constant(column, values)
    negative, zero = values < 0, values == 0
    if negative.any():
        yield Finding(
            Severity.WARNING,
            "NEGATIVE_KPI",
            column,
            f"{values[negative].min():g}",
            f"KPI column {column!r} is negative in {rows(negative)}.",
            "Check whether returns or corrections should be counted in these periods.",
        )
    if zero.any():
        yield Finding(
            Severity.WARNING,
            "ZERO_KPI",
            column,
            "0",
            f"KPI column {column!r} is zero in {rows(zero)}; the percentage error (MAPE) leaves them out.",
            "Check whether these zeros are missing data.",
        )


def _check_driver(column: str, values: Floats, label: str) -> Iterator[Finding]:
    yield from _check_negative(column, values)
    finite = values[np.isfinite(values)]
    if len(finite) and not finite.any():
        yield Finding(
            Severity.ERROR,
            "ALL_ZERO",
            column,
            "0",
            f"Column {column!r} is zero in every row, so {label!r} was never active.",
            f"Remove {label!r} from the configuration, or correct the column.",
        )
        return
    yield from _check_constant(column, values)
    active = int((finite > 0).sum())
    if 0 < active < FEW_ACTIVE_PERIODS:
        yield Finding(
            Severity.WARNING,
            "FEW_ACTIVE_PERIODS",
            column,
            str(active),
            f"{label!r} was active in only {counted(active, 'period')}, so its result is mostly its prior.",
            "Use a longer history, or join it with a similar channel.",
        )


def _check_cost(column: str, values: Floats) -> Iterator[Finding]:
    yield from _check_negative(column, values)
    finite = values[np.isfinite(values)]
    if len(finite) and not finite.any():
        yield Finding(
            Severity.ERROR,
            "ALL_ZERO",
            column,
            "0",
            f"Cost column {column!r} is zero in every row, so no return on it exists.",
            "Correct the column; for a medium without a cost use owned_media without a cost_column.",
        )


def _check_negative(column: str, values: Floats) -> Iterator[Finding]:
    negative = values < 0
    if negative.any():
        yield Finding(
            Severity.ERROR,
            "NEGATIVE_VALUES",
            column,
            f"{values[negative][0]:g}",
            f"Column {column!r} is negative in {rows(negative)}; spend and exposure cannot be.",
            "Correct the values; book refunds in the period of the spend they belong to.",
        )


def hardly_changes(values: Floats) -> bool:
    """Whether finite values vary by less than `NEAR_CONSTANT_VARIATION` around their mean, or not at all."""
    # Scaled first, so that no value a file may hold overflows when squared.
    scaled = values / (np.abs(values).max() or 1.0)
    return bool(scaled.min() == scaled.max() or scaled.std() < NEAR_CONSTANT_VARIATION * abs(scaled.mean()))


def _check_constant(column: str, values: Floats) -> Iterator[Finding]:
    finite = values[np.isfinite(values)]
    if len(finite) < 2:
        return
    if finite.min() == finite.max():
        yield Finding(
            Severity.ERROR,
            "CONSTANT_COLUMN",
            column,
            f"{finite[0]:g}",
            f"Column {column!r} has the same value in every row, so nothing can be learnt from it.",
            "Remove it from the configuration, or correct the column.",
        )
    elif hardly_changes(finite):
        yield Finding(
            Severity.WARNING,
            "NEAR_CONSTANT_COLUMN",
            column,
            f"{np.median(finite):g}",
            f"Column {column!r} varies by less than {NEAR_CONSTANT_VARIATION:.0%} around its mean, "
            "so little can be learnt from it.",
            "Use a longer history in which it changed, or remove it.",
        )
