"""Diagnostics of a stored fit."""

from dataclasses import dataclass

import xarray as xr

from mmm_core.diagnostics import (
    Check,
    CheckStatus,
    LeaveOneOut,
    ParameterDiagnostics,
    health_report,
    leave_one_out,
    parameter_diagnostics,
    summarise_convergence,
    summarise_leave_one_out,
)
from mmm_core.predictive import predictive
from mmm_core.quantities import expected_kpi_by_cell
from mmm_core.records import Convergence, InSampleFit
from mmm_store.fits import FitReader, StoredFit


@dataclass(frozen=True, slots=True)
class Health:
    """Everything there is to say about how far a fit can be trusted.

    Attributes
    ----------
    convergence, in_sample_fit : records
        Summaries.
    checks : list of Check
        The health report.
    parameters : list of ParameterDiagnostics
        Of every free scalar parameter.
    loo : LeaveOneOut or None
        None for a fit stored without its noise.
    pointwise : Dataset or None
        From `mmm_core.diagnostics.leave_one_out`, that `loo` adds up.
    """

    convergence: Convergence
    in_sample_fit: InSampleFit
    checks: list[Check]
    parameters: list[ParameterDiagnostics]
    loo: LeaveOneOut | None
    pointwise: xr.Dataset | None

    @property
    def status(self) -> CheckStatus:
        """The worst of all checks."""
        return max((check.status for check in self.checks), key=list(CheckStatus).index)


def health(reader: FitReader, stored: StoredFit, probability: float) -> Health:
    """Diagnose a fit."""
    fit = reader.arrays(stored)
    sample_stats = reader.sample_stats(stored)
    parameters = parameter_diagnostics(reader.posterior(stored), probability)
    convergence = summarise_convergence(parameters, sample_stats)
    expected = expected_kpi_by_cell(fit)
    predicted = predictive(fit, expected)
    loo = reader.leave_one_out(stored)
    if loo is None and predicted is not None:
        # Fits of an earlier version were stored without.
        loo = leave_one_out(predicted)
    checks = health_report(
        fit,
        convergence,
        stored.result.in_sample_fit,
        sample_stats,
        expected=expected.mean(axis=0),
        predicted=predicted,
        loo=loo,
    )
    return Health(
        convergence,
        stored.result.in_sample_fit,
        checks,
        parameters,
        None if loo is None else summarise_leave_one_out(loo),
        loo,
    )
