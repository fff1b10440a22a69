"""Contributions, incremental outcomes and marginal returns against their definitions, by brute force."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmm_core.estimates import estimate, estimates
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import (
    Window,
    cost_per_unit,
    expected_kpi,
    extrapolated,
    media_contributions,
    roi,
    whole,
    window_of,
    window_spend,
)
from mmm_core.response import incremental_outcome, marginal_outcome, response, response_curves
from tests.fitted_models import random_fitted_model

FAMILIES = [
    ("geometric", "logistic"),
    ("delayed", "hill"),
    ("weibull_pdf", "root"),
    ("none", "none"),
    ("binomial", "michaelis_menten"),
]
WINDOWS = [Window(0, 70), Window(0, 1), Window(0, 20), Window(23, 31), Window(30, 31), Window(60, 70)]


@pytest.fixture(scope="module", params=FAMILIES, ids="-".join)
def fit(request: pytest.FixtureRequest) -> FittedModel:
    adstock, saturation = request.param
    return random_fitted_model(adstock=adstock, saturation=saturation)


def _media_kpi(fit: FittedModel, window: Window, multiplier: float) -> Floats:
    """KPI from media when the window's exposure is multiplied, over all periods, shape (S, T, C)."""
    exposure = fit.exposure.copy()
    exposure[window.periods] *= multiplier
    return media_contributions(replace(fit, exposure=exposure))


def test_all_components_sum_to_the_expected_kpi(fit: FittedModel) -> None:
    media = media_contributions(fit)[fit.component_draws].sum(axis=2)
    rest = np.sum([component.draws[..., 0] for component in fit.components], axis=0)
    np.testing.assert_allclose(media + rest, expected_kpi(fit), rtol=1e-12)


def test_the_effect_is_the_roi_over_all_data(fit: FittedModel) -> None:
    window = whole(fit)
    returns = roi(incremental_outcome(fit, window), window_spend(fit, window), 1.0)
    np.testing.assert_allclose(returns[:, :3], fit.effect[:, :3], rtol=1e-9)


def test_over_all_data_the_incremental_outcome_is_the_sum_of_contributions(fit: FittedModel) -> None:
    np.testing.assert_allclose(
        incremental_outcome(fit, whole(fit)), media_contributions(fit).sum(axis=1), rtol=1e-9
    )


@pytest.mark.parametrize("window", WINDOWS, ids=lambda w: f"{w.start}-{w.stop}")
def test_the_incremental_outcome_is_the_kpi_lost_without_the_windows_spend(
    fit: FittedModel, window: Window
) -> None:
    lost = (_media_kpi(fit, window, 1.0) - _media_kpi(fit, window, 0.0)).sum(axis=1)
    np.testing.assert_allclose(incremental_outcome(fit, window), lost, rtol=1e-9, atol=1e-7)


@pytest.mark.parametrize("window", WINDOWS, ids=lambda w: f"{w.start}-{w.stop}")
def test_the_response_is_the_kpi_gained_by_the_multiplied_spend(fit: FittedModel, window: Window) -> None:
    multipliers = np.array([0.3, 1.7, 6.0])
    without = _media_kpi(fit, window, 0.0)
    gained = [(_media_kpi(fit, window, k) - without).sum(axis=1) for k in multipliers]
    np.testing.assert_allclose(response(fit, window, multipliers), gained, rtol=1e-9, atol=1e-7)


@pytest.mark.parametrize("window", WINDOWS, ids=lambda w: f"{w.start}-{w.stop}")
def test_the_marginal_outcome_is_the_slope_of_the_response(fit: FittedModel, window: Window) -> None:
    multipliers, step = np.array([0.05, 0.5, 1.0, 2.0, 5.0]), 1e-5
    spend = window_spend(fit, window)
    rise = response(fit, window, multipliers + step) - response(fit, window, multipliers - step)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = rise / (2 * step * spend)
    paid = spend > 0
    marginal = marginal_outcome(fit, window, multipliers)
    np.testing.assert_allclose(marginal[..., paid], difference[..., paid], rtol=1e-5, atol=1e-8)
    assert np.isnan(marginal[..., ~paid]).all()


def test_the_work_in_blocks_changes_nothing(fit: FittedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    window, multipliers = Window(10, 40), np.array([0.0, 1.0])
    before = response(fit, window, multipliers), response_curves(fit, window, multipliers).slope
    monkeypatch.setattr("mmm_core.quantities.BLOCK_SIZE", 1_000)
    after = response(fit, window, multipliers), response_curves(fit, window, multipliers).slope
    np.testing.assert_array_equal(before[0], after[0])
    np.testing.assert_array_equal(before[1], after[1])


def test_carryover_from_before_the_window_does_not_count() -> None:
    fit = random_fitted_model(adstock="delayed", saturation="hill")
    window = Window(30, 34)
    exposure = fit.exposure.copy()
    exposure[window.periods] = 0
    silent = replace(fit, exposure=exposure)
    assert media_contributions(silent)[:, window.periods].sum() > 0
    np.testing.assert_array_equal(incremental_outcome(silent, window), 0)


def test_an_owned_mediums_and_an_exposures_response_are_defined_like_a_spends(fit: FittedModel) -> None:
    names = fit.media_names
    gained = incremental_outcome(fit, whole(fit))
    assert (gained[:, names.index("video")] > 0).all()
    assert (gained[:, names.index("newsletter")] > 0).all()
    assert window_spend(fit, whole(fit))[names.index("newsletter")] == 0


@given(
    st.integers(0, 1),
    st.tuples(st.integers(0, 69), st.integers(1, 30)),
    st.tuples(st.floats(0, 20), st.floats(0, 20)),
    st.integers(0, 1000),
)
@settings(deadline=None)
def test_more_spend_never_brings_less_and_none_brings_nothing(
    family: int, window: tuple[int, int], multipliers: tuple[float, float], seed: int
) -> None:
    adstock, saturation = FAMILIES[family]
    fit = random_fitted_model(adstock=adstock, saturation=saturation, draws=6, seed=seed)
    period = Window(window[0], min(70, sum(window)))
    curve = response(fit, period, np.array([0.0, *sorted(multipliers)]))
    np.testing.assert_array_equal(curve[0], 0)
    coefficient = fit.parameters.coefficient[:, 0]
    rounding = 1e-9 * coefficient * 70
    assert (curve[1] >= -rounding).all()
    assert (curve[2] >= curve[1] - rounding).all()
    # No more can be gained than full saturation in every period the window reaches.
    reached = period.stop - period.start + fit.parameters.longest_lag
    assert (curve[2] <= coefficient * reached + rounding).all()


def test_a_logistic_response_has_falling_marginal_returns() -> None:
    fit = random_fitted_model()
    slope = response_curves(fit, whole(fit), np.linspace(0, 5, 30)).slope
    assert (np.diff(slope, axis=0) <= 0).all()


def test_a_hill_curve_below_slope_one_begins_vertically() -> None:
    fit = random_fitted_model(saturation="hill")
    assert fit.parameters.slope is not None
    below_one = fit.parameters.slope[:, 0] < 1
    slope = response_curves(fit, whole(fit), np.zeros(1)).slope[0]
    assert below_one.any()
    assert np.isinf(slope[below_one]).all()
    np.testing.assert_array_equal(slope[~below_one], 0)


def test_the_interval_of_a_ratio_is_the_quantile_of_the_ratio(fit: FittedModel) -> None:
    window = Window(20, 50)
    gained, spend = incremental_outcome(fit, window)[:, 0], window_spend(fit, window)[0]
    returns = estimate(roi(gained, spend, 25.0), 0.8)
    ratios = np.sort([25.0 * outcome / spend for outcome in gained])
    assert returns.lower == pytest.approx(np.quantile(ratios, 0.1))
    assert returns.upper == pytest.approx(np.quantile(ratios, 0.9))
    assert returns.mean == pytest.approx(ratios.mean())
    costs = estimate(cost_per_unit(gained, spend), 0.8)
    assert costs.lower == pytest.approx(np.quantile(spend / gained, 0.1))
    assert costs.mean == pytest.approx((spend / gained).mean())
    assert costs.mean > spend / gained.mean()  # Jensen: the mean of ratios is not the ratio of means.


def test_ratios_without_spend_or_gain() -> None:
    gained, spend = np.array([[5.0, 5.0, 0.0]]), np.array([0.0, 10.0, 10.0])
    np.testing.assert_array_equal(roi(gained, spend, 1.0), [[np.nan, 0.5, 0.0]])
    np.testing.assert_array_equal(cost_per_unit(gained, spend), [[np.nan, 2.0, np.inf]])


def test_infinite_draws_have_infinite_quantiles() -> None:
    always = estimate(np.full(50, np.inf))
    assert (always.median, always.lower, always.upper) == (np.inf, np.inf, np.inf)
    sometimes = estimate(np.where(np.arange(50) < 20, np.inf, 2.0))
    assert (sometimes.median, sometimes.lower, sometimes.upper) == (2.0, 2.0, np.inf)
    beside = np.column_stack([np.full(50, np.inf), np.arange(50.0)])
    assert estimates(beside)[1] == estimate(np.arange(50.0))


def test_a_window_holds_the_periods_that_begin_in_it() -> None:
    fit = random_fitted_model()
    day = np.datetime64

    def window(start: str | None, end: str | None) -> tuple[int, int]:
        found = window_of(fit, day(start) if start else None, day(end) if end else None)
        return found.start, found.stop

    assert window(None, None) == (0, 70)
    assert window("2023-01-02", "2023-01-02") == (0, 1)
    assert window("2023-01-03", "2023-01-15") == (1, 2)
    assert window("2023-01-09", None) == (1, 70)
    assert window("1900-01-01", "2100-01-01") == (0, 70)
    start, stop = window("2023-01-03", "2023-01-08")
    assert start >= stop


def test_extrapolation_begins_beyond_the_largest_exposure_ever_seen() -> None:
    fit = random_fitted_model()
    peak = int(fit.exposure[:, 0, 0].argmax())
    np.testing.assert_array_equal(
        extrapolated(fit, whole(fit), np.array([[0.0], [1.0], [1.001]])),
        [[False] * 5, [False] * 5, [True] * 5],
    )
    around = Window(peak, peak + 1)
    assert extrapolated(fit, around, np.array([[1.001]]))[0, 0]
    other = Window(peak + 1, peak + 2) if peak < 69 else Window(peak - 1, peak)
    assert not extrapolated(fit, other, np.array([[1.001]]))[0, 0]
