"""Several outcomes of the same money, each with a fit of its own, weighed by value."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.errors import FailedPrecondition, InvalidInput, Violation
from mmm_core.estimates import Estimate, estimate
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import Window, roi, window_of, window_spend
from mmm_core.response import response_curves

PAIRING_SEED = 20_240_102
# Relative difference above which two fits do not speak of the same money.
SAME_SPEND = 1e-6


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome.

    Attributes
    ----------
    fit : FittedModel
        Explains it.
    value : float
        Money one KPI unit is worth.
    """

    fit: FittedModel
    value: float


@dataclass(frozen=True, slots=True)
class CombinedChannel:
    """A channel over all outcomes; money of the window.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    spend, spend_share : float
        Counted once.
    value : Estimate
        Of all outcomes together.
    roi, marginal_roi : Estimate or None
        Value per money, of all and of the next unit of it; None without spend.
    outcomes : list of Estimate
        Incremental KPI units of each outcome.
    above_hurdle : float or None
        Probability that the next unit of money returns the hurdle.
    """

    name: str
    label: str
    spend: float
    spend_share: float
    value: Estimate
    roi: Estimate | None
    marginal_roi: Estimate | None
    outcomes: list[Estimate]
    above_hurdle: float | None


@dataclass(frozen=True, slots=True)
class Combination:
    """Channels of any of the outcomes' fits, and all of them together."""

    channels: list[CombinedChannel]
    total: CombinedChannel


@dataclass(frozen=True, slots=True)
class _Draws:
    """Draws over all outcomes, `N` channels.

    Attributes
    ----------
    gained : array, shape (O, S, N)
        Incremental KPI units of each outcome.
    value, slope : array, shape (S, N)
        Money, and its derivative with respect to the multiplier of the spend.
    spend : array, shape (N,)
        Money.
    """

    gained: Floats
    value: Floats
    slope: Floats
    spend: Floats


def outcomes_of(fits: list[FittedModel], values: list[float | None]) -> list[Outcome]:
    """Give every outcome its value.

    Raises
    ------
    InvalidInput
        When a value is missing or no positive number, and for different currencies.
    """
    problems, outcomes = [], []
    for place, (fit, asked) in enumerate(zip(fits, values, strict=True)):
        field, value = f"outcomes[{place}].value_per_unit", fit.unit_value if asked is None else asked
        if value is None:
            fix = "Give the money one unit is worth."
            problems.append(Violation(field, "is not known from the fit.", fix, code="MISSING"))
        elif not 0 < value < float("inf"):
            fix = "Give a finite number above 0."
            problems.append(Violation(field, "is no value.", fix, str(value), "OUT_OF_RANGE"))
        else:
            outcomes.append(Outcome(fit, value))
    currencies = sorted({fit.config.kpi.currency for fit in fits})
    if len(currencies) > 1:
        fix = "Combine fits of one currency."
        problems.append(
            Violation("outcomes", "have different currencies.", fix, ", ".join(currencies), "CURRENCIES")
        )
    if problems:
        raise InvalidInput(problems)
    return outcomes


def common_dates(outcomes: list[Outcome]) -> tuple[np.datetime64, np.datetime64]:
    """First and last date that every fit has; raises `FailedPrecondition` when there is none."""
    start = max(outcome.fit.dates[0] for outcome in outcomes)
    end = min(outcome.fit.dates[-1] for outcome in outcomes)
    if start > end:
        problem = Violation(
            "outcomes", "have no date in common.", "Combine fits of the same time.", code="NO_COMMON_DATES"
        )
        raise FailedPrecondition([problem], reason="NO_COMMON_DATES")
    return start, end


def combine(
    outcomes: list[Outcome], start: np.datetime64, end: np.datetime64, *, hurdle: float, probability: float
) -> Combination:
    """Add outcomes up, draw by draw; the posteriors are independent.

    Parameters
    ----------
    outcomes : list of Outcome
        What the money brought.
    start, end : datetime64
        First and last date of the spend.
    hurdle : float
        Value that the next unit of money is to return.
    probability : float
        Mass of the central intervals.

    Raises
    ------
    FailedPrecondition
        When two fits disagree about the money of a channel, so that it cannot be counted once.
    """
    labels: dict[str, str] = {}
    for outcome in outcomes:
        for channel in outcome.fit.config.channels:
            labels.setdefault(channel.name, channel.label)
    draws = _draws(outcomes, [window_of(one.fit, start, end) for one in outcomes], list(labels))
    every = np.arange(len(labels))
    return Combination(
        [
            _channel(draws, name, label, np.array([place]), hurdle=hurdle, probability=probability)
            for place, (name, label) in enumerate(labels.items())
        ],
        _channel(draws, "all_paid", "All paid media", every, hurdle=hurdle, probability=probability),
    )


def _draws(outcomes: list[Outcome], windows: list[Window], names: list[str]) -> _Draws:
    count = min(len(outcome.fit.effect) for outcome in outcomes)
    random = np.random.default_rng(PAIRING_SEED)
    gained = np.zeros((len(outcomes), count, len(names)))
    slope = np.zeros((count, len(names)))
    spends = np.full((len(outcomes), len(names)), np.nan)
    for place, (outcome, window) in enumerate(zip(outcomes, windows, strict=True)):
        fit = outcome.fit
        paid = slice(0, fit.paid_count)
        own = [names.index(name) for name in fit.media_names[paid]]
        curves = response_curves(fit, window, np.ones(1), paid)
        # Shuffled: fits of the same seed would otherwise seem to move together.
        chosen = random.permutation(len(fit.effect))[:count]
        gained[place][:, own] = curves.outcome[0][chosen]
        slope[:, own] += outcome.value * curves.slope[0][chosen]
        spends[place, own] = window_spend(fit, window)[paid]
    _refuse_different_spend(spends, names)
    values = np.array([outcome.value for outcome in outcomes])
    return _Draws(gained, np.einsum("osn,o->sn", gained, values), slope, np.nanmax(spends, axis=0))


def _refuse_different_spend(spends: Floats, names: list[str]) -> None:
    problems = [
        Violation(
            f"outcomes.{name}",
            "has a different spend in the fits, so it cannot be counted once.",
            "Fit the outcomes on the same media data.",
            " and ".join(f"{spend:,.2f}" for spend in spends[:, place] if np.isfinite(spend)),
            "SPEND_DIFFERS",
        )
        for place, name in enumerate(names)
        if np.nanmax(spends[:, place]) - np.nanmin(spends[:, place])
        > SAME_SPEND * np.nanmax(spends[:, place])
    ]
    if problems:
        raise FailedPrecondition(problems, reason="SPEND_DIFFERS")


def _channel(
    draws: _Draws, name: str, label: str, places: NDArray[np.intp], *, hurdle: float, probability: float
) -> CombinedChannel:
    """Summarise some channels taken together; their next unit of money is split like their spend."""
    spend, total = float(draws.spend[places].sum()), float(draws.spend.sum())
    value = draws.value[:, places].sum(axis=1)
    returned = marginal = above = None
    if spend > 0:
        slope = draws.slope[:, places].sum(axis=1) / spend
        returned = estimate(roi(value, np.asarray(spend), 1.0), probability)
        marginal, above = estimate(slope, probability), float((slope > hurdle).mean())
    return CombinedChannel(
        name,
        label,
        spend,
        spend / total if total > 0 else 0.0,
        estimate(value, probability),
        returned,
        marginal,
        [estimate(gained[:, places].sum(axis=1), probability) for gained in draws.gained],
        above,
    )
