"""Scores of forecasts, against closed forms and by hand."""

import numpy as np
import pytest
from scipy import stats

from mmm_core.forecast_scores import crps, score, score_naive, seasonal_naive


def test_the_crps_of_normal_draws_is_that_of_the_normal():
    rng = np.random.default_rng(1)
    observed = np.array([[3.0], [-1.0], [0.2]])
    draws = rng.normal(1.0, 2.0, (60_000, 3, 1))

    scaled = (observed - 1.0) / 2.0
    density, below = stats.norm.pdf(scaled), stats.norm.cdf(scaled)
    exact = 2.0 * (scaled * (2 * below - 1) + 2 * density - 1 / np.sqrt(np.pi))
    np.testing.assert_allclose(crps(draws, observed), exact, rtol=0.02)


def test_the_crps_does_not_reward_few_draws():
    """Without correction, draws are nearer to each other the fewer they are."""
    rng = np.random.default_rng(2)
    few = np.mean([crps(rng.normal(size=(4, 1, 1)), np.zeros((1, 1))) for _ in range(20_000)])
    exact = 2 * stats.norm.pdf(0) - 1 / np.sqrt(np.pi)
    assert few == pytest.approx(exact, rel=0.03)


def test_coverage_and_mape_by_hand():
    draws = np.broadcast_to(np.linspace(0, 100, 101)[:, None, None], (101, 4, 1))
    found = score(draws, np.array([[50.0], [94.0], [96.0], [0.0]]))

    assert found.coverage == 0.5
    # Of the mean, 50; an observation of zero has no relative error.
    assert found.mape == pytest.approx(np.mean([0.0, 44 / 94, 46 / 96]))


def test_the_naive_forecast_repeats_the_last_year():
    rng = np.random.default_rng(3)
    season = 100 + 50 * np.sin(2 * np.pi * np.arange(52) / 52)
    trained = (np.tile(season, 3) + rng.normal(0, 2.0, 156))[:, None]

    naive = seasonal_naive(trained, "weekly", 60)
    np.testing.assert_array_equal(naive.mean[:52], trained[-52:])
    np.testing.assert_array_equal(naive.mean[52:], trained[-52:-44])
    # Both the last year and the coming one have noise.
    assert naive.sd[0] == pytest.approx(2.0 * np.sqrt(2), rel=0.15)
    np.testing.assert_allclose(naive.sd[52] / naive.sd[0], np.sqrt(2))

    found = score_naive(naive, np.tile(season, 2)[:60, None] + rng.normal(0, 2.0, (60, 1)))
    assert found.coverage > 0.8
    assert found.crps < 2.5


@pytest.mark.parametrize(
    ("frequency", "periods", "season"),
    [
        ("weekly", 80, 1),
        ("daily", 800, 364),
        ("daily", 300, 7),
        ("daily", 9, 1),
        ("monthly", 24, 12),
    ],
)
def test_the_season_is_as_long_as_the_data_allow(frequency, periods, season):
    trained = np.arange(float(periods))[:, None]
    naive = seasonal_naive(trained, frequency, 3)
    assert naive.mean[:, 0].tolist() == [periods - season + step % season for step in range(3)]
