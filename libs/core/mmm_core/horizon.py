"""The periods to come that a plan is made for: their prices, their demand, and what they are compared with.

Axes: periods ``H``, panel cells ``G``, paid channels ``C``.
"""

from dataclasses import dataclass

import numpy as np

from mmm_core.config import PERIODS_PER_YEAR
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import Window, whole


@dataclass(frozen=True, slots=True)
class Prices:
    """What money buys at the prices of the reference window.

    Attributes
    ----------
    exposure_per_money : array, shape (G, C)
        Scaled exposure that one unit of money buys in each cell.
    cell_share : array, shape (G, C)
        How a channel's money is shared between the cells; sums to one.
    """

    exposure_per_money: Floats
    cell_share: Floats


@dataclass(frozen=True, slots=True)
class Horizon:
    """The periods right after the data.

    Attributes
    ----------
    reference : Window
        What a plan is compared with and priced by.
    prices : Prices
        Of the reference window.
    cost_index : array, shape (H, C)
        Price of exposure in each period relative to the reference window.
    demand : array, shape (H,)
        Factor on what media bring in a period; after the horizon it is 1.
    carry_in : bool
        Whether what is left of the spend before the horizon saturates channels already.
    """

    reference: Window
    prices: Prices
    cost_index: Floats
    demand: Floats
    carry_in: bool = True

    @property
    def periods(self) -> int:
        """Number of periods."""
        return len(self.demand)


def next_periods(fit: FittedModel, periods: int) -> Horizon:
    """Return the next periods at the prices of the reference window, all of the same demand."""
    return Horizon(
        reference=reference_window(fit),
        prices=prices(fit),
        cost_index=np.ones((periods, fit.paid_count)),
        demand=np.ones(periods),
    )


def reference_window(fit: FittedModel) -> Window:
    """Return the last year of data (all of it when shorter): what a plan is compared with and priced by."""
    return Window(max(0, len(fit.dates) - periods_per_year(fit)), len(fit.dates))


def periods_per_year(fit: FittedModel) -> int:
    """Whole periods in a year of the fit's frequency."""
    return round(PERIODS_PER_YEAR[fit.config.frequency])


def reference_spend(fit: FittedModel, horizon_periods: int) -> Floats:
    """Money per cell and paid channel over the horizon at the average level of the reference window.

    Returns
    -------
    array, shape (G, C)
    """
    window = reference_window(fit)
    spend = fit.cost[window.periods, :, : fit.paid_count].sum(axis=0)
    return np.asarray(spend / (window.stop - window.start) * horizon_periods)


def prices(fit: FittedModel) -> Prices:
    """Average prices of the reference window; of all data for a channel that was silent in it.

    Where some cell has exposure without cost, the channel's cost is taken to be booked for all cells
    together: one price for all, and money shared like the exposure it buys.
    """
    recent, ever = _bought_in(fit, reference_window(fit)), _bought_in(fit, whole(fit))
    silent = (recent[0].sum(axis=0) <= 0) | (recent[1].sum(axis=0) <= 0)
    exposure, cost = (np.where(silent, always, lately) for lately, always in zip(recent, ever, strict=True))
    together = ((cost <= 0) & (exposure > 0)).any(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        overall = exposure.sum(axis=0) / cost.sum(axis=0)
        own = np.where((cost > 0) & ~together, exposure / cost, overall)
        share = np.where(together, exposure / exposure.sum(axis=0), cost / cost.sum(axis=0))
    return Prices(own / fit.exposure_scale[:, : fit.paid_count], share)


def _bought_in(fit: FittedModel, window: Window) -> tuple[Floats, Floats]:
    """Exposure in its own unit, and its cost, both of shape (G, C)."""
    paid = slice(0, fit.paid_count)
    return (
        np.asarray(fit.exposure[window.periods, :, paid].sum(axis=0)),
        np.asarray(fit.cost[window.periods, :, paid].sum(axis=0)),
    )


def steady(periods: int, channels: int) -> Floats:
    """Flighting of one block that spends evenly, shape (1, H, 1, C)."""
    return np.full((1, periods, 1, channels), 1 / periods)
