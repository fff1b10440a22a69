"""Saturation and its slope stay exact where exposure is nothing, and where it is far beyond all bounds."""

import warnings

import numpy as np
import pytest

from mmm_core.config.media import SaturationFamily
from mmm_core.media import Floats, ResponseParameters, ResponseShape, saturate, saturation_slope

BOUNDED = [
    ("logistic", 3.0, 0.0),
    ("hill", 0.6, 0.7),
    ("hill", 0.6, 1.0),
    ("hill", 0.6, 2.5),
    ("michaelis_menten", 0.6, 0.0),
]
SHAPES = [*BOUNDED, ("root", 0.4, 0.0), ("none", 0.0, 0.0)]


def _parameters(family: SaturationFamily, first: float, slope: float) -> ResponseParameters:
    one = np.ones((1, 1, 1))
    shape = ResponseShape("none", 1, family)
    return ResponseParameters(
        (shape,),
        one,
        steepness=first * one,
        half_saturation=first * one,
        slope=slope * one,
        exponent=first * one,
    )


def _column(values: list[float]) -> Floats:
    return np.array(values).reshape(1, -1, 1, 1)


@pytest.mark.parametrize(("family", "first", "slope"), SHAPES)
def test_the_slope_is_the_derivative(family: SaturationFamily, first: float, slope: float) -> None:
    parameters = _parameters(family, first, slope)
    exposure = _column([1e-3, 0.1, 0.6, 1.0, 3.0])
    step = 1e-6 * exposure
    difference = saturate(exposure + step, parameters) - saturate(exposure - step, parameters)
    assert saturation_slope(exposure, parameters) == pytest.approx(difference / (2 * step), rel=1e-5)


@pytest.mark.parametrize(("family", "first", "slope"), BOUNDED)
def test_nothing_and_endless_exposure_have_their_limits(
    family: SaturationFamily, first: float, slope: float
) -> None:
    parameters = _parameters(family, first, slope)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ends = saturate(_column([0.0, 1e300]), parameters).ravel()
        slopes = saturation_slope(_column([1e150, 1e300]), parameters).ravel()
    assert ends == pytest.approx([0.0, 1.0])
    assert (slopes >= 0).all()
    assert (slopes < 1e-100).all()


def test_a_hill_curve_of_slope_one_begins_with_its_own_steepness() -> None:
    assert saturation_slope(_column([0.0]), _parameters("hill", 0.6, 1.0)).item() == pytest.approx(1 / 0.6)


def test_the_logistic_slope_keeps_its_digits_far_into_saturation() -> None:
    # d/dx tanh(3x / 2) is 6 e^-3x to first order in e^-3x.
    slope = saturation_slope(_column([12.0]), _parameters("logistic", 3.0, 0.0)).item()
    assert slope == pytest.approx(6 * np.exp(-36), rel=1e-12)
