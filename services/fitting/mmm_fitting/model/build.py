"""Build the pymc-marketing model of a configuration."""

from typing import Any

import xarray as xr
from pymc_marketing.mmm.mmm import MMM

from mmm_core.config import ModelConfig
from mmm_core.effects import effect_prior, effect_reference
from mmm_core.model_data import ModelData
from mmm_fitting.model.baseline import Baseline, kpi_level
from mmm_fitting.model.calibration import add_lift_tests
from mmm_fitting.model.carryover import MixedAdstock
from mmm_fitting.model.effect_prior import EffectCoefficient, effect_belief
from mmm_fitting.model.others import OtherTerms
from mmm_fitting.model.over_time import SharedMultiplier, smooth_multiplier
from mmm_fitting.model.parameters import CELL, CHANNEL, DATE, LabelledPrior
from mmm_fitting.model.saturation import MixedSaturation
from mmm_fitting.model.signals import SignalGroup, signal_groups

KPI = "kpi"
# The library would divide by the largest value of all cells.
PER_CELL = {name: {"method": "max", "dims": ()} for name in ("channel", "target")}


def build_model(config: ModelConfig, data: ModelData) -> MMM:
    """Build the model, ready to be compiled.

    Parameters
    ----------
    config : ModelConfig
        What the columns are and what is believed.
    data : ModelData
        The arrays, from `mmm_core.signals.build_model_data`.

    Returns
    -------
    MMM
        With ``.model`` built. Media are the labels of the ``channel`` dim, paid first; the cells of a panel
        are numbered along ``cell``.
    """
    is_panel = bool(config.dimensions)
    multiplier = _media_multiplier(config, data)
    adstock = MixedAdstock([medium.adstock for medium in config.media], CHANNEL)
    saturation = MixedSaturation([medium.saturation for medium in config.media])
    coefficient = EffectCoefficient(
        effect=_effect(config, data),
        reference=effect_reference(config, data),
        kpi_scale=data.kpi_scale,
        scaled_exposure=data.exposure / data.exposure_scale,
        adstock=adstock,
        saturation=saturation,
        media_spread=config.pooling.media_spread if is_panel else None,
        multiplier=multiplier,
    )
    saturation.function_priors["beta"] = coefficient
    spread = config.pooling.baseline_spread if is_panel else None
    groups = signal_groups(data)
    effects = [group.effect(kpi_level(data), spread) for group in groups]
    others = OtherTerms(coefficient, list(zip(groups, effects, strict=True)), len(data.dates))
    baseline = Baseline(config, data, others)
    smooth_baseline = config.trend.kind == "gaussian_process"
    mmm = MMM(
        date_column=DATE,
        channel_columns=[medium.name for medium in config.media],
        target_column=KPI,
        adstock=adstock,
        saturation=saturation,
        dims=(CELL,) if is_panel else None,
        yearly_seasonality=config.seasonality.yearly_order or None,
        time_varying_intercept=smooth_multiplier(len(data.dates), config.frequency)
        if smooth_baseline
        else False,
        time_varying_media=multiplier or False,
        scaling=PER_CELL,
        model_config=baseline.priors(),
    )
    for effect in (*effects, *baseline.effects()):
        mmm.add_mu_effect(effect)
    mmm.build_model(_dataset(config, data, groups))
    add_lift_tests(mmm, config, data)
    return mmm


def _media_multiplier(config: ModelConfig, data: ModelData) -> SharedMultiplier | None:
    if config.media_over_time.kind == "constant":
        return None
    return SharedMultiplier(**dict(smooth_multiplier(len(data.dates), config.frequency)))


def _effect(config: ModelConfig, data: ModelData) -> LabelledPrior:
    beliefs = (effect_belief(effect_prior(medium, data.unit_value)) for medium in config.media)
    return LabelledPrior(CHANNEL, tuple(beliefs), unused=0.0)


def _dataset(config: ModelConfig, data: ModelData, groups: tuple[SignalGroup, ...]) -> xr.Dataset:
    """Everything the model reads, under the names pymc-marketing gives its inputs."""
    is_panel = bool(config.dimensions)
    coords: dict[str, Any] = {
        DATE: data.dates.astype("datetime64[ns]"),
        CHANNEL: [medium.name for medium in config.media],
    }
    if is_panel:
        coords[CELL] = range(len(data.cells))
        media = xr.DataArray(data.exposure, dims=(DATE, CELL, CHANNEL))
        target = xr.DataArray(data.kpi, dims=(DATE, CELL))
    else:
        media = xr.DataArray(data.exposure[:, 0], dims=(DATE, CHANNEL))
        target = xr.DataArray(data.kpi[:, 0], dims=(DATE,))
    signals = {f"{group.prefix}_data": group.data(is_panel=is_panel) for group in groups}
    return xr.Dataset({"_channel": media, "_target": target, **signals}, coords=coords)
