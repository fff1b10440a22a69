"""Settings of a plan as linear constraints on its amounts, each with the field it came from.

Amounts are a vector of ``V`` amounts of money, see `mmm_core.plan.PlanModel`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmm_core.cells import CellFilter, places_of
from mmm_core.errors import Violation
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_optimizer.request import PlanSettings


@dataclass(frozen=True, slots=True)
class Constraint:
    """``coefficients @ amounts`` is to be at least, or at most, `limit` (money).

    Attributes
    ----------
    field : str
        Where the caller set it.
    coefficients : array, shape (V,)
    limit : float
    is_minimum : bool
        Whether it is a floor.
    meaning : str
        In words, with its figures.
    """

    field: str
    coefficients: Floats
    limit: float
    is_minimum: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Switch:
    """A channel that either keeps its minimum or is off.

    Attributes
    ----------
    channel : int
        Its place.
    amounts : array of int
        Places of its amounts.
    minimum : Constraint
        What holds when it is on.
    """

    channel: int
    amounts: NDArray[np.intp]
    minimum: Constraint


@dataclass(frozen=True, slots=True)
class Layout:
    """Which amount belongs to which block, cell and channel.

    Attributes
    ----------
    fit : FittedModel
        The fit planned with.
    edges : array of int, shape (B + 1,)
        Where blocks of periods begin and end.
    by_cell : bool
        Whether each cell has amounts of its own.
    """

    fit: FittedModel
    edges: NDArray[np.intp]
    by_cell: bool

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of blocks, cells with amounts of their own, and channels."""
        cells = len(self.fit.cells) if self.by_cell else 1
        return len(self.edges) - 1, cells, self.fit.paid_count

    @property
    def size(self) -> int:
        """Number of amounts."""
        return int(np.prod(self.shape))

    def place(self, channel: str) -> int:
        """Place of a channel by its slug."""
        return self.fit.media_names.index(channel)

    def of_channels(self, channels: Sequence[str]) -> Floats:
        """One for the amounts of some channels, shape (V,)."""
        chosen = np.zeros(self.shape)
        chosen[..., [self.place(name) for name in channels]] = 1
        return chosen.ravel()

    def of_periods(self, first: int, last: int) -> Floats:
        """One for the amounts of periods, counted from 1, where blocks begin and end; shape (V,)."""
        chosen = np.zeros(self.shape)
        chosen[(self.edges[:-1] >= first - 1) & (self.edges[1:] <= last)] = 1
        return chosen.ravel()

    def of_cells(self, cells: NDArray[np.intp]) -> Floats:
        """One for the amounts of some cells, shape (V,)."""
        chosen = np.zeros(self.shape)
        chosen[:, cells] = 1
        return chosen.ravel()


def constraints_of(
    layout: Layout, settings: PlanSettings, reference: Floats
) -> tuple[list[Constraint], list[Switch]]:
    """Translate the settings.

    Parameters
    ----------
    layout : Layout
        Of the amounts.
    settings : PlanSettings
        Free of errors.
    reference : array, shape (C,)
        Money per channel over the horizon at the reference level.

    Returns
    -------
    constraints : list of Constraint
        That hold always.
    switches : list of Switch
        Minima that hold unless the channel is off.
    """
    constraints, switches = [], []
    for place, bound in enumerate(settings.bounds):
        channel, field = layout.place(bound.channel), f"bounds[{place}]"
        amounts = layout.of_channels([bound.channel])
        limits = {
            f"{field}.minimum": bound.minimum,
            f"{field}.maximum": bound.maximum,
            f"{field}.minimum_change": _changed(reference[channel], bound.minimum_change),
            f"{field}.maximum_change": _changed(reference[channel], bound.maximum_change),
        }
        for name, limit in limits.items():
            if limit is None:
                continue
            constraint = _limit(name, amounts, limit, f"channel {bound.channel!r}")
            if constraint.is_minimum and bound.or_nothing:
                switches.append(Switch(channel, np.flatnonzero(amounts), constraint))
            else:
                constraints.append(constraint)
    return [
        *constraints,
        *_groups(layout, settings),
        *_ratios(layout, settings),
        *_budgets(layout, settings),
    ], switches


def missing_references(settings: PlanSettings, layout: Layout, reference: Floats) -> Iterator[Violation]:
    """Yield changes that are asked for of channels without spend in the reference window."""
    for place, bound in enumerate(settings.bounds):
        asked = [name for name in ("minimum_change", "maximum_change") if getattr(bound, name) is not None]
        if asked and not reference[layout.place(bound.channel)] > 0:
            message = f"has nothing to refer to: channel {bound.channel!r} spent nothing in the last year."
            fix = "Give the limit in money."
            yield Violation(f"bounds[{place}].{asked[0]}", message, fix, code="NO_REFERENCE")


def _changed(reference: float, change: float | None) -> float | None:
    return None if change is None else reference * (1 + change)


def _limit(field: str, coefficients: Floats, limit: float, who: str) -> Constraint:
    is_minimum = ".minimum" in field
    meaning = f"{who} gets at {'least' if is_minimum else 'most'} {limit:,.2f}"
    return Constraint(field, coefficients, limit, is_minimum, meaning)


def _groups(layout: Layout, settings: PlanSettings) -> Iterator[Constraint]:
    for place, group in enumerate(settings.groups):
        field, together = f"groups[{place}]", layout.of_channels(group.channels)
        who = f"group {group.label!r}" if group.label else f"the group of {', '.join(group.channels)}"
        for name, limit in (("minimum", group.minimum), ("maximum", group.maximum)):
            if limit is not None:
                yield _limit(f"{field}.{name}", together, limit, who)
        for name, share in (("minimum", group.minimum_share), ("maximum", group.maximum_share)):
            if share is not None:
                words = f"{who} gets at {'least' if name == 'minimum' else 'most'} {share:.4g} of the budget"
                yield Constraint(f"{field}.{name}_share", together - share, 0.0, name == "minimum", words)


def _ratios(layout: Layout, settings: PlanSettings) -> Iterator[Constraint]:
    for place, ratio in enumerate(settings.ratios):
        one, other = layout.of_channels([ratio.channel]), layout.of_channels([ratio.to])
        for name, multiple in (("minimum", ratio.minimum), ("maximum", ratio.maximum)):
            if multiple is not None:
                words = (
                    f"channel {ratio.channel!r} gets at {'least' if name == 'minimum' else 'most'} "
                    f"{multiple:.4g} times what {ratio.to!r} gets"
                )
                field = f"ratios[{place}].{name}"
                yield Constraint(field, one - multiple * other, 0.0, name == "minimum", words)


def _budgets(layout: Layout, settings: PlanSettings) -> Iterator[Constraint]:
    for place, period in enumerate(settings.period_budgets):
        amounts, who = (
            layout.of_periods(period.first, period.last),
            f"periods {period.first} to {period.last}",
        )
        for name, limit in (("minimum", period.minimum), ("maximum", period.maximum)):
            if limit is not None:
                yield _limit(f"period_budgets[{place}].{name}", amounts, limit, who)
    for place, budget in enumerate(settings.cell_budgets):
        filters = [CellFilter(dimension, tuple(labels)) for dimension, labels in budget.cells]
        amounts = layout.of_cells(places_of(layout.fit, filters))
        for name, limit in (("minimum", budget.minimum), ("maximum", budget.maximum)):
            if limit is not None:
                yield _limit(f"cell_budgets[{place}].{name}", amounts, limit, _cells_in_words(filters))


def _cells_in_words(filters: Sequence[CellFilter]) -> str:
    return "all channels together in " + ", ".join(
        f"{one.dimension} {' or '.join(one.labels)}" for one in filters
    )
