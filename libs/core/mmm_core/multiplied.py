"""What saturated exposure comes to when a part of it is multiplied: the inside of every response curve.

Curves are asked for at many multipliers, so each family computes once what multiplication leaves alone. The
formulas are those of `mmm_core.media`, and a test holds the two together. Axes: draws ``S``, places in time
and panel cells ``P``, multipliers ``K``.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.media import Floats, ResponseParameters, begins_vertically, saturate, saturation_slope
from mmm_core.saturated_sums import carried_over, logistic_sums, ratio_sums

# Stands for what is infinite; the product of two such is still finite.
ENDLESS = 1e150


@dataclass(frozen=True, slots=True)
class LaggedExposure:
    """Exposure of one medium before its carryover is applied.

    Attributes
    ----------
    weights : array, shape (S, L)
        Carryover by lag.
    inside, outside : array, shape (L, P)
        Scaled exposure of so many periods ago: the part that is multiplied, and the part that is left.
    effect : array, shape (S, P), or (S, 1) where it is the same everywhere
        KPI units of a unit of saturated exposure.
    """

    weights: Floats
    inside: Floats
    outside: Floats
    effect: Floats

    def split(self) -> "SplitExposure":
        """Apply carryover to both parts; adstock is linear, so they add up."""
        inside = carried_over(self.weights, self.inside)
        return SplitExposure(
            inside,
            outside=carried_over(self.weights, self.outside),
            is_alone=np.asarray((self.outside == 0).all(axis=0)),
            weight=np.ascontiguousarray(np.broadcast_to(self.effect, inside.shape)),
        )


@dataclass(frozen=True, slots=True)
class SplitExposure:
    """Adstocked exposure of one medium.

    Attributes
    ----------
    inside, outside : array, shape (S, P)
        The part that is multiplied, scaled, and the part that is left as it is.
    is_alone : array of bool, shape (P,)
        Where nothing is outside, in any draw.
    weight : array, shape (S, P)
        KPI units of a unit of saturated exposure.
    """

    inside: Floats
    outside: Floats
    is_alone: NDArray[np.bool_]
    weight: Floats

    def select(self, places: NDArray[np.bool_]) -> "SplitExposure":
        """Keep some places."""
        return SplitExposure(
            self.inside[:, places], self.outside[:, places], self.is_alone[places], self.weight[:, places]
        )


def multiplied_outcome(
    exposure: LaggedExposure, parameters: ResponseParameters, multipliers: Floats
) -> tuple[Floats, Floats]:
    """KPI units that the multiplied part brings, and their derivative.

    Parameters
    ----------
    exposure : LaggedExposure
        Of one medium.
    parameters : ResponseParameters
        Of this medium, `S` draws.
    multipliers : array, shape (K, S) or (K, 1)
        At least 0.

    Returns
    -------
    outcome, slope : array, shape (K, S)
        KPI units with the part, multiplied, less those without it; and the derivative with respect to the
        multiplier, infinite where a curve begins vertically.
    """
    family: _Ratio | _Power
    match parameters.shapes[0].saturation:
        case "logistic":
            return _logistic(exposure, _drawn(parameters.steepness), multipliers)
        case "hill":
            family = _Ratio(_drawn(parameters.half_saturation), _drawn(parameters.slope))
        case "michaelis_menten":
            family = _Ratio(_drawn(parameters.half_saturation), np.ones((1, 1)))
        case "root":
            family = _Power(_drawn(parameters.exponent))
        case "none":
            family = _Power(np.ones((1, 1)))
    return _by_place(exposure.split(), parameters, multipliers, family)


def _drawn(values: Floats | None) -> Floats:
    """Parameter of the only medium, shape (S, 1)."""
    assert values is not None  # noqa: S101 - the families' parameters are there
    return values[:, 0]


def _logistic(exposure: LaggedExposure, steepness: Floats, multipliers: Floats) -> tuple[Floats, Floats]:
    """Written with ``r = exp(-steepness x)``: the curve is ``2 / (1 + r) - 1``."""
    steps = _by_draw(np.diff(multipliers, axis=0, prepend=0.0), exposure.weights)
    shares, rises = logistic_sums(
        steepness * exposure.weights, (exposure.inside, exposure.outside), 2 * exposure.effect, steps
    )
    return shares, rises


@dataclass(frozen=True, slots=True)
class _Ratio:
    """Hill and Michaelis-Menten where nothing is outside: ``1 / (1 + (half / x)^power)``."""

    half: Floats
    power: Floats

    def at(self, exposure: SplitExposure, multipliers: Floats) -> tuple[Floats, Floats]:
        with np.errstate(divide="ignore", over="ignore"):
            inverse = np.minimum((self.half / exposure.inside) ** self.power, ENDLESS)
            stretched = np.minimum(multipliers[:, :, None] ** -self.power, ENDLESS)
        weight = np.where(exposure.inside > 0, exposure.weight, 0.0)
        outcome, rises = ratio_sums(inverse, _by_draw(stretched[..., 0], inverse), weight)
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = rises * self.power[:, 0] / multipliers
        first = _first_slope(exposure, self.power, exposure.inside / self.half)
        return np.where(multipliers == 0, 0.0, outcome), np.where(multipliers == 0, first, slope)


@dataclass(frozen=True, slots=True)
class _Power:
    """Root, and no saturation, where nothing is outside: ``x^power``."""

    power: Floats

    def at(self, exposure: SplitExposure, multipliers: Floats) -> tuple[Floats, Floats]:
        whole = _total(exposure.weight, exposure.inside**self.power)
        with np.errstate(divide="ignore"):
            slope = self.power[:, 0] * multipliers ** (self.power[:, 0] - 1) * whole
        first = _first_slope(exposure, self.power, exposure.inside)
        return multipliers ** self.power[:, 0] * whole, np.where(multipliers == 0, first, slope)


def _first_slope(exposure: SplitExposure, power: Floats, linear: Floats) -> Floats:
    """Slope of the first bit: that of a line, none, or infinite, as the curve begins; shape (S,)."""
    reached = (exposure.inside > 0).any(axis=1)
    steep = np.where(reached & (power[:, 0] < 1), np.inf, 0.0)
    return np.where(power[:, 0] == 1, _total(exposure.weight, linear), steep)


def _by_place(
    exposure: SplitExposure, parameters: ResponseParameters, multipliers: Floats, family: _Ratio | _Power
) -> tuple[Floats, Floats]:
    """Let the family's short way do what it can, and `mmm_core.media` the places with something outside."""
    outcome, slope = family.at(exposure.select(exposure.is_alone), multipliers)
    mixed = exposure.select(~exposure.is_alone)
    if not mixed.inside.size:
        return outcome, slope
    without = _total(mixed.weight, _as_medium(saturate, mixed.outside, parameters))
    for place, factor in enumerate(multipliers[:, :, None]):
        together = mixed.outside + factor * mixed.inside
        outcome[place] += _total(mixed.weight, _as_medium(saturate, together, parameters)) - without
        steepness = _as_medium(saturation_slope, together, parameters)
        slope[place] += _total(mixed.weight, steepness * mixed.inside)
        untouched = ((together == 0) & (mixed.inside > 0)).any(axis=1)
        slope[place][untouched & begins_vertically(parameters)[:, 0, 0]] = np.inf
    return outcome, slope


def _as_medium(
    transform: Callable[[Floats, ResponseParameters], Floats],
    exposure: Floats,
    parameters: ResponseParameters,
) -> Floats:
    """Apply a function of `mmm_core.media` to exposure of shape (S, P)."""
    transformed = transform(exposure[:, :, None, None], parameters)
    return transformed[:, :, 0, 0]


def _by_draw(values: Floats, like: Floats) -> Floats:
    """Repeat what is the same for all draws, shape (K, S)."""
    return np.ascontiguousarray(np.broadcast_to(values, (len(values), len(like))))


def _total(weight: Floats, values: Floats) -> Floats:
    """Weighted sum over places, shape (S,)."""
    return np.asarray(np.vecdot(weight, values))
