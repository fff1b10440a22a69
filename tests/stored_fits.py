"""Fits written into a store the way the fitting service leaves them, without sampling anything."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import xarray as xr

from mmm_core import fitted
from mmm_core.continuation import SIGNAL_CARRYOVER, SIGNAL_COEFFICIENT
from mmm_core.fitted import Component, FittedModel
from mmm_core.media import SHAPE_PARAMETERS
from mmm_core.model_data import ComponentKind, ModelData, Signal, model_data_to_dataset
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

CHAINS = 2
MOMENT = datetime(2024, 1, 1, tzinfo=UTC)


def store_fit(
    store: Store,
    name: FitName,
    fit: FittedModel,
    folder: Path,
    *,
    state: FitState = FitState.SUCCEEDED,
    loo: xr.Dataset | None = None,
) -> None:
    """Write the artifacts of a fit, then its record; without `loo` as an earlier version left it."""
    files = _write_files(fit, folder)
    if loo is not None:
        loo.to_netcdf(folder / fitted.LOO_FILE, engine="h5netcdf")
        files.append(folder / fitted.LOO_FILE)
    artifacts = [_store_artifact(store, name, file) for file in files]
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
    """Write the files of a fit in the stored format, draws as two chains."""
    _posterior_tree(fit).to_netcdf(folder / fitted.POSTERIOR_FILE, engine="h5netcdf")
    _components(fit).to_netcdf(folder / fitted.COMPONENTS_FILE, engine="h5netcdf")
    data = ModelData(
        fit.dates,
        fit.cells,
        fit.kpi,
        fit.exposure,
        fit.cost,
        signals=_signals(fit),
        unit_value=fit.unit_value,
    )
    model_data_to_dataset(fit.config, data).to_netcdf(folder / fitted.FIT_DATA_FILE, engine="h5netcdf")
    return [folder / name for name in (fitted.POSTERIOR_FILE, fitted.COMPONENTS_FILE, fitted.FIT_DATA_FILE)]


def _signals(fit: FittedModel) -> tuple[Signal, ...]:
    """Signals of a fit that can be continued."""
    if fit.continuation is None:
        return ()
    terms, kinds = fit.continuation.signals, {term.name: term.kind for term in fit.components}
    return tuple(
        Signal(
            name,
            terms.labels[place],
            kinds[name],
            "free",
            terms.values[..., place] * terms.scale[place] + terms.centre[place],
            effect_scale=1.0,
            centre=float(terms.centre[place]),
            scale=float(terms.scale[place]),
        )
        for place, name in enumerate(terms.names)
    )


def _posterior_tree(fit: FittedModel) -> xr.DataTree:
    media = list(fit.media_names)
    shapes = {
        fitted.STORED_NAMES[name]: values[:, 0]
        for name in SHAPE_PARAMETERS
        if (values := getattr(fit.parameters, name)) is not None
    }
    posterior = xr.Dataset(
        {
            key: (("chain", "draw", "channel"), values.reshape(CHAINS, -1, len(media)))
            for key, values in ({fitted.EFFECT: fit.effect} | shapes).items()
        },
        coords={"channel": media},
    )
    coefficient = fit.parameters.coefficient.reshape(CHAINS, -1, len(fit.cells), len(media))
    derived = xr.Dataset({fitted.COEFFICIENT: (("chain", "draw", "cell", "channel"), coefficient)})
    if fit.noise is not None:
        sigma = (fit.noise.sigma / fit.kpi.max(axis=0)).reshape(CHAINS, -1, len(fit.cells))
        dims = ("chain", "draw", "cell") if fit.config.dimensions else ("chain", "draw")
        posterior[fitted.NOISE_SCALE] = (dims, sigma if fit.config.dimensions else sigma[..., 0])
    diverging = np.zeros((CHAINS, posterior.sizes["draw"]), dtype=bool)
    energy = np.random.default_rng(1).normal(100, 5, diverging.shape)
    sample_stats = xr.Dataset(
        {"diverging": (("chain", "draw"), diverging), "energy": (("chain", "draw"), energy)}
    )
    tree = xr.DataTree.from_dict({"posterior": posterior, "derived": derived, "sample_stats": sample_stats})
    tree.attrs["format_version"] = fitted.FORMAT_VERSION
    return tree


def _components(fit: FittedModel) -> xr.Dataset:
    """The stored terms; an intercept of nothing when the fit has none."""
    none = Component("intercept", "Intercept", ComponentKind.BASELINE, np.zeros((1, *fit.kpi.shape)))
    terms = fit.components or (none,)
    continued = {}
    if fit.continuation is not None:
        drawn = fit.continuation.signals.parameters
        continued[SIGNAL_COEFFICIENT] = (("sample", "cell", "signal_name"), drawn.coefficient)
        if drawn.retention is not None:
            continued[SIGNAL_CARRYOVER["alpha"]] = (("sample", "signal_name"), drawn.retention[:, 0])
    return xr.Dataset(
        {"contribution": (("component", "sample", "date", "cell"), np.stack([term.draws for term in terms]))}
        | continued,
        coords={
            "component": [term.name for term in terms],
            "label": ("component", [term.label for term in terms]),
            "kind": ("component", [str(term.kind) for term in terms]),
            "sample": fit.component_draws if fit.components else [0],
        },
    )
