"""What analysis reads of a posterior beside its free parameters: functions of them, in KPI units."""

import numpy as np
import pymc as pm
import xarray as xr
from pymc_marketing.mmm.mmm import MMM

from mmm_core.config import ModelConfig
from mmm_core.effects import coefficient_from_effect, effect_reference
from mmm_core.fitted import (
    COEFFICIENT,
    EFFECT,
    MEDIA_MULTIPLIER,
    NOISE_FREEDOM,
    NOISE_SCALE,
    STORED_NAMES,
    response_parameters,
)
from mmm_core.media import Floats
from mmm_core.model_data import ModelData
from mmm_core.quantities import draw_blocks
from mmm_fitting.model.effect_prior import TILT

RESPONSE = (EFFECT, TILT, MEDIA_MULTIPLIER, *STORED_NAMES.values())
NOISE = (NOISE_SCALE, NOISE_FREEDOM)


def evaluate(model: pm.Model, parameters: xr.Dataset, names: list[str]) -> xr.Dataset:
    """Variables of a model for given free parameters, dims ``chain, draw, …``.

    Free parameters are passed on; the others are evaluated. Compiling would take longer than evaluating some
    hundred draws without it.
    """
    known = [name for name in names if name in parameters]
    unknown = [name for name in names if name not in parameters and name in model.named_vars]
    if not unknown:
        return parameters[known]
    evaluated = pm.compute_deterministics(
        parameters,
        model=model,
        var_names=unknown,
        progressbar=False,
        compile_kwargs={"mode": "FAST_COMPILE"},
    )
    return parameters[known].merge(evaluated[unknown])


def response_draws(mmm: MMM, config: ModelConfig, data: ModelData, free: xr.Dataset) -> xr.Dataset:
    """Parameters of the media response, with the coefficient in KPI units, and of the noise.

    Parameters
    ----------
    mmm : MMM
        The built model.
    config : ModelConfig
        What it was built for.
    data : ModelData
        What it was built from.
    free : Dataset
        Free parameters, dims ``chain, draw, …``, from the posterior or the prior.

    Returns
    -------
    Dataset
        The effect, the shape's parameters and the multiplier over time and the noise as stored, and the
        coefficient with the dims ``chain, draw, cell, channel``: what `mmm_core.fitted.fitted_model` reads.
    """
    drawn = evaluate(mmm.model, free, [*RESPONSE, *NOISE])
    shape = drawn.sizes["chain"], drawn.sizes["draw"], *data.exposure_scale.shape
    coefficient = _coefficient(config, data, drawn).reshape(shape)
    return drawn.drop_vars(TILT, errors="ignore").assign(
        {COEFFICIENT: (("chain", "draw", "cell", "channel"), coefficient)}
    )


def _coefficient(config: ModelConfig, data: ModelData, drawn: xr.Dataset) -> Floats:
    """Coefficient in KPI units, shape (S, G, C)."""

    def flat(name: str, *dims: str) -> Floats:
        values = drawn[name].transpose("chain", "draw", *dims).to_numpy()
        return values.reshape(-1, *values.shape[2:])

    effect = flat(EFFECT, "channel")
    tilt = flat(TILT, "cell", "channel") if TILT in drawn else np.ones((len(effect), 1, effect.shape[1]))
    multiplier = flat(MEDIA_MULTIPLIER, "date") if MEDIA_MULTIPLIER in drawn else None
    reference, scaled = effect_reference(config, data), data.exposure / data.exposure_scale
    parameters = response_parameters(config, drawn, coefficient=tilt)
    coefficient = np.empty((len(effect), *reference.shape))
    for block in draw_blocks(len(effect), scaled.size):
        coefficient[block] = coefficient_from_effect(
            effect[block],
            tilt[block],
            reference,
            scaled_exposure=scaled,
            shape=parameters.select(block),
            multiplier=None if multiplier is None else multiplier[block],
        )
    return coefficient
