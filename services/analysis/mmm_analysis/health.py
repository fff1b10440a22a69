"""Diagnostics of a stored fit."""

from dataclasses import dataclass

from mmm_analysis.contributions import baseline_mean
from mmm_core.diagnostics import (
    Check,
    ParameterDiagnostics,
    checks,
    parameter_diagnostics,
    summarise_convergence,
)
from mmm_core.names import FitName
from mmm_core.records import Convergence, InSampleFit
from mmm_store.fits import FitReader


@dataclass(frozen=True, slots=True)
class Health:
    """Everything there is to say about how far a fit can be trusted."""

    convergence: Convergence
    in_sample_fit: InSampleFit
    checks: list[Check]
    parameters: list[ParameterDiagnostics]


def health(reader: FitReader, name: FitName, probability: float) -> Health:
    """Diagnose a fit; raises `NotFound` or `FailedPrecondition`."""
    stored = reader.stored(name)
    fit = reader.load(name)
    parameters = parameter_diagnostics(reader.posterior(stored), probability)
    convergence = summarise_convergence(parameters, reader.sample_stats(stored))
    quality = stored.result.in_sample_fit
    return Health(convergence, quality, checks(convergence, quality, baseline_mean(fit)), parameters)
