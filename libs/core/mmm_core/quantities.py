"""The quantities every surface reports, each defined once (docs/concepts.md says them in words).

All are computed per posterior draw on the KPI's own scale and summarised last, so an interval of a ratio
is the quantile of the ratio. On a panel they are sums over the cells of the given fit; for some cells only,
give `FittedModel.select_cells`. Axes: draws ``S``, periods ``T``, panel cells ``G``, media ``C``.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.fitted import FittedModel
from mmm_core.media import (
    Floats,
    Index,
    adstock_weights,
    apply_adstock,
    saturate,
)

# Numbers per array that are worked on at a time: memory stays small however many draws, periods and cells
# there are, and threads seldom wait for the interpreter.
BLOCK_SIZE = 150_000


@dataclass(frozen=True, slots=True)
class Window:
    """A range of periods, as positions in the data.

    Attributes
    ----------
    start, stop : int
        First period, and the one after the last.
    """

    start: int
    stop: int

    @property
    def periods(self) -> slice:
        """The periods as a slice."""
        return slice(self.start, self.stop)


def whole(fit: FittedModel) -> Window:
    """Return the window of all periods."""
    return Window(0, len(fit.dates))


def media_contributions(fit: FittedModel, draws: Index = slice(None)) -> Floats:
    """Additive term of every medium, in KPI units.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    draws : index, optional
        Which draws; all by default.

    Returns
    -------
    array, shape (S, T, C)
    """
    wanted = np.arange(len(fit.effect))[draws]
    terms = np.empty((len(wanted), len(fit.dates), len(fit.config.media)))

    def compute(block: slice) -> None:
        terms[block] = contributions_by_cell(fit, wanted[block]).sum(axis=2)

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        # Numpy lets go of the interpreter while it computes.
        list(threads.map(compute, draw_blocks(len(wanted), fit.exposure.size)))
    return terms


def contributions_by_cell(fit: FittedModel, draws: Index) -> Floats:
    """Additive term of every medium in every cell, in KPI units, shape (S, T, G, C)."""
    parameters = fit.parameters.select(draws)
    spread = apply_adstock(fit.scaled_exposure, adstock_weights(parameters))
    return saturate(spread, parameters) * parameters.coefficient[:, None] * fit.multiplier_of(draws)


def expected_kpi_by_cell(fit: FittedModel) -> Floats:
    """Sum of all components for the draws `FittedModel.component_draws`, shape (S', T, G), in KPI units."""
    media = np.empty((len(fit.component_draws), *fit.kpi.shape))
    for block in draw_blocks(len(media), fit.exposure.size):
        media[block] = contributions_by_cell(fit, fit.component_draws[block]).sum(axis=-1)
    return media + sum(component.draws for component in fit.components)


def expected_kpi(fit: FittedModel) -> Floats:
    """Expected KPI of all cells together, shape (S', T), in KPI units."""
    return np.asarray(expected_kpi_by_cell(fit).sum(axis=-1))


def observed_kpi(fit: FittedModel) -> Floats:
    """Observed KPI of all cells together, shape (T,)."""
    return np.asarray(fit.kpi.sum(axis=1))


def window_spend(fit: FittedModel, window: Window) -> Floats:
    """Money spent in the window per medium, shape (C,)."""
    return np.asarray(fit.cost[window.periods].sum(axis=(0, 1)))


def roi(outcome: Floats, spend: Floats, unit_value: float) -> Floats:
    """Value of the outcome per unit of money; NaN where nothing was spent.

    Parameters
    ----------
    outcome : array, shape (..., C)
        Incremental KPI units.
    spend : array, shape (C,)
        Money.
    unit_value : float
        Money per KPI unit.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(spend > 0, unit_value * outcome / spend, np.nan)


def cost_per_unit(outcome: Floats, spend: Floats) -> Floats:
    """Money per incremental KPI unit; NaN where nothing was spent, infinite where nothing was gained."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(spend > 0, spend / outcome, np.nan)


def window_of(fit: FittedModel, start: np.datetime64 | None, end: np.datetime64 | None) -> Window:
    """Periods that begin from `start` to `end`, both inclusive; an open end means the data's end."""
    first = 0 if start is None else int(np.searchsorted(fit.dates, start, side="left"))
    stop = len(fit.dates) if end is None else int(np.searchsorted(fit.dates, end, side="right"))
    return Window(first, stop)


def observed_maximum(fit: FittedModel, window: Window) -> Floats:
    """Multiple of the window's spend at which its largest exposure is the largest ever observed in some cell.

    Returns
    -------
    array, shape (C,)
        Infinite for a medium that was silent in the window.
    """
    with np.errstate(divide="ignore"):
        return np.asarray(1 / fit.scaled_exposure[window.periods].max(axis=(0, 1)))


def unseen_share(fit: FittedModel, window: Window) -> float:
    """Share of the carried-over exposure of a window's paid media that is felt after the last date.

    Weighted by money, on average over draws; saturation is left out. 0 without spend.
    """
    paid = slice(0, fit.paid_count)
    weights = adstock_weights(fit.parameters.select(media=paid))[:, 0].mean(axis=0)
    felt = np.pad(np.cumsum(weights, axis=1), ((0, 0), (0, len(fit.dates))), mode="edge")
    periods_left = len(fit.dates) - 1 - np.arange(window.start, window.stop)
    money = fit.cost[window.periods, :, paid].sum(axis=1)
    if not money.sum() > 0:
        return 0.0
    return float((money * (1 - felt[:, periods_left].T)).sum() / money.sum())


def extrapolated(
    fit: FittedModel, window: Window, multipliers: Floats, media: Index = slice(None)
) -> NDArray[np.bool_]:
    """Whether multiplied exposure goes, in any cell, beyond the largest ever observed there.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    window : Window
        Periods whose spend is multiplied.
    multipliers : array, shape (K, C) or (K, 1)
        At least 0.
    media : index, optional
        Which media, `C` of them; all by default.

    Returns
    -------
    array, shape (K, C)
    """
    beyond: NDArray[np.bool_] = multipliers > observed_maximum(fit, window)[media] * (1 + 1e-9)
    return beyond


def draw_blocks(draws: int, numbers_per_draw: int) -> Iterator[slice]:
    """Split draws so that the arrays of one block stay small."""
    size = max(1, BLOCK_SIZE // max(1, numbers_per_draw))
    yield from (slice(start, min(start + size, draws)) for start in range(0, draws, size))
