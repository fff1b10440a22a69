"""What validation says about panels, collinearity and odd settings."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import mmm_core.validation
from mmm_core.config import ModelConfig, parse_config
from mmm_core.findings import Finding, Severity
from mmm_core.validation import validate_table
from mmm_core.validation.reasons import REASONS

WEEKS = 60
ROI = {"low": 0.5, "mid": 1, "high": 2}
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def config(**changes: object) -> ModelConfig:
    return parse_config(
        {
            "date_column": "week",
            "dimensions": ["region", "brand"],
            "kpi": {"column": "sales", "kind": "count"},
            "channels": [
                {"name": name, "spend_column": name, "cost_per_unit_prior": ROI} for name in ("tv", "search")
            ],
            "controls": [{"name": "price", "column": "price"}],
            "trend": {"changepoints": 0},
            "seasonality": {"yearly_order": 1},
        }
        | changes
    )


def panel() -> pd.DataFrame:
    random = np.random.default_rng(2)
    cells = [("North", "a"), ("North", "b"), ("South", "a"), ("South", "b")]
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "week": pd.date_range("2023-01-02", periods=WEEKS, freq="7D"),
                    "region": region,
                    "brand": brand,
                    "sales": random.uniform(80, 120, WEEKS),
                    "tv": random.uniform(1, 10, WEEKS),
                    "search": random.uniform(1, 10, WEEKS),
                    "price": random.uniform(1, 2, WEEKS),
                    "worth": random.uniform(10, 20, WEEKS),
                }
            )
            for region, brand in cells
        ],
        ignore_index=True,
    )


def one(findings: list[Finding], code: str) -> Finding:
    (found,) = [finding for finding in findings if finding.code == code]
    return found


def test_a_good_panel_gets_no_findings() -> None:
    assert validate_table(panel().sample(frac=1, random_state=1), config()) == []


def put(column: str, value: object, rows: list[int] | slice) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def change(data: pd.DataFrame) -> pd.DataFrame:
        values = data[column].astype(object).to_list()
        places = range(*rows.indices(len(data))) if isinstance(rows, slice) else rows
        for place in places:
            values[place] = value
        kind = float if isinstance(value, float) else object
        return data.assign(**{column: pd.Series(values, index=data.index, dtype=kind)})

    return change


@pytest.mark.parametrize(
    ("change", "severity", "code", "field", "words"),
    [
        (
            lambda d: d.drop(index=[65, 66]),
            ERROR,
            "UNBALANCED_PANEL",
            "week",
            "2 rows of the panel are missing: 'North / b' on 2023-02-06, 'North / b' on 2023-02-13",
        ),
        (
            lambda d: pd.concat([d, d.iloc[[70]]], ignore_index=True),
            ERROR,
            "DUPLICATE_DATES",
            "week",
            "2023-03-13 in 'North / b'",
        ),
        (lambda d: d.drop(columns="brand"), ERROR, "MISSING_COLUMN", "dimensions[1]", "'brand'"),
        (put("brand", None, [3, 4]), ERROR, "EMPTY_LABELS", "brand", "rows 5, 6"),
        (lambda d: d[d["region"] == "North"], WARNING, "SINGLE_LABEL", "dimensions[0]", "'North'"),
        (put("region", "north ", [0]), WARNING, "SIMILAR_LABELS", "region", "'north ' and 'North'"),
        (put("sales", 0.0, slice(0, WEEKS)), ERROR, "KPI_NOT_POSITIVE", "sales", "the cell 'North / a'"),
        (put("tv", 0.0, slice(0, WEEKS)), INFO, "UNUSED_IN_CELL", "tv", "the cell 'North / a'"),
        (put("sales", 900.0, [7]), WARNING, "OUTLIERS", "sales", "row 9"),
        (put("search", 80.0, [8]), WARNING, "OUTLIERS", "search", "row 10"),
        (
            lambda d: d.assign(search=d["tv"] * 3 + d["price"]),
            WARNING,
            "HIGH_CORRELATION",
            "search",
            "'search'",
        ),
        (
            lambda d: d.assign(price=d["tv"] + d["search"] + d["price"] / 2),
            WARNING,
            "HIGH_COLLINEARITY",
            "price",
            "'price' moves (variance inflation factor",
        ),
        (
            lambda d: d.assign(price=d["tv"] + d["search"]),
            ERROR,
            "EXACT_COLLINEARITY",
            "price",
            "Each of 'tv', 'search', 'price' follows exactly",
        ),
        (put("sales", 90.0, slice(0, WEEKS)), WARNING, "CONSTANT_IN_CELL", "sales", "the cell 'North / a'"),
        (put("price", 1.5, slice(0, WEEKS)), INFO, "CONSTANT_IN_CELL", "price", "the cell 'North / a'"),
        (
            lambda d: d.assign(price=d["region"].str.len() + d["brand"].map({"a": 0.0, "b": 0.5})),
            WARNING,
            "CONSTANT_IN_EVERY_CELL",
            "price",
            "differs between cells",
        ),
        (
            lambda d: d.assign(tv=d["tv"].to_list()[:WEEKS] * 4),
            WARNING,
            "REPEATED_IN_CELLS",
            "tv",
            "4 times that of one",
        ),
        (
            lambda d: d.assign(tv=np.where(d.index % 2, 5 + d["tv"] / 100, 0)),
            WARNING,
            "NARROW_RANGE",
            "tv",
            "same size",
        ),
    ],
)
def test_what_is_wrong_with_a_panel_is_named(
    change: Callable[[pd.DataFrame], pd.DataFrame], severity: Severity, code: str, field: str, words: str
) -> None:
    found = one([f for f in validate_table(change(panel()), config()) if f.field == field], code)

    assert found.severity is severity
    assert words in found.message
    assert found.fix
    assert found.why


@pytest.mark.parametrize(
    ("changes", "severity", "code", "field", "words"),
    [
        (
            {"holidays": {"countries": ["DE", "XX"]}},
            ERROR,
            "UNKNOWN_COUNTRY",
            "holidays.countries[1]",
            "'XX'",
        ),
        (
            {"kpi": {"column": "sales", "kind": "count", "value_column": "worth"}},
            ERROR,
            "VALUE_NOT_POSITIVE",
            "worth",
            "row 2",
        ),
        (
            {
                "channels": [
                    {
                        "name": "tv",
                        "spend_column": "tv",
                        "cost_per_unit_prior": ROI,
                        "adstock": {"max_lag": 20},
                    }
                ]
            },
            WARNING,
            "LONG_CARRYOVER",
            "channels[0].adstock.max_lag",
            "20 periods",
        ),
        (
            {"holidays": {"countries": ["UK"]}},
            ERROR,
            "UNKNOWN_COUNTRY",
            "holidays.countries[0]",
            "such as GB",
        ),
        (
            {"frequency": "monthly", "seasonality": {"yearly_order": 6}},
            WARNING,
            "SEASON_TOO_FINE",
            "seasonality.yearly_order",
            "order 6",
        ),
        (
            {"controls": [{"name": "price", "column": "price", "adstock": {"max_lag": 30}}]},
            WARNING,
            "LONG_CARRYOVER",
            "controls[0].adstock.max_lag",
            "30 periods",
        ),
    ],
)
def test_what_only_data_or_a_calendar_can_judge(
    changes: dict[str, object], severity: Severity, code: str, field: str, words: str
) -> None:
    data = panel()
    data.loc[0, "worth"] = 0.0
    found = one(validate_table(data, config(**changes)), code)

    assert (found.severity, found.field) == (severity, field)
    assert words in f"{found.message} {found.fix}"


def test_a_calendar_without_a_holiday_in_the_data_is_a_warning() -> None:
    data = panel()[lambda d: d["week"].between("2023-01-09", "2023-03-20")]
    found = one(validate_table(data, config(holidays={"countries": ["DE"]})), "NO_HOLIDAYS")
    assert (found.severity, found.field) == (WARNING, "holidays.countries")


def test_exposure_and_spend_booked_in_different_cells_are_named() -> None:
    channels = [
        {"name": "tv", "spend_column": "tv", "exposure_column": "clicks", "cost_per_unit_prior": ROI},
    ]
    data = panel().assign(clicks=lambda d: d["search"] * (d["region"] == "North"))
    found = one(validate_table(data, config(channels=channels)), "ONE_SIDED_IN_CELL")
    assert (found.severity, found.field) == (WARNING, "clicks")
    assert "'South / a', 'South / b'" in found.message


def test_labels_may_be_numbers() -> None:
    data = panel().assign(region=lambda d: d["region"].map({"North": 1, "South": 2}))
    assert validate_table(data, config()) == []


def test_missing_dimensions_do_not_make_dates_repeat() -> None:
    findings = validate_table(panel().drop(columns="region"), config())
    assert [finding.code for finding in findings] == ["MISSING_COLUMN"]


def test_every_finding_says_why_it_matters() -> None:
    folder = Path(mmm_core.validation.__file__).parent
    written = {
        code
        for file in folder.glob("*.py")
        if file.name != "reasons.py"
        for code in re.findall(r'^ +"([A-Z][A-Z_]{3,})",$', file.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert written == set(REASONS)
