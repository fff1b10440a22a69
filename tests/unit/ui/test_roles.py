"""The table of roles and the configuration it stands for."""

import numpy as np
import pandas as pd
import pytest

from mmm.data.v1.data_pb2 import COLUMN_TYPE_NUMBER, Column
from mmm.data.v1.data_service_pb2 import SuggestConfigResponse
from mmm_core.config import config_from_proto, parse_config
from mmm_data.answers import suggestion_message
from mmm_data.ingest import column_records
from mmm_data.suggest import Hints, suggest_config
from mmm_ui.roles import (
    COMPETITOR,
    CONTROL,
    EXPOSURE,
    IGNORE,
    KPI,
    OWNED,
    OWNED_COST,
    SPEND,
    choices_table,
    config_from_roles,
    roles_table,
    suggested_config,
)

NAMES = [
    "Sales €",
    "TV spend",
    "FB spend",
    "FB impressions",
    "email_sends",
    "email_cost",
    "rival",
    "price",
    "thing",
]
COLUMNS = [Column(name=name, type=COLUMN_TYPE_NUMBER) for name in ("week", *NAMES, "event")]


def suggestion_of(**hints: object) -> SuggestConfigResponse:
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"week": pd.date_range("2022-01-03", periods=104, freq="7D")})
    table = table.assign(**{name: rng.gamma(2, 100, 104) for name in NAMES})
    table["event"] = ["fair"] + ["none"] * 103
    return suggestion_message(suggest_config(column_records(table), lambda n: table[n], Hints(**hints)))


@pytest.fixture
def suggestion() -> SuggestConfigResponse:
    return suggestion_of()


def edited(suggestion: SuggestConfigResponse | None, **roles: str) -> pd.DataFrame:
    """The table after a user changed some roles."""
    table = roles_table(COLUMNS, suggestion).set_index("Column")
    for column, role in roles.items():
        table.loc[column, "Role"] = role
    return table.reset_index()


def test_the_table_begins_with_the_suggestion_and_its_reasons(suggestion):
    table = roles_table(COLUMNS, suggestion).set_index("Column")

    assert table["Role"].to_dict() == {
        **{"week": "Date", "Sales €": KPI, "TV spend": SPEND, "FB spend": SPEND, "FB impressions": EXPOSURE},
        **{"email_sends": OWNED, "email_cost": OWNED_COST, "rival": COMPETITOR, "price": CONTROL},
        **{"thing": IGNORE, "event": "Event names"},
    }
    assert table.loc["FB impressions", "Belongs to"] == "FB spend"
    assert table.loc["email_cost", "Belongs to"] == "email_sends"
    assert "says spend" in table.loc["TV spend", "Why"]
    assert "says nothing" in table.loc["thing", "Why"]
    assert table.loc["TV spend", "Sure"] == "high"
    assert table.loc["TV spend", "ROI mid"] > 0


def test_other_settings_are_listed_with_their_reasons(suggestion):
    settings = choices_table(suggestion).set_index("Setting")
    assert {"frequency", "kpi.kind", "trend", "seasonality", "TV · adstock"} <= set(settings.index)
    assert "TV · spend_column" not in settings.index
    assert settings["Why"].str.len().min() > 0


def test_an_untouched_table_is_the_suggested_configuration(suggestion):
    config = parse_config(config_from_roles(edited(suggestion), "revenue", suggested_config(suggestion)))
    assert config == config_from_proto(suggestion.config)


def test_changed_roles_change_the_configuration_and_nothing_else(suggestion):
    table = edited(
        suggestion, **{"FB impressions": IGNORE, "thing": CONTROL, "price": COMPETITOR, "email_cost": IGNORE}
    )
    before = config_from_proto(suggestion.config)
    config = parse_config(config_from_roles(table, "revenue", suggested_config(suggestion)))

    assert [channel.exposure_column for channel in config.channels] == [None, None]
    assert [channel.adstock for channel in config.channels] == [c.adstock for c in before.channels]
    assert [control.column for control in config.controls] == ["thing"]
    assert [competitor.column for competitor in config.competitors] == ["rival", "price"]
    assert (config.owned_media[0].cost_column, config.owned_media[0].roi_prior) == (None, None)
    assert (config.trend, config.event_column) == (before.trend, before.event_column)


def test_a_count_kpi_reads_the_beliefs_as_cost_per_unit():
    suggestion = suggestion_of(kpi_kind="count")
    config = parse_config(config_from_roles(edited(suggestion), "count", suggested_config(suggestion)))

    assert config.channels[0].roi_prior is None
    assert (
        config.channels[0].cost_per_unit_prior
        == config_from_proto(suggestion.config).channels[0].cost_per_unit_prior
    )


def test_without_a_suggestion_people_say_everything():
    roles = {"week": "Date", "Sales €": KPI, "TV spend": SPEND, "email_sends": OWNED, "price": CONTROL}
    config = parse_config(config_from_roles(edited(None, **roles), "revenue", {}))

    assert [(channel.name, channel.spend_column) for channel in config.channels] == [("tv_spend", "TV spend")]
    assert config.channels[0].roi_prior.mid == 1.0
    assert config.kpi.column == "Sales €"
    assert config.controls[0].column == "price"
