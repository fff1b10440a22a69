"""Columns the configuration names: whether they exist, and that each has one role."""

import difflib
from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from mmm_core.config import ModelConfig
from mmm_core.errors import shorten
from mmm_core.findings import Finding, Severity
from mmm_core.validation.wording import listing


def roles(config: ModelConfig) -> Iterator[tuple[str, str]]:
    """Every column the configuration names, as (path in the configuration, column)."""
    yield "date_column", config.date_column
    for place, column in enumerate(config.dimensions):
        yield f"dimensions[{place}]", column
    yield from config.numeric_columns()
    if config.event_column is not None:
        yield "event_column.column", config.event_column.column


def check_columns(table: pd.DataFrame, config: ModelConfig) -> Iterator[Finding]:
    """Missing columns, names the table has twice, and columns with more than one role."""
    names = [str(name) for name in table.columns]
    paths: dict[str, list[str]] = defaultdict(list)
    for path, column in roles(config):
        paths[column].append(path)
        if column not in names:
            yield Finding(
                Severity.ERROR,
                "MISSING_COLUMN",
                path,
                shorten(column),
                f"The data have no column {shorten(column)!r}.",
                nearest_column(column, names),
            )
        elif names.count(column) > 1:
            yield Finding(
                Severity.ERROR,
                "DUPLICATE_COLUMN_NAME",
                path,
                shorten(column),
                f"The data have {names.count(column)} columns called {shorten(column)!r}.",
                "Give every column a name of its own.",
            )
    for column, used in paths.items():
        if len(used) > 1:
            yield Finding(
                Severity.ERROR,
                "COLUMN_USED_TWICE",
                used[-1],
                shorten(column),
                f"Column {shorten(column)!r} has more than one role: {', '.join(used)}.",
                "Give each role a column of its own, or remove the role that is too many.",
            )


def usable_columns(table: pd.DataFrame) -> set[str]:
    """Names that mean exactly one column of the table."""
    counts = table.columns.value_counts()
    return {str(name) for name, count in counts.items() if count == 1}


def nearest_column(column: str, names: list[str]) -> str:
    """Advice for a missing column: the nearest name there is, or all of them."""
    folded = {name.strip().casefold(): name for name in reversed(names)}
    near = difflib.get_close_matches(column.strip().casefold(), folded, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {shorten(folded[near[0]])!r}?"
    return f"Columns there are: {listing((shorten(name) for name in names), len(names))}."
