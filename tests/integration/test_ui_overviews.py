"""Results, comparison and combination of fits as pages, against the running platform."""

import signal
from dataclasses import replace
from datetime import date

import pytest
from typer.testing import CliRunner

from mmm.analysis.v1.analysis_pb2 import CombinedOutcome
from mmm.common.v1.common_pb2 import DateRange
from mmm_client.cli import app as mmm_command
from mmm_core.names import FitName
from tests.fitted_models import COUNT, random_fitted_model
from tests.object_store import store_of_stack
from tests.stored_fits import store_fit
from tests.ui_pages import open_as_user

ORDER_VALUE = 12.0


@pytest.fixture(scope="module")
def outcomes(local_stack, tmp_path_factory):
    """Names of two fits of the same media: of sales, and of orders without a value."""
    sales = random_fitted_model(kpi={"column": "sales", "kind": "revenue"})
    orders = random_fitted_model(kpi=COUNT, seed=2)
    orders = replace(orders, cost=sales.cost, exposure=sales.exposure, exposure_scale=sales.exposure_scale)
    store = store_of_stack(local_stack.state_dir)
    names = {one: FitName("default", "stored", one) for one in ("sales", "orders")}
    for one, fit in (("sales", sales), ("orders", orders)):
        store_fit(store, names[one], fit, tmp_path_factory.mktemp(one))
    yield {one: str(name) for one, name in names.items()}
    with local_stack.client() as client:
        for name in names.values():
            client.delete_fit(str(name))


def table(app, column):
    """The first table with a column."""
    return next(one.value for one in app.dataframe if column in one.value)


def texts(app) -> str:
    return " ".join(str(one.value) for kind in ("markdown", "caption") for one in app.get(kind))


@pytest.fixture(scope="module")
def results(local_stack, simulated_fit):
    """The page of the shared fit."""
    fit, _ = simulated_fit
    with local_stack.client() as client:
        yield open_as_user(client, "results", chosen_fit=fit.name)


def test_the_results_page_begins_with_what_to_do(results, client, simulated_fit):
    fit, _ = simulated_fit
    found = client.summary(fit.name)

    assert not results.exception
    assert results.tabs[0].label == "Summary"
    assert found.headline in texts(results)
    assert found.experiment in texts(results)
    advice = table(results, "Advice")
    assert advice["Channel"].tolist() == ["tv", "video"]
    assert advice["Pays"].tolist() == pytest.approx([one.probability for one in found.advice])
    assert advice["In words"].tolist() == [one.sentence for one in found.advice]
    assert table(results, "Known")["Medium"].tolist() == [one.display_name for one in found.knowledge]


def test_the_results_page_shows_carryover_and_where_channels_stop_paying(results, client, simulated_fit):
    fit, _ = simulated_fit
    channels = table(results, "Headroom")
    assert {"Gained", "Contribution", "Share of media effect", "Breakeven spend"} <= set(
        table(results, "Share of KPI")
    )
    half_lives = table(results, "Felt at once")
    assert half_lives["Medium"].tolist() == ["tv", "video", "newsletter"]
    for curve in client.response_curves(fit.name).curves:
        assert any(f"**{curve.display_name}**" in str(one.value) for one in results.markdown)
    assert len(channels) >= 2


def test_window_hurdle_and_calendar_periods_change_what_is_shown(results, client, simulated_fit):
    fit, _ = simulated_fit
    start, end = date(2022, 7, 4), date(2023, 6, 26)
    results.date_input[0].set_value((start, end)).run()
    next(one for one in results.number_input if "return" in one.label).set_value(2.5).run()
    results.selectbox(key=f"results resolution {fit.name}").select_index(3).run()

    assert not results.exception
    assert not results.error
    window = DateRange(start=start.isoformat(), end=end.isoformat())
    found = client.summary(fit.name, window=window, hurdle=2.5)
    assert found.headline in texts(results)
    assert table(results, "Advice")["Pays"].tolist() == pytest.approx(
        [one.probability for one in found.advice]
    )
    assert "2.50" in texts(results)
    assert "as you asked" in texts(results)
    assert "first and the last may hold fewer periods" in texts(results)


def test_a_hurdle_that_makes_no_sense_is_refused_by_name(results):
    next(one for one in results.number_input if "return" in one.label).set_value(-1.0).run()
    assert "hurdle" in results.error[0].value
    next(one for one in results.number_input if "return" in one.label).set_value(None).run()
    assert not results.error


def test_a_count_is_asked_for_its_target_cost(client, outcomes):
    app = open_as_user(client, "results", chosen_fit=outcomes["orders"])

    assert not app.exception
    assert "what the next one costs over all paid media" in texts(app)
    next(one for one in app.number_input if "may cost" in one.label).set_value(0.4).run()
    assert "orders for 0.40 EUR each or less, as you asked" in texts(app)


def test_fits_are_compared_with_what_cannot_be_held_against_each_other(client, simulated_fit, outcomes):
    names = [simulated_fit[0].name, outcomes["sales"], outcomes["orders"]]
    app = open_as_user(client, "compare")
    app.multiselect[0].set_value(names).run()

    assert not app.exception
    found = client.compare_fits(names)
    assert [one.value for one in app.warning] == list(found.cautions)
    assert any("different kinds" in one for one in found.cautions)
    quality = table(app, "Health")
    assert quality["Leave-one-out"][0] == pytest.approx(found.fits[0].loo.elpd)
    settings = table(app, "Setting").set_index("Setting")
    assert settings.loc["kpi.kind"].tolist() == ['"revenue"', '"revenue"', '"count"']
    assert len(table(app, "KPI units more")) == len(found.contributions)

    app.multiselect[0].set_value(names[:1]).run()
    assert "at least two" in app.info[0].value


def test_outcomes_are_combined_once_their_value_is_known(client, outcomes):
    app = open_as_user(client, "combine")
    app.multiselect[0].set_value(list(outcomes.values())).run()

    sales, orders, hurdle = app.number_input
    assert (sales.value, orders.value, hurdle.value) == (1.0, None, 1.0)
    assert "is not known from the fit" in app.error[0].value
    assert "Value of 2 ·" in app.error[0].value

    orders.set_value(ORDER_VALUE).run()
    assert not app.exception
    assert not app.error
    found = client.combined_results(
        [
            CombinedOutcome(fit=outcomes["sales"]),
            CombinedOutcome(fit=outcomes["orders"], value_per_unit=ORDER_VALUE),
        ]
    )
    rows = [*found.channels, found.total]
    assert table(app, "Share of spend")["Spend"].tolist() == pytest.approx([row.spend for row in rows])
    shares = table(app, "Outcome")
    for row in rows:
        assert shares.loc[shares["Channel"] == row.display_name, "Share"].sum() == pytest.approx(1)


def test_fits_that_disagree_about_the_money_are_not_combined(client, simulated_fit, outcomes):
    app = open_as_user(client, "combine")
    app.multiselect[0].set_value([simulated_fit[0].name, outcomes["sales"]]).run()

    assert not app.exception
    assert "different spend in the fits" in app.error[0].value


def test_the_commands_conclude_compare_and_combine(local_stack, outcomes, simulated_fit, monkeypatch):
    monkeypatch.setenv("MMM_ADDRESS", local_stack.running.address)
    monkeypatch.setenv("MMM_TOKEN_FILE", str(local_stack.running.token_file))
    monkeypatch.delenv("MMM_TOKEN", raising=False)
    at_termination = signal.getsignal(signal.SIGTERM)

    def mmm(*arguments: str) -> str:
        result = CliRunner().invoke(mmm_command, list(arguments))
        assert result.exit_code == 0, result.output
        return " ".join(result.output.split())

    try:
        summary = mmm("summary", outcomes["orders"], "--target-cost", "0.4", "--start", "2023-06-01")
        compared = mmm("compare", simulated_fit[0].name, outcomes["sales"])
        combined = mmm("combine", outcomes["sales"], f"{outcomes['orders']}={ORDER_VALUE}")
    finally:
        signal.signal(signal.SIGTERM, at_termination)  # the command sets its own
    assert "orders for 0.40 EUR each or less" in summary
    assert "Television" in summary
    assert "do not explain the same observations" in compared
    assert "channels.tv.adstock.max_lag" not in compared
    assert "12.0" in combined
    assert "All paid" in combined
