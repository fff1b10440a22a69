"""Media transformations against pymc-marketing's own, and carryover against what is known by hand."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymc_marketing.mmm.transformers import (
    delayed_adstock,
    geometric_adstock,
    hill_function,
    logistic_saturation,
)
from pytensor.xtensor import as_xtensor

from mmm_core.media import (
    Floats,
    ResponseParameters,
    adstock_weights,
    apply_adstock,
    half_life_periods,
    saturate,
)
from tests.fitted_models import AdstockFamily, SaturationFamily, random_fitted_model


def _evaluated(
    transform: Callable[..., object], exposure: Floats, *draws: Floats | None, **options: object
) -> Floats:
    """Evaluate one of the library's transformations, shape (S, T, C)."""
    if exposure.ndim == 2:
        x = as_xtensor(exposure, dims=("date", "channel"))
    else:
        x = as_xtensor(exposure, dims=("draw", "date", "channel"))
    parameters = [as_xtensor(values, dims=("draw", "channel")) for values in draws]
    result = transform(x, *parameters, **options)
    return result.transpose("draw", "date", "channel").eval(mode="FAST_COMPILE")


@pytest.mark.parametrize("max_lag", [0, 1, 8])
@pytest.mark.parametrize("family", ["geometric", "delayed"])
def test_adstock_is_the_librarys(family: AdstockFamily, max_lag: int) -> None:
    fit = random_fitted_model(adstock=family, max_lag=max_lag, draws=10)
    exposure, drawn = fit.scaled_exposure, fit.parameters
    transform, shape = (
        (geometric_adstock, (drawn.retention,))
        if family == "geometric"
        else (delayed_adstock, (drawn.retention, drawn.peak_lag))
    )
    theirs = _evaluated(transform, exposure, *shape, l_max=max_lag + 1, normalize=True, dim="date")
    np.testing.assert_allclose(apply_adstock(exposure, adstock_weights(drawn)), theirs, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("family", ["logistic", "hill"])
def test_saturation_is_the_librarys(family: SaturationFamily) -> None:
    fit = random_fitted_model(saturation=family, draws=10)
    exposure = apply_adstock(3 * fit.scaled_exposure, adstock_weights(fit.parameters))
    drawn = fit.parameters
    theirs = (
        _evaluated(logistic_saturation, exposure, drawn.steepness)
        if family == "logistic"
        else _evaluated(hill_function, exposure, drawn.slope, drawn.half_saturation)
    )
    np.testing.assert_allclose(saturate(exposure, drawn), theirs, rtol=1e-6, atol=1e-12)


def test_carryover_keeps_the_whole_exposure_when_nothing_is_cut_off() -> None:
    fit = random_fitted_model(adstock="delayed", max_lag=6)
    exposure = np.vstack([fit.scaled_exposure, np.zeros((6, 5))])
    spread = apply_adstock(exposure, adstock_weights(fit.parameters))
    np.testing.assert_allclose(spread.sum(axis=1), np.tile(exposure.sum(axis=0), (80, 1)))


def test_more_lags_than_periods_are_allowed() -> None:
    fit = random_fitted_model(max_lag=52, periods=12)
    spread = apply_adstock(fit.scaled_exposure, adstock_weights(fit.parameters))
    assert spread.shape == (80, 12, 5)
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
    one = np.ones((1, 1))
    weights = adstock_weights(
        ResponseParameters("geometric", "logistic", 400, 0.5 ** (1 / periods) * one, one)
    )
    assert half_life_periods(weights).item() == pytest.approx(periods)


@given(st.floats(0.0, 0.95), st.floats(0.001, 0.04), st.integers(0, 20))
def test_more_retention_never_shortens_the_half_life(retention: float, more: float, max_lag: int) -> None:
    one = np.ones((1, 1))
    lives = [
        half_life_periods(adstock_weights(ResponseParameters("geometric", "logistic", max_lag, r * one, one)))
        for r in (retention, retention + more)
    ]
    assert 0.5 - 1e-9 <= lives[0].item() <= lives[1].item() + 1e-9
