"""What the docstrings of a configuration's models say about their fields."""

import inspect
import re
import typing
from collections.abc import Iterator
from typing import Any, Literal

import docstring_parser
from docstring_parser import Docstring, DocstringStyle
from pydantic import BaseModel
from pydantic.fields import FieldInfo


def summary(model: type[BaseModel]) -> str:
    """What a model is, without the list of its fields."""
    parsed = _parse(model)
    parts = (parsed.short_description, parsed.long_description)
    return _plain(" ".join(part for part in parts if part))


def field_descriptions(model: type[BaseModel]) -> dict[str, str]:
    """What each field is, inherited ones included.

    A field its model's docstring leaves out is described by what its own model is, if it has one; else by
    an empty text.
    """
    documented: dict[str, str] = {}
    for ancestor in reversed(model.__mro__):
        if issubclass(ancestor, BaseModel) and ancestor.__doc__:
            documented |= dict(_documented_fields(ancestor))
    return {
        name: documented.get(name) or _of_nested(field.annotation)
        for name, field in model.model_fields.items()
    }


def nested_models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Models inside an annotation such as ``Model | None`` or ``tuple[Model, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from nested_models(argument)


def all_models(root: type[BaseModel]) -> list[type[BaseModel]]:
    """A model and all those inside it, each once, outer ones first."""
    found: dict[type[BaseModel], None] = {root: None}
    waiting = [root]
    while waiting:
        for field in waiting.pop(0).model_fields.values():
            new = [model for model in nested_models(field.annotation) if model not in found]
            found |= dict.fromkeys(new)
            waiting += new
    return list(found)


def choices(field: FieldInfo) -> tuple[str, ...]:
    """Texts a field may hold, if they are few."""
    return tuple(_literals(field.annotation))


def _literals(annotation: Any) -> Iterator[str]:
    if typing.get_origin(annotation) is Literal:
        yield from (value for value in typing.get_args(annotation) if isinstance(value, str))
        return
    for argument in typing.get_args(annotation):
        yield from _literals(argument)


def _documented_fields(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    for entry in _parse(model).params:
        for name in entry.arg_name.split(","):
            yield name.strip(), _plain(entry.description or "")


def _of_nested(annotation: Any) -> str:
    for model in nested_models(annotation):
        return summary(model)
    return ""


def _parse(model: type[BaseModel]) -> Docstring:
    return docstring_parser.parse(inspect.cleandoc(model.__doc__ or ""), DocstringStyle.NUMPYDOC)


def _plain(text: str) -> str:
    """One line without the marks of reStructuredText."""
    return re.sub(r"`+", "", " ".join(text.split()))
