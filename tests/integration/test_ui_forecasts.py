"""Pages about what a model foretells, against the running platform."""

import pytest

from tests.ui_pages import open_as_user


@pytest.fixture
def open_page(client, simulated_fit):
    """Open one page as a signed-in user who chose the shared fit."""
    fit, _ = simulated_fit

    def opened(name):
        model = fit.name.rpartition("/fits/")[0]
        chosen = {
            "chosen_fit": fit.name,
            "chosen_model": model,
            "chosen_future": fit.dataset.partition("/versions/")[0],
        }
        return open_as_user(client, name, **chosen)

    return opened


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()


def test_the_results_page_shows_signals_and_how_the_withheld_periods_were_foretold(open_page, simulated_fit):
    fit, _ = simulated_fit
    app = open_page("results")

    assert not app.exception
    tables = [table.value for table in app.dataframe]
    (signals,) = [table for table in tables if "One unit more brings" in table]
    assert signals["Kind"].tolist() == ["Competitor", "Control"]
    (scores,) = [table for table in tables if "CRPS" in table]
    assert scores["Forecast"].tolist() == ["This fit", "Seasonal-naive"]
    assert scores["CRPS"][0] == pytest.approx(fit.result.holdout.score.crps)


def test_the_forecast_page_foretells_the_periods_of_a_table(open_page, simulated_fit):
    fit, simulation = simulated_fit
    app = open_page("forecast")
    press(app, "Forecast")

    assert not app.exception
    table = app.dataframe[0].value
    weeks = [str(week.date()) for week in simulation.table["week"].iloc[-fit.result.holdout.period_count :]]
    assert table["Period"].tolist() == [*weeks, "Total"]
    assert "MAPE" in [metric.label for metric in app.metric]
    assert len(app.get("vega_lite_chart")) == 1


def test_the_cross_validation_page_starts_folds_that_no_list_of_fits_shows(open_page, client, simulated_fit):
    fit, _ = simulated_fit
    model = fit.name.rpartition("/fits/")[0]
    app = open_page("cross_validate")
    app.number_input[0].set_value(2)
    app.number_input[1].set_value(4)
    press(app, "Start cross-validation")

    assert not app.exception
    (found,) = client.list_cross_validations(model)
    try:
        assert (found.fold_count, found.horizon_periods) == (2, 4)
        windows = [f"{fold.window.start} to {fold.window.end}" for fold in found.folds]
        assert app.dataframe[0].value["Withheld"].tolist() == windows
        listed = open_page("results").selectbox[0].options
        assert len(listed) == sum(not fit.cross_validation for fit in client.list_fits())
    finally:
        press(app, "Cancel")
    assert all(client.get_fit(fold.fit).cancel_requested for fold in found.folds)
