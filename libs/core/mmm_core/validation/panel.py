"""The dimensions of a panel: labels, and one row for every period and cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mmm_core.column_values import read_labels
from mmm_core.config import ModelConfig
from mmm_core.errors import shorten
from mmm_core.findings import Finding, Severity
from mmm_core.model_data import Cell, cell_label
from mmm_core.validation.wording import SHOWN, counted, listing, quoted, rows

type Places = NDArray[np.intp]

MOST_CELLS = 1000


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a panel and their rows.

    Attributes
    ----------
    keys : tuple of tuple of str
        Labels of each cell, one per dimension; a single empty one without dimensions.
    of_row : array of int, one per row
        Number of the row's cell.
    rows : tuple of array of int
        Positions of each cell's rows.
    """

    keys: tuple[Cell, ...]
    of_row: Places
    rows: tuple[Places, ...]

    @property
    def labels(self) -> list[str]:
        """How people call the cells."""
        return [cell_label(key) for key in self.keys]

    @property
    def is_panel(self) -> bool:
        """Whether there is more than one."""
        return len(self.keys) > 1


def one_cell(row_count: int) -> Cells:
    """All rows as one cell."""
    return Cells(((),), np.zeros(row_count, dtype=np.intp), (np.arange(row_count),))


def read_cells(table: pd.DataFrame, config: ModelConfig, usable: set[str]) -> Cells | None:
    """Tell the cells apart; None when a dimension's column cannot be used or has labels without end."""
    if not config.dimensions or table.empty:
        return one_cell(len(table))
    if not usable.issuperset(config.dimensions):
        return None
    codes, found = pd.MultiIndex.from_arrays(
        [read_labels(table[name]) for name in config.dimensions]
    ).factorize(sort=True)
    if len(found) > MOST_CELLS:
        return None
    of_row = np.asarray(codes, dtype=np.intp)
    first_rows = np.cumsum(np.bincount(of_row, minlength=len(found)))[:-1]
    in_order = np.argsort(of_row, kind="stable")
    keys = tuple(tuple(str(label) for label in key) for key in found)
    return Cells(keys, of_row, tuple(np.split(in_order, first_rows)))


def check_labels(table: pd.DataFrame, config: ModelConfig, usable: set[str]) -> Iterator[Finding]:
    """Empty labels, too many, a single one, and labels that differ by case or blanks."""
    for place, name in enumerate(config.dimensions):
        if name not in usable or table.empty:
            continue
        labels = read_labels(table[name])
        empty = (labels.str.strip() == "").to_numpy(dtype=np.bool_)
        if empty.any():
            yield Finding(
                Severity.ERROR,
                "EMPTY_LABELS",
                name,
                "",
                f"Dimension {name!r} has {counted(int(empty.sum()), 'empty cell')}: {rows(empty)}.",
                "Write the label of every row.",
            )
        distinct = labels[~empty].unique().tolist()
        if len(distinct) > MOST_CELLS:
            yield _too_many(f"dimensions[{place}]", name, len(distinct))
            continue
        if len(distinct) == 1:
            yield Finding(
                Severity.WARNING,
                "SINGLE_LABEL",
                f"dimensions[{place}]",
                shorten(distinct[0]),
                f"Dimension {name!r} has the single label {shorten(distinct[0])!r}.",
                "Remove it from dimensions, or bring the other cells' rows.",
            )
        yield from _check_spelling(name, distinct)


def check_cell_count(table: pd.DataFrame, config: ModelConfig, usable: set[str]) -> Iterator[Finding]:
    """Dimensions that together tell too many cells apart, though none does so alone."""
    if len(config.dimensions) < 2 or not usable.issuperset(config.dimensions):
        return
    columns = [read_labels(table[name]) for name in config.dimensions]
    together = len(pd.MultiIndex.from_arrays(columns).unique())
    if together > MOST_CELLS and max(column.nunique() for column in columns) <= MOST_CELLS:
        yield _too_many("dimensions", ", ".join(config.dimensions), together)


def _too_many(path: str, name: str, count: int) -> Finding:
    return Finding(
        Severity.ERROR,
        "TOO_MANY_CELLS",
        path,
        str(count),
        f"Dimension {shorten(name)!r} tells {count} cells apart; at most {MOST_CELLS} can be.",
        "Name columns like region or brand, not dates, numbers or ids; join small cells.",
    )


def _check_spelling(name: str, distinct: list[str]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    pairs = []
    for label in distinct:
        folded = " ".join(label.split()).casefold()
        if folded in seen:
            pairs.append((seen[folded], label))
        seen.setdefault(folded, label)
    if pairs:
        named = (f"{shorten(one)!r} and {shorten(other)!r}" for one, other in pairs)
        yield Finding(
            Severity.WARNING,
            "SIMILAR_LABELS",
            name,
            shorten(pairs[0][1]),
            f"Dimension {name!r} has labels that differ by case or blanks only: "
            f"{listing(named, len(pairs))}.",
            "Give them one spelling if they mean the same cell.",
        )


def check_balance(dates: pd.Series, cells: Cells) -> Iterator[Finding]:
    """Every cell must have every date once; dates that repeat in a cell are found elsewhere."""
    days = dates.to_numpy()
    periods = np.unique(days[~np.isnat(days)])
    short = [
        (label, np.unique(days[places]))
        for label, places in zip(cells.labels, cells.rows, strict=True)
        if len(np.intersect1d(days[places], periods)) < len(periods)
    ]
    if not short or not cells.is_panel:
        return
    missing = ((label, day) for label, has in short for day in np.setdiff1d(periods, has))
    count = sum(len(np.setdiff1d(periods, has)) for _, has in short)
    places = [f"{shorten(label)!r} on {pd.Timestamp(day):%Y-%m-%d}" for label, day in islice(missing, SHOWN)]
    yield Finding(
        Severity.ERROR,
        "UNBALANCED_PANEL",
        str(dates.name),
        shorten(short[0][0]),
        f"{counted(count, 'row')} of the panel {'is' if count == 1 else 'are'} missing: "
        f"{listing(places, count)}. Cells that lack rows: {quoted([label for label, _ in short])}.",
        "Bring one row for every period and cell, with 0 where there was no activity, or leave the cell out.",
    )
