"""Write a configuration as YAML that explains itself.

Every field is preceded by what its model's docstring says about it. The first time a model occurs all its
fields are written, later only those that were set.
"""

import textwrap
from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from mmm_client.cli.model_docs import choices, field_descriptions, nested_models

WIDTH = 100
INDENT = "  "


def commented_yaml(document: BaseModel, heading: str) -> str:
    """Write a model with all its fields.

    Parameters
    ----------
    document : BaseModel
        What is written.
    heading : str
        Comment at the top.
    """
    lines = [*comment(heading, ""), *_Writer().block(document, "")]
    return "\n".join(lines).strip() + "\n"


class _Writer:
    """Remembers what it has explained."""

    def __init__(self) -> None:
        self._models: set[type[BaseModel]] = set()
        self._texts: set[str] = set()

    def block(self, model: BaseModel, indent: str, first_indent: str | None = None) -> Iterator[str]:
        """Lines of a model's fields.

        Parameters
        ----------
        model : BaseModel
            What is written.
        indent : str
            In front of every line.
        first_indent : str, optional
            In front of the comment before the first field; it may carry a list's dash.
        """
        shown = self._shown(model)
        explained = type(model) in self._models
        self._models.add(type(model))
        descriptions = field_descriptions(type(model))
        for name in shown:
            field = type(model).model_fields[name]
            if not explained:
                # Space before each part of the whole keeps long files readable.
                yield from [""] if not indent else []
                yield from self._explanation(descriptions[name], field, first_indent or indent)
            first_indent = None
            yield from self._field(name, field, getattr(model, name), indent)

    def _shown(self, model: BaseModel) -> list[str]:
        """Fields to be written: all the first time; later those set, or the plain ones when none was."""
        fields = list(type(model).model_fields)
        if type(model) not in self._models:
            return fields
        chosen = [name for name in fields if name in model.model_fields_set]
        return chosen or [name for name in fields if not isinstance(getattr(model, name), BaseModel)]

    def _field(self, name: str, field: FieldInfo, value: Any, indent: str) -> Iterator[str]:
        if isinstance(value, BaseModel):
            line = self._on_one_line(value)
            yield f"{indent}{name}: {line}".rstrip()
            yield from self.block(value, indent + INDENT) if not line else []
            self._models.add(type(value))
        elif _is_list_of_mappings(value):
            yield f"{indent}{name}:"
            for item in value:
                yield from self._item(item, indent + INDENT)
        else:
            yield f"{indent}{name}: {inline(value)}"
            if value in (None, ()):
                yield from self._absent(field, indent)

    def _item(self, item: BaseModel, indent: str) -> Iterator[str]:
        """Lines of a list's item."""
        lines = list(self.block(item, indent + INDENT, indent))
        # The dash belongs to the first line that is not a comment.
        place = next(place for place, line in enumerate(lines) if not line.lstrip().startswith("#"))
        lines[place] = f"{indent}- {lines[place].lstrip()}"
        yield from lines

    def _on_one_line(self, value: BaseModel) -> str:
        """A model that is short and has nothing left to explain; else an empty text."""
        dumped = value.model_dump(mode="json", exclude_none=True)
        if not isinstance(dumped, dict):
            return inline(value)
        shown = {name: dumped[name] for name in self._shown(value) if name in dumped}
        if any(isinstance(part, (dict, list)) for part in shown.values()):
            return ""
        documented, fields = field_descriptions(type(value)), type(value).model_fields
        silent = not any(documented[name] or choices(fields[name]) for name in shown)
        return inline(shown) if silent or type(value) in self._models else ""

    def _explanation(self, description: str, field: FieldInfo, indent: str) -> Iterator[str]:
        """What a field is, unless it has been said before, and what it may be."""
        allowed = choices(field)
        parts = [] if description in self._texts else [description]
        self._texts.add(description)
        if any(choice not in description for choice in allowed):
            parts.append(f"One of: {', '.join(allowed)}.")
        yield from comment(" ".join(part for part in parts if part), indent)

    def _absent(self, field: FieldInfo, indent: str) -> Iterator[str]:
        """Comments that show what could stand where there is nothing."""
        for model in nested_models(field.annotation):
            if model in self._models or not field_descriptions(model):
                continue
            self._models.add(model)
            descriptions = field_descriptions(model)
            yield f"{indent}# {'Each has' if field.default == () else 'It has'}:"
            for name, inner in model.model_fields.items():
                shown = f"{name}: {_default(inner)}"
                text = f"{shown}  {descriptions[name]}" if descriptions[name] else shown
                yield from comment(text, indent, begin=INDENT, hang=3 * INDENT)


def _is_list_of_mappings(value: Any) -> bool:
    return isinstance(value, tuple) and any(
        isinstance(item, BaseModel) and isinstance(item.model_dump(), dict) for item in value
    )


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    return "(required)" if value is PydanticUndefined else inline(value)


def inline(value: Any) -> str:
    """Write a value on one line."""
    plain = value
    if isinstance(value, BaseModel):
        plain = value.model_dump(mode="json", exclude_none=True)
    elif isinstance(value, tuple):
        plain = [
            item.model_dump(mode="json", exclude_none=True) if isinstance(item, BaseModel) else item
            for item in value
        ]
    text = yaml.safe_dump(
        plain, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10_000
    ).strip()
    return text.removesuffix("...").strip()


def comment(text: str, indent: str, begin: str = "", hang: str = "") -> Iterator[str]:
    """Lines of a comment; `begin` is in front of its first line, `hang` in front of the others."""
    wrapped = textwrap.wrap(text, WIDTH - len(indent), initial_indent=begin, subsequent_indent=hang)
    yield from (f"{indent}# {line}" for line in wrapped)
