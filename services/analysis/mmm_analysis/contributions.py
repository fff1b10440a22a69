"""The expected KPI, split into its components."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from mmm_analysis.requests import Question
from mmm_core.estimates import Estimate, estimate, estimates
from mmm_core.fitted import Component, FittedModel
from mmm_core.media import Floats
from mmm_core.model_data import ComponentKind, Dates
from mmm_core.quantities import media_contributions, observed_kpi


@dataclass(frozen=True, slots=True)
class ComponentSummary:
    """A component over a window.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    kind : ComponentKind
        What it is.
    series : list of Estimate
        KPI units per date of the answer.
    total : Estimate
        KPI units over the window.
    share : Estimate
        Share of the window's expected KPI.
    """

    name: str
    label: str
    kind: ComponentKind
    series: list[Estimate]
    total: Estimate
    share: Estimate


@dataclass(frozen=True, slots=True)
class Contributions:
    """Observed and expected KPI of a window, and the components that make it.

    Attributes
    ----------
    dates : array of datetime64[D], shape (N,)
        First days of the periods, or of the calendar months, quarters or years they were added up to.
    observed : array, shape (N,)
        KPI units.
    expected : list of Estimate
        KPI units.
    components : list of ComponentSummary
        In every draw they sum to the expected KPI.
    """

    dates: NDArray[np.datetime64]
    observed: NDArray[np.float64]
    expected: list[Estimate]
    components: list[ComponentSummary]


class Resolution(StrEnum):
    """Calendar periods that a series is added up to, by numpy's unit of time."""

    MONTH = "M"
    QUARTER = "3M"
    YEAR = "Y"


def contributions(fit: FittedModel, asked: Question, resolution: Resolution | None = None) -> Contributions:
    """Split the window's expected KPI; all figures from the same thinned draws, so that they add up.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    asked : Question
        The window, and the mass of the intervals.
    resolution : Resolution, optional
        What periods are added up to, by their first days; the periods themselves by default.
    """
    periods = asked.window.periods
    by_component = [
        (component, component.draws[:, periods].sum(axis=-1)) for component in all_components(fit)
    ]
    expected = np.sum([draws for _, draws in by_component], axis=0)
    whole = expected.sum(axis=1)
    dates, starts = _calendar(fit.dates[periods], resolution)

    def added_up(values: Floats) -> Floats:
        return np.asarray(np.add.reduceat(values, starts, axis=-1))

    return Contributions(
        dates,
        observed=added_up(observed_kpi(fit)[periods]),
        expected=estimates(added_up(expected), asked.probability),
        components=[
            _summary(component, added_up(draws), whole, asked.probability)
            for component, draws in by_component
        ],
    )


def _calendar(dates: Dates, resolution: Resolution | None) -> tuple[Dates, NDArray[np.intp]]:
    """First days of the calendar periods, and the places of the first periods in them."""
    if resolution is None:
        return dates, np.arange(len(dates))
    calendar, starts = np.unique(dates.astype(f"datetime64[{resolution}]"), return_index=True)
    return calendar.astype("datetime64[D]"), starts


def all_components(fit: FittedModel) -> Iterator[Component]:
    """Baseline first, then media (all cells together), then the rest."""
    baseline = ComponentKind.BASELINE
    yield from (component for component in fit.components if component.kind is baseline)
    media = media_contributions(fit, fit.component_draws)
    for place, medium in enumerate(fit.config.media):
        kind = ComponentKind.PAID if place < fit.paid_count else ComponentKind.OWNED
        yield Component(medium.name, medium.label, kind, media[..., place, None])
    yield from (component for component in fit.components if component.kind is not baseline)


def _summary(
    component: Component, draws: NDArray[np.float64], whole: NDArray[np.float64], probability: float
) -> ComponentSummary:
    total = draws.sum(axis=1)
    return ComponentSummary(
        component.name,
        component.label,
        component.kind,
        series=estimates(draws, probability),
        total=estimate(total, probability),
        share=estimate(total / whole, probability),
    )
