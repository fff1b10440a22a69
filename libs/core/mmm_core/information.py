"""What it would be worth to know a channel's response: where an experiment pays most.

The plan it is worth something to splits the last year's budget over the next year, no channel above `ROOM`
times its own spend. Axes: draws ``S``, paid channels ``C``, steps of the budget ``J``.
"""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import PchipInterpolator

from mmm_core.fitted import FittedModel
from mmm_core.horizon import next_periods, periods_per_year, reference_spend, steady
from mmm_core.media import Floats
from mmm_core.plan import Split, evaluated_draws, plan_model

# Multiple of its last year's spend that a channel may get.
ROOM = 2.0
MULTIPLES = np.linspace(0.0, ROOM, 17)
# Equal steps the budget is split in, and draws that are evaluated: enough for a figure of two digits.
STEPS = 200
DRAWS = 500
# Share of the plan's outcome below which a gain is the rounding of sums.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Information:
    """What is open about the best plan, by channel.

    Attributes
    ----------
    gain : array, shape (C,)
        KPI units that the best plan gains on average when the channel's response is known before the money is
        split.
    standard_deviation : array, shape (C,)
        Of what the channel brings in the best plan, in KPI units.
    variance_share : array, shape (C,)
        Share of the variance of the plan's outcome that moves with the channel. All sum to one.
    """

    gain: Floats
    standard_deviation: Floats
    variance_share: Floats


def value_of_information(fit: FittedModel) -> Information | None:
    """Find out about every paid channel; None when nothing was spent in the last year of data.

    The gain is the expected value of partial perfect information (Raiffa and Schlaifer, *Applied statistical
    decision theory*, 1961): the mean over draws of the best plan with the channel as in the draw and the
    others at their means, less the best plan with all at their means. What knowing one channel says of the
    others is left out.
    """
    spend = reference_spend(fit, periods_per_year(fit)).sum(axis=0)
    if not spend.sum() > 0:
        return None
    outcome = _outcome_by_step(fit, spend)
    mean = outcome.mean(axis=1)
    best = _shares(mean)
    brought = np.stack([outcome[step, :, channel] for channel, step in enumerate(best)], axis=1)
    return Information(
        gain=np.array([_gain(outcome, mean, channel) for channel in range(len(spend))]),
        standard_deviation=brought.std(axis=0),
        variance_share=_variance_share(brought),
    )


def _outcome_by_step(fit: FittedModel, spend: Floats) -> Floats:
    """KPI units at every step of the budget, minus infinity beyond a channel's room, shape (J + 1, S, C)."""
    year = periods_per_year(fit)
    horizon = next_periods(fit, year)
    draws = evaluated_draws(fit, horizon)
    some = draws[:: max(1, len(draws) // DRAWS)]
    plan = plan_model(fit, horizon, Split(steady(year, len(spend))), some)
    known = np.stack([plan.outcome(multiple * spend) for multiple in MULTIPLES])
    steps = np.linspace(0.0, spend.sum(), STEPS + 1)
    outcome = np.full((len(steps), len(plan.draws), len(spend)), -np.inf)
    outcome[0] = 0.0
    for channel, own in enumerate(spend):
        reached = steps <= ROOM * own
        if own > 0:
            curve = PchipInterpolator(MULTIPLES, known[..., channel])
            outcome[reached, :, channel] = curve(steps[reached] / own)
    return outcome


def _gain(outcome: Floats, mean: Floats, channel: int) -> float:
    """Expected gain of knowing one channel before the split."""
    others = _best_by_budget(np.delete(mean, channel, axis=1))[::-1]
    known = (outcome[..., channel] + others[:, None]).max(axis=0).mean()
    unknown = (mean[:, channel] + others).max()
    gain = float(known - unknown)
    return gain if gain > ROUNDING * abs(unknown) else 0.0


def _best_by_budget(mean: Floats) -> Floats:
    """Largest outcome of every budget that channels of means (J + 1, C) can share, shape (J + 1,)."""
    best = np.zeros(len(mean))
    for channel in range(mean.shape[1]):
        best = _joined(best, mean[:, channel]).max(axis=1)
    return best


def _joined(before: Floats, channel: Floats) -> Floats:
    """Outcome of every budget when the channel gets so many steps of it, shape (J + 1, J + 1)."""
    # Row by row the budgets that are left when the channel has got its steps; no budget is below nothing.
    known = np.concatenate([np.full(len(channel) - 1, -np.inf), before])
    left = np.lib.stride_tricks.sliding_window_view(known, len(channel))[:, ::-1]
    return np.asarray(left + channel)


def _shares(mean: Floats) -> list[int]:
    """Steps of the budget that each channel gets in the best plan."""
    tables = [np.zeros(len(mean))]
    for channel in range(mean.shape[1]):
        tables.append(_joined(tables[-1], mean[:, channel]).max(axis=1))
    shares, budget = [], len(mean) - 1
    for channel in reversed(range(mean.shape[1])):
        own = int(_joined(tables[channel], mean[:, channel])[budget].argmax())
        shares.append(own)
        budget -= own
    return shares[::-1]


def _variance_share(brought: Floats) -> Floats:
    """Covariance of each channel with the total, over the total's variance."""
    total = brought.sum(axis=1)
    variance = total.var()
    moved = ((brought - brought.mean(axis=0)) * (total - total.mean())[:, None]).mean(axis=0)
    return np.asarray(moved / variance) if variance > 0 else np.full(brought.shape[1], 1 / brought.shape[1])
