"""What a configuration implies before any fit: prior predictive returns, shares and KPI.

Imported by the preview process only, as it needs the modelling libraries.
"""

import numpy as np
import pandas as pd
import pymc as pm
import xarray as xr
from pymc_marketing.mmm.mmm import MMM

from mmm_core.config import ModelConfig
from mmm_core.estimates import Estimate, estimate, estimates
from mmm_core.fitted import FittedModel, fitted_model
from mmm_core.media import Floats
from mmm_core.model_data import ModelData, model_data_to_dataset
from mmm_core.quantities import cost_per_unit, expected_kpi, observed_kpi, roi, whole, window_spend
from mmm_core.response import incremental_outcome
from mmm_core.signals import build_model_data
from mmm_fitting.derived import response_draws
from mmm_fitting.model.build import build_model
from mmm_fitting.model.components import compute_components
from mmm_fitting.preview_records import MediumPreview, PriorPreview

OBSERVED = "y"


def preview_priors(
    config: ModelConfig, table: pd.DataFrame, draws: int, seed: int, probability: float
) -> PriorPreview:
    """Draw from the prior and summarise what the draws mean.

    Parameters
    ----------
    config : ModelConfig
        What the columns are and what is believed.
    table : DataFrame
        A table without validation errors.
    draws : int
        Number of prior draws.
    seed : int
        Same seed, same draws.
    probability : float
        Mass of the reported intervals.
    """
    data = build_model_data(config, table)
    mmm = build_model(config, data)
    free, predictive = prior_draws(mmm, draws, seed)
    components, _ = compute_components(mmm, data, free, np.arange(draws))
    response = response_draws(mmm, config, data, free)
    fit = fitted_model(config, response, components, model_data_to_dataset(config, data))
    predicted = _in_units(predictive, data)
    return PriorPreview(
        draws=draws,
        media=_media(fit, probability),
        dates=tuple(str(day) for day in fit.dates),
        observed=tuple(observed_kpi(fit).tolist()),
        predicted=tuple(estimates(predicted, probability)),
        negative_share=float((predicted < 0).mean()),
    )


def prior_draws(mmm: MMM, draws: int, seed: int) -> tuple[xr.Dataset, xr.DataArray]:
    """Joint draws of the free parameters, dims ``chain, draw, …``, and of the scaled KPI."""
    names = [variable.name for variable in mmm.model.free_RVs]
    drawn = pm.sample_prior_predictive(
        draws,
        model=mmm.model,
        var_names=[*names, OBSERVED],
        random_seed=seed,
        # Compiling would take longer than evaluating some hundred draws without it.
        compile_kwargs={"mode": "FAST_COMPILE"},
    )
    return drawn["prior"].to_dataset(), drawn["prior_predictive"][OBSERVED]


def _in_units(predictive: xr.DataArray, data: ModelData) -> Floats:
    """KPI of all cells together, shape (S, T)."""
    scaled = predictive.isel(chain=0)
    if "cell" not in scaled.dims:
        scaled = scaled.expand_dims("cell")
    return np.asarray((scaled.transpose("draw", "date", "cell").to_numpy() * data.kpi_scale).sum(axis=2))


def _media(fit: FittedModel, probability: float) -> tuple[MediumPreview, ...]:
    window = whole(fit)
    gained, spend = incremental_outcome(fit, window), window_spend(fit, window)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = gained / expected_kpi(fit).sum(axis=1)[:, None]
    returns, costs = roi(gained, spend, fit.unit_value or 1.0), cost_per_unit(gained, spend)

    def paid(values: Floats, place: int, *, wanted: bool) -> Estimate | None:
        return estimate(values[:, place], probability) if wanted and spend[place] > 0 else None

    return tuple(
        MediumPreview(
            name=medium.name,
            label=medium.label,
            roi=paid(returns, place, wanted=fit.unit_value is not None),
            cost_per_unit=paid(costs, place, wanted=fit.config.kpi.kind == "count"),
            effect_share=estimate(share[:, place], probability),
        )
        for place, medium in enumerate(fit.config.media)
    )
