"""The budget whose best plan reaches a target."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy.optimize import brentq

from mmm_core.errors import FailedPrecondition, InvalidInput, Violation, shorten
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import roi
from mmm_optimizer.checks import check_budget
from mmm_optimizer.climb import KINKED_RESIDUAL
from mmm_optimizer.infeasible import feasible_budgets
from mmm_optimizer.modes import Workbench, workbench
from mmm_optimizer.plans import BudgetPlan
from mmm_optimizer.region import region_of
from mmm_optimizer.request import PlanSettings, Utility
from mmm_optimizer.solver import Solution, utility_of
from mmm_optimizer.utility import spend_for_slope

# Multiple of the reference level up to which budgets are searched unless the caller says otherwise, and share
# of it at which they begin unless the constraints take more.
DEFAULT_REACH = 4.0
SMALLEST_BUDGET = 0.02
# Relative: steps between budgets that differ by less are as far.
AS_FAR = 1e-6
# Relative precision of a budget that is searched for.
BUDGET_PRECISION = 1e-5
# Budgets that are looked at where returns may rise before they fall, unless the range is as narrow.
SCANNED, NARROW = 12, 1.5


class Target(StrEnum):
    """What a budget is to reach; all on average over draws, or with a probability."""

    OUTCOME = "outcome"
    RETURN = "return"
    MARGINAL_RETURN = "marginal_return"


@dataclass(frozen=True, slots=True)
class TargetRequest:
    """The budget that reaches something.

    Attributes
    ----------
    target : Target or None
        What is to be reached; None when the caller asked for something unknown.
    level : float
        KPI units of the plan's outcome, or value (KPI units when it has none) per money.
    probability : float or None
        That the outcome is at least `level`; None asks for its mean instead. For outcomes only.
    least, most : float or None
        Budgets that are looked at; None takes what the constraints allow, up to four times the reference.
    """

    target: Target | None
    level: float
    probability: float | None = None
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """The plan that reaches a target, or comes nearest to it.

    Attributes
    ----------
    plan : BudgetPlan
        The best plan of the budget that was found.
    is_reached : bool
        Whether it reaches the target.
    reached : float
        What it reaches, in the target's unit.
    probability : float
        Share of draws in which it reaches the target.
    """

    plan: BudgetPlan
    is_reached: bool
    reached: float
    probability: float


def find_budget(fit: FittedModel, settings: PlanSettings, wanted: TargetRequest) -> TargetPlan:
    """Find the budget whose best plan reaches a target.

    For an outcome it is the smallest one. For a return and a marginal return it is the largest one that still
    reaches it: where the next unit of money stops paying. Returns fall as a budget grows, but for S-shaped
    curves, with which the largest of `SCANNED` budgets that reaches it is looked for first.

    Raises
    ------
    InvalidInput
        Naming every wrong field at once.
    FailedPrecondition
        See `mmm_optimizer.solver.solve`.
    """
    wrong = [*wrong_target(wanted)]
    try:
        bench = workbench(fit, _for_target(settings, wanted))
    except InvalidInput as error:
        raise InvalidInput([*wrong, *error.violations]) from None
    if wrong:
        raise InvalidInput(wrong)
    search = BudgetSearch(bench, wanted)
    least, most = range_of_budgets(bench, wanted.least, wanted.most)
    found = search.run(least, most)
    return search.answer(found)


def _for_target(settings: PlanSettings, wanted: TargetRequest) -> PlanSettings:
    """Plans that are to reach an outcome with a probability are best in the quantile it asks for."""
    if wanted.probability is None or not 0 < wanted.probability < 1:
        return settings
    return replace(settings, utility=Utility.VALUE_AT_RISK, risk_level=1 - wanted.probability)


def range_of_budgets(bench: Workbench, least: float | None, most: float | None) -> tuple[float, float]:
    """Smallest and largest budget to look at; raises `FailedPrecondition` when there is none."""
    usual = float(bench.problem.reference.sum())
    scale = usual if usual > 0 else 1.0
    smallest, largest = feasible_budgets(bench.problem.size, scale, bench.problem.constraints)
    reach = DEFAULT_REACH * scale
    first = max(smallest, scale * SMALLEST_BUDGET if least is None else least)
    last = min(largest, max(reach, first) if most is None else most)
    if first > last:
        message = f"The constraints allow budgets from {smallest:,.2f} to {largest:,.2f} only."
        fix = "Widen the range of budgets, or loosen the constraints."
        raise FailedPrecondition(
            [Violation("maximum_budget", message, fix, f"{last:,.2f}", code="INFEASIBLE_BUDGET")],
            reason="INFEASIBLE_BUDGET",
        )
    return first, last


@dataclass(slots=True)
class BudgetSearch:
    """Looks for a budget; remembers the last answers, near which the next one begins."""

    bench: Workbench
    wanted: TargetRequest
    last: Solution | None = None
    before: Solution | None = None

    def run(self, least: float, most: float) -> Solution:
        """Find the budget at which the target is just reached, or come nearest to it."""
        if self.wanted.target is not Target.OUTCOME and not self.bench.model.is_concave:
            least, most = self._around_last_crossing(least, most)
        if self.wanted.target is Target.OUTCOME:
            first, second = most, least
        else:
            first, second = least, most
        # `first` is where the target is reached if it is anywhere; `second` is what one would rather have.
        if self.lead(first) < 0 or self.lead(second) >= 0:
            return self.solved(first if self.lead(first) < 0 else second)
        crossing = brentq(self.lead, least, most, xtol=BUDGET_PRECISION * most, rtol=BUDGET_PRECISION)
        for nudge in (0.0, 1.0, 2.0, 4.0):
            toward = np.sign(first - second) * nudge * BUDGET_PRECISION * most
            budget = float(np.clip(crossing + toward, least, most))
            if self.lead(budget) >= 0:
                return self.solved(budget)
        return self.solved(first)

    def _around_last_crossing(self, least: float, most: float) -> tuple[float, float]:
        """Narrow the range where returns do not fall all along: on S-shaped curves they rise at first.

        To the largest of some budgets that reaches the target and the next one, or to the one that comes
        nearest.
        """
        if most <= least * NARROW:
            return least, most
        budgets = np.geomspace(least, most, SCANNED)
        leads = np.array([self.lead(float(budget)) for budget in budgets])
        if not (leads >= 0).any():
            nearest = float(budgets[leads.argmax()])
            return nearest, nearest
        last = int(np.flatnonzero(leads >= 0)[-1])
        return float(budgets[last]), float(budgets[min(last + 1, SCANNED - 1)])

    def solved(self, budget: float) -> Solution:
        """Best amounts of a budget."""
        if self.last is not None and self.last.budget == budget:
            return self.last
        near = () if self.last is None else (self._expected(self.last, budget),)
        self.before, self.last = self.last, self.bench.best(budget, near)
        return self.last

    def _expected(self, last: Solution, budget: float) -> Floats:
        """Shares if amounts go on as between the last two budgets, when the next one is no further off."""
        shares = last.amounts / last.budget
        if self.before is None:
            return shares
        way = (budget - last.budget) / (last.budget - self.before.budget)
        if abs(way) > 1 + AS_FAR:
            return shares
        expected = last.amounts + way * (last.amounts - self.before.amounts)
        return np.asarray(np.maximum(expected, 0.0) / budget)

    def lead(self, budget: float) -> float:
        """How far above the target the best plan of a budget is."""
        return self.reached(self.solved(budget)) - self.wanted.level

    def reached(self, solution: Solution) -> float:
        """What a plan reaches, in the target's unit."""
        draws = self.draws(solution)
        if self.wanted.probability is not None:
            return float(np.quantile(draws, 1 - self.wanted.probability))
        return float(draws.mean())

    def draws(self, solution: Solution) -> Floats:
        """Draws of what a plan reaches, shape (S,)."""
        value = self.bench.fit.unit_value or 1.0
        if self.wanted.target is Target.MARGINAL_RETURN:
            return self._marginal(solution) * value
        outcome = self.bench.model.outcome(solution.amounts).sum(axis=1)
        if self.wanted.target is Target.OUTCOME:
            return np.asarray(outcome)
        return roi(outcome[:, None], np.array([solution.budget]), value)[:, 0]

    def _marginal(self, solution: Solution) -> Floats:
        """KPI units of the next unit of budget, shape (S,): best spent for what is maximised."""
        problem, model = self.bench.problem, self.bench.model
        shares = solution.amounts / solution.budget
        marginal = model.marginal_outcome(spend_for_slope(model, solution.amounts, solution.budget))
        region = region_of(problem.size, solution.budget, problem.constraints)
        if problem.utility is Utility.MEAN:
            return np.asarray(marginal @ region.best_growth(shares, marginal.mean(axis=0)))
        useful = utility_of(problem, model, solution.budget).gradient(shares)
        return np.asarray(marginal @ region.best_growth(shares, useful, KINKED_RESIDUAL))

    def answer(self, solution: Solution) -> TargetPlan:
        """Describe what was found."""
        reached = self.reached(solution)
        chance = float((self.draws(solution) >= self.wanted.level).mean())
        return TargetPlan(self.bench.plan(solution), reached >= self.wanted.level, reached, chance)


def wrong_target(wanted: TargetRequest) -> Iterator[Violation]:
    """Yield everything that is wrong with a target."""
    if wanted.target is None:
        known = ", ".join(target.name for target in Target)
        yield Violation("target", "is not known.", f"Use one of: {known}.", code="UNKNOWN_VALUE")
    if not (np.isfinite(wanted.level) and wanted.level > 0):
        fix = "Give a finite number above 0."
        yield Violation("level", "is out of range.", fix, shorten(wanted.level), code="OUT_OF_RANGE")
    if wanted.probability is not None and not 0 < wanted.probability < 1:
        fix = "Give a number above 0 and below 1, for example 0.8."
        value = shorten(wanted.probability)
        yield Violation("probability", "is out of range.", fix, value, code="OUT_OF_RANGE")
    elif wanted.probability is not None and wanted.target is not Target.OUTCOME:
        fix = "Leave it out; it is for outcomes."
        yield Violation("probability", "is not for returns.", fix, code="NOT_FOR_TARGET")
    for field, budget in (("minimum_budget", wanted.least), ("maximum_budget", wanted.most)):
        if budget is not None:
            yield from check_budget(budget, field)
    if wanted.least is not None and wanted.most is not None and wanted.least > wanted.most:
        fix = "Lower the minimum or raise the maximum."
        value = shorten(wanted.least)
        yield Violation("minimum_budget", "is above the maximum.", fix, value, code="MINIMUM_ABOVE_MAXIMUM")
