"""The table in which people say what each column is, and the configuration it stands for."""

import re
from collections.abc import Iterable

import pandas as pd

from mmm.data.v1.data_pb2 import COLUMN_TYPE_DATE, COLUMN_TYPE_NUMBER, Column

IGNORE, DATE, KPI = "–", "Date", "KPI"
SPEND, EXPOSURE = "Paid: spend", "Paid: exposure"
OWNED, COMPETITOR, CONTROL, EVENTS = "Owned media", "Competitor", "Control", "Event names"
ROLES = (IGNORE, DATE, KPI, SPEND, EXPOSURE, OWNED, COMPETITOR, CONTROL, EVENTS)

DEFAULT_ROI = (0.3, 1.0, 4.0)


def roles_table(columns: Iterable[Column]) -> pd.DataFrame:
    """Return the table to begin with: the first date column is the date, the rest is for people to say."""
    rows = []
    has_date = False
    for column in columns:
        is_date = column.type == COLUMN_TYPE_DATE and not has_date
        has_date = has_date or is_date
        low, mid, high = DEFAULT_ROI if column.type == COLUMN_TYPE_NUMBER else (None, None, None)
        rows.append(
            {
                "Column": column.name,
                "Role": DATE if is_date else IGNORE,
                "Spend column": "",
                "ROI low": low,
                "ROI mid": mid,
                "ROI high": high,
            }
        )
    return pd.DataFrame(rows)


def config_from_roles(table: pd.DataFrame, kpi_kind: str) -> dict[str, object]:
    """Write the table as a configuration; it is not validated here.

    Parameters
    ----------
    table : DataFrame
        From `roles_table`, edited.
    kpi_kind : {"revenue", "count"}
        What the KPI counts. Beliefs are read as ROI or as cost per unit accordingly.
    """

    def columns(role: str) -> list[str]:
        return [str(name) for name in table.loc[table["Role"] == role, "Column"]]

    exposures = {
        str(row["Spend column"]): str(row["Column"])
        for _, row in table.loc[table["Role"] == EXPOSURE].iterrows()
    }
    prior_field = "roi_prior" if kpi_kind == "revenue" else "cost_per_unit_prior"
    config: dict[str, object] = {
        "date_column": next(iter(columns(DATE)), ""),
        "kpi": {"column": next(iter(columns(KPI)), ""), "kind": kpi_kind},
        "channels": [
            _channel(row, exposures.get(str(row["Column"])), prior_field)
            for _, row in table.loc[table["Role"] == SPEND].iterrows()
        ],
        "owned_media": [{"name": slug(name), "exposure_column": name} for name in columns(OWNED)],
        "competitors": [{"name": slug(name), "column": name} for name in columns(COMPETITOR)],
        "controls": [{"name": slug(name), "column": name} for name in columns(CONTROL)],
    }
    for name in columns(EVENTS)[:1]:
        config["event_column"] = {"column": name}
    return {key: value for key, value in config.items() if value != []}


def _channel(row: pd.Series, exposure: str | None, prior_field: str) -> dict[str, object]:
    column = str(row["Column"])
    channel: dict[str, object] = {"name": slug(column), "display_name": column, "spend_column": column}
    if exposure is not None:
        channel["exposure_column"] = exposure
    channel[prior_field] = {
        "low": float(row["ROI low"]),
        "mid": float(row["ROI mid"]),
        "high": float(row["ROI high"]),
    }
    return channel


def slug(name: str) -> str:
    """Turn a column's name into a slug."""
    cleaned = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return cleaned if cleaned[:1].isalpha() else f"x_{cleaned}".rstrip("_")
