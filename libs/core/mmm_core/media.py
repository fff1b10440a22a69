"""Media transformations on arrays: adstock, saturation and their derivative.

Axes: draws ``S``, periods ``T``, media ``C``, lags ``L`` (``max_lag + 1``). The formulas are those of
``pymc_marketing.mmm.transformers`` 1.3 (`geometric_adstock`, `delayed_adstock`, `logistic_saturation`,
`hill_function`); a test holds them against that library to 1e-6. Nothing here needs pymc.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Index = NDArray[np.intp] | slice


@dataclass(frozen=True, slots=True)
class ResponseParameters:
    """Posterior draws of the response of all media.

    Attributes
    ----------
    adstock_family, saturation_family : str
        The shapes, shared by all media.
    max_lag : int
        Periods after which nothing is left.
    retention : array, shape (S, C)
        Share of the effect kept from one period to the next.
    coefficient : array, shape (S, C)
        KPI units per unit of saturated exposure.
    peak_lag : array, shape (S, C), or None
        Lag of the peak in periods; delayed adstock only.
    steepness : array, shape (S, C), or None
        Logistic saturation only.
    half_saturation, slope : array, shape (S, C), or None
        Hill saturation only.
    """

    adstock_family: Literal["geometric", "delayed"]
    saturation_family: Literal["logistic", "hill"]
    max_lag: int
    retention: Floats
    coefficient: Floats
    peak_lag: Floats | None = None
    steepness: Floats | None = None
    half_saturation: Floats | None = None
    slope: Floats | None = None

    def select(
        self, draws: "NDArray[np.intp] | slice", media: "NDArray[np.intp] | slice"
    ) -> "ResponseParameters":
        """Keep some draws and some media, in the given order."""

        def pick(values: Floats | None) -> Floats | None:
            return None if values is None else values[draws][:, media]

        return ResponseParameters(
            self.adstock_family,
            self.saturation_family,
            self.max_lag,
            self.retention[draws][:, media],
            self.coefficient[draws][:, media],
            pick(self.peak_lag),
            pick(self.steepness),
            pick(self.half_saturation),
            pick(self.slope),
        )


def adstock_weights(parameters: ResponseParameters) -> Floats:
    """Carryover weights by lag, summing to one.

    Returns
    -------
    array, shape (S, C, L)
        Share of an exposure's effect that is felt `l` periods later.
    """
    lags = np.arange(parameters.max_lag + 1, dtype=np.float64)
    if parameters.adstock_family == "geometric":
        exponent = lags
    else:
        assert parameters.peak_lag is not None  # noqa: S101 - the loader fills it for this family
        exponent = (lags - parameters.peak_lag[..., None]) ** 2
    weights: Floats = parameters.retention[..., None] ** exponent
    return weights / weights.sum(axis=-1, keepdims=True)


def apply_adstock(exposure: Floats, weights: Floats) -> Floats:
    """Spread exposure over the periods after it.

    Parameters
    ----------
    exposure : array, shape (T, C)
        Scaled exposure; nothing is assumed before the first period.
    weights : array, shape (S, C, L)
        From `adstock_weights`.

    Returns
    -------
    array, shape (S, T, C)
    """
    periods = exposure.shape[0]
    spread = np.zeros((weights.shape[0], periods, exposure.shape[1]))
    for lag in range(min(weights.shape[-1], periods)):
        spread[:, lag:] += weights[:, None, :, lag] * exposure[: periods - lag]
    return spread


def saturate(exposure: Floats, parameters: ResponseParameters) -> Floats:
    """Diminishing returns, between 0 and 1.

    Parameters
    ----------
    exposure : array, shape (S, T, C)
        Adstocked scaled exposure, at least 0.
    parameters : ResponseParameters
        Parameters of the shape, one per draw and medium.

    Returns
    -------
    array, shape (S, T, C)
    """
    if parameters.saturation_family == "logistic":
        assert parameters.steepness is not None  # noqa: S101 - the loader fills it for this family
        # (1 - e^-z) / (1 + e^-z) = tanh(z / 2), which cannot overflow.
        return np.tanh(exposure * (parameters.steepness[:, None] / 2))
    half, slope = _hill(parameters)
    with np.errstate(divide="ignore", over="ignore"):
        # Written with the inverse ratio, no exposure gives 0 and endless exposure 1, never inf / inf.
        return 1 / (1 + (half / exposure) ** slope)


def saturation_slope(exposure: Floats, parameters: ResponseParameters) -> Floats:
    """Exact derivative of `saturate` with respect to exposure; same shapes.

    A Hill curve with a slope below one is infinitely steep at zero; there the derivative is given as 0,
    because no exposure means no effect to be scaled.

    Both are written with numbers between 0 and 1 only: far into saturation ``1 - tanh²`` would be rounding
    noise, and a power would overflow.
    """
    if parameters.saturation_family == "logistic":
        assert parameters.steepness is not None  # noqa: S101 - the loader fills it for this family
        steepness = parameters.steepness[:, None]
        remaining = np.exp(-exposure * steepness)
        return 2 * steepness * remaining / (1 + remaining) ** 2
    half, slope = _hill(parameters)
    with np.errstate(divide="ignore", invalid="ignore"):
        # The curve is symmetric around half saturation in logarithms.
        ratio = np.exp(-slope * np.abs(np.log(exposure / half)))
        derivative = slope * ratio / (exposure * (1 + ratio) ** 2)
    return np.where(exposure > 0, derivative, np.where(slope == 1, 1 / half, 0.0))


def half_life_periods(weights: Floats) -> Floats:
    """Periods until half of an exposure's effect has been felt.

    The effect of each period is spread evenly over it, so the answer is continuous: 0.5 without carryover.

    Parameters
    ----------
    weights : array, shape (S, C, L)
        From `adstock_weights`.

    Returns
    -------
    array, shape (S, C)
    """
    felt = np.cumsum(weights, axis=-1)
    crossing = np.argmax(felt >= 0.5, axis=-1)[..., None]
    after = np.take_along_axis(felt, crossing, axis=-1)
    step = np.take_along_axis(weights, crossing, axis=-1)
    return (crossing + 1 - (after - 0.5) / step)[..., 0]


def _hill(parameters: ResponseParameters) -> tuple[Floats, Floats]:
    assert parameters.half_saturation is not None  # noqa: S101 - the loader fills both for this family
    assert parameters.slope is not None  # noqa: S101
    return parameters.half_saturation[:, None], parameters.slope[:, None]
