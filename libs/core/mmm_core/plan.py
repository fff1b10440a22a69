"""The outcome of a future budget, and its exact gradient: what every optimisation and scenario calls.

A plan spends money on paid channels in the ``H`` periods after the data. Its outcome is the KPI with the plan
minus the KPI without it, summed over the horizon and the carryover after it, for all draws jointly; what
earlier spend still brings is there in both. Axes: draws ``S``, periods of the horizon ``H`` and with the
carryover after it ``P``, panel cells ``G``, paid channels ``C``, blocks of periods ``B``.

Money is decided on in amounts: one per block, channel and, where a plan may move money between cells, cell.
How an amount is spread over the periods of its block, and over cells, is fixed beforehand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mmm_core.fitted import FittedModel
from mmm_core.horizon import Horizon, Prices
from mmm_core.media import (
    Floats,
    Index,
    ResponseParameters,
    adstock_weights,
    begins_vertically,
    concave_saturation_slope,
    is_concave,
    saturate,
    saturate_concavely,
    saturation_slope,
)

# Numbers that one array of all draws may have. Of larger fits evenly spaced draws are taken.
MOST_NUMBERS = 8_000_000
# Numbers per array that are worked on at a time: they stay in the fastest cache.
BLOCK_SIZE = 30_000


@dataclass(frozen=True, slots=True)
class Split:
    """How amounts are spread.

    Attributes
    ----------
    flighting : array, shape (B, H, G or 1, C)
        Share of a block's amount that falls on each period: sums to one, or to nothing for a channel that is
        never on air in the block. Cells may differ in it when they have amounts of their own.
    by_cell : bool
        Whether every cell has amounts of its own; else a channel's money goes to the cells in the shares
        they had in the reference window.
    """

    flighting: Floats
    by_cell: bool = False


@dataclass(frozen=True, slots=True)
class _Flight:
    """What one unit of money of a block's amounts does.

    Attributes
    ----------
    places : slice, or array of int, shape (P',)
        Periods that feel it, as places in those of the model.
    felt : array, shape (S, P', G, C)
        Scaled exposure, carryover included.
    """

    places: Index
    felt: Floats


@dataclass(frozen=True, slots=True)
class PlanModel:
    """Everything needed to evaluate plans.

    Amounts are a vector of ``V`` amounts of money over the horizon, by block, then cell (if each has its
    own), then channel; with one block and shared cells, one per channel. Periods with the same past are
    evaluated once and counted as often as they occur.

    Attributes
    ----------
    parameters : ResponseParameters
        Draws of the paid channels only, the coefficient in KPI units.
    flights : tuple of _Flight
        One per block.
    carried : array, shape (S, P, G, C)
        Scaled exposure that is left of the spend before the horizon.
    unplanned : array, shape (S, P, G, C)
        What `carried` comes to when it is saturated.
    weight : array, shape (P,)
        How often a period occurs, times its demand.
    place_of : array of int, shape (H + longest lag,)
        Which of the distinct periods each one is.
    demand : array, shape (H + longest lag,)
        Factor on what media bring.
    by_cell : bool
        See `Split`.
    draws : array of int, shape (S,)
        Which of the fit's draws are evaluated.
    is_relaxed : bool
        Whether S-shaped curves are replaced by the least concave ones above them: outcomes are then upper
        bounds.
    others : tuple of PlanModel
        Other outcomes of the same money, in the same unit and of as many draws: part of every figure.
    """

    parameters: ResponseParameters
    flights: tuple[_Flight, ...]
    carried: Floats
    unplanned: Floats
    weight: Floats
    place_of: NDArray[np.intp]
    demand: Floats
    by_cell: bool
    draws: NDArray[np.intp]
    is_relaxed: bool = False
    others: tuple["PlanModel", ...] = ()

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of blocks, of cells with amounts of their own, and of channels."""
        cells, channels = self.carried.shape[2:]
        return len(self.flights), cells if self.by_cell else 1, channels

    def outcome(self, amounts: Floats) -> Floats:
        """KPI units gained per draw and channel.

        Parameters
        ----------
        amounts : array, shape (V,)
            Money over the whole horizon, at least 0.

        Returns
        -------
        array, shape (S, C)
        """
        gained = np.empty((len(self.draws), self.shape[2]))
        for draws, parameters in self._draws():
            saturated = self._saturate(self._exposure(amounts, draws), parameters)
            saturated -= self.unplanned[draws]
            per_cell = np.einsum("spgc,p->sgc", saturated, self.weight)
            gained[draws] = (parameters.coefficient * per_cell).sum(axis=1)
        for other in self.others:
            gained += other.outcome(amounts)
        return gained

    def outcome_by_period(self, amounts: Floats) -> Floats:
        """KPI units gained per draw in every period of the horizon and after it, shape (S, H + lags, C)."""
        gained = np.empty((len(self.draws), len(self.weight), self.shape[2]))
        for draws, parameters in self._draws():
            saturated = self._saturate(self._exposure(amounts, draws), parameters)
            saturated -= self.unplanned[draws]
            gained[draws] = np.einsum("sgc,spgc->spc", parameters.coefficient, saturated)
        by_period = gained[:, self.place_of] * self.demand[:, None]
        for other in self.others:
            by_period = _added_up(by_period, other.outcome_by_period(amounts))
        return by_period

    def marginal_outcome(self, amounts: Floats) -> Floats:
        """Derivative of a channel's `outcome` with respect to each of its amounts, shape (S, V).

        A channel's outcome depends on its own money only, so this is the whole Jacobian. A curve that begins
        vertically counts as flat where nothing at all is spent.
        """
        blocks, cells, channels = self.shape
        marginal = np.empty((len(self.draws), blocks, cells, channels))
        for draws, parameters in self._draws():
            slope = self._slope(self._exposure(amounts, draws), parameters)
            slope *= self.weight[:, None, None]
            for block, flight in enumerate(self.flights):
                gained = np.einsum("spgc,spgc->sgc", slope[:, flight.places], flight.felt[draws])
                gained *= parameters.coefficient
                marginal[draws, block] = gained if self.by_cell else gained.sum(axis=1, keepdims=True)
        flat = marginal.reshape(len(self.draws), -1)
        for other in self.others:
            flat += other.marginal_outcome(amounts)
        return flat

    def begins_vertically(self) -> NDArray[np.bool_]:
        """Whether the first money meets, in some draw, an infinitely steep curve; by channel, shape (C,)."""
        vertical = np.asarray(begins_vertically(self.parameters).any(axis=(0, 1)))
        for other in self.others:
            vertical |= other.begins_vertically()
        return vertical

    @property
    def is_concave(self) -> bool:
        """Whether outcomes are concave in the amounts, in every draw."""
        own = self.is_relaxed or is_concave(self.parameters)
        return own and all(other.is_concave for other in self.others)

    def relaxed(self) -> "PlanModel":
        """Replace S-shaped curves by the least concave ones above them."""
        return replace(self, is_relaxed=True, others=tuple(other.relaxed() for other in self.others))

    def thinned(self, draws: int) -> "PlanModel":
        """Keep about `draws` evenly spaced draws."""
        kept = np.arange(len(self.draws))[:: max(1, len(self.draws) // draws)]
        return replace(
            self,
            parameters=self.parameters.select(kept),
            flights=tuple(replace(flight, felt=flight.felt[kept]) for flight in self.flights),
            carried=self.carried[kept],
            unplanned=self.unplanned[kept],
            draws=self.draws[kept],
            others=tuple(other.thinned(draws) for other in self.others),
        )

    def _saturate(self, exposure: Floats, parameters: ResponseParameters) -> Floats:
        return (saturate_concavely if self.is_relaxed else saturate)(exposure, parameters)

    def _slope(self, exposure: Floats, parameters: ResponseParameters) -> Floats:
        return (concave_saturation_slope if self.is_relaxed else saturation_slope)(exposure, parameters)

    def _exposure(self, amounts: Floats, draws: slice) -> Floats:
        by_block = amounts.reshape(self.shape)
        if len(self.flights) == 1 and isinstance(self.flights[0].places, slice):
            felt = self.flights[0].felt[draws] * by_block[0]
            felt += self.carried[draws]
            return np.asarray(felt)
        exposure = self.carried[draws].copy()
        for amount, flight in zip(by_block, self.flights, strict=True):
            exposure[:, flight.places] += flight.felt[draws] * amount
        return exposure

    def _draws(self) -> Iterator[tuple[slice, ResponseParameters]]:
        size = max(1, BLOCK_SIZE // max(1, self.carried[0].size))
        for start in range(0, len(self.draws), size):
            block = slice(start, start + size)
            yield block, self.parameters.select(block)


def _added_up(first: Floats, second: Floats) -> Floats:
    """Add outcomes by period, shape (S, P, C), of which one may go on for longer."""
    longest = max(first.shape[1], second.shape[1])
    padded = (np.pad(one, ((0, 0), (0, longest - one.shape[1]), (0, 0))) for one in (first, second))
    return np.asarray(sum(padded))


def plan_model(
    fit: FittedModel, horizon: Horizon, split: Split, draws: NDArray[np.intp] | None = None
) -> PlanModel:
    """Prepare the evaluation of plans.

    Exposure is bought at the average price of the reference window, see `mmm_core.horizon`. Media over time
    work as they did on average in that window.

    Parameters
    ----------
    fit : FittedModel
        The fit.
    horizon : Horizon
        The periods to come.
    split : Split
        How amounts are spread over its periods and cells.
    draws : array of int, shape (S,), optional
        Which of the fit's draws to evaluate. Default: all, or evenly spaced ones when they are too many.
    """
    paid = slice(0, fit.paid_count)
    lags = fit.parameters.select(media=paid).longest_lag
    if draws is None:
        draws = evaluated_draws(fit, horizon)
    parameters = fit.parameters.select(draws, paid)
    if fit.multiplier is not None:
        recent = fit.multiplier[draws][:, horizon.reference.periods].mean(axis=1)
        parameters = replace(parameters, coefficient=parameters.coefficient * recent[:, None, None])

    bought = _bought(horizon, split, lags)
    before = _before(fit, lags) if horizon.carry_in else np.zeros((lags, len(fit.cells), fit.paid_count))
    distinct, place_of = _distinct_periods(bought, before)
    demand = np.concatenate([horizon.demand, np.ones(lags)])
    weights = adstock_weights(parameters)
    carried = _spread(_after(before, horizon.periods + lags), weights, lags + distinct)
    return PlanModel(
        parameters,
        tuple(_flight(one, weights, distinct) for one in bought),
        carried,
        unplanned=saturate(carried, parameters),
        weight=np.bincount(place_of, demand).astype(np.float64),
        place_of=place_of,
        demand=demand,
        by_cell=split.by_cell,
        draws=draws,
    )


def _before(fit: FittedModel, lags: int) -> Floats:
    """Scaled exposure of the last periods of the data, shape (lags, G, C)."""
    last = fit.scaled_exposure[max(0, len(fit.dates) - lags) :, :, : fit.paid_count]
    return np.pad(last, ((lags - len(last), 0), (0, 0), (0, 0))) if lags else last[:0]


def evaluated_draws(fit: FittedModel, horizon: Horizon) -> NDArray[np.intp]:
    """Draws that are evaluated: all, or evenly spaced ones when there are too many numbers to hold."""
    periods = horizon.periods + fit.parameters.select(media=slice(0, fit.paid_count)).longest_lag
    most = max(1, MOST_NUMBERS // (periods * len(fit.cells) * fit.paid_count))
    draws = len(fit.effect)
    return np.linspace(0, draws - 1, min(most, draws)).round().astype(np.intp)


def _bought(horizon: Horizon, split: Split, lags: int) -> Floats:
    """Scaled exposure that a unit of each block's money buys, shape (B, H + lags, G, C)."""
    prices: Prices = horizon.prices
    per_money = prices.exposure_per_money if split.by_cell else prices.exposure_per_money * prices.cell_share
    bought = split.flighting / horizon.cost_index[:, None] * per_money
    return np.pad(bought, ((0, 0), (0, lags), (0, 0), (0, 0)))


def _after(before: Floats, periods: int) -> Floats:
    """Exposure before the horizon, followed by nothing, shape (lags + P, G, C)."""
    return np.concatenate([before, np.zeros((periods, *before.shape[1:]))])


def _distinct_periods(bought: Floats, before: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Periods that differ in what they, and as many before as carry over, were given.

    Returns
    -------
    distinct : array of int, shape (P,)
        One period of each kind.
    place_of : array of int
        For every period, the place of its kind in `distinct`.
    """
    lags, periods = len(before), bought.shape[1]
    given = np.concatenate([_after(before, periods)[None], _led_by(bought, lags)])
    features = np.moveaxis(given, 1, 0).reshape(lags + periods, -1)
    _, kind = np.unique(features, axis=0, return_inverse=True)
    windows = np.lib.stride_tricks.sliding_window_view(kind, lags + 1)
    _, distinct, place_of = np.unique(windows, axis=0, return_index=True, return_inverse=True)
    return distinct, place_of


def _led_by(bought: Floats, lags: int) -> Floats:
    """Blocks' exposure with nothing in the periods before the horizon, shape (B, lags + P, G, C)."""
    return np.pad(bought, ((0, 0), (lags, 0), (0, 0), (0, 0)))


def _flight(bought: Floats, weights: Floats, distinct: NDArray[np.intp]) -> _Flight:
    """Prepare one block; `bought` has shape (P, G, C)."""
    lags = weights.shape[-1] - 1
    padded = _led_by(bought[None], lags)[0]
    given = np.lib.stride_tricks.sliding_window_view((padded > 0).any(axis=(1, 2)), lags + 1)
    places = np.flatnonzero(given[distinct].any(axis=1))
    felt = _spread(padded, weights, lags + distinct[places])
    return _Flight(slice(None) if len(places) == len(distinct) else places, felt)


def _spread(exposure: Floats, weights: Floats, periods: NDArray[np.intp]) -> Floats:
    """Adstocked exposure of some periods, shape (S, P, G, C); lags before the first are not asked for."""
    windows = np.stack([exposure[periods - lag] for lag in range(weights.shape[-1])])
    return np.asarray(np.einsum("scl,lpgc->spgc", weights[:, 0], windows, optimize=True))
