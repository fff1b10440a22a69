"""What validation says about lift tests."""

import numpy as np
import pandas as pd
import pytest

from mmm_core.config import ModelConfig, parse_config
from mmm_core.findings import Severity
from mmm_core.validation import validate_table

ERROR, WARNING = Severity.ERROR, Severity.WARNING
WEEKS = 60
TEST = {
    "channel": "tv",
    "start": "2023-03-06",
    "end": "2023-03-19",
    "cell": ["South"],
    "spend_change": 4.0,
    "lift": 6.0,
    "standard_error": 2.0,
}
CHANNELS = [
    {"name": "tv", "spend_column": "tv", "roi_prior": {"low": 0.5, "mid": 1, "high": 2}},
    {
        "name": "search",
        "spend_column": "search",
        "exposure_column": "clicks",
        "roi_prior": {"low": 0.5, "mid": 1, "high": 2},
    },
]


def config(test: dict[str, object], **changes: object) -> ModelConfig:
    return parse_config(
        {
            "date_column": "week",
            "dimensions": ["region"],
            "kpi": {"column": "sales", "kind": "revenue"},
            "channels": CHANNELS,
            "trend": {"changepoints": 0},
            "seasonality": {"yearly_order": 1},
            "lift_tests": [TEST | test],
        }
        | changes
    )


def panel() -> pd.DataFrame:
    random = np.random.default_rng(5)
    rows = 2 * WEEKS
    search = random.uniform(1, 10, rows)
    return pd.DataFrame(
        {
            "week": [*pd.date_range("2023-01-02", periods=WEEKS, freq="7D")] * 2,
            "region": ["North"] * WEEKS + ["South"] * WEEKS,
            "sales": random.uniform(80, 120, rows),
            "tv": random.uniform(4, 10, rows),
            "search": search,
            "clicks": 50 * search,
        }
    )


@pytest.mark.parametrize(
    "test",
    [
        {},
        {"spend_change": -20.0, "lift": -18.0},
        {"start": "2023-01-02", "end": "2024-02-25", "spend_change": 100.0, "lift": 100.0},
    ],
    ids=["raised", "cut", "all-dates"],
)
def test_a_sound_lift_test_gets_no_findings(test: dict[str, object]) -> None:
    assert validate_table(panel(), config(test)) == []


@pytest.mark.parametrize(
    ("test", "severity", "code", "field", "words"),
    [
        ({"cell": ["south"]}, ERROR, "UNKNOWN_CELL", "lift_tests[0].cell", "Did you mean 'South'?"),
        ({"cell": ["East Anglia"]}, ERROR, "UNKNOWN_CELL", "lift_tests[0].cell", "'North', 'South'"),
        (
            {"start": "2020-01-01", "end": "2020-02-01"},
            ERROR,
            "LIFT_TEST_OUTSIDE_DATA",
            "lift_tests[0]",
            "begin with 2023-01-02",
        ),
        (
            {"start": "2022-12-19", "end": "2023-01-15"},
            ERROR,
            "LIFT_TEST_OUTSIDE_DATA",
            "lift_tests[0]",
            "not within",
        ),
        ({"end": "2024-02-26"}, ERROR, "LIFT_TEST_OUTSIDE_DATA", "lift_tests[0]", "not within"),
        (
            {"spend_change": 500.0, "lift": 500.0, "standard_error": 100.0},
            ERROR,
            "LIFT_CHANGE_ABOVE_SPEND",
            "lift_tests[0].spend_change",
            "less than the test added",
        ),
        (
            {"standard_error": 0.01},
            WARNING,
            "LIFT_TOO_PRECISE",
            "lift_tests[0].standard_error",
            "within 0.17%",
        ),
        (
            {"lift": 6000.0, "standard_error": 200.0},
            WARNING,
            "LIFT_IMPLAUSIBLE",
            "lift_tests[0].lift",
            "1.5e+03",
        ),
        (
            {"lift": 0.004, "standard_error": 0.001},
            WARNING,
            "LIFT_IMPLAUSIBLE",
            "lift_tests[0].lift",
            "0.001",
        ),
        ({"lift": -6.0}, WARNING, "LIFT_AGAINST_CHANGE", "lift_tests[0].lift", "against the change"),
    ],
)
def test_what_is_wrong_with_a_lift_test_is_named(
    test: dict[str, object], severity: Severity, code: str, field: str, words: str
) -> None:
    (found,) = validate_table(panel(), config(test))
    assert (found.severity, found.code, found.field) == (severity, code, field)
    assert words in f"{found.message} {found.fix}"


def test_a_lift_is_held_against_a_cost_per_unit_too() -> None:
    channels = [
        {"name": "tv", "spend_column": "tv", "cost_per_unit_prior": {"low": 20, "mid": 40, "high": 80}}
    ]
    odd = config({}, channels=channels, kpi={"column": "sales", "kind": "count"})
    (found,) = validate_table(panel(), odd)
    assert found.code == "LIFT_IMPLAUSIBLE"
    assert "cost per KPI unit of 0.667" in found.message


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [("clicks", "2023-03-06", "2023-03-19"), ("search", "2023-01-01", "2024-12-31")],
    ids=["no-exposure-in-the-test", "no-spend-at-all"],
)
def test_a_channel_that_did_nothing_cannot_have_been_tested(column: str, first: str, last: str) -> None:
    data = panel()
    idle = data["week"].between(first, last) & (data["region"] == "South")
    data[column] = data[column].where(~idle, 0.0)
    findings = validate_table(data, config({"channel": "search"}))
    assert (findings[0].severity, findings[0].code) == (ERROR, "LIFT_WITHOUT_ACTIVITY")
