"""Fits written into a store the way the fitting service leaves them, without sampling anything."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import xarray as xr

from mmm_core import fitted
from mmm_core.fitted import FittedModel
from mmm_core.names import FitName
from mmm_core.records import (
    ArtifactRecord,
    Convergence,
    FitRecord,
    FitResult,
    FitState,
    InSampleFit,
    Outcome,
    fit_artifact_key,
    fit_key,
)
from mmm_store.store import Store

MOMENT = datetime(2024, 1, 1, tzinfo=UTC)


def store_fit(
    store: Store, name: FitName, fit: FittedModel, folder: Path, *, state: FitState = FitState.SUCCEEDED
) -> None:
    """Write the artifacts of a fit, then its record."""
    artifacts = [_store_artifact(store, name, file) for file in _write_files(fit, folder)]
    result = FitResult(
        convergence=Convergence(
            max_r_hat=1.0, min_ess_bulk=900, min_ess_tail=900, divergences=0, chains=2, draws=200
        ),
        in_sample_fit=InSampleFit(r_squared=0.9, mape=0.05),
        stage_seconds={},
        sampler="none",
        library_versions={},
        artifacts=tuple(artifacts),
    )
    record = FitRecord(
        name=str(name),
        display_name="Stored",
        dataset=f"clients/{name.client}/datasets/d",
        table=ArtifactRecord(artifact_id="data.parquet", key="none", size_bytes=0, sha256="none"),
        config=fit.config,
        create_time=MOMENT,
        outcome=Outcome(state=state, end_time=MOMENT, result=result if state is FitState.SUCCEEDED else None),
    )
    store.create_record(fit_key(name), record.model_dump(mode="json"))


def _store_artifact(store: Store, name: FitName, file: Path) -> ArtifactRecord:
    info = store.put_artifact(fit_artifact_key(name, 1, file.name), file)
    return ArtifactRecord(artifact_id=file.name, key=info.key, size_bytes=info.size_bytes, sha256=info.sha256)


def _write_files(fit: FittedModel, folder: Path) -> list[Path]:
    parameters = fit.parameters
    drawn = {
        fitted.EFFECT: fit.effect,
        fitted.COEFFICIENT: parameters.coefficient,
        fitted.RETENTION: parameters.retention,
        fitted.PEAK_LAG: parameters.peak_lag,
        fitted.STEEPNESS: parameters.steepness,
        fitted.HALF_SATURATION: parameters.half_saturation,
        fitted.SLOPE: parameters.slope,
    }
    media = list(fit.media_names)
    posterior = xr.Dataset(
        {
            key: (("chain", "draw", "channel"), values.reshape(2, -1, len(media)))
            for key, values in drawn.items()
            if values is not None
        },
        coords={"channel": media},
    )
    tree = xr.DataTree.from_dict({"posterior": posterior, "sample_stats": xr.Dataset()})
    tree.to_netcdf(folder / fitted.POSTERIOR_FILE, engine="h5netcdf")
    components = xr.Dataset(
        {"contribution": (("component", "sample", "date"), np.zeros((1, 1, len(fit.dates))))},
        coords={
            "component": ["intercept"],
            "label": ("component", ["Intercept"]),
            "kind": ("component", ["baseline"]),
            "sample": [0],
        },
    )
    components.to_netcdf(folder / fitted.COMPONENTS_FILE, engine="h5netcdf")
    data = xr.Dataset(
        {
            "kpi": ("date", fit.kpi),
            "exposure": (("date", "channel"), fit.exposure),
            "cost": (("date", "channel"), fit.cost),
        },
        coords={"date": fit.dates.astype("datetime64[ns]"), "channel": media},
    )
    data.to_netcdf(folder / fitted.FIT_DATA_FILE, engine="h5netcdf")
    return [folder / name for name in (fitted.POSTERIOR_FILE, fitted.COMPONENTS_FILE, fitted.FIT_DATA_FILE)]
