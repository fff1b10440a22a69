"""Convergence and in-sample fit against draws whose health is known."""

import arviz_stats
import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mmm_core.diagnostics import (
    UndefinedConvergence,
    convergence,
    in_sample_fit,
    parameter_diagnostics,
)
from mmm_core.records import InSampleFit

DRAWS = 400


def _sample_stats(chains: int = 4, divergences: int = 0) -> xr.Dataset:
    diverging = np.zeros((chains, DRAWS), dtype=bool)
    diverging.ravel()[:divergences] = True
    return xr.Dataset({"diverging": (("chain", "draw"), diverging)})


def _posterior(chains: int = 4, **variables: np.ndarray) -> xr.Dataset:
    """Independent draws of a scalar and a vector parameter, and what else is given."""
    rng = np.random.default_rng(5)
    return xr.Dataset(
        {
            "intercept": (("chain", "draw"), rng.normal(10, 2, (chains, DRAWS))),
            "channel_effect": (("chain", "draw", "channel"), rng.lognormal(0, 0.3, (chains, DRAWS, 2))),
            **{name: (("chain", "draw"), values) for name, values in variables.items()},
        },
        coords={"channel": ["tv", "search"]},
    )


def _random_walks(rng: np.random.Generator) -> np.ndarray:
    return rng.normal(size=(4, DRAWS)).cumsum(axis=1)


def test_the_figures_are_those_of_arviz() -> None:
    posterior = _posterior(walk=_random_walks(np.random.default_rng(1)))
    r_hat, bulk = arviz_stats.rhat(posterior), arviz_stats.ess(posterior, method="bulk")
    tail = arviz_stats.ess(posterior, method="tail", prob=(0.05, 0.95))
    rows = {row.name: row for row in parameter_diagnostics(posterior)}
    assert set(rows) == {"intercept", "channel_effect[tv]", "channel_effect[search]", "walk"}
    for name, row in rows.items():
        variable, _, label = name.rstrip("]").partition("[")
        place = {"channel": label} if label else {}
        for found, theirs in ((row.r_hat, r_hat), (row.ess_bulk, bulk), (row.ess_tail, tail)):
            assert found == pytest.approx(float(theirs[variable].sel(place)))


def test_independent_draws_are_worth_what_they_are() -> None:
    health = convergence(_posterior(), _sample_stats(divergences=3))
    assert health.max_r_hat < 1.01
    assert 0.7 * 4 * DRAWS < health.min_ess_bulk < 1.3 * 4 * DRAWS
    assert (health.chains, health.draws, health.divergences) == (4, DRAWS, 3)


def test_the_worst_parameter_decides() -> None:
    posterior = _posterior(walk=_random_walks(np.random.default_rng(2)))
    walk = next(row for row in parameter_diagnostics(posterior) if row.name == "walk")
    health = convergence(posterior, _sample_stats())
    assert health.max_r_hat == walk.r_hat > 1.1
    assert health.min_ess_bulk == walk.ess_bulk < 100


def test_chains_around_different_values_are_found() -> None:
    values = np.random.default_rng(3).normal(size=(4, DRAWS)) + 3 * np.arange(4)[:, None]
    assert convergence(_posterior(level=values), _sample_stats()).max_r_hat > 1.5


def test_one_chain_is_judged_by_its_halves() -> None:
    settled = convergence(_posterior(chains=1), _sample_stats(chains=1))
    drifting = _posterior(chains=1, drift=np.linspace(0, 3, DRAWS)[None] + 0.1)
    assert settled.max_r_hat < 1.02
    assert convergence(drifting, _sample_stats(chains=1)).max_r_hat > 1.5


@pytest.mark.parametrize("first", [True, False])
def test_a_parameter_that_never_moves_hides_nothing(first: bool) -> None:
    healthy = _posterior(walk=_random_walks(np.random.default_rng(2)))
    constant = xr.Dataset({"fixed": (("chain", "draw"), np.ones((4, DRAWS)))})
    posterior = xr.merge([constant, healthy] if first else [healthy, constant])
    row = next(row for row in parameter_diagnostics(posterior) if row.name == "fixed")
    assert np.isnan(row.r_hat)
    assert row.estimate.mean == 1
    assert convergence(posterior, _sample_stats()) == convergence(healthy, _sample_stats())


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_draws_that_are_not_numbers_are_named(value: float) -> None:
    values = np.random.default_rng(4).normal(size=(4, DRAWS))
    values[2, 7] = value
    with pytest.raises(UndefinedConvergence, match="not numbers: broken"):
        convergence(_posterior(broken=values), _sample_stats())


def test_a_sampler_that_never_moved_is_refused() -> None:
    still = xr.Dataset({"level": (("chain", "draw"), np.ones((4, DRAWS)))})
    with pytest.raises(UndefinedConvergence):
        convergence(still, _sample_stats())


def test_in_sample_fit_by_hand() -> None:
    quality = in_sample_fit(np.array([100.0, 200.0, 0.0, 300.0]), np.array([110.0, 190.0, 5.0, 300.0]))
    # Residuals -10, 10, -5, 0 around a mean of 150: 225 of 50 000. MAPE leaves the period without KPI out.
    assert quality.r_squared == pytest.approx(1 - 225 / 50_000)
    assert quality.mape == pytest.approx((0.1 + 0.05 + 0.0) / 3)


@given(arrays(float, 12, elements=st.floats(1, 1e6), unique=True), st.floats(0.01, 1e4))
def test_the_in_sample_fit_does_not_depend_on_the_unit(kpi: np.ndarray, unit: float) -> None:
    expected = kpi[::-1].copy()
    plain, scaled = in_sample_fit(kpi, expected), in_sample_fit(kpi * unit, expected * unit)
    assert scaled.r_squared == pytest.approx(plain.r_squared, rel=1e-6)
    assert scaled.mape == pytest.approx(plain.mape, rel=1e-6)
    assert in_sample_fit(kpi, kpi) == InSampleFit(r_squared=1.0, mape=0.0)
    assert in_sample_fit(kpi, np.full(12, kpi.mean())).r_squared == pytest.approx(0, abs=1e-9)
