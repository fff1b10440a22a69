"""Fit one data set with Google Meridian, in an environment of its own, and write draws of its figures.

``python meridian_fit.py FOLDER`` reads ``table.csv`` and ``job.json`` from the folder and writes
``draws.npz``. Meridian brings TensorFlow, so it is no dependency of this project: install ``google-meridian``
into a virtual environment and give its interpreter to ``run.py --meridian``. Priors are Meridian's own; the
number of knots of its baseline is chosen by its own search, because its default for one region is a constant.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from meridian.analysis.analyzer import Analyzer
from meridian.data.data_frame_input_data_builder import DataFrameInputDataBuilder
from meridian.model.model import Meridian
from meridian.model.spec import ModelSpec


def fitted(table: pd.DataFrame, job: dict[str, Any]) -> Meridian:
    """Fit with Meridian's defaults but for the carryover's length and the search for knots."""
    builder = (
        DataFrameInputDataBuilder(kpi_type="revenue")
        .with_kpi(table, kpi_col=job["kpi"], time_col=job["date"])
        .with_controls(table, control_cols=job["controls"], time_col=job["date"])
        .with_media(
            table,
            media_cols=job["drivers"],
            media_spend_cols=job["spends"],
            media_channels=job["channels"],
            time_col=job["date"],
        )
    )
    if job["owned"]:
        builder = builder.with_organic_media(
            table,
            organic_media_cols=job["owned"],
            organic_media_channels=job["owned"],
            media_time_col=job["date"],
        )
    model = Meridian(
        input_data=builder.build(), model_spec=ModelSpec(max_lag=job["max_lag"], enable_aks=True)
    )
    model.sample_posterior(n_chains=4, n_adapt=500, n_burnin=250, n_keep=500, seed=job["seed"])
    return model


def draws(model: Meridian, spend: np.ndarray) -> dict[str, np.ndarray]:
    """ROI, marginal ROI and contribution of the paid channels, shape (S, C)."""
    analyzer = Analyzer(model_context=model.model_context, inference_data=model.inference_data)
    roi, marginal = (
        np.asarray(values).reshape(-1, len(spend)) for values in (analyzer.roi(), analyzer.marginal_roi())
    )
    return {"roi": roi, "marginal_roi": marginal, "contribution": roi * spend}


def main() -> None:
    """Read, fit, write."""
    folder = Path(sys.argv[1])
    table, job = pd.read_csv(folder / "table.csv"), json.loads((folder / "job.json").read_text())
    found = draws(fitted(table, job), table[job["spends"]].sum().to_numpy())
    np.savez(folder / "draws.npz", **found)


if __name__ == "__main__":
    main()
