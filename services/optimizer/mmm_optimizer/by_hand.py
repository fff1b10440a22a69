"""Plans made by hand, period by period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.fitted import FittedModel
from mmm_core.horizon import periods_per_year
from mmm_core.media import Floats
from mmm_core.plan import Split
from mmm_optimizer.checks import check_channel, check_numbers_per_period
from mmm_optimizer.modes import Workbench, workbench
from mmm_optimizer.plans import BudgetPlan, Spending, describe
from mmm_optimizer.request import PlanSettings


@dataclass(frozen=True, slots=True)
class HandMadePlan:
    """Money per period of one channel, in all cells together or in one."""

    channel: str
    spend: Sequence[float]
    cell: tuple[str, ...] = ()


def evaluate(fit: FittedModel, settings: PlanSettings, rows: Sequence[HandMadePlan]) -> BudgetPlan:
    """Say what a plan made by hand comes to, and which constraints it does not keep.

    Channels left out get nothing. Either all rows are for single cells or none is.

    Raises
    ------
    InvalidInput
        Naming every wrong field at once.
    """
    try:
        bench = workbench(fit, settings)
    except InvalidInput as error:
        raise InvalidInput([*error.violations, *_wrong_beside(error, fit, settings, rows)]) from None
    spending = spending_by_hand(bench, rows)
    return describe(fit, bench.problem, spending, bench.reference(float(spending.money.sum())))


def spending_by_hand(bench: Workbench, rows: Sequence[HandMadePlan]) -> Spending:
    """Make money of a plan made by hand; raises `InvalidInput` naming every wrong field."""
    fit = bench.fit
    by_cell, periods = any(row.cell for row in rows), bench.problem.horizon.periods
    if problems := [*_wrong_rows(fit, rows, periods, by_cell=by_cell)]:
        raise InvalidInput(problems)
    money = np.zeros((periods, len(fit.cells) if by_cell else 1, fit.paid_count))
    for row in rows:
        cell = fit.cells.index(row.cell) if by_cell else 0
        money[:, cell, fit.media_names.index(row.channel)] = row.spend
    return _with_own_flighting(bench, money)


def _with_own_flighting(bench: Workbench, money: Floats) -> Spending:
    """Money with its own flighting; a channel without money would be on air as the settings say."""
    amounts = money.sum(axis=0)
    usual = bench.problem.money(bench.problem.reference)
    usual = usual.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        flighting = np.where(amounts > 0, money / amounts, usual / usual.sum(axis=0))
    split = Split(np.nan_to_num(flighting, nan=1 / len(money))[None], by_cell=money.shape[1] > 1)
    return Spending(money, bench.model_of(split), amounts.ravel())


def _wrong_beside(
    error: InvalidInput, fit: FittedModel, settings: PlanSettings, rows: Sequence[HandMadePlan]
) -> Iterator[Violation]:
    """What is wrong with the rows beside the settings; without a horizon nobody knows how long they are."""
    if all(violation.field != "horizon_periods" for violation in error.violations):
        periods = settings.horizon_periods or periods_per_year(fit)
        yield from _wrong_rows(fit, rows, periods, by_cell=any(row.cell for row in rows))


def _wrong_rows(
    fit: FittedModel, rows: Sequence[HandMadePlan], periods: int, *, by_cell: bool
) -> Iterator[Violation]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for place, row in enumerate(rows):
        field = f"spends[{place}]"
        yield from check_channel(fit, f"{field}.channel", row.channel)
        if by_cell and row.cell not in fit.cells:
            fix = "Give one label per dimension in every row, or in none."
            yield Violation(
                f"{field}.cell", "is not a cell of the fit.", fix, ", ".join(row.cell), "UNKNOWN_CELL"
            )
        if (row.channel, row.cell) in seen:
            fix = "Give each channel, or each of its cells, one row."
            yield Violation(field, "comes twice.", fix, shorten(row.channel), code="DUPLICATE_CHANNEL")
        seen.add((row.channel, row.cell))
        yield from check_numbers_per_period(f"{field}.spend", row.spend, periods, least="of at least 0")
        if not row.spend:
            fix = f"Give an amount for each of the {periods} periods."
            yield Violation(f"{field}.spend", "is missing.", fix, code="WRONG_LENGTH")
