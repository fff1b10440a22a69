"""Loading configurations: every problem named, with the nearest valid name."""

import math

import pytest

from mmm_core.config import LowMidHigh, load_config_file, parse_config, parse_config_text
from mmm_core.errors import InvalidInput

MINIMAL = {
    "date_column": "week",
    "kpi": {"column": "sales", "kind": "revenue"},
    "channels": [{"name": "tv", "spend_column": "tv", "roi_prior": {"low": 0.5, "mid": 1, "high": 2}}],
}


def problems(data):
    with pytest.raises(InvalidInput) as caught:
        parse_config(data)
    return {violation.field: violation for violation in caught.value.violations}


def changed(**changes):
    return MINIMAL | changes


def test_a_minimal_configuration_is_enough():
    config = parse_config(MINIMAL)

    assert config.channels[0].label == "tv"
    assert config.kpi.unit_value == 1.0


def test_all_problems_come_at_once_and_unknown_fields_with_the_nearest():
    found = problems(
        {
            "date_colum": "week",
            "kpi": {"column": "sales", "kind": "turnover"},
            "channels": [{"name": "TV", "spend_colum": "tv", "roi_prior": {"low": 2, "mid": 1, "high": 3}}],
        }
    )

    assert "Did you mean 'date_column'?" in found["date_colum"].fix
    assert "Did you mean 'spend_column'?" in found["channels[0].spend_colum"].fix
    assert {"date_column", "kpi.kind", "channels[0].name", "channels[0].roi_prior"} <= set(found)
    assert found["kpi.kind"].value == "turnover"


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ([], "config", "not a mapping"),
        (changed(channels=[]), "channels", "at least 1"),
        (changed(channels=MINIMAL["channels"] * 2), "config", "unique"),
        (changed(kpi={"column": "s", "kind": "revenue", "value_per_unit": 2}), "kpi", "count KPI"),
        (changed(kpi={"column": "s", "kind": "count"}), "config", "value_per_unit"),
        (changed(seasonality={"yearly_order": 99}), "seasonality.yearly_order", "20"),
        (changed(events=[{"name": "e", "start": "2024-02-01", "end": "2024-01-01"}]), "events[0]", "before"),
        (changed(channels=[{"name": "tv", "spend_column": "tv"}]), "channels[0]", "exactly one"),
        (
            changed(owned_media=[{"name": "mail", "exposure_column": "m", "adstock": {"max_lag": 3}}]),
            "config",
            "share",
        ),
        (changed(schema_version=2), "schema_version", "1"),
    ],
)
def test_what_contradicts_itself_is_refused(data, field, words):
    found = problems(data)

    assert field in found
    assert words in f"{found[field].message} {found[field].fix}"


def test_bad_yaml_is_named_with_its_line():
    with pytest.raises(InvalidInput, match="line 2"):
        parse_config_text("date_column: week\nkpi: [")


def test_a_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "config.yaml"
    path.write_bytes(b"\xff\xfe\x00\x01")

    with pytest.raises(InvalidInput, match="UTF-8"):
        load_config_file(path)


def test_a_symmetric_belief_is_met_in_all_three_quantiles():
    belief = LowMidHigh(low=0.5, mid=1, high=2)
    mu, sigma = belief.log_normal()

    assert math.exp(mu - 1.6448536 * sigma) == pytest.approx(0.5, rel=1e-6)
    assert math.exp(mu) == pytest.approx(1.0)
    assert math.exp(mu + 1.6448536 * sigma) == pytest.approx(2.0, rel=1e-6)
