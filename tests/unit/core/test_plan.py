"""Plan outcomes against a simulation of every period, and their slope against differences."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmm_core.fitted import FittedModel
from mmm_core.horizon import next_periods, prices, reference_spend, reference_window, steady
from mmm_core.media import Floats, adstock_weights, apply_adstock, saturate
from mmm_core.plan import PlanModel, Split, plan_model
from mmm_core.quantities import whole, window_spend
from tests.fitted_models import random_fitted_model

FAMILIES = [("geometric", "logistic"), ("delayed", "hill"), ("weibull_cdf", "root"), ("none", "none")]
SPEND = np.array([40_000.0, 5_000.0, 90_000.0])


@pytest.fixture(scope="module", params=FAMILIES, ids="-".join)
def fit(request: pytest.FixtureRequest) -> FittedModel:
    adstock, saturation = request.param
    return random_fitted_model(adstock=adstock, saturation=saturation, max_lag=6)


def _standing_start(fit: FittedModel, horizon: int) -> PlanModel:
    periods = replace(next_periods(fit, horizon), carry_in=False)
    return plan_model(fit, periods, Split(steady(horizon, fit.paid_count)))


def _simulated(fit: FittedModel, spend: Floats, horizon: int) -> Floats:
    """Steady spend for the horizon, then nothing until the last carryover is gone, shape (S, C)."""
    paid = slice(0, fit.paid_count)
    year = slice(-52, None)
    price = fit.cost[year, 0, paid].sum(axis=0) / fit.exposure[year, 0, paid].sum(axis=0)
    exposure = np.zeros((horizon + fit.parameters.longest_lag, 1, fit.paid_count))
    exposure[:horizon] = spend / horizon / price / fit.exposure_scale[:, paid]
    parameters = fit.parameters.select(media=paid)
    spread = apply_adstock(exposure, adstock_weights(parameters))
    return (parameters.coefficient * saturate(spread, parameters).sum(axis=1))[:, 0]


@pytest.mark.parametrize("horizon", [1, 3, 6, 7, 13, 52])
def test_the_outcome_is_that_of_a_simulation(fit: FittedModel, horizon: int) -> None:
    outcome = _standing_start(fit, horizon).outcome(SPEND)
    np.testing.assert_allclose(outcome, _simulated(fit, SPEND, horizon), rtol=1e-9)


@pytest.mark.parametrize("horizon", [1, 7, 52])
def test_the_marginal_outcome_is_the_slope(fit: FittedModel, horizon: int) -> None:
    plan, step = _standing_start(fit, horizon), 1e-5 * SPEND
    difference = (plan.outcome(SPEND + step) - plan.outcome(SPEND - step)) / (2 * step)
    np.testing.assert_allclose(plan.marginal_outcome(SPEND), difference, rtol=1e-5, atol=1e-9)


def test_nothing_spent_brings_nothing(fit: FittedModel) -> None:
    np.testing.assert_array_equal(_standing_start(fit, 13).outcome(np.zeros(3)), 0)


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.integers(1, 60), st.integers(0, 3))
def test_more_money_never_brings_less(less: float, more: float, horizon: int, family: int) -> None:
    adstock, saturation = FAMILIES[family]
    plan = _standing_start(random_fitted_model(adstock=adstock, saturation=saturation, draws=6), horizon)
    low, high = sorted((less, more))
    gap = plan.outcome(np.full(3, high)) - plan.outcome(np.full(3, low))
    assert (gap >= -1e-9 * plan.parameters.coefficient[:, 0] * (horizon + 4)).all()


def test_a_channel_gains_from_its_own_money_only(fit: FittedModel) -> None:
    plan = _standing_start(fit, 13)
    changed = plan.outcome(SPEND * [1, 1, 2]) - plan.outcome(SPEND)
    np.testing.assert_array_equal(changed[:, :2], 0)
    assert (changed[:, 2] > 0).all()


def test_the_reference_is_the_last_year_at_its_average_level() -> None:
    fit = random_fitted_model(periods=70)
    window = reference_window(fit)
    assert (window.start, window.stop) == (18, 70)
    np.testing.assert_allclose(reference_spend(fit, 13), fit.cost[18:, :, :3].sum(axis=0) / 4)
    short = random_fitted_model(periods=30)
    assert reference_window(short) == whole(short)
    np.testing.assert_allclose(reference_spend(short, 30), window_spend(short, whole(short))[None, :3])


def test_exposure_is_bought_at_the_price_of_the_last_year() -> None:
    fit = random_fitted_model()
    dearer = fit.cost.copy()
    dearer[18:, 0, 2] *= 2
    before, after = _standing_start(fit, 13), _standing_start(replace(fit, cost=dearer), 13)
    np.testing.assert_allclose(after.outcome(SPEND * [1, 1, 2]), before.outcome(SPEND))


def test_a_channel_silent_for_a_year_is_bought_at_the_price_of_all_data() -> None:
    fit = random_fitted_model()
    silent_cost, silent_exposure = fit.cost.copy(), fit.exposure.copy()
    silent_cost[18:, 0, 2] = silent_exposure[18:, 0, 2] = 0
    silent = replace(fit, cost=silent_cost, exposure=silent_exposure)
    price = silent_cost[..., 2].sum() / silent_exposure[..., 2].sum()
    assert prices(silent).exposure_per_money[0, 2] == pytest.approx(1 / price / fit.exposure_scale[0, 2])
