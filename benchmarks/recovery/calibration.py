"""Simulation-based calibration: posteriors of the ROI parametrisation are as wide as they should be.

``python benchmarks/recovery/calibration.py --simulations 200`` draws parameters and a KPI from the prior,
fits the KPI, and ranks the parameters that made it among the draws of the posterior, many times. If model and
sampler are right, every rank is equally likely (Talts et al., "Validating Bayesian inference algorithms with
simulation-based calibration", 2018). A hump in the middle says that posteriors are too wide, a bowl that they
are too narrow, a slope that they are biased. One model is compiled; only its KPI changes, so everything the
model derives from the data (scales, spend, exposure) stays what it was.
"""

import argparse
import json
import logging
import time
import warnings
from pathlib import Path

import numpy as np
import nutpie
import xarray as xr
from figures import figures
from pymc.model.transform.optimization import freeze_dims_and_data
from pymc_marketing.mmm.mmm import MMM
from rich.console import Console
from rich.table import Table
from scipy.stats import chisquare

from mmm_core.fitted import fitted_model
from mmm_core.media import Floats
from mmm_core.model_data import ModelData, model_data_to_dataset
from mmm_core.signals import build_model_data
from mmm_core.simulation import SimulatedData, generate, parse_design_text
from mmm_fitting.derived import response_draws
from mmm_fitting.model.build import build_model
from mmm_fitting.model.components import compute_components
from mmm_fitting.prior_preview import prior_draws

HERE = Path(__file__).parent
BINS = 10
# Neighbouring draws are alike; ranks need draws that are nearly independent.
DRAWS, TUNE, KEPT_DRAWS = 120, 250, 99
BARS = " ▁▂▃▄▅▆▇█"


class Simulator:
    """One compiled model, and what its draws mean."""

    def __init__(self, simulated: SimulatedData, simulations: int, seed: int) -> None:
        self.config = simulated.config
        self.data: ModelData = build_model_data(self.config, simulated.table)
        self.mmm: MMM = build_model(self.config, self.data)
        self.free, self.kpi = prior_draws(self.mmm, simulations, seed)
        self.components, _ = compute_components(self.mmm, self.data, self.free, np.arange(1))
        model = self.mmm.model
        constants = [name for name in model.named_vars if name.endswith("_data") and name != "target_data"]
        frozen = freeze_dims_and_data(model, data=constants)
        names = [variable.name for variable in model.free_RVs]
        self.compiled = nutpie.compile_pymc_model(frozen, var_names=names)

    def figures(self, free: xr.Dataset) -> dict[str, Floats]:
        """What is ranked, each of shape (S,)."""
        response = response_draws(self.mmm, self.config, self.data, free)
        fit = fitted_model(
            self.config, response, self.components, model_data_to_dataset(self.config, self.data)
        )
        returns = figures(fit)
        found = {"noise": free["y_sigma"].to_numpy().ravel()}
        for place, channel in enumerate(self.config.channels):
            found[f"ROI, {channel.name}"] = returns["roi"][:, place]
            found[f"marginal ROI, {channel.name}"] = returns["marginal roi"][:, place]
            retention, steepness = fit.parameters.retention, fit.parameters.steepness
            assert retention is not None and steepness is not None  # noqa: PT018, S101
            found[f"carryover, {channel.name}"] = retention[:, 0, place]
            found[f"saturation, {channel.name}"] = steepness[:, 0, place]
        return found

    def posterior(self, simulation: int, seed: int) -> xr.Dataset:
        """Draws of the free parameters given one simulated KPI, nearly independent."""
        kpi = self.kpi.isel(chain=0, draw=simulation).to_numpy() * self.data.kpi_scale
        compiled = self.compiled.with_data(target_data=kpi)
        trace = nutpie.sample(
            compiled,
            draws=DRAWS,
            tune=TUNE,
            chains=2,
            cores=2,
            seed=seed,
            target_accept=0.95,
            save_warmup=False,
            progress_bar=False,
        )
        drawn = trace["posterior"].to_dataset().stack(sample=("chain", "draw"))
        kept = np.linspace(0, drawn.sizes["sample"] - 1, KEPT_DRAWS).astype(int)
        return drawn.isel(sample=kept).drop_vars(["sample", "chain", "draw"])


def ranks(simulator: Simulator, simulations: int) -> dict[str, list[int]]:
    """Rank of the truth among the kept draws of the posterior, for every quantity and simulation."""
    posteriors = [simulator.posterior(simulation, seed=simulation) for simulation in range(simulations)]
    # All at once, because evaluating a model's variables takes longer to begin than to do.
    together = xr.concat(posteriors, "sample").rename(sample="draw").expand_dims("chain")
    truth, drawn = simulator.figures(simulator.free), simulator.figures(together)
    return {
        name: (values.reshape(simulations, KEPT_DRAWS) < truth[name][:, None]).sum(axis=1).tolist()
        for name, values in drawn.items()
    }


def show(found: dict[str, list[int]]) -> None:
    """Print histogram, test of uniformity and coverage of every quantity."""
    count = len(next(iter(found.values())))
    table = Table(
        "quantity", "ranks", "p of uniform ranks", "in 50 %", "in 90 %", title=f"{count} simulations"
    )
    for name, values in found.items():
        share = (np.array(values) + 0.5) / (KEPT_DRAWS + 1)
        counts = np.histogram(share, BINS, (0, 1))[0]
        heights = "".join(BARS[round(8 * number / counts.max())] for number in counts)
        inside = [f"{np.mean(np.abs(share - 0.5) < mass / 2):.0%}" for mass in (0.5, 0.9)]
        table.add_row(
            name, f"{heights}  {' '.join(map(str, counts))}", f"{chisquare(counts).pvalue:.2f}", *inside
        )
    Console(width=120).print(table)


def main() -> None:
    """Run the calibration and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulations", type=int, default=200)
    parser.add_argument("--design", type=Path, default=HERE / "calibration.yaml")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--output", type=Path, help="file for all ranks, as JSON")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.INFO)
    begun = time.perf_counter()
    simulated = generate(parse_design_text(arguments.design.read_text(encoding="utf-8")), arguments.seed)
    simulator = Simulator(simulated, arguments.simulations, arguments.seed)
    found = ranks(simulator, arguments.simulations)
    if arguments.output:
        report = {"kept_draws": KEPT_DRAWS, "ranks": found}
        arguments.output.write_text(json.dumps(report), encoding="utf-8")
    show(found)
    print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
