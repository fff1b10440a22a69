"""The health report of a fit: every check there is."""

import xarray as xr

from mmm_core.diagnostics.checks import Check
from mmm_core.diagnostics.effects import effect_checks
from mmm_core.diagnostics.fit_checks import baseline_check, in_sample_checks, predictive_checks
from mmm_core.diagnostics.loo import influence_check
from mmm_core.diagnostics.residuals import residual_checks
from mmm_core.diagnostics.sampling import sampling_checks
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.predictive import Predictive
from mmm_core.records import Convergence, InSampleFit


def health_report(
    fit: FittedModel,
    convergence: Convergence,
    quality: InSampleFit,
    sample_stats: xr.Dataset,
    *,
    expected: Floats,
    predicted: Predictive | None,
    loo: xr.Dataset | None,
) -> list[Check]:
    """Judge a fit, from its sampling to its meaning.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    convergence, quality : records
        Convergence and in-sample fit.
    sample_stats : Dataset
        Statistics of the sampler, dims ``chain, draw``.
    expected : array, shape (T, G)
        Posterior mean of the expected KPI.
    predicted : Predictive or None
        From `mmm_core.predictive.predictive`.
    loo : Dataset or None
        From `leave_one_out`.

    Returns
    -------
    list of Check
        Checks that need what an older fit did not store are left out.
    """
    return [
        *sampling_checks(convergence, sample_stats),
        *in_sample_checks(quality),
        *(predictive_checks(predicted) if predicted is not None else ()),
        *residual_checks(fit, expected),
        baseline_check(fit),
        *effect_checks(fit),
        *((influence_check(fit, loo),) if loo is not None else ()),
    ]
