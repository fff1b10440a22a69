"""Media transformations on arrays: adstock, saturation and their derivative.

Axes: draws ``S``, periods ``T``, panel cells ``G`` (1 without a panel), media ``C``, lags ``L``. The formulas
are those of ``pymc_marketing.mmm.transformers`` 1.3 (`geometric_adstock`, `delayed_adstock`,
`binomial_adstock`, `weibull_adstock`, `logistic_saturation`, `hill_function`, `michaelis_menten`,
`root_saturation`); a test holds them against that library. Nothing here needs pymc.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mmm_core.config.media import AdstockFamily, Medium, SaturationFamily

type Floats = NDArray[np.float64]
type Index = NDArray[np.intp] | slice

# What a parameter is where its medium's family does not have it: a value that does no harm in any formula.
UNUSED = 1.0
UNUSED_RETENTION = 0.5


@dataclass(frozen=True, slots=True)
class ResponseShape:
    """Families of one medium.

    Attributes
    ----------
    adstock : str
        Family of the carryover.
    lags : int
        Number of carryover weights, that of the present period among them.
    saturation : str
        Family of the diminishing returns.
    """

    adstock: AdstockFamily
    lags: int
    saturation: SaturationFamily


def shape_of(medium: Medium) -> ResponseShape:
    """Families of a configured medium."""
    return ResponseShape(medium.adstock.family, medium.adstock.lags, medium.saturation.family)


@dataclass(frozen=True, slots=True)
class ResponseParameters:
    """Draws of the response of all media.

    The parameters of the shapes have the shape (S, 1, C), for all cells of a panel alike. A parameter no
    medium uses may be None; where only some use it, the others' values are never read.

    Attributes
    ----------
    shapes : tuple of ResponseShape
        One per medium.
    coefficient : array, shape (S, G, C)
        KPI units per unit of saturated exposure.
    retention : array or None
        Decay of geometric, delayed and binomial adstock.
    peak_lag : array or None
        Lag of the peak in periods; delayed.
    scale, shape : array or None
        Scale in periods, and shape; Weibull.
    steepness : array or None
        Logistic saturation.
    half_saturation : array or None
        Hill and Michaelis-Menten.
    slope : array or None
        Hill.
    exponent : array or None
        Root.
    """

    shapes: tuple[ResponseShape, ...]
    coefficient: Floats
    retention: Floats | None = None
    peak_lag: Floats | None = None
    scale: Floats | None = None
    shape: Floats | None = None
    steepness: Floats | None = None
    half_saturation: Floats | None = None
    slope: Floats | None = None
    exponent: Floats | None = None

    @property
    def longest_lag(self) -> int:
        """Periods after which nothing is left of any medium's exposure."""
        return max((shape.lags for shape in self.shapes), default=1) - 1

    def select(
        self, draws: Index = slice(None), media: Index = slice(None), cells: Index = slice(None)
    ) -> "ResponseParameters":
        """Keep some draws, media and cells, in the given order."""

        def pick(values: Floats | None) -> Floats | None:
            if values is None:
                return None
            chosen = values[..., media][draws]
            return chosen if values.shape[1] == 1 else chosen[:, cells]

        coefficient = self.coefficient[..., media][draws][:, cells]
        parameters = {name: pick(getattr(self, name)) for name in SHAPE_PARAMETERS}
        places = np.arange(len(self.shapes))[media]
        return replace(
            self, shapes=tuple(self.shapes[place] for place in places), coefficient=coefficient, **parameters
        )


type FamilyFunction = Callable[[SaturationFamily, Floats, ResponseParameters, Index], Floats]

SHAPE_PARAMETERS = (
    "retention",
    "peak_lag",
    "scale",
    "shape",
    "steepness",
    "half_saturation",
    "slope",
    "exponent",
)


def adstock_weights(parameters: ResponseParameters) -> Floats:
    """Carryover weights by lag, summing to one.

    Returns
    -------
    array, shape (S, 1, C, L)
        Share of an exposure's effect that is felt `l` periods later; 0 beyond a medium's own last lag.
    """
    draws = parameters.coefficient.shape[0]
    weights = np.zeros((draws, 1, len(parameters.shapes), parameters.longest_lag + 1))
    for (family, lags), media in _groups((shape.adstock, shape.lags) for shape in parameters.shapes):
        weights[:, :, media, :lags] = _weights(family, np.arange(lags, dtype=np.float64), parameters, media)
    return weights / weights.sum(axis=-1, keepdims=True)


def _weights(
    family: AdstockFamily, lag: Floats, parameters: ResponseParameters, media: Index
) -> Floats | float:
    """Carryover weights of some media of one family before they are made to sum to one."""

    def drawn(values: Floats | None) -> Floats:
        return _required(values)[..., media, None]

    match family:
        case "none":
            return 1.0
        case "geometric":
            retained = np.repeat(drawn(parameters.retention), len(lag), axis=-1)
            retained[..., 0] = 1
            # Powers by products: several times as fast.
            return np.asarray(np.cumprod(retained, axis=-1))
        case "delayed":
            return np.asarray(drawn(parameters.retention) ** ((lag - drawn(parameters.peak_lag)) ** 2))
        case "binomial":
            return np.asarray((1 - lag / (len(lag) + 1)) ** (1 / drawn(parameters.retention) - 1))
        case "weibull_pdf":
            scale, shape = drawn(parameters.scale), drawn(parameters.shape)
            time = (lag + 1) / scale
            density = shape / scale * time ** (shape - 1) * np.exp(-(time**shape))
            low, high = density.min(axis=-1, keepdims=True), density.max(axis=-1, keepdims=True)
            return np.asarray((density - low) / (high - low))
        case "weibull_cdf":
            # The product of the survival function at all lags so far.
            hazard = (lag / drawn(parameters.scale)) ** drawn(parameters.shape)
            return np.exp(-np.cumsum(hazard, axis=-1))


def apply_adstock(exposure: Floats, weights: Floats) -> Floats:
    """Spread exposure over the periods after it.

    Parameters
    ----------
    exposure : array, shape (T, G, C)
        Scaled exposure; nothing is assumed before the first period.
    weights : array, shape (S, 1, C, L)
        From `adstock_weights`.

    Returns
    -------
    array, shape (S, T, G, C)
    """
    periods = exposure.shape[0]
    spread = np.zeros((weights.shape[0], *exposure.shape))
    for lag in range(min(weights.shape[-1], periods)):
        spread[:, lag:] += weights[:, None, :, :, lag] * exposure[: periods - lag]
    return spread


def saturate(exposure: Floats, parameters: ResponseParameters) -> Floats:
    """Diminishing returns: 0 for no exposure, and rising.

    Parameters
    ----------
    exposure : array, shape (S, T, G, C)
        Adstocked scaled exposure, at least 0.
    parameters : ResponseParameters
        Parameters of the shapes.

    Returns
    -------
    array, shape (S, T, G, C)
    """
    return _by_family(_saturated, exposure, parameters)


def _by_family(function: FamilyFunction, exposure: Floats, parameters: ResponseParameters) -> Floats:
    """Apply a function to the exposure of each family's media."""
    groups = list(_groups(shape.saturation for shape in parameters.shapes))
    if len(groups) == 1:
        return function(groups[0][0], exposure, parameters, groups[0][1])
    result = np.empty_like(exposure)
    for family, media in groups:
        result[..., media] = function(family, exposure[..., media], parameters, media)
    return result


def _saturated(
    family: SaturationFamily, exposure: Floats, parameters: ResponseParameters, media: Index
) -> Floats:
    if family == "logistic":
        # (1 - e^-z) / (1 + e^-z) = tanh(z / 2), which cannot overflow.
        return np.tanh(exposure * (_per_period(parameters.steepness, media) / 2))
    if family in ("hill", "michaelis_menten"):
        half, slope = _hill(family, parameters, media)
        with np.errstate(divide="ignore", over="ignore"):
            # Written with the inverse ratio, no exposure gives 0 and endless exposure 1, never inf / inf.
            return 1 / (1 + (half / exposure) ** slope)
    return np.asarray(exposure ** _power(family, parameters, media))


def saturation_slope(exposure: Floats, parameters: ResponseParameters) -> Floats:
    """Exact derivative of `saturate` with respect to exposure; same shapes.

    A Hill curve with a slope below one, or a root, is infinitely steep at zero; there the derivative is given
    as 0, because no exposure means no effect to be scaled.
    """
    return _by_family(_slope, exposure, parameters)


def _slope(
    family: SaturationFamily, exposure: Floats, parameters: ResponseParameters, media: Index
) -> Floats:
    """Derivative of one family, written with numbers that neither cancel nor overflow far into saturation."""
    if family == "logistic":
        steepness = _per_period(parameters.steepness, media)
        # In place: this is what most of the time of an optimisation goes into.
        remaining = exposure * -steepness
        np.exp(remaining, out=remaining)
        below = 1 + remaining
        below *= below
        remaining /= below
        remaining *= 2 * steepness
        return remaining
    with np.errstate(divide="ignore", invalid="ignore"):
        if family in ("hill", "michaelis_menten"):
            half, power = _hill(family, parameters, media)
            # The curve is symmetric around half saturation in logarithms.
            ratio = np.exp(-power * np.abs(np.log(exposure / half)))
            derivative = power * ratio / (exposure * (1 + ratio) ** 2)
            at_zero = 1 / half
        else:
            power, at_zero = _power(family, parameters, media), np.ones(1)
            derivative = power * exposure ** (power - 1)
    return np.where(exposure > 0, derivative, np.where(power == 1, at_zero, 0.0))


def saturate_concavely(exposure: Floats, parameters: ResponseParameters) -> Floats:
    """The least concave curve that is nowhere below `saturate`; same shapes.

    They differ on S-shaped Hill curves only, up to the point where a line from the origin touches the curve.
    """
    saturated = saturate(exposure, parameters)
    for touching, steepness, media in _concave_parts(parameters):
        below = exposure[..., media] < touching
        saturated[..., media] = np.where(below, exposure[..., media] * steepness, saturated[..., media])
    return saturated


def concave_saturation_slope(exposure: Floats, parameters: ResponseParameters) -> Floats:
    """Exact derivative of `saturate_concavely`; as for `saturation_slope`."""
    derivative = saturation_slope(exposure, parameters)
    for touching, steepness, media in _concave_parts(parameters):
        below = exposure[..., media] < touching
        derivative[..., media] = np.where(below, steepness, derivative[..., media])
    return derivative


def _concave_parts(parameters: ResponseParameters) -> Iterator[tuple[Floats, Floats, Index]]:
    """Where lines from the origin touch S-shaped curves (0 for the others), and their steepness."""
    for family, media in _groups(shape.saturation for shape in parameters.shapes):
        if family == "hill":
            half, slope = _hill(family, parameters, media)
            beyond = np.maximum(slope - 1, 0.0)
            touching = half * beyond ** (1 / slope)
            with np.errstate(divide="ignore", invalid="ignore"):
                yield touching, np.where(touching > 0, beyond / slope / touching, 0.0), media


def begins_vertically(parameters: ResponseParameters) -> NDArray[np.bool_]:
    """Whether the response is infinitely steep where exposure begins, shape (S, G|1, C)."""
    vertical = np.zeros((parameters.coefficient.shape[0], 1, len(parameters.shapes)), dtype=np.bool_)
    for family, media in _groups(shape.saturation for shape in parameters.shapes):
        if family == "hill":
            vertical[..., media] = _required(parameters.slope)[..., media] < 1
        elif family == "root":
            vertical[..., media] = True
    return vertical


def is_concave(parameters: ResponseParameters) -> bool:
    """Whether every response is concave in every draw: a Hill curve with a slope above one is S-shaped."""
    return not any(
        family == "hill" and bool((_required(parameters.slope)[..., media] > 1).any())
        for family, media in _groups(shape.saturation for shape in parameters.shapes)
    )


def half_life_periods(weights: Floats) -> Floats:
    """Periods until half of an exposure's effect has been felt.

    The effect of each period is spread evenly over it, so the answer is continuous: 0.5 without carryover.

    Parameters
    ----------
    weights : array, shape (..., L)
        From `adstock_weights`.

    Returns
    -------
    array, shape (...)
    """
    felt = np.cumsum(weights, axis=-1)
    crossing = np.argmax(felt >= 0.5, axis=-1)[..., None]
    after = np.take_along_axis(felt, crossing, axis=-1)
    step = np.take_along_axis(weights, crossing, axis=-1)
    return (crossing + 1 - (after - 0.5) / step)[..., 0]


def _hill(family: SaturationFamily, parameters: ResponseParameters, media: Index) -> tuple[Floats, Floats]:
    half = _per_period(parameters.half_saturation, media)
    return half, np.ones(1) if family == "michaelis_menten" else _per_period(parameters.slope, media)


def _power(family: SaturationFamily, parameters: ResponseParameters, media: Index) -> Floats:
    return np.ones(1) if family == "none" else _per_period(parameters.exponent, media)


def _per_period(values: Floats | None, media: Index) -> Floats:
    """Shape (S, 1, 1, C'), to go with exposure."""
    return _required(values)[:, None, :, media]


def _required(values: Floats | None) -> Floats:
    assert values is not None  # noqa: S101 - whoever makes the parameters fills those the families have
    return values


def _groups[Key](keys: Iterator[Key]) -> Iterator[tuple[Key, Index]]:
    """Places of equal keys, in order of first appearance."""
    listed = list(keys)
    distinct = dict.fromkeys(listed)
    if len(distinct) == 1:
        # A slice makes views where places would make copies.
        yield listed[0], slice(None)
        return
    for key in distinct:
        yield key, np.array([place for place, other in enumerate(listed) if other == key], dtype=np.intp)
