"""Channels that are either off or above a floor: branch and bound over what is on.

A channel that is undecided may get any money below its floor too, which bounds from above what deciding can
bring; the most promising open case is split first (Land and Doig, Econometrica 1960). A case whose bound is
not above the best plan found is closed.
"""

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mmm_core.media import Floats
from mmm_optimizer.climb import Standing
from mmm_optimizer.constraints import Constraint, Switch
from mmm_optimizer.infeasible import can_be_met, refuse_switches
from mmm_optimizer.problem import PlanProblem
from mmm_optimizer.region import ON_BOUND, Region

# Cases that are solved at most; what is open then stays in the bound.
MOST_CASES = 200
# Relative; what is less is not worth another case.
WORTH_SPLITTING = 1e-7


@dataclass(frozen=True, slots=True)
class Settled:
    """The best plan of a region.

    Attributes
    ----------
    best : Standing
        The plan.
    region : Region
        What was feasible.
    upper_bound : float or None
        No plan of the region has a larger utility.
    is_exact : bool
        Whether the bound is that of the utility itself.
    """

    best: Standing
    region: Region
    upper_bound: float | None
    is_exact: bool


type Decisions = tuple[bool | None, ...]


def settle_switches(
    problem: PlanProblem, budget: float, best_on: Callable[[Sequence[Constraint]], Settled]
) -> Settled:
    """Find the best plan in which every switched channel is off or above its floor.

    Parameters
    ----------
    problem : PlanProblem
        With its switches.
    budget : float
        Money.
    best_on : callable
        Best plan under some constraints, which can be met.
    """
    undecided: Decisions = (None,) * len(problem.switches)
    root = best_on(problem.constraints)
    if not problem.switches:
        return root
    order = itertools.count()
    cases = [(-_promise(root), next(order), undecided, root)]
    found: Settled | None = None
    closed: list[Settled] = []
    for _ in range(MOST_CASES):
        if not cases or (found and not _is_worth(-cases[0][0], found.best.value)):
            break
        _, _, decisions, case = heapq.heappop(cases)
        place = _most_undecided(problem.switches, decisions, case.best.shares * budget)
        if place is None:
            closed.append(case)
            found = max(closed, key=lambda one: one.best.value)
            continue
        for is_on in (True, False):
            next_decisions = (*decisions[:place], is_on, *decisions[place + 1 :])
            constraints = [*problem.constraints, *_decided(problem, next_decisions)]
            if can_be_met(problem.size, budget, constraints):
                solved = best_on(constraints)
                heapq.heappush(cases, (-_promise(solved), next(order), next_decisions, solved))
    if found is None:
        raise refuse_switches(problem.switches)
    highest = max(_promise(case) for case in [*closed, *(case for *_, case in cases)])
    return replace(found, upper_bound=None if highest == np.inf else highest)


def _promise(case: Settled) -> float:
    return np.inf if case.upper_bound is None else case.upper_bound


def _is_worth(bound: float, best: float) -> bool:
    return bound > best + WORTH_SPLITTING * abs(best)


def _most_undecided(switches: Sequence[Switch], decisions: Decisions, amounts: Floats) -> int | None:
    """Place of the undecided switch that is furthest from both off and on; None when all are kept."""
    furthest, distance = None, 0.0
    for place, (switch, decision) in enumerate(zip(switches, decisions, strict=True)):
        spend, floor = float(amounts[switch.amounts].sum()), switch.minimum.limit
        between = min(spend, floor - spend)
        if decision is None and between > ON_BOUND * max(floor, float(amounts.sum())) and between > distance:
            furthest, distance = place, between
    return furthest


def _decided(problem: PlanProblem, decisions: Decisions) -> Iterator[Constraint]:
    for switch, is_on in zip(problem.switches, decisions, strict=True):
        if is_on:
            yield switch.minimum
        elif is_on is not None:
            yield from switched_off(switch, problem.size)


def switched_off(switch: Switch, size: int) -> Iterator[Constraint]:
    """Nothing for any amount of a channel."""
    for amount in switch.amounts:
        yield Constraint(
            switch.minimum.field, np.eye(1, size, int(amount))[0], 0.0, False, "the channel is off"
        )
