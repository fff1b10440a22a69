"""The sign between the cells of delimited text."""

import csv
from itertools import islice
from pathlib import Path

from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_data.ingest.options import DELIMITERS
from mmm_data.ingest.problems import READING_FIELD, refused

_SAMPLE_ROWS = 100


def read_header(path: Path, declared: str) -> tuple[str, list[str]]:
    """Tell the delimiter, and split the first line by it.

    A delimiter is one that gives every row as many cells as the header, and more than one.

    Raises
    ------
    InvalidInput
        When there is no header, it has a single column, or more than one delimiter would do.
    """
    samples = {sign: _rows(path, sign) for sign in ([declared] if declared else DELIMITERS)}
    headers = {sign: rows[0] if rows else [] for sign, rows in samples.items()}
    if not any(name.strip() for names in headers.values() for name in names):
        raise refused("NO_HEADER", "has an empty first line.", "Put the names of the columns into line 1.")
    even = [sign for sign, rows in samples.items() if _is_even(rows)]
    if len(even) > 1:
        raise _ambiguous({sign: headers[sign] for sign in even})
    # Where no delimiter fits all rows, the one that splits the header most serves to name the rows.
    delimiter = even[0] if even else max(headers, key=lambda sign: len(headers[sign]))
    names = headers[delimiter]
    if len(names) == 1:
        raise refused(
            "ONE_COLUMN",
            "has a single column in its first line"
            + (f" when it is split by the {DELIMITERS[declared]}." if declared else "."),
            "Separate columns by commas, semicolons, tabs or pipes.",
            names[0],
        )
    return delimiter, names


def _rows(path: Path, delimiter: str) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            return list(islice(csv.reader(file, delimiter=delimiter), _SAMPLE_ROWS))
        except csv.Error:
            return []


def _is_even(rows: list[list[str]]) -> bool:
    filled = [row for row in rows if row]
    return bool(filled) and len(filled[0]) > 1 and all(len(row) == len(filled[0]) for row in filled)


def _ambiguous(headers: dict[str, list[str]]) -> InvalidInput:
    options = "; ".join(
        f"the {DELIMITERS[sign]} gives {len(names)} columns ({shorten(', '.join(names))})"
        for sign, names in headers.items()
    )
    return InvalidInput(
        [
            Violation(
                f"{READING_FIELD}.delimiter",
                f"is needed, because more than one would split the file evenly: {options}.",
                "Say which one it is.",
                code="AMBIGUOUS_DELIMITER",
            )
        ]
    )
