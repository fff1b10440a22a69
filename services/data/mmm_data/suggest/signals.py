"""Competitors, controls, events and holidays as parts of a configuration."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from mmm_core.config import EventColumn
from mmm_core.holiday_calendar import known_countries
from mmm_core.records import ColumnType
from mmm_core.signals import event_texts
from mmm_data.suggest.carryover import suggest_carryover
from mmm_data.suggest.cells import Cells
from mmm_data.suggest.choices import Confidence, Draft, Reason, UnusedColumn, reason
from mmm_data.suggest.countries import country_code
from mmm_data.suggest.layout import Layout
from mmm_data.suggest.media import named
from mmm_data.suggest.names import Name, read_name
from mmm_data.suggest.roles import Role
from mmm_data.suggest.vocabulary import Topic

WITH_THE_MARKET = 0.5
CONTRADICTING = 0.3
# As in validation: more events than this cannot be told apart.
FEWEST_EVENTS, ROWS_PER_EVENT = 10, 5
LEAST_SILENCE = 0.5
# Texts that mean that nothing happened.
SILENT = frozenset(
    {"", "-", "–", "0", "na", "n/a", "nan", "null", "normal"}
    | {"none", "no", "no event", "kein", "keine", "keins", "nein", "nichts"}
    | {"aucun", "aucune", "non", "rien", "ninguno", "ninguna", "nada"}
)


@dataclass(slots=True)
class Signals:
    """Everything that enters linearly, and columns that could but are not used."""

    competitors: list[Draft] = field(default_factory=list)
    controls: list[Draft] = field(default_factory=list)
    unused: list[UnusedColumn] = field(default_factory=list)
    holidays_named: bool = False
    """Whether a control says when holidays are."""


def find_signals(
    cells: Cells, roles: Mapping[str, Role], kpi: str, layout: Layout, taken: set[str]
) -> Signals:
    """Competitors and controls, by the names of columns."""
    found = Signals()
    for column, role in roles.items():
        if role not in (Role.COMPETITOR, Role.CONTROL):
            continue
        problem = _problem(cells, column)
        if problem:
            found.unused.append(UnusedColumn(column, problem))
            continue
        name = read_name(column)
        if role is Role.COMPETITOR:
            found.competitors.append(_competitor(cells, name, kpi, layout, taken))
        else:
            found.controls.append(_control(cells, name, kpi, taken))
            term = name.term(Topic.CONTROL)
            found.holidays_named |= term is not None and term.name == "holiday"
    return found


def _problem(cells: Cells, column: str) -> str:
    numbers = cells.numbers(column)
    if numbers.constant:
        return "It has the same value in every row, so nothing can be learnt from it."
    if numbers.missing:
        return f"{numbers.missing} of its cells are empty: fill them and add it."
    return ""


def _competitor(cells: Cells, name: Name, kpi: str, layout: Layout, taken: set[str]) -> Draft:
    correlation = cells.correlation(name.column, kpi)
    text = f"{name.word(Topic.COMPETITOR)!r} in its name says a competitor."
    sure = Confidence.HIGH
    if correlation > WITH_THE_MARKET:
        text += (
            f" It moves with the KPI (correlation {correlation:.2f}), as a whole market does, so that an "
            "effect that takes the KPI away may not be seen."
        )
        sure = Confidence.MEDIUM
    adstock = suggest_carryover("competitor", layout.frequency, layout.periods)
    value = named(name.label, taken) | {"column": name.column, "adstock": dict(adstock.value)}
    carried = tuple(Reason(("adstock", *one.field), one.text, one.confidence) for one in adstock.reasons)
    return Draft(value, (reason("column", text, sure), *carried))


def _control(cells: Cells, name: Name, kpi: str, taken: set[str]) -> Draft:
    term = name.term(Topic.CONTROL)
    sign = "free" if term is None else term.kind
    word = name.word(Topic.CONTROL if term is not None else Topic.EVENT)
    if name.has(Topic.COMPETITOR):
        sign, why = "positive", "Where competitors are dearer, more is bought here."
    elif sign == "free":
        why = "Nothing about its direction is known beforehand."
    else:
        verb = "raises" if sign == "positive" else "lowers"
        why = f"More of {word!r} {verb} the KPI, other things being equal."
    sure, correlation = Confidence.MEDIUM, cells.correlation(name.column, kpi)
    if sign != "free" and correlation * (1 if sign == "positive" else -1) < -CONTRADICTING:
        why += f" The plain correlation with the KPI is {correlation:.2f}: check what the column counts."
        sure = Confidence.LOW
    value = named(name.label, taken) | {"column": name.column, "sign": sign}
    named_so = f"{word!r} in its name says something that moves the KPI beside media."
    return Draft(value, (reason("column", named_so, Confidence.HIGH), reason("sign", why, sure)))


def find_event_column(cells: Cells, layout: Layout) -> tuple[Draft, list[UnusedColumn]]:
    """A text column that names events; and text columns that are not used."""
    chosen: Draft | None = None
    unused = []
    used = {layout.date_column, *layout.dimensions}
    for name in cells.names(ColumnType.TEXT):
        if name.column in used:
            continue
        draft, why_not = _events(cells, name)
        if draft is not None and chosen is None:
            chosen = draft
        else:
            unused.append(UnusedColumn(name.column, why_not or "One column of events is enough for a model."))
    return chosen or Draft({}), unused


def _events(cells: Cells, name: Name) -> tuple[Draft | None, str]:
    if not name.has(Topic.EVENT, Topic.CONTROL):
        return None, "A text: it tells no cells of a panel apart and its name does not speak of events."
    texts = cells.column(name.column).astype("string").fillna("").str.strip()
    silent = _silent_texts(texts)
    events = event_texts(texts, silent)
    most = max(FEWEST_EVENTS, len(texts) // ROWS_PER_EVENT)
    if not events:
        return None, "It names no event."
    if len(events) > most:
        return None, f"It names {len(events)} different events; at most {most} could be told apart."
    value = {"column": name.column, "none_values": [text for text in silent if text] or ["none"]}
    named_so = f"A text whose name speaks of events; {len(events)} are named."
    said = ", ".join(repr(text) for text in value["none_values"])
    return (
        Draft(
            {"event_column": value},
            (
                reason("event_column.column", named_so, Confidence.HIGH),
                reason(
                    "event_column.none_values",
                    f"Texts that mean that nothing happened: {said}.",
                    Confidence.MEDIUM,
                ),
            ),
        ),
        "",
    )


def _silent_texts(texts: pd.Series) -> tuple[str, ...]:
    """Texts of the column that mean that nothing happened."""
    counts = texts.value_counts()
    silent = [str(text) for text in counts.index if str(text).casefold() in SILENT]
    if not silent and counts.iloc[0] > LEAST_SILENCE * len(texts):
        silent = [str(counts.index[0])]
    return tuple(sorted(silent)) or EventColumn.model_fields["none_values"].default


def find_holidays(cells: Cells, layout: Layout, *, named_already: bool) -> tuple[str | None, Draft]:
    """Public holidays, when a column says the country: that column, and the draft."""
    if named_already:
        return None, Draft({})
    found: dict[str, str] = {}
    for name in cells.names(ColumnType.TEXT):
        term = name.term(Topic.DIMENSION)
        if term is not None and term.name == "country" and name.column != layout.date_column:
            labels = cells.column(name.column).dropna().astype("string").str.strip().unique()
            found |= {country_code(str(label)): name.column for label in labels}
    codes = set(found) & known_countries()
    if len(found) != 1 or not codes:
        return None, Draft({})
    code = codes.pop()
    text = f"Every row of column {found[code]!r} is of this country, and no column says when holidays are."
    why = reason("holidays.countries", text, Confidence.MEDIUM)
    return found[code], Draft({"holidays": {"countries": [code]}}, (why,))
