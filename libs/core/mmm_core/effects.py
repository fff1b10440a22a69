"""The effect a medium's prior speaks of, and how it becomes the coefficient of the response.

The *effect* of a medium with an ROI or cost-per-unit prior is the KPI units gained per unit of money over
the data (for revenue: its ROI); of a medium without, its share of the total KPI. The coefficient follows
from it exactly, draw by draw:

    coefficient = effect · reference / Σ_t saturation(adstock(exposure))

with the reference the total cost or the total KPI of the training data. So the prior predictive effect is
what was asked for, whatever the priors of adstock and saturation.
"""

import numpy as np

from mmm_core.config.schema import LowMidHigh, Medium, ModelConfig, OwnedMedium
from mmm_core.media import Floats, ResponseParameters, adstock_weights, apply_adstock, saturate
from mmm_core.model_data import ModelData


def is_share(medium: Medium) -> bool:
    """Whether the medium's effect is a share of the KPI rather than KPI units per money."""
    return isinstance(medium, OwnedMedium) and medium.roi_prior is None


def effect_prior(config: ModelConfig, medium: Medium) -> LowMidHigh:
    """Belief about the medium's effect, in KPI units per money or as a share of the KPI."""
    if isinstance(medium, OwnedMedium) and medium.roi_prior is None:
        return medium.contribution_share_prior
    if medium.roi_prior is not None:
        return medium.roi_prior.scaled(1 / (config.kpi.unit_value or 1.0))
    assert not isinstance(medium, OwnedMedium)  # noqa: S101 - the schema wants one prior per channel
    assert medium.cost_per_unit_prior is not None  # noqa: S101
    return medium.cost_per_unit_prior.reciprocal()


def effect_reference(config: ModelConfig, data: ModelData) -> Floats:
    """KPI units that an effect of one stands for, per medium, shape (C,)."""
    total_cost = data.cost.sum(axis=0)
    shares = np.array([is_share(medium) for medium in config.media])
    return np.where(shares, data.kpi.sum(), total_cost)


def coefficient_from_effect(
    effect: Floats, reference: Floats, scaled_exposure: Floats, shape: ResponseParameters
) -> Floats:
    """Coefficient of the response in KPI units, shape (S, C).

    Parameters
    ----------
    effect : array, shape (S, C)
        Draws of the effect.
    reference : array, shape (C,)
        From `effect_reference`.
    scaled_exposure : array, shape (T, C)
        Training exposure as the model sees it.
    shape : ResponseParameters
        Adstock and saturation; its own coefficient is not read.
    """
    saturated = saturate(apply_adstock(scaled_exposure, adstock_weights(shape)), shape)
    return effect * reference / saturated.sum(axis=1)
