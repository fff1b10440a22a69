"""What the money of media brought, for one or several of them taken together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_analysis.windows import ExploredWindow
from mmm_core.config import OwnedMedium
from mmm_core.estimates import Estimate, estimate
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import cost_per_unit, media_contributions, roi, window_spend
from mmm_core.response import per_money


@dataclass(frozen=True, slots=True)
class Returns:
    """What money brought; figures that have no meaning for the KPI or without money are None.

    Attributes
    ----------
    spend : float or None
        Money in the window; None for media without a cost.
    outcome, effect_share : Estimate
        Incremental KPI units, and the contribution's share of the window's expected KPI.
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
class MediaDraws:
    """What rows are made of.

    Attributes
    ----------
    outcome, marginal : array, shape (S, C)
        Incremental KPI units, and those of the next unit of money.
    contribution, share : array, shape (S', C)
        Part of the window's expected KPI, in KPI units and as a share of it, for the draws that components
        are stored for.
    spend : array, shape (C,)
        Money in the window; NaN for media without a cost.
    """

    outcome: Floats
    marginal: Floats
    contribution: Floats
    share: Floats
    spend: Floats


def media_draws(fit: FittedModel, explored: ExploredWindow) -> MediaDraws:
    """Compute what rows are made of."""
    window, current = explored.window, explored.explored.current
    media = media_contributions(fit, fit.component_draws)[:, window.periods].sum(axis=1)
    rest = sum(component.draws[:, window.periods].sum(axis=(1, 2)) for component in fit.components)
    has_cost = [
        not isinstance(medium, OwnedMedium) or medium.cost_column is not None for medium in fit.config.media
    ]
    return MediaDraws(
        current.outcome[0],
        marginal=per_money(fit, window, current.slope)[0],
        contribution=media,
        share=media / (media.sum(axis=1) + rest)[:, None],
        spend=np.where(has_cost, window_spend(fit, window), np.nan),
    )


def marginal_of(draws: MediaDraws, media: NDArray[np.intp]) -> Floats | None:
    """KPI units of the next unit of money, split like the spend, shape (S,); None without spend."""
    spend = draws.spend[media]
    if not spend.sum() > 0:
        return None
    return np.asarray(np.where(spend > 0, draws.marginal[:, media], 0.0) @ (spend / spend.sum()))


def spend_share(draws: MediaDraws, media: NDArray[np.intp]) -> float | None:
    """Share of all rows' money; None without a cost, or when nothing was spent at all."""
    spend, total = float(draws.spend[media].sum()), float(np.nansum(draws.spend))
    return None if np.isnan(spend) or not total else spend / total


def returns_of(fit: FittedModel, draws: MediaDraws, media: NDArray[np.intp], probability: float) -> Returns:
    """Summarise some media taken together; their next unit of money is split like their spend."""
    outcome = draws.outcome[:, media].sum(axis=1)
    spend = float(draws.spend[media].sum())
    is_count, unit_value = fit.config.kpi.kind == "count", fit.unit_value

    def summary(values: Floats) -> Estimate:
        return estimate(values, probability)

    gained, share = summary(outcome), summary(draws.share[:, media].sum(axis=1))
    marginal = marginal_of(draws, media)
    if marginal is None:
        return Returns(None if np.isnan(spend) else spend, gained, share, None, None, None, None)
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
