"""How far a plan that was made again is from the one that was kept."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from mmm.common.v1 import common_pb2
from mmm.optimizer.v1 import optimizer_pb2
from mmm_core.media import Floats

# Relative. The same code gives the same plan to the last bit; other versions of the libraries below it, or
# another processor, round elsewhere.
SAME_WITHIN = 1e-6


@dataclass(frozen=True, slots=True)
class PlanChange:
    """Largest relative differences of two plans.

    Attributes
    ----------
    spend : float
        Of an amount of money (of a channel in all, in a period, in a cell), relative to the largest kept
        amount of its kind. Infinite when channels, periods or cells are others.
    outcome : float
        The same of an outcome's mean, median and interval (in all, of a channel, in a period).
    """

    spend: float
    outcome: float

    @property
    def is_none(self) -> bool:
        """Whether the plans are the same but for rounding."""
        return max(self.spend, self.outcome) <= SAME_WITHIN


def plan_change(kept: optimizer_pb2.BudgetPlan, again: optimizer_pb2.BudgetPlan) -> PlanChange:
    """Hold a plan against the one that was kept."""
    if _places(kept) != _places(again):
        return PlanChange(np.inf, np.inf)
    return PlanChange(_largest(_money(kept), _money(again)), _largest(_outcomes(kept), _outcomes(again)))


def _places(plan: optimizer_pb2.BudgetPlan) -> list[object]:
    """What the figures of a plan are about."""
    channels = [channel.name for channel in plan.allocations]
    return [
        channels,
        [period.date for period in plan.periods],
        [tuple(cell.labels) for cell in plan.cells],
    ]


def _money(plan: optimizer_pb2.BudgetPlan) -> list[Floats]:
    return [
        np.array([channel.spend for channel in plan.allocations]),
        np.array([period.spend for period in plan.periods]),
        np.array([cell.spend for cell in plan.cells]),
    ]


def _outcomes(plan: optimizer_pb2.BudgetPlan) -> list[Floats]:
    return [
        _figures([plan.outcome]),
        _figures(channel.incremental_outcome for channel in plan.allocations),
        _figures(period.outcome for period in plan.periods),
    ]


def _figures(outcomes: Iterable[common_pb2.Estimate]) -> Floats:
    return np.array([(one.mean, one.median, one.lower, one.upper) for one in outcomes])


def _largest(kept: list[Floats], again: list[Floats]) -> float:
    return max(_difference(one, other) for one, other in zip(kept, again, strict=True))


def _difference(kept: Floats, again: Floats) -> float:
    if not kept.size:
        return 0.0
    gap, scale = float(np.abs(again - kept).max()), float(np.abs(kept).max())
    if gap == 0:
        return 0.0
    return gap / scale if scale > 0 else np.inf
