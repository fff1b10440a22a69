"""The channel table: what each medium cost and what it brought."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mmm_analysis.breakevens import Breakeven, breakeven
from mmm_analysis.hurdles import Hurdle
from mmm_analysis.returns import MediaDraws, Returns, marginal_of, media_draws, returns_of, spend_share
from mmm_analysis.windows import ExploredWindow
from mmm_core.beliefs import frozen
from mmm_core.config import ModelConfig, PositiveDistribution
from mmm_core.effects import effect_prior, is_share
from mmm_core.estimates import Estimate, estimate
from mmm_core.fitted import FittedModel
from mmm_core.media import adstock_weights, half_life_periods
from mmm_core.model_data import ComponentKind

ALL_PAID = "all_paid"


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
    contribution : Estimate
        KPI units of the expected KPI of the window's dates.
    spend_share : float or None
        Share of all rows' money.
    media_effect_share : Estimate
        Share of all rows' incremental outcome.
    above_hurdle : float or None
        Probability that the next unit of money returns the hurdle.
    breakeven : Breakeven or None
        Where it stops to.
    prior : Estimate or None
        Belief before the fit about the ROI, or about the cost per unit for a count KPI.
    half_life_periods : Estimate or None
        Periods until half of an exposure's effect has been felt.
    """

    name: str
    label: str
    kind: ComponentKind
    returns: Returns
    contribution: Estimate
    spend_share: float | None
    media_effect_share: Estimate
    above_hurdle: float | None
    breakeven: Breakeven | None = None
    prior: Estimate | None = None
    half_life_periods: Estimate | None = None


@dataclass(frozen=True, slots=True)
class ChannelTable:
    """Rows of all media, and of all paid media together; and the hurdle they were held against."""

    rows: list[ChannelRow]
    total_paid: ChannelRow
    hurdle: Hurdle


def channel_table(fit: FittedModel, explored: ExploredWindow, probability: float) -> ChannelTable:
    """Compute the channel table of a window, with central intervals of the given mass."""
    draws, hurdle = media_draws(fit, explored), explored.hurdle
    half_lives = half_life_periods(adstock_weights(fit.parameters))[:, 0]
    rows = []
    for place, medium in enumerate(fit.config.media):
        row = _row(fit, draws, np.array([place]), probability, hurdle)
        spend = row.returns.spend
        rows.append(
            replace(
                row,
                name=medium.name,
                label=medium.label,
                kind=ComponentKind.PAID if place < fit.paid_count else ComponentKind.OWNED,
                breakeven=breakeven(explored.breakeven[:, place], spend, probability) if spend else None,
                prior=None
                if is_share(medium)
                else _prior(fit.config, effect_prior(medium, fit.unit_value), probability),
                half_life_periods=estimate(half_lives[:, place], probability),
            )
        )
    return ChannelTable(rows, _row(fit, draws, np.arange(fit.paid_count), probability, hurdle), hurdle)


def _row(
    fit: FittedModel, draws: MediaDraws, media: NDArray[np.intp], probability: float, hurdle: Hurdle
) -> ChannelRow:
    """Summarise some media taken together."""
    gained = draws.outcome[:, media].sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.nan_to_num(gained / draws.outcome.sum(axis=1))
    marginal = marginal_of(draws, media)
    return ChannelRow(
        ALL_PAID,
        "All paid media",
        ComponentKind.PAID,
        returns_of(fit, draws, media, probability),
        contribution=estimate(draws.contribution[:, media].sum(axis=1), probability),
        spend_share=spend_share(draws, media),
        media_effect_share=estimate(share, probability),
        above_hurdle=None if marginal is None else float((marginal > hurdle.outcome).mean()),
    )


def _prior(config: ModelConfig, effect: PositiveDistribution, probability: float) -> Estimate:
    """Summarise the belief in the words of the KPI's kind."""
    drawn = frozen(effect.reciprocal() if config.kpi.kind == "count" else effect)
    tail = (1 - probability) / 2
    median, lower, upper = drawn.ppf([0.5, tail, 1 - tail])
    return Estimate(float(drawn.mean()), float(median), float(lower), float(upper), probability)
