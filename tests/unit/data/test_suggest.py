"""Suggested configurations: right about columns that say what they are, always valid, with all reasons."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mmm_core.beliefs import frozen
from mmm_core.config import ModelConfig
from mmm_core.errors import FailedPrecondition, InvalidInput
from mmm_core.findings import Severity
from mmm_core.simulation import KpiDesign, Panel, SimulationDesign, generate
from mmm_core.validation import validate_table
from mmm_core.validation.columns import roles
from mmm_data.ingest import ReadingOptions, column_records, read_file
from mmm_data.settings import DataSettings
from mmm_data.suggest import Confidence, Hints, Suggestion, suggest_config

ROOT = Path(__file__).parents[3]
ROBYN = ROOT / "examples" / "dt_simulated_weekly" / "dt_simulated_weekly.csv"
PUBLIC = [ROBYN, *sorted((ROOT / "tests" / "public_data").glob("*.csv"))]
WEEKS = 120


def load(path: Path) -> pd.DataFrame:
    return read_file(
        path, file_name=path.name, declared=None, options=ReadingOptions(), settings=DataSettings()
    ).table


def suggest(table: pd.DataFrame, **hints: object) -> Suggestion:
    return suggest_config(column_records(table), lambda names: table[names], Hints(**hints))


def errors(table: pd.DataFrame, config: ModelConfig) -> list[str]:
    return [f.message for f in validate_table(table, config) if f.severity is Severity.ERROR]


def weekly(*columns: str, weeks: int = WEEKS, **special: object) -> pd.DataFrame:
    """A table whose columns hold gamma noise, those given by keyword excepted."""
    rng = np.random.default_rng(len(columns))
    noise: Mapping[str, object] = {name: rng.gamma(2, 100, weeks) for name in columns}
    return pd.DataFrame({"week": pd.date_range("2022-01-03", periods=weeks, freq="7D"), **noise, **special})


def unused(suggestion: Suggestion) -> dict[str, str]:
    return {one.column: one.reason for one in suggestion.unused_columns}


# -- whole tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.stem)
def test_public_data_get_a_configuration_without_errors_and_a_reason_for_every_column(path):
    table = load(path)
    suggestion = suggest(table)

    assert errors(table, suggestion.config) == []
    in_use = {column for _, column in roles(suggestion.config)}
    assert in_use | set(unused(suggestion)) == set(table.columns)
    assert in_use.isdisjoint(unused(suggestion))
    assert all(choice.reason and choice.value and choice.field for choice in suggestion.choices)
    assert all(unused(suggestion).values())


def test_columns_named_as_in_robyn_get_their_roles():
    config = suggest(load(ROBYN)).config

    assert (config.date_column, config.frequency, config.kpi.column) == ("DATE", "weekly", "revenue")
    assert {c.name: (c.spend_column, c.exposure_column) for c in config.channels} == {
        "tv": ("tv_S", None),
        "ooh": ("ooh_S", None),
        "print": ("print_S", None),
        "facebook": ("facebook_S", "facebook_I"),
        "search": ("search_S", "search_clicks_P"),
    }
    assert [owned.exposure_column for owned in config.owned_media] == ["newsletter"]
    assert [competitor.column for competitor in config.competitors] == ["competitor_sales_B"]
    assert [control.column for control in config.controls] == ["holiday_week"]
    assert (config.event_column.column, config.event_column.none_values) == ("events", ("na",))


def test_a_competitor_that_moves_with_the_market_is_pointed_out():
    choice = next(c for c in suggest(load(ROBYN)).choices if c.field == "competitors[0].column")
    assert "correlation 0.92" in choice.reason


def test_numbered_columns_are_guessed_to_be_channels_and_marked_as_guesses():
    suggestion = suggest(load(PUBLIC[-1]))

    assert [channel.spend_column for channel in suggestion.config.channels] == ["x1", "x2"]
    sure = {choice.field: choice.confidence for choice in suggestion.choices}
    assert sure["channels[0].spend_column"] is Confidence.LOW
    assert {"x1_adstock", "y01", "z", "epsilon"} <= set(unused(suggestion))


@pytest.mark.parametrize(
    "design",
    [
        SimulationDesign(),
        SimulationDesign(frequency="daily", periods=800),
        SimulationDesign(frequency="monthly", periods=60),
        SimulationDesign(kpi=KpiDesign(kind="count", value_per_unit=20.0)),
        SimulationDesign(event_column=True),
        SimulationDesign(panel=Panel(dimensions={"region": ["a", "b", "c"]})),
        SimulationDesign(panel=Panel(dimensions={"region": ["a", "b", "c"], "brand": ["x", "y"]})),
    ],
    ids=["weekly", "daily", "monthly", "count", "events", "panel", "panel of two dimensions"],
)
def test_simulated_data_get_the_roles_their_own_configuration_gives_them(design):
    data = generate(design, seed=3)
    suggested, true = suggest(data.table).config, data.config

    assert errors(data.table, suggested) == []
    assert set(roles(suggested)) == set(roles(true))
    assert suggested.frequency == true.frequency
    assert suggested.kpi.kind == true.kpi.kind


def test_the_same_table_gets_the_same_suggestion_in_any_order_of_rows():
    table = load(ROBYN)
    shuffled = table.sample(frac=1, random_state=1)
    assert suggest(shuffled) == suggest(table)


def test_two_hundred_columns_are_sorted_out():
    media = [name for i in range(60) for name in (f"brand{i}_tv_spend", f"brand{i}_tv_grps")]
    table = weekly("revenue", *media, *(f"price_{i}" for i in range(40)), *(f"thing {i}" for i in range(38)))
    suggestion = suggest(table)

    assert errors(table, suggestion.config) == []
    assert len(suggestion.config.channels) == 60
    assert all(channel.exposure_column for channel in suggestion.config.channels)
    assert len(suggestion.config.controls) == 40


def test_columns_whose_names_rule_them_out_are_never_read():
    table = weekly(
        "revenue", "tv_spend", "row_id", "tv_adstock", "tv_cpc", comment="x", note="y", events="none"
    )
    read = set()

    def reader(names: list[str]) -> pd.DataFrame:
        read.update(names)
        return table[names]

    suggest_config(column_records(table), reader, Hints())
    assert read == {"week", "revenue", "tv_spend", "events"}


# -- single columns -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "role"),
    [
        ("TV - Cost", "channels.spend_column"),
        ("cost_tv", "channels.spend_column"),
        ("Radio", "channels.spend_column"),
        ("TVSpend", "channels.spend_column"),
        ("radiospend", "channels.spend_column"),
        ("Ausgaben Außenwerbung", "channels.spend_column"),
        ("Plakatausgaben", "channels.spend_column"),
        ("dépenses_affichage", "channels.spend_column"),
        ("Coût presse", "channels.spend_column"),
        ("Inversión en prensa", "channels.spend_column"),
        ("gasto redes sociales", "channels.spend_column"),
        ("email sends", "owned_media.exposure_column"),
        ("organic_clicks", "owned_media.exposure_column"),
        ("Boletín", "owned_media.exposure_column"),
        ("Wettbewerber Werbung", "competitors.column"),
        ("concurrents", "competitors.column"),
        ("gasto competencia", "competitors.column"),
        ("Durchschnittspreis", None),
        ("Preis", "controls.column"),
        ("prix moyen", "controls.column"),
        ("out_of_stock_rate", "controls.column"),
        ("Rabatt (%)", "controls.column"),
        ("google_trends", "controls.column"),
        ("Temperatur", "controls.column"),
        ("jours fériés", "controls.column"),
        ("event_1", "controls.column"),
        ("search_orders", None),
        ("facebook_ctr", None),
        ("dayofyear", None),
        ("Unnamed: 0", None),
        ("tv_adstock", None),
        ("total_spend", None),
        ("website visits", None),
        ("Телевизор", None),
    ],
)
def test_a_name_says_what_a_column_is(column, role):
    config = suggest(weekly("revenue", "video_spend", column)).config
    places = {name: path for path, name in roles(config)}
    found = places.get(column)
    assert (None if found is None else found.replace("[0]", "").replace("[1]", "")) == role


@pytest.mark.parametrize(
    ("spend", "exposure"),
    [
        ("tv_spend", "tv_grps"),
        ("fb_cost", "Facebook - Impressions"),
        ("facebook_S", "facebook_I"),
        ("Werbekosten Suche", "Klicks Suche"),
        ("coût recherche", "clics recherche"),
        ("gasto vídeo (€)", "impresiones vídeo"),
        ("spend_youtube", "youtube_video_views"),
        ("radio_spend", "radio"),
    ],
)
def test_spend_and_exposure_of_a_medium_find_each_other(spend, exposure):
    channels = suggest(weekly("revenue", spend, exposure)).config.channels
    assert [(channel.spend_column, channel.exposure_column) for channel in channels] == [(spend, exposure)]


def test_search_is_driven_by_clicks_and_others_by_contacts():
    table = weekly(
        *("revenue", "search_spend", "search_clicks", "search_impressions"),
        *("social_spend", "social_clicks", "social_impressions"),
    )
    suggestion = suggest(table)
    assert [channel.exposure_column for channel in suggestion.config.channels] == [
        "search_clicks",
        "social_impressions",
    ]
    assert set(unused(suggestion)) == {"search_impressions", "social_clicks"}


@pytest.mark.parametrize(
    ("column", "sign"),
    [
        ("price", "negative"),
        ("promotion", "positive"),
        ("distribution", "positive"),
        ("rainfall", "free"),
        ("competitor price", "positive"),
        ("Arbeitslosenquote", "negative"),
        ("magasins", "positive"),
    ],
)
def test_the_sign_of_a_control_follows_from_its_name(column, sign):
    config = suggest(weekly("revenue", "tv_spend", column)).config
    assert [(control.column, control.sign) for control in config.controls] == [(column, sign)]


def test_a_sign_the_data_contradict_is_marked():
    table = weekly("revenue", "tv_spend")
    table["price"] = table["revenue"] * 2 + 1
    choice = next(c for c in suggest(table).choices if c.field == "controls[0].sign")
    assert (choice.value, choice.confidence) == ("negative", Confidence.LOW)


@pytest.mark.parametrize(
    ("column", "values", "why"),
    [
        ("radio_spend", np.zeros(WEEKS), "never above zero"),
        ("radio_spend", np.full(WEEKS, 5.0), "same value"),
        ("price", np.full(WEEKS, 5.0), "same value"),
        ("price", np.where(np.arange(WEEKS) < 3, np.nan, np.arange(WEEKS)), "3 of its cells are empty"),
        ("tv_grps", np.where(np.arange(WEEKS) < 3, np.nan, np.arange(WEEKS)), "3 of its cells are empty"),
        ("orders", np.arange(WEEKS), "Another outcome"),
    ],
)
def test_columns_nothing_can_be_learnt_from_are_left_out_with_the_reason(column, values, why):
    table = weekly("revenue", "tv_spend", **{column: values.astype(float)})
    suggestion = suggest(table)
    assert why in unused(suggestion)[column]
    assert errors(table, suggestion.config) == []


def test_a_total_of_other_columns_is_left_out():
    table = weekly("revenue", "search_brand_spend", "search_generic_spend")
    table["search_spend"] = table["search_brand_spend"] + table["search_generic_spend"]
    suggestion = suggest(table)
    assert "total" in unused(suggestion)["search_spend"]
    assert len(suggestion.config.channels) == 2


def test_a_spend_with_gaps_stays_a_channel_so_that_validation_names_the_gaps():
    table = weekly("revenue", "tv_spend")
    table.loc[3, "tv_spend"] = np.nan
    config = suggest(table).config
    assert config.channels[0].spend_column == "tv_spend"
    assert "empty cell" in errors(table, config)[0]


def test_names_in_any_script_become_different_slugs():
    table = weekly(
        "revenue", "TV spend", "Tv - cost (net)", "телевизор spend", "ラジオ spend", "2nd screen spend"
    )
    config = suggest(table).config
    names = [channel.name for channel in config.channels]
    assert len(set(names)) == len(names) == 4
    assert {"Телевизор", "ラジオ"} <= {channel.display_name for channel in config.channels}


# -- KPI and hints --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "kpi", "kind"),
    [
        (["tv_spend", "Umsatz"], "Umsatz", "revenue"),
        (["tv_spend", "chiffre d'affaires"], "chiffre d'affaires", "revenue"),
        (["tv_spend", "orders", "revenue"], "revenue", "revenue"),
        (["tv_spend", "Anmeldungen"], "Anmeldungen", "count"),
        (["tv_spend", "pedidos"], "pedidos", "count"),
        (["tv_spend", "unit_sales"], "unit_sales", "count"),
        (["tv_spend", "ventes"], "ventes", "revenue"),
        (["tv_spend", "y", "sales"], "y", "revenue"),
    ],
)
def test_the_kpi_and_its_kind_follow_from_its_name(columns, kpi, kind):
    config = suggest(weekly(*columns)).config
    assert (config.kpi.column, config.kpi.kind) == (kpi, kind)


def test_without_a_name_the_column_that_moves_with_media_is_the_kpi_as_a_guess():
    table = weekly("tv_spend", "alpha")
    table["beta"] = 100 + 2 * table["tv_spend"]
    suggestion = suggest(table)
    assert suggestion.config.kpi.column == "beta"
    assert suggestion.choices[2].confidence is Confidence.LOW


def test_hints_win():
    table = weekly("revenue", "orders", "tv_spend")
    hinted = suggest(table, kpi_column="orders", value_per_unit=25.0, currency="CHF").config
    assert (hinted.kpi.column, hinted.kpi.kind) == ("orders", "count")
    assert (hinted.kpi.value_per_unit, hinted.kpi.currency) == (25.0, "CHF")
    assert suggest(table, kpi_kind="count").config.kpi.column == "orders"


def test_the_value_of_a_unit_and_the_currency_are_found_in_names():
    config = suggest(weekly("orders", "average_order_value", "tv spend (USD)")).config
    assert (config.kpi.value_column, config.kpi.currency) == ("average_order_value", "USD")


def test_every_impossible_hint_is_named_at_once():
    with pytest.raises(InvalidInput) as caught:
        suggest(
            weekly("revenue", "tv_spend"),
            kpi_column="revenu",
            kpi_kind="revenue",
            value_per_unit=-1.0,
            currency="euro",
        )
    assert [violation.field for violation in caught.value.violations] == [
        "kpi_column",
        "value_per_unit",
        "value_per_unit",
        "currency",
    ]
    assert "Did you mean 'revenue'?" in caught.value.violations[0].fix


def test_everything_a_table_lacks_is_named_at_once():
    table = pd.DataFrame({"price": [1.0, 2.0], "label": ["a", "b"]})
    with pytest.raises(FailedPrecondition) as caught:
        suggest(table)
    assert [violation.field for violation in caught.value.violations] == [
        "date_column",
        "kpi.column",
        "channels",
    ]


# -- panels, dates and holidays -------------------------------------------------------------------------


def test_labels_that_do_not_tell_cells_apart_are_no_dimension():
    data = generate(SimulationDesign(panel=Panel(dimensions={"city": ["a", "b", "c"]})), seed=1)
    table = data.table.assign(country=data.table["city"].map({"a": "FR", "b": "FR", "c": "DE"}), source="crm")
    suggestion = suggest(table)
    assert suggestion.config.dimensions == ("city",)
    assert {"country", "source"} <= set(unused(suggestion))


def test_one_repeated_row_makes_no_panel():
    table = weekly("revenue", "tv_spend", events=["none"] * (WEEKS - 4) + ["fair"] * 4)
    table = pd.concat([table, table.iloc[[5]]], ignore_index=True)
    suggestion = suggest(table)
    assert suggestion.config.dimensions == ()
    assert "repeat" in next(c.reason for c in suggestion.choices if c.field == "dimensions")
    assert "more than one row" in errors(table, suggestion.config)[0]


@pytest.mark.parametrize(
    ("labels", "countries"),
    [("Deutschland", ("DE",)), ("FRA", ("FR",)), ("estados unidos", ("US",)), ("Atlantis", ())],
)
def test_a_column_with_one_country_brings_its_holidays(labels, countries):
    assert suggest(weekly("revenue", "tv_spend", Land=labels)).config.holidays.countries == countries


def test_holidays_that_a_column_has_already_are_not_added_again():
    table = weekly("revenue", "tv_spend", country="DE")
    table["bank_holiday"] = np.arange(WEEKS) % 20 == 0
    table["bank_holiday"] = table["bank_holiday"].astype(float)
    assert suggest(table).config.holidays.countries == ()


@pytest.mark.parametrize(
    ("weeks", "trend", "changepoints", "yearly"),
    [
        (24, "none", 5, 0),
        (40, "linear", 0, 0),
        (60, "linear", 1, 1),
        (156, "linear", 4, 3),
        (520, "linear", 10, 3),
    ],
)
def test_trend_and_season_follow_the_length_of_the_history(weeks, trend, changepoints, yearly):
    config = suggest(weekly("revenue", "tv_spend", weeks=weeks)).config
    assert (config.trend.kind, config.trend.changepoints) == (trend, changepoints)
    assert config.seasonality.yearly_order == yearly


def test_dates_that_cannot_be_read_for_certain_are_left_to_validation():
    table = weekly("revenue", "tv_spend")
    table["week"] = [f"0{1 + i % 9}/0{1 + i % 7}/2024" for i in range(WEEKS)]
    config = suggest(table).config
    assert config.date_column == "week"
    assert "cannot be told apart" in errors(table, config)[0]


# -- beliefs and carryover ------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "count"), [("revenue", 1), ("revenue", 6), ("revenue", 40), ("count", 6)])
def test_paid_media_together_are_believed_to_bring_a_quarter_of_the_kpi(kind, count):
    kpi = "revenue" if kind == "revenue" else "orders"
    table = weekly(kpi, *(f"tv_{i}_spend" for i in range(count)))
    config = suggest(table).config
    rng = np.random.default_rng(1)
    total = np.zeros(200_000)
    for channel in config.channels:
        prior = channel.roi_prior if kind == "revenue" else channel.cost_per_unit_prior
        draws = frozen(prior.resolve()).rvs(len(total), random_state=rng)
        spend = table[channel.spend_column].sum()
        total += spend * (draws if kind == "revenue" else 1 / draws)
    assert np.median(total) / table[kpi].sum() == pytest.approx(0.25, rel=0.08)


def test_owned_media_with_a_cost_have_an_roi_only_when_money_is_known():
    columns = ["email_sends", "email_cost", "tv_spend"]
    with_money = suggest(weekly("revenue", *columns)).config.owned_media[0]
    without = suggest(weekly("orders", *columns)).config.owned_media[0]
    assert (with_money.cost_column, without.cost_column) == ("email_cost", "email_cost")
    assert with_money.roi_prior is not None
    assert without.roi_prior is None


def half_life_days(config: ModelConfig, days: float) -> dict[str, float]:
    return {
        c.name: np.log(0.5) / np.log(c.adstock.retention_prior.mean) * days
        for c in config.channels
        if c.adstock.family != "none"
    }


def test_broadcast_is_remembered_longer_than_clicks_and_equally_long_at_every_frequency():
    designs = [("daily", 800, 1.0), ("weekly", 156, 7.0), ("monthly", 60, 30.4)]
    tables = {
        name: generate(SimulationDesign(frequency=name, periods=n), seed=1).table for name, n, _ in designs
    }
    configs = {name: suggest(table).config for name, table in tables.items()}
    halves = {name: half_life_days(configs[name], days) for name, _, days in designs}

    assert halves["weekly"]["tv"] > 2 * halves["weekly"]["search"]
    assert halves["daily"]["tv"] == pytest.approx(halves["weekly"]["tv"], rel=0.1)
    assert halves["monthly"]["tv"] == pytest.approx(halves["weekly"]["tv"], rel=0.1)
    assert "search" not in halves["monthly"]
    lags = {name: {c.name: c.adstock.max_lag for c in config.channels} for name, config in configs.items()}
    assert lags["weekly"]["tv"] > lags["weekly"]["search"]
    assert lags["daily"]["tv"] > lags["weekly"]["tv"] > lags["monthly"]["tv"]


# -- whatever comes -------------------------------------------------------------------------------------

WORDS = [
    "tv",
    "spend",
    "cost",
    "revenue",
    "orders",
    "price",
    "week",
    "total",
    "organic",
    "events",
    "x1",
    "€",
    "S",
]
NAMES = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), st.text(max_size=12)
)
CELLS = st.one_of(
    st.floats(width=64),
    st.sampled_from([0.0, 1.0, -1.0, np.nan, np.inf, 1e308]),
    st.integers(-5, 500).map(float),
)
COLUMNS = st.one_of(
    st.lists(CELLS, min_size=24, max_size=24),
    st.lists(st.sampled_from(["", "a", "b", "none", "DE"]), min_size=24, max_size=24),
    st.just(pd.date_range("2024-01-01", periods=24, freq="7D")),
    st.just(np.repeat(pd.date_range("2024-01-01", periods=12, freq="7D"), 2)),
)
# Errors that another choice of columns would not have; the others are for the data to correct.
AVOIDABLE = {"ALL_ZERO", "CONSTANT_COLUMN", "COLUMN_USED_TWICE", "MISSING_COLUMN", "NOT_A_NUMBER"}
AVOIDABLE |= {"TOO_MANY_EVENTS", "UNKNOWN_COUNTRY", "VALUE_NOT_POSITIVE", "SINGLE_LABEL"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(NAMES.filter(bool), COLUMNS, min_size=1, max_size=8))
def test_any_table_gets_a_configuration_or_is_told_what_it_lacks(columns):
    table = pd.DataFrame(columns)
    try:
        suggestion = suggest(table)
    except FailedPrecondition:
        return
    in_use = {column for _, column in roles(suggestion.config)}
    assert in_use | set(unused(suggestion)) == set(table.columns)
    assert all(choice.value for choice in suggestion.choices)
    found = {f.code for f in validate_table(table, suggestion.config) if f.severity is Severity.ERROR}
    assert found.isdisjoint(AVOIDABLE)
