"""True response of media: the parameters a simulation draws, in the form every quantity is computed from."""

from collections.abc import Mapping, Sequence

import numpy as np

from mmm_core.config.media import AdstockFamily, SaturationFamily
from mmm_core.effects import coefficient_from_effect
from mmm_core.media import (
    SHAPE_PARAMETERS,
    Floats,
    ResponseParameters,
    ResponseShape,
    adstock_weights,
    apply_adstock,
)
from mmm_core.model_data import ModelData
from mmm_core.simulation.design import SimulationDesign
from mmm_core.simulation.layout import Layout, drift
from mmm_core.simulation.media_design import AdstockTruth, ChannelDesign, MediumDesign, SaturationTruth
from mmm_core.simulation.media_use import money_per_kpi_unit

ADSTOCK_PARAMETERS: Mapping[AdstockFamily, tuple[str, ...]] = {
    "none": (),
    "geometric": ("retention",),
    "delayed": ("retention", "peak_lag"),
    "binomial": ("retention",),
    "weibull_pdf": ("scale", "shape"),
    "weibull_cdf": ("scale", "shape"),
}
SATURATION_PARAMETERS: Mapping[SaturationFamily, tuple[str, ...]] = {
    "none": (),
    "logistic": ("steepness",),
    "hill": ("half_saturation", "slope"),
    "michaelis_menten": ("half_saturation",),
    "root": ("exponent",),
}


def used_parameters(shape: ResponseShape) -> tuple[str, ...]:
    """Names of the parameters that a medium's families have."""
    return ADSTOCK_PARAMETERS[shape.adstock] + SATURATION_PARAMETERS[shape.saturation]


def true_response(design: SimulationDesign, layout: Layout, data: ModelData) -> ResponseParameters:
    """Draw the response of all media; one draw, so ``S`` is 1.

    Parameters
    ----------
    design : SimulationDesign
        What is simulated.
    layout : Layout
        Its periods and cells.
    data : ModelData
        Exposure and cost. Its KPI is not read.

    Notes
    -----
    Coefficients follow from what a medium brings over all data: for media with a cost, from the return asked
    for and the money in `data`, which is rounded, so that the true return is exact; for others, from their
    share of the KPI.
    """
    shape = _response(
        [(medium.name, medium.adstock, medium.saturation) for medium in design.media],
        layout,
        np.ones((1, len(layout.cells), len(design.media))),
    )
    coefficient = coefficient_from_effect(
        np.array([[_effect(design, medium, layout) for medium in design.media]]),
        np.stack([layout.tilt(medium.name) for medium in design.media], axis=-1)[None],
        _reference(design, layout, data),
        scaled_exposure=data.exposure / data.exposure_scale,
        shape=shape,
        multiplier=true_multiplier(design, layout),
    )
    return ResponseParameters(
        shape.shapes, coefficient, **{name: getattr(shape, name) for name in SHAPE_PARAMETERS}
    )


def true_multiplier(design: SimulationDesign, layout: Layout) -> Floats | None:
    """What the effect of all media is multiplied by over time, shape (1, T); 1 on average."""
    if design.media_over_time is None:
        return None
    rng = layout.random("media over time")
    movement = np.exp(design.media_over_time.variation.draw(rng) * drift(rng, len(layout.dates)))
    return (movement / movement.mean())[None]


def spread_signal(name: str, adstock: AdstockTruth | None, values: Floats, layout: Layout) -> Floats:
    """Carry the values of a competitor or control over, shape (T, G)."""
    if adstock is None:
        return values
    drawn = _response([(name, adstock, SaturationTruth(family="none"))], layout, np.ones((1, 1, 1)))
    return np.asarray(apply_adstock(values[:, :, None], adstock_weights(drawn))[0, :, :, 0])


def _response(
    wanted: Sequence[tuple[str, AdstockTruth, SaturationTruth]], layout: Layout, coefficient: Floats
) -> ResponseParameters:
    shapes = tuple(
        ResponseShape(
            adstock.family, 1 if adstock.family == "none" else adstock.max_lag + 1, saturation.family
        )
        for _, adstock, saturation in wanted
    )
    drawn: dict[str, list[float]] = {name: [] for name in SHAPE_PARAMETERS}
    for medium, adstock, saturation in wanted:
        amounts = {**dict(adstock), **dict(saturation)}
        for name, values in drawn.items():
            values.append(amounts[name].draw(layout.random(name, medium)))
    parameters = {name: np.array(values)[None, None] for name, values in drawn.items()}
    return ResponseParameters(shapes, coefficient, **parameters)


def _effect(design: SimulationDesign, medium: MediumDesign, layout: Layout) -> float:
    """KPI units per money, or the share of the KPI of a medium without a cost."""
    if isinstance(medium, ChannelDesign) or medium.roi is not None:
        return 1 / money_per_kpi_unit(design, medium, layout)
    return medium.kpi_share.draw(layout.random("share", medium.name))


def _reference(design: SimulationDesign, layout: Layout, data: ModelData) -> Floats:
    """KPI units that an effect of one stands for, per cell and medium, shape (G, C)."""
    total = layout.level * len(layout.dates)
    costs = data.cost.sum(axis=0)
    free = np.array([medium.roi is None and not isinstance(medium, ChannelDesign) for medium in design.media])
    return np.where(free, total[:, None], costs)
