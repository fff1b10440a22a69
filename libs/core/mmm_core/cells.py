"""Cells of a panel by the labels of its dimensions."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.fitted import FittedModel


@dataclass(frozen=True, slots=True)
class CellFilter:
    """Labels of one dimension that are wanted."""

    dimension: str
    labels: tuple[str, ...]


def chosen_cells(fit: FittedModel, filters: Sequence[CellFilter]) -> FittedModel:
    """Keep the cells that every filter allows; raises like `places_of`."""
    return fit.select_cells(places_of(fit, filters)) if filters else fit


def places_of(fit: FittedModel, filters: Sequence[CellFilter], *, field: str = "cells") -> NDArray[np.intp]:
    """Positions of the cells that every filter allows.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    filters : sequence of CellFilter
        What is wanted.
    field : str
        What errors call the filters.

    Raises
    ------
    InvalidInput
        For unknown dimensions and labels, all at once, and when no cell is left.
    """
    problems = [
        problem for place, one in enumerate(filters) for problem in _problems(fit, f"{field}[{place}]", one)
    ]
    if problems:
        raise InvalidInput(problems)
    dimensions = fit.config.dimensions
    kept = [
        place
        for place, cell in enumerate(fit.cells)
        if all(cell[dimensions.index(one.dimension)] in one.labels for one in filters)
    ]
    if not kept:
        raise InvalidInput(
            [Violation(field, "leave no cell of the panel.", "Allow more labels.", code="NO_CELLS")]
        )
    return np.array(kept, dtype=np.intp)


def _problems(fit: FittedModel, field: str, wanted: CellFilter) -> list[Violation]:
    dimensions = fit.config.dimensions
    if wanted.dimension not in dimensions:
        known = (
            f"Dimensions: {', '.join(dimensions)}." if dimensions else "The fit has no panel; leave it out."
        )
        return [
            Violation(
                f"{field}.dimension",
                "is not a dimension.",
                known,
                shorten(wanted.dimension),
                "UNKNOWN_DIMENSION",
            )
        ]
    labels = sorted({cell[dimensions.index(wanted.dimension)] for cell in fit.cells})
    problems = []
    for index, label in enumerate(wanted.labels):
        if label not in labels:
            near = difflib.get_close_matches(label, labels, n=1)
            fix = f"Did you mean {near[0]!r}?" if near else f"Labels: {shorten(', '.join(labels))}."
            problems.append(
                Violation(f"{field}.labels[{index}]", "is not a label.", fix, shorten(label), "UNKNOWN_LABEL")
            )
    return problems
