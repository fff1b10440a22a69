"""One fit from table to stored files: the only thing the worker process calls.

Everything is written into a folder; the worker puts the files into object storage.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from mmm_core.config import ModelConfig
from mmm_core.diagnostics import convergence, in_sample_fit
from mmm_core.effects import coefficient_from_effect, effect_reference
from mmm_core.findings import Finding, Severity
from mmm_core.fitted import (
    COEFFICIENT,
    COMPONENTS_FILE,
    EFFECT,
    FIT_DATA_FILE,
    FORMAT_VERSION,
    POSTERIOR_FILE,
    SPEC_FILE,
    FittedModel,
    fitted_model,
)
from mmm_core.model_data import ModelData, build_model_data, model_data_to_dataset
from mmm_core.quantities import expected_kpi
from mmm_core.records import ChainProgress, Convergence, FitStage, InSampleFit
from mmm_fitting.model.build import build_model
from mmm_fitting.model.components import compute_components
from mmm_fitting.sampling import Draws, FitCancelled, prepare

__all__ = ["FitCancelled", "PipelineResult", "run_pipeline"]

type StageReport = Callable[[FitStage, tuple[ChainProgress, ...]], None]

COMPONENT_DRAWS = 500
LIBRARIES = ("pymc-marketing", "pymc", "pytensor", "nutpie", "numpy", "numba", "arviz-stats")


class ModelMismatch(RuntimeError):
    """The stored terms do not add up to what the model expects: a defect, never the user's doing."""


@dataclass(frozen=True, slots=True)
class PipelineResult:
    """What a fit produced.

    Attributes
    ----------
    convergence, in_sample_fit : records
        Diagnostics.
    stage_seconds : dict
        Wall seconds per stage.
    sampler : str
        ``nutpie`` or ``pymc``.
    library_versions : dict
        Versions that made it.
    files : dict
        Artifact id to path.
    findings : tuple of Finding
        Remarks worth reading.
    """

    convergence: Convergence
    in_sample_fit: InSampleFit
    stage_seconds: dict[FitStage, float]
    sampler: str
    library_versions: dict[str, str]
    files: dict[str, Path]
    findings: tuple[Finding, ...]


@dataclass
class _Stages:
    """Announces stages and takes their time."""

    report: StageReport
    is_cancelled: Callable[[], bool]
    seconds: dict[FitStage, float] = field(default_factory=dict)

    @contextmanager
    def enter(self, stage: FitStage) -> Iterator[None]:
        """Time a stage; raises `FitCancelled` before it begins when the fit was asked to end."""
        if self.is_cancelled():
            raise FitCancelled
        self.report(stage, ())
        begun = time.perf_counter()
        yield
        self.seconds[stage] = time.perf_counter() - begun


def run_pipeline(
    config: ModelConfig,
    table: pd.DataFrame,
    folder: Path,
    *,
    report: StageReport,
    is_cancelled: Callable[[], bool],
) -> PipelineResult:
    """Fit a validated table.

    Parameters
    ----------
    config : ModelConfig
        What the columns are.
    table : DataFrame
        The data, without validation errors.
    folder : Path
        Empty folder the files go to.
    report : callable
        Told of every stage, and of the chains while sampling. May be called from another thread.
    is_cancelled : callable
        Asked often whether the fit shall end.

    Raises
    ------
    FitCancelled
        When it was asked to end.
    """
    stages = _Stages(report, is_cancelled)
    with stages.enter(FitStage.BUILDING):
        data = build_model_data(config, table)
        mmm = build_model(config, data)
    with stages.enter(FitStage.COMPILING):
        sampler = prepare(mmm.model)
    with stages.enter(FitStage.SAMPLING):
        draws = sampler.sample(
            config.sampler.resolve(),
            config.sampler.seed,
            lambda chains: report(FitStage.SAMPLING, chains),
            is_cancelled,
        )
    with stages.enter(FitStage.SUMMARISING):
        samples = component_samples(draws)
        components, expected = compute_components(mmm, data, draws.posterior, samples)
        fit_data = model_data_to_dataset(config, data)
        posterior = with_coefficient(config, data, draws, fit_data)
        fit = fitted_model(config, posterior, components, fit_data)
        _check_terms_add_up(fit, expected)
        quality = in_sample_fit(fit.kpi, expected.mean("sample").to_numpy())
        health = convergence(draws.posterior, draws.sample_stats)
        tree = _posterior_tree(posterior, draws.sample_stats)
        files = _write(folder, config, tree, components, fit_data)
    return PipelineResult(
        convergence=health,
        in_sample_fit=quality,
        stage_seconds=stages.seconds,
        sampler=sampler.name,
        library_versions=_library_versions(),
        files=files,
        findings=_findings(sampler.name),
    )


def component_samples(draws: Draws) -> NDArray[np.intp]:
    """Choose evenly spaced draws, at most `COMPONENT_DRAWS`, for the terms that are stored thinned."""
    total = draws.posterior.sizes["chain"] * draws.posterior.sizes["draw"]
    return np.linspace(0, total - 1, num=min(COMPONENT_DRAWS, total)).round().astype(np.intp)


def with_coefficient(config: ModelConfig, data: ModelData, draws: Draws, fit_data: xr.Dataset) -> xr.Dataset:
    """Add the media coefficient in KPI units to the free parameters, dims ``chain, draw, channel``."""
    effect = draws.posterior[EFFECT].transpose("chain", "draw", "channel")
    shape = fitted_model(
        config, draws.posterior.assign({COEFFICIENT: effect}), _no_components(fit_data), fit_data
    )
    coefficient = coefficient_from_effect(
        shape.effect, effect_reference(config, data), shape.scaled_exposure, shape.parameters
    )
    return draws.posterior.assign({COEFFICIENT: (effect.dims, coefficient.reshape(effect.shape))})


def _no_components(fit_data: xr.Dataset) -> xr.Dataset:
    return xr.Dataset(
        {"contribution": (("component", "sample", "date"), np.zeros((0, 0, fit_data.sizes["date"])))},
        coords={
            "component": np.array([], dtype=str),
            "sample": np.array([], dtype=int),
            "label": ("component", np.array([], dtype=str)),
            "kind": ("component", np.array([], dtype=str)),
        },
    )


def _check_terms_add_up(fit: FittedModel, expected: xr.DataArray) -> None:
    """Hold the sum of all components against the model's own expected KPI, in every stored draw."""
    gap = float(np.abs(expected_kpi(fit) - expected.to_numpy()).max() / fit.kpi.max())
    # The stored terms are single precision.
    if gap > 1e-5:
        raise ModelMismatch(f"components miss the expected KPI by {gap:.2e} of the largest KPI")


def _write(
    folder: Path,
    config: ModelConfig,
    posterior: xr.DataTree,
    components: xr.Dataset,
    fit_data: xr.Dataset,
) -> dict[str, Path]:
    compressed = {"zlib": True}
    posterior.to_netcdf(
        folder / POSTERIOR_FILE,
        engine="h5netcdf",
        encoding={
            f"/{name}": dict.fromkeys(map(str, group.data_vars), compressed)
            for name, group in posterior.children.items()
        },
    )
    components.to_netcdf(folder / COMPONENTS_FILE, engine="h5netcdf", encoding={"contribution": compressed})
    fit_data.to_netcdf(folder / FIT_DATA_FILE, engine="h5netcdf")
    spec = {"format_version": FORMAT_VERSION, "config": config.model_dump(mode="json")}
    (folder / SPEC_FILE).write_text(json.dumps(spec, indent=1), encoding="utf-8")
    return {name: folder / name for name in (POSTERIOR_FILE, COMPONENTS_FILE, FIT_DATA_FILE, SPEC_FILE)}


def _posterior_tree(posterior: xr.Dataset, sample_stats: xr.Dataset) -> xr.DataTree:
    """Arrange draws and sampler statistics the way ArviZ reads them."""
    tree = xr.DataTree.from_dict({"posterior": single(posterior), "sample_stats": single(sample_stats)})
    tree.attrs["format_version"] = FORMAT_VERSION
    return tree


def single(data: xr.Dataset) -> xr.Dataset:
    """Store floats in single precision: far below Monte-Carlo error, and half the size."""
    return data.map(lambda v: v.astype(np.float32) if np.issubdtype(v.dtype, np.floating) else v)


def _library_versions() -> dict[str, str]:
    found = {}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except ModuleNotFoundError:
            continue
    return found


def _findings(sampler: str) -> tuple[Finding, ...]:
    if sampler == "nutpie":
        return ()
    return (
        Finding(
            Severity.WARNING,
            "FALLBACK_SAMPLER",
            "sampler",
            sampler,
            "nutpie cannot be imported, so PyMC's own, slower sampler was used.",
            "Install nutpie on the fitting machines.",
        ),
    )
