"""Read a design from YAML, with every problem named at once."""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from pydantic import ValidationError

from mmm_core.config.load import format_path
from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.simulation.design import SimulationDesign


def parse_design_text(text: str) -> SimulationDesign:
    """Parse YAML (of which JSON is a part); what it does not say is as in the default design.

    Raises
    ------
    InvalidInput
        With one violation per problem.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "an unknown place"
        problem = f"is not valid YAML or JSON at {where}."
        raise InvalidInput(
            [Violation("design", problem, "Correct the syntax there.", code="BAD_SYNTAX")]
        ) from error
    return parse_design({} if data is None else data)


def parse_design(data: object) -> SimulationDesign:
    """Validate a plain dictionary; raises `InvalidInput` like `parse_design_text`."""
    if not isinstance(data, Mapping):
        raise InvalidInput(
            [
                Violation(
                    "design",
                    "is not a mapping of fields.",
                    "Begin with a field such as `periods:`.",
                    shorten(data),
                    code="NOT_A_MAPPING",
                )
            ]
        )
    try:
        return SimulationDesign.model_validate(data)
    except ValidationError as error:
        details = error.errors()
        raise InvalidInput(_violation(d) for d in details if not _is_echo(d, details)) from error


def _is_echo(detail: Any, details: Sequence[Any]) -> bool:
    """Whether an error only says that a list is short of items that other errors refuse."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        other["loc"][: len(place)] == place and other is not detail for other in details
    )


def _violation(detail: Any) -> Violation:
    path, kind = format_path(detail["loc"]), str(detail["type"])
    if kind == "extra_forbidden":
        return Violation(
            path, "is not a known field.", _nearest(str(detail["loc"][-1])), code="UNKNOWN_FIELD"
        )
    if kind == "missing":
        return Violation(path, "is required.", "Add it.", code="MISSING_FIELD")
    value = detail["input"]
    shown = shorten(value) if isinstance(value, (str, int, float)) else ""
    return Violation(path or "design", str(detail["msg"]).rstrip(".") + ".", "", shown, code=kind.upper())


def _nearest(name: str) -> str:
    """Advice for an unknown field: the nearest of all a design has."""
    schema = SimulationDesign.model_json_schema()
    parts = [schema, *schema["$defs"].values()]
    known = {field for part in parts for field in part.get("properties", {})}
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return (
        f"Did you mean {near[0]!r}?" if near else "Remove it; `mmm simulate --show-design` shows all fields."
    )
