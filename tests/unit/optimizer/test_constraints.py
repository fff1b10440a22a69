"""Constraints speak of the money they say they do, and no plan that keeps them is better than the answer."""

from collections.abc import Callable

import numpy as np
import pytest

from mmm_core.media import Floats
from mmm_optimizer.modes import Workbench, workbench
from mmm_optimizer.request import Bound, CellBudget, Group, PeriodBudget, PlanSettings, Ratio, Utility
from mmm_optimizer.utility import PlanUtility
from tests.fitted_models import panel_fitted_model
from tests.unit.optimizer.random_fits import random_fit, steady_fit

HORIZON = 6
BUDGET = HORIZON * 600.0

# What a constraint limits, from money per period, cell and channel, shape (H, G, C), written down once more.
LIMITED: dict[str, tuple[PlanSettings, Callable[[Floats], float]]] = {
    "bound": (PlanSettings(HORIZON, [Bound("c1", maximum=9.0)]), lambda money: money[..., 1].sum()),
    "change": (
        PlanSettings(HORIZON, [Bound("c1", minimum_change=-0.5)]),
        lambda money: money[..., 1].sum(),
    ),
    "group": (
        PlanSettings(HORIZON, groups=[Group(["c0", "c2"], minimum=9.0)]),
        lambda money: money[..., [0, 2]].sum(),
    ),
    "share of a group": (
        PlanSettings(HORIZON, groups=[Group(["c0", "c2"], maximum_share=0.4)]),
        lambda money: money[..., [0, 2]].sum() - 0.4 * money.sum(),
    ),
    "ratio": (
        PlanSettings(HORIZON, ratios=[Ratio("c0", "c2", maximum=1.5)]),
        lambda money: money[..., 0].sum() - 1.5 * money[..., 2].sum(),
    ),
    "periods": (
        PlanSettings(HORIZON, period_budgets=[PeriodBudget(2, 4, maximum=9.0)]),
        lambda money: money[1:4].sum(),
    ),
}


@pytest.mark.parametrize("name", LIMITED)
def test_the_coefficients_of_a_constraint_are_the_slope_of_what_it_limits(name: str) -> None:
    settings, limited = LIMITED[name]
    problem = workbench(steady_fit(draws=20), settings).problem
    amounts = np.random.default_rng(1).uniform(100, 900, problem.size)
    (constraint,) = problem.constraints
    assert constraint.coefficients @ amounts == pytest.approx(limited(problem.money(amounts)))
    for place, slope in enumerate(constraint.coefficients):
        step = np.eye(problem.size)[place]
        ends = [limited(problem.money(amounts + side * step)) for side in (1, -1)]
        assert slope == pytest.approx((ends[0] - ends[1]) / 2)


def test_the_coefficients_of_a_cell_budget_are_the_slope_of_the_money_of_the_cells() -> None:
    fit = panel_fitted_model()
    north = [place for place, cell in enumerate(fit.cells) if cell[0] == "North"]
    settings = PlanSettings(HORIZON, cell_budgets=[CellBudget([("region", ["North"])], maximum=9.0)])
    problem = workbench(fit, settings).problem
    (constraint,) = problem.constraints
    for place, slope in enumerate(constraint.coefficients):
        money = problem.money(np.eye(problem.size)[place])
        assert slope == pytest.approx(money[:, north].sum())


CONSTRAINED = {
    "share of a group": PlanSettings(HORIZON, groups=[Group(["c0", "c1"], maximum_share=0.5)]),
    "ratio": PlanSettings(HORIZON, ratios=[Ratio("c0", "c1", 0.5, 1.0)]),
    "off or above a floor": PlanSettings(HORIZON, [Bound("c0", 0.6 * BUDGET, or_nothing=True)]),
}


def _keeps(name: str, shares: Floats, within: float = 1e-9) -> bool:
    match name:
        case "share of a group":
            return bool(shares[:2].sum() <= 0.5 + within)
        case "ratio":
            return bool(0.5 * shares[1] - within <= shares[0] <= shares[1] + within)
        case _:
            return bool(shares[0] <= within or shares[0] >= 0.6 - within)


def _grid(steps: int) -> list[Floats]:
    pairs = [(one, other) for one in range(steps + 1) for other in range(steps + 1 - one)]
    return [np.array([one, other, steps - one - other]) / steps for one, other in pairs]


@pytest.mark.parametrize("kind", Utility)
@pytest.mark.parametrize("name", CONSTRAINED)
def test_no_plan_that_keeps_a_constraint_is_better(name: str, kind: Utility) -> None:
    fit = steady_fit(draws=60)
    luck = np.random.default_rng(3).lognormal(-0.5, 1.0, len(fit.effect))
    fit.parameters.coefficient[:, 0, 0] *= luck
    settings = CONSTRAINED[name]
    bench = workbench(
        fit, PlanSettings(HORIZON, settings.bounds, settings.groups, settings.ratios, utility=kind)
    )

    solution = bench.best(BUDGET)

    assert _keeps(name, solution.amounts / BUDGET)
    utility = PlanUtility(bench.model, BUDGET, kind, 0.1, bench.reference(BUDGET))
    best = max(utility.value(shares) for shares in _grid(20) if _keeps(name, shares))
    assert solution.utility >= best * (1 - 1e-6)


def _of_one_size(channels: int, *, horizon: int = 13) -> Workbench:
    """Channels whose effects are of the order of what is spent, the first of them without any."""
    fit = random_fit(np.random.default_rng(1), saturation="logistic", channels=channels, draws=40)
    fit.parameters.coefficient[:] *= 3 * fit.cost.mean(axis=0) / fit.parameters.coefficient.mean(axis=0)
    fit.parameters.coefficient[:, :, 0] = 0.0
    return workbench(fit, PlanSettings(horizon))


@pytest.mark.parametrize("channels", [2, 30])
@pytest.mark.parametrize("horizon", [1, 520])
def test_a_channel_without_effect_gets_nothing_however_many_there_are(channels: int, horizon: int) -> None:
    bench = _of_one_size(channels, horizon=horizon)
    budget = float(bench.problem.reference.sum())
    solution = bench.best(budget)
    assert solution.amounts[0] <= 1e-6 * budget
    assert solution.certificate.upper_bound == pytest.approx(solution.utility, rel=1e-4)


def test_identical_channels_share_equally() -> None:
    fit = random_fit(np.random.default_rng(2), saturation="logistic", channels=3, draws=40)
    for values in (fit.parameters.coefficient, fit.parameters.steepness, fit.parameters.retention):
        assert values is not None
        values[..., 1] = values[..., 0]
    for history in (fit.exposure, fit.cost, fit.exposure_scale):
        history[..., 1] = history[..., 0]
    if fit.parameters.peak_lag is not None:
        fit.parameters.peak_lag[..., 1] = fit.parameters.peak_lag[..., 0]
    bench = workbench(fit, PlanSettings(13))
    budget = 5 * float(fit.cost.mean(axis=0).sum()) * 13
    first, second, _ = bench.best(budget).amounts
    assert first == pytest.approx(second, rel=1e-3, abs=1e-6 * budget)


def test_a_plan_of_the_least_uncertainty_has_channels_of_very_different_size() -> None:
    # The best share of one channel is about a ten-millionth: climbs of all shares at once stop short.
    rng = np.random.default_rng(12)
    for _ in range(2):
        saturation = str(rng.choice(["logistic", "hill"]))
        fit = random_fit(rng, saturation=saturation, channels=int(rng.integers(3, 9)))
        level = 10 ** rng.uniform(-1, 1)
    bench = workbench(fit, PlanSettings(26, utility=Utility.SHARPE))

    solution = bench.best(float(bench.problem.reference.sum() * level))

    assert solution.certificate.optimality_residual <= 1e-3
    assert solution.utility > 3.4
