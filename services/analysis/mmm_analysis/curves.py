"""Response curves, and how effects are spread over time."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from mmm_analysis.requests import CurveQuestion
from mmm_analysis.windows import ExploredWindow
from mmm_core.estimates import Estimate, estimate, estimates
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats, adstock_weights, half_life_periods
from mmm_core.quantities import extrapolated, observed_maximum, window_spend
from mmm_core.response import ResponseCurves, per_money, response_curves

# Relative; a multiple nearer to one than this is one.
ROUNDING = 1e-9


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


class MarkKind(StrEnum):
    """What a marked point is."""

    CURRENT = "current"
    BREAKEVEN = "breakeven"
    OBSERVED_MAXIMUM = "observed_maximum"


@dataclass(frozen=True, slots=True)
class Curve:
    """Response curve of one channel, with points worth marking."""

    name: str
    label: str
    current_spend: float
    points: list[CurvePoint]
    marks: dict[MarkKind, CurvePoint]


@dataclass(frozen=True, slots=True)
class CarryoverCurve:
    """How the effect of one medium is spread over time.

    Attributes
    ----------
    weights : list of Estimate
        Share of the effect that is felt so many periods after the exposure.
    half_life_periods : Estimate
        Periods until half of it has been felt.
    """

    name: str
    label: str
    weights: list[Estimate]
    half_life_periods: Estimate


def channel_curves(explored: ExploredWindow, asked: CurveQuestion) -> list[Curve]:
    """Compute the curves of the asked channels.

    The marginal return is the value of the next unit of money, or KPI units of it for a KPI without a value.

    Parameters
    ----------
    explored : ExploredWindow
        The fit, and curves of the window, which are read where they hold what was asked for.
    asked : CurveQuestion
        Window, channels and multipliers.
    """
    fit, window, multipliers = explored.fit, asked.window, asked.multipliers
    media = np.array(asked.channels, dtype=np.intp)
    known = explored.explored.at(multipliers)
    curves = known.select(media=media) if known else response_curves(fit, window, multipliers, media)
    points = _points(fit, asked, np.broadcast_to(multipliers[:, None], curves.outcome[:, 0].shape), curves)
    marked = _marked_multiples(fit, explored)[:, media]
    marks = _points(fit, asked, marked, _curves_at_marks(fit, explored, marked, media))
    spend = window_spend(fit, asked.window)
    return [
        Curve(
            fit.config.media[medium].name,
            fit.config.media[medium].label,
            float(spend[medium]),
            points[place],
            {
                kind: mark
                for kind, mark in zip(MarkKind, marks[place], strict=True)
                if np.isfinite(mark.multiplier)
            },
        )
        for place, medium in enumerate(asked.channels)
    ]


def carryover_curves(fit: FittedModel, probability: float) -> list[CarryoverCurve]:
    """Compute how the effect of every medium is spread over time, up to its own last lag."""
    weights = adstock_weights(fit.parameters)[:, 0]
    half_lives = half_life_periods(weights)
    return [
        CarryoverCurve(
            medium.name,
            medium.label,
            estimates(weights[:, place, : fit.parameters.shapes[place].lags], probability),
            estimate(half_lives[:, place], probability),
        )
        for place, medium in enumerate(fit.config.media)
    ]


def _marked_multiples(fit: FittedModel, explored: ExploredWindow) -> Floats:
    """Multiples of the marks, in the order of `MarkKind`, shape (3, C); NaN for a mark there is not."""
    breakeven = explored.usual_breakeven
    marked = np.stack([np.ones(len(breakeven)), breakeven, observed_maximum(fit, explored.window)])
    marked[:, window_spend(fit, explored.window) <= 0] = np.nan
    return np.where(np.isfinite(marked), marked, np.nan)


def _curves_at_marks(
    fit: FittedModel, explored: ExploredWindow, marked: Floats, media: NDArray[np.intp]
) -> ResponseCurves:
    """Curves at multiples of shape (3, C'); what was spent is known already."""
    current = explored.explored.current.select(media=media)
    outcome, slope = (np.repeat(values, len(marked), axis=0) for values in (current.outcome, current.slope))
    elsewhere = np.flatnonzero((np.abs(np.nan_to_num(marked, nan=1.0) - 1) > ROUNDING).any(axis=1))
    multiples = np.nan_to_num(marked[elsewhere])[:, None]
    each_draw = np.broadcast_to(multiples, (len(elsewhere), *outcome.shape[1:]))
    found = response_curves(fit, explored.window, each_draw, media)
    outcome[elsewhere], slope[elsewhere] = found.outcome, found.slope
    return ResponseCurves(outcome, slope)


def _points(
    fit: FittedModel, asked: CurveQuestion, multiples: Floats, curves: ResponseCurves
) -> list[list[CurvePoint]]:
    """Summarise curves at multiples of shape (K, C'), by channel."""
    media = np.array(asked.channels, dtype=np.intp)
    spend = window_spend(fit, asked.window)[media]
    marginal = per_money(fit, asked.window, curves.slope, media) * (fit.unit_value or 1.0)
    beyond = extrapolated(fit, asked.window, multiples, media)
    listed = []
    for place in range(len(media)):
        outcomes = estimates(curves.outcome[..., place].T, asked.probability)
        returns = estimates(marginal[..., place].T, asked.probability)
        is_finite = np.asarray(np.isfinite(marginal[..., place]).all(axis=1))
        listed.append(
            [
                CurvePoint(
                    float(multiple),
                    float(multiple * spend[place]),
                    outcomes[index],
                    returns[index] if is_finite[index] else None,
                    bool(beyond[index, place]),
                )
                for index, multiple in enumerate(multiples[:, place])
            ]
        )
    return listed
