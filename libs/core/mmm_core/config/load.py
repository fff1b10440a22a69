"""Read a configuration from YAML, JSON or plain dictionaries, with every problem named at once."""

import difflib
import types
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from mmm_core.config.schema import ModelConfig
from mmm_core.errors import InvalidInput, Violation, shorten

type Location = Sequence[str | int]


def load_config_file(path: Path) -> ModelConfig:
    """Load a YAML or JSON file.

    Raises
    ------
    InvalidInput
        When the file cannot be read, is neither YAML nor JSON, or holds an invalid configuration.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problem = Violation(
            "config",
            "cannot be read as UTF-8 text.",
            "Give the path of a YAML or JSON file.",
            shorten(path),
            code="UNREADABLE",
        )
        raise InvalidInput([problem]) from error
    return parse_config_text(text)


def parse_config_text(text: str) -> ModelConfig:
    """Parse YAML (of which JSON is a part); raises `InvalidInput` like `parse_config`."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "an unknown place"
        problem = Violation(
            "config", f"is not valid YAML or JSON at {where}.", "Correct the syntax there.", code="BAD_SYNTAX"
        )
        raise InvalidInput([problem]) from error
    return parse_config(data)


def parse_config(data: object) -> ModelConfig:
    """Validate a plain dictionary, of this or an older version of the schema.

    Raises
    ------
    InvalidInput
        With one violation per problem; an unknown key comes with the nearest valid one.
    """
    if not isinstance(data, Mapping):
        problem = Violation(
            "config",
            "is not a mapping of fields.",
            "Begin with `date_column:` and `kpi:`.",
            shorten(data),
            code="NOT_A_MAPPING",
        )
        raise InvalidInput([problem])
    try:
        return ModelConfig.model_validate(data)
    except ValidationError as error:
        details = error.errors()
        raise InvalidInput([_violation(d) for d in details if not _is_echo(d, details)]) from error


def _is_echo(detail: Any, details: Sequence[Any]) -> bool:
    """Whether an error only says that a sequence is short of items refused by other errors."""
    place = detail["loc"]
    return detail["type"] == "too_short" and any(
        other["loc"][: len(place)] == place and other is not detail for other in details
    )


def _violation(detail: Any) -> Violation:
    """Turn one Pydantic error into a violation with a path, a value and a fix."""
    location: Location = detail["loc"]
    kind = detail["type"]
    path = format_path(location)
    if kind == "extra_forbidden":
        return Violation(path, "is not a known field.", _nearest_field(location), code="UNKNOWN_FIELD")
    if kind == "missing":
        return Violation(path, "is required.", "Add it.", code="MISSING_FIELD")
    value = detail["input"]
    shown = "" if isinstance(value, (BaseModel, Mapping)) else shorten(value)
    message = str(detail["msg"])
    return Violation(path or "config", message.rstrip(".") + ".", "", shown, code=kind.upper())


def format_path(location: Location) -> str:
    """Write a location as people do: ``channels[0].roi_prior.low``."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _nearest_field(location: Location) -> str:
    """Advice for an unknown key: the nearest valid name, or all of them."""
    model: type[BaseModel] | None = ModelConfig
    for part in location[:-1]:
        if isinstance(part, str) and model is not None:
            model = _nested_model(model.model_fields[part].annotation)
    names = list(model.model_fields) if model else []
    near = difflib.get_close_matches(str(location[-1]), names, n=1, cutoff=0.5)
    return f"Did you mean {near[0]!r}?" if near else f"Valid fields: {', '.join(names)}."


def _nested_model(annotation: Any) -> type[BaseModel] | None:
    """Find the model inside ``Model``, ``Model | None`` or ``tuple[Model, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in (tuple, types.UnionType, typing.Union):
        for argument in typing.get_args(annotation):
            if (found := _nested_model(argument)) is not None:
                return found
    return None
