"""Build the pymc-marketing model of a configuration."""

from typing import Any

import xarray as xr
from pymc_extras.prior import Prior
from pymc_marketing.mmm import (
    DelayedAdstock,
    GeometricAdstock,
    LinearTrend,
    LogisticSaturation,
)
from pymc_marketing.mmm.additive_effect import LinearTrendEffect
from pymc_marketing.mmm.components.adstock import AdstockTransformation
from pymc_marketing.mmm.components.saturation import HillSaturation, SaturationTransformation
from pymc_marketing.mmm.mmm import MMM

from mmm_core.config import ModelConfig
from mmm_core.effects import effect_prior, effect_reference
from mmm_core.model_data import ModelData
from mmm_fitting.model.effect_prior import CHANNEL, EffectCoefficient
from mmm_fitting.model.parameters import beta_prior, gamma_prior, vector_prior
from mmm_fitting.model.signals import SignalGroup, signal_groups

DATE = "date"
KPI = "kpi"
TREND = "trend"
# A kink of the trend and a seasonal term may each move the baseline by about this share of the average KPI.
TREND_SHARE = 0.3
SEASONAL_SHARE = 0.1


def build_model(config: ModelConfig, data: ModelData) -> MMM:
    """Build the model, ready to be compiled.

    Parameters
    ----------
    config : ModelConfig
        What the columns are and what is believed.
    data : ModelData
        The arrays, from `mmm_core.model_data.build_model_data`.

    Returns
    -------
    MMM
        With ``.model`` built. Media are the labels of the ``channel`` dim, paid first.
    """
    adstock, saturation = _adstock(config), _saturation(config)
    saturation.function_priors["beta"] = _effect_coefficient(config, data, adstock, saturation)
    level = float(data.kpi.mean() / data.kpi_scale)
    mmm = MMM(
        date_column=DATE,
        channel_columns=[medium.name for medium in config.media],
        target_column=KPI,
        adstock=adstock,
        saturation=saturation,
        yearly_seasonality=config.seasonality.yearly_order or None,
        model_config=_priors(data, level),
    )
    groups = signal_groups(data)
    for group in groups:
        mmm.add_mu_effect(group.effect(level))
    if config.trend.kind == "linear":
        mmm.add_mu_effect(_trend(config.trend.changepoints, level))
    mmm.build_model(_dataset(config, data, groups))
    return mmm


def _priors(data: ModelData, level: float) -> dict[str, Any]:
    """Priors of the baseline and the noise, on the KPI divided by its largest value."""
    spread = float(data.kpi.std() / data.kpi_scale)
    return {
        "intercept": Prior("Normal", mu=level, sigma=level),
        "gamma_fourier": Prior("Normal", mu=0, sigma=SEASONAL_SHARE * level, dims="fourier_mode"),
        "likelihood": Prior("Normal", sigma=Prior("HalfNormal", sigma=spread)),
    }


def _trend(changepoints: int, level: float) -> LinearTrendEffect:
    """Trend that starts at zero; the library counts the first and the last date among the change points."""
    prior = Prior("Laplace", mu=0, b=TREND_SHARE * level, dims="changepoint")
    trend = LinearTrend(priors={"delta": prior}, n_changepoints=changepoints + 2)
    return LinearTrendEffect(trend=trend, prefix=TREND)


def _adstock(config: ModelConfig) -> AdstockTransformation:
    adstocks = [medium.adstock for medium in config.media]
    priors = {"alpha": beta_prior(CHANNEL, (adstock.retention_prior for adstock in adstocks))}
    lags = adstocks[0].max_lag + 1
    if adstocks[0].family == "geometric":
        return GeometricAdstock(l_max=lags, normalize=True, priors=priors)
    priors["theta"] = gamma_prior(CHANNEL, (adstock.peak_lag_prior for adstock in adstocks))
    return DelayedAdstock(l_max=lags, normalize=True, priors=priors)


def _saturation(config: ModelConfig) -> SaturationTransformation:
    saturations = [medium.saturation for medium in config.media]
    if saturations[0].family == "logistic":
        return LogisticSaturation(
            priors={"lam": gamma_prior(CHANNEL, (s.steepness_prior for s in saturations))}
        )
    return HillSaturation(
        priors={
            "slope": gamma_prior(CHANNEL, (s.slope_prior for s in saturations)),
            "kappa": gamma_prior(CHANNEL, (s.half_saturation_prior for s in saturations)),
        }
    )


def _effect_coefficient(
    config: ModelConfig, data: ModelData, adstock: AdstockTransformation, saturation: SaturationTransformation
) -> EffectCoefficient:
    mu, sigma = zip(*(effect_prior(config, medium).log_normal() for medium in config.media), strict=True)
    return EffectCoefficient(
        effect=vector_prior("LogNormal", CHANNEL, mu=mu, sigma=sigma),
        reference=effect_reference(config, data) / data.kpi_scale,
        scaled_exposure=xr.DataArray(data.exposure / data.exposure_scale, dims=(DATE, CHANNEL)),
        adstock=adstock,
        saturation=saturation,
    )


def _dataset(config: ModelConfig, data: ModelData, groups: tuple[SignalGroup, ...]) -> xr.Dataset:
    """Everything the model reads, under the names pymc-marketing gives its inputs."""
    return xr.Dataset(
        {
            "_channel": ((DATE, CHANNEL), data.exposure),
            "_target": (DATE, data.kpi),
            **{f"{group.prefix}_data": group.data() for group in groups},
        },
        coords={
            DATE: data.dates.astype("datetime64[ns]"),
            CHANNEL: [medium.name for medium in config.media],
        },
    )
