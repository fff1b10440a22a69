"""How files are read is found out and said, or asked for."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from mmm_core.date_text import DateOrder
from mmm_core.errors import InvalidInput, TooLarge, Violation
from mmm_core.records import Layout, Reading
from mmm_data.ingest import FileFormat, ReadFile, ReadingOptions, read_file
from mmm_data.settings import DataSettings

MONDAYS = [pd.Timestamp("2024-01-15"), pd.Timestamp("2024-01-22")]


@pytest.fixture
def read(tmp_path):
    def read(
        content: str | bytes, name: str = "data.csv", *, limits: dict[str, int] | None = None, **options
    ):
        path = tmp_path / "upload"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(
            path,
            file_name=name,
            declared=None,
            options=ReadingOptions(**options),
            settings=DataSettings(**(limits or {})),
        )

    return read


@pytest.fixture
def refusal(read):
    def refusal(*args, **options) -> list[Violation]:
        with pytest.raises(InvalidInput) as caught:
            read(*args, **options)
        return list(caught.value.violations)

    return refusal


def said(reading: Reading, **expected: object) -> None:
    assert {name: getattr(reading, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("content", "delimiter", "decimal", "thousands"),
    [
        ("week,tv\n2024-01-15,1234.5\n2024-01-22,2\n", ",", ".", ""),
        ("week;tv\n2024-01-15;1234,5\n2024-01-22;2\n", ";", ",", ""),
        ("week;tv\n2024-01-15;1.234,5\n2024-01-22;2\n", ";", ",", "."),
        ('week,tv\n2024-01-15,"1,234.5"\n2024-01-22,2\n', ",", ".", ","),
        ("week\ttv\n2024-01-15\t1 234,5\n2024-01-22\t2\n", "\t", ",", " "),
        ("week|tv\n2024-01-15|1'234.5\n2024-01-22|2\n", "|", ".", "'"),
        ("week;tv\n2024-01-15;1\u202f234,5\n2024-01-22;+2\n", ";", ",", " "),
    ],
)
def test_delimiter_and_marks_are_found_and_said(read, content, delimiter, decimal, thousands):
    file = read(content)
    assert list(file.table["tv"]) == [1234.5, 2]
    assert list(file.table["week"]) == MONDAYS
    said(file.reading, delimiter=delimiter, decimal_mark=decimal, thousands_marks=thousands, encoding="utf-8")


def test_marks_that_do_not_occur_are_not_claimed(read):
    said(read("week,tv\n2024-01-15,1\n2024-01-22,2\n").reading, decimal_mark="", thousands_marks="")


def test_one_column_that_is_clear_tells_how_the_others_are_meant(read):
    table = read("tv;radio\n1,234;0,5\n2,345;0,25\n").table
    assert list(table["tv"]) == [1.234, 2.345]
    table = read("tv;radio\n1,234;0.5\n2,345;0.25\n").table
    assert list(table["tv"]) == [1234, 2345]


@pytest.mark.parametrize(("mark", "value"), [(".", 1234), (",", 1.234)])
def test_a_number_that_could_be_either_is_asked_for(read, refusal, mark, value):
    content = "week;tv\n2024-01-15;1,234\n2024-01-22;2,345\n"
    (violation,) = refusal(content)
    assert (violation.field, violation.code) == ("header.reading.decimal_mark", "AMBIGUOUS_DECIMAL_MARK")
    assert "1.234 or 1234" in violation.message
    assert read(content, decimal_mark=mark).table["tv"].iloc[0] == value


def test_two_ways_to_write_numbers_are_refused_by_their_columns(refusal):
    (violation,) = refusal("tv;radio\n1.5;0,5\n2.5;0,25\n")
    assert violation.code == "MIXED_DECIMAL_MARKS"
    assert "'1.5' in column 'tv', and '0,5' in column 'radio'" in violation.message


def test_a_bad_cell_is_the_only_one_that_looks_bad(read):
    table = read("tv;radio\n1.234,5;0,5\nn.b.;0,25\n2,5;1\n").table
    assert list(table["tv"]) == ["1234.5", "n.b.", "2.5"]


def test_a_delimiter_that_could_be_another_is_asked_for(read, refusal):
    content = "week;tv, paid;radio\n2024-01-15;1,5;3\n2024-01-22;2,5;4\n"
    (violation,) = refusal(content)
    assert (violation.field, violation.code) == ("header.reading.delimiter", "AMBIGUOUS_DELIMITER")
    assert "comma gives 2" in violation.message
    assert "semicolon gives 3" in violation.message
    assert list(read(content, delimiter=";").table["tv, paid"]) == [1.5, 2.5]


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (("2024-01-15", "2024-01-22"), "YYYY-MM-DD"),
        (("15/01/2024", "22/01/2024"), "DD/MM/YYYY"),
        (("1/15/2024", "1/22/2024"), "MM/DD/YYYY"),
        (("1/15/24 0:00", "1/22/24 0:00"), "MM/DD/YY"),
        (("15.1.2024", "22.1.2024"), "DD.MM.YYYY"),
        (("20240115", "20240122"), "YYYYMMDD"),
        (("2024-W03", "2024-W04"), "YYYY-Www, the Monday of the week"),
        (("15-Jan-24", "22-Jan-24"), "DD-Mon-YY"),
    ],
)
def test_the_form_of_dates_is_found_and_said(read, cells, form):
    file = read("week;tv\n" + "".join(f"{cell};1\n" for cell in cells))
    assert list(file.table["week"]) == MONDAYS
    assert [(date.column, date.format) for date in file.reading.dates] == [("week", form)]


@pytest.mark.parametrize(
    ("order", "second"),
    [(DateOrder.DAY_FIRST, "2024-02-01"), (DateOrder.MONTH_FIRST, "2024-01-02")],
)
def test_dates_that_can_be_read_in_two_ways_are_asked_for(read, refusal, order, second):
    content = "month,tv\n01/01/2024,1\n01/02/2024,2\n01/03/2024,3\n"
    (violation,) = refusal(content)
    assert (violation.field, violation.code) == ("header.reading.date_order", "AMBIGUOUS_DATES")
    assert "day-first makes it 2024-01-01 to 2024-03-01" in violation.message
    assert "month-first makes it 2024-01-01 to 2024-01-03" in violation.message
    assert read(content, date_order=order).table["month"].iloc[1] == pd.Timestamp(second)


def test_years_of_two_digits_are_asked_for_when_they_could_be_days(read, refusal):
    content = "week,tv\n15/01/24,1\n22/01/24,2\n"
    (violation,) = refusal(content)
    assert violation.code == "AMBIGUOUS_DATES"
    assert list(read(content, date_order=DateOrder.DAY_FIRST).table["week"]) == MONDAYS


def test_dates_that_are_not_as_said_are_refused(refusal):
    (violation,) = refusal("week,tv\n01/15/2024,1\n", date_order=DateOrder.DAY_FIRST)
    assert violation.code == "DATE_ORDER_DISAGREES"
    assert "MM/DD/YYYY" in violation.message


def test_all_questions_come_at_once(refusal):
    violations = refusal("month;tv\n01/01/2024;1,234\n01/02/2024;2,345\n")
    assert {violation.code for violation in violations} == {"AMBIGUOUS_DATES", "AMBIGUOUS_DECIMAL_MARK"}


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "windows-1252")],
)
def test_the_encoding_is_found_and_said(read, encoding, shown):
    file = read("Woche;Außenwerbung (€)\n2024-01-15;1,5\n".encode(encoding))
    assert list(file.table.columns) == ["Woche", "Außenwerbung (€)"]
    said(file.reading, encoding=shown)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("дата;продажи", "windows-1251"), ("data;sprzedaż łódź", "windows-1250"), ("日付;売上", "shift_jis")],
)
def test_another_encoding_is_asked_for(read, refusal, text, encoding):
    content = f"{text}\n2024-01-15;1\n".encode(encoding)
    (violation,) = refusal(content)
    assert (violation.field, violation.code) == ("header.reading.encoding", "UNCLEAR_ENCODING")
    assert "line 1" in violation.message
    assert list(read(content, encoding=encoding).table.columns) == text.split(";")
    (violation,) = refusal("a,б\n1,2\n".encode(), encoding="ascii")
    assert (violation.field, violation.code) == ("header.reading.encoding", "ENCODING_DISAGREES")


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


WEEKLY: list[list[object]] = [
    ["week", "tv", "radio", "event", "电视"],
    [dt.date(2024, 1, 15), 1234.5, "n/a", None, "1,5"],
    [dt.date(2024, 1, 22), 2, 3, "fair", "2,5"],
    [None, None, None, None, None],
]


def test_a_workbook_is_read_with_its_types(read):
    file = read(workbook(Notes=[], Data=WEEKLY), "data.xlsx")
    assert file.format is FileFormat.EXCEL
    assert list(file.table["week"]) == MONDAYS
    assert list(file.table["tv"]) == [1234.5, 2]
    assert file.table["radio"].isna().tolist() == [True, False]
    assert file.table["event"].iloc[1] == "fair"
    assert list(file.table["电视"]) == [1.5, 2.5]
    said(file.reading, sheet="Data", decimal_mark=",", delimiter="", dates=())


def test_more_than_one_sheet_with_data_is_asked_for(read, refusal):
    content = workbook(Data=WEEKLY, Other=[["a"], [1]])
    (violation,) = refusal(content, "data.xlsx")
    assert (violation.field, violation.code) == ("header.reading.sheet", "AMBIGUOUS_SHEET")
    assert "'Data', 'Other'" in violation.fix
    assert len(read(content, "data.xlsx", sheet="Data").table) == 2
    (violation,) = refusal(content, "data.xlsx", sheet="data")
    assert (violation.code, violation.value) == ("UNKNOWN_SHEET", "data")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "EMPTY_FILE"),
        ([["a", "b"]], "NO_ROWS"),
        ([["Sales report", None, None], ["week", "tv", "radio"], [1, 2, 3]], "NO_HEADER"),
        ([[1, 2], [3, 4]], "NO_HEADER"),
        ([["a", "a"], [3, 4]], "DUPLICATE_COLUMN_NAME"),
    ],
)
def test_a_sheet_that_is_no_table_is_refused(refusal, rows, code):
    assert [violation.code for violation in refusal(workbook(Data=rows), "data.xlsx")] == [code]


def test_a_damaged_workbook_is_refused(refusal):
    content = workbook(Data=WEEKLY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    damaged = content[:place] + bytes(40) + content[place + 40 :]
    assert [violation.code for violation in refusal(damaged, "data.xlsx")] == ["UNREADABLE_FILE"]


def test_a_workbook_that_unpacks_to_too_much_is_refused(read):
    book = openpyxl.Workbook()
    book.active["A1"] = "week"
    book.active["XFD1048576"] = 1
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(TooLarge, match="16384 columns"):
        read(target.getvalue(), "data.xlsx")
    with pytest.raises(TooLarge, match="when unpacked"):
        read(workbook(Data=WEEKLY), "data.xlsx", limits={"max_table_bytes": 1000})


@pytest.mark.parametrize("name", ["data.csv", "data.xlsx", "data.parquet"])
def test_columns_that_cannot_keep_their_name_are_reported(read, name):
    table = pd.DataFrame({"": ["a", "b"], " tv ": [1.0, 2.0], "week": ["2024-01-15", "2024-01-22"]})
    target = io.BytesIO()
    if name.endswith(".csv"):
        table.to_csv(target, index=False)
    elif name.endswith(".xlsx"):
        target = io.BytesIO(workbook(Data=[list(table.columns), *table.to_numpy().tolist()]))
    else:
        table.to_parquet(target)
    file = read(target.getvalue(), name)
    assert list(file.table.columns) == ["column_1", "tv", "week"]
    renamed = [(column.given, column.name) for column in file.reading.renamed_columns]
    assert renamed == [("", "column_1"), (" tv ", "tv")]


LONG = """date,geo,Variable Name,Value
2024-01-15,north,tv,1.5
2024-01-15,north,sales,100
2024-01-15,south,tv,2.5
2024-01-15,south,sales,200
2024-01-22,north,tv,3.5
2024-01-22,north,sales,300
2024-01-22,south,sales,400
"""


def test_a_long_file_becomes_a_wide_table(read):
    file = read(LONG)
    assert list(file.table.columns) == ["date", "geo", "tv", "sales"]
    assert list(file.table["geo"]) == ["north", "south", "north", "south"]
    assert list(file.table["sales"]) == [100, 200, 300, 400]
    assert file.table["tv"].isna().tolist() == [False, False, False, True]
    said(file.reading, layout=Layout.LONG, variable_column="Variable Name", value_column="Value")


def test_a_long_file_with_other_names_is_asked_for(read, refusal):
    content = LONG.replace("Variable Name", "was").replace("Value", "wert")
    (violation,) = refusal(content)
    assert (violation.field, violation.code) == ("header.reading.layout", "AMBIGUOUS_LAYOUT")
    assert "'geo', 'was'" in violation.fix
    declared = read(content, layout=Layout.LONG, variable_column="was", value_column="wert")
    pd.testing.assert_frame_equal(declared.table, read(LONG).table)
    assert len(read(content, layout=Layout.WIDE).table) == 7
    codes = [(v.field, v.code) for v in refusal(content, variable_column="x", ignored_columns=("y",))]
    assert codes == [
        ("header.reading.variable_column", "UNKNOWN_COLUMN"),
        ("header.reading.value_column", "MISSING_FIELD"),
        ("header.reading.ignored_columns", "UNKNOWN_COLUMN"),
    ]


@pytest.mark.parametrize(
    ("content", "ignored", "code"),
    [(LONG, "Value", "UNKNOWN_COLUMN"), ("week,tv\n2024-01-15,1\n", "tv", "INVALID_OPTION")],
)
def test_columns_that_cannot_be_left_out_are_refused(refusal, content, ignored, code):
    (violation,) = refusal(content, ignored_columns=(ignored,))
    assert (violation.field, violation.code) == ("header.reading.ignored_columns", code)


def test_a_value_that_comes_twice_is_refused_by_name(refusal):
    (violation,) = refusal(LONG + "2024-01-22,south,sales,500\n")
    assert violation.code == "DUPLICATE_VALUES"
    assert "2024-01-22 / south / sales (rows 8, 9)" in violation.message


def test_a_column_that_belongs_to_the_variable_must_be_named(read, refusal):
    lines = LONG.splitlines()
    units = ["unit", *("EUR" if ",tv," in line else "pieces" for line in lines[1:])]
    content = "\n".join(f"{line},{unit}" for line, unit in zip(lines, units, strict=True)) + "\n"
    (violation,) = refusal(content)
    assert (violation.field, violation.code) == ("header.reading.ignored_columns", "COLUMN_OF_VARIABLE")
    file = read(content, ignored_columns=("unit",))
    pd.testing.assert_frame_equal(file.table, read(LONG).table)
    said(file.reading, ignored_columns=("unit",))


def test_a_row_without_a_variable_is_refused(refusal):
    (violation,) = refusal(LONG + "2024-01-29,south,,500\n")
    assert violation.code == "MISSING_VARIABLE"
    assert "row 9" in violation.message


def test_a_long_workbook_is_read_the_same_way(read):
    rows = [line.split(",") for line in LONG.splitlines()]
    typed = [rows[0], *([dt.date.fromisoformat(d), geo, name, float(v)] for d, geo, name, v in rows[1:])]
    file: ReadFile = read(workbook(Data=typed), "data.xlsx")
    pd.testing.assert_frame_equal(file.table, read(LONG).table)


def test_a_panel_is_read_as_it_stands(read):
    content = "date,geo,brand,sales,tv\n" + "".join(
        f"{day},{geo},{brand},1,2\n"
        for day in ("2024-01-15", "2024-01-22")
        for geo in ("north", "south")
        for brand in ("a", "b")
    )
    file = read(content)
    assert file.table.shape == (8, 5)
    said(file.reading, layout=Layout.WIDE)


def test_numbers_in_texts_of_parquet_are_read_like_those_of_csv(read, tmp_path):
    path = Path(tmp_path / "texts.parquet")
    pd.DataFrame({"week": ["15/01/2024", "22/01/2024"], "tv": ["1.234,5", "2"]}).to_parquet(path)
    file = read(path.read_bytes(), "texts.parquet")
    assert (list(file.table["week"]), list(file.table["tv"])) == (MONDAYS, [1234.5, 2])
    said(file.reading, decimal_mark=",", thousands_marks=".", delimiter="", encoding="")
