"""The prior that makes a medium's effect (its ROI) a parameter of the model."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pymc as pm
import pymc.dims as pmd
import xarray as xr
from pymc_extras.prior import Prior
from pymc_marketing.mmm.components.adstock import AdstockTransformation
from pymc_marketing.mmm.components.saturation import SaturationTransformation
from pytensor.xtensor import as_xtensor

from mmm_core.fitted import EFFECT
from mmm_core.media import Floats

CHANNEL = "channel"


@dataclass
class EffectCoefficient:
    """Prior of ``saturation_beta`` that samples the effect and derives the coefficient from it.

    pymc-marketing asks a prior for its variable through `create_variable` while it builds the graph. Adstock
    parameters exist by then, and so do those of the saturation, as its coefficient is the last parameter of
    every family offered. The exposure in the denominator is a constant of the graph, not the model's
    ``channel_data``: a forecast or counterfactual that swaps the data must not rescale the coefficient.

    Attributes
    ----------
    effect : Prior
        Log-normal prior of the effect of each medium.
    reference : array, shape (C,)
        Scaled KPI that an effect of one stands for (`mmm_core.effects`).
    scaled_exposure : DataArray, dims (date, channel)
        Training exposure as the model sees it.
    adstock, saturation : transformations
        The ones the model uses.
    dims : tuple of str
        Dims of the coefficient.
    """

    effect: Prior
    reference: Floats
    scaled_exposure: xr.DataArray
    adstock: AdstockTransformation
    saturation: SaturationTransformation
    dims: tuple[str, ...] = (CHANNEL,)

    def create_variable(self, name: str, *, xdist: bool = True) -> Any:
        """Add the effect and the coefficient to the model under construction; return the coefficient."""
        effect = self.effect.create_variable(EFFECT, xdist=xdist)
        model = pm.modelcontext(None)

        def drawn(transformation: Any) -> dict[str, Any]:
            mapping = transformation.variable_mapping
            return {key: model[variable] for key, variable in mapping.items() if variable != name}

        exposure = as_xtensor(self.scaled_exposure.to_numpy(), dims=("date", CHANNEL))
        spread = self.adstock.function(exposure, **drawn(self.adstock), dim="date")
        saturated = self.saturation.function(spread, **drawn(self.saturation), beta=1.0, dim="date")
        reference = as_xtensor(np.asarray(self.reference), dims=self.dims)
        return pmd.Deterministic(name, effect * reference / saturated.sum(dim="date"))

    def to_dict(self) -> dict[str, Any]:
        """Describe the prior; the library asks for it when it compares model configurations."""
        return {"effect_coefficient": self.effect.to_dict()}
