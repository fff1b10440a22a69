"""How a file is to be read, from the command line; and how it was read, for people."""

from typing import Annotated

import typer

from mmm.data.v1.data_pb2 import (
    DATE_ORDER_DAY_FIRST,
    DATE_ORDER_ISO,
    DATE_ORDER_MONTH_FIRST,
    LAYOUT_LONG,
    LAYOUT_WIDE,
    ColumnProfile,
    Dataset,
    ReadingOptions,
)

_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_DECIMAL_MARKS = {"point": ".", "comma": ","}
_WORDS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "pipe",
    ".": "point",
    " ": "space",
    "'": "apostrophe",
}
_DATE_ORDERS = {
    "iso": DATE_ORDER_ISO,
    "day-first": DATE_ORDER_DAY_FIRST,
    "month-first": DATE_ORDER_MONTH_FIRST,
}
_LAYOUTS = {"wide": LAYOUT_WIDE, "long": LAYOUT_LONG}
_TEXTS = ("encoding", "sheet", "variable-column", "value-column")
_NAMES = ("delimiter", "decimal-mark", "date-order", "layout", "ignored-column", *_TEXTS)
_STEPS = {1: "daily", 7: "weekly", **dict.fromkeys(range(28, 32), "monthly")}

Read = Annotated[
    list[str] | None,
    typer.Option(
        "--read",
        metavar="NAME=VALUE",
        help="How to read the file where it is not clear, as often as needed: "
        "delimiter=comma|semicolon|tab|pipe, decimal-mark=point|comma, "
        "date-order=iso|day-first|month-first, encoding=NAME, sheet=NAME, layout=wide|long, "
        "variable-column=NAME, value-column=NAME, ignored-column=NAME.",
    ),
]


def parse_reading(entries: list[str] | None) -> ReadingOptions:
    """Read the values of `--read`; raises `typer.BadParameter`."""
    options = ReadingOptions()
    for entry in entries or []:
        name, separator, value = entry.partition("=")
        if not separator or name not in _NAMES:
            known = ", ".join(_NAMES)
            raise typer.BadParameter(f"{entry!r} is not NAME=VALUE with one of {known}.", param_hint="--read")
        if name == "ignored-column":
            options.ignored_columns.append(value)
        elif name in _TEXTS:
            setattr(options, name.replace("-", "_"), value)
        elif name == "delimiter":
            options.delimiter = _one_of(_DELIMITERS, name, value)
        elif name == "decimal-mark":
            options.decimal_mark = _one_of(_DECIMAL_MARKS, name, value)
        elif name == "date-order":
            options.date_order = _one_of(_DATE_ORDERS, name, value)
        else:
            options.layout = _one_of(_LAYOUTS, name, value)
    return options


def _one_of[T](words: dict[str, T], name: str, value: str) -> T:
    if value not in words:
        known = ", ".join(words)
        raise typer.BadParameter(f"{f'{name}={value}'!r} is not known; use {known}.", param_hint="--read")
    return words[value]


def reading_lines(dataset: Dataset) -> list[str]:
    """How a file was read, in words; nothing where the format leaves nothing to find out."""
    reading = dataset.reading
    parts = [
        f"sheet {reading.sheet!r}" if reading.sheet else "",
        f"encoding {reading.encoding}" if reading.encoding else "",
        f"delimiter {_WORDS[reading.delimiter]}" if reading.delimiter else "",
        f"decimal mark {_WORDS[reading.decimal_mark]}" if reading.decimal_mark else "",
        f"thousands mark {' and '.join(_WORDS[sign] for sign in reading.thousands_marks)}"
        if reading.thousands_marks
        else "",
        *(f"{date.column} as {date.format}" for date in reading.dates),
        f"long: {reading.variable_column!r} names the variables, {reading.value_column!r} has their values"
        if reading.layout == LAYOUT_LONG
        else "",
        f"left out: {', '.join(reading.ignored_columns)}" if reading.ignored_columns else "",
    ]
    found = [part for part in parts if part]
    return [f"Read with {', '.join(found)}."] if found else []


def period_lines(profiles: list[ColumnProfile]) -> list[str]:
    """First and last date and the typical step of every column of dates."""
    dated = [(profile.name, profile.date) for profile in profiles if profile.HasField("date")]
    return [f"{name}: {date.first} to {date.last}, {_step(date.typical_step_days)}." for name, date in dated]


def _step(days: int) -> str:
    return _STEPS.get(days, f"mostly {days} days apart" if days else "a single date")
