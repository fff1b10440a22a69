"""One fit from table to stored files: the only thing the worker process calls.

Everything is written into a folder; the worker puts the files into object storage.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

from mmm_core.config import ModelConfig
from mmm_core.diagnostics import convergence, in_sample_fit, leave_one_out
from mmm_core.findings import Finding, Severity
from mmm_core.fitted import fitted_model
from mmm_core.holdout import score_holdout, training_rows
from mmm_core.media import Floats
from mmm_core.model_data import model_data_to_dataset
from mmm_core.predictive import predictive
from mmm_core.quantities import expected_kpi_by_cell
from mmm_core.records import ChainProgress, Convergence, FitStage, Holdout, HoldoutWindow, InSampleFit
from mmm_core.signals import build_model_data
from mmm_fitting.derived import response_draws
from mmm_fitting.model.build import build_model
from mmm_fitting.model.components import component_samples, compute_components
from mmm_fitting.sampling import FitCancelled, prepare
from mmm_fitting.stored_files import posterior_tree, write_files

__all__ = ["FitCancelled", "PipelineResult", "run_pipeline"]

type StageReport = Callable[[FitStage, tuple[ChainProgress, ...]], None]

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
    holdout : Holdout or None
        How well the withheld periods were foretold.
    """

    convergence: Convergence
    in_sample_fit: InSampleFit
    stage_seconds: dict[FitStage, float]
    sampler: str
    library_versions: dict[str, str]
    files: dict[str, Path]
    findings: tuple[Finding, ...]
    holdout: Holdout | None


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
    holdout: HoldoutWindow | None = None,
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
    holdout : HoldoutWindow, optional
        Periods to withhold and to foretell; what comes after them is not used.
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
        data = build_model_data(config, training_rows(config, table, holdout))
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
        response = response_draws(mmm, config, data, draws.posterior)
        samples = component_samples(len(response["chain"]) * len(response["draw"]), data)
        components, expected = compute_components(mmm, data, draws.posterior, samples)
        fit_data = model_data_to_dataset(config, data)
        fit = fitted_model(config, response, components, fit_data)
        summed = expected_kpi_by_cell(fit)
        _check_terms_add_up(summed, expected)
        quality = in_sample_fit(fit.kpi, expected.mean("sample").to_numpy())
        health = convergence(draws.posterior, draws.sample_stats)
        predicted = predictive(fit, summed)
        assert predicted is not None  # noqa: S101 - the model has noise
        loo = leave_one_out(predicted)
        tree = posterior_tree(draws.posterior, response, draws.sample_stats)
        foretold = None if holdout is None else score_holdout(fit, table, holdout)
        files = write_files(folder, config, tree, components=components, fit_data=fit_data, loo=loo)
    return PipelineResult(
        convergence=health,
        in_sample_fit=quality,
        stage_seconds=stages.seconds,
        sampler=sampler.name,
        library_versions=_library_versions(),
        files=files,
        findings=_findings(sampler.name),
        holdout=foretold,
    )


def _check_terms_add_up(summed: Floats, expected: xr.DataArray) -> None:
    """Hold the sum of all components against the model's own expected KPI, in every stored draw and cell."""
    gap = float((np.abs(summed - expected.to_numpy()).max((0, 1)) / np.abs(summed).max((0, 1))).max())
    # The stored terms are single precision.
    if gap > 1e-5:
        raise ModelMismatch(f"components miss the expected KPI by {gap:.2e} of the largest expected KPI")


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
