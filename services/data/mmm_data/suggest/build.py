"""A complete first configuration for a table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mmm_core.config import ModelConfig, parse_config
from mmm_core.documents import format_path
from mmm_core.errors import FailedPrecondition, Violation
from mmm_core.records import ColumnRecord, ColumnType
from mmm_core.validation.columns import roles as columns_in_use
from mmm_data.suggest.baseline import suggest_baseline
from mmm_data.suggest.beliefs import paid_belief, roi_of_money
from mmm_data.suggest.cells import Cells, ReadColumns
from mmm_data.suggest.choices import Choice, Draft, Hints, Reason, Suggestion, UnusedColumn
from mmm_data.suggest.layout import Layout, find_layout
from mmm_data.suggest.media import draft_channel, draft_owned
from mmm_data.suggest.outcome import Outcome, check_hints, find_outcome
from mmm_data.suggest.roles import Reading, Role, read_role
from mmm_data.suggest.signals import find_event_column, find_holidays, find_signals
from mmm_data.suggest.subjects import Media, find_media
from mmm_data.suggest.unnamed import guess_channels

MOST_CHANNELS = 100
# Not needed, or needed only when nothing better is found.
_UNREAD = (Role.UNUSED, Role.UNKNOWN, Role.OUTCOME, Role.UNIT_VALUE)
_NO_ROLE = "Its name says nothing about what it is; give it a role if it moves the KPI."


def suggest_config(columns: Sequence[ColumnRecord], read: ReadColumns, hints: Hints) -> Suggestion:
    """Suggest a configuration.

    The same table and hints give the same suggestion. Columns whose names rule them out are not read.

    Parameters
    ----------
    columns : sequence of ColumnRecord
        Names and types of all columns of the table.
    read : callable
        Reads some columns of it.
    hints : Hints
        What the caller knows already.

    Raises
    ------
    InvalidInput
        When a hint cannot be.
    FailedPrecondition
        When the table has no dates, no outcome or no media, all at once.
    """
    cells = Cells(columns, read)
    check_hints(hints, cells)
    layout = find_layout(cells)
    used = set() if layout is None else {layout.date_column, *layout.dimensions}
    readings = {
        name.column: read_role(name) for name in cells.names(ColumnType.NUMBER) if name.column not in used
    }
    outcome = find_outcome(cells, {column: reading.role for column, reading in readings.items()}, hints)
    causes = {
        column: reading.role
        for column, reading in readings.items()
        if outcome is None or column != outcome.column
    }
    cells.load(column for column, role in causes.items() if role not in _UNREAD)
    media = find_media(cells, causes)
    guessed = not media.paid
    if guessed and outcome is not None:
        media.paid = guess_channels(cells, causes, outcome.column)
    if layout is None or outcome is None or not media.paid:
        raise _lacking(layout, outcome, media)
    return _Builder(cells, layout, outcome, causes).build(media, readings, guessed=guessed)


def _lacking(layout: Layout | None, outcome: Outcome | None, media: Media) -> FailedPrecondition:
    lacks = []
    if layout is None:
        lacks.append(
            ("date_column", "The data have no column of dates.", "Bring the first day of each period.")
        )
    if outcome is None:
        lacks.append(("kpi.column", "No column of numbers looks like an outcome.", "Name it in kpi_column."))
    if not media.paid:
        lacks.append(("channels", "No column of numbers looks like paid media.", "Name it like tv_spend."))
    return FailedPrecondition(
        Violation(field, message, fix, code="NOTHING_TO_SUGGEST") for field, message, fix in lacks
    )


class _Builder:
    """Puts the parts together."""

    def __init__(self, cells: Cells, layout: Layout, outcome: Outcome, roles: Mapping[str, Role]) -> None:
        self._cells, self._layout, self._outcome, self._roles = cells, layout, outcome, roles
        self._value: dict[str, Any] = {}
        self._reasons: list[Reason] = []
        self._unused: list[UnusedColumn] = []
        self._taken: set[str] = set()

    def build(self, media: Media, readings: Mapping[str, Reading], *, guessed: bool) -> Suggestion:
        """Put them together.

        Parameters
        ----------
        media : Media
            Paid and owned media.
        readings : mapping of column to Reading
            What the names of the columns of numbers say.
        guessed : bool
            Whether the paid media were found without help from their names.
        """
        self._add(self._layout.draft)
        self._add(self._outcome.draft)
        self._add_media(media, guessed=guessed)
        self._add_signals()
        self._add(suggest_baseline(self._layout))
        config = parse_config({key: value for key, value in self._value.items() if value != []})
        choices = tuple(self._choice(one) for one in self._reasons)
        return Suggestion(config, choices, self._all_unused(config, readings))

    def _add(self, draft: Draft) -> None:
        self._value |= draft.value
        self._reasons += draft.reasons

    def _add_list(self, field: str, drafts: Sequence[Draft]) -> None:
        self._value[field] = [dict(draft.value) for draft in drafts]
        self._reasons += [
            replace(one, field=(field, place, *one.field))
            for place, draft in enumerate(drafts)
            for one in draft.reasons
        ]

    def _add_media(self, media: Media, *, guessed: bool) -> None:
        self._unused += media.unused
        totals = {medium.cost: self._cells.numbers(medium.cost).total for medium in media.paid if medium.cost}
        ranked = sorted(media.paid, key=lambda medium: -totals.get(medium.cost or "", 0.0))
        kept = [medium for medium in media.paid if medium in ranked[:MOST_CHANNELS]]
        for medium in ranked[MOST_CHANNELS:]:
            self._leave_out(
                medium.cost, f"A model holds {MOST_CHANNELS} channels; this is one of the smallest."
            )
            self._leave_out(medium.exposure, "Its spend is left out.")
        spends = [totals[medium.cost] for medium in kept if medium.cost]
        belief = paid_belief(self._outcome, spends)
        channels = [
            draft_channel(self._cells, one, self._layout, belief, guessed=guessed, taken=self._taken)
            for one in kept
        ]
        self._add_list("channels", channels)
        roi = roi_of_money(self._outcome, spends)
        self._add_list(
            "owned_media", [draft_owned(one, self._layout, roi, taken=self._taken) for one in media.owned]
        )

    def _add_signals(self) -> None:
        found = find_signals(self._cells, self._roles, self._outcome.column, self._layout, self._taken)
        self._unused += found.unused
        self._add_list("competitors", found.competitors)
        self._add_list("controls", found.controls)
        events, unused = find_event_column(self._cells, self._layout)
        self._add(events)
        self._unused += unused
        country, holidays = find_holidays(self._cells, self._layout, named_already=found.holidays_named)
        self._add(holidays)
        self._leave_out(country, "It says the country, whose public holidays are in the model.")

    def _leave_out(self, column: str | None, why: str) -> None:
        if column is not None:
            self._unused.append(UnusedColumn(column, why))

    def _choice(self, one: Reason) -> Choice:
        return Choice(format_path(one.field), _shown(_at(self._value, one.field)), one.text, one.confidence)

    def _all_unused(self, config: ModelConfig, readings: Mapping[str, Reading]) -> tuple[UnusedColumn, ...]:
        """Every column the configuration does not name, in the order of the table."""
        why = {one.column: one.reason for one in self._unused}
        used = {column for _, column in columns_in_use(config)}
        return tuple(
            UnusedColumn(column, why.get(column) or self._why_not(column, readings.get(column)))
            for column in self._cells.all_names()
            if column not in used
        )

    def _why_not(self, column: str, reading: Reading | None) -> str:
        if reading is None:
            return (
                "Another column gives the dates."
                if self._cells.type_of(column) is ColumnType.DATE
                else _NO_ROLE
            )
        if reading.why:
            return reading.why
        if reading.role is Role.OUTCOME:
            return f"Another outcome: like {self._outcome.column!r} it is an effect of media, not a cause."
        if reading.role is Role.UNIT_VALUE:
            return "The value of a unit is for a count KPI."
        return _NO_ROLE


def _at(value: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        value = value[step]
    return value


def _shown(value: Any) -> str:
    """A value in a few words."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_shown(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_shown(inner) for inner in value) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)
