"""Names of columns."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from mmm_core.errors import Violation, shorten
from mmm_core.records import RenamedColumn
from mmm_data.ingest.problems import problem

LONGEST_NAME = 200


def tidy_names(names: Sequence[str]) -> list[str]:
    """Strip spaces, and call a column without a name by its place (an index that was exported along).

    Signs that look alike become alike (Unicode's normal form C), so that a configuration finds its columns.
    """
    stripped = (unicodedata.normalize("NFC", name).strip() for name in names)
    return [name or f"column_{place}" for place, name in enumerate(stripped, start=1)]


def renamed_columns(given: Sequence[str], names: Sequence[str]) -> tuple[RenamedColumn, ...]:
    """Columns whose tidy name is to be told from the one in the file."""
    return tuple(
        RenamedColumn(given=old, name=new)
        for old, new in zip(given, names, strict=True)
        if unicodedata.normalize("NFC", old) != new
    )


def name_problems(names: Sequence[str]) -> list[Violation]:
    """Names that are too long or come more than once."""
    problems = [
        problem(
            "DUPLICATE_COLUMN_NAME",
            f"has {count} columns called {shorten(name)!r} (columns {_places(names, name)}).",
            "Give every column a name of its own.",
            name,
        )
        for name, count in Counter(names).items()
        if count > 1
    ]
    problems += [
        problem(
            "COLUMN_NAME_TOO_LONG",
            f"has a column name of {len(name)} characters.",
            f"Use at most {LONGEST_NAME} characters.",
            name,
        )
        for name in names
        if len(name) > LONGEST_NAME
    ]
    return problems


def _places(names: Sequence[str], name: str) -> str:
    return ", ".join(str(place) for place, other in enumerate(names, start=1) if other == name)
