"""The table in which people say what each column is, and the configuration it stands for.

It begins with what the data service suggests; what is suggested beside the roles (carryover, trend, season)
stays in the configuration until it is changed there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from mmm.data.v1.data_pb2 import Column
from mmm.data.v1.data_service_pb2 import SuggestConfigResponse
from mmm.data.v1.suggestion_pb2 import Choice, Confidence
from mmm_core.config import config_from_proto
from mmm_core.slugs import slug

IGNORE, DATE, DIMENSION, KPI, VALUE = "–", "Date", "Panel dimension", "KPI", "Value of a KPI unit"
SPEND, EXPOSURE = "Paid: spend", "Paid: exposure"
OWNED, OWNED_COST = "Owned media", "Owned: cost"
COMPETITOR, CONTROL, EVENTS = "Competitor", "Control", "Event names"
ROLES = (
    *(IGNORE, DATE, DIMENSION, KPI, VALUE, SPEND, EXPOSURE),
    *(OWNED, OWNED_COST, COMPETITOR, CONTROL, EVENTS),
)

type Plain = dict[str, Any]

_ENTRY = re.compile(r"(?P<list>[a-z_]+)\[(?P<place>\d+)\]\.(?P<rest>.+)")

_BELIEF = ("low", "mid", "high")
_NO_BELIEF = {"low": 0.2, "mid": 1.0, "high": 5.0}


def suggested_config(suggestion: SuggestConfigResponse) -> Plain:
    """Return the suggested configuration as plain data, without what is as in the schema's defaults."""
    config = config_from_proto(suggestion.config)
    plain = config.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    return {"frequency": config.frequency} | plain


def roles_table(columns: Iterable[Column], suggestion: SuggestConfigResponse | None) -> pd.DataFrame:
    """Return the table to begin with: the suggested roles and why, or no roles without a suggestion."""
    config = suggested_config(suggestion) if suggestion else {}
    roles, partners, beliefs = _suggested_roles(config), _partners(config), _beliefs(config)
    reasons = _reasons(suggestion) if suggestion else {}
    rows = []
    for column in columns:
        why, sure = reasons.get(column.name, ("", ""))
        belief = beliefs.get(column.name, {})
        rows.append(
            {
                "Column": column.name,
                "Role": roles.get(column.name, IGNORE),
                "Belongs to": partners.get(column.name, ""),
                **{f"ROI {word}": belief.get(word) for word in _BELIEF},
                "Sure": sure,
                "Why": why,
            }
        )
    return pd.DataFrame(rows)


def choices_table(suggestion: SuggestConfigResponse) -> pd.DataFrame:
    """One row per choice, those of a column's role excepted."""
    return pd.DataFrame(
        [
            {
                "Setting": _readable(choice.field, suggestion),
                "Suggested": choice.value,
                "Sure": _sure(choice.confidence),
                "Why": choice.reason,
            }
            for choice in suggestion.choices
            if not _is_of_a_column(choice)
        ]
    )


def config_from_roles(table: pd.DataFrame, kpi_kind: str, suggested: Mapping[str, Any]) -> Plain:
    """Write the table as a configuration; it is not validated here.

    Parameters
    ----------
    table : DataFrame
        From `roles_table`, edited.
    kpi_kind : {"revenue", "count"}
        What the KPI counts. Beliefs are read as ROI or as cost per unit accordingly.
    suggested : mapping
        From `suggested_config`, or empty: settings that are not in the table.
    """
    used = {role: [str(name) for name in table.loc[table["Role"] == role, "Column"]] for role in ROLES}
    rows = {str(row["Column"]): row for _, row in table.iterrows()}
    exposures = {str(rows[name]["Belongs to"]): name for name in used[EXPOSURE]}
    costs = {str(rows[name]["Belongs to"]): name for name in used[OWNED_COST]}
    names = _Names(suggested)
    parts: Plain = {
        "date_column": next(iter(used[DATE]), ""),
        "dimensions": used[DIMENSION],
        "kpi": _kpi(used, kpi_kind, suggested),
        "channels": [
            _channel(names.entry("channels", "spend_column", name), rows[name], exposures.get(name), kpi_kind)
            for name in used[SPEND]
        ],
        "owned_media": [
            _owned(names.entry("owned_media", "exposure_column", name), costs.get(name))
            for name in used[OWNED]
        ],
        "competitors": [names.entry("competitors", "column", name) for name in used[COMPETITOR]],
        "controls": [names.entry("controls", "column", name) for name in used[CONTROL]],
        "event_column": _event_column(used[EVENTS], suggested),
    }
    return {key: value for key, value in {**suggested, **parts}.items() if value not in ([], None)}


class _Names:
    """Entries of lists: those suggested for a column, or new ones whose names are still free."""

    def __init__(self, suggested: Mapping[str, Any]) -> None:
        lists = ("channels", "owned_media", "competitors", "controls")
        self._entries = {key: list(suggested.get(key, ())) for key in lists}
        self._taken = {entry["name"] for entries in self._entries.values() for entry in entries}

    def entry(self, key: str, field: str, column: str) -> Plain:
        for entry in self._entries[key]:
            if entry.get(field) == column:
                return dict(entry)
        name = slug(column, self._taken)
        self._taken.add(name)
        return {"name": name, "display_name": column, field: column}


def _kpi(used: Mapping[str, list[str]], kind: str, suggested: Mapping[str, Any]) -> Plain:
    column = next(iter(used[KPI]), "")
    before = suggested.get("kpi", {})
    kept = dict(before) if before.get("column") == column else {}
    for field in (
        ("value_per_unit", "value_column") if kind == "revenue" or used[VALUE] else ("value_column",)
    ):
        kept.pop(field, None)
    worth = {"value_column": used[VALUE][0]} if used[VALUE] and kind == "count" else {}
    return {**kept, "column": column, "kind": kind, **worth}


def _channel(entry: Plain, row: pd.Series, exposure: str | None, kpi_kind: str) -> Plain:
    for field in ("exposure_column", "roi_prior", "cost_per_unit_prior"):
        entry.pop(field, None)
    if exposure is not None:
        entry["exposure_column"] = exposure
    given = {word: row[f"ROI {word}"] for word in _BELIEF}
    belief = _NO_BELIEF if any(pd.isna(value) for value in given.values()) else given
    field = "roi_prior" if kpi_kind == "revenue" else "cost_per_unit_prior"
    return entry | {field: {word: float(value) for word, value in belief.items()}}


def _owned(entry: Plain, cost: str | None) -> Plain:
    if cost is not None:
        return entry | {"cost_column": cost}
    return {key: value for key, value in entry.items() if key not in ("cost_column", "roi_prior")}


def _event_column(used: list[str], suggested: Mapping[str, Any]) -> Plain | None:
    before = suggested.get("event_column", {})
    if not used:
        return None
    return dict(before) if before.get("column") == used[0] else {"column": used[0]}


def _suggested_roles(config: Mapping[str, Any]) -> dict[str, str]:
    kpi = config.get("kpi", {})
    roles = dict.fromkeys(config.get("dimensions", ()), DIMENSION)
    roles |= {config.get("date_column"): DATE, kpi.get("column"): KPI, kpi.get("value_column"): VALUE}
    for channel in config.get("channels", ()):
        roles |= {channel["spend_column"]: SPEND, channel.get("exposure_column"): EXPOSURE}
    for owned in config.get("owned_media", ()):
        roles |= {owned["exposure_column"]: OWNED, owned.get("cost_column"): OWNED_COST}
    roles |= {entry["column"]: COMPETITOR for entry in config.get("competitors", ())}
    roles |= {entry["column"]: CONTROL for entry in config.get("controls", ())}
    roles[config.get("event_column", {}).get("column")] = EVENTS
    return roles


def _partners(config: Mapping[str, Any]) -> dict[str, str]:
    """Of an exposure its spend column, and of an owned medium's cost its activity."""
    partners = {
        channel["exposure_column"]: channel["spend_column"]
        for channel in config.get("channels", ())
        if "exposure_column" in channel
    }
    return partners | {
        owned["cost_column"]: owned["exposure_column"]
        for owned in config.get("owned_media", ())
        if "cost_column" in owned
    }


def _beliefs(config: Mapping[str, Any]) -> dict[str, Mapping[str, float]]:
    return {
        channel["spend_column"]: channel.get("roi_prior") or channel.get("cost_per_unit_prior") or {}
        for channel in config.get("channels", ())
    }


def _reasons(suggestion: SuggestConfigResponse) -> dict[str, tuple[str, str]]:
    """Why each column has its role, and how sure that is."""
    reasons = {unused.column: (unused.reason, "") for unused in suggestion.unused_columns}
    return reasons | dict(_column_reasons(suggestion))


def _column_reasons(suggestion: SuggestConfigResponse) -> Iterator[tuple[str, tuple[str, str]]]:
    dimensions = list(suggestion.config.dimensions)
    for choice in suggestion.choices:
        if _is_of_a_column(choice):
            columns = dimensions if choice.field == "dimensions" else [choice.value]
            yield from ((column, (choice.reason, _sure(choice.confidence))) for column in columns)


def _readable(field: str, suggestion: SuggestConfigResponse) -> str:
    """A path with the name of what it belongs to: ``TV · adstock``."""
    found = _ENTRY.fullmatch(field)
    if found is None:
        return field
    entry = getattr(suggestion.config, found["list"])[int(found["place"])]
    return f"{entry.display_name or entry.name} · {found['rest']}"


def _is_of_a_column(choice: Choice) -> bool:
    return choice.field.endswith("column") or choice.field == "dimensions"


def _sure(confidence: Confidence) -> str:
    return Confidence.Name(confidence).removeprefix("CONFIDENCE_").lower()
