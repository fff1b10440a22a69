"""Is the truth recovered? Many simulated data sets, each fitted by us, pymc-marketing and Meridian.

``python benchmarks/recovery/run.py --data-sets 20`` prints, over all data sets and channels, how often the
90 % interval holds the truth, how wide it is against the truth, and the median error of the median, for ROI,
marginal ROI and contribution. The peer is pymc-marketing's `MMM` with its defaults, the same sampler and the
same variables: its ROI follows from its contributions, its marginal ROI from the same draws. With
``--meridian PYTHON``, the interpreter of an environment that has ``google-meridian``, Meridian is a second
peer (see `meridian_fit.py`).
"""

import argparse
import json
import logging
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from figures import QUANTITIES, Figures, figures
from plain_fit import plain_fit, with_events
from rich.console import Console
from rich.table import Table

from mmm_core.fitted import FittedModel
from mmm_core.simulation import SimulatedData, generate, parse_design_text
from mmm_fitting.pipeline import run_pipeline
from mmm_store.fits import read_fitted_model

HERE = Path(__file__).parent


def our_fit(data: SimulatedData) -> FittedModel:
    """Fit with our pipeline and read back what it stored."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run_pipeline(data.config, data.table, folder, report=lambda *_: None, is_cancelled=lambda: False)
        return read_fitted_model(data.config, folder.joinpath)


def meridian_figures(data: SimulatedData, seed: int, python: Path) -> Figures:
    """Draws of Meridian's figures, from a process of its own."""
    table, controls = with_events(data)
    config = data.config
    job = {
        "seed": seed,
        "date": config.date_column,
        "kpi": config.kpi.column,
        "controls": controls,
        "channels": [channel.name for channel in config.channels],
        "drivers": [channel.driver_column for channel in config.channels],
        "spends": [channel.spend_column for channel in config.channels],
        "owned": [owned.driver_column for owned in config.owned_media],
        "max_lag": config.channels[0].adstock.max_lag,
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table.to_csv(folder / "table.csv", index=False, date_format="%Y-%m-%d")
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        command = [python, HERE / "meridian_fit.py", folder]
        subprocess.run(command, check=True, capture_output=True)
        with np.load(folder / "draws.npz") as drawn:
            return {quantity: drawn[quantity.replace(" ", "_")] for quantity in QUANTITIES}


def scores(drawn: Figures, true: Figures, label: str, seed: int) -> Iterator[dict[str, object]]:
    """One row per quantity and channel."""
    for quantity in QUANTITIES:
        lower, median, upper = np.quantile(drawn[quantity], [0.05, 0.5, 0.95], axis=0)
        for place, value in enumerate(map(float, true[quantity][0])):
            yield {
                "model": label,
                "seed": seed,
                "channel": place,
                "quantity": quantity,
                "truth": value,
                "median": float(median[place]),
                "covered": bool(lower[place] <= value <= upper[place]),
                "width": float((upper[place] - lower[place]) / value),
                "error": float(abs(median[place] / value - 1)),
            }


def main() -> None:
    """Run the benchmark and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-sets", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--design", type=Path, default=HERE / "design.yaml")
    parser.add_argument("--meridian", type=Path, help="interpreter that has google-meridian")
    parser.add_argument("--output", type=Path, help="file for all rows, as JSON lines")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.INFO)
    design = parse_design_text(arguments.design.read_text(encoding="utf-8"))
    rows: list[dict[str, object]] = []
    for seed in range(arguments.first_seed, arguments.first_seed + arguments.data_sets):
        data = generate(design, seed)
        models: dict[str, Callable[[], Figures]] = {
            "ours": lambda d=data: figures(our_fit(d)),
            "pymc-marketing": lambda d=data, s=seed: figures(plain_fit(d, s)),
        }
        if arguments.meridian:
            models["Meridian"] = lambda d=data, s=seed: meridian_figures(d, s, arguments.meridian)
        true = figures(data.truth)
        for label, found in models.items():
            begun = time.perf_counter()
            rows += scores(found(), true, label, seed)
            print(f"data set {seed}, {label}: {time.perf_counter() - begun:.0f} s", flush=True)
        if arguments.output:
            arguments.output.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    show(pd.DataFrame(rows))


def show(rows: pd.DataFrame) -> None:
    """Print one line per model and quantity."""
    table = Table(
        "model", "quantity", "intervals", "coverage of 90 %", "median width / truth", "median error"
    )
    for (model, quantity), group in rows.groupby(["model", "quantity"]):
        table.add_row(
            str(model),
            str(quantity),
            str(len(group)),
            f"{group['covered'].mean():.0%}",
            f"{group['width'].median():.2f}",
            f"{group['error'].median():.0%}",
        )
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
