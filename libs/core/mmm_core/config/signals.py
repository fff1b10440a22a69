"""What moves the KPI beside media: competitors, controls, events and holidays."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mmm_core.config.base import ColumnName, ConfigModel, Named, PositiveFinite
from mmm_core.config.media import Adstock

Sign = Literal["free", "positive", "negative"]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Competitor(Named):
    """A competitor: negative effect with learned carryover.

    Attributes
    ----------
    column : str
        Column with its activity.
    effect_scale : float
        Prior scale: the share of the average KPI that one standard deviation of the column may take away.
    """

    column: ColumnName
    adstock: Adstock = Adstock()
    effect_scale: PositiveFinite = 0.1

    @property
    def sign(self) -> Literal["negative"]:
        """Direction of the effect."""
        return "negative"


class Control(Named):
    """Anything else that moves the KPI.

    Attributes
    ----------
    column : str
        Column with its values.
    sign : {"free", "positive", "negative"}
        Direction of the effect.
    adstock : Adstock or None
        Carryover, if it has any.
    effect_scale : float
        Prior scale: the share of the average KPI that one standard deviation of the column may move.
    """

    column: ColumnName
    sign: Sign = "free"
    adstock: Adstock | None = None
    effect_scale: PositiveFinite = 0.1


class Event(Named):
    """An event with known dates.

    Attributes
    ----------
    start, end : date
        First and last day, both inclusive.
    sign : {"free", "positive", "negative"}
        Direction of the effect.
    effect_scale : float
        Prior scale: the share of the average KPI that it may move in a period that it fills.
    """

    start: date
    end: date
    sign: Sign = "free"
    effect_scale: PositiveFinite = 0.2

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError("ends_before_start", "end must not be before start.")
        return self


class EventColumn(ConfigModel):
    """A text column that names the event of a row. Every distinct text is an event of its own.

    Attributes
    ----------
    column : str
        Column with the texts.
    none_values : tuple of str
        Texts that mean that nothing happened, in any case of letters.
    effect_scale : float
        Prior scale: the share of the average KPI that an event may move in a period.
    """

    column: ColumnName
    none_values: tuple[str, ...] = ("na", "none", "")
    effect_scale: PositiveFinite = 0.2


class Holidays(ConfigModel):
    """Public holidays of some countries.

    Attributes
    ----------
    countries : tuple of str
        ISO 3166 codes, such as ``DE``.
    grouping : {"each", "together"}
        An effect for every holiday by name, or one for the number of holidays in a period.
    effect_scale : float
        Prior scale: the share of the average KPI that one holiday in a period may move.
    """

    countries: Annotated[tuple[CountryCode, ...], Field(max_length=30)] = ()
    grouping: Literal["each", "together"] = "together"
    effect_scale: PositiveFinite = 0.1
