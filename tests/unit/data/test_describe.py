"""Descriptions: what a chart would show is what is in the table, and it fits into a message."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mmm_core.config import ModelConfig, parse_config
from mmm_core.errors import InvalidInput
from mmm_data.answers import description_message
from mmm_data.describe import Aggregation, Description, DescriptionWish, describe_table
from mmm_data.ingest import column_records

MESSAGE_LIMIT = 4 << 20
BELIEF = {"low": 0.5, "mid": 1.0, "high": 2.0}


def describe(table: pd.DataFrame, config: ModelConfig | None = None, **wish: object) -> Description:
    return describe_table(
        column_records(table), lambda names: table[names], DescriptionWish(config=config, **wish)
    )


def message_size(description: Description) -> int:
    return description_message(description).ByteSize()


@pytest.fixture
def panel() -> pd.DataFrame:
    """Two regions, six years of weeks; the KPI follows TV after two weeks."""
    rng = np.random.default_rng(1)
    weeks = pd.date_range("2018-01-01", periods=312, freq="7D")
    tv = rng.gamma(2, 100, len(weeks))
    parts = [
        pd.DataFrame(
            {
                "week": weeks,
                "region": region,
                "sales": 1000 + size * np.roll(tv, 2),
                "tv": tv * size,
                "radio": 50.0 * size,
                "price": 10.0 * size,
            }
        )
        for region, size in (("north", 1.0), ("south", 2.0))
    ]
    return pd.concat(parts, ignore_index=True)


@pytest.fixture
def config() -> ModelConfig:
    return parse_config(
        {
            "date_column": "week",
            "dimensions": ["region"],
            "kpi": {"column": "sales", "kind": "revenue"},
            "channels": [
                {"name": "tv", "spend_column": "tv", "roi_prior": BELIEF},
                {"name": "radio", "display_name": "Radio!", "spend_column": "radio", "roi_prior": BELIEF},
            ],
            "controls": [{"name": "price", "column": "price"}],
        }
    )


def series(description: Description) -> dict[tuple[str, str], np.ndarray]:
    return {(one.column, one.label): one.values for one in description.series}


def test_amounts_of_a_date_are_added_up_and_prices_averaged(panel, config):
    found = describe(panel, config)

    assert list(found.dates) == list(np.unique(panel["week"].to_numpy().astype("datetime64[D]")))
    np.testing.assert_allclose(series(found)["tv", ""], panel.groupby("week")["tv"].sum())
    np.testing.assert_allclose(series(found)["price", ""], 15.0)
    how = {one.column: one.aggregation for one in found.series}
    assert (how["sales"], how["price"]) == (Aggregation.SUM, Aggregation.MEAN)


def test_every_label_of_a_dimension_gets_its_series(panel, config):
    found = describe(panel, config, columns=("tv",), dimension="region")
    south = panel[panel["region"] == "south"].set_index("week")["tv"]
    assert set(series(found)) == {("tv", "north"), ("tv", "south")}
    np.testing.assert_allclose(series(found)["tv", "south"], south)


def test_without_a_configuration_every_column_of_numbers_is_described(panel):
    found = describe(panel)
    assert [one.column for one in found.series] == ["sales", "tv", "radio", "price"]
    assert found.correlated == ["sales", "tv", "radio", "price"]
    assert found.spend_shares == []


def test_spend_is_split_among_the_channels_in_all_and_year_by_year(panel, config):
    shares = describe(panel, config).spend_shares
    total = {one.channel: one for one in shares if one.span == ""}
    assert total["tv"].spend == pytest.approx(panel["tv"].sum())
    assert total["radio"].label == "Radio!"
    by_span = pd.DataFrame(
        [(one.span, one.share, one.spend) for one in shares], columns=["span", "share", "spend"]
    )
    assert set(by_span["span"]) == {"", "2018", "2019", "2020", "2021", "2022", "2023"}
    np.testing.assert_allclose(by_span.groupby("span")["share"].sum(), 1)
    assert by_span.loc[by_span["span"] != "", "spend"].sum() == pytest.approx(
        panel[["tv", "radio"]].sum().sum()
    )


def test_a_short_history_is_split_by_quarter(panel, config):
    spans = {one.span for one in describe(panel[panel["week"] < "2018-07-01"], config).spend_shares}
    assert spans == {"", "2018-Q1", "2018-Q2"}


def test_the_lag_at_which_the_kpi_follows_a_medium_is_found(panel, config):
    lags = {one.column: one for one in describe(panel, config).best_lags}
    assert lags["tv"].lag == 2
    assert lags["tv"].correlation > 0.95
    assert "radio" not in lags, "it never varies"


def test_correlations_are_pearsons_and_undefined_without_variation(panel, config):
    found = describe(panel, config)
    matrix = pd.DataFrame(found.correlations, index=found.correlated, columns=found.correlated)
    national = panel.groupby("week")[["sales", "tv"]].sum()
    assert matrix.loc["sales", "tv"] == pytest.approx(np.corrcoef(national["sales"], national["tv"])[0, 1])
    assert np.isnan(matrix.loc["sales", "radio"])


def test_histograms_count_every_filled_cell(panel):
    panel.loc[:9, "tv"] = np.nan
    found = describe(panel)
    bins = next(one for one in found.histograms if one.column == "tv")
    assert bins.counts.sum() == len(panel) - 10
    assert (bins.edges[0], bins.edges[-1]) == pytest.approx((panel["tv"].min(), panel["tv"].max()))
    assert len(bins.edges) == len(bins.counts) + 1
    assert found.missing["tv"] == 10


def test_a_date_without_any_value_is_a_gap_in_the_series(panel):
    panel.loc[panel["week"] == "2018-01-08", "tv"] = np.nan
    assert np.isnan(series(describe(panel))["tv", ""][1])


def test_long_and_wide_data_are_thinned_to_fit_a_message_and_it_is_said():
    rng = np.random.default_rng(1)
    days = pd.date_range("2000-01-01", periods=6000)
    table = pd.DataFrame({"day": days} | {f"c{i}": rng.random(6000) for i in range(250)})
    found = describe(table)

    assert message_size(found) < MESSAGE_LIMIT
    assert len(found.notes) == 2
    assert "50 columns are left out" in found.notes[0]
    step = round(6000 / len(found.dates))
    assert f"{step} consecutive dates" in found.notes[1]
    assert series(found)["c3", ""].sum() == pytest.approx(table["c3"].sum())


def test_a_dimension_with_many_labels_is_cut_and_it_is_said():
    dates = pd.date_range("2020-01-06", periods=200, freq="7D")
    table = pd.DataFrame(
        {"week": np.tile(dates, 80), "city": np.repeat([f"c{i:02}" for i in range(80)], 200)}
    )
    table["sales"] = 1.0
    found = describe(table, dimension="city")
    assert len(found.series) == 20
    assert "60 more labels" in found.notes[0]
    assert message_size(found) < MESSAGE_LIMIT


def test_a_table_without_dates_has_distributions_but_no_series():
    found = describe(pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [2.0, 4.0, 8.0]}))
    assert (len(found.dates), found.series) == (0, [])
    assert found.correlations[0, 1] == pytest.approx(1)
    assert "No column can be read as dates" in found.notes[0]


def test_every_column_that_is_not_there_is_named_with_the_nearest(panel, config):
    with pytest.raises(InvalidInput) as caught:
        describe(panel.drop(columns="radio"), config, columns=("tvv",), dimension="city")
    problems = {violation.field: violation.fix for violation in caught.value.violations}
    assert set(problems) == {"columns[0]", "dimension", "config.channels[1].spend_column"}
    assert "'tv'" in problems["columns[0]"]


CELLS = st.one_of(
    st.floats(width=64), st.sampled_from([0.0, 1.0, np.nan, np.inf, -1e308, 1e308, 5e-324]), st.just(None)
)


def repeated(value: float) -> list[float]:
    return [value, np.nextafter(value, 0)] * 6


@example([repeated(1.2397883688705187e308), repeated(1e308), repeated(-7.0)], 1)
@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=12, max_size=12), min_size=1, max_size=4), st.integers(1, 3))
def test_any_numbers_can_be_described(columns, repeats):
    dates = np.repeat(pd.date_range("2024-01-01", periods=12 // repeats, freq="7D"), repeats)
    table = pd.DataFrame({"week": dates} | {f"c{i}": np.array(c, dtype=float) for i, c in enumerate(columns)})
    found = describe(table)
    for one in found.histograms:
        assert one.counts.sum() == np.isfinite(table[one.column]).sum()
        assert np.isfinite(one.edges).all()
        assert (one.edges[1:] >= one.edges[:-1]).all()
    assert (np.isnan(found.correlations) | (np.abs(found.correlations) <= 1 + 1e-9)).all()
