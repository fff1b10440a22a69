"""What chance adds to the expected KPI."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from mmm_core.media import Floats, Index


@dataclass(frozen=True, slots=True)
class Noise:
    """Joint posterior draws of the noise: normal, or Student's t.

    Axes: draws ``S``, periods ``T``, panel cells ``G``.

    Attributes
    ----------
    sigma : array, shape (S, G)
        Scale in KPI units; a normal's standard deviation.
    nu : array, shape (S,), or None
        Degrees of freedom of Student's t; None for a normal.
    """

    sigma: Floats
    nu: Floats | None = None

    def select(self, draws: Index = slice(None), cells: Index = slice(None)) -> "Noise":
        """Keep some draws and cells."""
        return Noise(self.sigma[draws][:, cells], None if self.nu is None else self.nu[draws])

    def standardised(self, residual: Floats) -> Floats:
        """Residuals of shape (S, T, G) in units of the noise's scale."""
        return residual / self.sigma[:, None]

    def log_density(self, residual: Floats) -> Floats:
        """Log density, per KPI unit, of residuals of shape (S, T, G)."""
        scaled = self.standardised(residual)
        density = (
            stats.norm.logpdf(scaled) if self.nu is None else stats.t.logpdf(scaled, self.nu[:, None, None])
        )
        return np.asarray(density - np.log(self.sigma)[:, None])

    def probability_below(self, residual: Floats) -> Floats:
        """Probability of a smaller residual, for residuals of shape (S, T, G)."""
        scaled = self.standardised(residual)
        if self.nu is None:
            return np.asarray(stats.norm.cdf(scaled))
        return np.asarray(stats.t.cdf(scaled, self.nu[:, None, None]))

    def probability_beyond(self, distance: Floats) -> Floats:
        """Probability that one standardised residual lies further from zero than `distance`, shape (S,)."""
        tail = stats.norm.sf(distance) if self.nu is None else stats.t.sf(distance, self.nu)
        return np.asarray(2 * tail)

    def draw(self, rng: np.random.Generator, periods: int) -> Floats:
        """One draw of noise for every draw, period and cell, shape (S, T, G)."""
        draws, cells = self.sigma.shape
        shape = draws, periods, cells
        standard = (
            rng.standard_normal(shape) if self.nu is None else rng.standard_t(self.nu[:, None, None], shape)
        )
        return self.sigma[:, None] * standard
