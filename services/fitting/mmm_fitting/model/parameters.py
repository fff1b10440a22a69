"""Priors of parameters that some labels of a dim have and others have not, and of hierarchical ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pymc as pm
import pymc.dims as pmd
import pytensor.xtensor as ptx
import xarray as xr
from numpy.typing import ArrayLike, NDArray
from pymc_extras.prior import Prior
from pytensor.xtensor import as_xtensor

from mmm_core.config import MeanSd

CELL = "cell"
CHANNEL = "channel"
DATE = "date"


def beta_parameters(prior: MeanSd) -> dict[str, float]:
    """Parameters of the Beta distribution with this mean and standard deviation."""
    size = prior.mean * (1 - prior.mean) / prior.sd**2 - 1
    return {"alpha": prior.mean * size, "beta": (1 - prior.mean) * size}


def gamma_parameters(prior: MeanSd) -> dict[str, float]:
    """Parameters of the Gamma distribution with this mean and standard deviation."""
    return {"alpha": (prior.mean / prior.sd) ** 2, "beta": prior.mean / prior.sd**2}


def vector_prior(distribution: str, dim: str, **parameters: ArrayLike) -> Prior:
    """Return a prior with one set of parameters per label of `dim`."""
    arrays = {name: xr.DataArray(np.asarray(values), dims=(dim,)) for name, values in parameters.items()}
    return Prior(distribution, **arrays, dims=(dim,))


@dataclass(frozen=True)
class Belief:
    """Distribution of a parameter for one label: PyMC's name and its parameters."""

    distribution: str
    parameters: dict[str, float]


def beta_belief(prior: MeanSd) -> Belief:
    """Beta distribution with this mean and standard deviation."""
    return Belief("Beta", beta_parameters(prior))


def gamma_belief(prior: MeanSd) -> Belief:
    """Gamma distribution with this mean and standard deviation."""
    return Belief("Gamma", gamma_parameters(prior))


@dataclass(frozen=True)
class LabelledPrior:
    """Prior of a vector parameter whose labels have distributions of their own, or none.

    Labels with distributions of one kind make one vector of free parameters; labels without have a constant.
    pymc-marketing asks a prior for its variable through `create_variable`.

    Attributes
    ----------
    dim : str
        Dim of the parameter.
    beliefs : tuple of Belief or None
        One per label; None where the parameter does not exist.
    unused : float
        Value where it does not exist.
    """

    dim: str
    beliefs: tuple[Belief | None, ...]
    unused: float

    @property
    def dims(self) -> tuple[str, ...]:
        """Dims of the parameter."""
        return (self.dim,)

    def create_variable(self, name: str, *, xdist: bool = True) -> Any:
        """Add the parameter to the model under construction, unless it is there, and return it."""
        model = pm.modelcontext(None)
        if name in model.named_vars:
            return model[name]
        groups = self._groups()
        if len(groups) == 1 and None not in self.beliefs:
            (distribution,) = groups
            return self._prior(distribution, self.dim, groups[distribution]).create_variable(
                name, xdist=xdist
            )
        parts = [self._part(name, kind, places) for kind, places in groups.items()]
        missing = [place for place, belief in enumerate(self.beliefs) if belief is None]
        if missing:
            parts.append(as_xtensor(np.full(len(missing), self.unused), dims=(self.dim,)))
        order = [*(place for places in groups.values() for place in places), *missing]
        whole = ptx.concat(parts, dim=self.dim) if len(parts) > 1 else parts[0]
        return pmd.Deterministic(name, whole.isel({self.dim: np.argsort(order)}))

    def to_dict(self) -> dict[str, Any]:
        """Describe the prior; the library asks for it when it compares model configurations."""
        return {"dim": self.dim, "beliefs": [str(belief) for belief in self.beliefs]}

    def _groups(self) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = {}
        for place, belief in enumerate(self.beliefs):
            if belief is not None:
                groups.setdefault(belief.distribution, []).append(place)
        return groups

    def _part(self, name: str, distribution: str, places: list[int]) -> Any:
        """Free parameters of some labels, under a name and a dim of their own."""
        part = f"{name}_{distribution.lower()}"
        labels = np.asarray(pm.modelcontext(None).coords[self.dim])[places]
        pm.modelcontext(None).add_coord(f"{part}_{self.dim}", labels)
        prior = self._prior(distribution, f"{part}_{self.dim}", places)
        return prior.create_variable(part, xdist=True).rename({f"{part}_{self.dim}": self.dim})

    def _prior(self, distribution: str, dim: str, places: Sequence[int]) -> Prior:
        chosen = [belief for place in places if (belief := self.beliefs[place]) is not None]
        keys = chosen[0].parameters
        return vector_prior(distribution, dim, **{key: [b.parameters[key] for b in chosen] for key in keys})


@dataclass(frozen=True)
class ConstantVector:
    """A constant that pymc-marketing finds in the model like a parameter.

    Attributes
    ----------
    dim : str
        Its dim.
    values : array, shape (len(dim),)
        Its values.
    """

    dim: str
    values: NDArray[np.float64]

    @property
    def dims(self) -> tuple[str, ...]:
        """Dims of the constant."""
        return (self.dim,)

    def create_variable(self, name: str, *, xdist: bool = True) -> Any:  # noqa: ARG002 - the library passes it
        """Add the constant to the model under construction and return it."""
        return pmd.Deterministic(name, as_xtensor(self.values, dims=(self.dim,)))

    def to_dict(self) -> dict[str, Any]:
        """Describe the constant; the library asks for it when it compares model configurations."""
        return {"dim": self.dim, "values": self.values.tolist()}


def pooled_normal(
    scale: float | xr.DataArray, spread: float, dims: tuple[str, ...] = (), mean: float = 0.0
) -> Prior:
    """Prior of a term whose cells vary around a common value.

    The standard deviation between cells is given, not learnt: one for each term would be known so badly that
    sampling it is slow (a funnel), and with a long series per cell it hardly matters.

    Parameters
    ----------
    scale : float or DataArray
        Prior standard deviation of the common value.
    spread : float
        Standard deviation between cells, relative to `scale`.
    dims : tuple of str
        Dims beside the cell.
    mean : float
        Prior mean of the common value.
    """
    inner: dict[str, Any] = {"dims": dims} if dims else {}
    common = Prior("Normal", mu=mean, sigma=scale, **inner)
    return Prior("Normal", mu=common, sigma=scale * spread, dims=(CELL, *dims))
