"""Documents people write, in YAML or JSON, as models, with every problem named at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from mmm_core.errors import InvalidInput, Violation, shorten

type Location = Sequence[str | int]


def parse_yaml(text: str, name: str) -> object:
    """Parse YAML, of which JSON is a part.

    Raises
    ------
    InvalidInput
        When it is neither; the violation's field is `name`.
    """
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "an unknown place"
        problem = f"is not valid YAML or JSON at {where}."
        raise InvalidInput(
            [Violation(name, problem, "Correct the syntax there.", code="BAD_SYNTAX")]
        ) from error


def validated[T: BaseModel](
    model: type[T], data: object, name: str, *, beginning: str, nearest: Callable[[Location], str]
) -> T:
    """Validate plain data.

    Parameters
    ----------
    model : type
        What it should be.
    data : object
        What was written.
    name : str
        What violations of the whole are about.
    beginning : str
        What such a document begins with, as advice.
    nearest : callable
        Advice for the location of an unknown key.

    Raises
    ------
    InvalidInput
        With one violation per problem.
    """
    if not isinstance(data, Mapping):
        problem = Violation(
            name, "is not a mapping of fields.", beginning, shorten(data), code="NOT_A_MAPPING"
        )
        raise InvalidInput([problem])
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors()
        raise InvalidInput(
            _violation(detail, name, nearest) for detail in details if not _is_echo(detail, details)
        ) from error


def _is_echo(detail: Any, details: Sequence[Any]) -> bool:
    """Whether an error only says that a sequence is short of items that other errors refuse."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        other["loc"][: len(place)] == place and other is not detail for other in details
    )


def _violation(detail: Any, name: str, nearest: Callable[[Location], str]) -> Violation:
    """Turn one Pydantic error into a violation with a path, a value and a fix."""
    location: Location = detail["loc"]
    path, kind = format_path(location), str(detail["type"])
    if kind == "extra_forbidden":
        return Violation(path, "is not a known field.", nearest(location), code="UNKNOWN_FIELD")
    if kind == "missing":
        return Violation(path, "is required.", "Add it.", code="MISSING_FIELD")
    value = detail["input"]
    shown = "" if isinstance(value, (BaseModel, Mapping)) else shorten(value)
    return Violation(path or name, str(detail["msg"]).rstrip(".") + ".", "", shown, code=kind.upper())


def format_path(location: Location) -> str:
    """Write a location as people do: ``channels[0].roi_prior.low``."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path
