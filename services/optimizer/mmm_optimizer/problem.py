"""A plan's problem: settings checked against a fit and made into arrays, for any budget and every mode."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mmm_core.errors import InvalidInput
from mmm_core.fitted import FittedModel
from mmm_core.forecast import baseline_index
from mmm_core.horizon import Horizon, next_periods, periods_per_year, reference_spend
from mmm_core.media import Floats
from mmm_core.plan import Split
from mmm_optimizer.checks import check_settings
from mmm_optimizer.constraints import Constraint, Layout, Switch, constraints_of, missing_references
from mmm_optimizer.request import FlightingKind, PlanSettings, Utility

DEFAULT_PROBABILITY = 0.9
DEFAULT_RISK_LEVEL = 0.1
MOST_AMOUNTS = 500


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Everything about a plan but its budget. `V` amounts of `C` paid channels.

    Attributes
    ----------
    channels : tuple of str
        Slugs.
    horizon : Horizon
        The periods to come.
    split : Split
        How amounts are spread over periods and cells.
    edges : array of int, shape (B + 1,)
        Where blocks of periods begin and end.
    constraints : tuple of Constraint
        On the amounts, which are never negative.
    switches : tuple of Switch
        Minima that hold unless their channel is off.
    reference : array, shape (V,)
        Money at the level of the reference window, in the plan's flighting.
    utility : Utility
        What is maximised.
    risk_level : float
        Share of the worst draws that risk is measured on.
    interval_probability : float
        Mass of the intervals.
    """

    channels: tuple[str, ...]
    horizon: Horizon
    split: Split
    edges: NDArray[np.intp]
    constraints: tuple[Constraint, ...]
    switches: tuple[Switch, ...]
    reference: Floats
    utility: Utility = Utility.MEAN
    risk_level: float = DEFAULT_RISK_LEVEL
    interval_probability: float = DEFAULT_PROBABILITY

    @property
    def size(self) -> int:
        """Number of amounts."""
        return len(self.reference)

    def money(self, amounts: Floats) -> Floats:
        """Money per period, cell with amounts of its own and channel, shape (H, G', C)."""
        by_block = amounts.reshape(len(self.edges) - 1, 1, -1, len(self.channels))
        return np.asarray((self.split.flighting * by_block).sum(axis=0))

    def in_all_cells(self, money: Floats) -> Floats:
        """Spread money, shape (H, G or 1, C), over all cells of the panel: shape (H, G, C)."""
        share = self.horizon.prices.cell_share
        return money if money.shape[1] == len(share) else money * share

    def amounts(self, money: Floats) -> Floats:
        """Add money of shape (H, G or 1, C) up to amounts, shape (V,): what constraints speak of."""
        spread = self.in_all_cells(money) if self.split.by_cell else money.sum(axis=1, keepdims=True)
        return np.add.reduceat(spread, self.edges[:-1], axis=0).ravel()


def build_problem(fit: FittedModel, settings: PlanSettings) -> PlanProblem:
    """Check the settings and make a problem of them.

    Raises
    ------
    InvalidInput
        Naming every wrong field at once.
    """
    periods = settings.horizon_periods
    if periods is None:
        periods = periods_per_year(fit)
    problems = list(check_settings(fit, settings, periods))
    if problems:
        raise InvalidInput(problems)
    layout = Layout(fit, _edges(settings, periods), settings.split_cells or bool(settings.cell_budgets))
    by_cell = reference_spend(fit, periods)
    if problems := list(missing_references(settings, layout, by_cell.sum(axis=0))):
        raise InvalidInput(problems)
    weights = _weights(fit, settings, periods)
    flighting, share_of_block = _flighting(weights, layout.edges)
    constraints, switches = constraints_of(layout, settings, by_cell.sum(axis=0))
    level = by_cell if layout.by_cell else by_cell.sum(axis=0, keepdims=True)
    return PlanProblem(
        channels=tuple(channel.name for channel in fit.config.channels),
        horizon=horizon_of(fit, settings, periods),
        split=Split(flighting, layout.by_cell),
        edges=layout.edges,
        constraints=(*constraints, *_off_air(layout, flighting)),
        switches=tuple(switches),
        reference=(share_of_block[:, None] * level).ravel(),
        utility=settings.utility or Utility.MEAN,
        risk_level=settings.risk_level or DEFAULT_RISK_LEVEL,
        interval_probability=settings.interval_probability or DEFAULT_PROBABILITY,
    )


def horizon_of(fit: FittedModel, settings: PlanSettings, periods: int) -> Horizon:
    """Return the periods to come as checked settings want them."""
    return replace(
        next_periods(fit, periods),
        cost_index=_cost_index(fit, settings, periods),
        demand=_demand(fit, settings, periods),
        carry_in=settings.carry_in,
    )


def _demand(fit: FittedModel, settings: PlanSettings, periods: int) -> Floats:
    if settings.demand_of_baseline:
        return baseline_index(fit, periods)
    return np.array(settings.demand_index) if settings.demand_index else np.ones(periods)


def _edges(settings: PlanSettings, periods: int) -> NDArray[np.intp]:
    """Blocks begin and end where period budgets do."""
    inner = {edge for budget in settings.period_budgets for edge in (budget.first - 1, budget.last)}
    return np.array(sorted({0, periods} | inner), dtype=np.intp)


def _weights(fit: FittedModel, settings: PlanSettings, periods: int) -> Floats:
    """Relative spend of a channel's periods, shape (H, C)."""
    weights = np.ones((periods, fit.paid_count))
    if settings.flighting is FlightingKind.AS_LAST_YEAR:
        season = min(periods_per_year(fit), len(fit.dates))
        first = len(fit.dates) - season
        last_year = fit.cost[first + np.arange(periods) % season, :, : fit.paid_count].sum(axis=1)
        weights = np.where(last_year.sum(axis=0) > 0, last_year, weights)
    for flight in settings.flights:
        weights[:, fit.media_names.index(flight.channel)] = flight.weights
    return weights


def _flighting(weights: Floats, edges: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Shares of the periods within blocks, shape (B, H, 1, C), and of the blocks in all, shape (B, C)."""
    periods = np.arange(len(weights))
    inside = (periods >= edges[:-1, None]) & (periods < edges[1:, None])
    by_block = inside[..., None] * weights
    total = by_block.sum(axis=1)
    with np.errstate(invalid="ignore"):
        shares = np.where(total[:, None] > 0, by_block / total[:, None], 0.0)
    return shares[:, :, None], total / weights.sum(axis=0)


def _off_air(layout: Layout, flighting: Floats) -> list[Constraint]:
    """Nothing can be spent in blocks in which a channel's flighting has no period."""
    silent = np.broadcast_to(flighting.sum(axis=1) == 0, layout.shape).ravel()
    return [
        Constraint(
            "flights", np.eye(1, layout.size, int(place))[0], 0.0, False, "a channel is off air in a block"
        )
        for place in np.flatnonzero(silent)
    ]


def _cost_index(fit: FittedModel, settings: PlanSettings, periods: int) -> Floats:
    index = np.ones((periods, fit.paid_count))
    years = np.arange(periods) / periods_per_year(fit)
    for cost in settings.costs:
        given = np.array(cost.index) if cost.index else np.ones(periods)
        index[:, fit.media_names.index(cost.channel)] = given * (1 + cost.yearly_inflation) ** years
    return index
