"""What saturated exposure comes to when a part of it is multiplied: the inside of every response curve.

Curves are asked for at many multipliers, so each family computes once what multiplication leaves alone. The
formulas are those of `mmm_core.media`, and a test holds the two together. Axes: draws ``S``, places in time
and panel cells ``P``, multipliers ``K``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.media import Floats, ResponseParameters, begins_vertically, saturate, saturation_slope

# Stands for what is infinite; the product of two such is still finite.
ENDLESS = 1e150
# Relative difference of steps between multipliers that are the same but for rounding.
SAME_STEP = 1e-9


@dataclass(frozen=True, slots=True)
class SplitExposure:
    """Adstocked exposure of one medium.

    Attributes
    ----------
    inside : array, shape (S, P)
        The part that is multiplied, scaled.
    outside : array, shape (S, P)
        The part that is left as it is.
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
    exposure: SplitExposure, parameters: ResponseParameters, multipliers: Floats
) -> tuple[Floats, Floats]:
    """KPI units that the multiplied part brings, and their derivative.

    Parameters
    ----------
    exposure : SplitExposure
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
    match parameters.shapes[0].saturation:
        case "logistic":
            return _logistic(exposure, _drawn(parameters.steepness), multipliers)
        case "hill":
            ratio = _Ratio(_drawn(parameters.half_saturation), _drawn(parameters.slope))
        case "michaelis_menten":
            ratio = _Ratio(_drawn(parameters.half_saturation), np.ones((1, 1)))
        case "root":
            return _by_place(exposure, parameters, multipliers, _Power(_drawn(parameters.exponent)))
        case "none":
            return _by_place(exposure, parameters, multipliers, _Power(np.ones((1, 1))))
    return _by_place(exposure, parameters, multipliers, ratio)


def _drawn(values: Floats | None) -> Floats:
    """Parameter of the only medium, shape (S, 1)."""
    assert values is not None  # noqa: S101 - the families' parameters are there
    return values[:, 0]


def _logistic(exposure: SplitExposure, steepness: Floats, multipliers: Floats) -> tuple[Floats, Floats]:
    """Written with ``r = exp(-steepness x)``: the curve is ``2 / (1 + r) - 1``."""
    rate = steepness * exposure.inside
    outcome = np.empty((len(multipliers), len(rate)))
    slope = np.empty_like(outcome)
    before = np.ones_like(rate) if exposure.is_alone.all() else np.exp(-steepness * exposure.outside)
    without = _total(exposure.weight, 1 / (1 + before))
    rise = 2 * exposure.weight * rate
    share = np.empty_like(rate)
    for place, remaining in enumerate(_remaining(rate, before, multipliers)):
        np.divide(1, np.add(remaining, 1, out=share), out=share)
        outcome[place] = 2 * (_total(exposure.weight, share) - without)
        np.multiply(share, share, out=share)
        np.multiply(share, remaining, out=share)
        slope[place] = _total(rise, share)
    return outcome, slope


def _remaining(rate: Floats, before: Floats, multipliers: Floats) -> Iterator[Floats]:
    """Yield ``before * exp(-rate k)`` for each multiplier, in the same array.

    One exponential serves all multipliers that follow each other in equal steps.
    """
    steps = np.diff(multipliers, axis=0, prepend=0.0)
    is_new = np.abs(np.diff(steps, axis=0, prepend=0.0)).max(axis=1) > SAME_STEP * np.abs(steps).max(axis=1)
    is_none = np.asarray(~steps.any(axis=1))
    remaining, per_step = before.copy(), np.empty_like(rate)
    for step, new, none in zip(steps, is_new.tolist(), is_none.tolist(), strict=True):
        if new:
            np.exp(np.multiply(rate, -step[:, None], out=per_step), out=per_step)
        if not none:
            np.multiply(remaining, per_step, out=remaining)
        yield remaining


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
        outcome = np.zeros((len(multipliers), len(inverse)))
        slope = np.empty_like(outcome)
        scaled, share = np.empty_like(inverse), np.empty_like(inverse)
        for place, factor in enumerate(multipliers[:, :, None]):
            if (factor == 0).all():
                slope[place] = _first_slope(exposure, self.power, exposure.inside / self.half)
                continue
            np.multiply(inverse, stretched[place], out=scaled)
            np.divide(1, np.add(scaled, 1, out=share), out=share)
            outcome[place] = _total(weight, share)
            np.multiply(share, share, out=share)
            np.multiply(share, scaled, out=share)
            slope[place] = (_total(weight, share)[:, None] * self.power / factor)[:, 0]
        return outcome, slope


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


def _total(weight: Floats, values: Floats) -> Floats:
    """Weighted sum over places, shape (S,)."""
    return np.asarray(np.vecdot(weight, values))
