"""The terms of the true expected KPI that are not media."""

from collections.abc import Iterator

import numpy as np

from mmm_core.config import PERIODS_PER_YEAR
from mmm_core.fitted import Component
from mmm_core.media import Floats
from mmm_core.model_data import ComponentKind, ModelData
from mmm_core.signals import HOLIDAYS
from mmm_core.simulation.columns import DEMAND
from mmm_core.simulation.design import SimulationDesign
from mmm_core.simulation.layout import Layout, drift
from mmm_core.simulation.media_design import AdstockTruth
from mmm_core.simulation.response import spread_signal


def baseline_terms(
    design: SimulationDesign, layout: Layout, data: ModelData, demand: Floats, media: Floats
) -> tuple[Component, ...]:
    """Compute every term, with one draw: the truth.

    Parameters
    ----------
    design : SimulationDesign
        What is simulated.
    layout : Layout
        Its periods and cells.
    data : ModelData
        Competitors, controls and events as a model of the data sees them.
    demand : array, shape (T,)
        Demand.
    media : array, shape (T, G)
        What all media bring, in KPI units.

    Returns
    -------
    tuple of Component
        The intercept first. It is what is left of each cell's average KPI, so that the average of the
        expected KPI is what the design says.
    """
    terms = [*_time_terms(design, layout), *_signal_terms(design, layout, data)]
    if design.demand and not design.demand.observed:
        swing = design.demand.swing.draw(layout.random("swing", DEMAND))
        values = swing * demand[:, None] * np.ones(layout.shape)
        terms.append(_term(DEMAND, "Demand (unobserved)", ComponentKind.BASELINE, values, layout))
    others = media + sum(term.draws[0] for term in terms)
    intercept = np.broadcast_to(layout.level - others.mean(axis=0), layout.shape)
    return (Component("intercept", "Intercept", ComponentKind.BASELINE, intercept[None].copy()), *terms)


def _term(name: str, label: str, kind: ComponentKind, shares: Floats, layout: Layout) -> Component:
    """Return the component whose values are given as shares of the cells' average KPI, shape (T, G)."""
    return Component(name, label, kind, (shares * layout.level)[None])


def _time_terms(design: SimulationDesign, layout: Layout) -> Iterator[Component]:
    trend = np.repeat(_trend(design, layout)[:, None], layout.shape[1], axis=1)
    if trend.any():
        tilted = trend * layout.baseline_tilt("trend")
        yield _term("trend", "Trend", ComponentKind.BASELINE, tilted, layout)
    season = _seasons(design, layout)[:, None] * layout.baseline_tilt("seasonality")
    if season.any():
        yield _term("seasonality", "Seasonality", ComponentKind.BASELINE, season, layout)


def _trend(design: SimulationDesign, layout: Layout) -> Floats:
    """Growth and slow movement, shape (T,)."""
    rng, periods = layout.random("trend"), layout.shape[0]
    return _growth(design, rng, periods) + _wandering(design, rng, periods)


def _wandering(design: SimulationDesign, rng: np.random.Generator, periods: int) -> Floats:
    """Slow movement without direction, shape (T,)."""
    if design.trend.wander is None:
        return np.zeros(periods)
    return design.trend.wander.draw(rng) * drift(rng, periods)


def _growth(design: SimulationDesign, rng: np.random.Generator, periods: int) -> Floats:
    """Piecewise linear growth, 0 in the first period, shape (T,)."""
    pieces = design.trend.growth_per_year
    if not pieces:
        return np.zeros(periods)
    growth = np.array([piece.draw(rng) for piece in pieces])
    of_period = growth[np.arange(periods - 1) * len(pieces) // (periods - 1)]
    return np.concatenate([[0.0], np.cumsum(of_period)]) / PERIODS_PER_YEAR[design.frequency]


def _seasons(design: SimulationDesign, layout: Layout) -> Floats:
    """Yearly and weekly pattern, shape (T,)."""
    wanted, rng = design.seasonality, layout.random("seasonality")
    yearly = wanted.yearly_amplitude.draw(rng)
    weekly = wanted.weekly_amplitude.draw(rng)
    of_year = np.asarray(layout.dates.dayofyear) / 365.25
    of_week = np.asarray(layout.dates.dayofweek) / 7
    return _waves(of_year, wanted.yearly_order, yearly, rng) + _waves(
        of_week, wanted.weekly_order, weekly, rng
    )


def _waves(turns: Floats, order: int, amplitude: float, rng: np.random.Generator) -> Floats:
    """Sum of sine and cosine terms whose largest deviation over a turn is `amplitude`, shape (T,)."""
    if order == 0:
        return np.zeros(len(turns))
    # Higher terms are weaker, as they are in sales.
    pairs = rng.standard_normal((order, 2)) / np.arange(1, order + 1)[:, None]

    def pattern(at: Floats) -> Floats:
        angles = 2 * np.pi * np.multiply.outer(at, np.arange(1, order + 1))
        return np.asarray(np.sin(angles) @ pairs[:, 0] + np.cos(angles) @ pairs[:, 1])

    return pattern(turns) * amplitude / np.abs(pattern(np.linspace(0, 1, 2000))).max()


def _signal_terms(design: SimulationDesign, layout: Layout, data: ModelData) -> Iterator[Component]:
    truths = dict(_signal_truths(design, layout))
    for signal in data.signals:
        in_column = design.event_column and signal.kind is ComponentKind.EVENT and signal.name != HOLIDAYS
        swing, adstock = truths[_event_key(signal.label) if in_column else signal.name]
        tilt = np.ones(layout.shape[1]) if signal.name == DEMAND else layout.baseline_tilt(signal.name)
        values = swing * tilt * spread_signal(signal.name, adstock, signal.values, layout)
        yield _term(signal.name, signal.label, signal.kind, values, layout)


def _signal_truths(
    design: SimulationDesign, layout: Layout
) -> Iterator[tuple[str, tuple[float, AdstockTruth | None]]]:
    """Name, true share of the KPI that a unit of it moves, and carryover."""

    def random(name: str) -> np.random.Generator:
        return layout.random("swing", name)

    for rival in design.competitors:
        yield rival.name, (-rival.swing.draw(random(rival.name)), rival.adstock)
    for control in design.controls:
        yield control.name, (control.swing.draw(random(control.name)), control.adstock)
    if design.demand and design.demand.observed:
        yield DEMAND, (design.demand.swing.draw(random(DEMAND)), None)
    for event in design.events:
        key = _event_key(event.label) if design.event_column else event.name
        yield key, (event.swing.draw(random(event.name)), None)
    yield HOLIDAYS, (design.holidays.swing.draw(random(HOLIDAYS)), None)


def _event_key(text: str) -> str:
    """Key of an event of a column, which a model knows by its text only; no slug looks like it."""
    return f"event {text}"
