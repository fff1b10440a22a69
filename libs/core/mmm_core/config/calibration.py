"""Experiments that tell what a channel really brought."""

from datetime import date
from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from mmm_core.config.base import ConfigModel, DisplayName, Finite, PositiveFinite, Slug


class LiftTest(ConfigModel):
    """An incrementality experiment on one channel.

    Attributes
    ----------
    channel : str
        Name of the channel.
    start, end : date
        First and last day, both inclusive.
    cell : tuple of str
        Panel cell it ran in: one label per dimension. Empty for national data.
    spend_change : float
        Money spent because of the test over its dates, as the data have it: positive when spend was raised,
        negative when it was cut.
    lift : float
        KPI units gained (or, negative, lost) because of that change.
    standard_error : float
        Of the lift, in KPI units.
    display_name : str or None
        How people call the test.
    """

    channel: Slug
    start: date
    end: date
    cell: tuple[str, ...] = ()
    spend_change: Finite
    lift: Finite
    standard_error: PositiveFinite
    display_name: DisplayName | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError("ends_before_start", "end must not be before start.")
        if self.spend_change == 0:
            raise PydanticCustomError(
                "no_change", "spend_change is 0, so the test says nothing about the channel."
            )
        return self
