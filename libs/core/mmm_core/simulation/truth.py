"""The truth in figures: what an analysis of the simulated data should find.

Everything is computed by `mmm_core.quantities`, from a fit whose only draw is the truth.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mmm_core.fitted import Component, FittedModel
from mmm_core.media import adstock_weights, half_life_periods
from mmm_core.model_data import Cell, ComponentKind
from mmm_core.quantities import Window, cost_per_unit, expected_kpi, roi, whole, window_spend
from mmm_core.response import incremental_outcome, marginal_outcome, response
from mmm_core.simulation.response import used_parameters

# Multipliers of the spend that curves are given at.
CURVE = np.linspace(0, 2, 9)


@dataclass(frozen=True, slots=True)
class Returns:
    """What a medium brought over all data, in all cells or in one.

    Attributes
    ----------
    cell : tuple of str
        Labels of the cell; empty for all.
    spend : float or None
        Money; None for owned media without a cost.
    incremental_outcome : float
        KPI units.
    kpi_share : float
        Of the expected KPI.
    roi, marginal_roi : float or None
        None without a cost, or when a unit's worth in money is not known.
    cost_per_unit, marginal_cost_per_unit : float or None
        Money per KPI unit; None without a cost.
    """

    cell: Cell
    spend: float | None
    incremental_outcome: float
    kpi_share: float
    roi: float | None
    marginal_roi: float | None
    cost_per_unit: float | None
    marginal_cost_per_unit: float | None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of a response curve.

    Attributes
    ----------
    multiplier : float
        Of all spend (or activity).
    spend : float or None
        Money.
    incremental_outcome : float
        KPI units.
    """

    multiplier: float
    spend: float | None
    incremental_outcome: float


@dataclass(frozen=True, slots=True)
class MediumTruth:
    """Truth of a medium.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    kind : ComponentKind
        Paid or owned.
    parameters : dict
        Adstock and saturation: families, lags and the values of their parameters.
    half_life_periods : float
        Periods until half of an exposure's effect has been felt.
    total : Returns
        Over all cells.
    by_cell : tuple of Returns
        In each cell of a panel; empty without a panel.
    curve : tuple of CurvePoint
        Response curve of all cells together.
    """

    name: str
    label: str
    kind: ComponentKind
    parameters: dict[str, str | int | float]
    half_life_periods: float
    total: Returns
    by_cell: tuple[Returns, ...]
    curve: tuple[CurvePoint, ...]


@dataclass(frozen=True, slots=True)
class TermTruth:
    """Truth of a component that is not a medium.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    kind : ComponentKind
        Baseline, competitor, control or event.
    contribution : float
        KPI units over all data.
    kpi_share : float
        Of the expected KPI.
    swing : float
        Standard deviation between periods of all cells' sum, in KPI units.
    by_cell : dict of tuple of str to float
        KPI units in each cell.
    """

    name: str
    label: str
    kind: ComponentKind
    contribution: float
    kpi_share: float
    swing: float
    by_cell: dict[Cell, float]


def media_truth(truth: FittedModel) -> tuple[MediumTruth, ...]:
    """Truth of all media, paid first."""
    totals = _returns(truth, ())
    cells = range(len(truth.cells)) if truth.config.dimensions else ()
    by_cell = [_returns(truth.select_cells(np.array([place])), truth.cells[place]) for place in cells]
    curves = response(truth, whole(truth), CURVE)[:, 0]
    half_lives = half_life_periods(adstock_weights(truth.parameters))[0, 0]
    return tuple(
        MediumTruth(
            medium.name,
            medium.label,
            ComponentKind.PAID if place < truth.paid_count else ComponentKind.OWNED,
            _parameters(truth, place),
            float(half_lives[place]),
            totals[place],
            tuple(of_cell[place] for of_cell in by_cell),
            tuple(_curve(totals[place].spend, curves[:, place])),
        )
        for place, medium in enumerate(truth.config.media)
    )


def term_truth(truth: FittedModel) -> tuple[TermTruth, ...]:
    """Truth of all other components."""
    expected = float(expected_kpi(truth).sum())
    return tuple(_term(component, truth, expected) for component in truth.components)


def _term(component: Component, truth: FittedModel, expected: float) -> TermTruth:
    by_cell = component.draws[0].sum(axis=0)
    total = float(by_cell.sum())
    return TermTruth(
        component.name,
        component.label,
        component.kind,
        total,
        total / expected,
        float(component.draws[0].sum(axis=1).std()),
        {cell: float(value) for cell, value in zip(truth.cells, by_cell, strict=True)},
    )


def _returns(truth: FittedModel, cell: Cell) -> list[Returns]:
    """Returns of all media over the cells of the given truth."""
    window = whole(truth)
    spend = window_spend(truth, window)
    outcome = incremental_outcome(truth, window)[0]
    marginal = _marginal(truth, window)
    expected = float(expected_kpi(truth).sum())
    value = np.nan if truth.unit_value is None else truth.unit_value
    with np.errstate(divide="ignore"):
        columns = (
            np.where(spend > 0, spend, np.nan),
            outcome,
            outcome / expected,
            roi(outcome, spend, value),
            value * marginal,
            cost_per_unit(outcome, spend),
            1 / marginal,
        )
    return [
        Returns(cell, _known(paid), float(gained), float(share), *map(_known, ratios))
        for paid, gained, share, *ratios in zip(*columns, strict=True)
    ]


def _marginal(truth: FittedModel, window: Window) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray(marginal_outcome(truth, window, np.ones(1))[0, 0])


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _parameters(truth: FittedModel, place: int) -> dict[str, str | int | float]:
    shape = truth.parameters.shapes[place]
    values = {name: getattr(truth.parameters, name)[0, 0, place] for name in used_parameters(shape)}
    return {
        "adstock": shape.adstock,
        "max_lag": shape.lags - 1,
        "saturation": shape.saturation,
        **{name: float(value) for name, value in values.items()},
    }


def _curve(
    spend: float | None, outcomes: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> Iterator[CurvePoint]:
    for factor, outcome in zip(CURVE, outcomes, strict=True):
        yield CurvePoint(float(factor), None if spend is None else float(factor) * spend, float(outcome))
