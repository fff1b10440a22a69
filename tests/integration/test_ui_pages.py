"""Every page of the app on its own, against the running platform."""

import pytest
import yaml
from streamlit.testing.v1 import AppTest

import mmm_ui.app
from tests.simulation import simulate, simulation_config
from tests.ui_pages import PAGE_SECONDS, open_as_user


@pytest.fixture(scope="module")
def dataset(local_stack, tmp_path_factory):
    """An uploaded table."""
    path = tmp_path_factory.mktemp("upload") / "weekly.csv"
    simulate().table.to_csv(path, index=False)
    with local_stack.client("default") as client:
        return client.upload(path, display_name="Pages")


@pytest.fixture
def doubtful(client, tmp_path):
    """An uploaded table with one warning."""
    table = simulate().table
    table.loc[table["video_spend"].idxmax(), "video_spend"] = 0.0
    path = tmp_path / "doubtful.csv"
    table.to_csv(path, index=False)
    return client.upload(path, display_name="Doubtful")


@pytest.fixture
def open_page(client, dataset):
    """Open one page as a signed-in user who chose the table."""
    return lambda name: open_as_user(client, name, dataset.name)


@pytest.mark.parametrize(
    "name",
    [
        "upload",
        "configure",
        "results",
        "forecast",
        "optimize",
        "scenarios",
        "compare",
        "combine",
        "cross_validate",
        "export",
    ],
)
def test_every_page_opens_without_an_exception(open_page, dataset, name):
    app = open_page(name)

    assert not app.exception
    assert app.title[0].value == name.capitalize().replace("_", "-")


def test_the_upload_page_shows_what_was_uploaded(open_page, dataset):
    app = open_page("upload")
    app.selectbox[0].select(dataset.name).run()

    assert app.metric[0].value == "104"
    assert list(app.dataframe[0].value["Column"][:2]) == ["week", "sales"]


def test_the_configure_page_names_an_unknown_field_and_the_nearest_one(open_page, dataset):
    app = open_page("configure")
    app.text_area[0].set_value("date_colum: week\nkpi: {column: sales, kind: revenue}").run()
    next(button for button in app.button if button.label == "Validate").click().run()

    assert "Did you mean 'date_column'?" in app.error[0].value


def test_the_configure_page_shows_what_is_wrong_with_the_data(open_page, dataset):
    app = open_page("configure")
    text = (
        "date_column: week\nkpi: {column: turnover, kind: revenue}\n"
        "channels: [{name: tv, spend_column: tv_spend, roi_prior: {low: 0.5, mid: 1, high: 2}}]"
    )
    app.text_area[0].set_value(text).run()
    next(button for button in app.button if button.label == "Validate").click().run()

    assert not app.exception
    assert "Errors must be resolved" in app.error[0].value
    assert "turnover" in app.dataframe[-1].value.to_string()


def test_the_upload_page_draws_what_is_in_the_data(open_page, dataset):
    app = open_page("upload")
    app.selectbox[0].select(dataset.name).run()

    assert not app.exception
    tabs = [tab.label for tab in app.tabs]
    assert tabs == ["Over time", "Spend", "Distributions", "Correlations", "Empty cells"]
    assert len(app.get("vega_lite_chart")) == 4
    assert app.success[0].value == "No cell is empty."


def test_the_configure_page_begins_with_a_suggestion_that_validates(open_page, dataset):
    app = open_page("configure")
    app.selectbox[0].select(dataset.name).run()
    table = app.dataframe[0].value.set_index("Column")
    assert table.loc["tv_spend", "Role"] == "Paid: spend"
    assert table.loc["video_impressions", "Belongs to"] == "video_spend"
    assert "says spend" in table.loc["tv_spend", "Why"]

    next(button for button in app.button if button.label == "Write the configuration").click().run()
    assert "spend_column: tv_spend" in app.text_area[0].value
    next(button for button in app.button if button.label == "Validate").click().run()
    assert not app.exception
    assert not app.error


def test_another_kind_of_kpi_gets_another_suggestion(open_page, dataset):
    app = open_page("configure")
    app.selectbox[0].select(dataset.name).run()
    app.get("button_group")[0].set_value("count").run()
    next(button for button in app.button if button.label == "Write the configuration").click().run()

    assert not app.exception
    assert "cost_per_unit_prior" in app.text_area[0].value


def test_the_configure_page_starts_no_fit_before_every_warning_is_accepted(open_page, client, doubtful):
    app = open_page("configure")
    app.selectbox[0].select(doubtful.name).run()
    app.text_area[0].set_value(yaml.safe_dump(simulation_config().model_dump(mode="json"))).run()

    def start() -> None:
        next(button for button in app.button if button.label == "Start fit").click().run()

    start()
    assert "EXPOSURE_WITHOUT_SPEND" in app.checkbox[0].label
    assert "accept every warning" in app.warning[-1].value
    assert f"{doubtful.name}/versions/1" not in {fit.dataset for fit in client.list_fits()}

    app.checkbox[0].check().run()
    start()
    (fit,) = [fit for fit in client.list_fits() if fit.dataset == f"{doubtful.name}/versions/1"]
    client.cancel_fit(fit.name)
    assert [warning.code for warning in fit.acknowledged_warnings] == ["EXPOSURE_WITHOUT_SPEND"]


def test_nobody_gets_in_without_a_token():
    app = AppTest.from_file(mmm_ui.app.__file__, default_timeout=PAGE_SECONDS).run()

    assert not app.exception
    assert [field.label for field in app.text_input] == ["Access token", "Workspace"]
