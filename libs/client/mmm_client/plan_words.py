"""What is asked of a plan, and how good it is proved to be, in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mmm.analysis.v1.analysis_pb2 import Units
from mmm.optimizer.v1.optimizer_pb2 import (
    TARGET_OUTCOME,
    UTILITY_BEAT_REFERENCE,
    UTILITY_CONDITIONAL_VALUE_AT_RISK,
    UTILITY_MEAN,
    UTILITY_SHARPE,
    UTILITY_UNSPECIFIED,
    UTILITY_VALUE_AT_RISK,
    BudgetPlan,
    PlanSettings,
    SolverReport,
    Utility,
)
from mmm.optimizer.v1.optimizer_service_pb2 import FindBudgetRequest, FindBudgetResponse, GetFrontierResponse
from mmm_client.plans import PlanQuestion

DEFAULT_RISK_LEVEL = 0.1
# Relative; a search ends nearer than this to what was asked for, unless the range of budgets ends before.
FAR_ABOVE = 0.01
UTILITY_WORDS: Mapping[Utility, str] = MappingProxyType(
    {
        UTILITY_MEAN: "Outcome on average",
        UTILITY_VALUE_AT_RISK: "Outcome that is all but certain (value at risk)",
        UTILITY_CONDITIONAL_VALUE_AT_RISK: "Average of the worst cases (conditional value at risk)",
        UTILITY_SHARPE: "Outcome per unit of uncertainty (Sharpe)",
        UTILITY_BEAT_REFERENCE: "Chance of beating the present split",
    }
)
"""What can be maximised."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What a plan was best in.

    Attributes
    ----------
    utility : Utility
        What was maximised.
    risk_level : float
        Share of the worst draws that measures of risk look at.
    """

    utility: Utility
    risk_level: float


def goal_of(settings: PlanSettings) -> Goal:
    """What settings ask for, with the service's defaults."""
    utility = UTILITY_MEAN if settings.utility == UTILITY_UNSPECIFIED else settings.utility
    level = settings.risk_level if settings.HasField("risk_level") else DEFAULT_RISK_LEVEL
    return Goal(utility, level)


def goal_of_question(question: PlanQuestion) -> Goal:
    """What a question asks for: to reach an outcome with a probability is to maximise that quantile."""
    if isinstance(question, FindBudgetRequest) and question.HasField("probability"):
        return Goal(UTILITY_VALUE_AT_RISK, 1 - question.probability)
    return goal_of(question.settings)


def certificate_sentence(plan: BudgetPlan, units: Units, goal: Goal) -> str:
    """Say how much better any other plan could be; empty for a plan made by hand."""
    if not plan.HasField("solver"):
        return ""
    solver = plan.solver
    if goal.utility == UTILITY_BEAT_REFERENCE or not solver.HasField("upper_bound"):
        return (
            "How much better another plan could be is not known for this aim. No small shift of money that "
            "keeps these limits improves this one."
        )
    gap = relative_gap(solver) or 0.0
    sentence = (
        f"No plan that keeps these limits can bring more than {amount(solver.upper_bound)} "
        f"{units.kpi_display_name}{_in_what(goal)}, {gap * 100:.2f} % above this one."
    )
    if not solver.bound_is_exact:
        sentence += " The best there is may be nearer than that: the limit is on the safe side."
    return sentence


def relative_gap(solver: SolverReport) -> float | None:
    """How much better, relative to what was reached, another plan could be at most; None when unknown."""
    if not solver.HasField("upper_bound"):
        return None
    return (solver.upper_bound - solver.utility) / abs(solver.utility) if solver.utility else 0.0


def _in_what(goal: Goal) -> str:
    if goal.utility == UTILITY_VALUE_AT_RISK:
        return f" with {(1 - goal.risk_level) * 100:.4g} % certainty"
    if goal.utility == UTILITY_CONDITIONAL_VALUE_AT_RISK:
        return f" on average of the worst {goal.risk_level * 100:.4g} % of cases"
    return " on average"


def technical_figures(solver: SolverReport) -> dict[str, str]:
    """Figures of a certificate by their names."""
    return {
        "Method": solver.method,
        "Iterations": str(solver.iterations),
        "Budget met within": f"{abs(solver.budget_residual):.2g}",
        "Limits kept within": f"{solver.constraint_residual:.2g}",
        "First-order optimality": f"{solver.optimality_residual:.2g}",
        "Utility": f"{solver.utility:,.6g}",
        "Upper bound": f"{solver.upper_bound:,.6g}" if solver.HasField("upper_bound") else "none known",
        "Kind of bound": "of the utility itself" if solver.bound_is_exact else "of something never smaller",
        "Closing words": solver.message,
    }


def target_sentence(question: FindBudgetRequest, found: FindBudgetResponse) -> str:
    """Say whether a target is reached, by which budget."""
    units, budget = found.units, f"{amount(found.plan.total_budget)} {found.units.currency}".rstrip()
    unit = f" {units.kpi_display_name}" if question.target == TARGET_OUTCOME else ""
    certainty = (
        f" with {question.probability * 100:.4g} % certainty"
        if question.HasField("probability")
        else " on average"
    )
    which = "smallest" if question.target == TARGET_OUTCOME else "largest"
    if found.reached and found.reached_level > question.level * (1 + FAR_ABOVE):
        return (
            f"Even the {which} budget of the range, {budget}, reaches {amount(found.reached_level)}{unit}"
            f"{certainty}, more than the {amount(question.level)} asked for."
        )
    if found.reached:
        return (
            f"The {which} budget that reaches {amount(question.level)}{unit}{certainty} is {budget}. "
            f"The chance to reach it is {found.reached_probability:.0%}."
        )
    return (
        f"No budget in the range reaches {amount(question.level)}{unit}{certainty}. The nearest, {budget}, "
        f"reaches {amount(found.reached_level)}{unit}."
    )


def breakeven_sentence(found: GetFrontierResponse, hurdle: str) -> str:
    """Say at which budget the next unit of money stops paying; `hurdle` says what it is to return."""
    budget = f"{amount(found.breakeven.total_budget)} {found.units.currency}".rstrip()
    marginal = [point.marginal_return.mean for point in found.points]
    if not found.hurdle_met:
        return f"The next unit of money nowhere returns {hurdle}, not even at {budget}."
    if marginal and found.breakeven.total_budget >= found.points[-1].budget:
        return f"The next unit of money returns {hurdle} in the whole range, up to {budget}."
    return f"The next unit of money stops returning {hurdle} at a budget of {budget}."


def amount(value: float) -> str:
    """Write a number in full, as people do in reports."""
    digits = 0 if abs(value) >= 1000 else 2
    return f"{value:,.{digits}f}"
