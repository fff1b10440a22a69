"""What was fitted, stored and read again in another process is what the model says, in every draw."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from mmm_core.fitted import COMPONENTS_FILE, FIT_DATA_FILE, POSTERIOR_FILE, SPEC_FILE
from mmm_core.quantities import contributions_by_cell, expected_kpi_by_cell, roi, whole, window_spend
from mmm_core.response import incremental_outcome, marginal_outcome
from mmm_store.fits import read_fitted_model

ENGINE = "h5netcdf"
# Rebuilds the model of a stored fit and lets pymc-marketing say what it is made of.
REBUILD = """
import json, sys
from pathlib import Path
import pandas as pd, xarray as xr
from mmm_core.config import parse_config
from mmm_core.signals import build_model_data
from mmm_fitting.derived import evaluate
from mmm_fitting.model.build import build_model

folder = Path(sys.argv[1])
config = parse_config(json.loads((folder / "spec.json").read_text())["config"])
data = build_model_data(config, pd.read_parquet(folder / "table.parquet"))
free = xr.load_dataset(folder / "posterior.nc", group="posterior", engine="h5netcdf")
drawn = evaluate(build_model(config, data).model, free, ["channel_contribution", "mu"])
(drawn * data.kpi_scale[0]).to_netcdf(folder / "rebuilt.nc", engine="h5netcdf")
"""


@pytest.fixture(scope="module")
def folder(local_stack, simulated_fit, tmp_path_factory):
    """The files of the shared fit, the table it was made of, and what a rebuilt model says."""
    fit, simulation = simulated_fit
    folder = tmp_path_factory.mktemp("stored")
    with local_stack.client() as client:
        for file in (POSTERIOR_FILE, COMPONENTS_FILE, FIT_DATA_FILE, SPEC_FILE):
            client.download_artifact(fit.name, file, folder / file)
    trained = len(simulation.table) - fit.result.holdout.period_count
    simulation.table.iloc[:trained].to_parquet(folder / "table.parquet")
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, "-c", REBUILD, str(folder)], env=os.environ, cwd=root, timeout=280, check=True
    )
    return folder


@pytest.fixture(scope="module")
def fit(folder, simulated_fit):
    _, simulation = simulated_fit
    return read_fitted_model(simulation.config, folder.joinpath)


def test_a_rebuilt_model_has_the_contributions_that_analysis_computes(folder, fit):
    rebuilt = xr.load_dataset(folder / "rebuilt.nc", engine=ENGINE).stack(sample=("chain", "draw"))

    ours = contributions_by_cell(fit, slice(None))[:, :, 0]
    theirs = rebuilt["channel_contribution"].transpose("sample", "date", "channel").to_numpy()
    np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-6 * theirs.max())

    expected = rebuilt["mu"].transpose("sample", "date").to_numpy()[fit.component_draws]
    np.testing.assert_allclose(expected_kpi_by_cell(fit)[..., 0], expected, rtol=1e-6)


def test_services_answer_what_the_stored_files_say(client, simulated_fit, fit):
    answer = client.channel_results(simulated_fit[0].name)

    window = whole(fit)
    gained, spend = incremental_outcome(fit, window), window_spend(fit, window)
    returns, marginal = roi(gained, spend, 1.0), marginal_outcome(fit, window, np.ones(1))[0]
    for place, row in enumerate(answer.channels[: fit.paid_count]):
        assert row.incremental_outcome.mean == pytest.approx(gained[:, place].mean(), rel=1e-6)
        assert row.roi.median == pytest.approx(np.median(returns[:, place]), rel=1e-6)
        assert row.roi.upper == pytest.approx(np.quantile(returns[:, place], 0.95), rel=1e-6)
        assert row.marginal_roi.mean == pytest.approx(marginal[:, place].mean(), rel=1e-6)
