"""Validation answers on any table, soon, and in few words."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmm_core.config import ModelConfig, parse_config
from mmm_core.findings import Severity
from mmm_core.validation import validate_table

ROI = {"low": 0.5, "mid": 1, "high": 2}
COLUMNS = ["day", "region", "brand", "orders", "worth", "tv", "search", "clicks", "mails", "rival", "price"]
LONGEST = 1200


def config(**changes: object) -> ModelConfig:
    """Every check has something to do."""
    return parse_config(
        {
            "date_column": "day",
            "frequency": "daily",
            "dimensions": ["region", "brand"],
            "kpi": {"column": "orders", "kind": "count", "value_column": "worth"},
            "channels": [
                {"name": "tv", "spend_column": "tv", "roi_prior": ROI},
                {"name": "search", "spend_column": "search", "exposure_column": "clicks", "roi_prior": ROI},
            ],
            "owned_media": [{"name": "mail", "exposure_column": "mails"}],
            "competitors": [{"name": "rival", "column": "rival"}],
            "controls": [{"name": "price", "column": "price"}],
            "events": [{"name": "launch", "start": "2023-03-01", "end": "2023-03-10"}],
            "event_column": {"column": "what"},
            "holidays": {"countries": ["DE"], "grouping": "each"},
            "lift_tests": [
                {
                    "channel": "search",
                    "start": "2023-01-05",
                    "end": "2023-01-09",
                    "cell": ["a", "b"],
                    "spend_change": -3.0,
                    "lift": 1e9,
                    "standard_error": 1e-9,
                }
            ],
        }
        | changes
    )


ANYTHING = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.floats(),
    st.integers(-10, 10),
    st.booleans(),
    st.datetimes(),
    st.sampled_from(["a", "b", "2023-01-05", "2023-01-06", "9999-12-31", "0001-01-01", "1e308", "x" * 500]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(ANYTHING, min_size=12, max_size=12), max_size=30), st.booleans())
def test_no_content_of_a_cell_breaks_validation(values, is_panel):
    data = pd.DataFrame(values, columns=[*COLUMNS, "what"], dtype=object)
    lift_tests = {} if is_panel else {"dimensions": [], "lift_tests": []}
    findings = validate_table(data, config(**lift_tests))
    assert findings[0].severity is Severity.ERROR
    assert all(len(f"{f.message} {f.fix} {f.value}") < LONGEST for f in findings)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.floats(allow_infinity=False), min_size=9, max_size=9), min_size=25, max_size=60))
def test_no_numbers_break_validation(values):
    """With dates and labels in order the checks on numbers have their turn."""
    data = pd.DataFrame(values, columns=[*COLUMNS[3:], "what"])
    data["what"] = data["what"].astype(str)
    data["day"] = pd.date_range("2023-01-01", periods=len(data) // 2 + 1).repeat(2)[: len(data)]
    data["region"], data["brand"] = np.where(data.index % 2, "a", "c"), "b"
    findings = validate_table(data, config())
    assert all(len(f"{f.message} {f.fix} {f.value}") < LONGEST for f in findings)


def table(rows: int) -> pd.DataFrame:
    random = np.random.default_rng(3)
    data = pd.DataFrame({name: random.uniform(1, 9, rows) for name in COLUMNS[3:]})
    return data.assign(
        day=pd.date_range("2023-01-01", periods=rows // 2).repeat(2),
        region=["a", "c"] * (rows // 2),
        brand="b",
        what="",
    )


def codes(data: pd.DataFrame) -> set[str]:
    return {finding.code for finding in validate_table(data, config())}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.iloc[:0], "TOO_FEW_ROWS"),
        (lambda d: d.iloc[:, :0], "MISSING_COLUMN"),
        (lambda d: d.assign(region=[f"id {row}" for row in range(len(d))]), "TOO_MANY_CELLS"),
        (
            lambda d: d.assign(
                region=[str(row % 997) for row in range(len(d))],
                brand=[str(row % 7) for row in range(len(d))],
            ),
            "TOO_MANY_CELLS",
        ),
        (
            lambda d: d.assign(day=["0001-01-01", "9999-12-31", *d["day"].astype(str).iloc[2:]]),
            "MISSING_DATES",
        ),
        (lambda d: d.rename(columns={"tv": 2023}), "MISSING_COLUMN"),
        (lambda d: d.set_index(np.zeros(len(d), dtype=int)).assign(tv=0.0), "ALL_ZERO"),
        (lambda d: d.assign(region=d["region"] * 300), "UNKNOWN_CELL"),
    ],
)
def test_odd_tables_get_their_findings(change, code):
    assert code in codes(change(table(3000)))


def test_a_hundred_channels_that_move_together_are_told_in_as_many_findings():
    names = [f"channel_{place}" for place in range(100)]
    spend = np.random.default_rng(4).uniform(1, 9, 200)
    together = pd.DataFrame({name: np.repeat(spend, 2) for name in names})
    data = pd.concat([table(400), together], axis=1)
    channels = [{"name": name, "spend_column": name, "roi_prior": ROI} for name in names]
    findings = validate_table(data, config(channels=channels, lift_tests=[]))
    assert sum(finding.code == "EXACT_COLLINEARITY" for finding in findings) == 99
    assert all(len(finding.message) < LONGEST for finding in findings)
