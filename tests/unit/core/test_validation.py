"""What validation says about tables an analyst may bring."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmm_core.config import ModelConfig, load_config_file, parse_config
from mmm_core.date_text import read_date_texts
from mmm_core.findings import Finding, Severity
from mmm_core.validation import validate_table

EXAMPLE = Path(__file__).parents[3] / "examples" / "dt_simulated_weekly"
WEEKS = 60
ROI = {"low": 0.5, "mid": 1, "high": 2}
CONFIG = {
    "date_column": "week",
    "kpi": {"column": "sales", "kind": "revenue"},
    "channels": [
        {"name": "tv", "spend_column": "tv", "roi_prior": ROI},
        {"name": "search", "spend_column": "search", "exposure_column": "clicks", "roi_prior": ROI},
    ],
    "owned_media": [{"name": "mail", "exposure_column": "mails"}],
    "competitors": [{"name": "rival", "column": "rival"}],
    "controls": [{"name": "price", "column": "price"}],
    "events": [{"name": "launch", "start": "2023-03-01", "end": "2023-03-10"}],
    "event_column": {"column": "event"},
    "trend": {"changepoints": 0},
    "seasonality": {"yearly_order": 1},
}


def config(**changes: object) -> ModelConfig:
    return parse_config({**CONFIG, **changes})


def table() -> pd.DataFrame:
    random = np.random.default_rng(1)
    search = random.uniform(1, 9, WEEKS)
    return pd.DataFrame(
        {
            "week": pd.date_range("2023-01-02", periods=WEEKS, freq="7D"),
            "sales": random.uniform(80, 120, WEEKS),
            "tv": random.uniform(0, 10, WEEKS),
            "search": search,
            "clicks": search * 100,
            "mails": random.uniform(0, 1000, WEEKS),
            "rival": random.uniform(5, 9, WEEKS),
            "price": random.uniform(1, 2, WEEKS),
            "event": ["na"] * 10 + ["fair"] * 2 + [""] * (WEEKS - 12),
        }
    )


def only(findings: list[Finding], code: str) -> Finding:
    (found,) = [finding for finding in findings if finding.code == code]
    assert found.message.endswith(".")
    assert found.fix.endswith((".", "?"))
    return found


def test_a_good_table_gets_no_findings():
    assert validate_table(table(), config()) == []


def test_rows_may_come_in_any_order():
    assert validate_table(table().sample(frac=1, random_state=2), config()) == []


def cells(column: str, values: dict[int, object]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def change(data: pd.DataFrame) -> pd.DataFrame:
        changed = data[column].astype(object)
        for place, value in values.items():
            changed.iloc[place] = value
        if all(isinstance(value, float | int) for value in values.values()):
            changed = changed.astype(float)
        return data.assign(**{column: changed})

    return change


def whole(column: str, value: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda data: data.assign(**{column: value})


E, W = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("change", "severity", "code", "field", "value", "words"),
    [
        (
            lambda d: d.rename(columns={"tv": "TV "}),
            E,
            "MISSING_COLUMN",
            "channels[0].spend_column",
            "tv",
            "TV ",
        ),
        (lambda d: d.drop(columns="event"), E, "MISSING_COLUMN", "event_column.column", "event", "week"),
        (lambda d: d.drop(columns="week"), E, "MISSING_COLUMN", "date_column", "week", "sales"),
        (
            lambda d: pd.concat([d, d[["price"]]], axis=1),
            E,
            "DUPLICATE_COLUMN_NAME",
            "controls[0].column",
            "price",
            "2 columns",
        ),
        (cells("tv", {2: "abc", 7: "-"}), E, "NOT_A_NUMBER", "tv", "abc", "row 4 ('abc'), row 9 ('-')"),
        (cells("tv", {2: "1.234,5"}), E, "NOT_A_NUMBER", "tv", "1.234,5", "decimal mark"),
        (cells("price", {0: float("nan")}), E, "MISSING_VALUES", "price", "", "row 2"),
        (cells("rival", {1: float("inf")}), E, "INFINITE_VALUES", "rival", "inf", "row 3"),
        (cells("mails", {3: -5.0, 4: -1.0}), E, "NEGATIVE_VALUES", "mails", "-5", "rows 5, 6"),
        (cells("search", {3: -5.0}), E, "NEGATIVE_VALUES", "search", "-5", "row 5"),
        (whole("tv", 0.0), E, "ALL_ZERO", "tv", "0", "'tv'"),
        (whole("search", 0.0), E, "ALL_ZERO", "search", "0", "return"),
        (whole("tv", 3.0), E, "CONSTANT_COLUMN", "tv", "3", "same value"),
        (whole("price", 3.0), E, "CONSTANT_COLUMN", "price", "3", "same value"),
        (whole("sales", 3.0), E, "CONSTANT_COLUMN", "sales", "3", "same value"),
        (whole("sales", -3.0), E, "KPI_NOT_POSITIVE", "sales", "-3", "above zero"),
        (
            lambda d: d.assign(price=1000 + d["price"]),
            W,
            "NEAR_CONSTANT_COLUMN",
            "price",
            "",
            "around its mean",
        ),
        (
            lambda d: d.assign(tv=np.where(d.index < 3, d["tv"], 0)),
            W,
            "FEW_ACTIVE_PERIODS",
            "tv",
            "3",
            "prior",
        ),
        (cells("sales", {0: -1.0}), W, "NEGATIVE_KPI", "sales", "-1", "row 2"),
        (cells("sales", {0: 0.0}), W, "ZERO_KPI", "sales", "0", "MAPE"),
        (
            cells("clicks", {0: 0.0, 5: 0.0}),
            W,
            "SPEND_WITHOUT_EXPOSURE",
            "channels[1].exposure_column",
            "2",
            "rows 2, 7",
        ),
        (
            cells("search", {0: 0.0}),
            W,
            "EXPOSURE_WITHOUT_SPEND",
            "channels[1].exposure_column",
            "1",
            "1 period",
        ),
        (
            lambda d: d.assign(mails=3 * d["tv"] + d["price"]),
            W,
            "HIGH_CORRELATION",
            "mails",
            "0.99",
            "'mail' moves together with 'tv'",
        ),
        (
            lambda d: d.assign(mails=3 * d["tv"]),
            E,
            "EXACT_COLLINEARITY",
            "mails",
            "1.000",
            "'mail' is 'tv' in other units",
        ),
        (
            lambda d: d.assign(price=d["sales"] / 10 + d["price"] / 100),
            W,
            "MIRRORS_KPI",
            "price",
            "1.0",
            "'price' moves with the KPI 'sales'",
        ),
        (
            lambda d: d.assign(price=np.where(d.index == 30, -999.0, d["price"])),
            W,
            "OUTLIERS",
            "price",
            "-999",
            "row 32",
        ),
        (lambda d: d.assign(sales=d["sales"] - 101), E, "KPI_NOT_POSITIVE", "sales", "-2", "total"),
        (
            lambda d: d.assign(event=[f"event {i}" for i in range(WEEKS)]),
            E,
            "TOO_MANY_EVENTS",
            "event",
            "60",
            "at most 12",
        ),
        (whole("event", "na"), W, "NO_EVENTS", "event", "", "none_values"),
        (whole("event", "0"), W, "EVENT_ON_MOST_ROWS", "event", "0", "none_values"),
        (lambda d: d.iloc[:12], E, "TOO_FEW_ROWS", "week", "12", "20"),
        (lambda d: d.iloc[:0], E, "TOO_FEW_ROWS", "week", "0", "20"),
        (lambda d: d.iloc[:40], W, "FEW_ROWS_PER_PARAMETER", "week", "40 rows", "priors"),
        (lambda d: d.iloc[:40], W, "LESS_THAN_A_YEAR", "seasonality.yearly_order", "1", "year"),
    ],
)
def test_a_problem_is_named_with_its_place_value_and_fix(change, severity, code, field, value, words):
    finding = only(validate_table(change(table()), config()), code)
    assert (finding.severity, finding.field) == (severity, field)
    assert value in finding.value
    assert words in f"{finding.message} {finding.fix}"


@pytest.mark.parametrize(
    ("change", "code", "field", "words"),
    [
        (lambda d: d.drop(index=[3, 4]), "MISSING_DATES", "week", "2 weeks"),
        (lambda d: d.drop(index=[3]), "MISSING_DATES", "week", "2023-01-23"),
        (lambda d: pd.concat([d, d.iloc[[5]]]), "DUPLICATE_DATES", "week", "2023-02-06"),
        (cells("week", {1: pd.Timestamp("2023-01-10")}), "IRREGULAR_DATES", "week", "2023-01-10"),
        (cells("week", {1: pd.NaT}), "MISSING_VALUES", "week", "row 3"),
        (
            lambda d: d.assign(week=d["week"].dt.tz_localize("UTC")),
            "DATE_WITH_TIME_ZONE",
            "week",
            "time zone",
        ),
        (
            lambda d: d.assign(week=d["week"].dt.strftime("%Y-%m-%dT00:00:00+01:00")),
            "DATE_WITH_TIME_ZONE",
            "week",
            "time zone",
        ),
        (lambda d: d.assign(week=np.arange(len(d))), "UNREADABLE_DATES", "week", "row 2 ('0')"),
        (lambda d: d.assign(week="soon"), "UNREADABLE_DATES", "week", "row 2 ('soon')"),
        (
            lambda d: d.assign(week=["30.13.2023", *d["week"].dt.strftime("%d.%m.%Y")[1:]]),
            "UNREADABLE_DATES",
            "week",
            "row 2 ('30.13.2023').",
        ),
        (
            lambda d: d.assign(week=[f"{i % 12 + 1:02d}/{i // 12 + 1:02d}/2023" for i in range(WEEKS)]),
            "AMBIGUOUS_DATES",
            "week",
            "01/01/2023",
        ),
        (
            lambda d: d.assign(week=pd.date_range("2023-01-02", periods=WEEKS, freq="D")),
            "WRONG_FREQUENCY",
            "frequency",
            "Set frequency to daily",
        ),
        (
            lambda d: d.assign(week=pd.date_range("2000-01-02", periods=WEEKS, freq="14D")),
            "WRONG_FREQUENCY",
            "frequency",
            "14 days apart",
        ),
    ],
)
def test_a_problem_with_dates_names_the_dates(change, code, field, words):
    finding = only(validate_table(change(table()), config()), code)
    assert (finding.severity, finding.field) == (Severity.ERROR, field)
    assert words in f"{finding.message} {finding.fix}"


@pytest.mark.parametrize(
    ("frequency", "dates", "codes"),
    [
        ("monthly", pd.date_range("2018-01-01", periods=WEEKS, freq="MS"), []),
        ("monthly", pd.date_range("2018-01-31", periods=WEEKS, freq="ME"), []),
        ("monthly", pd.date_range("2018-01-01", periods=WEEKS + 1, freq="MS").delete(7), ["MISSING_DATES"]),
        ("daily", pd.date_range("2023-01-01", periods=WEEKS), []),
        ("daily", pd.date_range("2023-01-01", periods=WEEKS + 2).delete([7, 20]), ["MISSING_DATES"]),
    ],
)
def test_other_frequencies(frequency, dates, codes):
    data = table().assign(week=dates)
    findings = validate_table(data, config(frequency=frequency, events=[], seasonality={"yearly_order": 0}))
    assert [finding.code for finding in findings] == codes


def test_a_column_with_two_roles_is_an_error():
    findings = validate_table(table(), config(controls=[{"name": "sales", "column": "sales"}]))
    finding = only(findings, "COLUMN_USED_TWICE")
    assert (finding.severity, finding.field, finding.value) == (Severity.ERROR, "controls[0].column", "sales")
    assert "kpi.column" in finding.message


def test_an_event_outside_the_data_is_a_warning():
    events = [{"name": "launch", "start": "2031-03-01", "end": "2031-03-10"}]
    finding = only(validate_table(table(), config(events=events)), "EVENT_OUTSIDE_DATA")
    assert (finding.severity, finding.field) == (Severity.WARNING, "events[0]")


def test_an_event_as_long_as_the_data_is_a_warning():
    events = [{"name": "launch", "start": "2020-03-01", "end": "2030-03-10"}]
    finding = only(validate_table(table(), config(events=events)), "EVENT_ON_MOST_ROWS")
    assert (finding.severity, finding.field) == (Severity.WARNING, "events[0]")


def test_an_event_within_the_last_period_is_inside_the_data():
    last = table()["week"].iloc[-1]
    day = str((last + pd.Timedelta(days=6)).date())
    assert validate_table(table(), config(events=[{"name": "launch", "start": day, "end": day}])) == []


def test_all_problems_come_in_one_answer_errors_first():
    data = table().drop(columns="price").drop(index=[9])
    data = cells("tv", {0: "x"})(data.assign(mails=0.0, clicks=[0.0, *data["clicks"][1:]]))
    findings = validate_table(data, config())
    assert {"MISSING_COLUMN", "MISSING_DATES", "NOT_A_NUMBER", "ALL_ZERO", "SPEND_WITHOUT_EXPOSURE"} <= {
        finding.code for finding in findings
    }
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities, key=[E, W, Severity.INFO].index)


def test_the_example_is_valid():
    data = pd.read_csv(EXAMPLE / "dt_simulated_weekly.csv", keep_default_na=False)
    findings = validate_table(data, load_config_file(EXAMPLE / "config.yaml"))
    assert [(finding.severity, finding.code) for finding in findings] == [(W, "EXPOSURE_WITHOUT_SPEND")]


# What pymc-marketing takes without a word: it fills the gaps with zeros, drops rows, or fits nonsense.
SWALLOWED = {
    "an empty spend": cells("tv", {3: float("nan")}),
    "an empty KPI": cells("sales", {3: float("nan")}),
    "an empty control": cells("price", {3: float("nan")}),
    "a gap in the dates": lambda d: d.drop(index=[20]),
    "a date twice": lambda d: pd.concat([d, d.tail(1)]),
    "a channel without spend": lambda d: d.assign(tv=0.0),
    "dates with a zone": lambda d: d.assign(week=d["week"].dt.tz_localize("Europe/Berlin")),
}


@pytest.mark.parametrize("change", SWALLOWED.values(), ids=[key.replace(" ", "-") for key in SWALLOWED])
def test_what_the_modelling_library_swallows_is_an_error(change):
    assert validate_table(change(table()), config())[0].severity is E


def test_columns_of_categories_are_read_like_any_other():
    data = table().astype({"tv": "category", "event": "category"})
    assert validate_table(data, config()) == []


DATES = st.lists(st.dates(min_value=pd.Timestamp("1990-01-01").date()), min_size=1, max_size=30)


@settings(max_examples=30, deadline=None)
@given(DATES, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y"]))
def test_dates_in_an_unambiguous_form_are_read_as_written(dates, form):
    texts = pd.Series([date.strftime(form) for date in dates])
    reading = read_date_texts(texts)
    assert reading.dates is not None
    assert list(reading.dates.dt.date) == dates


@settings(max_examples=30, deadline=None)
@given(DATES, st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"]))
def test_dates_with_slashes_are_read_as_written_or_refused(dates, form):
    reading = read_date_texts(pd.Series([date.strftime(form) for date in dates]))
    if reading.dates is None:
        assert reading.problem == "ambiguous"
    else:
        assert list(reading.dates.dt.date) == dates
