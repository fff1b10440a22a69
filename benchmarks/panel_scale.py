"""How long a panel takes to fit, what memory, and how large what is stored is.

``python benchmarks/panel_scale.py --cells 8 --periods 156 --channels 8`` simulates a panel with known truth,
fits it with the given preset as the worker does, and prints the stages' seconds, the largest resident memory,
the sampler's steps per draw, the size of the stored files, convergence, and how many 90 % intervals of ROI
hold the truth.
"""

import argparse
import json
import logging
import resource
import sys
import tempfile
import time
import warnings
from pathlib import Path

import xarray as xr

from mmm_core.fitted import POSTERIOR_FILE
from mmm_core.records import ChainProgress, FitStage
from mmm_core.simulation import SimulatedData, generate, parse_design
from mmm_fitting.pipeline import PipelineResult, run_pipeline

KPI_SHARE = 0.3


def simulate(cells: int, periods: int, channels: int) -> SimulatedData:
    """A panel whose channels bring 30 % of the KPI together."""
    media = [
        {
            "name": f"channel_{number}",
            "kpi_share": {"low": 0.5 * KPI_SHARE / channels, "high": 1.5 * KPI_SHARE / channels},
            "roi": {"low": 0.5, "high": 3.0},
            "spend": {"kind": "flighted" if number % 2 else "always_on"},
            "adstock": {"family": "geometric", "max_lag": 8, "retention": {"low": 0.1, "high": 0.6}},
            "saturation": {"family": "logistic", "steepness": {"low": 1.5, "high": 4.0}},
        }
        for number in range(channels)
    ]
    design = {
        "periods": periods,
        "panel": {"dimensions": {"region": [f"region {number}" for number in range(cells)]}},
        "channels": media,
    }
    return generate(parse_design(design), seed=1)


def covered(folder: Path, data: SimulatedData) -> int:
    """Channels whose 90 % interval of ROI holds the truth."""
    effect = xr.load_dataset(folder / POSTERIOR_FILE, group="posterior", engine="h5netcdf")["channel_effect"]
    lower, upper = (effect.quantile(q, ("chain", "draw")).to_numpy() for q in (0.05, 0.95))
    paid = slice(0, data.truth.paid_count)
    truth = data.truth.effect[0]
    return int(((lower <= truth) & (truth <= upper))[paid].sum())


def steps_per_draw(folder: Path) -> float:
    """Leapfrog steps the sampler took for a draw, on average."""
    stats = xr.load_dataset(folder / POSTERIOR_FILE, group="sample_stats", engine="h5netcdf")
    return float(stats["n_steps"].mean())


def show(stage: FitStage, chains: tuple[ChainProgress, ...]) -> None:
    """Write where the fit is, to standard error."""
    done = " ".join(f"{chain.finished_draws}/{chain.total_draws}" for chain in chains)
    print(f"\r{stage.value} {done}", end="", file=sys.stderr, flush=True)


def main() -> None:
    """Run the benchmark and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=8)
    parser.add_argument("--periods", type=int, default=156)
    parser.add_argument("--channels", type=int, default=8)
    parser.add_argument("--sampler", type=json.loads, default={}, help="overrides of the preset, as JSON")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.INFO)
    data = simulate(arguments.cells, arguments.periods, arguments.channels)
    sampler = data.config.sampler.model_copy(update=arguments.sampler)
    config = data.config.model_copy(update={"sampler": sampler})
    with tempfile.TemporaryDirectory() as name:
        folder, begun = Path(name), time.perf_counter()
        result = run_pipeline(config, data.table, folder, report=show, is_cancelled=lambda: False)
        seconds = time.perf_counter() - begun
        sizes = {file: round(path.stat().st_size / 1e6, 1) for file, path in result.files.items()}
        inside, steps = covered(folder, data), steps_per_draw(folder)
    figures = summary(result) | {
        "seconds": round(seconds, 1),
        "steps_per_draw": round(steps, 1),
        "stored_mb": sizes,
        "roi_intervals_with_the_truth": f"{inside} of {arguments.channels}",
    }
    print(json.dumps(figures, indent=1))


def summary(result: PipelineResult) -> dict[str, object]:
    """What the pipeline says of its run."""
    return {
        "stages": {stage.value: round(spent, 1) for stage, spent in result.stage_seconds.items()},
        "peak_memory_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
        "convergence": result.convergence.model_dump(),
        "r_squared": round(result.in_sample_fit.r_squared, 3),
    }


if __name__ == "__main__":
    main()
