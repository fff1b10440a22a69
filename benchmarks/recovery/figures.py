"""What is held against the truth."""

import numpy as np

from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import roi, whole, window_spend
from mmm_core.response import incremental_outcome, marginal_outcome

QUANTITIES = ("roi", "marginal roi", "contribution")

type Figures = dict[str, Floats]


def figures(fit: FittedModel) -> Figures:
    """Draws of every quantity of the paid channels, shape (S, C)."""
    window, paid = whole(fit), slice(0, fit.paid_count)
    outcome, spend = incremental_outcome(fit, window)[:, paid], window_spend(fit, window)[paid]
    marginal = marginal_outcome(fit, window, np.ones(1))[0][:, paid]
    value = fit.unit_value or 1.0
    return {"roi": roi(outcome, spend, value), "marginal roi": marginal * value, "contribution": outcome}
