"""The channel table: what each medium cost and what it brought."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_analysis.requests import Question
from mmm_core.beliefs import frozen
from mmm_core.config import ModelConfig, OwnedMedium, PositiveDistribution
from mmm_core.effects import effect_prior, is_share
from mmm_core.estimates import Estimate, estimate
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats, adstock_weights, half_life_periods
from mmm_core.model_data import ComponentKind
from mmm_core.quantities import Window, cost_per_unit, expected_kpi, roi, window_spend
from mmm_core.response import incremental_outcome, marginal_outcome

ALL_PAID = "all_paid"


@dataclass(frozen=True, slots=True)
class Returns:
    """What money brought; figures that have no meaning for the KPI or without money are None.

    Attributes
    ----------
    spend : float or None
        Money in the window; None for media without a cost.
    outcome, effect_share : Estimate
        Incremental KPI units, and their share of the window's expected KPI.
    roi, marginal_roi : Estimate or None
        Value per money, of all and of the next unit of money.
    cost_per_unit, marginal_cost_per_unit : Estimate or None
        Money per KPI unit; for a count KPI.
    """

    spend: float | None
    outcome: Estimate
    effect_share: Estimate
    roi: Estimate | None
    marginal_roi: Estimate | None
    cost_per_unit: Estimate | None
    marginal_cost_per_unit: Estimate | None


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One row of the channel table.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    kind : ComponentKind
        Paid or owned.
    returns : Returns
        What its money brought.
    spend_share : float or None
        Share of all rows' money.
    prior : Estimate or None
        Belief before the fit about the ROI, or about the cost per unit for a count KPI.
    half_life_periods : Estimate or None
        Periods until half of an exposure's effect has been felt.
    """

    name: str
    label: str
    kind: ComponentKind
    returns: Returns
    spend_share: float | None
    prior: Estimate | None = None
    half_life_periods: Estimate | None = None


@dataclass(frozen=True, slots=True)
class ChannelTable:
    """Rows of all media, and of all paid media together."""

    rows: list[ChannelRow]
    total_paid: ChannelRow


@dataclass(frozen=True, slots=True)
class _Draws:
    """What rows are made of.

    Attributes
    ----------
    outcome, marginal : array, shape (S, C)
        Incremental KPI units, and those of the next unit of money.
    share : array, shape (S', C)
        Outcome as a share of the window's expected KPI, for the draws the components are stored for.
    spend : array, shape (C,)
        Money in the window; NaN for media without a cost.
    """

    outcome: Floats
    marginal: Floats
    share: Floats
    spend: Floats


def channel_table(fit: FittedModel, asked: Question) -> ChannelTable:
    """Compute the channel table of a window."""
    draws = _draws(fit, asked.window)
    half_lives = half_life_periods(adstock_weights(fit.parameters))[:, 0]
    paid = np.arange(fit.paid_count)
    return ChannelTable(
        [
            ChannelRow(
                medium.name,
                medium.label,
                ComponentKind.PAID if place < fit.paid_count else ComponentKind.OWNED,
                _returns(fit, draws, np.array([place]), asked.probability),
                spend_share=_spend_share(draws, np.array([place])),
                prior=None
                if is_share(medium)
                else _prior(fit.config, effect_prior(medium, fit.unit_value), asked.probability),
                half_life_periods=estimate(half_lives[:, place], asked.probability),
            )
            for place, medium in enumerate(fit.config.media)
        ],
        ChannelRow(
            ALL_PAID,
            "All paid media",
            ComponentKind.PAID,
            _returns(fit, draws, paid, asked.probability),
            spend_share=_spend_share(draws, paid),
        ),
    )


def _draws(fit: FittedModel, window: Window) -> _Draws:
    outcome = incremental_outcome(fit, window)
    expected = expected_kpi(fit)[:, window.periods].sum(axis=1)
    has_cost = [
        not isinstance(medium, OwnedMedium) or medium.cost_column is not None for medium in fit.config.media
    ]
    return _Draws(
        outcome,
        marginal=marginal_outcome(fit, window, np.ones(1))[0],
        share=outcome[fit.component_draws] / expected[:, None],
        spend=np.where(has_cost, window_spend(fit, window), np.nan),
    )


def _spend_share(draws: _Draws, media: NDArray[np.intp]) -> float | None:
    """Share of all rows' money; None without a cost, or when nothing was spent at all."""
    spend, total = float(draws.spend[media].sum()), float(np.nansum(draws.spend))
    return None if np.isnan(spend) or not total else spend / total


def _returns(fit: FittedModel, draws: _Draws, media: NDArray[np.intp], probability: float) -> Returns:
    """Summarise some media taken together; their next unit of money is split like their spend."""
    outcome = draws.outcome[:, media].sum(axis=1)
    spend = float(draws.spend[media].sum())
    is_count, unit_value = fit.config.kpi.kind == "count", fit.unit_value

    def summary(values: Floats) -> Estimate:
        return estimate(values, probability)

    gained, share = summary(outcome), summary(draws.share[:, media].sum(axis=1))
    if not spend > 0:
        return Returns(None if np.isnan(spend) else spend, gained, share, None, None, None, None)
    weights = draws.spend[media] / spend
    marginal = np.where(weights > 0, draws.marginal[:, media], 0.0) @ weights
    with np.errstate(divide="ignore"):
        marginal_cost = 1 / marginal
    return Returns(
        spend,
        gained,
        share,
        roi=summary(roi(outcome, np.asarray(spend), unit_value)) if unit_value else None,
        marginal_roi=summary(marginal * unit_value) if unit_value else None,
        cost_per_unit=summary(cost_per_unit(outcome, np.asarray(spend))) if is_count else None,
        marginal_cost_per_unit=summary(marginal_cost) if is_count else None,
    )


def _prior(config: ModelConfig, effect: PositiveDistribution, probability: float) -> Estimate:
    """Summarise the belief in the words of the KPI's kind."""
    drawn = frozen(effect.reciprocal() if config.kpi.kind == "count" else effect)
    tail = (1 - probability) / 2
    median, lower, upper = drawn.ppf([0.5, tail, 1 - tail])
    return Estimate(float(drawn.mean()), float(median), float(lower), float(upper), probability)
