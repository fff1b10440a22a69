"""The outcome of a future budget, and its exact gradient: what every optimisation and scenario calls.

A plan spends a steady amount per period on each paid channel over ``H`` periods. Its outcome is the KPI
with the plan minus the KPI without it, summed over the horizon and the carryover after it, for all draws
jointly. On a panel a channel's money goes to the cells in the shares they had in the reference window. Axes:
draws ``S``, panel cells ``G``, paid channels ``C``.

Steady spend makes the adstocked exposure of period ``t`` the per-period exposure times the weight that has
accumulated by then, so only the few distinct weights of ramp-up, plateau and ramp-down are evaluated, and
the plateau counts as often as it lasts.
"""

from dataclasses import dataclass, replace

import numpy as np

from mmm_core.config import PERIODS_PER_YEAR
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats, ResponseParameters, adstock_weights, saturate, saturation_slope
from mmm_core.quantities import Window, whole, window_spend


@dataclass(frozen=True, slots=True)
class PlanModel:
    """Everything needed to evaluate a steady plan.

    Attributes
    ----------
    parameters : ResponseParameters
        Draws of the paid channels only, the coefficient in KPI units.
    ramp : array, shape (S, P, 1, C)
        Accumulated carryover weight of the distinct periods.
    repeats : array, shape (P,)
        How many periods of the horizon each one stands for.
    exposure_per_money : array, shape (G, C)
        Scaled exposure that one unit of the channel's money per period buys in each cell.
    horizon_periods : int
        Number of periods money is spent in.
    """

    parameters: ResponseParameters
    ramp: Floats
    repeats: Floats
    exposure_per_money: Floats
    horizon_periods: int

    def outcome(self, spend: Floats) -> Floats:
        """KPI units gained per draw and channel.

        Parameters
        ----------
        spend : array, shape (C,)
            Money over the whole horizon, at least 0.

        Returns
        -------
        array, shape (S, C)
        """
        saturated = saturate(self._exposure(spend), self.parameters)
        return np.einsum("sgc,spgc,p->sc", self.parameters.coefficient, saturated, self.repeats)

    def marginal_outcome(self, spend: Floats) -> Floats:
        """Derivative of `outcome` with respect to each channel's money, shape (S, C).

        A channel's outcome depends on its own spend only, so this is the whole Jacobian.
        """
        slope = saturation_slope(self._exposure(spend), self.parameters) * self.ramp
        per_money = self.parameters.coefficient * (self.exposure_per_money / self.horizon_periods)
        return np.einsum("sgc,spgc,p->sc", per_money, slope, self.repeats)

    def _exposure(self, spend: Floats) -> Floats:
        return self.ramp * (spend / self.horizon_periods * self.exposure_per_money)


def reference_window(fit: FittedModel) -> Window:
    """Return the last year of data (all of it when shorter): what a plan is compared with and priced by."""
    year = round(PERIODS_PER_YEAR[fit.config.frequency])
    return Window(max(0, len(fit.dates) - year), len(fit.dates))


def reference_spend(fit: FittedModel, horizon_periods: int) -> Floats:
    """Money per paid channel over the horizon at the average level of the reference window, shape (C,)."""
    window = reference_window(fit)
    spend = window_spend(fit, window)[: fit.paid_count]
    return spend / (window.stop - window.start) * horizon_periods


def plan_model(fit: FittedModel, horizon_periods: int) -> PlanModel:
    """Prepare the evaluation of steady plans over `horizon_periods`.

    Exposure is bought at the average price of the reference window, or of all data for a channel without
    spend in it. Media over time work as they did on average in that window.
    """
    parameters = fit.parameters.select(media=slice(0, fit.paid_count))
    if fit.multiplier is not None:
        recent = fit.multiplier[:, reference_window(fit).periods].mean(axis=1)
        parameters = replace(parameters, coefficient=parameters.coefficient * recent[:, None, None])
    ramp, repeats = _ramp(adstock_weights(parameters), horizon_periods)
    return PlanModel(parameters, ramp, repeats, _exposure_per_money(fit), horizon_periods)


def _exposure_per_money(fit: FittedModel) -> Floats:
    def ratio(window: Window) -> Floats:
        exposure = fit.scaled_exposure[window.periods, :, : fit.paid_count].sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(exposure / window_spend(fit, window)[: fit.paid_count])

    recent, ever = ratio(reference_window(fit)), ratio(whole(fit))
    return np.where(np.isfinite(recent).all(axis=0) & (recent.sum(axis=0) > 0), recent, ever)


def _ramp(weights: Floats, horizon: int) -> tuple[Floats, Floats]:
    """Accumulated weights of the distinct periods, and how often each occurs.

    Parameters
    ----------
    weights : array, shape (S, 1, C, L)
        Carryover weights by lag.
    horizon : int
        Periods money is spent in.
    """
    lags = weights.shape[-1]
    periods = np.arange(horizon + lags - 1)
    # Period t feels the lags of which a spending period is that long ago: max(0, t - H + 1) .. min(t, L - 1).
    oldest = np.minimum(periods, lags - 1)
    newest = np.maximum(0, periods - horizon + 1)
    distinct, repeats = np.unique(np.stack([newest, oldest]), axis=1, return_counts=True)
    felt = (np.arange(lags) >= distinct[0][:, None]) & (np.arange(lags) <= distinct[1][:, None])
    # Sums of what is felt, not differences of cumulated weights: those would lose the digits of a thin tail.
    ramp = weights @ felt.T.astype(np.float64)
    return np.moveaxis(ramp, -1, 1), repeats.astype(np.float64)
