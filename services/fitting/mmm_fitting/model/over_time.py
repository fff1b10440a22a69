"""Gaussian processes over time: a baseline and media effects that move smoothly."""

from typing import Any

import numpy as np
import pymc as pm
from pymc_marketing.mmm.hsgp import SoftPlusHSGP

from mmm_core.config import PERIODS_PER_YEAR
from mmm_fitting.model.parameters import DATE

# A baseline or a multiplier may swing within a quarter, or take years.
SHORTEST_SHARE_OF_YEAR = 0.25
ETA_UPPER, ETA_MASS = 0.5, 0.05


def smooth_multiplier(periods: int, frequency: str) -> SoftPlusHSGP:
    """A positive process with mean one over the training data.

    Hilbert-space approximation of Riutort-Mayol, Bürkner, Andersen, Solin and Vehtari, "Practical Hilbert
    space approximate Bayesian Gaussian processes for probabilistic programming" (2022), as pymc-marketing
    has it.

    Parameters
    ----------
    periods : int
        Length of the training data.
    frequency : str
        Of the data.
    """
    shortest = min(max(2.0, PERIODS_PER_YEAR[frequency] * SHORTEST_SHARE_OF_YEAR), periods / 2)
    return SoftPlusHSGP.parameterize_from_data(
        X=np.arange(periods, dtype=np.float64),
        dims=(DATE,),
        ls_lower=shortest,
        ls_upper=max(2.0 * shortest, float(periods)),
        eta_upper=ETA_UPPER,
        eta_mass=ETA_MASS,
    )


class SharedMultiplier(SoftPlusHSGP):  # type: ignore[misc]  # the library is untyped
    """The multiplier of media over time, created once and used twice.

    The coefficient of a medium needs it before pymc-marketing creates it; whoever asks first makes it.
    """

    def create_variable(self, name: str, xdist: bool = False) -> Any:
        """Return the variable of this name, creating it if need be."""
        model = pm.modelcontext(None)
        if name in model.named_vars:
            return model[name]
        self.register_data(model["time_index"])
        return super().create_variable(name, xdist=xdist)
