"""Decimal and thousands marks of numbers that come as text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mmm_core.errors import Violation, shorten
from mmm_data.ingest.problems import READING_FIELD, problem

POINT, COMMA = ".", ","
_SPACES = " \u00a0\u202f"
_APOSTROPHES = "'’"
NO_NUMBER = ("na", "n/a", "#n/a", "nan", "null", "none")
_EITHER = r"[+\-−]?[1-9]\d{0,2}[.,]\d{3}"
_ENDLESS = "(?:inf|Inf|INF)(?:inity|INITY)?"


def _pattern(decimal: str, thousands: str) -> str:
    signs = (rf"\{thousands}", f"[{_SPACES}]", f"[{_APOSTROPHES}]")
    grouped = "|".join(rf"[1-9]\d{{0,2}}(?:{sign}\d{{3}})+" for sign in signs)
    plain = rf"(?:(?:\d+|{grouped})(?:\{decimal}\d*)?|\{decimal}\d+)(?:[eE][+\-]?\d+)?"
    return rf"[+\-−]?(?:{plain}|{_ENDLESS})"


_PATTERNS = {POINT: _pattern(POINT, COMMA), COMMA: _pattern(COMMA, POINT)}


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of the numbers of a file.

    Attributes
    ----------
    decimal : {"", ".", ","}
        Empty when no number has a mark, so that it does not matter.
    """

    decimal: str

    @property
    def style(self) -> str:
        """The mark by which numbers are read."""
        return self.decimal or POINT

    def fits(self, texts: pd.Series) -> bool:
        """Whether every filled cell is a number."""
        filled = _filled(texts)
        return len(filled) > 0 and bool(_matches(filled, self.style).all())

    def numbers(self, texts: pd.Series) -> pd.Series:
        """Read a column that fits; empty cells are missing."""
        plain = self._plain(_filled(texts))
        values = pc.cast(pa.array(plain, from_pandas=True), pa.float64())
        return pd.Series(values.to_numpy(), index=plain.index).reindex(texts.index).astype(np.float64)

    def repaired(self, texts: pd.Series) -> pd.Series:
        """Write the numbers of a column of texts with a point, when it is mostly numbers.

        So a column with one bad cell does not look bad in every cell that has a mark of this file.
        """
        filled = _filled(texts)
        good = filled[_matches(filled, self.style)]
        if 2 * len(good) <= len(filled):
            return texts
        return texts.where(~texts.index.isin(good.index), self._plain(good).reindex(texts.index))

    def thousands(self, texts: pd.Series) -> set[str]:
        """Marks between thousands in a column of numbers; kinds of spaces and of apostrophes are one."""
        other = COMMA if self.style == POINT else POINT
        kinds = {other: re.escape(other), " ": f"[{_SPACES}]", "'": f"[{_APOSTROPHES}]"}
        return {sign for sign, kind in kinds.items() if texts.str.contains(kind, regex=True).any()}

    def _plain(self, numbers: pd.Series) -> pd.Series:
        other = COMMA if self.style == POINT else POINT
        bare = numbers.str.replace(f"[{_SPACES}{_APOSTROPHES}{other}+]", "", regex=True)
        # The plus of an exponent went along, which changes nothing.
        return bare.str.replace("−", "-", regex=False).str.replace(self.style, POINT, regex=False)


def decide_marks(columns: Mapping[str, pd.Series], declared: str) -> tuple[Marks, list[Violation]]:
    """Find the marks from the columns that can only be read in one way.

    Parameters
    ----------
    columns : mapping of str to Series of str
        Columns of texts, without spaces around them, missing where empty.
    declared : {"", ".", ","}
        What the caller says the decimal mark is.

    Returns
    -------
    marks : Marks
        To read numbers by.
    problems : list of Violation
        When the marks differ between columns, or nothing tells which they are.
    """
    if declared:
        return Marks(declared), []
    kinds = {name: _kind(texts) for name, texts in columns.items()}
    by_kind = {kind: [name for name in kinds if kinds[name] == kind] for kind in (POINT, COMMA, "either")}
    if by_kind[POINT] and by_kind[COMMA]:
        return Marks(""), [_mixed(columns, by_kind[POINT][0], by_kind[COMMA][0])]
    if by_kind[POINT] or by_kind[COMMA]:
        return Marks(POINT if by_kind[POINT] else COMMA), []
    return Marks(""), [_ambiguous(columns, by_kind["either"])] if by_kind["either"] else []


def _kind(texts: pd.Series) -> str:
    """Which mark a column of numbers must have, 'either', or '' when it says nothing."""
    filled = _filled(texts)
    styles = [style for style in _PATTERNS if len(filled) and _matches(filled, style).all()]
    if len(styles) == 1:
        return styles[0]
    return "either" if styles and filled.str.fullmatch(_EITHER).any() else ""


def _filled(texts: pd.Series) -> pd.Series:
    filled = texts.dropna()
    return filled[~filled.str.lower().isin(NO_NUMBER)]


def _matches(filled: pd.Series, style: str) -> pd.Series:
    return filled.str.fullmatch(_PATTERNS[style])


def _ambiguous(columns: Mapping[str, pd.Series], names: list[str]) -> Violation:
    texts = columns[names[0]].dropna()
    example = str(texts[texts.str.fullmatch(_EITHER)].iloc[0])
    mark = COMMA if COMMA in example else POINT
    as_decimal, as_thousands = example.replace(mark, POINT), example.replace(mark, "")
    other = COMMA if mark == POINT else POINT
    return Violation(
        f"{READING_FIELD}.decimal_mark",
        f"is needed: {example!r} in column {shorten(names[0])!r} can be {as_decimal} or {as_thousands}, and "
        "no other number of the file tells which.",
        f"Set it to {mark!r} for {as_decimal}, or to {other!r} for {as_thousands}.",
        code="AMBIGUOUS_DECIMAL_MARK",
    )


def _mixed(columns: Mapping[str, pd.Series], point: str, comma: str) -> Violation:
    def example(name: str, style: str) -> str:
        texts = _filled(columns[name])
        other = COMMA if style == POINT else POINT
        return str(texts[~_matches(texts, other)].iloc[0])

    return problem(
        "MIXED_DECIMAL_MARKS",
        f"writes numbers in two ways: {example(point, POINT)!r} in column {shorten(point)!r}, and "
        f"{example(comma, COMMA)!r} in column {shorten(comma)!r}.",
        "Write all numbers alike. Or set reading.decimal_mark: columns written otherwise then stay text.",
    )
