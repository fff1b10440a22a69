"""Effects of competitors, controls and events, in their own units."""

from dataclasses import dataclass

import numpy as np

from mmm_core.estimates import Estimate, estimate
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats, adstock_weights, half_life_periods
from mmm_core.model_data import ComponentKind
from mmm_core.signal_effects import unit_effects


@dataclass(frozen=True, slots=True)
class SignalEffect:
    """What one signal does to the KPI.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    kind : ComponentKind
        Competitor, control or event.
    per_unit : Estimate
        KPI units per unit of its own, see `mmm_core.signal_effects`.
    standard_deviation : float or None
        In the training data, in its own unit; None for events.
    per_standard_deviation : Estimate or None
        KPI units; None for events.
    positive_probability : float
        That more of it raises the KPI.
    half_life_periods : Estimate or None
        None without carryover.
    """

    name: str
    label: str
    kind: ComponentKind
    per_unit: Estimate
    standard_deviation: float | None
    per_standard_deviation: Estimate | None
    positive_probability: float
    half_life_periods: Estimate | None


def signal_effects(fit: FittedModel, probability: float) -> list[SignalEffect]:
    """Give the effects of all signals of a fit, in the order of its configuration.

    Raises
    ------
    FailedPrecondition
        When the fit was stored without coefficients of its signals.
    """
    signals, effects = fit.required_continuation().signals, unit_effects(fit)
    kinds = {component.name: component.kind for component in fit.components}
    half_lives = _half_lives(fit)
    return [
        _effect(
            (name, label, kinds[name]),
            effects[:, place],
            None if kinds[name] is ComponentKind.EVENT else float(signals.scale[place]),
            half_lives[:, place] if signals.parameters.shapes[place].adstock != "none" else None,
            probability,
        )
        for place, (name, label) in enumerate(zip(signals.names, signals.labels, strict=True))
    ]


def _half_lives(fit: FittedModel) -> Floats:
    return half_life_periods(adstock_weights(fit.required_continuation().signals.parameters))[:, 0]


def _effect(
    who: tuple[str, str, ComponentKind],
    per_unit: Floats,
    deviation: float | None,
    half_life: Floats | None,
    probability: float,
) -> SignalEffect:
    name, label, kind = who
    return SignalEffect(
        name,
        label,
        kind,
        per_unit=estimate(per_unit, probability),
        standard_deviation=deviation,
        per_standard_deviation=None if deviation is None else estimate(per_unit * deviation, probability),
        positive_probability=float(np.mean(per_unit > 0)),
        half_life_periods=None if half_life is None else estimate(half_life, probability),
    )
