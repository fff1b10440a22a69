"""Read a configuration from YAML, JSON or plain dictionaries, with every problem named at once."""

import difflib
import types
import typing
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from mmm_core.config.schema import ModelConfig
from mmm_core.documents import Location, parse_yaml, validated
from mmm_core.errors import InvalidInput, Violation, shorten


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
    return parse_config(parse_yaml(text, "config"))


def parse_config(data: object) -> ModelConfig:
    """Validate a plain dictionary, of this or an older version of the schema.

    Raises
    ------
    InvalidInput
        With one violation per problem; an unknown key comes with the nearest valid one.
    """
    return validated(
        ModelConfig, data, "config", beginning="Begin with `date_column:` and `kpi:`.", nearest=_nearest_field
    )


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
