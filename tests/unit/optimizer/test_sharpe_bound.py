"""The bound on mean over deviation, against splits that were tried out."""

import itertools

import numpy as np
import pytest

from mmm_optimizer.modes import workbench
from mmm_optimizer.request import Bound, PeriodBudget, PlanSettings, Utility
from mmm_optimizer.utility import PlanUtility
from tests.unit.optimizer.random_fits import random_fit

STEPS = {2: 400, 3: 40}


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("level", [0.1, 1.0, 3.0])
def test_no_split_has_a_larger_ratio_than_the_bound(seed: int, level: float) -> None:
    channels = 2 + seed % 2
    fit = random_fit(np.random.default_rng(seed), saturation="logistic", channels=channels, draws=60)
    budget = float(fit.cost.mean(axis=0).sum()) * 13 * level
    bounds = (Bound("c0", minimum=0.05 * budget), Bound("c1", maximum=0.9 * budget))
    bench = workbench(fit, PlanSettings(13, utility=Utility.SHARPE, bounds=bounds))

    solution = bench.best(budget)

    utility = PlanUtility(bench.model, budget, Utility.SHARPE)
    firsts = itertools.product(range(STEPS[channels] + 1), repeat=channels - 1)
    splits = (
        np.array([*first, STEPS[channels] - sum(first)]) / STEPS[channels]
        for first in firsts
        if sum(first) <= STEPS[channels]
    )
    best = max(utility.value(split) for split in splits if split[0] >= 0.05 and split[1] <= 0.9)
    assert solution.utility >= best * (1 - 1e-6)
    bound = solution.certificate.upper_bound
    assert bound is not None
    assert solution.utility <= bound < 10 * solution.utility
    assert not solution.certificate.is_exact


def test_the_bound_is_tight_where_the_best_plan_is_nearly_all_there_is() -> None:
    fit = random_fit(np.random.default_rng(0), saturation="logistic", channels=2, draws=60)
    budget = float(fit.cost.mean(axis=0).sum()) * 13
    bounds = (Bound("c0", minimum=0.45 * budget, maximum=0.5 * budget),)

    solution = workbench(fit, PlanSettings(13, utility=Utility.SHARPE, bounds=bounds)).best(budget)

    assert solution.certificate.upper_bound == pytest.approx(solution.utility, rel=5e-3)


def test_amounts_of_several_blocks_have_no_bound_and_say_so() -> None:
    fit = random_fit(np.random.default_rng(2), saturation="logistic", channels=2, draws=60)
    budget = float(fit.cost.mean(axis=0).sum()) * 13
    periods = (PeriodBudget(1, 6, maximum=0.6 * budget),)
    bench = workbench(fit, PlanSettings(13, utility=Utility.SHARPE, period_budgets=periods))

    assert bench.best(budget).certificate.upper_bound is None
