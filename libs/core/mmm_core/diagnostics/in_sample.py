"""How well a fit reproduces what it was fitted on."""

import numpy as np

from mmm_core.media import Floats
from mmm_core.records import InSampleFit


def in_sample_fit(kpi: Floats, expected: Floats) -> InSampleFit:
    """How well the posterior mean of the expected KPI reproduces the observed one.

    Parameters
    ----------
    kpi, expected : array, shape (T, G)
        Observed KPI and posterior mean of its expectation, per period and panel cell.

    Returns
    -------
    InSampleFit
        R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)², with the mean of each cell; MAPE = mean of |y − ŷ| / y over
        periods with y > 0, as a fraction.
    """
    residual = kpi - expected
    positive = kpi > 0
    return InSampleFit(
        r_squared=float(1 - (residual**2).sum() / ((kpi - kpi.mean(axis=0)) ** 2).sum()),
        mape=float(np.abs(residual[positive] / kpi[positive]).mean()) if positive.any() else float("nan"),
    )
