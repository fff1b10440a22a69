"""From a design and a seed to data, the configuration that describes them, and the truth behind them."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from mmm_core.config import LiftTest, ModelConfig
from mmm_core.effects import is_share
from mmm_core.errors import InvalidInput, Violation
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.model_data import ModelData
from mmm_core.quantities import contributions_by_cell, expected_kpi_by_cell
from mmm_core.signals import build_model_data
from mmm_core.simulation.baseline import baseline_terms
from mmm_core.simulation.columns import VALUE, check_columns, kpi_column, make_demand, make_table
from mmm_core.simulation.design import SimulationDesign
from mmm_core.simulation.emitted_config import make_config
from mmm_core.simulation.layout import Layout, make_layout, rounded
from mmm_core.simulation.media_design import ChannelDesign
from mmm_core.simulation.media_use import Experiment, MediumUse, use_channel, use_owned
from mmm_core.simulation.response import true_multiplier, true_response

DRAW = slice(0, 1)


@dataclass(frozen=True, slots=True)
class SimulatedData:
    """Data with known truth.

    Attributes
    ----------
    design : SimulationDesign
        What was wanted.
    seed : int
        Where the random numbers began.
    table : DataFrame
        The data, one row per period and cell.
    config : ModelConfig
        What the columns are, with the beliefs and lift tests of the design.
    truth : FittedModel
        The truth in the form of a fit with a single draw: whatever `mmm_core.quantities` computes of a fit,
        it computes of the truth.
    true_lifts : tuple of float
        What the lift tests of `config` would have measured without error, in KPI units.
    """

    design: SimulationDesign
    seed: int
    table: pd.DataFrame
    config: ModelConfig
    truth: FittedModel
    true_lifts: tuple[float, ...]


def generate(design: SimulationDesign, seed: int = 1) -> SimulatedData:
    """Simulate data.

    The same design and seed give the same data, byte for byte, with the same version of numpy.

    Parameters
    ----------
    design : SimulationDesign
        What is wanted.
    seed : int
        At least 0.

    Raises
    ------
    InvalidInput
        When names collide, lift tests leave a channel without spend, or the KPI would fall below zero.
    """
    check_columns(design)
    layout = make_layout(design, seed)
    demand = make_demand(design, layout)
    used = _media_use(design, layout, demand)
    table = make_table(design, layout, used, demand)
    config = make_config(design, layout)
    truth = _truth(design, layout, config, build_model_data(config, table), demand)
    expected = expected_by_cell(truth)
    _check_positive(expected)
    observed = _observed(design, layout, expected).ravel()
    table[kpi_column(design)] = observed.astype(np.int64) if design.kpi.kind == "count" else observed
    if design.kpi.value_spread:
        table[VALUE] = _values(design, layout, observed)
    data = build_model_data(config, table)
    lifts, tests = _measured_lifts(design, layout, truth, used)
    described = make_config(design, layout, tests)
    known = replace(
        truth, config=described, kpi=data.kpi, effect=_effect(truth, data), unit_value=data.unit_value
    )
    return SimulatedData(design, seed, table, described, known, lifts)


def expected_by_cell(truth: FittedModel) -> Floats:
    """Expected KPI of a truth, shape (T, G)."""
    return np.asarray(expected_kpi_by_cell(truth)[0])


def _media_use(design: SimulationDesign, layout: Layout, demand: Floats) -> dict[str, MediumUse]:
    return {
        medium.name: use_channel(design, medium, layout, demand)
        if isinstance(medium, ChannelDesign)
        else use_owned(design, medium, layout)
        for medium in design.media
    }


def _truth(
    design: SimulationDesign, layout: Layout, config: ModelConfig, data: ModelData, demand: Floats
) -> FittedModel:
    """Return the truth but for what needs the observed KPI."""
    known = FittedModel(
        config=config,
        dates=data.dates,
        cells=data.cells,
        kpi=data.kpi,
        exposure=data.exposure,
        cost=data.cost,
        exposure_scale=data.exposure_scale,
        unit_value=data.unit_value,
        parameters=true_response(design, layout, data),
        effect=np.ones((1, len(config.media))),
        components=(),
        component_draws=np.zeros(1, dtype=np.intp),
        multiplier=true_multiplier(design, layout),
    )
    media = contributions_by_cell(known, DRAW)[0].sum(axis=-1)
    return replace(known, components=baseline_terms(design, layout, data, demand, media))


def _check_positive(expected: Floats) -> None:
    low = int((expected <= 0).sum())
    if low:
        problem = Violation(
            "design",
            f"pushes the expected KPI below zero in {low} of {expected.size} rows.",
            "Lower the media's kpi_share, the swings, the growth or the seasonal amplitudes.",
            f"{expected.min():.4g}",
            code="KPI_BELOW_ZERO",
        )
        raise InvalidInput([problem])


def _observed(design: SimulationDesign, layout: Layout, expected: Floats) -> Floats:
    """Expected KPI with noise, never below 0; counts are whole numbers."""
    noise, rng = design.noise, layout.random("noise")
    sd = noise.sd.draw(rng)
    if noise.family == "student_t":
        degrees = noise.degrees_of_freedom.draw(rng)
        deviation = rng.standard_t(degrees, layout.shape) * np.sqrt((degrees - 2) / degrees)
    else:
        deviation = rng.standard_normal(layout.shape)
    observed = np.maximum(expected + sd * layout.level * deviation, 0.0)
    return np.rint(observed) if design.kpi.kind == "count" else rounded(observed)


def _values(design: SimulationDesign, layout: Layout, observed: Floats) -> Floats:
    """Money a unit of the observed KPI is worth in each row, shape (T * G,)."""
    chance = layout.random("value").standard_normal(observed.size)
    values = np.exp(design.kpi.value_spread * chance)
    return rounded(values * (design.kpi.value_per_unit or 1.0) / np.average(values, weights=observed))


def _measured_lifts(
    design: SimulationDesign, layout: Layout, truth: FittedModel, used: dict[str, MediumUse]
) -> tuple[tuple[float, ...], tuple[LiftTest, ...]]:
    """Lifts of all experiments, true and as measured."""
    lifts, tests = [], []
    for place, channel in enumerate(design.channels):
        for number, experiment in enumerate(used[channel.name].experiments, start=1):
            lift = true_lift(truth, place, experiment)
            error = abs(lift) * experiment.design.relative_error
            first, last = layout.days(experiment.periods)
            chance = layout.random("lift", channel.name, str(number)).standard_normal()
            lifts.append(lift)
            tests.append(
                LiftTest(
                    channel=channel.name,
                    start=first,
                    end=last,
                    cell=experiment.design.cell,
                    spend_change=float(f"{experiment.spend_change.sum():.6g}"),
                    lift=float(f"{lift + error * chance:.6g}"),
                    standard_error=float(f"{error:.6g}"),
                    display_name=f"{channel.label}, test {number}",
                )
            )
    return tuple(lifts), tuple(tests)


def true_lift(truth: FittedModel, medium: int, experiment: Experiment) -> float:
    """KPI units that an experiment brought: with it minus without it, all carryover in the data included."""
    without = truth.exposure.copy()
    changed = without[:, experiment.cell, medium] - experiment.driver_change
    without[:, experiment.cell, medium] = np.maximum(changed, 0.0)
    difference = expected_by_cell(truth) - expected_by_cell(replace(truth, exposure=without))
    return float(difference.sum())


def _effect(truth: FittedModel, data: ModelData) -> Floats:
    """What the media's priors speak of, shape (1, C): KPI units per money, or share of the observed KPI."""
    gained = contributions_by_cell(truth, DRAW).sum(axis=(1, 2))
    shares = np.array([is_share(medium) for medium in truth.config.media])
    return np.asarray(gained / np.where(shares, data.kpi.sum(), data.cost.sum(axis=(0, 1))))
