"""What competitors, controls and events do to the KPI, in their own units."""

import numpy as np

from mmm_core.fitted import FittedModel
from mmm_core.media import Floats


def unit_effects(fit: FittedModel) -> Floats:
    """KPI units that one more unit of each signal brings in one cell, averaged over the cells of a fit.

    The model sees a signal divided by its standard deviation over the training data; this undoes it.
    Carryover weights sum to one, so the figure holds for a change that lasts, and for the sum of all periods
    after a change that does not.

    Returns
    -------
    array, shape (S', N)
        For the draws the components are stored for; negative for what lowers the KPI.

    Raises
    ------
    FailedPrecondition
        When the fit was stored without coefficients of its signals.
    """
    signals = fit.required_continuation().signals
    return np.asarray(signals.parameters.coefficient.mean(axis=1) / signals.scale)
