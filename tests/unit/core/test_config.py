"""Loading configurations: every problem named, with the nearest valid name."""

from pathlib import Path

import pytest

from mmm_core.beliefs import frozen
from mmm_core.config import PositivePrior, load_config_file, parse_config, parse_config_text
from mmm_core.errors import InvalidInput

MINIMAL = {
    "date_column": "week",
    "kpi": {"column": "sales", "kind": "revenue"},
    "channels": [{"name": "tv", "spend_column": "tv", "roi_prior": {"low": 0.5, "mid": 1, "high": 2}}],
}
LIFT_TEST = {
    "channel": "tv",
    "start": "2023-02-06",
    "end": "2023-03-05",
    "spend_change": 1000,
    "lift": 1500,
    "standard_error": 400,
}
STORED = Path(__file__).parent / "stored_configs"


def problems(data):
    with pytest.raises(InvalidInput) as caught:
        parse_config(data)
    return {violation.field: violation for violation in caught.value.violations}


def changed(**changes):
    return MINIMAL | changes


def test_a_minimal_configuration_is_enough():
    config = parse_config(MINIMAL)

    assert config.channels[0].label == "tv"
    assert config.kpi.has_value


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
        (changed(schema_version=3), "schema_version", "2"),
        (changed(schema_version=[1]), "schema_version", "2"),
        (
            changed(channels=[{"name": "tv", "spend_column": "tv", "roi_prior": {"low": 1, "sd": 2}}]),
            "channels[0].roi_prior",
            "mean and sd",
        ),
        (changed(dimensions=["geo", "geo"]), "config", "more than once"),
        (changed(lift_tests=[LIFT_TEST | {"channel": "radio"}]), "config", "'radio'"),
        (changed(dimensions=["geo"], lift_tests=[LIFT_TEST]), "config", "one label for each of geo"),
        (changed(lift_tests=[LIFT_TEST | {"spend_change": 0}]), "lift_tests[0]", "says nothing"),
        (changed(seasonality={"weekly_order": 2}), "config", "daily"),
        (changed(holidays={"countries": ["Germany"]}), "holidays.countries[0]", "pattern"),
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
    drawn = frozen(PositivePrior(low=0.5, mid=1, high=2).resolve())

    assert drawn.ppf([0.05, 0.5, 0.95]) == pytest.approx([0.5, 1, 2])


@pytest.mark.parametrize("distribution", ["log_normal", "gamma"])
def test_a_named_distribution_has_its_mean_and_sd_and_so_has_what_is_made_of_it(distribution):
    belief = PositivePrior(distribution=distribution, mean=4, sd=1).resolve()

    assert frozen(belief).mean() == pytest.approx(4)
    assert frozen(belief).std() == pytest.approx(1)
    assert frozen(belief.scaled(2.5)).std() == pytest.approx(2.5)
    # The median of one over a quantity is one over its median.
    assert frozen(belief.reciprocal().scaled(3)).median() == pytest.approx(3 / frozen(belief).median())


def test_an_older_file_is_migrated():
    config = load_config_file(STORED / "version_1.yaml")

    assert config.schema_version == 2
    assert config.events[0].effect_scale == 0.35
    assert config.channels[0].roi_prior.mid == 1.5
