"""The prior that makes a medium's effect (its ROI) a parameter of the model."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pymc as pm
import pymc.dims as pmd
from pymc_extras.prior import Prior
from pymc_marketing.mmm.components.adstock import AdstockTransformation
from pymc_marketing.mmm.components.saturation import SaturationTransformation
from pytensor.xtensor import as_xtensor

from mmm_core.config import PositiveDistribution
from mmm_core.fitted import EFFECT, MEDIA_MULTIPLIER
from mmm_core.media import Floats
from mmm_fitting.model.parameters import CELL, CHANNEL, DATE, Belief, LabelledPrior, vector_prior

TILT = "channel_tilt"
SPREAD = "channel_spread"


def effect_belief(distribution: PositiveDistribution) -> Belief:
    """The distribution in PyMC's words."""
    first, second = distribution.first, distribution.second
    match distribution.family:
        case "log_normal":
            return Belief("LogNormal", {"mu": first, "sigma": second})
        case "gamma":
            return Belief("Gamma", {"alpha": first, "beta": second})
        case "inverse_gamma":
            return Belief("InverseGamma", {"alpha": first, "beta": second})


@dataclass
class EffectCoefficient:
    """Prior of ``saturation_beta`` that samples the effect and derives the coefficient from it.

    pymc-marketing asks a prior for its variable through `create_variable` while it builds the graph. Adstock
    parameters exist by then, and so do those of the saturation, as its coefficient is the last parameter.
    The exposure in the denominator is a constant of the graph, not the model's ``channel_data``: a forecast
    or counterfactual that swaps the data must not rescale the coefficient. The formula is that of
    `mmm_core.effects`.

    Attributes
    ----------
    effect : LabelledPrior
        Prior of the effect of each medium.
    reference : array, shape (G, C)
        KPI units that an effect of one stands for (`mmm_core.effects.effect_reference`).
    kpi_scale : array, shape (G,)
        What the model divides the KPI by.
    scaled_exposure : array, shape (T, G, C)
        Training exposure as the model sees it.
    adstock, saturation : transformations
        The ones the model uses.
    media_spread : float or None
        Prior scale of the differences between the cells of a panel; None without a panel.
    multiplier : VariableFactory or None
        Of media over time, dims ``date``.
    """

    effect: LabelledPrior
    reference: Floats
    kpi_scale: Floats
    scaled_exposure: Floats
    adstock: AdstockTransformation
    saturation: SaturationTransformation
    media_spread: float | None = None
    multiplier: Any = None

    @property
    def dims(self) -> tuple[str, ...]:
        """Dims of the coefficient."""
        return (CHANNEL,) if self.media_spread is None else (CELL, CHANNEL)

    def create_variable(self, name: str, *, xdist: bool = True) -> Any:  # noqa: ARG002 - the library passes it
        """Add the effect and the coefficient to the model under construction; return the coefficient."""
        gained, total = self.gained(), self._saturated(name).sum(dim=DATE)
        if self.media_spread is None:
            return pmd.Deterministic(name, gained / total)
        unused = (self.reference <= 0).astype(np.float64)
        # Where a medium was never used the total is zero, and so is what was gained.
        per_unit = gained / (total + as_xtensor(unused, dims=(CELL, CHANNEL)))
        return pmd.Deterministic(name, per_unit.transpose(CELL, CHANNEL))

    def gained(self) -> Any:
        """What each medium brings over all dates, on the scaled KPI, dims ``([cell,] channel)``.

        Whoever asks first makes the variables it is made of.
        """
        effect = self.effect.create_variable(EFFECT)
        if self.media_spread is None:
            return effect * as_xtensor(self.reference[0] / self.kpi_scale[0], dims=(CHANNEL,))
        weighted = self._tilt() * as_xtensor(self.reference, dims=(CELL, CHANNEL))
        share = weighted / weighted.sum(dim=CELL)
        gained = effect * as_xtensor(self.reference.sum(axis=0), dims=(CHANNEL,)) * share
        return gained / as_xtensor(self.kpi_scale, dims=(CELL,))

    def to_dict(self) -> dict[str, Any]:
        """Describe the prior; the library asks for it when it compares model configurations."""
        return {"effect_coefficient": self.effect.to_dict()}

    def _saturated(self, name: str) -> Any:
        """Saturated training exposure, times the multiplier of media over time."""
        model = pm.modelcontext(None)

        def drawn(transformation: Any) -> dict[str, Any]:
            mapping = transformation.variable_mapping
            return {key: model[variable] for key, variable in mapping.items() if variable != name}

        if self.media_spread is None:
            exposure = as_xtensor(self.scaled_exposure[:, 0], dims=(DATE, CHANNEL))
        else:
            exposure = as_xtensor(self.scaled_exposure, dims=(DATE, CELL, CHANNEL))
        spread = self.adstock.function(exposure, **drawn(self.adstock), dim=DATE)
        saturated = self.saturation.function(spread, **drawn(self.saturation), beta=1.0, dim=DATE)
        if self.multiplier is None:
            return saturated
        return saturated * self.multiplier.create_variable(MEDIA_MULTIPLIER, xdist=True)

    def _tilt(self) -> Any:
        """How the cells' effects stand to each other, partially pooled."""
        model = pm.modelcontext(None)
        if TILT in model.named_vars:
            return model[TILT]
        deviation = vector_prior(
            "HalfNormal", CHANNEL, sigma=np.full(self.reference.shape[1], self.media_spread)
        )
        spread = deviation.create_variable(SPREAD, xdist=True)
        offset = Prior("Normal", mu=0, sigma=1, dims=(CELL, CHANNEL))
        return pmd.Deterministic(
            TILT, pmd.math.exp(spread * offset.create_variable("channel_offset", xdist=True))
        )
