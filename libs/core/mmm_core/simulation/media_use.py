"""What is spent and shown: the use of media over time, with the experiments made on them."""

from dataclasses import dataclass

import numpy as np

from mmm_core.errors import InvalidInput, Violation
from mmm_core.media import Floats
from mmm_core.simulation.design import LiftTestDesign, SimulationDesign
from mmm_core.simulation.layout import Layout, rounded
from mmm_core.simulation.media_design import ChannelDesign, OwnedDesign, Pattern

# Standard deviation of the logarithm of what a unit of owned media's activity costs.
OWNED_PRICE_VARIATION = 0.1


@dataclass(frozen=True, slots=True)
class Experiment:
    """An experiment as it was carried out.

    Attributes
    ----------
    design : LiftTestDesign
        What was wanted.
    periods : slice
        When.
    cell : int
        Which cell.
    spend_change : array, shape (T,)
        Money spent more (or, negative, less) because of it.
    driver_change : array, shape (T,)
        What that changed of what drives the effect.
    """

    design: LiftTestDesign
    periods: slice
    cell: int
    spend_change: Floats
    driver_change: Floats


@dataclass(frozen=True, slots=True)
class MediumUse:
    """How a medium was used.

    Attributes
    ----------
    driver : array, shape (T, G)
        What drives its effect: spend, exposure or activity.
    cost : array, shape (T, G), or None
        Money; None for owned media without a cost.
    experiments : tuple of Experiment
        Experiments on it.
    """

    driver: Floats
    cost: Floats | None
    experiments: tuple[Experiment, ...] = ()


def use_channel(
    design: SimulationDesign, channel: ChannelDesign, layout: Layout, demand: Floats
) -> MediumUse:
    """Spend money on a channel.

    Parameters
    ----------
    design : SimulationDesign
        Of the data.
    channel : ChannelDesign
        The channel.
    layout : Layout
        Periods and cells.
    demand : array, shape (T,)
        Demand with mean 0 and standard deviation 1; zeros without.

    Notes
    -----
    Money over all periods and cells is what the channel's share of the KPI costs at its return. Cells spend
    in proportion to their KPI, all in the same flights.

    Raises
    ------
    InvalidInput
        When experiments leave nothing spent.
    """
    share = channel.kpi_share.draw(layout.random("share", channel.name))
    gained = share * layout.level.sum() * len(layout.dates)
    confounding = design.demand.confounding if design.demand and channel.follows_demand else 0.0
    planned = use_over_time(channel.spend, channel.name, layout, demand, confounding) * layout.level
    tested = _with_tests(design, channel, planned, layout)
    if not tested.any():
        raise InvalidInput([_nothing_spent(channel)])
    factor = gained * money_per_kpi_unit(design, channel, layout) / tested.sum()
    price = _price(channel, layout)
    experiments = _experiments(design, channel, planned * factor, price, layout)
    spend = rounded(tested * factor)
    return MediumUse(spend if channel.exposure is None else rounded(spend / price), spend, experiments)


def use_owned(design: SimulationDesign, owned: OwnedDesign, layout: Layout) -> MediumUse:
    """Use an owned medium; a cost is in proportion to its activity, but for a price that varies."""
    pattern = use_over_time(owned.activity, owned.name, layout, np.zeros(len(layout.dates)), 0.0)
    activity = rounded(pattern / pattern.mean() * owned.activity_level)
    if owned.roi is None:
        return MediumUse(activity, None)
    share = owned.kpi_share.draw(layout.random("share", owned.name))
    gained = share * layout.level.sum() * len(layout.dates)
    price = np.exp(
        OWNED_PRICE_VARIATION * layout.random("price", owned.name).standard_normal((len(layout.dates), 1))
    )
    cost = activity * price * layout.level
    return MediumUse(
        activity, rounded(cost / cost.sum() * gained * money_per_kpi_unit(design, owned, layout))
    )


def money_per_kpi_unit(
    design: SimulationDesign, medium: ChannelDesign | OwnedDesign, layout: Layout
) -> float:
    """Money that one KPI unit the medium brings costs, by its return."""
    rng = layout.random("return", medium.name)
    if isinstance(medium, ChannelDesign) and medium.cost_per_unit is not None:
        return medium.cost_per_unit.draw(rng)
    assert medium.roi is not None  # noqa: S101 - validated, or a medium without a cost
    assert design.kpi.unit_value is not None  # noqa: S101 - validated
    return design.kpi.unit_value / medium.roi.draw(rng)


def use_over_time(pattern: Pattern, name: str, layout: Layout, demand: Floats, confounding: float) -> Floats:
    """Use of a medium, positive in active periods and 0 in others, shape (T, G).

    Parameters
    ----------
    pattern : Pattern
        How it is used.
    name : str
        Of the medium.
    layout : Layout
        Periods and cells.
    demand : array, shape (T,)
        Demand with mean 0 and standard deviation 1.
    confounding : float
        Correlation of demand and the logarithm of the amount in active periods.
    """
    own = layout.random("amounts", name).standard_normal(layout.shape)
    deviation = confounding * demand[:, None] + np.sqrt(1 - confounding**2) * own
    flights = _flights(pattern, len(layout.dates), layout.random("flights", name))[:, None]
    return np.asarray(flights * np.exp(pattern.variation * deviation))


def _flights(pattern: Pattern, periods: int, rng: np.random.Generator) -> Floats:
    """Height of the use of each period before it varies, shape (T,)."""
    low = {"always_on": 1.0, "flighted": 0.0, "pulsed": 1.0}[pattern.kind]
    high = pattern.height if pattern.kind == "pulsed" else 1.0
    heights = np.full(periods, low)
    # One pause may be under way when the data begin, but there is always a flight.
    begin = int(rng.integers(0, min(pattern.pause, periods - 1) + 1))
    while begin < periods:
        end = begin + _length(pattern.flight, rng)
        heights[begin:end] = high
        begin = end + _length(pattern.pause, rng)
    return heights


def _length(average: int, rng: np.random.Generator) -> int:
    """Return a whole number of periods, half to one and a half times the average."""
    return int(rng.integers((average + 1) // 2, average + average // 2 + 1))


def _nothing_spent(channel: ChannelDesign) -> Violation:
    return Violation(
        "lift_tests",
        f"leave channel {channel.name!r} without any spend.",
        "Let the tests that stop it begin elsewhere, or last for fewer periods.",
        code="NOTHING_SPENT",
    )


def _price(channel: ChannelDesign, layout: Layout) -> Floats:
    """Money per unit of what drives the channel's effect, shape (T, G)."""
    if channel.exposure is None:
        return np.ones(layout.shape)
    deviation = layout.random("price", channel.name).standard_normal(layout.shape)
    return np.asarray(channel.exposure.price * np.exp(channel.exposure.price_variation * deviation))


def _with_tests(design: SimulationDesign, channel: ChannelDesign, planned: Floats, layout: Layout) -> Floats:
    """Planned spend with the channel's experiments in it, shape (T, G)."""
    spend = planned.copy()
    for test in _tests_of(design, channel):
        cell = layout.cells.index(test.cell)
        spend[layout.span(test.at, test.periods), cell] = planned[:, cell].mean() * (1 + test.spend_change)
    return spend


def _experiments(
    design: SimulationDesign, channel: ChannelDesign, planned: Floats, price: Floats, layout: Layout
) -> tuple[Experiment, ...]:
    """The channel's experiments, with planned spend in money."""
    experiments = []
    for test in _tests_of(design, channel):
        periods, cell = layout.span(test.at, test.periods), layout.cells.index(test.cell)
        change = np.zeros(len(layout.dates))
        change[periods] = planned[:, cell].mean() * test.spend_change
        experiments.append(Experiment(test, periods, cell, change, change / price[:, cell]))
    return tuple(experiments)


def _tests_of(design: SimulationDesign, channel: ChannelDesign) -> list[LiftTestDesign]:
    return [test for test in design.lift_tests if test.channel == channel.name]
