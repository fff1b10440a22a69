"""A fitted model as arrays: what analysis and optimizer read, without pymc.

It is made of three stored files of a fit: the free parameters (``posterior.nc``), the additive terms that
are dear to recompute (``components.nc``, thinned draws) and the data (``fit_data.nc``).
"""

from dataclasses import dataclass, replace

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from mmm_core.config import ModelConfig
from mmm_core.continuation import Continuation, read_continuation
from mmm_core.errors import FailedPrecondition, Violation
from mmm_core.media import SHAPE_PARAMETERS, Floats, Index, ResponseParameters, shape_of
from mmm_core.model_data import Cell, ComponentKind, Dates, largest_exposure
from mmm_core.noise import Noise

FORMAT_VERSION = 2
# Version 1 knew one series only; its files have no ``cell``.
READABLE_VERSIONS = (1, 2)

POSTERIOR_FILE = "posterior.nc"
COMPONENTS_FILE = "components.nc"
FIT_DATA_FILE = "fit_data.nc"
SPEC_FILE = "spec.json"
SUMMARY_FILE = "summary.json"
LOO_FILE = "loo.nc"

EFFECT = "channel_effect"
COEFFICIENT = "channel_coefficient"
MEDIA_MULTIPLIER = "media_temporal_latent_multiplier"
# Of the KPI divided by its largest value in each cell.
NOISE_SCALE, NOISE_FREEDOM = "y_sigma", "y_nu"
# Stored names of the parameters of the response's shape: pymc-marketing's, where it has one.
STORED_NAMES = {
    "retention": "adstock_alpha",
    "peak_lag": "adstock_theta",
    "scale": "adstock_lam",
    "shape": "adstock_k",
    "steepness": "saturation_lam",
    "half_saturation": "saturation_kappa",
    "slope": "saturation_slope",
    "exponent": "saturation_alpha",
}


@dataclass(frozen=True, slots=True)
class Component:
    """An additive term of the expected KPI that is not a medium.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    kind : ComponentKind
        Baseline, competitor, control or event.
    draws : array, shape (S', T, G)
        KPI units, for the thinned draws `FittedModel.component_draws`.
    """

    name: str
    label: str
    kind: ComponentKind
    draws: Floats


@dataclass(frozen=True, slots=True)
class FittedModel:
    """Joint posterior draws and the data they came from.

    `S` draws, `T` periods, `G` panel cells (1 without a panel), `C` media.

    Attributes
    ----------
    config : ModelConfig
        What was fitted; the first ``len(config.channels)`` media are paid.
    dates : array of datetime64[D], shape (T,)
    cells : tuple of tuple of str
        Labels of the cells, one per dimension.
    kpi : array, shape (T, G)
        Observed KPI.
    exposure, cost : array, shape (T, G, C)
        Drivers in their own unit, and money.
    exposure_scale : array, shape (G, C)
        What the model divides the exposure by.
    unit_value : float or None
        Money one KPI unit is worth; None when it is not known.
    parameters : ResponseParameters
        All draws of the media response, the coefficient in KPI units.
    effect : array, shape (S, C)
        What the prior speaks of, see `mmm_core.effects`: KPI units per money, or share of the total KPI.
    components : tuple of Component
        The other terms.
    component_draws : array of int, shape (S',)
        Which of the `S` draws the components are stored for.
    multiplier : array, shape (S, T), or None
        What moves the effect of all media in time.
    noise : Noise or None
        What chance adds to the expected KPI, all draws; None when it was not stored.
    continuation : Continuation or None
        What the components are made of, for `component_draws`; None when it was not stored.
    """

    config: ModelConfig
    dates: Dates
    cells: tuple[Cell, ...]
    kpi: Floats
    exposure: Floats
    cost: Floats
    exposure_scale: Floats
    unit_value: float | None
    parameters: ResponseParameters
    effect: Floats
    components: tuple[Component, ...]
    component_draws: NDArray[np.intp]
    multiplier: Floats | None = None
    noise: Noise | None = None
    continuation: Continuation | None = None

    @property
    def scaled_exposure(self) -> Floats:
        """Exposure as the model sees it, shape (T, G, C)."""
        return self.exposure / self.exposure_scale

    @property
    def media_names(self) -> tuple[str, ...]:
        """Slugs of the media, paid first."""
        return tuple(medium.name for medium in self.config.media)

    @property
    def paid_count(self) -> int:
        """Number of paid media; they come first."""
        return len(self.config.channels)

    def select_cells(self, cells: NDArray[np.intp]) -> "FittedModel":
        """Keep some cells of a panel; `effect` stays that of all."""
        return replace(
            self,
            cells=tuple(self.cells[place] for place in cells),
            kpi=self.kpi[:, cells],
            exposure=self.exposure[:, cells],
            cost=self.cost[:, cells],
            exposure_scale=self.exposure_scale[cells],
            parameters=self.parameters.select(cells=cells),
            components=tuple(replace(term, draws=term.draws[..., cells]) for term in self.components),
            noise=None if self.noise is None else self.noise.select(cells=cells),
            continuation=None if self.continuation is None else self.continuation.select_cells(cells),
        )

    def select_draws(self, draws: NDArray[np.intp]) -> "FittedModel":
        """Keep some draws of the media response, and no other component."""
        return replace(
            self,
            parameters=self.parameters.select(draws),
            effect=self.effect[draws],
            multiplier=None if self.multiplier is None else self.multiplier[draws],
            components=(),
            component_draws=np.arange(0),
            noise=None,
            continuation=None,
        )

    def thinned(self) -> "FittedModel":
        """Keep the draws the components are stored for."""
        draws = self.component_draws
        return replace(
            self,
            parameters=self.parameters.select(draws),
            effect=self.effect[draws],
            component_draws=np.arange(len(draws)),
            multiplier=None if self.multiplier is None else self.multiplier[draws],
            noise=None if self.noise is None else self.noise.select(draws),
        )

    def required_continuation(self) -> Continuation:
        """Give the continuation; raises `FailedPrecondition` for a fit that was stored without."""
        return _stored(self.continuation)

    def required_noise(self) -> Noise:
        """Give the noise; raises `FailedPrecondition` for a fit that was stored without."""
        return _stored(self.noise)

    def multiplier_of(self, draws: Index) -> Floats | float:
        """Multiplier of media over time for some draws, shape (S, T, 1, 1); 1 without one."""
        return 1.0 if self.multiplier is None else self.multiplier[draws][:, :, None, None]


def _stored[T](part: T | None) -> T:
    if part is None:
        problem = Violation(
            "fit", "was stored by a version that did not keep this.", "Fit again.", code="NO_CONTINUATION"
        )
        raise FailedPrecondition([problem], reason="NO_CONTINUATION")
    return part


def fitted_model(
    config: ModelConfig, posterior: xr.Dataset, components: xr.Dataset, fit_data: xr.Dataset
) -> FittedModel:
    """Assemble a fitted model from the stored data sets, of this or an older format.

    Parameters
    ----------
    config : ModelConfig
        The fit's configuration.
    posterior : Dataset
        Parameters of the response, dims ``chain, draw, channel``, the media coefficient (KPI units) with
        ``cell`` before ``channel``, the effect, and the noise.
    components : Dataset
        ``contribution`` with dims ``sample, component, date, cell``, and the coordinates ``kind``, ``label``
        and ``sample`` (index into the stacked draws).
    fit_data : Dataset
        From `model_data_to_dataset`.
    """
    data = _with_cells(fit_data)
    exposure = data["exposure"].transpose("date", "cell", "channel").to_numpy()
    kpi = data["kpi"].transpose("date", "cell").to_numpy()
    labels = data["cell_labels"].transpose("cell", "dimension").to_numpy()
    return FittedModel(
        config=config,
        dates=data["date"].to_numpy().astype("datetime64[D]"),
        cells=tuple(tuple(str(label) for label in row) for row in labels),
        kpi=kpi,
        exposure=exposure,
        cost=data["cost"].transpose("date", "cell", "channel").to_numpy(),
        exposure_scale=largest_exposure(exposure),
        unit_value=_unit_value(config, fit_data),
        parameters=response_parameters(config, posterior, _coefficient(posterior)),
        effect=_drawn(posterior[EFFECT], "channel"),
        components=tuple(_components(_with_cells(components))),
        component_draws=components["sample"].to_numpy().astype(np.intp),
        multiplier=_drawn(posterior[MEDIA_MULTIPLIER], "date") if MEDIA_MULTIPLIER in posterior else None,
        noise=_noise(posterior, kpi.max(axis=0)),
        continuation=read_continuation(config, components, fit_data),
    )


def response_parameters(
    config: ModelConfig, posterior: xr.Dataset, coefficient: Floats
) -> ResponseParameters:
    """Pick the parameters of the media response out of a posterior (or prior) data set."""
    return ResponseParameters(
        tuple(shape_of(medium) for medium in config.media),
        coefficient,
        **{
            name: _drawn(posterior[STORED_NAMES[name]], "channel")[:, None]
            for name in SHAPE_PARAMETERS
            if STORED_NAMES[name] in posterior
        },
    )


def _coefficient(posterior: xr.Dataset) -> Floats:
    """Coefficient in KPI units, shape (S, G, C)."""
    return _drawn(_with_cells(posterior)[COEFFICIENT], "cell", "channel")


def _noise(posterior: xr.Dataset, kpi_scale: Floats) -> Noise | None:
    if NOISE_SCALE not in posterior:
        return None
    sigma = posterior[NOISE_SCALE]
    sigma = sigma if "cell" in sigma.dims else sigma.expand_dims("cell")
    nu = _drawn(posterior[NOISE_FREEDOM]) if NOISE_FREEDOM in posterior else None
    return Noise(_drawn(sigma, "cell") * kpi_scale, nu)


def _with_cells(stored: xr.Dataset) -> xr.Dataset:
    """Give data sets of format version 1 their only cell."""
    if "cell" in stored.dims:
        return stored
    widened = stored.assign({name: stored[name].expand_dims("cell") for name in _HAD_NO_CELL & {*stored}})
    return widened.assign(cell_labels=(("cell", "dimension"), np.empty((1, 0), dtype=np.str_)))


_HAD_NO_CELL = {"kpi", "exposure", "cost", "contribution", COEFFICIENT}


def _unit_value(config: ModelConfig, fit_data: xr.Dataset) -> float | None:
    if "unit_value" in fit_data.attrs:
        return float(fit_data.attrs["unit_value"])
    # Version 1 did not store it, and knew no value column.
    return 1.0 if config.kpi.kind == "revenue" else config.kpi.value_per_unit


def _drawn(values: xr.DataArray, *dims: str) -> Floats:
    """All chains' draws one after the other, in double precision."""
    ordered = values.transpose("chain", "draw", *dims).to_numpy()
    return ordered.reshape(-1, *ordered.shape[2:]).astype(np.float64)


def _components(stored: xr.Dataset) -> list[Component]:
    draws = stored["contribution"].transpose("component", "sample", "date", "cell").to_numpy()
    names, labels, kinds = (stored[name].to_numpy() for name in ("component", "label", "kind"))
    return [
        Component(str(name), str(label), ComponentKind(str(kind)), values.astype(np.float64))
        for name, label, kind, values in zip(names, labels, kinds, draws, strict=True)
    ]
