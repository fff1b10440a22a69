"""Questions that have a plan for an answer, and what such a plan is worth once more.

A plan that was kept is not solved again to be compared: its amounts of money and the question's settings give
its outcome in every draw.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_optimizer.by_hand import HandMadePlan, evaluate, spending_by_hand
from mmm_optimizer.modes import optimize, workbench
from mmm_optimizer.plans import BudgetPlan, Spending
from mmm_optimizer.request import PlanSettings
from mmm_optimizer.targets import TargetPlan, TargetRequest, find_budget


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for a plan.

    Attributes
    ----------
    settings : PlanSettings
        Horizon, constraints and what is maximised.
    asked : float, TargetRequest or tuple of HandMadePlan
        A budget to split, a target to find the budget of, or a plan made by hand to evaluate.
    """

    settings: PlanSettings
    asked: float | TargetRequest | tuple[HandMadePlan, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan; with how it stands to the target when there was one."""

    plan: BudgetPlan
    target: TargetPlan | None = None

    @property
    def amounts(self) -> tuple[float, ...]:
        """The solver's amounts of money; empty for a plan made by hand, whose money is in the question."""
        return tuple(self.plan.solution.amounts.tolist()) if self.plan.solution else ()


@dataclass(frozen=True, slots=True)
class AskedPlan:
    """A question with the amounts its plan came to, see `Answer.amounts`."""

    question: Question
    amounts: tuple[float, ...]


def answer(fit: FittedModel, question: Question) -> Answer:
    """Make the plan; raises like `optimize`, `find_budget` and `evaluate`."""
    match question.asked:
        case TargetRequest() as wanted:
            found = find_budget(fit, question.settings, wanted)
            return Answer(found.plan, found)
        case tuple() as rows:
            return Answer(evaluate(fit, question.settings, rows))
        case budget:
            return Answer(optimize(fit, question.settings, budget))


def shared_outcomes(fit: FittedModel, plans: Sequence[AskedPlan]) -> list[Floats]:
    """Outcomes of several plans in the same draws, in KPI units, each of shape (S,).

    Large fits are evaluated in fewer draws the longer the horizon is; the fewest are then taken for all.

    Raises
    ------
    InvalidInput
        When a plan is not one of the fit's channels and cells.
    """
    spendings = [_spending(fit, plan) for plan in plans]
    fewest = min((spending.model.draws for spending in spendings), key=len)
    outcomes = []
    for plan, spending in zip(plans, spendings, strict=True):
        same = np.array_equal(spending.model.draws, fewest)
        outcomes.append(_outcome(spending if same else _spending(fit, plan, fewest)))
    return outcomes


def _spending(fit: FittedModel, plan: AskedPlan, draws: NDArray[np.intp] | None = None) -> Spending:
    bench = workbench(fit, plan.question.settings, draws)
    if isinstance(plan.question.asked, tuple):
        return spending_by_hand(bench, plan.question.asked)
    amounts = np.array(plan.amounts)
    return Spending(bench.problem.money(amounts), bench.model, amounts)


def _outcome(spending: Spending) -> Floats:
    return np.asarray(spending.model.outcome(spending.amounts).sum(axis=1))
