"""Constraints that cannot be met, found before anything is solved and named."""

from collections.abc import Sequence

from mmm_core.errors import FailedPrecondition, Violation
from mmm_optimizer.constraints import Constraint, Switch
from mmm_optimizer.region import totals

# Relative: minima that were split by hand and rounded may add up to a hair more than the budget.
BUDGET_TOLERANCE = 1e-9


def refuse_infeasible(size: int, budget: float, constraints: Sequence[Constraint]) -> None:
    """Refuse a budget that no allocation can meet.

    Parameters
    ----------
    size : int
        Number of amounts.
    budget : float
        Money over the horizon.
    constraints : sequence of Constraint
        All that hold.

    Raises
    ------
    FailedPrecondition
        Reason ``INFEASIBLE_BUDGET`` or ``INFEASIBLE_CONSTRAINTS``, naming constraints that cannot be met
        together although any of them could be without the others, and the nearest feasible budget.
    """
    allowed = feasible_budgets(size, budget, constraints)
    smallest, largest = allowed
    if smallest > budget * (1 + BUDGET_TOLERANCE):
        message = f"The constraints take at least {smallest:,.2f}, more than the budget of {budget:,.2f}."
        fix = f"Loosen them, or raise the budget: the smallest feasible one is {smallest:,.2f}."
    elif largest < budget * (1 - BUDGET_TOLERANCE):
        message = f"The constraints take at most {largest:,.2f}, less than the budget of {budget:,.2f}."
        fix = f"Loosen them, or lower the budget: the largest feasible one is {largest:,.2f}."
    else:
        return
    raise _refusal(_in_conflict(size, budget, constraints), message, fix, "INFEASIBLE_BUDGET")


def feasible_budgets(size: int, scale: float, constraints: Sequence[Constraint]) -> tuple[float, float]:
    """Smallest and largest budget, in money, that constraints allow; the largest may be infinite.

    Raises
    ------
    FailedPrecondition
        Reason ``INFEASIBLE_CONSTRAINTS`` when they allow none, naming those in conflict.
    """
    allowed = totals(size, constraints, scale)
    if allowed is None:
        message = "These constraints cannot be met together, whatever the budget."
        conflict = _in_conflict(size, None, constraints)
        raise _refusal(conflict, message, "Loosen one of them.", "INFEASIBLE_CONSTRAINTS")
    return allowed[0] * scale, allowed[1] * scale


def refuse_switches(switches: Sequence[Switch]) -> FailedPrecondition:
    """Make the error for channels that can neither be off nor above their floors."""
    message = "Whichever of these channels are on or off, the constraints cannot be met with this budget."
    conflict = [switch.minimum for switch in switches]
    return _refusal(conflict, message, "Lower a minimum, or change the budget.", "INFEASIBLE_BUDGET")


def _in_conflict(size: int, budget: float | None, constraints: Sequence[Constraint]) -> list[Constraint]:
    """Constraints that cannot be met together, none of which can be left out (a deletion filter).

    Chinneck and Dravnieks, "Locating minimal infeasible constraint sets in linear programs" (ORSA Journal on
    Computing, 1991).
    """
    kept = list(constraints)
    for constraint in constraints:
        rest = [other for other in kept if other is not constraint]
        if not can_be_met(size, budget, rest):
            kept = rest
    return kept


def can_be_met(size: int, budget: float | None, constraints: Sequence[Constraint]) -> bool:
    """Whether some allocation, of the budget or of any, meets all constraints."""
    allowed = totals(size, constraints, budget or 1.0)
    if allowed is None or budget is None:
        return allowed is not None
    return allowed[0] <= 1 + BUDGET_TOLERANCE and allowed[1] >= 1 - BUDGET_TOLERANCE


def _refusal(conflict: list[Constraint], message: str, fix: str, reason: str) -> FailedPrecondition:
    return FailedPrecondition(
        [
            Violation(
                constraint.field,
                f"cannot be met together with the rest: {constraint.meaning}. {message}",
                fix,
                f"{constraint.limit:,.2f}",
                code=reason,
            )
            for constraint in conflict
        ],
        message=f"{message} {fix}",
        reason=reason,
    )
