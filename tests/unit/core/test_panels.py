"""Quantities of a panel: sums over its cells, whichever are asked for."""

from dataclasses import replace

import numpy as np
import pytest

from mmm_core.fitted import FittedModel
from mmm_core.horizon import next_periods, reference_spend, steady
from mmm_core.lift import modelled_lift
from mmm_core.plan import Split, plan_model
from mmm_core.quantities import (
    Window,
    expected_kpi,
    media_contributions,
    observed_kpi,
    roi,
    whole,
    window_spend,
)
from mmm_core.response import incremental_outcome, marginal_outcome, response
from mmm_core.simulation import SimulatedData, generate, parse_design

WINDOW = Window(20, 33)


@pytest.fixture(scope="module")
def simulated() -> SimulatedData:
    return generate(
        parse_design(
            {
                "periods": 80,
                "panel": {"dimensions": {"region": ["North", "South"], "brand": ["a", "b"]}},
                "lift_tests": [
                    {"channel": "search", "cell": ["South", "a"], "spend_change": 0.5, "periods": 5}
                ],
            }
        ),
        seed=4,
    )


@pytest.fixture(scope="module")
def fit(simulated: SimulatedData) -> FittedModel:
    return simulated.truth


def test_a_panel_is_the_sum_of_its_cells(fit: FittedModel) -> None:
    cells = [fit.select_cells(np.array([place])) for place in range(len(fit.cells))]
    multipliers = np.array([0.0, 0.5, 1.0, 2.0])

    for quantity in (
        media_contributions,
        expected_kpi,
        observed_kpi,
        lambda f: window_spend(f, WINDOW),
        lambda f: incremental_outcome(f, WINDOW),
        lambda f: response(f, WINDOW, multipliers),
    ):
        np.testing.assert_allclose(quantity(fit), sum(map(quantity, cells)), rtol=1e-9)


def test_the_effect_is_the_roi_of_the_whole_panel(fit: FittedModel) -> None:
    returns = roi(incremental_outcome(fit, whole(fit)), window_spend(fit, whole(fit)), 1.0)

    paid = slice(0, fit.paid_count)
    np.testing.assert_allclose(returns[:, paid], fit.effect[:, paid], rtol=1e-9)


def test_the_marginal_outcome_of_a_panel_is_the_slope_of_its_response(fit: FittedModel) -> None:
    step, spend = 1e-5, window_spend(fit, WINDOW)
    rise = response(fit, WINDOW, np.array([1 + step])) - response(fit, WINDOW, np.array([1 - step]))
    paid = slice(0, fit.paid_count)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = (rise / (2 * step * spend))[0, :, paid]

    np.testing.assert_allclose(marginal_outcome(fit, WINDOW, np.ones(1))[0, :, paid], difference, rtol=1e-5)


def test_a_plan_at_the_usual_level_brings_what_a_panel_brings_in_a_steady_year(fit: FittedModel) -> None:
    """Spend spread evenly over the year, in the cells' usual shares, without carryover from before."""
    weeks = 52
    start = replace(next_periods(fit, weeks), carry_in=False)
    plan = plan_model(fit, start, Split(steady(weeks, fit.paid_count)))
    spend = reference_spend(fit, weeks).sum(axis=0)
    year = slice(len(fit.dates) - weeks, None)
    level = fit.exposure[year].sum(axis=0) / weeks
    longest = fit.parameters.longest_lag
    calm_exposure = np.zeros((weeks + longest, *level.shape))
    calm_exposure[:weeks] = level
    calm = replace(
        fit,
        dates=np.arange(weeks + longest).astype("datetime64[D]"),
        exposure=calm_exposure,
        cost=np.ones_like(calm_exposure),
    )
    paid = slice(0, fit.paid_count)

    np.testing.assert_allclose(plan.outcome(spend), media_contributions(calm).sum(axis=1)[:, paid], rtol=1e-9)


def test_a_modelled_lift_is_the_kpi_lost_without_the_tests_spend(simulated: SimulatedData) -> None:
    (test,) = simulated.config.lift_tests

    assert modelled_lift(simulated.truth, test) == pytest.approx(simulated.true_lifts[0], rel=1e-3)
