"""The table of roles and the configuration it stands for."""

import pandas as pd
import pytest

from mmm.data.v1.data_pb2 import COLUMN_TYPE_DATE, COLUMN_TYPE_NUMBER, COLUMN_TYPE_TEXT, Column
from mmm_core.config import parse_config
from mmm_ui.roles import (
    COMPETITOR,
    CONTROL,
    EVENTS,
    EXPOSURE,
    KPI,
    OWNED,
    SPEND,
    config_from_roles,
    roles_table,
    slug,
)

COLUMNS = [
    Column(name="week", type=COLUMN_TYPE_DATE),
    Column(name="Sales €", type=COLUMN_TYPE_NUMBER),
    Column(name="TV spend", type=COLUMN_TYPE_NUMBER),
    Column(name="FB spend", type=COLUMN_TYPE_NUMBER),
    Column(name="FB impressions", type=COLUMN_TYPE_NUMBER),
    Column(name="mails", type=COLUMN_TYPE_NUMBER),
    Column(name="rival", type=COLUMN_TYPE_NUMBER),
    Column(name="price", type=COLUMN_TYPE_NUMBER),
    Column(name="event", type=COLUMN_TYPE_TEXT),
    Column(name="note", type=COLUMN_TYPE_TEXT),
]
ROLES = {
    "Sales €": KPI,
    "TV spend": SPEND,
    "FB spend": SPEND,
    "FB impressions": EXPOSURE,
    "mails": OWNED,
    "rival": COMPETITOR,
    "price": CONTROL,
    "event": EVENTS,
}


@pytest.fixture
def table() -> pd.DataFrame:
    table = roles_table(COLUMNS).set_index("Column")
    for column, role in ROLES.items():
        table.loc[column, "Role"] = role
    table.loc["FB impressions", "Spend column"] = "FB spend"
    return table.reset_index()


def test_the_table_makes_a_valid_configuration_with_every_kind(table):
    config = parse_config(config_from_roles(table, "revenue"))

    assert config.date_column == "week"
    assert config.kpi.column == "Sales €"
    assert [(c.name, c.driver_column) for c in config.channels] == [
        ("tv_spend", "TV spend"),
        ("fb_spend", "FB impressions"),
    ]
    assert config.owned_media[0].exposure_column == "mails"
    assert config.competitors[0].column == "rival"
    assert config.controls[0].column == "price"
    assert config.event_column.column == "event"


def test_a_count_kpi_reads_the_beliefs_as_cost_per_unit(table):
    config = parse_config(config_from_roles(table, "count"))

    assert config.channels[0].roi_prior is None
    assert config.channels[0].cost_per_unit_prior.mid == 1.0


@pytest.mark.parametrize(
    ("name", "expected"),
    [("TV (S)", "tv_s"), ("Ölpreis", "lpreis"), ("2nd screen", "x_2nd_screen"), ("€", "x")],
)
def test_slugs_are_valid_names(name, expected):
    assert slug(name) == expected
