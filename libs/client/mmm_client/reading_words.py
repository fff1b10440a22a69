"""How a file was read, and how it may be read, in words."""

from collections.abc import Iterator

from mmm.data.v1.data_pb2 import (
    DATE_ORDER_DAY_FIRST,
    DATE_ORDER_ISO,
    DATE_ORDER_MONTH_FIRST,
    LAYOUT_LONG,
    LAYOUT_WIDE,
    Reading,
)

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
DECIMAL_MARKS = {"point": ".", "comma": ","}
DATE_ORDERS = {
    "iso": DATE_ORDER_ISO,
    "day-first": DATE_ORDER_DAY_FIRST,
    "month-first": DATE_ORDER_MONTH_FIRST,
}
LAYOUTS = {"wide": LAYOUT_WIDE, "long": LAYOUT_LONG}
_SIGNS = {
    **{sign: word for word, sign in {**DELIMITERS, **DECIMAL_MARKS}.items()},
    " ": "space",
    "'": "apostrophe",
}


def reading_facts(reading: Reading) -> list[tuple[str, str]]:
    """What was found in a file, and how it was read; nothing where the format leaves nothing to find out."""
    return [(what, found) for what, found in _facts(reading) if found]


def _facts(reading: Reading) -> Iterator[tuple[str, str]]:
    yield "Sheet", reading.sheet
    yield "Encoding", reading.encoding
    yield "Delimiter", _SIGNS.get(reading.delimiter, "")
    yield "Decimal mark", _SIGNS.get(reading.decimal_mark, "")
    yield "Thousands mark", " and ".join(_SIGNS[sign] for sign in reading.thousands_marks)
    for date in reading.dates:
        yield f"Dates in {date.column}", date.format
    yield "Layout", _layout(reading)
    yield "Left out", ", ".join(reading.ignored_columns)
    for column in reading.renamed_columns:
        given = f"in the file {column.given!r}" if column.given.strip() else "no name in the file"
        yield "Renamed", f"{column.name} ({given})"


def _layout(reading: Reading) -> str:
    if reading.layout == LAYOUT_LONG:
        variable, value = reading.variable_column, reading.value_column
        return f"long: {variable!r} names the variables, {value!r} has their values"
    return "wide" if reading.layout == LAYOUT_WIDE else ""
