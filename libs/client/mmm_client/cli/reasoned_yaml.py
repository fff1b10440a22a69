"""Write a suggested configuration as YAML with the reasons as comments."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from mmm.data.v1.data_service_pb2 import SuggestConfigResponse
from mmm.data.v1.suggestion_pb2 import CONFIDENCE_LOW, Choice, UnusedColumn
from mmm_client.cli.commented_yaml import INDENT, comment, inline
from mmm_core.config import config_from_proto

GUESS = "(?) "


def reasoned_yaml(suggestion: SuggestConfigResponse, heading: str) -> str:
    """Write the suggestion: what was chosen and what differs from the defaults, each with its reason.

    Parameters
    ----------
    suggestion : SuggestConfigResponse
        The answer of the data service.
    heading : str
        Comment at the top.
    """
    writer = _Writer({choice.field: choice for choice in suggestion.choices})
    lines = [*comment(_on_one_line(heading), ""), *writer.block(config_from_proto(suggestion.config), "", "")]
    lines += _unused(suggestion.unused_columns)
    return "\n".join(lines) + "\n"


class _Writer:
    """Remembers which reasons it has given."""

    def __init__(self, choices: Mapping[str, Choice]) -> None:
        self._choices = choices
        self._given: set[str] = set()

    def block(self, model: BaseModel, path: str, indent: str) -> Iterator[str]:
        """Lines of a model's fields."""
        for name, value in self._shown(model, path):
            place = f"{path}.{name}" if path else name
            if not indent:
                yield ""
            yield from self._reason(place, indent)
            if isinstance(value, BaseModel) and self._has_parts(value, place):
                yield f"{indent}{name}:"
                yield from self.block(value, place, indent + INDENT)
            elif isinstance(value, tuple) and any(isinstance(item, BaseModel) for item in value):
                yield f"{indent}{name}:"
                for number, item in enumerate(value):
                    yield from self._item(item, f"{place}[{number}]", indent + INDENT)
            else:
                yield f"{indent}{name}: {inline(self._plain(value, place))}"

    def _item(self, item: BaseModel, path: str, indent: str) -> Iterator[str]:
        """Lines of a list's item; the dash belongs to the first, which is a name without a comment."""
        first, *others = self.block(item, path, indent + INDENT)
        yield f"{indent}- {first.lstrip()}"
        yield from others

    def _shown(self, model: BaseModel, path: str) -> Iterator[tuple[str, Any]]:
        """Fields that were chosen, that differ from their defaults, or that stand beside chosen ones."""
        chosen = path in self._choices
        for name, field in type(model).model_fields.items():
            value = getattr(model, name)
            place = f"{path}.{name}" if path else name
            plain = not isinstance(value, (BaseModel, tuple))
            wanted = value != field.default or self._is_chosen(place) or (chosen and plain)
            if value is not None and (wanted or name == "schema_version"):
                yield name, value

    def _is_chosen(self, path: str) -> bool:
        return any(field == path or field.startswith((f"{path}.", f"{path}[")) for field in self._choices)

    def _has_parts(self, model: BaseModel, path: str) -> bool:
        """Whether a model needs more than one line."""
        inner = any(field.startswith(f"{path}.") for field in self._choices)
        return inner or any(isinstance(value, BaseModel) for _, value in self._shown(model, path))

    def _plain(self, value: Any, path: str) -> Any:
        return dict(self._shown(value, path)) if isinstance(value, BaseModel) else value

    def _reason(self, path: str, indent: str) -> Iterator[str]:
        choice = self._choices.get(path)
        if choice is not None and choice.reason not in self._given:
            self._given.add(choice.reason)
            mark = GUESS if choice.confidence == CONFIDENCE_LOW else ""
            yield from comment(mark + _on_one_line(choice.reason), indent)


def _unused(columns: Iterable[UnusedColumn]) -> Iterator[str]:
    listed = list(columns)
    if listed:
        yield from ("", "# Columns that are not used:")
    for unused in listed:
        text = _on_one_line(f"{unused.column}: {unused.reason}")
        yield from comment(text, "", begin=INDENT, hang=2 * INDENT)


def _on_one_line(text: str) -> str:
    """Text without signs that would end a comment, or that YAML refuses; a column's name may hold any."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
