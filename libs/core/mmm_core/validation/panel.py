"""The dimensions of a panel: labels, and one row for every period and cell."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mmm_core.config import ModelConfig
from mmm_core.errors import shorten
from mmm_core.findings import Finding, Severity
from mmm_core.model_data import cell_label
from mmm_core.validation.wording import counted, listing, rows

type Codes = NDArray[np.intp]


def cell_of_row(table: pd.DataFrame, config: ModelConfig, usable: set[str]) -> tuple[Codes, list[str]]:
    """Number of the panel cell each row belongs to, and the cells' labels.

    One cell without dimensions, or when a dimension's column cannot be used.
    """
    if not config.dimensions or not usable.issuperset(config.dimensions):
        return np.zeros(len(table), dtype=np.intp), [""]
    labels = [table[name].astype("string").fillna("") for name in config.dimensions]
    keys = pd.MultiIndex.from_arrays(labels)
    codes, found = keys.factorize(sort=True)
    return np.asarray(codes, dtype=np.intp), [cell_label(tuple(map(str, key))) for key in found]


def check_labels(table: pd.DataFrame, config: ModelConfig, usable: set[str]) -> Iterator[Finding]:
    """Empty labels, a dimension with one label only, and labels that differ by case or blanks."""
    for place, name in enumerate(config.dimensions):
        if name not in usable:
            continue
        labels = table[name].astype("string").fillna("")
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


def _check_spelling(name: str, distinct: list[str]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for label in distinct:
        folded = " ".join(label.split()).casefold()
        if folded in seen:
            yield Finding(
                Severity.WARNING,
                "SIMILAR_LABELS",
                name,
                shorten(label),
                f"Dimension {name!r} has the labels {shorten(seen[folded])!r} and {shorten(label)!r}, "
                "which differ by case or blanks only.",
                "Give them one spelling if they mean the same cell.",
            )
        seen.setdefault(folded, label)


def check_balance(dates: pd.Series, cells: Codes, labels: list[str]) -> Iterator[Finding]:
    """Every cell must have every date once; dates that repeat in a cell are found elsewhere."""
    known = dates.notna().to_numpy()
    periods = dates[known].unique()
    present = pd.DataFrame({"cell": cells[known], "date": dates[known].to_numpy()}).drop_duplicates()
    counts = present["cell"].value_counts().reindex(range(len(labels)), fill_value=0)
    short = counts[counts < len(periods)]
    if short.empty:
        return
    first = int(short.index[0])
    absent = np.setdiff1d(periods, present.loc[present["cell"] == first, "date"].to_numpy())
    missing = int((len(periods) - short).sum())
    named = listing((repr(shorten(labels[int(cell)])) for cell in short.index), len(short))
    yield Finding(
        Severity.ERROR,
        "UNBALANCED_PANEL",
        str(dates.name),
        shorten(labels[first]),
        f"{counted(missing, 'row')} of the panel {'is' if missing == 1 else 'are'} missing, in the cells "
        f"{named}; {shorten(labels[first])!r} has no row for {pd.Timestamp(absent[0]):%Y-%m-%d}.",
        "Bring one row for every period and cell, with 0 where there was no activity, or leave the cell out.",
    )
