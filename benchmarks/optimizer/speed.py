"""Seconds of one optimisation, a frontier and a target, on one fit of 12 channels with 1 000 draws.

``python benchmarks/optimizer/speed.py`` fits simulated data, then prints the first and the fastest of some
calls. Every call gets the fit in memory and nothing else: it checks the settings, prepares the model of the
plan, solves, proves and describes.
"""

import argparse
import time
import warnings
from collections.abc import Callable

from rich.console import Console
from rich.table import Table
from simulated_fit import shared_fit

from mmm_core.fitted import FittedModel
from mmm_core.horizon import reference_spend
from mmm_optimizer.frontier import frontier
from mmm_optimizer.modes import optimize
from mmm_optimizer.request import Group, PeriodBudget, PlanSettings, Utility
from mmm_optimizer.targets import Target, TargetRequest, find_budget

HORIZON = 26
FRONTIER_POINTS = 50


def calls(fit: FittedModel) -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    budget = float(reference_spend(fit, HORIZON).sum())
    outcome = optimize(fit, PlanSettings(HORIZON), budget).outcome.mean
    halves = PlanSettings(HORIZON, period_budgets=[PeriodBudget(1, HORIZON // 2, maximum=0.4 * budget)])
    names = [channel.name for channel in fit.config.channels]
    group = PlanSettings(HORIZON, groups=[Group(names[:4], maximum_share=0.2)])
    return {
        **{
            f"one plan, {kind.name.lower()}": lambda kind=kind: optimize(
                fit, PlanSettings(HORIZON, utility=kind), budget
            )
            for kind in Utility
        },
        "one plan, with a group": lambda: optimize(fit, group, budget),
        "one plan, with two period budgets": lambda: optimize(fit, halves, budget),
        f"frontier of {FRONTIER_POINTS} budgets": lambda: frontier(
            fit, PlanSettings(HORIZON), least=None, most=None, points=FRONTIER_POINTS, hurdle=1.0
        ),
        "budget of an outcome": lambda: find_budget(
            fit, PlanSettings(HORIZON), TargetRequest(Target.OUTCOME, outcome)
        ),
    }


def main() -> None:
    """Fit, time and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=12)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    fit = shared_fit(arguments.channels).ours
    table = Table("what", "first, s", "fastest of the others, s")
    for name, call in calls(fit).items():
        seconds = []
        for _ in range(arguments.repeats + 1):
            begun = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - begun)
        table.add_row(name, f"{seconds[0]:.3f}", f"{min(seconds[1:]):.3f}")
    Console(width=110).print(f"{arguments.channels} channels, {HORIZON} periods, {len(fit.effect)} draws")
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
