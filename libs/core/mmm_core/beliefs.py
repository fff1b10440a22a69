"""Distributions of a configuration as SciPy's, to draw from and to take quantiles of."""

import numpy as np
from scipy import stats
from scipy.stats.distributions import rv_frozen

from mmm_core.config import PositiveDistribution


def frozen(distribution: PositiveDistribution) -> rv_frozen:
    """Return the SciPy distribution."""
    match distribution.family:
        case "log_normal":
            return stats.lognorm(s=distribution.second, scale=np.exp(distribution.first))
        case "gamma":
            return stats.gamma(a=distribution.first, scale=1 / distribution.second)
        case "inverse_gamma":
            return stats.invgamma(a=distribution.first, scale=distribution.second)
