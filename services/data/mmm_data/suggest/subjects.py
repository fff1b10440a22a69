"""Columns about the same medium, brought together: its spend, its exposures, and what is left over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from mmm_data.suggest.cells import Cells
from mmm_data.suggest.choices import UnusedColumn, listed
from mmm_data.suggest.names import Name, read_name
from mmm_data.suggest.roles import Role
from mmm_data.suggest.vocabulary import Topic

# What comes nearest to how often people met a medium; clicks are what search is paid by.
_BY_CONTACTS = ("impressions", "ratings", "views", "reach", "spots", "sends", "activity", "visits", "clicks")
_BY_CLICKS = ("clicks", "impressions", "views", "activity", "visits")
_SAME_SUM = 1e-3
_OWNED_ORDER = ("sends", "activity", "", "impressions", "spots", "views", "reach", "visits", "clicks")


@dataclass(slots=True)
class Subject:
    """Columns about one medium.

    Attributes
    ----------
    costs, exposures : list of Name
        Columns with money, and with contacts or activity.
    """

    costs: list[Name] = field(default_factory=list)
    exposures: list[Name] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Kind of medium, as far as a name says it."""
        terms = (name.term(Topic.MEDIUM) for name in (*self.costs, *self.exposures))
        return next((term.kind for term in terms if term is not None), "")


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium with one column for each purpose.

    Attributes
    ----------
    name : Name
        The column it is named after.
    cost, exposure : str or None
        Column with its cost, and with what drives its effect.
    kind : str
        Kind of medium, as far as a name says it.
    """

    name: Name
    cost: str | None
    exposure: str | None
    kind: str


@dataclass(slots=True)
class Media:
    """All media that were found, and columns about them that are not used."""

    paid: list[Medium] = field(default_factory=list)
    owned: list[Medium] = field(default_factory=list)
    unused: list[UnusedColumn] = field(default_factory=list)


def find_media(cells: Cells, roles: Mapping[str, Role]) -> Media:
    """Bring together the columns of each medium and pick one for each purpose."""
    found = Media()
    paid = _without_totals(cells, _group(roles, Role.SPEND, Role.EXPOSURE), found)
    _join_alike(paid)
    owned = _group(roles, Role.OWNED_COST, Role.OWNED)
    for subject in paid:
        _pick_paid(cells, subject, found)
    for subject in owned:
        _pick_owned(cells, subject, found)
    return found


def _group(roles: Mapping[str, Role], cost: Role, exposure: Role) -> list[Subject]:
    groups: dict[frozenset[str], Subject] = {}
    for column, role in roles.items():
        name = read_name(column)
        if role is cost:
            groups.setdefault(name.subject_key, Subject()).costs.append(name)
        elif role is exposure:
            groups.setdefault(name.subject_key, Subject()).exposures.append(name)
    for subject in groups.values():
        _tell_bare_names(subject)
    return list(groups.values())


def _tell_bare_names(subject: Subject) -> None:
    """Where one column says it is money, one that is only named after the medium is its activity."""
    bare = [name for name in subject.costs if not name.has(Topic.MONEY, Topic.CURRENCY)]
    if bare and len(bare) < len(subject.costs):
        subject.costs = [name for name in subject.costs if name not in bare]
        subject.exposures += bare


def _without_totals(cells: Cells, subjects: list[Subject], found: Media) -> list[Subject]:
    """Leave out spend that is the sum of others whose names say more: search beside its brand and generic."""
    kept = []
    for subject in subjects:
        parts = [other.costs[0] for other in subjects if _details(subject, other)]
        if parts and _is_sum(cells, subject.costs[0], parts):
            why = (
                f"It is the total of {listed(part.column for part in parts)}: their effect would count twice."
            )
            _leave_out(found, [*subject.costs, *subject.exposures], why)
        else:
            kept.append(subject)
    return kept


def _details(whole: Subject, part: Subject) -> bool:
    return bool(whole.costs and part.costs) and whole.costs[0].subject_key < part.costs[0].subject_key


def _is_sum(cells: Cells, whole: Name, parts: Sequence[Name]) -> bool:
    if whole.has(Topic.TOTAL):
        return True
    total = np.sum([cells.values(part.column) for part in parts], axis=0)
    return bool(np.allclose(total, cells.values(whole.column), rtol=_SAME_SUM, equal_nan=True))


def _join_alike(subjects: list[Subject]) -> None:
    """Give exposures without a spend to the only spend whose name says more, or less, of the same."""
    lonely = [subject for subject in subjects if not subject.costs]
    spent = [subject for subject in subjects if subject.costs and not subject.exposures]
    for subject in lonely:
        near = [other for other in spent if _says_the_same(subject.exposures[0], other.costs[0])]
        rivals = [other for other in lonely if near and _says_the_same(other.exposures[0], near[0].costs[0])]
        if len(near) == 1 and len(rivals) == 1:
            near[0].exposures = subject.exposures
            subjects.remove(subject)


def _says_the_same(exposure: Name, cost: Name) -> bool:
    left, right = exposure.subject_key, cost.subject_key
    return bool(left and right) and (left < right or right < left)


def _pick_paid(cells: Cells, subject: Subject, found: Media) -> None:
    costs = _largest_first(cells, subject.costs)
    if not costs:
        _pick_without_cost(cells, subject, found)
        return
    order = _BY_CLICKS if subject.kind == "search" else _BY_CONTACTS
    exposure = _first_usable(cells, _ranked(subject.exposures, order), found)
    cost = costs[0]
    _leave_out(found, costs[1:], f"{cost.column!r} has the spend of the same medium.")
    problem = _never_spent(cells, cost) if exposure else _no_driver(cells, cost)
    if problem:
        _leave_out(found, [cost], problem)
        _leave_out(found, [exposure] if exposure else [], f"Its spend {cost.column!r} is left out.")
        return
    found.paid.append(Medium(cost, cost.column, exposure.column if exposure else None, subject.kind))


def _pick_without_cost(cells: Cells, subject: Subject, found: Media) -> None:
    visits = [name for name in subject.exposures if _unit(name) == "visits" and not name.has(Topic.MEDIUM)]
    _leave_out(found, visits, "Visits are an effect of media and other causes, not a cause beside them.")
    others = [name for name in subject.exposures if name not in visits]
    exposure = _first_usable(cells, _ranked(others, _BY_CONTACTS), found)
    if exposure:
        found.owned.append(Medium(exposure, None, exposure.column, subject.kind))


def _pick_owned(cells: Cells, subject: Subject, found: Media) -> None:
    exposure = _first_usable(cells, _ranked(subject.exposures, _OWNED_ORDER), found)
    costs = _largest_first(cells, subject.costs)
    if exposure is None:
        _pick_paid(cells, Subject(costs=costs), found)
        return
    cost = next((name for name in costs if not _never_spent(cells, name)), None)
    _leave_out(found, [name for name in costs if name is not cost], "It is not needed beside the activity.")
    found.owned.append(Medium(exposure, cost.column if cost else None, exposure.column, "owned"))


def _largest_first(cells: Cells, names: Iterable[Name]) -> list[Name]:
    return sorted(names, key=lambda name: -cells.numbers(name.column).total)


def _ranked(names: Iterable[Name], order: Sequence[str]) -> list[Name]:
    return sorted(names, key=lambda name: order.index(_unit(name)) if _unit(name) in order else len(order))


def _unit(name: Name) -> str:
    term = name.term(Topic.EXPOSURE)
    return term.name if term else ""


def _first_usable(cells: Cells, names: Sequence[Name], found: Media) -> Name | None:
    """The first column that can drive an effect; the others are noted as not used."""
    chosen: Name | None = None
    for name in names:
        problem = _no_driver(cells, name) or _incomplete(cells, name)
        if chosen is not None:
            _leave_out(found, [name], f"{chosen.column!r} tells more of how often people met the medium.")
        elif problem:
            _leave_out(found, [name], problem)
        else:
            chosen = name
    return chosen


def _no_driver(cells: Cells, name: Name) -> str:
    """Why nothing can be learnt from a column's variation; empty when something can."""
    never = _never_spent(cells, name)
    if not never and cells.numbers(name.column).constant:
        return "It has the same value in every row, so nothing can be learnt from it."
    return never


def _never_spent(cells: Cells, name: Name) -> str:
    numbers = cells.numbers(name.column)
    return "" if numbers.positive else "It is never above zero."


def _incomplete(cells: Cells, name: Name) -> str:
    numbers = cells.numbers(name.column)
    if numbers.missing:
        return f"{numbers.missing} of its cells are empty: write 0 where there was no activity, and add it."
    if numbers.negative:
        return f"{numbers.negative} of its cells are negative: correct them, and add it."
    return ""


def _leave_out(found: Media, names: Iterable[Name], why: str) -> None:
    found.unused += [UnusedColumn(name.column, why) for name in names]
