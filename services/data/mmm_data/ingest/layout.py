"""Long files, with one row per variable and period, become wide tables."""

import re
from dataclasses import dataclass

import pandas as pd

from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.records import Layout
from mmm_core.validation.wording import counted, listing, row_number, rows
from mmm_data.ingest.names import name_problems, tidy_names
from mmm_data.ingest.options import ReadingOptions
from mmm_data.ingest.problems import READING_FIELD, problem

_VARIABLE_NAMES = frozenset({"variable", "variable_name", "metric", "metric_name", "measure", "series"})
_VALUE_NAMES = frozenset({"value", "values", "variable_value", "metric_value", "measure_value"})


@dataclass(frozen=True, slots=True)
class LongColumns:
    """Columns of a long file; all others, but the ignored ones, tell its rows apart."""

    variable: str
    value: str
    ignored: tuple[str, ...]


def find_layout(columns: list[str], options: ReadingOptions) -> LongColumns | None:
    """Tell whether a file is long, from what the caller says or from the names of its columns.

    Returns
    -------
    LongColumns or None
        None for a wide file.

    Raises
    ------
    InvalidInput
        When the columns that make a file long are not there.
    """
    variable = options.variable_column or _named(columns, _VARIABLE_NAMES)
    value = options.value_column or _named(columns, _VALUE_NAMES)
    said = options.layout is Layout.LONG or options.variable_column or options.value_column
    if options.layout is Layout.WIDE or not (said or (variable and value)):
        if options.ignored_columns:
            raise InvalidInput([_of_long_files_only(options.ignored_columns)])
        return None
    others = [column for column in columns if column not in {variable, value}]
    problems = [
        _missing("variable_column", "which column names the variables", columns, variable),
        _missing("value_column", "which column holds the values", columns, value),
        *(_missing("ignored_columns", "", others, name) for name in options.ignored_columns),
    ]
    if found := [one for one in problems if one is not None]:
        raise InvalidInput(found)
    return LongColumns(variable, value, options.ignored_columns)


def _named(columns: list[str], names: frozenset[str]) -> str:
    """The only column with one of these names."""
    found = [column for column in columns if re.sub(r"\W+", "_", column.casefold()) in names]
    return found[0] if len(found) == 1 else ""


def _of_long_files_only(ignored: tuple[str, ...]) -> Violation:
    return Violation(
        f"{READING_FIELD}.ignored_columns",
        "is for long files, and this one is read as a wide one.",
        "Leave it empty; a model uses only the columns its configuration names.",
        shorten(", ".join(ignored)),
        "INVALID_OPTION",
    )


def _missing(option: str, question: str, columns: list[str], name: str) -> Violation | None:
    if name in columns:
        return None
    known = f"Columns there are: {listing((repr(shorten(one)) for one in columns), len(columns))}."
    if name:
        return Violation(
            f"{READING_FIELD}.{option}",
            "is not a column of the file.",
            known,
            shorten(name),
            "UNKNOWN_COLUMN",
        )
    return Violation(
        f"{READING_FIELD}.{option}", f"is needed: it is not clear {question}.", known, code="MISSING_FIELD"
    )


def check_wide(frame: pd.DataFrame, options: ReadingOptions) -> None:
    """Refuse a table that would be a long file just as well, unless the caller says it is wide.

    That is one with a single column of numbers, a column of texts, and dates that come more than once. As
    a wide table nothing could be modelled with it.

    Raises
    ------
    InvalidInput
        Naming the columns.
    """
    kinds = {str(name): _kind(frame[name]) for name in frame.columns}
    texts = [name for name, kind in kinds.items() if kind == "text"]
    numbers = [name for name, kind in kinds.items() if kind == "number"]
    repeated = any(kind == "date" and frame[name].duplicated().any() for name, kind in kinds.items())
    if options.layout is not None or len(numbers) != 1 or not texts or not repeated:
        return
    raise InvalidInput(
        [
            Violation(
                f"{READING_FIELD}.layout",
                f"is needed: {numbers[0]!r} is the only column of numbers and dates come more than once, so "
                "the file may hold one variable per row.",
                f"If so, set it to long, variable_column to the column that names the variables (of "
                f"{listing(map(repr, texts), len(texts))}) and value_column to {numbers[0]!r}; else set it "
                "to wide.",
                code="AMBIGUOUS_LAYOUT",
            )
        ]
    )


def _kind(column: pd.Series) -> str:
    if pd.api.types.is_numeric_dtype(column.dtype):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(column.dtype) else "text"


def to_wide(columns: dict[str, pd.Series], long: LongColumns) -> dict[str, pd.Series]:
    """Make one column per variable, and one row per combination of the other columns.

    Rows and variables keep the order in which they first come. A combination that has no row for a
    variable becomes an empty cell, which validation names.

    Raises
    ------
    InvalidInput
        When a variable has no name or one that is taken, a combination comes more than once, or a column
        belongs to the variable rather than to the row.
    """
    frame = pd.DataFrame(columns).drop(columns=list(long.ignored))
    keys = [str(name) for name in frame.columns if name not in {long.variable, long.value}]
    variables = frame[long.variable].astype("str").str.strip()
    _check_variables(variables, keys, long)
    frame[long.variable] = tidy_names(list(variables))
    for key in keys:
        if _kind(frame[key]) not in {"number", "date"}:
            frame[key] = frame[key].astype("str").str.strip()
    _check_attributes(frame, keys, long)
    _check_duplicates(frame, keys, long)
    rows_of = frame.groupby(keys, sort=False, dropna=False).ngroup()
    places = rows_of.drop_duplicates()
    wide = {key: frame.loc[places.index, key].reset_index(drop=True) for key in keys}
    for name, part in frame.groupby(long.variable, sort=False):
        values = part[long.value].set_axis(rows_of[part.index])
        wide[str(name)] = values.reindex(range(len(places))).reset_index(drop=True)
    return wide


def _check_variables(variables: pd.Series, keys: list[str], long: LongColumns) -> None:
    empty = (variables.isna() | (variables == "")).to_numpy()
    names = tidy_names(list(variables[~empty].unique()))
    problems = name_problems([*keys, *dict.fromkeys(names)])
    if empty.any():
        problems.append(
            problem(
                "MISSING_VARIABLE",
                f"names no variable in {counted(int(empty.sum()), 'cell')} of column {long.variable!r}: "
                f"{rows(empty)}.",
                "Name the variable, or remove the row.",
            )
        )
    if not keys:
        problems.append(
            problem("NO_DATES", "has no other column than variable and value.", "Add a column of dates.")
        )
    if problems:
        raise InvalidInput(problems)


def _check_attributes(frame: pd.DataFrame, keys: list[str], long: LongColumns) -> None:
    """Refuse columns, like a unit, that say something of the variable: they would tear rows apart."""
    variables = frame.groupby(long.variable, sort=False)
    attributes = [
        key
        for key in keys
        if frame[key].nunique(dropna=False) > 1 and (variables[key].nunique(dropna=False) == 1).all()
    ]
    if attributes and frame[long.variable].nunique() > 1:
        raise InvalidInput(
            [
                Violation(
                    f"{READING_FIELD}.ignored_columns",
                    f"must name column {key!r}: it has one value for each variable, so it does not tell "
                    "rows apart.",
                    "Add it, or remove the column.",
                    code="COLUMN_OF_VARIABLE",
                )
                for key in attributes
            ]
        )


def _check_duplicates(frame: pd.DataFrame, keys: list[str], long: LongColumns) -> None:
    repeated = frame.duplicated([*keys, long.variable], keep=False)
    if not repeated.any():
        return
    groups = frame[repeated].groupby([*keys, long.variable], sort=False, dropna=False)
    named = (
        f"{' / '.join(_shown(part) for part in group)} (rows "
        f"{listing((str(row_number(int(place))) for place in part.index), len(part))})"
        for group, part in groups
    )
    raise InvalidInput(
        [
            problem(
                "DUPLICATE_VALUES",
                f"has more than one value for {counted(len(groups), 'combination')} of "
                f"{', '.join([*keys, long.variable])}: {listing(named, len(groups))}.",
                "Keep one row each; add up the rows of what is to be one.",
            )
        ]
    )


def _shown(part: object) -> str:
    if isinstance(part, pd.Timestamp):
        return part.isoformat().removesuffix("T00:00:00")
    return shorten(part)
