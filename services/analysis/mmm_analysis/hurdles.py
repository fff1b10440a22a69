"""What the next unit of money is to return."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from mmm_core.errors import InvalidInput, Violation
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import Window, window_spend


class HurdleOrigin(StrEnum):
    """Where a hurdle comes from."""

    REQUEST = "request"
    BREAK_EVEN = "break_even"
    AVERAGE_COST = "average_cost"


@dataclass(frozen=True, slots=True)
class HurdleQuestion:
    """What a caller says of the hurdle.

    Attributes
    ----------
    marginal_return : float or None
        Value (KPI units for a KPI without a value) per unit of money.
    cost_per_unit : float or None
        Money per KPI unit.
    """

    marginal_return: float | None = None
    cost_per_unit: float | None = None


@dataclass(frozen=True, slots=True)
class Hurdle:
    """What the next unit of money is to return.

    Attributes
    ----------
    outcome : float
        KPI units per unit of money.
    marginal_return : float
        Their value; the same number for a KPI without a value.
    origin : HurdleOrigin
        Where it comes from.
    """

    outcome: float
    marginal_return: float
    origin: HurdleOrigin


def hurdle_of(fit: FittedModel, window: Window, marginal: Floats, asked: HurdleQuestion) -> Hurdle:
    """Decide on the hurdle.

    Where a KPI that counts has no value, nobody can say what a unit may cost. The hurdle is then what the
    next unit costs over all paid media, money split as it was: a channel whose next unit costs more loses
    against the others. What units cost on average would not do, for the next one always costs more.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    window : Window
        The window asked about.
    marginal : array, shape (S, C)
        KPI units of the next unit of money at what was spent, NaN without spend.
    asked : HurdleQuestion
        What the caller says.

    Raises
    ------
    InvalidInput
        For a hurdle that is no positive number, a target cost for a revenue KPI, or both of them.
    """
    if problems := hurdle_problems(fit, asked):
        raise InvalidInput(problems)
    value = fit.unit_value or 1.0
    if asked.marginal_return is not None:
        return Hurdle(asked.marginal_return / value, asked.marginal_return, HurdleOrigin.REQUEST)
    if asked.cost_per_unit is not None:
        return Hurdle(1 / asked.cost_per_unit, value / asked.cost_per_unit, HurdleOrigin.REQUEST)
    if fit.unit_value is not None:
        return Hurdle(1 / value, 1.0, HurdleOrigin.BREAK_EVEN)
    spend = window_spend(fit, window)[: fit.paid_count]
    if not spend.sum() > 0:
        return Hurdle(1.0, 1.0, HurdleOrigin.AVERAGE_COST)
    weighted = np.where(spend > 0, marginal[:, : fit.paid_count], 0.0) @ (spend / spend.sum())
    average = float(np.median(weighted))
    return Hurdle(average, average, HurdleOrigin.AVERAGE_COST)


def positive(field: str, asked: float | None, *, default: float) -> float:
    """Give a finite number above 0; raises `InvalidInput` for another."""
    if asked is not None and not 0 < asked < float("inf"):
        raise InvalidInput([_out_of_range(field, asked)])
    return default if asked is None else asked


def _out_of_range(field: str, asked: float) -> Violation:
    return Violation(
        field, "is no amount to return.", "Give a finite number above 0.", str(asked), "OUT_OF_RANGE"
    )


def hurdle_problems(fit: FittedModel, asked: HurdleQuestion) -> list[Violation]:
    """Find everything that is wrong with what a caller says of the hurdle."""
    given = {"hurdle": asked.marginal_return, "target_cost_per_unit": asked.cost_per_unit}
    problems = [
        _out_of_range(field, figure)
        for field, figure in given.items()
        if figure is not None and not 0 < figure < float("inf")
    ]
    if None not in given.values():
        fix = "Give hurdle or target_cost_per_unit."
        problems.append(Violation("hurdle", "is given twice.", fix, code="TWICE"))
    if asked.cost_per_unit is not None and fit.config.kpi.kind != "count":
        fix = "Give hurdle, the value that a unit of money is to return."
        message = "is for a KPI that counts."
        problems.append(
            Violation("target_cost_per_unit", message, fix, str(asked.cost_per_unit), "WRONG_KPI")
        )
    return problems
