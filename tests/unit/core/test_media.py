"""Media transformations against pymc-marketing's own, and carryover against what is known by hand."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymc_marketing.mmm import transformers
from pytensor.xtensor import as_xtensor

from mmm_core.config.media import AdstockFamily, SaturationFamily
from mmm_core.media import (
    SHAPE_PARAMETERS,
    Floats,
    ResponseParameters,
    ResponseShape,
    adstock_weights,
    apply_adstock,
    half_life_periods,
    saturate,
)
from tests.fitted_models import random_fitted_model

ADSTOCKS: dict[AdstockFamily, tuple[Callable[..., object], tuple[str, ...], dict[str, object]]] = {
    "geometric": (transformers.geometric_adstock, ("retention",), {}),
    "delayed": (transformers.delayed_adstock, ("retention", "peak_lag"), {}),
    "binomial": (transformers.binomial_adstock, ("retention",), {}),
    "weibull_pdf": (transformers.weibull_adstock, ("scale", "shape"), {"type": "PDF"}),
    "weibull_cdf": (transformers.weibull_adstock, ("scale", "shape"), {"type": "CDF"}),
}
SATURATIONS: dict[SaturationFamily, tuple[Callable[..., object], tuple[str, ...]]] = {
    "logistic": (transformers.logistic_saturation, ("steepness",)),
    "hill": (transformers.hill_function, ("slope", "half_saturation")),
    "michaelis_menten": (lambda x, half: transformers.michaelis_menten(x, 1.0, half), ("half_saturation",)),
    "root": (transformers.root_saturation, ("exponent",)),
}


def _evaluated(
    transform: Callable[..., object], exposure: Floats, *draws: Floats, **options: object
) -> Floats:
    """Evaluate one of the library's transformations, shape (S, T, 1, C)."""
    dims = ("date", "channel") if exposure.ndim == 3 else ("draw", "date", "channel")
    x = as_xtensor(exposure[..., 0, :], dims=dims)
    parameters = [as_xtensor(values[:, 0], dims=("draw", "channel")) for values in draws]
    result = transform(x, *parameters, **options)
    return result.transpose("draw", "date", "channel").eval(mode="FAST_COMPILE")[:, :, None]


@pytest.mark.parametrize("max_lag", [1, 8])
@pytest.mark.parametrize("family", ADSTOCKS)
def test_adstock_is_the_librarys(family: AdstockFamily, max_lag: int) -> None:
    fit = random_fitted_model(adstock=family, max_lag=max_lag, draws=10)
    transform, names, options = ADSTOCKS[family]
    drawn = [getattr(fit.parameters, name) for name in names]
    exposure = fit.scaled_exposure
    theirs = _evaluated(transform, exposure, *drawn, l_max=max_lag + 1, normalize=True, dim="date", **options)
    ours = apply_adstock(exposure, adstock_weights(fit.parameters))
    np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("family", SATURATIONS)
def test_saturation_is_the_librarys(family: SaturationFamily) -> None:
    fit = random_fitted_model(saturation=family, draws=10)
    exposure = apply_adstock(3 * fit.scaled_exposure, adstock_weights(fit.parameters))
    transform, names = SATURATIONS[family]
    theirs = _evaluated(transform, exposure, *(getattr(fit.parameters, name) for name in names))
    np.testing.assert_allclose(saturate(exposure, fit.parameters), theirs, rtol=1e-6, atol=1e-12)


def test_without_families_exposure_stays_what_it_is() -> None:
    fit = random_fitted_model(adstock="none", saturation="none", draws=4)
    spread = apply_adstock(fit.scaled_exposure, adstock_weights(fit.parameters))
    np.testing.assert_allclose(saturate(spread, fit.parameters)[0], fit.scaled_exposure)


def test_media_of_different_families_do_not_disturb_each_other() -> None:
    alone = {family: random_fitted_model(adstock=family, max_lag=3) for family in ADSTOCKS}
    shapes = tuple(ResponseShape(family, 4, "logistic") for family in ADSTOCKS)
    drawn = {
        name: values
        for fit in alone.values()
        for name in SHAPE_PARAMETERS
        if (values := getattr(fit.parameters, name)) is not None
    }
    mixed = ResponseParameters(shapes, alone["geometric"].parameters.coefficient, **drawn)
    weights = adstock_weights(mixed)
    for place, fit in enumerate(alone.values()):
        np.testing.assert_allclose(weights[:, :, place], adstock_weights(fit.parameters)[:, :, place])


def test_carryover_keeps_the_whole_exposure_when_nothing_is_cut_off() -> None:
    fit = random_fitted_model(adstock="delayed", max_lag=6)
    exposure = np.vstack([fit.scaled_exposure, np.zeros((6, 1, 5))])
    spread = apply_adstock(exposure, adstock_weights(fit.parameters))
    np.testing.assert_allclose(spread.sum(axis=1), np.tile(exposure.sum(axis=0), (80, 1, 1)))


def test_more_lags_than_periods_are_allowed() -> None:
    fit = random_fitted_model(max_lag=52, periods=12)
    spread = apply_adstock(fit.scaled_exposure, adstock_weights(fit.parameters))
    assert spread.shape == (80, 12, 1, 5)
    assert (spread <= 1).all()


@pytest.mark.parametrize(
    ("weights", "periods"),
    [
        ([1.0], 0.5),
        ([0.5, 0.5], 1.0),
        ([0.25, 0.25, 0.5], 2.0),
        ([0.25, 0.5, 0.25], 1.5),
        ([0.0, 0.0, 1.0], 2.5),
        ([0.8, 0.2], 0.625),
    ],
)
def test_half_life_by_hand(weights: list[float], periods: float) -> None:
    assert half_life_periods(np.array([[weights]])).item() == pytest.approx(periods)


@pytest.mark.parametrize("periods", [1, 2, 5])
def test_the_half_life_of_geometric_carryover(periods: int) -> None:
    # After n periods all but retention^n has been felt.
    weights = adstock_weights(_geometric(0.5 ** (1 / periods), 400))
    assert half_life_periods(weights).item() == pytest.approx(periods)


@given(st.floats(0.0, 0.95), st.floats(0.001, 0.04), st.integers(0, 20))
def test_more_retention_never_shortens_the_half_life(retention: float, more: float, max_lag: int) -> None:
    lives = [
        half_life_periods(adstock_weights(_geometric(rate, max_lag))).item()
        for rate in (retention, retention + more)
    ]
    assert 0.5 - 1e-9 <= lives[0] <= lives[1] + 1e-9


def _geometric(retention: float, max_lag: int) -> ResponseParameters:
    one = np.ones((1, 1, 1))
    shape = ResponseShape("geometric", max_lag + 1, "logistic")
    return ResponseParameters((shape,), one, retention=retention * one)
