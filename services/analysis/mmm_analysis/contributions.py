"""The expected KPI, split into its components."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_analysis.requests import Question
from mmm_core.estimates import Estimate, estimate, estimates
from mmm_core.fitted import Component, FittedModel
from mmm_core.model_data import ComponentKind
from mmm_core.quantities import expected_kpi, media_contributions, observed_kpi


@dataclass(frozen=True, slots=True)
class ComponentSummary:
    """A component over the periods of a window.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    kind : ComponentKind
        What it is.
    series : list of Estimate
        KPI units per period.
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
    """Observed and expected KPI of a window, and the components that make it."""

    dates: NDArray[np.datetime64]
    observed: NDArray[np.float64]
    expected: list[Estimate]
    components: list[ComponentSummary]


def contributions(fit: FittedModel, asked: Question) -> Contributions:
    """Split the window's expected KPI; all figures from the same thinned draws, so that they add up."""
    periods = asked.window.periods
    expected = expected_kpi(fit)[:, periods]
    whole = expected.sum(axis=1)
    return Contributions(
        dates=fit.dates[periods],
        observed=observed_kpi(fit)[periods],
        expected=estimates(expected, asked.probability),
        components=[
            _summary(component, component.draws[:, periods].sum(axis=-1), whole, asked.probability)
            for component in all_components(fit)
        ],
    )


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
