"""Bring the plain data of older configuration files up to the present schema.

A migration takes the data of one version and returns those of the next; it never validates. What it meets
may be anything, so it leaves alone what it does not recognise and validation names the problem.
"""

from collections.abc import Callable, Mapping
from typing import Any

type Data = dict[str, Any]


def migrate(data: Mapping[str, Any], newest: int) -> Data:
    """Apply all migrations from the data's version on.

    Parameters
    ----------
    data : mapping
        A configuration as read; without ``schema_version`` it is taken to be of the newest.
    newest : int
        The version wanted.
    """
    migrated = dict(data)
    version = migrated.get("schema_version", newest)
    while isinstance(version, int) and version in _MIGRATIONS and version < newest:
        migrated = _MIGRATIONS[version](migrated)
        version += 1
        migrated["schema_version"] = version
    return migrated


def _events_with_a_scale_of_their_own(data: Data) -> Data:
    """Version 1 had one prior scale for all events, beside the event column."""
    column = data.get("event_column")
    scale = column.get("effect_scale") if isinstance(column, Mapping) else None
    events = data.get("events")
    if scale is None or not isinstance(events, (list, tuple)):
        return data
    return data | {
        "events": [
            {"effect_scale": scale} | dict(event) if isinstance(event, Mapping) else event for event in events
        ]
    }


_MIGRATIONS: dict[int, Callable[[Data], Data]] = {1: _events_with_a_scale_of_their_own}
