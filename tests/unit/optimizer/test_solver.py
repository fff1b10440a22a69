"""The optimum is the best there is, and every answer keeps the budget and the bounds."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from mmm_core.errors import FailedPrecondition
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats, ResponseParameters, ResponseShape
from mmm_core.plan import PlanModel
from mmm_optimizer.modes import Workbench, workbench
from mmm_optimizer.optimality import optimality
from mmm_optimizer.projection import project
from mmm_optimizer.region import Region, region_of
from mmm_optimizer.request import Bound, PlanSettings, Utility
from mmm_optimizer.utility import PlanUtility
from tests.unit.optimizer.random_fits import config_of, fit_of, random_case, random_fit


def _mean_outcome(model: PlanModel, spend: Floats) -> float:
    return float(model.outcome(spend).sum(axis=1).mean())


def _region(bench: Workbench, budget: float) -> Region:
    return region_of(bench.problem.size, budget, bench.problem.constraints)


def _is_feasible(bench: Workbench, budget: float, spend: Floats, tolerance: float) -> bool:
    return _region(bench, budget).violation(spend / budget) <= tolerance


def _bench(fit: FittedModel, horizon: int, bounds: tuple[Bound, ...] = ()) -> Workbench:
    return workbench(fit, PlanSettings(horizon, bounds=bounds))


def _splits(channels: int, steps: int) -> Floats:
    """All splits of one into multiples of ``1 / steps``."""
    firsts = itertools.product(range(steps + 1), repeat=channels - 1)
    return np.array([[*first, steps - sum(first)] for first in firsts if sum(first) <= steps]) / steps


@pytest.mark.parametrize("saturation", ["logistic", "hill"])
@pytest.mark.parametrize(("channels", "steps"), [(2, 1000), (3, 60)])
@pytest.mark.parametrize("level", [0.1, 1.0, 4.0])
def test_the_optimum_is_at_least_as_good_as_every_point_of_a_grid(
    saturation: str, channels: int, steps: int, level: float
) -> None:
    rng = np.random.default_rng(channels * 1000 + int(level * 10))
    fit = random_fit(rng, saturation=saturation, channels=channels, draws=25)
    budget = float(fit.cost.mean(axis=0).sum()) * 13 * level
    bench = _bench(fit, 13, (Bound("c0", 0.1 * budget), Bound("c1", None, 0.7 * budget)))
    splits = _splits(channels, steps) * budget
    inside = [split for split in splits if _is_feasible(bench, budget, split, 1e-12)]
    best_of_grid = max(_mean_outcome(bench.model, split) for split in inside)

    solution = bench.best(budget)

    assert solution.utility >= best_of_grid * (1 - 1e-9)
    assert _is_feasible(bench, budget, solution.amounts, 1e-9)
    assert solution.certificate.upper_bound is not None
    assert solution.certificate.upper_bound >= solution.utility


@pytest.mark.parametrize("kind", [Utility.MEAN, Utility.CONDITIONAL_VALUE_AT_RISK])
@pytest.mark.parametrize("seed", range(4))
def test_hill_curves_without_a_turning_point_are_proved_like_other_concave_ones(
    seed: int, kind: Utility
) -> None:
    fit = random_fit(np.random.default_rng(seed), saturation="hill", channels=3, draws=40)
    assert fit.parameters.slope is not None
    never_above_one = replace(fit.parameters, slope=np.minimum(fit.parameters.slope / 1.3, 1.0))
    fit = replace(fit, parameters=never_above_one)
    budget = float(fit.cost.mean(axis=0).sum()) * 13
    bounds = (Bound("c0", 0.1 * budget), Bound("c1", None, 0.7 * budget))
    bench = workbench(fit, PlanSettings(13, bounds=bounds, utility=kind))

    solution = bench.best(budget)

    best_of_grid = max(
        PlanUtility(bench.model, budget, kind).value(split / budget)
        for split in _splits(3, 40) * budget
        if _is_feasible(bench, budget, split, 1e-12)
    )
    assert solution.utility >= best_of_grid * (1 - 1e-9)
    assert solution.certificate.upper_bound == pytest.approx(solution.utility, rel=1e-4)


def test_the_optimum_of_two_equal_curves_at_different_prices_is_the_closed_form() -> None:
    # Without carryover and with one draw, channel c gains H · b · tanh(a_c · x_c / H), with x_c money over
    # the horizon. At the optimum a_0 / cosh²(a_0 x_0 / H) = a_1 / cosh²(a_1 x_1 / H).
    weeks, horizon = 52, 10
    spend = np.column_stack([np.full(weeks, 100.0), np.full(weeks, 100.0), np.zeros(weeks)])
    exposure = np.column_stack([spend[:, :2], np.ones(weeks)])
    parameters = ResponseParameters(
        (ResponseShape("none", 1, "logistic"),) * 3,
        coefficient=np.full((1, 1, 3), 1000.0),
        steepness=np.array([[[2.0, 6.0, 1.0]]]),
    )
    fit = fit_of(config_of(2, max_lag=0), parameters, exposure, spend)

    solution = workbench(fit, PlanSettings(horizon, carry_in=False)).best(1500.0)

    rate = np.array([1.0, 3.0]) / 100 / horizon
    marginal = rate / np.cosh(rate * solution.amounts) ** 2
    assert marginal[0] == pytest.approx(marginal[1], rel=1e-5)
    assert solution.utility == pytest.approx(10 * 1000 * np.tanh(rate * solution.amounts).sum(), rel=1e-12)
    assert solution.amounts.sum() == pytest.approx(1500.0, rel=1e-12)


@pytest.mark.parametrize("saturation", ["logistic", "hill"])
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", Utility)
def test_the_gradient_is_the_slope_of_the_value(saturation: str, seed: int, kind: Utility) -> None:
    rng = np.random.default_rng(seed)
    fit = random_fit(rng, saturation=saturation, channels=4)
    budget = float(fit.cost.mean(axis=0).sum()) * 26
    model = _bench(fit, 26).model
    benchmark = model.outcome(np.full(4, budget / 4)).sum(axis=1) * 1.1
    utility = PlanUtility(model, budget, kind, 0.2, benchmark)
    shares = rng.dirichlet(np.ones(4) * 5)
    # Small enough that no two of the draws change places.
    step = 1e-7
    for place, slope in enumerate(utility.gradient(shares)):
        nudge = step * np.eye(4)[place]
        difference = utility.value(shares + nudge) - utility.value(shares - nudge)
        rounding = 1e-14 * utility.value(shares) / step
        assert slope == pytest.approx(difference / (2 * step), rel=1e-4, abs=10 * rounding)


def test_s_shaped_curves_do_not_trap_the_climb_at_the_equal_split() -> None:
    # Two equal, steeply S-shaped channels and a budget that lifts only one over its threshold: the equal
    # split is a stationary point, and the worst one.
    weeks = 52
    spend = np.column_stack([np.full(weeks, 100.0), np.full(weeks, 100.0), np.zeros(weeks)])
    parameters = ResponseParameters(
        (ResponseShape("none", 1, "hill"),) * 3,
        coefficient=np.full((1, 1, 3), 1000.0),
        half_saturation=np.full((1, 1, 3), 0.8),
        slope=np.full((1, 1, 3), 6.0),
    )
    exposure = np.column_stack([spend[:, :2], np.ones(weeks)])
    fit = fit_of(config_of(2, saturation="hill", max_lag=0), parameters, exposure, spend)
    bench = workbench(fit, PlanSettings(10, carry_in=False))

    solution = bench.best(1000.0)

    assert solution.utility > 3 * _mean_outcome(bench.model, np.array([500.0, 500.0]))
    assert sorted(solution.amounts) == pytest.approx([0.0, 1000.0], abs=60.0)


@pytest.mark.parametrize("batch", range(6))
def test_random_problems_keep_their_promises(batch: int) -> None:
    for seed in range(batch * 40, batch * 40 + 40):
        case = random_case(seed)
        bench, budget = workbench(case.fit, case.settings), case.budget

        solution = bench.best(budget)

        proof = solution.certificate
        assert _is_feasible(bench, budget, solution.amounts, 1e-9), seed
        assert proof.constraint_residual <= 1e-6 * budget, seed
        assert proof.upper_bound is not None
        if proof.is_exact:
            assert proof.upper_bound - solution.utility <= 1e-4 * solution.utility, seed
        for split in (np.ones(bench.problem.size), bench.problem.reference):
            if split.sum() == 0:
                continue
            # Where bounds forbid the split itself, the nearest allocation takes its place.
            nearest = _region(bench, budget).nearest(split / split.sum()) * budget
            assert solution.utility >= _mean_outcome(bench.model, nearest) * (1 - 1e-9), seed
            assert proof.upper_bound >= _mean_outcome(bench.model, nearest) * (1 - 1e-9), seed


@pytest.mark.parametrize("seed", range(1, 40, 2))
def test_an_interior_optimum_has_equal_marginal_returns(seed: int) -> None:
    fit = random_fit(np.random.default_rng(seed), saturation="logistic", channels=4)
    # As in a sane fit, effects are of the order of what was spent.
    fit.parameters.coefficient[:] *= 3 * fit.cost.mean(axis=0) / fit.parameters.coefficient.mean(axis=0)
    budget = float(fit.cost.mean(axis=0).sum()) * 26
    bench = _bench(fit, 26)

    solution = bench.best(budget)

    marginal = bench.model.marginal_outcome(solution.amounts).mean(axis=0)
    interior = (solution.amounts > 1e-6 * budget) & (solution.amounts < (1 - 1e-6) * budget)
    assert interior.sum() >= 2
    assert np.ptp(marginal[interior]) <= 1e-3 * marginal[interior].max()
    assert (marginal[~interior] <= marginal[interior].max() * (1 + 1e-3)).all()


def test_a_point_that_is_not_optimal_has_a_residual() -> None:
    shares, gradient = np.array([0.5, 0.5]), np.array([2.0, 1.0])
    region = Region(np.zeros(2), np.ones(2), np.zeros((0, 2)), np.zeros(0))
    judged = optimality(region, shares, gradient)
    assert judged.residual == pytest.approx(0.5)
    assert judged.gap == pytest.approx(0.5)


def test_a_response_without_a_number_is_named() -> None:
    fit = random_fit(np.random.default_rng(3), saturation="logistic", channels=2)
    fit.parameters.coefficient[0, 0] = np.nan
    bench = _bench(fit, 4)
    with pytest.raises(FailedPrecondition) as raised:
        bench.best(1000.0)
    assert raised.value.reason == "RESPONSE_NOT_FINITE"


@pytest.mark.parametrize("seed", range(50))
def test_projection_lands_on_budget_and_bounds_and_leaves_feasible_points_alone(seed: int) -> None:
    rng = np.random.default_rng(seed)
    lower = rng.uniform(0, 1, 5)
    upper = lower + rng.uniform(0, 2, 5)
    total = float(rng.uniform(lower.sum(), upper.sum()))
    landed = project(rng.normal(0, 10, 5), lower, upper, total)
    assert landed.sum() == pytest.approx(total, rel=1e-14)
    assert ((landed >= lower) & (landed <= upper)).all()
    assert project(landed, lower, upper, total) == pytest.approx(landed, rel=1e-13)
