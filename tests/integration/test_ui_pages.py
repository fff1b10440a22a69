"""Every page of the app on its own, against the running platform."""

import io

import openpyxl
import pytest
import yaml
from streamlit.testing.v1 import AppTest

import mmm_ui.app
from tests.simulation import simulate, simulation_config

PAGE_SECONDS = 60


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
def open_page(client):
    """Open one page as a signed-in user."""

    def open_(name: str) -> AppTest:
        script = f"from mmm_ui.pages import {name}\n{name}.render()"
        app = AppTest.from_string(script, default_timeout=PAGE_SECONDS)
        app.session_state["client"] = client
        app.session_state["workspace"] = "default"
        return app.run()

    return open_


def texts(app: AppTest) -> str:
    return " ".join(
        str(element.value) for kind in ("markdown", "caption", "info") for element in app.get(kind)
    )


@pytest.mark.parametrize("name", ["upload", "configure", "results", "optimize", "compare", "export"])
def test_every_page_opens_without_an_exception(open_page, dataset, name):
    app = open_page(name)

    assert not app.exception
    assert app.title[0].value == name.capitalize()


def test_the_upload_page_shows_what_was_uploaded(open_page, dataset):
    app = open_page("upload")
    app.selectbox[0].select_index(0).run()

    assert app.metric[0].value == "104"
    assert list(app.dataframe[0].value["Column"][:2]) == ["week", "sales"]


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def as_read(app: AppTest) -> dict[str, str]:
    return dict(app.dataframe[1].value.to_numpy().tolist())


def test_the_upload_page_stores_a_workbook_and_says_how_it_was_read(open_page):
    book = openpyxl.Workbook()
    book.active.title = "Plan"
    for row in [["week", " tv "], ["01.02.2027", "1.234,5"], ["25.02.2027", "2,5"]]:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)

    app = open_page("upload")
    app.file_uploader[0].upload("plan.xlsx", content.getvalue()).run()
    press(app, "Upload")

    assert not app.exception
    assert app.success[0].value == "Stored 2 rows and 2 columns."
    assert as_read(app) == {
        "Format": "Excel",
        "Sheet": "Plan",
        "Decimal mark": "comma",
        "Thousands mark": "point",
        "Dates in week": "DD.MM.YYYY",
        "Layout": "wide",
        "Renamed": "tv (in the file ' tv ')",
    }


def test_the_upload_page_asks_how_to_read_what_is_not_clear_and_uploads_again(open_page):
    app = open_page("upload")
    app.file_uploader[0].upload("unclear.csv", b'week,tv\n01/02/2027,"1,234"\n02/02/2027,"5,678"\n').run()
    press(app, "Upload")

    assert not app.error
    assert [radio.label for radio in app.radio] == ["Decimal mark", "Order of dates"]
    assert [radio.value for radio in app.radio] == [None, None], "nothing is guessed"
    assert "month-first makes it 2027-01-02" in texts(app)
    app.radio[0].set_value("comma")
    app.radio[1].set_value("day-first").run()
    press(app, "Upload")

    assert app.success[0].value == "Stored 2 rows and 2 columns."
    assert as_read(app)["Decimal mark"] == "comma"
    assert as_read(app)["Dates in week"] == "DD/MM/YYYY"
    assert list(app.dataframe[0].value["Values"])[0] == "2027-02-01 to 2027-02-02"


def test_columns_of_a_long_file_with_other_names_can_be_chosen(open_page):
    lines = ["tag,was,wert", "2027-01-04,tv,1.5", "2027-01-04,sales,20", "2027-01-11,tv,2.5"]
    app = open_page("upload")
    app.file_uploader[0].upload("long.csv", "\n".join([*lines, "2027-01-11,sales,30"]).encode()).run()
    press(app, "Upload")
    app.radio[0].set_value("long").run()
    next(box for box in app.selectbox if "variables" in box.label).select("was")
    next(box for box in app.selectbox if "values" in box.label).select("wert").run()
    press(app, "Upload")

    assert list(app.dataframe[0].value["Column"]) == ["tag", "tv", "sales"]
    assert as_read(app)["Layout"].startswith("long: 'was'")


def test_a_file_that_no_answer_mends_is_refused_with_every_problem(open_page):
    app = open_page("upload")
    app.file_uploader[0].upload("bad.csv", b"a,b,a\n1,2,3\n").run()
    press(app, "Upload")

    assert "2 columns called 'a'" in app.error[0].value
    assert not app.radio


def test_versions_of_a_dataset_can_be_uploaded_and_looked_at(open_page, client, tmp_path):
    path = tmp_path / "growing.csv"
    path.write_text("week,tv\n2027-01-04,1\n2027-01-11,2\n")
    first = client.upload(path, display_name="Growing")
    app = open_page("upload")
    app.file_uploader[0].upload("growing.csv", path.read_bytes() + b"2027-01-18,3\n").run()
    next(box for box in app.selectbox if box.label == "Store as").select(first.name).run()
    press(app, "Upload")

    assert app.success[0].value == "Stored 3 rows and 2 columns as version 2."
    assert app.metric[0].value == "3"
    versions = next(box for box in app.selectbox if box.label == "Version")
    assert [option.partition(" ")[0] for option in versions.options] == ["2", "1"]
    versions.select(f"{first.name}/versions/1").run()
    assert (app.metric[0].value, app.metric[3].value) == ("2", "1")
    assert app.dataframe[0].value["Values"][0] == "2027-01-04 to 2027-01-11"


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

    assert not app.exception
    tabs = [tab.label for tab in app.tabs]
    assert tabs == ["Over time", "Spend", "Distributions", "Correlations", "Empty cells"]
    assert len(app.get("vega_lite_chart")) == 4
    assert app.success[0].value == "No cell is empty."


def test_the_configure_page_begins_with_a_suggestion_that_validates(open_page, dataset):
    app = open_page("configure")
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
