"""What all modes begin with, and the first of them: the best plan of a budget.

The others are `mmm_optimizer.targets` (the budget of a target), `mmm_optimizer.by_hand` (a plan made by
hand) and `mmm_optimizer.frontier` (best plans of many budgets). All share their settings, their problem and
the function that describes a plan, so the same plan has the same figures however it came about.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.combined_plan import combined_plan_model
from mmm_core.errors import InvalidInput
from mmm_core.fitted import FittedModel
from mmm_core.horizon import Horizon
from mmm_core.media import Floats
from mmm_core.plan import PlanModel, Split, plan_model
from mmm_optimizer.checks import check_budget
from mmm_optimizer.plans import BudgetPlan, Spending, describe
from mmm_optimizer.problem import PlanProblem, build_problem, horizon_of
from mmm_optimizer.request import PlanSettings
from mmm_optimizer.solver import Solution, solve


@dataclass(frozen=True, slots=True)
class Workbench:
    """A problem with the model that evaluates it."""

    fit: FittedModel
    settings: PlanSettings
    problem: PlanProblem
    model: PlanModel

    def model_of(self, split: Split) -> PlanModel:
        """Prepare the evaluation of money that is spread otherwise, in the same draws."""
        return _model(self.fit, self.settings, self.problem.horizon, split, self.model.draws)

    def best(self, budget: float, near: Sequence[Floats] = ()) -> Solution:
        """Best amounts for a budget."""
        return solve(self.problem, self.model, budget, near)

    def plan(self, solution: Solution) -> BudgetPlan:
        """Describe a solution."""
        spending = Spending(self.problem.money(solution.amounts), self.model, solution.amounts)
        return describe(self.fit, self.problem, spending, self.reference(solution.budget), solution)

    def reference(self, budget: float) -> Floats | None:
        """Draws of what a budget brings when it is split as in the last year, shape (S,), if it had one."""
        split = self.problem.reference
        if not split.sum() > 0:
            return None
        return np.asarray(self.model.outcome(split * (budget / split.sum())).sum(axis=1))


def workbench(fit: FittedModel, settings: PlanSettings, draws: NDArray[np.intp] | None = None) -> Workbench:
    """Check settings and prepare, for draws as in `plan_model`; raises `InvalidInput` with every problem."""
    problem = build_problem(fit, settings)
    model = _model(fit, settings, problem.horizon, problem.split, draws)
    return Workbench(fit, settings, problem, model)


def _model(
    fit: FittedModel,
    settings: PlanSettings,
    horizon: Horizon,
    split: Split,
    draws: NDArray[np.intp] | None,
) -> PlanModel:
    if not settings.counted:
        return plan_model(fit, horizon, split, draws)
    horizons = [horizon_of(one.fit, settings, horizon.periods) for one in settings.counted]
    return combined_plan_model(settings.counted, horizons, split, draws)


def optimize(fit: FittedModel, settings: PlanSettings, budget: float) -> BudgetPlan:
    """Find the best plan of a budget.

    Raises
    ------
    InvalidInput
        Naming every wrong field at once.
    FailedPrecondition
        See `mmm_optimizer.solver.solve`.
    """
    wrong = list(check_budget(budget))
    try:
        bench = workbench(fit, settings)
    except InvalidInput as error:
        raise InvalidInput([*wrong, *error.violations]) from None
    if wrong:
        raise InvalidInput(wrong)
    return bench.plan(bench.best(budget))
