"""How findings name rows, dates and other places."""

from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mmm_core.errors import shorten

SHOWN = 5


def row_number(position: int) -> int:
    """Number of a row as a spreadsheet shows it: the header is row 1, the first row of data is row 2."""
    return position + 2


def listing(items: Iterable[str], count: int) -> str:
    """The first few of `count` items, and how many more there are."""
    text = ", ".join(islice(items, SHOWN))
    return text if count <= SHOWN else f"{text} and {count - SHOWN} more"


def rows(mask: NDArray[np.bool_]) -> str:
    """The first few rows where `mask` holds, like ``rows 4, 7``."""
    places = np.flatnonzero(mask)
    word = "row" if len(places) == 1 else "rows"
    return f"{word} {listing((str(row_number(int(place))) for place in places), len(places))}"


def cells(values: pd.Series, mask: NDArray[np.bool_]) -> str:
    """The first few cells where `mask` holds, like ``row 4 ('abc'), row 9 ('-')``."""
    places = np.flatnonzero(mask)
    named = (f"row {row_number(int(place))} ({shorten(values.iloc[int(place)])!r})" for place in places)
    return listing(named, len(places))


def days(dates: Sequence[pd.Timestamp] | pd.DatetimeIndex) -> str:
    """The first few dates, as ISO 8601 texts."""
    return listing((date.strftime("%Y-%m-%d") for date in dates), len(dates))


def quoted(texts: Sequence[str]) -> str:
    """The first few texts, shortened and in quotes."""
    return listing((repr(shorten(text)) for text in texts), len(texts))


def counted(count: int, noun: str) -> str:
    """``1 row``, ``3 rows``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
