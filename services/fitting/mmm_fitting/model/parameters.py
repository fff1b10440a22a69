"""Vector priors from the means and standard deviations a configuration gives."""

from collections.abc import Iterable

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike
from pymc_extras.prior import Prior

from mmm_core.config import MeanSd


def beta_parameters(prior: MeanSd) -> tuple[float, float]:
    """Return alpha and beta of the Beta distribution with this mean and standard deviation."""
    size = prior.mean * (1 - prior.mean) / prior.sd**2 - 1
    return prior.mean * size, (1 - prior.mean) * size


def gamma_parameters(prior: MeanSd) -> tuple[float, float]:
    """Return shape alpha and rate beta of the Gamma distribution with this mean and standard deviation."""
    return (prior.mean / prior.sd) ** 2, prior.mean / prior.sd**2


def vector_prior(distribution: str, dim: str, **parameters: ArrayLike) -> Prior:
    """Return a prior with one set of parameters per label of `dim`."""
    arrays = {name: xr.DataArray(np.asarray(values), dims=(dim,)) for name, values in parameters.items()}
    return Prior(distribution, **arrays, dims=(dim,))


def beta_prior(dim: str, beliefs: Iterable[MeanSd]) -> Prior:
    """Return one Beta prior per label of `dim`."""
    alpha, beta = zip(*map(beta_parameters, beliefs), strict=True)
    return vector_prior("Beta", dim, alpha=alpha, beta=beta)


def gamma_prior(dim: str, beliefs: Iterable[MeanSd]) -> Prior:
    """Return one Gamma prior per label of `dim`."""
    alpha, beta = zip(*map(gamma_parameters, beliefs), strict=True)
    return vector_prior("Gamma", dim, alpha=alpha, beta=beta)
