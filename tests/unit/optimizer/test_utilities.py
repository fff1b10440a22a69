"""Utilities are the figures they say they are, and what maximises them has the best figure."""

import numpy as np
import pytest
from scipy.stats.mstats import hdquantiles

from mmm_core.media import Floats
from mmm_optimizer.modes import Workbench, workbench
from mmm_optimizer.request import Bound, PlanSettings, Utility
from mmm_optimizer.utility import PlanUtility
from tests.fitted_models import random_fitted_model
from tests.unit.optimizer.random_fits import steady_fit

BUDGET = 26 * 600.0
# Without these every utility would want the same: the third channel is of no use.
BOUNDS = (Bound("c0", maximum=9_000.0), Bound("c2", minimum=1_000.0))
LEVEL = 0.1


def _bench(utility: Utility) -> Workbench:
    fit = steady_fit()
    # The first channel returns most on average and is least certain.
    luck = np.random.default_rng(3).lognormal(-0.5, 1.0, len(fit.effect))
    fit.parameters.coefficient[:, 0, 0] *= luck
    return workbench(fit, PlanSettings(26, bounds=BOUNDS, utility=utility, risk_level=LEVEL))


def _figure(utility: Utility, draws: Floats, reference: Floats) -> float:
    """The utility, written down once more."""
    match utility:
        case Utility.MEAN:
            return float(np.mean(draws))
        case Utility.VALUE_AT_RISK:
            return float(hdquantiles(draws, prob=[LEVEL])[0])
        case Utility.CONDITIONAL_VALUE_AT_RISK:
            return float(np.sort(draws)[: round(LEVEL * len(draws))].mean())
        case Utility.SHARPE:
            return float(np.mean(draws) / np.std(draws))
        case Utility.BEAT_REFERENCE:
            return float(np.mean(draws > reference))


def _splits(step: float) -> list[Floats]:
    firsts = np.arange(0, 9_000 + step, step)
    seconds = np.arange(0, BUDGET, step)
    rows = [np.array([a, b, BUDGET - a - b]) for a in firsts for b in seconds]
    return [row for row in rows if row[2] >= 1_000]


@pytest.mark.parametrize("kind", Utility)
def test_no_plan_of_a_grid_has_a_better_figure(kind: Utility) -> None:
    bench = _bench(kind)
    reference = bench.reference(BUDGET)
    assert reference is not None

    solution = bench.best(BUDGET)

    reached = _figure(kind, bench.model.outcome(solution.amounts).sum(axis=1), reference)
    grid = [_figure(kind, bench.model.outcome(row).sum(axis=1), reference) for row in _splits(500.0)]
    # The probability is smoothed while it is searched for, and a share of few draws.
    tolerance = 0.02 if kind is Utility.BEAT_REFERENCE else 1e-6
    assert reached >= max(grid) * (1 - tolerance)


@pytest.mark.parametrize("kind", Utility)
def test_no_plan_of_a_grid_is_above_the_bound(kind: Utility) -> None:
    bench = _bench(kind)
    proof = bench.best(BUDGET).certificate
    assert proof.upper_bound is not None
    utility = PlanUtility(bench.model, BUDGET, kind, LEVEL, bench.reference(BUDGET))

    assert max(utility.value(row / BUDGET) for row in _splits(1_000.0)) <= proof.upper_bound


@pytest.mark.parametrize("kind", [Utility.MEAN, Utility.CONDITIONAL_VALUE_AT_RISK])
def test_the_bound_of_a_concave_utility_meets_the_plan(kind: Utility) -> None:
    solution = _bench(kind).best(BUDGET)
    proof = solution.certificate

    assert proof.is_exact
    assert proof.upper_bound == pytest.approx(solution.utility, rel=1e-4)


@pytest.mark.parametrize("change", [0.005, 0.1])
def test_a_small_but_sure_lead_over_the_reference_is_no_draw_of_a_coin(change: float) -> None:
    fit = random_fitted_model(draws=200, seed=4)
    bounds = [
        Bound(channel.name, minimum_change=-change, maximum_change=change) for channel in fit.config.channels
    ]
    bench = workbench(fit, PlanSettings(26, utility=Utility.BEAT_REFERENCE, bounds=bounds))
    budget = float(bench.problem.reference.sum())
    solution, reference = bench.best(budget), bench.reference(budget)
    assert reference is not None

    def share(amounts: Floats) -> float:
        return float((bench.model.outcome(amounts).sum(axis=1) > reference).mean())

    rng = np.random.default_rng(1)
    moves = rng.uniform(-change, change, size=(4_000, bench.problem.size))
    tried = bench.problem.reference * (1 + moves)
    tried[:, -1] += budget - tried.sum(axis=1)
    feasible = np.abs(tried / bench.problem.reference - 1).max(axis=1) <= change
    assert feasible.sum() > 500
    assert share(solution.amounts) >= max(map(share, tried[feasible])) - 0.02
    assert solution.utility == pytest.approx(share(solution.amounts), abs=0.03)


def test_caution_takes_money_from_what_is_uncertain() -> None:
    bold, careful = (
        _bench(kind).best(BUDGET).amounts for kind in (Utility.MEAN, Utility.CONDITIONAL_VALUE_AT_RISK)
    )

    assert careful[0] < bold[0] - 100


@pytest.mark.parametrize("kind", [Utility.VALUE_AT_RISK, Utility.CONDITIONAL_VALUE_AT_RISK])
def test_a_risk_figure_is_what_its_definition_says(kind: Utility) -> None:
    bench = _bench(kind)
    draws = np.random.default_rng(1).gamma(3, 100, len(bench.model.draws))

    value = PlanUtility(bench.model, BUDGET, kind, LEVEL).value_of(draws)

    assert value == pytest.approx(_figure(kind, draws, draws), rel=1e-9)
