"""Predictive figures and leave-one-out against closed forms, SciPy and ArviZ."""

from dataclasses import replace

import arviz_stats
import numpy as np
import pytest
import xarray as xr
from scipy import stats

from mmm_core.diagnostics import leave_one_out, summarise_leave_one_out
from mmm_core.fitted import FittedModel
from mmm_core.noise import Noise
from mmm_core.predictive import Predictive, predictive
from mmm_core.quantities import expected_kpi_by_cell
from tests.fitted_models import random_fitted_model, well_fitted_model

NOISES = {
    "normal": Noise(np.array([[2.0, 5.0], [3.0, 4.0]])),
    "student": Noise(np.array([[2.0, 5.0], [3.0, 4.0]]), nu=np.array([3.0, 12.0])),
}


def _distribution(noise: Noise, draw: int, cell: int) -> object:
    scale = noise.sigma[draw, cell]
    return stats.norm(scale=scale) if noise.nu is None else stats.t(noise.nu[draw], scale=scale)


def _predictive(fit: FittedModel) -> Predictive:
    found = predictive(fit, expected_kpi_by_cell(fit))
    assert found is not None
    return found


@pytest.mark.parametrize("family", NOISES)
def test_noise_is_distributed_as_scipy_says(family: str) -> None:
    noise, residual = NOISES[family], np.random.default_rng(1).normal(0, 6, (2, 7, 2))
    for draw in range(2):
        beyond = noise.probability_beyond(np.array([2.0, 0.5]))[draw]
        assert beyond == pytest.approx(
            2 * _distribution(noise, draw, 0).sf(noise.sigma[draw, 0] * (2.0, 0.5)[draw])
        )
        for cell in range(2):
            theirs, values = _distribution(noise, draw, cell), residual[draw, :, cell]
            np.testing.assert_allclose(noise.log_density(residual)[draw, :, cell], theirs.logpdf(values))
            np.testing.assert_allclose(noise.probability_below(residual)[draw, :, cell], theirs.cdf(values))


def test_draws_and_cells_of_the_noise_stay_together() -> None:
    chosen = NOISES["student"].select(draws=np.array([1]), cells=slice(1, 2))
    np.testing.assert_array_equal(chosen.sigma, [[4.0]])
    np.testing.assert_array_equal(chosen.nu, [12.0])


def test_the_log_likelihood_is_that_of_the_observed_kpi() -> None:
    fit = well_fitted_model(panel=True, draws=40)
    expected = expected_kpi_by_cell(fit)
    theirs = stats.norm.logpdf(fit.kpi, loc=expected, scale=fit.noise.sigma[:, None])
    np.testing.assert_allclose(_predictive(fit).log_likelihood(), theirs, rtol=1e-9)


def test_the_noise_is_that_of_the_draws_the_components_are_stored_for() -> None:
    fit = well_fitted_model(draws=40)
    stored = np.arange(0, 40, 4)
    thinned = replace(
        fit,
        component_draws=stored,
        components=tuple(replace(term, draws=term.draws[stored]) for term in fit.components),
    )
    np.testing.assert_allclose(
        _predictive(thinned).log_likelihood(), _predictive(fit).log_likelihood()[stored], rtol=1e-9
    )


def test_a_fit_stored_without_its_noise_predicts_nothing() -> None:
    fit = random_fitted_model()
    assert predictive(fit, expected_kpi_by_cell(fit)) is None


def test_the_predictive_distribution_holds_the_uncertainty_of_the_draws() -> None:
    """The expectation scatters by 3, the noise by 4: together a normal with standard deviation 5."""
    observed = np.array([-8.0, -2.0, 0.0, 1.0, 7.0])
    expected = 3 * stats.norm.ppf((np.arange(2_000) + 0.5) / 2_000)
    residual = (observed - expected[:, None])[..., None]
    below = Predictive(residual, Noise(np.full((2_000, 1), 4.0))).probability_below()
    np.testing.assert_allclose(below[:, 0], stats.norm.cdf(observed, scale=5.0), atol=1e-3)


def test_coverage_is_what_intervals_promise() -> None:
    """Over many data sets of the model's own making."""
    inside = [
        (np.abs(_predictive(well_fitted_model(seed=seed)).probability_below() - 0.5) < 0.45).mean()
        for seed in range(30)
    ]
    assert np.mean(inside) == pytest.approx(0.9, abs=0.015)


def test_the_p_value_of_the_largest_residual_by_hand() -> None:
    residual = np.zeros((2, 10, 1))
    residual[0, 3], residual[1, 3] = -6.0, 6.0
    noise = Noise(np.array([[2.0], [4.0]]))
    # The chance that at least one of ten normals lies beyond 3, and beyond 1.5.
    by_draw = 1 - (1 - 2 * stats.norm.sf([3.0, 1.5])) ** 10
    assert Predictive(residual, noise).largest_residual_p_value() == pytest.approx(by_draw.mean())


def test_the_p_value_of_the_models_own_data_is_neither_small_nor_large() -> None:
    values = [_predictive(well_fitted_model(seed=seed)).largest_residual_p_value() for seed in range(30)]
    assert 0.3 < np.mean(values) < 0.7
    assert np.mean([0.05 <= value <= 0.95 for value in values]) > 0.8


@pytest.mark.parametrize("panel", [False, True])
def test_leave_one_out_is_that_of_arviz(panel: bool) -> None:
    predicted = _predictive(well_fitted_model(panel=panel))
    log_likelihood = xr.Dataset(
        {"kpi": (("chain", "draw", "date", "cell"), predicted.log_likelihood()[None])}
    )
    posterior = xr.Dataset({"level": (("chain", "draw"), np.zeros((1, 400)))})
    theirs = arviz_stats.loo(
        xr.DataTree.from_dict({"posterior": posterior, "log_likelihood": log_likelihood}),
        pointwise=True,
        reff=1.0,
    )
    pointwise = leave_one_out(predicted)
    ours = summarise_leave_one_out(pointwise)
    np.testing.assert_allclose(pointwise["elpd"], theirs.elpd_i)
    np.testing.assert_allclose(pointwise["pareto_k"], theirs.pareto_k)
    assert ours.elpd == pytest.approx(theirs.elpd)
    assert ours.standard_error == pytest.approx(theirs.se)
    assert ours.effective_parameters == pytest.approx(theirs.p)
    assert ours.pareto_k_limit == pytest.approx(theirs.good_k)
    assert ours.observations == theirs.n_data_points == ours.good + ours.bad + ours.very_bad


def test_leave_one_out_counts_the_parameters_that_were_fitted() -> None:
    """A regression with a normal prior has as many as the trace of its hat matrix: at most six here."""
    found = summarise_leave_one_out(leave_one_out(_predictive(well_fitted_model(draws=2_000))))
    assert 1 < found.effective_parameters < 7
    assert found.bad == found.very_bad == 0


def test_observations_are_counted_by_their_pareto_k() -> None:
    values = np.array([[0.1], [0.69], [0.71], [1.0], [1.2]])
    pointwise = xr.Dataset(
        dict.fromkeys(("elpd", "pareto_k", "p_loo"), (("date", "cell"), values)), attrs={"draws": 4_000}
    )
    found = summarise_leave_one_out(pointwise)
    assert (found.good, found.bad, found.very_bad) == (2, 2, 1)
    assert (found.pareto_k_limit, found.max_pareto_k) == (0.7, 1.2)
    few = summarise_leave_one_out(pointwise.assign_attrs(draws=100))
    assert (few.good, few.pareto_k_limit) == (1, 0.5)
