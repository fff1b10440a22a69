"""Our optimizer against pymc-marketing's `BudgetOptimizer`: same posterior, horizon, budgets and bounds.

``python benchmarks/optimizer/against_peers.py`` fits 12 channels on simulated data with pymc-marketing, gives
both optimizers the 1 000 draws and 26 periods after the data, and asks for the best split of 20 budgets from
0.1 to 4 times the usual. One function evaluates both answers: the mean of `PlanModel.outcome`.

Both solve the same problem. The library's window begins right after the data: what is left of earlier spend
saturates channels already, and it counts carryover after the window. Ours does the same with its default
`carry_in`. The library's objective also counts what earlier spend still brings, which no plan changes, so its
objective less that of no spend is to equal our function; the largest difference is printed. Its budgets are
money per period, ours money over the horizon. Its compilation is not counted in its seconds.
"""

import argparse
import time
import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr
from pymc_marketing.mmm.budget_optimizer import BudgetOptimizer, MinimizeException
from rich.console import Console
from rich.table import Table
from simulated_fit import SharedFit, shared_fit

from mmm_core.media import Floats
from mmm_optimizer.modes import Workbench, optimize, workbench
from mmm_optimizer.request import Bound, PlanSettings

HORIZON = 26
LEVELS = np.geomspace(0.1, 4.0, 20)
# Share of the budget that each channel gets at most.
CAP = 0.4


@dataclass(frozen=True)
class Answer:
    """One optimisation: the amounts (None when it failed) and what it took."""

    amounts: Floats | None
    seconds: float


@dataclass(frozen=True)
class Peer:
    """The library's optimizer, ready."""

    optimizer: BudgetOptimizer
    channels: list[str]
    build_seconds: float

    def best(self, budget: float) -> Answer:
        """Its best split of a budget."""
        bounds = dict.fromkeys(self.channels, (0.0, CAP * budget / HORIZON))
        begun = time.perf_counter()
        try:
            found = self.optimizer.allocate_budget(budget / HORIZON, budget_bounds=bounds)
        except MinimizeException:
            return Answer(None, time.perf_counter() - begun)
        return Answer(found.budgets.to_numpy() * HORIZON, time.perf_counter() - begun)

    def objective(self, amounts: Floats) -> float:
        """Its own objective at some amounts."""
        plan = xr.DataArray(amounts / HORIZON, dims="channel", coords={"channel": self.channels})
        return self.optimizer.evaluate_plan(plan).utility


def peer_of(shared: SharedFit) -> Peer:
    """Build the library's optimizer for the periods right after the data."""
    last = pd.Timestamp(shared.ours.dates[-1])
    begun = time.perf_counter()
    optimizer = shared.mmm.budget_optimizer(last + pd.Timedelta(weeks=1), last + pd.Timedelta(weeks=HORIZON))
    return Peer(optimizer, list(shared.mmm.channel_columns), time.perf_counter() - begun)


def ours(shared: SharedFit, budget: float) -> Answer:
    """Our best split of a budget, described and proved."""
    caps = [Bound(channel.name, maximum=CAP * budget) for channel in shared.ours.config.channels]
    begun = time.perf_counter()
    plan = optimize(shared.ours, PlanSettings(HORIZON, bounds=caps), budget)
    seconds = time.perf_counter() - begun
    return Answer(np.array([allocation.spend for allocation in plan.allocations]), seconds)


def mean_outcome(bench: Workbench, amounts: Floats) -> float:
    """The one function that judges both."""
    return float(bench.model.outcome(amounts).sum(axis=1).mean())


def breach(amounts: Floats, budget: float) -> float:
    """Largest violation of budget and bounds, as a share of the budget."""
    beyond = max(float((-amounts).max()), float((amounts - CAP * budget).max()))
    return max(abs(float(amounts.sum()) - budget), beyond, 0.0) / budget


def main() -> None:
    """Fit once, optimise 20 budgets with both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=12)
    parser.add_argument("--repeats", type=int, default=3, help="of our calls; the fastest counts")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    shared = shared_fit(arguments.channels)
    peer, bench = peer_of(shared), workbench(shared.ours, PlanSettings(HORIZON))
    usual = bench.problem.reference
    nothing = peer.objective(np.zeros_like(usual))
    table = Table(
        "budget / usual", "ours, s", "library, s", "ratio", "library's gap", "breach, ours", "breach, library"
    )
    ratios, gaps, differences, failures, first = [], [], [], 0, 0.0
    for level in LEVELS:
        budget = float(level * usual.sum())
        answers = [ours(shared, budget) for _ in range(arguments.repeats)]
        first = first or answers[0].seconds
        best = min(answers, key=lambda answer: answer.seconds)
        theirs = peer.best(budget)
        assert best.amounts is not None  # noqa: S101 - ours raises when it fails
        reached = mean_outcome(bench, best.amounts)
        differences.append(abs((peer.objective(best.amounts) - nothing) / reached - 1))
        ratios.append(theirs.seconds / best.seconds)
        row = [f"{level:.2f}", f"{best.seconds:.3f}", f"{theirs.seconds:.2f}", f"{ratios[-1]:.0f}"]
        if theirs.amounts is None:
            failures += 1
            table.add_row(*row, "failed", f"{breach(best.amounts, budget):.0e}", "")
            continue
        gaps.append(1 - mean_outcome(bench, theirs.amounts) / reached)
        table.add_row(
            *row,
            f"{gaps[-1]:.1e}",
            f"{breach(best.amounts, budget):.0e}",
            f"{breach(theirs.amounts, budget):.0e}",
        )
    console = Console(width=110)
    console.print(table)
    console.print(f"Library fails on {failures} of {len(LEVELS)} budgets; ours on 0.")
    console.print(f"Our outcome less the library's, relative: {min(gaps):.1e} to {max(gaps):.1e}.")
    console.print(
        f"Ratio of seconds: median {np.median(ratios):.0f}, {min(ratios):.0f} to {max(ratios):.0f}."
    )
    console.print(f"First of our calls {first:.3f} s; the library's preparation {peer.build_seconds:.2f} s.")
    console.print(f"Largest relative difference of the two objectives: {max(differences):.1e}.")


if __name__ == "__main__":
    main()
