"""How a file is to be read, from the command line; and how it was read, for people."""

from typing import Annotated

import typer

from mmm.data.v1.data_pb2 import ColumnProfile, Dataset, ReadingOptions
from mmm_client.reading_words import DATE_ORDERS, DECIMAL_MARKS, DELIMITERS, LAYOUTS, reading_facts

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
            options.delimiter = _one_of(DELIMITERS, name, value)
        elif name == "decimal-mark":
            options.decimal_mark = _one_of(DECIMAL_MARKS, name, value)
        elif name == "date-order":
            options.date_order = _one_of(DATE_ORDERS, name, value)
        else:
            options.layout = _one_of(LAYOUTS, name, value)
    return options


def _one_of[T](words: dict[str, T], name: str, value: str) -> T:
    if value not in words:
        known = ", ".join(words)
        raise typer.BadParameter(f"{f'{name}={value}'!r} is not known; use {known}.", param_hint="--read")
    return words[value]


def reading_lines(dataset: Dataset) -> list[str]:
    """How a file was read, in words; nothing where the format leaves nothing to find out."""
    found = [f"{what[0].lower()}{what[1:]} {how}" for what, how in reading_facts(dataset.reading)]
    return [f"Read with {', '.join(found)}."] if found else []


def period_lines(profiles: list[ColumnProfile]) -> list[str]:
    """First and last date and the typical step of every column of dates."""
    dated = [(profile.name, profile.date) for profile in profiles if profile.HasField("date")]
    return [f"{name}: {date.first} to {date.last}, {_step(date.typical_step_days)}." for name, date in dated]


def _step(days: int) -> str:
    return _STEPS.get(days, f"mostly {days} days apart" if days else "a single date")
