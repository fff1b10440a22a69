"""How a file was read, in words."""

from mmm.data.v1 import data_pb2
from mmm_client.cli.readings import parse_reading, period_lines, reading_lines
from mmm_client.reading_words import reading_facts


def test_options_of_the_command_line_become_those_of_the_contract():
    options = parse_reading(
        [
            "delimiter=tab",
            "decimal-mark=comma",
            "date-order=month-first",
            "sheet=Data = 1",
            "layout=long",
            "variable-column=was",
            "ignored-column=unit",
            "ignored-column=source",
        ]
    )
    assert options == data_pb2.ReadingOptions(
        delimiter="\t",
        decimal_mark=",",
        date_order=data_pb2.DATE_ORDER_MONTH_FIRST,
        sheet="Data = 1",
        layout=data_pb2.LAYOUT_LONG,
        variable_column="was",
        ignored_columns=["unit", "source"],
    )


def test_what_was_found_is_said_in_one_line():
    reading = data_pb2.Reading(
        delimiter=";",
        encoding="windows-1252",
        decimal_mark=",",
        thousands_marks=".",
        dates=[data_pb2.DateColumn(column="Woche", format="DD.MM.YYYY")],
    )
    assert reading_lines(data_pb2.Dataset(reading=reading)) == [
        "Read with encoding windows-1252, delimiter semicolon, decimal mark comma, thousands mark point, "
        "dates in Woche DD.MM.YYYY."
    ]
    assert reading_lines(data_pb2.Dataset()) == []


def test_a_long_sheet_with_columns_left_out_and_renamed_is_described():
    reading = data_pb2.Reading(
        sheet="Data",
        layout=data_pb2.LAYOUT_LONG,
        variable_column="was",
        value_column="wert",
        ignored_columns=["unit"],
        renamed_columns=[
            data_pb2.RenamedColumn(given="", name="column_1"),
            data_pb2.RenamedColumn(given=" wert ", name="wert"),
        ],
    )
    assert reading_facts(reading) == [
        ("Sheet", "Data"),
        ("Layout", "long: 'was' names the variables, 'wert' has their values"),
        ("Left out", "unit"),
        ("Renamed", "column_1 (no name in the file)"),
        ("Renamed", "wert (in the file ' wert ')"),
    ]


def test_the_typical_step_is_said():
    def profile(days: int) -> data_pb2.ColumnProfile:
        return data_pb2.ColumnProfile(
            name="week",
            date=data_pb2.DateProfile(first="2024-01-01", last="2024-03-04", typical_step_days=days),
        )

    lines = period_lines([profile(7), profile(30), profile(3), data_pb2.ColumnProfile(name="tv")])
    assert lines == [
        "week: 2024-01-01 to 2024-03-04, weekly.",
        "week: 2024-01-01 to 2024-03-04, monthly.",
        "week: 2024-01-01 to 2024-03-04, mostly 3 days apart.",
    ]
