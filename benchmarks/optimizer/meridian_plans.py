"""Fit one data set with Google Meridian and let its optimizer split budgets, in an environment of its own.

``python meridian_plans.py FOLDER`` reads ``table.csv`` and ``job.json`` from the folder and writes
``plans.npz``: the draws of its response, what it says media brought, and its splits with their seconds.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from meridian.analysis.analyzer import Analyzer
from meridian.analysis.optimizer import BudgetOptimizer
from meridian.data.data_frame_input_data_builder import DataFrameInputDataBuilder
from meridian.model.model import Meridian
from meridian.model.spec import ModelSpec


def fitted(table: pd.DataFrame, job: dict[str, Any]) -> Meridian:
    """Fit with Meridian's own priors, but for the carryover's length and the knots of its baseline."""
    data = (
        DataFrameInputDataBuilder(kpi_type="revenue")
        .with_kpi(table, kpi_col=job["kpi"], time_col=job["date"])
        .with_media(
            table,
            media_cols=job["channels"],
            media_spend_cols=job["channels"],
            media_channels=job["channels"],
            time_col=job["date"],
        )
        .build()
    )
    model = Meridian(input_data=data, model_spec=ModelSpec(max_lag=job["max_lag"], knots=job["knots"]))
    model.sample_posterior(n_chains=2, n_adapt=500, n_burnin=250, n_keep=job["draws"] // 2, seed=1)
    return model


def response(model: Meridian, channels: int) -> dict[str, np.ndarray]:
    """Draws of the media response, shape (S, C), its scales, and the incremental outcome, shape (S, C)."""
    posterior = model.inference_data.posterior
    context = model.model_context
    drawn = {
        name: np.asarray(posterior[source]).reshape(-1, channels)
        for name, source in {"retention": "alpha_m", "half": "ec_m", "slope": "slope_m"}.items()
    }
    # One region: the coefficient of the region is that of the medium.
    drawn["coefficient"] = np.asarray(posterior["beta_gm"]).reshape(-1, channels)
    drawn["media_scale"] = np.asarray(context.media_tensors.media_transformer.population_scaled_median_m)
    drawn["kpi_scale"] = np.asarray(context.kpi_transformer.population_scaled_stdev)
    analyzer = Analyzer(model_context=context, inference_data=model.inference_data)
    drawn["outcome"] = np.asarray(analyzer.incremental_outcome()).reshape(-1, channels)
    return drawn


def plans(model: Meridian, job: dict[str, Any]) -> dict[str, np.ndarray]:
    """Best splits of the budgets, shape (K, C), and the seconds each took."""
    optimizer = BudgetOptimizer(model)
    amounts, seconds = [], []
    for budget in job["budgets"]:
        begun = time.perf_counter()
        found = optimizer.optimize(
            budget=budget,
            spend_constraint_lower=1.0,
            spend_constraint_upper=job["cap"] - 1,
            gtol=job["gtol"],
        )
        seconds.append(time.perf_counter() - begun)
        amounts.append(found.optimized_data["spend"].to_numpy())
    return {"amounts": np.array(amounts), "seconds": np.array(seconds)}


def main() -> None:
    """Read, fit, optimise, write."""
    folder = Path(sys.argv[1])
    table, job = pd.read_csv(folder / "table.csv"), json.loads((folder / "job.json").read_text())
    model = fitted(table, job)
    np.savez(folder / "plans.npz", **response(model, len(job["channels"])), **plans(model, job))


if __name__ == "__main__":
    main()
