"""What is maximised: a figure of the joint draws of a plan's outcome.

Every utility is a function of the draws ``Y`` (``S`` of them) of the outcome of all channels together, in KPI
units; more is better. With `weights` its derivative with respect to the draws, its derivative with respect to
money is ``weights @ marginal outcome``.

================================  ==========================================================================
mean                              ``mean(Y)``
value at risk                     the quantile of ``Y`` at the risk level: the plan brings more with
                                  probability one less that. Averaged over neighbouring order statistics
                                  (Harrell and Davis, Biometrika 1982), which makes it smooth in the draws
conditional value at risk         mean of the worst draws, as many as the risk level says (Rockafellar and
                                  Uryasev, Journal of Risk 2000). Concave, so it never rewards risk
Sharpe                            ``mean(Y) / sd(Y)``: outcome per unit of uncertainty
beat reference                    share of draws in which the plan brings more than the same budget split
                                  as in the reference window; smoothed while it is searched for
================================  ==========================================================================
"""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, expit

from mmm_core.media import Floats
from mmm_core.plan import PlanModel
from mmm_optimizer.request import Utility

# A root, or a Hill curve with a slope below one, is infinitely steep at zero; its steepness is that of the
# first so much instead, as a share of the budget. What moves less money is not worth the while.
STEEP_FLOOR = 1e-6
# The same where a derivative must be one: the least share that counts.
LEAST = 1e-12
# Blocks of periods times cells up to which it is looked up for curves that do not begin vertically, too.
FEW_SLOTS = 8
# Width over which "better" is smoothed: in standard deviations of the reference's outcome, and then of what a
# plan leads by, when those are fewer than so much of the first.
SMOOTHING = 0.05
NARROWER = 0.8


@dataclass(frozen=True, slots=True)
class PlanUtility:
    """A utility of a budget's allocation. `V` amounts.

    Attributes
    ----------
    model : PlanModel
        Outcome of a plan, per draw and channel.
    budget : float
        Money that a share of one stands for.
    kind : Utility
        What is maximised.
    risk_level : float
        Share of the worst draws that risk is measured on.
    benchmark : array, shape (S,), or None
        Outcome of the reference, KPI units; for ``BEAT_REFERENCE``.
    width : float or None
        KPI units over which "better" is smoothed; by the reference's outcome if None.
    """

    model: PlanModel
    budget: float
    kind: Utility = Utility.MEAN
    risk_level: float = 0.1
    benchmark: Floats | None = None
    width: float | None = None

    @property
    def is_concave(self) -> bool:
        """Whether every local optimum is the best there is."""
        is_kind = self.kind in (Utility.MEAN, Utility.CONDITIONAL_VALUE_AT_RISK)
        return is_kind and self.model.is_concave

    @property
    def is_kinked(self) -> bool:
        """Whether the derivative jumps where two draws change places."""
        return self.kind in (Utility.VALUE_AT_RISK, Utility.CONDITIONAL_VALUE_AT_RISK)

    @property
    def is_separable(self) -> bool:
        """Whether it is a sum over channels, with one amount each."""
        return self.kind is Utility.MEAN and self.model.shape[:2] == (1, 1)

    def total(self, shares: Floats) -> Floats:
        """Draws of the outcome of all channels together, shape (S,), in KPI units."""
        return np.asarray(self.model.outcome(shares * self.budget).sum(axis=1))

    def value(self, shares: Floats) -> float:
        """Utility of an allocation, shape (V,)."""
        return self.value_of(self.total(shares))

    def gradient(self, shares: Floats, total: Floats | None = None) -> Floats:
        """Derivative of `value` with respect to the shares, shape (V,).

        Exact but where next to nothing is spent on a curve that begins vertically, or on any curve that may
        have bent before anybody would notice: what the first millionth of the budget gains, per unit, stands
        there for the derivative.

        `total` saves computing the draws of the outcome again.
        """
        return self.with_first_gains(self.slope(shares, total), shares)

    def with_first_gains(self, slope: Floats, shares: Floats) -> Floats:
        """Turn the `slope` at some shares into the `gradient` there."""
        tiny = (shares < STEEP_FLOOR) & self._bends_at_once()
        if not tiny.any():
            return slope
        gradient, channels = slope.copy(), self.model.shape[2]
        own = self.model.outcome(shares * self.budget)
        total = own.sum(axis=1)
        here = self.value_of(total)
        for slot in range(0, len(shares), channels):
            here_tiny = np.flatnonzero(tiny[slot : slot + channels])
            if not here_tiny.size:
                continue
            more = shares.copy()
            more[slot + here_tiny] += STEEP_FLOOR
            # Channels do not depend on each other: one evaluation shows what each does by itself.
            gained = self.model.outcome(more * self.budget) - own
            for channel in here_tiny:
                there = self.value_of(total + gained[:, channel])
                gradient[slot + channel] = (there - here) / STEEP_FLOOR
        return gradient

    def slope(self, shares: Floats, total: Floats | None = None) -> Floats:
        """Exact derivative of `value`, shape (V,), but at exactly zero on a curve that begins vertically."""
        if total is None and self.kind is not Utility.MEAN:
            total = self.total(shares)
        amounts = spend_for_slope(self.model, shares * self.budget, self.budget)
        weights = self.weights_of(total) if total is not None else _equal(len(self.model.draws))
        return np.asarray(weights @ self.model.marginal_outcome(amounts) * self.budget)

    def by_channel(self, shares: Floats) -> Floats:
        """Mean KPI units gained through each channel, shape (C,)."""
        return np.asarray(self.model.outcome(shares * self.budget).mean(axis=0))

    def value_of(self, total: Floats) -> float:
        """Utility of draws of the outcome, shape (S,)."""
        match self.kind:
            case Utility.SHARPE:
                return float(total.mean() / max(total.std(), np.finfo(float).tiny))
            case Utility.BEAT_REFERENCE:
                return float(expit(self._lead(total)).mean())
            case _:
                return float(self.weights_of(total) @ total)

    def weights_of(self, total: Floats) -> Floats:
        """Derivative of `value_of` with respect to each draw, shape (S,)."""
        draws = len(total)
        match self.kind:
            case Utility.MEAN:
                return _equal(draws)
            case Utility.VALUE_AT_RISK:
                return _by_rank(total, harrell_davis(draws, self.risk_level))
            case Utility.CONDITIONAL_VALUE_AT_RISK:
                return _by_rank(total, worst(draws, self.risk_level))
            case Utility.SHARPE:
                mean, deviation = total.mean(), max(total.std(), np.finfo(float).tiny)
                return np.asarray((1 - mean * (total - mean) / deviation**2) / deviation / draws)
            case Utility.BEAT_REFERENCE:
                chance = expit(self._lead(total))
                return np.asarray(chance * (1 - chance) / self._smoothing() / draws)

    def thinned(self, draws: int) -> Self:
        """The same utility on about `draws` evenly spaced draws, for the search of starting points."""
        step = max(1, len(self.model.draws) // draws)
        benchmark = None if self.benchmark is None else self.benchmark[::step]
        return replace(self, model=self.model.thinned(draws), benchmark=benchmark)

    def narrowed(self, shares: Floats) -> Self | None:
        """The same utility, smoothed by how much a plan leads: a small and sure lead is no draw of a coin.

        None when there is nothing to make narrower.
        """
        if self.kind is not Utility.BEAT_REFERENCE:
            return None
        width = SMOOTHING * float((self.total(shares) - self._reference()).std())
        return replace(self, width=width) if 0 < width < NARROWER * self._smoothing() else None

    def _bends_at_once(self) -> NDArray[np.bool_]:
        """Amounts whose derivative may be another one after the first millionth of the budget, shape (V,)."""
        steep = np.broadcast_to(self.model.begins_vertically(), self.model.shape).ravel()
        is_small = len(steep) <= FEW_SLOTS * self.model.shape[2]
        # Of a concave utility the exact derivative says enough, and of many amounts it has to.
        return np.ones_like(steep) if is_small and not self.is_concave else steep

    def _lead(self, total: Floats) -> Floats:
        return np.asarray((total - self._reference()) / self._smoothing())

    def _smoothing(self) -> float:
        width = SMOOTHING * float(self._reference().std()) if self.width is None else self.width
        return max(width, np.finfo(float).tiny)

    def _reference(self) -> Floats:
        assert self.benchmark is not None  # noqa: S101 - whoever asks for this utility gives it
        return self.benchmark


def _equal(draws: int) -> Floats:
    return np.full(draws, 1 / draws)


def _by_rank(total: Floats, weights: Floats) -> Floats:
    """Give the draws the weights of their ranks."""
    given = np.empty_like(weights)
    given[np.argsort(total, kind="stable")] = weights
    return given


def worst(draws: int, share: float) -> Floats:
    """Weights by rank of the mean of the worst share of draws, shape (S,); the last counts in part."""
    ranks = np.arange(draws)
    return np.clip(share * draws - ranks, 0.0, 1.0) / (share * draws)


def harrell_davis(draws: int, level: float) -> Floats:
    """Weights by rank of the Harrell-Davis quantile, shape (S,)."""
    edges = np.arange(draws + 1) / draws
    return np.diff(betainc((draws + 1) * level, (draws + 1) * (1 - level), edges))


def spend_for_slope(model: PlanModel, amounts: Floats, budget: float) -> Floats:
    """Amounts at which a marginal outcome is read: the amounts, or just above zero on a steep curve.

    Parameters
    ----------
    model : PlanModel
        Tells the saturation families.
    amounts : array, shape (V,)
        Money over the horizon.
    budget : float
        Money.
    """
    steep = np.broadcast_to(model.begins_vertically(), model.shape).ravel()
    return np.maximum(amounts, np.where(steep, LEAST * budget, 0.0))
