"""The baseline of a panel, sampled along directions that the data tell apart.

Kinks of a trend, waves of a year and a level are far from orthogonal over the dates there are, in every cell
anew: more correlated directions than any adaptation of the sampler learns. Their priors are normal. Measured
in prior standard deviations they are independent and alike, and stay so under any rotation. The rotation to
the singular vectors of what they add to the KPI leaves the prior as it is, and makes the columns the
likelihood sees orthogonal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pymc as pm
import pymc.dims as pmd
import pytensor.xtensor as ptx
from pytensor.xtensor import as_xtensor

from mmm_core.media import Floats
from mmm_fitting.model.parameters import CELL

FACTOR = "baseline_factor"
FACTORS = "baseline_factors"


@dataclass(frozen=True)
class BaselineTerm:
    """Some coefficients of the baseline, in every cell.

    Attributes
    ----------
    basis : array, shape (T, K)
        What a unit of each coefficient adds, on the scaled KPI.
    scale : float
        Prior standard deviation of the coefficients' common values.
    mean : float
        Prior mean.
    """

    basis: Floats
    scale: float
    mean: float = 0.0


class RotatedBaseline:
    """Joint prior of all terms of a baseline.

    Every coefficient varies around a common value, with a given standard deviation between cells: see
    `mmm_fitting.model.parameters.pooled_normal`, whose prior this is.

    Parameters
    ----------
    terms : dict of str to BaselineTerm
        By name.
    spread : float
        Standard deviation between cells, relative to each term's scale.
    noise : float
        About what is left unexplained, on the scaled KPI.
    level : str
        The term that is the level. The data know its sum with what all others bring on average, and hardly
        itself, so that sum is what is sampled.
    others : callable
        Gives what they bring, dims ``cell``, on the scaled KPI.
    """

    def __init__(
        self,
        terms: dict[str, BaselineTerm],
        *,
        spread: float,
        noise: float,
        level: str,
        others: Callable[[], Any],
    ) -> None:
        self._terms = terms
        self._spread = spread
        self._others = others
        stacked = np.concatenate([term.basis * term.scale for term in terms.values()], axis=1)
        _, singular, transposed = np.linalg.svd(stacked, full_matrices=True)
        self._rotation: Floats = transposed.T
        # Of these factors a single cell knows more than what cells have in common tells.
        self._known = int((singular * spread > noise).sum())
        ends = np.cumsum([term.basis.shape[1] for term in terms.values()])
        self._places = {
            name: slice(end - term.basis.shape[1], end)
            for (name, term), end in zip(terms.items(), ends, strict=True)
        }
        # What a unit on the scaled KPI is in each factor.
        self._level: Floats = self._rotation[self._places[level]][0] / terms[level].scale

    def prior(self, name: str, dim: str | None = None) -> "RotatedTerm":
        """Prior of one term's coefficients; without a dim there is a single one per cell."""
        return RotatedTerm(self, name, dim)

    def coefficients(self, name: str, dim: str | None) -> Any:
        """Coefficients of a term in the model under construction, dims ``cell`` and, if given, `dim`."""
        term, rows = self._terms[name], self._rotation[self._places[name]]
        rotation = (
            as_xtensor(rows[0], dims=(FACTOR,)) if dim is None else as_xtensor(rows, dims=(dim, FACTOR))
        )
        return term.mean + term.scale * (self._factors() * rotation).sum(dim=FACTOR)

    def _factors(self) -> Any:
        """The rotated coefficients, dims ``cell`` and the factors; whichever term asks first makes them.

        The prior of what is sampled moves with what the others bring, so that of the coefficients does not.
        """
        model = pm.modelcontext(None)
        if FACTORS in model.named_vars:
            return model[FACTORS]
        model.add_coord(FACTOR, range(len(self._rotation)))
        shift = self._others() * as_xtensor(self._level, dims=(FACTOR,))
        common_shift = shift.mean(dim=CELL)
        common = pmd.Normal(f"{FACTORS}_common", mu=common_shift, sigma=1.0, dims=(FACTOR,)) - common_shift
        parts = [self._centred(common, shift), self._offset(common)]
        whole = ptx.concat([part for part in parts if part is not None], dim=FACTOR)
        return pmd.Deterministic(FACTORS, whole.transpose(CELL, FACTOR))

    def _centred(self, common: Any, shift: Any) -> Any | None:
        """Factors that every cell knows by itself."""
        if not self._known:
            return None
        places, dim = slice(0, self._known), f"known_{FACTOR}"
        pm.modelcontext(None).add_coord(dim, range(self._known))
        shift = shift.isel({FACTOR: places}).rename({FACTOR: dim})
        mean = common.isel({FACTOR: places}).rename({FACTOR: dim}) + shift
        value = pmd.Normal(f"{FACTORS}_known", mu=mean, sigma=self._spread, dims=(CELL, dim))
        return (value - shift).rename({dim: FACTOR}).transpose(CELL, FACTOR)

    def _offset(self, common: Any) -> Any | None:
        """Factors that the data say little about: sampled as differences from the common value."""
        count = len(self._rotation) - self._known
        if not count:
            return None
        dim = f"vague_{FACTOR}"
        pm.modelcontext(None).add_coord(dim, range(self._known, len(self._rotation)))
        offset = pmd.Normal(f"{FACTORS}_vague", mu=0.0, sigma=1.0, dims=(CELL, dim)).rename({dim: FACTOR})
        places = slice(self._known, len(self._rotation))
        return (common.isel({FACTOR: places}) + self._spread * offset).transpose(CELL, FACTOR)


@dataclass(frozen=True)
class RotatedTerm:
    """One term of a rotated baseline, in the form pymc-marketing takes for a prior."""

    baseline: RotatedBaseline
    name: str
    dim: str | None

    @property
    def dims(self) -> tuple[str, ...]:
        """Dims of the coefficients."""
        return (CELL,) if self.dim is None else (CELL, self.dim)

    def create_variable(self, name: str, *, xdist: bool = True) -> Any:  # noqa: ARG002 - the library passes it
        """Add the coefficients to the model under construction and return them."""
        coefficients = self.baseline.coefficients(self.name, self.dim)
        return pmd.Deterministic(name, coefficients.transpose(*self.dims))

    def to_dict(self) -> dict[str, Any]:
        """Describe the prior; the library asks for it when it compares model configurations."""
        return {"rotated": self.name, "dim": self.dim}
