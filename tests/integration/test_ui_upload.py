"""The upload page against the running platform: kinds of files, questions about them, versions."""

import io

import openpyxl
from streamlit.testing.v1 import AppTest

from tests.ui_pages import open_as_user


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def as_read(app: AppTest) -> dict[str, str]:
    return dict(app.dataframe[1].value.to_numpy().tolist())


def test_the_upload_page_stores_a_workbook_and_says_how_it_was_read(client):
    book = openpyxl.Workbook()
    book.active.title = "Plan"
    for row in [["week", " tv "], ["01.02.2027", "1.234,5"], ["25.02.2027", "2,5"]]:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)

    app = open_as_user(client, "upload")
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


def test_the_upload_page_asks_how_to_read_what_is_not_clear_and_uploads_again(client):
    app = open_as_user(client, "upload")
    app.file_uploader[0].upload("unclear.csv", b'week,tv\n01/02/2027,"1,234"\n02/02/2027,"5,678"\n').run()
    press(app, "Upload")

    assert not app.error
    assert [radio.label for radio in app.radio] == ["Decimal mark", "Order of dates"]
    assert [radio.value for radio in app.radio] == [None, None], "nothing is guessed"
    assert "month-first makes it 2027-01-02" in " ".join(caption.value for caption in app.caption)
    app.radio[0].set_value("comma")
    app.radio[1].set_value("day-first").run()
    press(app, "Upload")

    assert app.success[0].value == "Stored 2 rows and 2 columns."
    assert as_read(app)["Decimal mark"] == "comma"
    assert as_read(app)["Dates in week"] == "DD/MM/YYYY"
    assert app.dataframe[0].value["Values"][0] == "2027-02-01 to 2027-02-02"


def test_columns_of_a_long_file_with_other_names_can_be_chosen(client):
    lines = ["tag,was,wert", "2027-01-04,tv,1.5", "2027-01-04,sales,20", "2027-01-11,tv,2.5"]
    app = open_as_user(client, "upload")
    app.file_uploader[0].upload("long.csv", "\n".join([*lines, "2027-01-11,sales,30"]).encode()).run()
    press(app, "Upload")
    app.radio[0].set_value("long").run()
    next(box for box in app.selectbox if "variables" in box.label).select("was")
    next(box for box in app.selectbox if "values" in box.label).select("wert").run()
    press(app, "Upload")

    assert list(app.dataframe[0].value["Column"]) == ["tag", "tv", "sales"]
    assert as_read(app)["Layout"].startswith("long: 'was'")


def test_a_file_that_no_answer_mends_is_refused_with_every_problem(client):
    app = open_as_user(client, "upload")
    app.file_uploader[0].upload("bad.csv", b"a,b,a\n1,2,3\n").run()
    press(app, "Upload")

    assert "2 columns called 'a'" in app.error[0].value
    assert not app.radio


def test_versions_of_a_dataset_can_be_uploaded_and_looked_at(client, tmp_path):
    path = tmp_path / "growing.csv"
    path.write_text("week,tv\n2027-01-04,1\n2027-01-11,2\n")
    first = client.upload(path, display_name="Growing")
    app = open_as_user(client, "upload")
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
