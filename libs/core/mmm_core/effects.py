"""The effect a medium's prior speaks of, and how it becomes the coefficient of the response.

The *effect* of a medium with an ROI or cost-per-unit prior is the KPI units gained per unit of money over
the data (for revenue: its ROI); of a medium without, its share of the total KPI. On a panel it is that of all
cells together. Each cell has a *tilt*, its effect relative to the others', partially pooled. With the
*reference* ``R[g]`` (the cell's total cost, or total KPI) the coefficient follows exactly, draw by draw:

    coefficient[g] = effect · ΣR · tilt[g] R[g] / Σ_h tilt[h] R[h] / Σ_t m[t] saturation(adstock(exposure[g]))

where ``m`` is the multiplier of media over time, if the model has one. So the prior predictive effect is what
was asked for, whatever the priors of adstock, saturation, pooling and the multiplier.
"""

import numpy as np

from mmm_core.config import Medium, ModelConfig, OwnedMedium, PositiveDistribution
from mmm_core.media import Floats, ResponseParameters, adstock_weights, apply_adstock, saturate
from mmm_core.model_data import ModelData


def is_share(medium: Medium) -> bool:
    """Whether the medium's effect is a share of the KPI rather than KPI units per money."""
    return isinstance(medium, OwnedMedium) and medium.roi_prior is None


def effect_prior(medium: Medium, unit_value: float | None) -> PositiveDistribution:
    """Belief about the medium's effect, in KPI units per money or as a share of the KPI.

    Parameters
    ----------
    medium : Medium
        The medium.
    unit_value : float or None
        Money per KPI unit, `ModelData.unit_value`.
    """
    if isinstance(medium, OwnedMedium) and medium.roi_prior is None:
        return medium.contribution_share_prior.resolve()
    if medium.roi_prior is not None:
        return medium.roi_prior.resolve().scaled(1 / (unit_value or 1.0))
    assert not isinstance(medium, OwnedMedium)  # noqa: S101 - the schema wants one prior per channel
    assert medium.cost_per_unit_prior is not None  # noqa: S101
    return medium.cost_per_unit_prior.resolve().reciprocal()


def effect_reference(config: ModelConfig, data: ModelData) -> Floats:
    """KPI units that an effect of one stands for, per cell and medium, shape (G, C).

    A medium that was never used in a cell has no effect there.
    """
    shares = np.array([is_share(medium) for medium in config.media])
    reference = np.where(shares, data.kpi.sum(axis=0)[:, None], data.cost.sum(axis=0))
    return np.where(data.exposure.sum(axis=0) > 0, reference, 0.0)


def coefficient_from_effect(
    effect: Floats,
    tilt: Floats,
    reference: Floats,
    *,
    scaled_exposure: Floats,
    shape: ResponseParameters,
    multiplier: Floats | None = None,
) -> Floats:
    """Coefficient of the response in KPI units, shape (S, G, C).

    Parameters
    ----------
    effect : array, shape (S, C)
        Draws of the effect over all cells.
    tilt : array, shape (S, G, C)
        Draws of the cells' relative effects; ones without a panel.
    reference : array, shape (G, C)
        From `effect_reference`.
    scaled_exposure : array, shape (T, G, C)
        Training exposure as the model sees it.
    shape : ResponseParameters
        Adstock and saturation; its own coefficient is not read.
    multiplier : array, shape (S, T), optional
        Of media over time.
    """
    saturated = saturate(apply_adstock(scaled_exposure, adstock_weights(shape)), shape)
    if multiplier is not None:
        saturated *= multiplier[:, :, None, None]
    weighted = tilt * reference
    gained = effect[:, None] * reference.sum(axis=0) * weighted / weighted.sum(axis=1, keepdims=True)
    total = saturated.sum(axis=1)
    return np.where(reference > 0, gained / np.where(total > 0, total, 1.0), 0.0)
