"""Forecasts: every term continued by its own formula, and what is asked for checked with every problem."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from mmm_core.config import parse_config
from mmm_core.errors import FailedPrecondition, InvalidInput
from mmm_core.forecast import baseline_at, forecast, media_ahead
from mmm_core.future import next_dates, read_future
from mmm_core.quantities import contributions_by_cell
from tests.continued_models import HORIZON, SIGMA, continued, later_table
from tests.fitted_models import panel_fitted_model, random_fitted_model


def test_every_term_goes_on_by_its_own_formula():
    plain = random_fitted_model(draws=40)
    kinks = np.tile([1_000.0, -400.0, 77.0], (20, 1, 1))
    fit = continued(plain, kinks)
    future = read_future(fit, later_table(fit, rival=np.arange(HORIZON) * 2.0))

    found = forecast(fit, future)

    assert found.dates.tolist() == next_dates(fit.dates, "weekly", HORIZON).tolist()
    rest = found.expected - media_ahead(fit.thinned(), future.exposure)
    level = plain.components[0].draws.mean(axis=1)
    days = pd.DatetimeIndex(found.dates.astype("datetime64[s]")).dayofyear.to_numpy()
    wave = 1_500 * np.sin(2 * np.pi * days / 365.25)
    signals = -900.0 * np.arange(HORIZON) + 300 * (20 - 10) / 5
    # The slope after the kink inside the data; the kink at their end is not informed by them. The fit's last
    # period is at time 1, and kinks are half of the data apart, so within the horizon comes one.
    time = (found.dates - fit.dates[0]) / (fit.dates[-1] - fit.dates[0])
    known = 1_000 * time - 400 * (time - 0.5)
    turn = (rest - level[:, None] - (wave + signals + known)[:, None]) / (time - 1)[:, None]
    assert np.ptp(turn, axis=1) == pytest.approx(0, abs=1e-6)
    assert turn.std() > 0


def test_media_go_on_with_the_carryover_of_the_data():
    fit = random_fitted_model(adstock="delayed", draws=40)
    kept = 60
    known = replace(fit, dates=fit.dates[:kept], exposure=fit.exposure[:kept])

    ahead = media_ahead(known.thinned(), fit.exposure[kept:])

    whole = contributions_by_cell(fit, fit.component_draws)[:, kept:].sum(axis=-1)
    np.testing.assert_allclose(ahead, whole, rtol=1e-9)


def test_later_kinks_are_as_large_as_those_inside_the_data():
    fit = continued(random_fitted_model(draws=8_000), np.tile([0.0, 300.0, -500.0, 0.0], (4_000, 1, 1)))
    end = fit.dates[-1]
    far = next_dates(fit.dates, "weekly", 30)
    rng = np.random.default_rng(3)

    terms = replace(fit.continuation, yearly=None)
    trend = baseline_at(terms, fit.dates, far, rng)[..., 0]
    at_end = baseline_at(terms, fit.dates, np.array([end]), rng)[..., 0]

    slope = (0.0 + 300.0 - 500.0) / ((fit.dates[-1] - fit.dates[0]) / np.timedelta64(7, "D"))
    steps = np.arange(1, 31)
    assert np.median(trend - at_end, axis=0) == pytest.approx(slope * steps, abs=0.15 * abs(slope) * 30)
    # One kink of Laplace scale 400 at the end of the data, a second one a third of the data later.
    time = (far[:20] - fit.dates[0]) / (fit.dates[-1] - fit.dates[0])
    assert trend[:, :20].std(axis=0) == pytest.approx(400 * np.sqrt(2) * (time - 1), rel=0.1)


def test_what_is_predicted_scatters_around_what_is_expected_by_the_noise():
    fit = continued(random_fitted_model(draws=4_000))

    found = forecast(fit, read_future(fit, later_table(fit)))

    assert (found.predicted - found.expected).std() == pytest.approx(SIGMA, rel=0.03)
    again = forecast(fit, read_future(fit, later_table(fit)))
    np.testing.assert_array_equal(found.predicted, again.predicted)


def test_cells_of_a_panel_are_told_apart_whatever_the_order_of_the_rows():
    fit = continued(panel_fitted_model(), signals=0)
    dates = next_dates(fit.dates, "weekly", 3)
    drivers = [medium.driver_column for medium in fit.config.media]
    names = [*(one.column for one in fit.config.competitors), *(one.column for one in fit.config.controls)]
    rows = [
        {fit.config.date_column: str(day), **dict(zip(fit.config.dimensions, cell, strict=True))}
        | {column: 10.0 * place + number for number, column in enumerate([*drivers, *names])}
        for day in dates
        for place, cell in enumerate(fit.cells)
    ]
    table = pd.DataFrame(rows).sample(frac=1, random_state=1)

    future = read_future(fit, table)

    assert future.exposure[:, :, 0].tolist() == [[0.0, 10.0, 20.0, 30.0]] * 3
    assert forecast(fit, future).expected.shape == (10, 3, 4)

    wrong = table.replace({"region": {"North": "East"}})
    with pytest.raises(InvalidInput) as raised:
        read_future(fit, wrong)
    found = [(problem.code, problem.value) for problem in raised.value.violations]
    assert found == [
        ("UNKNOWN_CELL", "East / a"),
        ("UNKNOWN_CELL", "East / b"),
        ("MISSING_CELL", "North / a"),
        ("MISSING_CELL", "North / b"),
    ]
    with pytest.raises(InvalidInput) as raised:
        read_future(fit, table.iloc[1:])
    assert [problem.code for problem in raised.value.violations] == ["UNBALANCED_PANEL"]


def test_rows_of_the_data_are_passed_over_and_a_known_kpi_is_kept():
    fit = continued(random_fitted_model())
    later = later_table(fit, sales=np.arange(HORIZON) + 1.0)
    earlier = later.assign(week=pd.DatetimeIndex(fit.dates[-HORIZON:].astype("datetime64[s]")), sales=-5.0)

    future = read_future(fit, pd.concat([earlier, later]))

    assert future.kpi[:, 0].tolist() == (np.arange(HORIZON) + 1.0).tolist()
    assert read_future(fit, later.assign(sales=[1.0] * 8 + [np.nan])).kpi is None
    assert read_future(fit, later.drop(columns="sales")).kpi is None


def test_events_and_holidays_to_come_are_those_of_the_calendar():
    plain = random_fitted_model()
    config = plain.config.model_dump(mode="json") | {
        "events": [{"name": "fair", "start": "2024-05-08", "end": "2024-05-10"}],
    }
    fit = continued(replace(plain, config=parse_config(config)))
    future = read_future(fit, later_table(fit))

    during = [str(day) for day in future.dates[future.signals[:, 0, 2] == 1]]
    assert during == ["2024-05-06"]


PROBLEMS = {
    "a missing column": (lambda t: t.drop(columns="price"), "price", "MISSING_COLUMN"),
    "a negative medium": (lambda t: t.assign(tv=-1.0), "tv", "NEGATIVE_VALUES"),
    "an empty cell": (lambda t: t.assign(rival=[np.nan] + [1.0] * 8), "rival", "MISSING_VALUES"),
    "words": (lambda t: t.assign(price=["dear"] * 9), "price", "NOT_A_NUMBER"),
    "a gap": (lambda t: t.iloc[1:], "week", "IRREGULAR_DATES"),
    "a repetition": (lambda t: pd.concat([t, t.iloc[:1]]), "week", "UNBALANCED_PANEL"),
    "another weekday": (
        lambda t: t.assign(week=t["week"] + pd.Timedelta(days=2)),
        "week",
        "IRREGULAR_DATES",
    ),
    "the past": (lambda t: t.assign(week=t["week"] - pd.Timedelta(days=7 * 52)), "week", "INVALID"),
    "dates that are none": (lambda t: t.assign(week="soon"), "week", "UNREADABLE_DATES"),
}


@pytest.mark.parametrize(("spoil", "field", "code"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_table_that_cannot_be_forecast_is_refused_by_name(spoil, field, code):
    fit = continued(random_fitted_model())

    with pytest.raises(InvalidInput) as raised:
        read_future(fit, spoil(later_table(fit)))
    assert (raised.value.violations[0].field, raised.value.violations[0].code) == (field, code)
    assert raised.value.violations[0].fix


def test_all_problems_come_at_once():
    fit = continued(random_fitted_model())
    table = later_table(fit).assign(tv=-1.0, search="much").iloc[1:]

    with pytest.raises(InvalidInput) as raised:
        read_future(fit, table)
    assert {problem.field for problem in raised.value.violations} == {"week", "tv", "search"}


def test_a_fit_without_what_continues_it_says_so():
    fit = random_fitted_model()
    with pytest.raises(FailedPrecondition, match="Fit again"):
        forecast(fit, read_future(fit, later_table(fit)))


def test_months_go_on_as_they_were():
    first = np.array(["2023-11-01", "2023-12-01", "2024-01-01"], dtype="datetime64[D]")
    last = np.array(["2023-11-30", "2023-12-31", "2024-01-31"], dtype="datetime64[D]")

    assert next_dates(first, "monthly", 2).astype(str).tolist() == ["2024-02-01", "2024-03-01"]
    assert next_dates(last, "monthly", 2).astype(str).tolist() == ["2024-02-29", "2024-03-31"]
