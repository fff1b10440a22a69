"""A fitted model as arrays: what analysis and optimizer read, without pymc.

It is made of three stored files of a fit: the free parameters (``posterior.nc``), the additive terms that
are dear to recompute (``components.nc``, thinned draws) and the data (``fit_data.nc``).
"""

from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from mmm_core.config.schema import ModelConfig
from mmm_core.media import Floats, ResponseParameters
from mmm_core.model_data import ComponentKind

FORMAT_VERSION = 1

POSTERIOR_FILE = "posterior.nc"
COMPONENTS_FILE = "components.nc"
FIT_DATA_FILE = "fit_data.nc"
SPEC_FILE = "spec.json"
SUMMARY_FILE = "summary.json"

EFFECT = "channel_effect"
COEFFICIENT = "channel_coefficient"
RETENTION = "adstock_alpha"
PEAK_LAG = "adstock_theta"
STEEPNESS = "saturation_lam"
HALF_SATURATION = "saturation_kappa"
SLOPE = "saturation_slope"


@dataclass(frozen=True, slots=True)
class Component:
    """An additive term of the expected KPI that is not a medium.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    kind : ComponentKind
        Baseline, competitor, control or event.
    draws : array, shape (S', T)
        KPI units, for the thinned draws `FittedModel.component_draws`.
    """

    name: str
    label: str
    kind: ComponentKind
    draws: Floats


@dataclass(frozen=True, slots=True)
class FittedModel:
    """Joint posterior draws and the data they came from. `S` draws, `T` periods, `C` media.

    Attributes
    ----------
    config : ModelConfig
        What was fitted; the first ``len(config.channels)`` media are paid.
    dates : array of datetime64[D], shape (T,)
    kpi : array, shape (T,)
        Observed KPI.
    exposure, cost : array, shape (T, C)
        Drivers in their own unit, and money.
    exposure_scale : array, shape (C,)
        What the model divides the exposure by.
    parameters : ResponseParameters
        All draws of the media response, the coefficient in KPI units.
    effect : array, shape (S, C)
        What the prior speaks of, see `mmm_core.effects`: KPI units per money, or share of the total KPI.
    components : tuple of Component
        The other terms.
    component_draws : array of int, shape (S',)
        Which of the `S` draws the components are stored for.
    """

    config: ModelConfig
    dates: NDArray[np.datetime64]
    kpi: Floats
    exposure: Floats
    cost: Floats
    exposure_scale: Floats
    parameters: ResponseParameters
    effect: Floats
    components: tuple[Component, ...]
    component_draws: NDArray[np.intp]

    @property
    def scaled_exposure(self) -> Floats:
        """Exposure as the model sees it, shape (T, C)."""
        return self.exposure / self.exposure_scale

    @property
    def media_names(self) -> tuple[str, ...]:
        """Slugs of the media, paid first."""
        return tuple(medium.name for medium in self.config.media)

    @property
    def paid_count(self) -> int:
        """Number of paid media; they come first."""
        return len(self.config.channels)


def fitted_model(
    config: ModelConfig, posterior: xr.Dataset, components: xr.Dataset, fit_data: xr.Dataset
) -> FittedModel:
    """Assemble a fitted model from the stored data sets.

    Parameters
    ----------
    config : ModelConfig
        The fit's configuration.
    posterior : Dataset
        Free parameters and the media coefficient (KPI units), dims ``chain, draw, channel``.
    components : Dataset
        ``contribution`` with dims ``sample, component, date``, and the coordinates ``kind``, ``label`` and
        ``sample`` (index into the stacked draws).
    fit_data : Dataset
        From `model_data_to_dataset`.
    """

    def draws(name: str) -> Floats:
        values = posterior[name].transpose("chain", "draw", "channel").to_numpy()
        return values.reshape(-1, values.shape[-1]).astype(np.float64)

    def draws_if(wanted: bool, name: str) -> Floats | None:
        return draws(name) if wanted else None

    adstock, saturation = config.channels[0].adstock, config.channels[0].saturation
    parameters = ResponseParameters(
        adstock.family,
        saturation.family,
        adstock.max_lag,
        retention=draws(RETENTION),
        coefficient=draws(COEFFICIENT),
        peak_lag=draws_if(adstock.family == "delayed", PEAK_LAG),
        steepness=draws_if(saturation.family == "logistic", STEEPNESS),
        half_saturation=draws_if(saturation.family == "hill", HALF_SATURATION),
        slope=draws_if(saturation.family == "hill", SLOPE),
    )
    exposure = fit_data["exposure"].to_numpy()
    stored = components["contribution"].transpose("component", "sample", "date").to_numpy()
    return FittedModel(
        config=config,
        dates=fit_data["date"].to_numpy().astype("datetime64[D]"),
        kpi=fit_data["kpi"].to_numpy(),
        exposure=exposure,
        cost=fit_data["cost"].to_numpy(),
        exposure_scale=exposure.max(axis=0),
        parameters=parameters,
        effect=draws(EFFECT),
        components=tuple(
            Component(str(name), str(label), ComponentKind(str(kind)), values.astype(np.float64))
            for name, label, kind, values in zip(
                components["component"].to_numpy(),
                components["label"].to_numpy(),
                components["kind"].to_numpy(),
                stored,
                strict=True,
            )
        ),
        component_draws=components["sample"].to_numpy().astype(np.intp),
    )
