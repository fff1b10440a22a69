"""The KPI: its column, what it counts, and what a unit is worth."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mmm_core.config import Kpi
from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.records import ColumnType
from mmm_data.suggest.cells import Cells
from mmm_data.suggest.choices import Confidence, Draft, Hints, Reason, listed, reason
from mmm_data.suggest.names import Name, read_name
from mmm_data.suggest.roles import Role
from mmm_data.suggest.vocabulary import Topic

type Kind = Literal["revenue", "count"]

DEFAULT_CURRENCY = "EUR"
_ORDER = {"target": 0, "revenue": 1, "sales": 2, "count": 3}
_BARE_TARGET = "y"
_MOSTLY = 0.95


@dataclass(frozen=True, slots=True)
class Outcome:
    """The KPI that was found.

    Attributes
    ----------
    column : str
        Its column.
    kpi : Kpi
        The same as part of a configuration.
    money : float or None
        Worth of the whole KPI over the data; None for a count without a value.
    units : float
        Sum of the KPI.
    draft : Draft
        The same with reasons.
    """

    column: str
    kpi: Kpi
    money: float | None
    units: float
    draft: Draft


def check_hints(hints: Hints, cells: Cells) -> None:
    """Raise `InvalidInput` with every hint that cannot be."""
    problems = []
    numbers = [name.column for name in cells.names(ColumnType.NUMBER)]
    if hints.kpi_column and hints.kpi_column not in numbers:
        near = difflib.get_close_matches(hints.kpi_column, numbers, n=1, cutoff=0.5)
        problems.append(
            Violation(
                "kpi_column",
                "is not a column of numbers in the data.",
                f"Did you mean {near[0]!r}?" if near else "Name a column of numbers, or leave it empty.",
                shorten(hints.kpi_column),
                "MISSING_COLUMN",
            )
        )
    if hints.value_per_unit is not None and not 0 < hints.value_per_unit < float("inf"):
        problems.append(_wrong("value_per_unit", "is not above zero.", str(hints.value_per_unit)))
    if hints.value_per_unit is not None and hints.kpi_kind == "revenue":
        problems.append(_wrong("value_per_unit", "is for a count KPI; revenue is money already.", "revenue"))
    if hints.currency and not (
        len(hints.currency) == 3 and hints.currency.isascii() and hints.currency.isupper()
    ):
        problems.append(_wrong("currency", "is not an ISO 4217 code such as EUR.", shorten(hints.currency)))
    if problems:
        raise InvalidInput(problems)


def _wrong(field: str, message: str, value: str) -> Violation:
    return Violation(field, message, "Correct it, or leave it out.", value, "INVALID_HINT")


def find_outcome(cells: Cells, roles: Mapping[str, Role], hints: Hints) -> Outcome | None:
    """Find the KPI; None when no column may be one."""
    found = _column(cells, roles, hints)
    if found is None:
        return None
    name, why = found
    reasons = [why]
    kind, kind_reason = _kind(name, hints)
    reasons.append(kind_reason)
    value: dict[str, object] = {"column": name.column, "kind": kind}
    if name.label != name.column:
        value["display_name"] = name.label
    for field, content, worth_reason in _worth(cells, roles, hints, kind):
        value[field] = content
        reasons.append(worth_reason)
    currency, currency_reason = _currency(cells, hints)
    value["currency"] = currency
    reasons.append(currency_reason)
    kpi = Kpi.model_validate(value)
    units = cells.numbers(name.column).total
    draft = Draft({"kpi": value}, tuple(reasons))
    return Outcome(name.column, kpi, _money(cells, kpi, units), units, draft)


def _column(cells: Cells, roles: Mapping[str, Role], hints: Hints) -> tuple[Name, Reason] | None:
    if hints.kpi_column:
        name = read_name(hints.kpi_column)
        return name, reason("kpi.column", "You named it.", Confidence.HIGH)
    named = [name for name in _with_role(roles, Role.OUTCOME) if _may_be_kpi(cells, name)]
    named += [
        name
        for name in _with_role(roles, Role.UNKNOWN)
        if name.column.strip().lower() == _BARE_TARGET and _may_be_kpi(cells, name)
    ]
    if named:
        return _by_name(named, hints.kpi_kind)
    return _by_correlation(cells, roles)


def _with_role(roles: Mapping[str, Role], role: Role) -> list[Name]:
    return [read_name(column) for column, found in roles.items() if found is role]


def _may_be_kpi(cells: Cells, name: Name) -> bool:
    numbers = cells.numbers(name.column)
    return numbers.positive > 0 and not numbers.constant


def _by_name(named: Sequence[Name], wanted: Kind | None) -> tuple[Name, Reason]:
    def rank(name: Name) -> tuple[bool, int, bool, int]:
        kind = _outcome_kind(name)
        unwanted = wanted is not None and kind in ("revenue", "count") and kind != wanted
        return unwanted, _ORDER[kind], not name.has(Topic.TOTAL), len(name.parts)

    best = min(named, key=rank)
    others = [name.column for name in named if name is not best]
    if not others:
        return best, reason("kpi.column", "The only column whose name speaks of an outcome.", Confidence.HIGH)
    text = f"Its name says outcome most plainly; {listed(others)} could be meant too."
    return best, reason("kpi.column", text, Confidence.MEDIUM)


def _outcome_kind(name: Name) -> str:
    term = name.term(Topic.OUTCOME)
    return "target" if term is None else term.kind


def _by_correlation(cells: Cells, roles: Mapping[str, Role]) -> tuple[Name, Reason] | None:
    """Take the column that moves most with the others, among those that are always active."""
    causes = [column for column, role in roles.items() if role in (Role.SPEND, Role.EXPOSURE, Role.OWNED)]
    unknown = [name.column for name in _with_role(roles, Role.UNKNOWN)]
    cells.load([*causes, *unknown])
    candidates = [
        column
        for column in unknown
        if not (numbers := cells.numbers(column)).constant
        and numbers.positive >= _MOSTLY * len(cells.values(column))
    ]
    if not candidates:
        return None

    def strength(column: str) -> float:
        others = causes or [other for other in unknown if other != column]
        return sum(abs(cells.correlation(column, other)) for other in others) / max(1, len(others))

    best = max(candidates, key=strength)
    text = "No name speaks of an outcome; this column is never idle and moves most with the others. Check it."
    return read_name(best), reason("kpi.column", text, Confidence.LOW)


def _kind(name: Name, hints: Hints) -> tuple[Kind, Reason]:
    if hints.kpi_kind is not None:
        return hints.kpi_kind, reason("kpi.kind", "You said so.", Confidence.HIGH)
    if hints.value_per_unit is not None:
        return "count", reason("kpi.kind", "You gave the value of a unit.", Confidence.HIGH)
    kind = _outcome_kind(name)
    if kind == "count":
        text = f"{name.word(Topic.OUTCOME)!r} is a number of things."
        return "count", reason("kpi.kind", text, Confidence.HIGH)
    if kind == "revenue" or name.has(Topic.CURRENCY):
        return "revenue", reason("kpi.kind", "Its name speaks of money.", Confidence.HIGH)
    if kind == "sales":
        text = "Sales are mostly given in money; choose count if they are pieces."
        return "revenue", reason("kpi.kind", text, Confidence.MEDIUM)
    text = "Its name does not say whether it is money; choose count if it is a number of things."
    return "revenue", reason("kpi.kind", text, Confidence.LOW)


def _worth(
    cells: Cells, roles: Mapping[str, Role], hints: Hints, kind: Kind
) -> list[tuple[str, object, Reason]]:
    """What a unit of a count KPI is worth, if that is known."""
    if kind == "revenue":
        return []
    if hints.value_per_unit is not None:
        why = reason("kpi.value_per_unit", "You gave it.", Confidence.HIGH)
        return [("value_per_unit", hints.value_per_unit, why)]
    for name in _with_role(roles, Role.UNIT_VALUE):
        numbers = cells.numbers(name.column)
        if numbers.missing == 0 and numbers.low > 0:
            text = "Its name says what a unit is worth, so that results can speak of ROI too."
            return [("value_column", name.column, reason("kpi.value_column", text, Confidence.MEDIUM))]
    return []


def _currency(cells: Cells, hints: Hints) -> tuple[str, Reason]:
    if hints.currency:
        return hints.currency, reason("kpi.currency", "You named it.", Confidence.HIGH)
    found: dict[str, str] = {}
    for name in cells.names(ColumnType.NUMBER):
        term = name.term(Topic.CURRENCY)
        if term is not None:
            found.setdefault(term.kind, name.column)
    if len(found) == 1:
        currency, column = next(iter(found.items()))
        return currency, reason("kpi.currency", f"The name of {column!r} says so.", Confidence.HIGH)
    text = "Several currencies are named" if found else "No column names a currency"
    return DEFAULT_CURRENCY, reason(
        "kpi.currency", f"{text}. It is only a label beside money.", Confidence.LOW
    )


def _money(cells: Cells, kpi: Kpi, units: float) -> float | None:
    if kpi.kind == "revenue":
        return units
    if kpi.value_column is not None:
        return float(np.nansum(cells.values(kpi.column) * cells.values(kpi.value_column)))
    return None if kpi.value_per_unit is None else units * kpi.value_per_unit
