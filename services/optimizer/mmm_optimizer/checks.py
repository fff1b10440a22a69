"""Every problem of the settings of a plan, found before anything is computed."""

import difflib
import math
from collections.abc import Iterator, Sequence

from mmm_core.cells import CellFilter, places_of
from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.fitted import FittedModel
from mmm_optimizer.request import Bound, ChannelFlight, CostChange, PlanSettings, Utility

LONGEST_HORIZON = 520
LIMITS = ("minimum", "maximum")


def check_budget(budget: float, field: str = "total_budget") -> Iterator[Violation]:
    """Yield what is wrong with an amount of money to be spent."""
    if not (math.isfinite(budget) and budget > 0):
        fix = "Give the money to be spent over the whole horizon, above 0."
        yield _out_of_range(field, "is not a positive amount of money.", fix, budget)


def check_settings(fit: FittedModel, settings: PlanSettings, periods: int) -> Iterator[Violation]:
    """Yield everything that is wrong with the settings, whatever the budget.

    Parameters
    ----------
    fit : FittedModel
        The fit planned with.
    settings : PlanSettings
        As they were sent.
    periods : int
        The horizon, with its default filled in.
    """
    yield from _numbers(settings)
    yield from _channel_entries(fit, settings)
    for place, bound in enumerate(settings.bounds):
        yield from _limits(f"bounds[{place}]", bound.minimum, bound.maximum)
        yield from _changes(f"bounds[{place}]", bound)
    yield from _groups(fit, settings)
    yield from _ratios(fit, settings)
    yield from _period_budgets(settings, periods)
    yield from _cell_budgets(fit, settings)
    yield from _per_period(settings, periods)


def _numbers(settings: PlanSettings) -> Iterator[Violation]:
    horizon, level, mass = settings.horizon_periods, settings.risk_level, settings.interval_probability
    if horizon is not None and not 1 <= horizon <= LONGEST_HORIZON:
        fix = f"Give 1 to {LONGEST_HORIZON} periods, or leave it out for one year."
        yield _out_of_range("horizon_periods", "is out of range.", fix, horizon)
    if mass is not None and not 0 < mass < 1:
        fix = "Give a number above 0 and below 1, for example 0.9."
        yield _out_of_range("interval_probability", "is out of range.", fix, mass)
    if level is not None and not 0 < level < 1:
        fix = "Give the share of the worst draws to look at, for example 0.1."
        yield _out_of_range("risk_level", "is out of range.", fix, level)
    if settings.utility is None:
        known = ", ".join(utility.name for utility in Utility)
        yield Violation("utility", "is not known.", f"Use one of: {known}.", code="UNKNOWN_VALUE")
    if settings.flighting is None:
        fix = "Use EVEN or AS_LAST_YEAR."
        yield Violation("flighting", "is not known.", fix, code="UNKNOWN_VALUE")


def _channel_entries(fit: FittedModel, settings: PlanSettings) -> Iterator[Violation]:
    """Lists with one entry per channel."""
    lists: dict[str, Sequence[Bound | ChannelFlight | CostChange]] = {
        "bounds": settings.bounds,
        "flights": settings.flights,
        "costs": settings.costs,
    }
    for field, entries in lists.items():
        first_place: dict[str, int] = {}
        for place, entry in enumerate(entries):
            path = f"{field}[{place}].channel"
            if entry.channel in first_place:
                message = f"is given already by {field}[{first_place[entry.channel]}]."
                fix = "Give each channel one entry."
                yield Violation(path, message, fix, shorten(entry.channel), code="DUPLICATE_CHANNEL")
            else:
                yield from check_channel(fit, path, entry.channel)
            first_place.setdefault(entry.channel, place)


def check_channel(fit: FittedModel, field: str, name: str) -> Iterator[Violation]:
    """Yield what is wrong with the name of a paid channel."""
    paid = [channel.name for channel in fit.config.channels]
    if name in paid:
        return
    near: list[str] = []
    if name in {medium.name for medium in fit.config.owned_media}:
        message = "is an owned medium; only paid channels get a budget."
    else:
        message, near = "is not a channel of this fit.", difflib.get_close_matches(name.lower(), paid, n=1)
    fix = f"Did you mean {near[0]!r}?" if near else f"Paid channels: {', '.join(paid)}."
    yield Violation(field, message, fix, shorten(name), code="UNKNOWN_CHANNEL")


def _limits(
    field: str,
    minimum: float | None,
    maximum: float | None,
    *,
    suffix: str = "",
    most: float = math.inf,
    what: str = "an amount of money",
) -> Iterator[Violation]:
    """Two numbers from 0 to `most`, the first not above the second."""
    limits = dict(zip(LIMITS, (minimum, maximum), strict=True))
    wrong = {
        name: value
        for name, value in limits.items()
        if value is not None and not (0 <= value <= most and math.isfinite(value))
    }
    at_most = "" if most == math.inf else f" and at most {most:g}"
    for name, value in wrong.items():
        fix = f"Give a finite number of at least 0{at_most}, or leave it out."
        yield _out_of_range(f"{field}.{name}{suffix}", f"is not {what}.", fix, value)
    if not wrong and minimum is not None and maximum is not None and minimum > maximum:
        yield Violation(
            f"{field}.minimum{suffix}",
            f"is above the maximum of {maximum:,.6g}.",
            "Lower the minimum or raise the maximum.",
            shorten(minimum),
            code="MINIMUM_ABOVE_MAXIMUM",
        )


def _changes(field: str, bound: Bound) -> Iterator[Violation]:
    changes = {"minimum_change": bound.minimum_change, "maximum_change": bound.maximum_change}
    wrong = {
        name: value
        for name, value in changes.items()
        if value is not None and not (value >= -1 and math.isfinite(value))
    }
    for name, value in wrong.items():
        fix = "Give a fraction of the reference level of at least -1, for example -0.3 for 30 % less."
        yield _out_of_range(f"{field}.{name}", "is not a change.", fix, value)
    low, high = bound.minimum_change, bound.maximum_change
    if not wrong and low is not None and high is not None and low > high:
        fix = "Lower the minimum or raise the maximum."
        message = f"is above the maximum change of {high:g}."
        yield Violation(f"{field}.minimum_change", message, fix, shorten(low), code="MINIMUM_ABOVE_MAXIMUM")
    for limit in LIMITS:
        if getattr(bound, limit) is not None and getattr(bound, f"{limit}_change") is not None:
            message = f"is given beside {limit}."
            fix = "Give the limit in money or as a change, not both."
            got = shorten(getattr(bound, f"{limit}_change"))
            yield Violation(f"{field}.{limit}_change", message, fix, got, code="GIVEN_TWICE")


def _groups(fit: FittedModel, settings: PlanSettings) -> Iterator[Violation]:
    for place, group in enumerate(settings.groups):
        field = f"groups[{place}]"
        if not group.channels:
            fix = "Name the channels that are limited together."
            yield Violation(f"{field}.channels", "names no channel.", fix, code="EMPTY_GROUP")
        for index, name in enumerate(group.channels):
            yield from check_channel(fit, f"{field}.channels[{index}]", name)
            if name in list(group.channels)[:index]:
                yield Violation(
                    f"{field}.channels[{index}]",
                    "is named twice.",
                    "Name each channel once.",
                    shorten(name),
                    code="DUPLICATE_CHANNEL",
                )
        yield from _limits(field, group.minimum, group.maximum)
        yield from _limits(
            field,
            group.minimum_share,
            group.maximum_share,
            suffix="_share",
            most=1.0,
            what="a share of the budget",
        )


def _ratios(fit: FittedModel, settings: PlanSettings) -> Iterator[Violation]:
    for place, ratio in enumerate(settings.ratios):
        field = f"ratios[{place}]"
        yield from check_channel(fit, f"{field}.channel", ratio.channel)
        yield from check_channel(fit, f"{field}.to", ratio.to)
        if ratio.channel == ratio.to:
            fix = "Name two different channels."
            yield Violation(
                f"{field}.to", "is the same channel.", fix, shorten(ratio.to), "DUPLICATE_CHANNEL"
            )
        yield from _limits(field, ratio.minimum, ratio.maximum, what="a multiple")


def _period_budgets(settings: PlanSettings, periods: int) -> Iterator[Violation]:
    for place, budget in enumerate(settings.period_budgets):
        field = f"period_budgets[{place}]"
        if not 1 <= budget.first <= budget.last <= periods:
            yield Violation(
                f"{field}.first_period",
                "and last_period are not a range of periods of the horizon.",
                f"Count from 1 to {periods}, the first not after the last.",
                f"{budget.first} to {budget.last}",
                code="OUT_OF_RANGE",
            )
        yield from _limits(field, budget.minimum, budget.maximum)


def _cell_budgets(fit: FittedModel, settings: PlanSettings) -> Iterator[Violation]:
    for place, budget in enumerate(settings.cell_budgets):
        field = f"cell_budgets[{place}]"
        filters = [CellFilter(dimension, tuple(labels)) for dimension, labels in budget.cells]
        try:
            places_of(fit, filters, field=f"{field}.cells")
        except InvalidInput as error:
            yield from error.violations
        yield from _limits(field, budget.minimum, budget.maximum)


def _per_period(settings: PlanSettings, periods: int) -> Iterator[Violation]:
    """Lists with one number per period."""
    yield from check_numbers_per_period("demand_index", settings.demand_index, periods, least="above 0")
    if settings.demand_index and settings.demand_of_baseline:
        fix = "Give the index, or take that of the baseline, not both."
        yield Violation("demand_index", "is given beside demand_of_baseline.", fix, code="GIVEN_TWICE")
    for place, flight in enumerate(settings.flights):
        field = f"flights[{place}].weights"
        if not flight.weights:
            fix = f"Give one weight for each of the {periods} periods."
            yield Violation(field, "are missing.", fix, code="WRONG_LENGTH")
        yield from check_numbers_per_period(field, flight.weights, periods, least="of at least 0")
        if flight.weights and not sum(flight.weights) > 0:
            yield Violation(field, "are all 0.", "Give some period a weight.", code="OUT_OF_RANGE")
    for place, cost in enumerate(settings.costs):
        yield from check_numbers_per_period(f"costs[{place}].index", cost.index, periods, least="above 0")
        if not -1 < cost.yearly_inflation < math.inf:
            fix = "Give a rise per year above -1, for example 0.05 for 5 %."
            field = f"costs[{place}].yearly_inflation"
            yield _out_of_range(field, "is not a rise of prices.", fix, cost.yearly_inflation)


def check_numbers_per_period(
    field: str, numbers: Sequence[float], periods: int, *, least: str
) -> Iterator[Violation]:
    """Yield what is wrong with a list that has one number per period, or none."""
    if numbers and len(numbers) != periods:
        fix = f"Give one number for each of the {periods} periods."
        yield Violation(field, "has the wrong length.", fix, str(len(numbers)), code="WRONG_LENGTH")
    for place, number in enumerate(numbers):
        if not (math.isfinite(number) and (number > 0 or (number == 0 and least != "above 0"))):
            fix = f"Give finite numbers {least}."
            yield _out_of_range(f"{field}[{place}]", "is out of range.", fix, number)


def _out_of_range(field: str, message: str, fix: str, value: float) -> Violation:
    return Violation(field, message, fix, shorten(value), code="OUT_OF_RANGE")
