"""What a suggestion is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from mmm_core.config import ModelConfig


class Confidence(StrEnum):
    """How sure a choice is."""

    LOW = "low"
    """A guess: look at it."""
    MEDIUM = "medium"
    """Likely, or a convention."""
    HIGH = "high"
    """The data or their names say so."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the caller knows already.

    Attributes
    ----------
    kpi_column : str
        Column of the KPI; empty to have it found.
    kpi_kind : {"revenue", "count"} or None
        What it counts.
    value_per_unit : float or None
        Money one unit of a count KPI is worth.
    currency : str
        ISO 4217 code of all money; empty to have it found.
    """

    kpi_column: str = ""
    kpi_kind: Literal["revenue", "count"] | None = None
    value_per_unit: float | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was chosen.

    Attributes
    ----------
    field : tuple of str or int
        Path of the field.
    text : str
        The reason, in one sentence or two.
    confidence : Confidence
        How sure it is.
    """

    field: tuple[str | int, ...]
    text: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Draft:
    """A part of a configuration, as plain data, with the reasons for what is in it."""

    value: Mapping[str, object]
    reasons: tuple[Reason, ...] = ()


def reason(field: str, text: str, confidence: Confidence) -> Reason:
    """Give the reason for a field of a draft, named with points: ``kpi.column``."""
    return Reason(tuple(field.split(".")), text, confidence)


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the suggested configuration, its value as text, and why it is so."""

    field: str
    value: str
    reason: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class UnusedColumn:
    """A column that the suggested configuration leaves out, and why."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A first configuration.

    Attributes
    ----------
    config : ModelConfig
        The configuration.
    choices : tuple of Choice
        The reasons for it, in the order of the configuration.
    unused_columns : tuple of UnusedColumn
        Columns it leaves out, in the order of the table.
    """

    config: ModelConfig
    choices: tuple[Choice, ...]
    unused_columns: tuple[UnusedColumn, ...]


def listed(names: Iterable[str]) -> str:
    """Names in quotes: ``'a', 'b' and 'c'``."""
    quoted = [repr(name) for name in names]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
