"""Is the truth recovered? Many simulated data sets, each fitted by us and by plain pymc-marketing.

``python benchmarks/recovery/run.py --data-sets 20`` prints, over all data sets and channels, how often the
90 % interval holds the truth, how wide it is against the truth, and the median error of the median, for ROI,
marginal ROI and contribution. The peer is pymc-marketing's `MMM` with its defaults, the same sampler and the
same variables: its ROI follows from its contributions, its marginal ROI from the same draws.
"""

import argparse
import json
import logging
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
from pymc_marketing.mmm import GeometricAdstock, LogisticSaturation
from pymc_marketing.mmm.mmm import MMM
from rich.console import Console
from rich.table import Table

from mmm_core.fitted import COMPONENTS_FILE, FIT_DATA_FILE, POSTERIOR_FILE, FittedModel, fitted_model
from mmm_core.media import Floats, ResponseParameters, ResponseShape
from mmm_core.quantities import incremental_outcome, marginal_outcome, roi, whole, window_spend
from mmm_core.simulation import SimulatedData, generate, parse_design_text
from mmm_fitting.pipeline import run_pipeline

HERE = Path(__file__).parent
ENGINE = "h5netcdf"
QUANTITIES = ("roi", "marginal roi", "contribution")


def our_fit(data: SimulatedData) -> FittedModel:
    """Fit with our pipeline and read back what it stored."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run_pipeline(data.config, data.table, folder, report=lambda *_: None, is_cancelled=lambda: False)
        free, derived = (
            xr.load_dataset(folder / POSTERIOR_FILE, engine=ENGINE, group=group)
            for group in ("posterior", "derived")
        )
        rest = [xr.load_dataset(folder / file, engine=ENGINE) for file in (COMPONENTS_FILE, FIT_DATA_FILE)]
    return fitted_model(data.config, free.merge(derived), *rest)


def plain_fit(data: SimulatedData, seed: int) -> FittedModel:
    """Fit with the library's defaults; the result as our arrays, so one function computes all figures."""
    config, table = data.config, data.table.copy()
    signals = [*config.competitors, *config.controls]
    controls = [signal.column for signal in signals]
    table[controls] = (table[controls] - table[controls].mean()) / table[controls].std()
    for event in config.events:
        ends = table[config.date_column] + pd.Timedelta(days=6)
        inside = (table[config.date_column] <= str(event.end)) & (ends >= str(event.start))
        table[event.name] = inside.astype(float)
        controls.append(event.name)
    table["t"] = np.linspace(0, 1, len(table))
    media = [medium.driver_column for medium in config.media]
    mmm = MMM(
        date_column=config.date_column,
        channel_columns=media,
        control_columns=[*controls, "t"],
        target_column=config.kpi.column,
        adstock=GeometricAdstock(l_max=config.channels[0].adstock.lags),
        saturation=LogisticSaturation(),
        yearly_seasonality=2,
    )
    target = table.pop(config.kpi.column)
    mmm.fit(table, target, random_seed=seed, progressbar=False, nuts_sampler="nutpie")
    posterior = mmm.idata["posterior"].to_dataset()

    def drawn(variable: str) -> Floats:
        values = posterior[variable].transpose("chain", "draw", "channel").to_numpy()
        return values.reshape(-1, 1, len(media))

    shape = ResponseShape("geometric", config.channels[0].adstock.lags, "logistic")
    parameters = ResponseParameters(
        (shape,) * len(media),
        coefficient=drawn("saturation_beta") * float(target.max()),
        retention=drawn("adstock_alpha"),
        steepness=drawn("saturation_lam"),
    )
    truth = data.truth
    return FittedModel(
        config=config,
        dates=truth.dates,
        cells=truth.cells,
        kpi=truth.kpi,
        exposure=truth.exposure,
        cost=truth.cost,
        exposure_scale=truth.exposure_scale,
        unit_value=truth.unit_value,
        parameters=parameters,
        effect=parameters.coefficient[:, 0],
        components=(),
        component_draws=np.arange(0),
    )


def figures(fit: FittedModel) -> dict[str, Floats]:
    """Draws of every quantity of the paid channels, shape (S, C)."""
    window, paid = whole(fit), slice(0, fit.paid_count)
    outcome, spend = incremental_outcome(fit, window)[:, paid], window_spend(fit, window)[paid]
    marginal = marginal_outcome(fit, window, np.ones(1))[0][:, paid]
    value = fit.unit_value or 1.0
    return {"roi": roi(outcome, spend, value), "marginal roi": marginal * value, "contribution": outcome}


def scores(fit: FittedModel, truth: FittedModel, label: str, seed: int) -> Iterator[dict[str, object]]:
    """One row per quantity and channel."""
    true, drawn = figures(truth), figures(fit)
    for quantity in QUANTITIES:
        lower, median, upper = np.quantile(drawn[quantity], [0.05, 0.5, 0.95], axis=0)
        for place, channel in enumerate(fit.config.channels):
            value = float(true[quantity][0, place])
            yield {
                "model": label,
                "seed": seed,
                "channel": channel.name,
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
    parser.add_argument("--output", type=Path, help="file for all rows, as JSON lines")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.INFO)
    design = parse_design_text(arguments.design.read_text(encoding="utf-8"))
    rows: list[dict[str, object]] = []
    for seed in range(arguments.first_seed, arguments.first_seed + arguments.data_sets):
        data = generate(design, seed)
        for label, fit in (
            ("ours", lambda d=data: our_fit(d)),
            ("plain", lambda d=data, s=seed: plain_fit(d, s)),
        ):
            begun = time.perf_counter()
            rows += scores(fit(), data.truth, label, seed)
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
