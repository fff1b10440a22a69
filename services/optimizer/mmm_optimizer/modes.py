"""What all modes begin with, and the first of them: the best plan of a budget.

The others are `mmm_optimizer.targets` (the budget of a target), `mmm_optimizer.by_hand` (a plan made by
hand) and `mmm_optimizer.frontier` (best plans of many budgets). All share their settings, their problem and
the function that describes a plan, so the same plan has the same figures however it came about.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.errors import InvalidInput
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.plan import PlanModel, plan_model
from mmm_optimizer.checks import check_budget
from mmm_optimizer.plans import BudgetPlan, Spending, describe
from mmm_optimizer.problem import PlanProblem, build_problem
from mmm_optimizer.request import PlanSettings
from mmm_optimizer.solver import Solution, solve


@dataclass(frozen=True, slots=True)
class Workbench:
    """A problem with the model that evaluates it."""

    fit: FittedModel
    problem: PlanProblem
    model: PlanModel

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
    return Workbench(fit, problem, plan_model(fit, problem.horizon, problem.split, draws))


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
