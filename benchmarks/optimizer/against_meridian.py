"""Our optimizer against Google Meridian's `BudgetOptimizer`: same draws, flighting, budgets and bounds.

``python benchmarks/optimizer/against_meridian.py --meridian PYTHON``, the interpreter of an environment with
``google-meridian``, simulates weekly data, fits them with Meridian (see `meridian_plans.py`) and asks both
for the best split of some budgets over all dates, the flighting of each channel kept, no channel above twice
its share. One function judges both answers: the mean of `mmm_core.response.response` at the multiples of what
was spent.

Meridian's response is ours with other names: geometric carryover that sums to one, then a Hill curve, of
spend over the median of what was spent. That is checked first, draw by draw, against the incremental outcome
that Meridian gives. It counts no carryover after the last date, ours does: so nothing is spent in the last
periods. Meridian searches a grid of spends whose step follows from its tolerance for the budget, `gtol`; its
default is a ten thousandth. It may spend more than was asked for, in total and on a channel: outcomes are
compared at what it spends. Its compilation falls into its first budget, so that one is asked twice.
"""

import argparse
import json
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table
from simulated_fit import MAX_LAG, simulate

from mmm_core.config.media import SaturationFamily
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats, ResponseParameters, ResponseShape
from mmm_core.quantities import whole
from mmm_core.response import incremental_outcome, response
from mmm_core.simulation import SimulatedData
from mmm_optimizer.modes import optimize
from mmm_optimizer.request import Bound, ChannelFlight, PlanSettings

HERE = Path(__file__).parent
LEVELS = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
# Most that a channel gets, relative to its share of the budget.
CAP = 2.0


def quiet_at_the_end(data: SimulatedData) -> tuple[pd.DataFrame, Floats]:
    """The data with nothing spent in the last periods, and the spend, shape (T, 1, C)."""
    table, columns = data.table.copy(), [channel.spend_column for channel in data.config.channels]
    table.loc[table.index[-MAX_LAG:], columns] = 0.0
    return table, table[columns].to_numpy(dtype=float)[:, None]


def meridian(
    data: SimulatedData, table: pd.DataFrame, python: Path, job: dict[str, object]
) -> dict[str, Floats]:
    """What Meridian's own process found."""
    config = data.config
    job = job | {
        "date": config.date_column,
        "kpi": config.kpi.column,
        "channels": [channel.spend_column for channel in config.channels],
        "max_lag": MAX_LAG,
        "knots": 10,
        "cap": CAP,
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table.to_csv(folder / "table.csv", index=False, date_format="%Y-%m-%d")
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        subprocess.run([python, HERE / "meridian_plans.py", folder], check=True, capture_output=True)
        with np.load(folder / "plans.npz") as found:
            return {key: found[key].astype(np.float64) for key in found}


def same_draws(data: SimulatedData, spend: Floats, found: dict[str, Floats]) -> FittedModel:
    """Meridian's draws as a fit of ours."""
    channels, truth = spend.shape[-1], data.truth
    scale = spend.max(axis=0)
    coefficient = (found["coefficient"] * found["kpi_scale"])[:, None]
    # Meridian's own prior holds the slope at 1, where Hill's curve is Michaelis and Menten's.
    family: SaturationFamily = "michaelis_menten" if (found["slope"] == 1).all() else "hill"
    return FittedModel(
        config=data.config,
        dates=truth.dates,
        cells=truth.cells,
        kpi=truth.kpi,
        exposure=spend,
        cost=spend,
        exposure_scale=scale,
        unit_value=truth.unit_value,
        parameters=ResponseParameters(
            (ResponseShape("geometric", MAX_LAG + 1, family),) * channels,
            coefficient=coefficient,
            retention=found["retention"][:, None],
            half_saturation=(found["half"] * found["media_scale"] / scale[0])[:, None],
            slope=found["slope"][:, None],
        ),
        effect=coefficient[:, 0],
        components=(),
        component_draws=np.arange(0),
    )


def caps_of(fit: FittedModel, budget: float) -> Floats:
    """Most that each channel gets of a budget, shape (C,)."""
    return CAP * budget * fit.cost.sum(axis=(0, 1)) / fit.cost.sum()


def ours(fit: FittedModel, budget: float, caps: Floats, repeats: int) -> tuple[Floats, float]:
    """Our split of a budget, described and proved, and the seconds of the fastest of some calls."""
    spend = fit.cost[:, 0]
    settings = PlanSettings(
        len(spend),
        bounds=[
            Bound(channel.name, minimum=0.0, maximum=cap)
            for channel, cap in zip(fit.config.channels, caps, strict=True)
        ],
        flights=[
            ChannelFlight(channel.name, tuple(spend[:, place]))
            for place, channel in enumerate(fit.config.channels)
        ],
        carry_in=False,
    )
    fastest = np.inf
    for _ in range(repeats):
        begun = time.perf_counter()
        plan = optimize(fit, settings, budget)
        fastest = min(fastest, time.perf_counter() - begun)
    return np.array([allocation.spend for allocation in plan.allocations]), fastest


def mean_outcome(fit: FittedModel, amounts: Floats) -> float:
    """The one function that judges both."""
    multiples = amounts / fit.cost.sum(axis=(0, 1))
    each_draw = np.broadcast_to(multiples, (1, len(fit.effect), len(multiples)))
    return float(response(fit, whole(fit), each_draw).sum(axis=-1).mean())


def breach(fit: FittedModel, amounts: Floats, budget: float) -> float:
    """Largest violation of budget and bounds, as a share of the budget."""
    beyond = max(float((-amounts).max()), float((amounts - caps_of(fit, budget)).max()), 0.0)
    return max(abs(float(amounts.sum()) - budget), beyond) / budget


def main() -> None:
    """Fit once, optimise the budgets with both, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meridian", type=Path, required=True, help="interpreter that has google-meridian")
    parser.add_argument("--channels", type=int, default=12)
    parser.add_argument("--draws", type=int, default=1_000)
    parser.add_argument("--gtol", type=float, default=1e-4, help="Meridian's tolerance; 1e-4 is its default")
    parser.add_argument("--repeats", type=int, default=3, help="of our calls; the fastest counts")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    data = simulate(arguments.channels)
    table, spend = quiet_at_the_end(data)
    # Whole money, as Meridian's grid is; the first budget is asked twice, for what is compiled.
    budgets = [float(round(level * spend.sum())) for level in (LEVELS[0], *LEVELS)]
    job = {"budgets": budgets, "draws": arguments.draws, "gtol": arguments.gtol}
    found = meridian(data, table, arguments.meridian, job)
    fit = same_draws(data, spend, found)
    console = Console(width=110)
    reproduced = incremental_outcome(fit, whole(fit)) / found["outcome"] - 1
    console.print(
        f"Incremental outcome, largest relative difference in a draw: {np.abs(reproduced).max():.1e}"
    )
    columns = (
        "budget / spent",
        "ours, s",
        "Meridian, s",
        "ratio",
        "Meridian's gap",
        "breach, ours",
        "Meridian",
    )
    shown, ratios, gaps = Table(*columns), [], []
    for level, budget, theirs, seconds in zip(
        LEVELS, budgets[1:], found["amounts"][1:], found["seconds"][1:], strict=True
    ):
        caps = caps_of(fit, budget)
        amounts, own = ours(fit, budget, caps, arguments.repeats)
        ratios.append(seconds / own)
        at_theirs, _ = ours(fit, float(theirs.sum()), np.maximum(caps, theirs), 1)
        gaps.append(1 - mean_outcome(fit, theirs) / mean_outcome(fit, at_theirs))
        shown.add_row(
            *(f"{level:.2f}", f"{own:.3f}", f"{seconds:.2f}", f"{ratios[-1]:.0f}", f"{gaps[-1]:.1e}"),
            *(f"{breach(fit, split, budget):.0e}" for split in (amounts, theirs)),
        )
    console.print(shown)
    console.print(f"Meridian's first call: {found['seconds'][0]:.2f} s.")
    console.print(
        f"Ratio of seconds: median {np.median(ratios):.0f}, {min(ratios):.0f} to {max(ratios):.0f}."
    )
    console.print(f"Our outcome less Meridian's, relative: {min(gaps):.1e} to {max(gaps):.1e}.")


if __name__ == "__main__":
    main()
