"""What a caller may say about how a file is to be read."""

from dataclasses import dataclass, replace

from mmm_core.date_text import DateOrder
from mmm_core.errors import Violation, shorten
from mmm_core.records import Layout
from mmm_data.ingest.encodings import canonical_encoding
from mmm_data.ingest.problems import READING_FIELD

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
DECIMAL_MARKS = (".", ",")


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


def check_options(options: ReadingOptions) -> tuple[ReadingOptions, list[Violation]]:
    """Check what can be checked without the file.

    Returns
    -------
    options : ReadingOptions
        The same, with the encoding by its usual name.
    problems : list of Violation
        Every option that cannot be meant.
    """
    problems = []
    if options.delimiter and options.delimiter not in DELIMITERS:
        signs = ", ".join(f"{sign!r} ({name})" for sign, name in DELIMITERS.items())
        problems.append(_wrong("delimiter", f"Use one of {signs}.", options.delimiter))
    if options.decimal_mark and options.decimal_mark not in DECIMAL_MARKS:
        problems.append(_wrong("decimal_mark", "Use a point or a comma.", options.decimal_mark))
    try:
        encoding = canonical_encoding(options.encoding) if options.encoding else ""
    except (LookupError, ValueError):
        fix = "Use a name like utf-8, utf-16, windows-1252, windows-1250, shift_jis or gb18030."
        problems.append(_wrong("encoding", fix, options.encoding))
        encoding = ""
    return replace(options, encoding=encoding), problems


def _wrong(option: str, fix: str, value: str) -> Violation:
    return Violation(f"{READING_FIELD}.{option}", "is not known.", fix, shorten(value), "INVALID_OPTION")
