"""The observed KPI against what the fit would have predicted for the same periods.

Everything is exact for the stored draws: the predictive distribution of an observation is the mixture of
the draws' noise distributions, so nothing needs to be simulated.
"""

from dataclasses import dataclass

import numpy as np

from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.noise import Noise


@dataclass(frozen=True, slots=True)
class Predictive:
    """Residuals of the draws `FittedModel.component_draws`, with the noise they were drawn from.

    Attributes
    ----------
    residual : array, shape (S', T, G)
        Observed minus expected KPI, in KPI units.
    noise : Noise
        Of the same draws.
    """

    residual: Floats
    noise: Noise

    def log_likelihood(self) -> Floats:
        """Log density of every observation in every draw, per KPI unit, shape (S', T, G)."""
        return self.noise.log_density(self.residual)

    def probability_below(self) -> Floats:
        """Posterior predictive probability of less than what was observed, shape (T, G)."""
        return np.asarray(self.noise.probability_below(self.residual).mean(axis=0))

    def largest_residual_p_value(self) -> float:
        """Bayesian p-value of the largest absolute standardised residual.

        The posterior probability that a data set of the fit's own making has a larger one (Gelman, Meng and
        Stern, "Posterior predictive assessment of model fitness via realized discrepancies", Statistica
        Sinica, 1996).
        """
        largest = np.abs(self.noise.standardised(self.residual)).max(axis=(1, 2))
        observations = self.residual[0].size
        with np.errstate(divide="ignore"):
            none_beyond = observations * np.log1p(-self.noise.probability_beyond(largest))
        return float(-np.expm1(none_beyond).mean())


def predictive(fit: FittedModel, expected: Floats) -> Predictive | None:
    """Hold the observed KPI against the stored draws.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    expected : array, shape (S', T, G)
        From `mmm_core.quantities.expected_kpi_by_cell`.

    Returns
    -------
    Predictive or None
        None for a fit stored without its noise.
    """
    if fit.noise is None:
        return None
    return Predictive(fit.kpi - expected, fit.noise.select(fit.component_draws))
