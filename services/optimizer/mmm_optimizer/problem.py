"""What is asked for, checked before anything is solved.

Every problem of a request is collected, so that one answer names them all: first what is wrong whatever
the budget, then the bounds that leave no allocation at all.
"""

import difflib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from mmm_core.config import PERIODS_PER_YEAR, ModelConfig
from mmm_core.errors import FailedPrecondition, InvalidInput, Violation, shorten
from mmm_core.media import Floats

LONGEST_HORIZON = 520
DEFAULT_PROBABILITY = 0.9
# Relative: minima that were split by hand and rounded may add up to a hair more than the budget.
BUDGET_TOLERANCE = 1e-9


class Utility(StrEnum):
    """What is maximised over the joint draws."""

    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Bound:
    """Limits of one channel's spend over the horizon, in money; None takes the default."""

    channel: str
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """A request as it was sent, unchecked.

    Attributes
    ----------
    total_budget : float
        Money over the horizon.
    horizon_periods : int or None
        Number of periods; None means one year.
    bounds : sequence of Bound
        Limits by channel; the others are free.
    utility : Utility or None
        None when the caller asked for something unknown.
    interval_probability : float or None
        Mass of the intervals; None means 0.9.
    """

    total_budget: float
    horizon_periods: int | None = None
    bounds: Sequence[Bound] = ()
    utility: Utility | None = Utility.MEAN
    interval_probability: float | None = None


@dataclass(frozen=True, slots=True)
class BudgetProblem:
    """A feasible problem. `C` paid channels, in the order of the configuration.

    Attributes
    ----------
    channels : tuple of str
        Slugs.
    budget : float
        Money over the horizon, above 0.
    horizon_periods : int
        Number of periods money is spent in.
    lower, upper : array, shape (C,)
        Money over the horizon, with ``0 <= lower <= upper`` and the budget between their sums.
    interval_probability : float
        Mass of the intervals.
    """

    channels: tuple[str, ...]
    budget: float
    horizon_periods: int
    lower: Floats
    upper: Floats
    interval_probability: float = DEFAULT_PROBABILITY

    @property
    def lower_shares(self) -> Floats:
        """Lower bounds as shares of the budget, shape (C,)."""
        return self.lower / self.budget

    @property
    def upper_shares(self) -> Floats:
        """Upper bounds as shares of the budget, shape (C,)."""
        return self.upper / self.budget


def build_problem(config: ModelConfig, request: PlanRequest) -> BudgetProblem:
    """Check a request against the fitted configuration.

    Raises
    ------
    InvalidInput
        Naming every wrong field at once.
    FailedPrecondition
        When no allocation meets budget and bounds; names the bounds and the nearest feasible budget.
    """
    problems = [*_wrong_numbers(request), *_wrong_bounds(config, request.bounds)]
    if problems:
        raise InvalidInput(problems)
    channels = tuple(channel.name for channel in config.channels)
    places = {bound.channel: place for place, bound in enumerate(request.bounds)}
    chosen = [request.bounds[places[name]] if name in places else Bound(name) for name in channels]
    lower = np.array([bound.minimum or 0.0 for bound in chosen])
    upper = np.array([math.inf if bound.maximum is None else bound.maximum for bound in chosen])
    _refuse_infeasible(request.total_budget, channels, lower, upper, places)
    if request.horizon_periods is None:
        horizon = round(PERIODS_PER_YEAR[config.frequency])
    else:
        horizon = request.horizon_periods
    return BudgetProblem(
        channels=channels,
        budget=request.total_budget,
        horizon_periods=horizon,
        lower=lower,
        # No channel can get more than the budget, but a minimum within the tolerance above it stays met.
        upper=np.maximum(lower, np.minimum(upper, request.total_budget)),
        interval_probability=request.interval_probability or DEFAULT_PROBABILITY,
    )


def _wrong_numbers(request: PlanRequest) -> Iterator[Violation]:
    budget, horizon, mass = request.total_budget, request.horizon_periods, request.interval_probability
    if not math.isfinite(budget) or budget <= 0:
        yield Violation(
            "total_budget",
            "is not a positive amount of money.",
            "Give the money to be spent over the whole horizon, above 0.",
            shorten(budget),
            code="OUT_OF_RANGE",
        )
    if horizon is not None and not 1 <= horizon <= LONGEST_HORIZON:
        yield Violation(
            "horizon_periods",
            "is out of range.",
            f"Give 1 to {LONGEST_HORIZON} periods, or leave it out for one year.",
            shorten(horizon),
            code="OUT_OF_RANGE",
        )
    if mass is not None and not 0 < mass < 1:
        yield Violation(
            "interval_probability",
            "is out of range.",
            "Give a number above 0 and below 1, for example 0.9.",
            shorten(mass),
            code="OUT_OF_RANGE",
        )
    if request.utility is None:
        yield Violation(
            "utility",
            "is not known.",
            f"Use one of: {', '.join(u.name for u in Utility)}.",
            code="UNKNOWN_VALUE",
        )


def _wrong_bounds(config: ModelConfig, bounds: Sequence[Bound]) -> Iterator[Violation]:
    paid = [channel.name for channel in config.channels]
    owned = {medium.name for medium in config.owned_media}
    first_place: dict[str, int] = {}
    for place, bound in enumerate(bounds):
        field = f"bounds[{place}]"
        if bound.channel in first_place:
            yield Violation(
                f"{field}.channel",
                f"is bounded already by bounds[{first_place[bound.channel]}].",
                "Give each channel one entry.",
                shorten(bound.channel),
                code="DUPLICATE_CHANNEL",
            )
        elif bound.channel not in paid:
            yield _unknown_channel(f"{field}.channel", bound.channel, paid, owned)
        first_place.setdefault(bound.channel, place)
        yield from _wrong_limits(field, bound)


def _unknown_channel(field: str, name: str, paid: list[str], owned: set[str]) -> Violation:
    if name in owned:
        message, near = "is an owned medium; only paid channels get a budget.", []
    else:
        message, near = "is not a channel of this fit.", difflib.get_close_matches(name.lower(), paid, n=1)
    fix = f"Did you mean {near[0]!r}?" if near else f"Paid channels: {', '.join(paid)}."
    return Violation(field, message, fix, shorten(name), code="UNKNOWN_CHANNEL")


def _wrong_limits(field: str, bound: Bound) -> Iterator[Violation]:
    limits = {"minimum": bound.minimum, "maximum": bound.maximum}
    wrong = {name: value for name, value in limits.items() if value is not None and not 0 <= value < math.inf}
    for name, value in wrong.items():
        yield Violation(
            f"{field}.{name}",
            "is not an amount of money.",
            "Give a finite number of at least 0, or leave it out.",
            shorten(value),
            code="OUT_OF_RANGE",
        )
    if wrong or bound.minimum is None or bound.maximum is None:
        return
    if bound.minimum > bound.maximum:
        yield Violation(
            f"{field}.minimum",
            f"is above the maximum of {bound.maximum:,.2f} for channel {bound.channel!r}.",
            "Lower the minimum or raise the maximum.",
            shorten(bound.minimum),
            code="MINIMUM_ABOVE_MAXIMUM",
        )


def _refuse_infeasible(
    budget: float, channels: tuple[str, ...], lower: Floats, upper: Floats, places: dict[str, int]
) -> None:
    smallest, largest = float(lower.sum()), float(upper.sum())
    if smallest > budget * (1 + BUDGET_TOLERANCE):
        binding, side, code = lower, "minimum", "MINIMA_ABOVE_BUDGET"
        message = f"The minima add up to {smallest:,.2f}, more than the budget of {budget:,.2f}."
        fix = f"Lower the minima, or raise the budget: the smallest feasible one is {smallest:,.2f}."
    elif largest < budget * (1 - BUDGET_TOLERANCE):
        binding, side, code = upper, "maximum", "MAXIMA_BELOW_BUDGET"
        message = f"The maxima add up to {largest:,.2f}, less than the budget of {budget:,.2f}."
        fix = f"Raise the maxima, or lower the budget: the largest feasible one is {largest:,.2f}."
    else:
        return
    raise FailedPrecondition(
        [
            Violation(
                f"bounds[{places[name]}].{side}",
                f"binds channel {name!r}. {message}",
                fix,
                f"{value:,.2f}",
                code=code,
            )
            for name, value in zip(channels, binding, strict=True)
            # A minimum of 0 holds nothing; a maximum of 0 does.
            if name in places and (side == "maximum" or value > 0)
        ],
        message=f"{message} {fix}",
        reason="INFEASIBLE_BUDGET",
    )
