"""Random problems of every kind: constraints kept, distance to the best there can be, seconds.

``PYTHONPATH=. python benchmarks/optimizer/random_problems.py`` prints, per kind of problem, the largest
violation of any constraint as a share of the budget (checked here, on the settings as they were given), the
largest and median proved distance to the best there can be, seconds, refusals by reason, and what failed
without a reason. Fits are far beyond what a sane fit looks like: channels differ by orders of magnitude, some
bring next to nothing, some were never on air in the last year.
"""

import argparse
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from rich.console import Console
from rich.table import Table

from mmm_core.errors import FailedPrecondition
from mmm_core.fitted import FittedModel
from mmm_core.horizon import reference_spend
from mmm_optimizer.modes import optimize
from mmm_optimizer.plans import BudgetPlan
from mmm_optimizer.request import (
    Bound,
    CostChange,
    FlightingKind,
    Group,
    PeriodBudget,
    PlanSettings,
    Ratio,
    Utility,
)
from tests.unit.optimizer.random_fits import random_case, random_fit

HORIZON = 26

type Random = np.random.Generator


@dataclass(frozen=True)
class Problem:
    """A fit, a budget and settings."""

    fit: FittedModel
    budget: float
    settings: PlanSettings


@dataclass
class Row:
    """What happened to the problems of a kind."""

    violations: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def _problem(rng: Random, settings: Callable[[Random, float], PlanSettings], saturation: str = "") -> Problem:
    """A random fit of three to eight channels with random settings."""
    curves = saturation or str(rng.choice(["logistic", "hill"]))
    fit = random_fit(rng, saturation=curves, channels=int(rng.integers(3, 9)))
    usual = float(reference_spend(fit, HORIZON).sum())
    budget = usual * float(10 ** rng.uniform(-1, 1))
    return Problem(fit, budget, settings(rng, budget))


def _share(rng: Random, budget: float) -> float:
    return budget * float(rng.uniform(0.05, 0.5))


def _group(rng: Random, budget: float) -> PlanSettings:
    first = Group(["c0", "c1"], minimum_share=0.1, maximum_share=float(rng.uniform(0.2, 0.6)))
    return PlanSettings(HORIZON, groups=[first, Group(["c1", "c2"], maximum=_share(rng, budget))])


def _ratio(rng: Random, _: float) -> PlanSettings:
    low = float(rng.uniform(0.2, 1.0))
    return PlanSettings(
        HORIZON, ratios=[Ratio("c0", "c1", low, low * 2), Ratio("c2", "c0", maximum=float(rng.uniform(1, 3)))]
    )


def _periods(rng: Random, budget: float) -> PlanSettings:
    half = HORIZON // 2
    first, last = PeriodBudget(1, half, maximum=_share(rng, budget)), PeriodBudget(half + 5, HORIZON, 1.0)
    return PlanSettings(HORIZON, period_budgets=[first, last])


def _off_or_floor(rng: Random, budget: float) -> PlanSettings:
    floors = [Bound(f"c{place}", minimum=_share(rng, budget), or_nothing=True) for place in range(3)]
    return PlanSettings(HORIZON, bounds=floors)


def _price_and_demand(rng: Random, _: float) -> PlanSettings:
    return PlanSettings(
        HORIZON,
        flighting=FlightingKind.AS_LAST_YEAR,
        demand_index=rng.uniform(0.5, 2, HORIZON).tolist(),
        costs=[CostChange("c0", rng.uniform(0.5, 2, HORIZON).tolist()), CostChange("c1", (), 0.2)],
    )


def _everything(rng: Random, budget: float) -> PlanSettings:
    utility = list(Utility)[int(rng.integers(len(Utility)))]
    return PlanSettings(
        HORIZON,
        bounds=[Bound("c0", maximum=_share(rng, budget)), Bound("c2", _share(rng, budget), or_nothing=True)],
        groups=_group(rng, budget).groups,
        ratios=[Ratio("c1", "c2", maximum=2.0)],
        period_budgets=_periods(rng, budget).period_budgets,
        utility=utility,
    )


def _contradiction(rng: Random, budget: float) -> PlanSettings:
    floors = [Bound("c0", minimum=0.7 * budget), Bound("c1", minimum=float(rng.uniform(0.2, 0.6)) * budget)]
    return PlanSettings(HORIZON, bounds=floors)


def _of(utility: Utility) -> Callable[[Random], Problem]:
    level = 0.1
    return lambda rng: _problem(rng, lambda *_: PlanSettings(HORIZON, utility=utility, risk_level=level))


def _with(
    settings: Callable[[Random, float], PlanSettings], saturation: str = ""
) -> Callable[[Random], Problem]:
    return lambda rng: _problem(rng, settings, saturation)


def _bounds_and_budgets(rng: Random) -> Problem:
    """Bounds, corners, budgets from next to nothing to a million times the usual, near-zero channels."""
    case = random_case(int(rng.integers(10_000)))
    return Problem(case.fit, case.budget, case.settings)


KINDS: dict[str, tuple[int, Callable[[Random], Problem]]] = {
    "bounds, corners, tiny and huge budgets": (4, _bounds_and_budgets),
    "groups": (1, _with(_group)),
    "ratios": (1, _with(_ratio)),
    "period budgets": (1, _with(_periods)),
    "off or above a floor": (1, _with(_off_or_floor)),
    "prices and demand over time": (1, _with(_price_and_demand)),
    "S-shaped curves": (1, _with(lambda *_: PlanSettings(HORIZON), "hill")),
    "everything at once": (1, _with(_everything)),
    "contradictions": (1, _with(_contradiction)),
    **{f"utility: {kind.name.lower()}": (1, _of(kind)) for kind in Utility},
}


def violation(plan: BudgetPlan, problem: Problem) -> float:
    """Largest violation of what was asked for, as a share of the budget, from the settings themselves."""
    names = [allocation.name for allocation in plan.allocations]
    spend = dict(zip(names, (allocation.spend for allocation in plan.allocations), strict=True))
    by_period = np.array([period.spend.sum() for period in plan.periods])
    settings, budget = problem.settings, problem.budget
    limits: list[tuple[float, float | None, float | None]] = [(sum(spend.values()), budget, budget)]
    limits += [(amount, 0.0, None) for amount in spend.values()]
    for bound in settings.bounds:
        is_off = bound.or_nothing and spend[bound.channel] <= 1e-9 * budget
        limits.append((spend[bound.channel], None if is_off else bound.minimum, bound.maximum))
    for group in settings.groups:
        together = sum(spend[name] for name in group.channels)
        limits.append((together, group.minimum, group.maximum))
        limits.append((together / budget, group.minimum_share, group.maximum_share))
    for ratio in settings.ratios:
        for multiple, sign in ((ratio.minimum, 1.0), (ratio.maximum, -1.0)):
            if multiple is not None:
                limits.append((sign * (spend[ratio.channel] - multiple * spend[ratio.to]), 0.0, None))
    for period in settings.period_budgets:
        limits.append((by_period[period.first - 1 : period.last].sum(), period.minimum, period.maximum))
    beyond = [low - value for value, low, _ in limits if low is not None]
    beyond += [value - high for value, _, high in limits if high is not None]
    return max(0.0, *beyond) / budget


def attempt(problem: Problem, row: Row) -> None:
    """Solve one problem and note what happened."""
    begun = time.perf_counter()
    try:
        plan = optimize(problem.fit, problem.settings, problem.budget)
    except FailedPrecondition as refused:
        row.refusals[refused.reason] += 1
        return
    except Exception as failed:
        row.failures.append(repr(failed))
        return
    row.seconds.append(time.perf_counter() - begun)
    row.violations.append(violation(plan, problem))
    assert plan.solution is not None  # noqa: S101 - a plan that was solved for has one
    bound, reached = plan.solution.certificate.upper_bound, plan.solution.utility
    if bound is not None and reached != 0:
        row.gaps.append((bound - reached) / abs(reached))


def main() -> None:
    """Solve all and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--of-each-kind", type=int, default=20)
    arguments = parser.parse_args()
    warnings.simplefilter("error")
    table = Table("kind", "solved", "violation", "gap: median", "largest", "s: median", "largest", "refused")
    failures: list[str] = []
    solved = 0
    for place, (kind, (times, make)) in enumerate(KINDS.items()):
        rng, row = np.random.default_rng(place), Row()
        for _ in range(times * arguments.of_each_kind):
            attempt(make(rng), row)
        solved += len(row.seconds)
        failures += row.failures
        table.add_row(
            kind,
            str(len(row.seconds)),
            f"{max(row.violations, default=0.0):.0e}",
            f"{np.median(row.gaps):.0e}" if row.gaps else "none",
            f"{max(row.gaps):.0e}" if row.gaps else "none",
            f"{np.median(row.seconds):.2f}" if row.seconds else "",
            f"{max(row.seconds):.2f}" if row.seconds else "",
            ", ".join(f"{count} {reason}" for reason, count in row.refusals.items()),
        )
    console = Console(width=140)
    console.print(table)
    console.print(f"{solved} solved; {len(failures)} failed without a reason.", *failures, sep="\n")


if __name__ == "__main__":
    main()
