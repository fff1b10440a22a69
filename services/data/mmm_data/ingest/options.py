"""What a caller may say about how a file is to be read."""

from dataclasses import dataclass

from mmm_core.records import Layout
from mmm_core.validation import DateOrder

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
DECIMAL_MARKS = (".", ",")
FIELD = "header.reading"


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How a file is to be read; what is empty or None is detected, or refused when it cannot be.

    Attributes
    ----------
    delimiter : {"", ",", ";", "tab", "|"}
        Between the cells of delimited text; a tab is the sign itself.
    decimal_mark : {"", ".", ","}
        In numbers that come as text.
    date_order : DateOrder or None
        In dates written in figures.
    encoding : str
        Of delimited text, a name Python knows.
    sheet : str
        Of a workbook.
    layout : Layout or None
        Wide, or one row per variable and period.
    variable_column, value_column : str
        Of the long layout.
    ignored_columns : tuple of str
        Columns of the long layout that tell no rows apart, like a unit.
    """

    delimiter: str = ""
    decimal_mark: str = ""
    date_order: DateOrder | None = None
    encoding: str = ""
    sheet: str = ""
    layout: Layout | None = None
    variable_column: str = ""
    value_column: str = ""
    ignored_columns: tuple[str, ...] = ()
