"""Events: a text column that names them, and events with known dates."""

from collections.abc import Iterator

import pandas as pd

from mmm_core.column_values import read_labels
from mmm_core.config import Event, EventColumn, ModelConfig
from mmm_core.errors import shorten
from mmm_core.findings import Finding, Severity
from mmm_core.holiday_calendar import known_countries, public_holidays
from mmm_core.signals import event_texts
from mmm_core.validation.wording import counted

# Longer histories are garbage, and a calendar takes its time for each year.
LONGEST_HISTORY_YEARS = 100
LONGEST_PERIOD = {
    "daily": pd.Timedelta(days=1),
    "weekly": pd.Timedelta(days=7),
    "monthly": pd.Timedelta(days=31),
}


def named_events(column: pd.Series, settings: EventColumn) -> pd.Series:
    """Number of rows per event of an event column."""
    texts = read_labels(column).str.strip()
    return texts[texts.isin(event_texts(texts, settings.none_values))].value_counts(sort=False)


def check_event_column(column: pd.Series, settings: EventColumn) -> Iterator[Finding]:
    """Too many different events, an event on most rows, or none at all."""
    name, counts = settings.column, named_events(column, settings)
    if counts.empty:
        yield Finding(
            Severity.WARNING,
            "NO_EVENTS",
            name,
            "",
            f"Event column {name!r} names no event.",
            "Remove event_column, or check event_column.none_values.",
        )
        return
    most = max(10, len(column) // 5)
    if len(counts) > most:
        yield Finding(
            Severity.ERROR,
            "TOO_MANY_EVENTS",
            name,
            str(len(counts)),
            f"Event column {name!r} names {len(counts)} different events in {counted(len(column), 'row')}; "
            f"at most {most} can be told apart.",
            "Give events of one kind the same text, or remove event_column.",
        )
        return
    for text, count in counts.items():
        if count > len(column) / 2:
            yield Finding(
                Severity.WARNING,
                "EVENT_ON_MOST_ROWS",
                name,
                shorten(text),
                f"Event {shorten(text)!r} is on {count} of {counted(len(column), 'row')}.",
                "If it means that nothing happened, add it to event_column.none_values.",
            )


def check_event_dates(config: ModelConfig, dates: pd.Series) -> Iterator[Finding]:
    """Events with known dates that lie outside the data."""
    known = dates.dropna()
    if known.empty:
        return
    first, last = known.min(), known.max()
    end = last + LONGEST_PERIOD[config.frequency]
    for place, event in enumerate(config.events):
        if pd.Timestamp(event.end) < first or pd.Timestamp(event.start) >= end:
            yield _outside(f"events[{place}]", event, first, last)
        elif pd.Timestamp(event.start) <= first and pd.Timestamp(event.end) >= last:
            yield Finding(
                Severity.WARNING,
                "EVENT_ON_MOST_ROWS",
                f"events[{place}]",
                f"{event.start} to {event.end}",
                f"Event {event.name!r} lasts as long as the data.",
                "Correct its dates, or remove it.",
            )


def holiday_names(config: ModelConfig, dates: pd.Series) -> list[str] | None:
    """Names of the public holidays within the data; None when countries or dates allow no answer."""
    known = dates.dropna()
    countries = config.holidays.countries
    if not countries:
        return []
    if known.empty or not known_countries().issuperset(countries):
        return None
    first, last = known.min(), known.max()
    if last.year - first.year > LONGEST_HISTORY_YEARS:
        return None
    end = last + LONGEST_PERIOD[config.frequency]
    found = public_holidays(countries, first.to_datetime64(), end.to_datetime64())
    return sorted({holiday.name for holiday in found})


def check_holiday_dates(config: ModelConfig, dates: pd.Series) -> Iterator[Finding]:
    """Countries whose holidays never fall into the data."""
    countries = config.holidays.countries
    if countries and holiday_names(config, dates) == []:
        yield Finding(
            Severity.WARNING,
            "NO_HOLIDAYS",
            "holidays.countries",
            ", ".join(countries[:5]),
            "No public holiday falls into the dates of the data.",
            "Set holidays.countries to an empty list, or use a longer history.",
        )


def _outside(path: str, event: Event, first: pd.Timestamp, last: pd.Timestamp) -> Finding:
    return Finding(
        Severity.WARNING,
        "EVENT_OUTSIDE_DATA",
        path,
        f"{event.start} to {event.end}",
        f"Event {event.name!r} lies outside the data, which go from {first:%Y-%m-%d} to {last:%Y-%m-%d}.",
        "Correct its dates, or remove it: nothing can be learnt about it.",
    )
