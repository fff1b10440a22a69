"""Response curves."""

from dataclasses import dataclass

import numpy as np

from mmm_analysis.requests import CurveQuestion
from mmm_core.estimates import Estimate, estimates
from mmm_core.fitted import FittedModel
from mmm_core.quantities import extrapolated, window_spend
from mmm_core.response import per_money, response_curves


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One point of a curve; money and KPI units of the window.

    The marginal return is None where nothing was spent, and where the curve begins vertically.
    """

    multiplier: float
    spend: float
    outcome: Estimate
    marginal_return: Estimate | None
    extrapolated: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """Response curve of one channel."""

    name: str
    label: str
    current_spend: float
    points: list[CurvePoint]


def channel_curves(fit: FittedModel, asked: CurveQuestion) -> list[Curve]:
    """Compute the curves of the asked channels.

    The marginal return is the value of the next unit of money, or KPI units of it for a KPI without a value.
    """
    computed = response_curves(fit, asked.window, asked.multipliers)
    gained = computed.outcome
    marginal = per_money(fit, asked.window, computed.slope) * (fit.unit_value or 1.0)
    beyond = extrapolated(fit, asked.window, asked.multipliers)
    spend = window_spend(fit, asked.window)
    curves = []
    for place in asked.channels:
        medium = fit.config.media[place]
        outcomes = estimates(gained[..., place].T, asked.probability)
        returns = estimates(marginal[..., place].T, asked.probability)
        is_finite = np.asarray(np.isfinite(marginal[..., place]).all(axis=1))
        curves.append(
            Curve(
                medium.name,
                medium.label,
                float(spend[place]),
                [
                    CurvePoint(
                        float(factor),
                        float(factor * spend[place]),
                        outcomes[index],
                        returns[index] if is_finite[index] else None,
                        bool(beyond[index, place]),
                    )
                    for index, factor in enumerate(asked.multipliers)
                ],
            )
        )
    return curves
