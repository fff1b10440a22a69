"""Settings of plans as people write them, in YAML or JSON, with every problem named at once.

Fields are those of the contract's `PlanSettings`. Words of an enum may be short: `mean` for `UTILITY_MEAN`.
"""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from mmm.optimizer.v1.optimizer_pb2 import PlanSettings
from mmm_core.documents import parse_yaml
from mmm_core.errors import InvalidInput, Violation, shorten

# Descriptors have one type in pure Python and another in the library's own implementation.
type Descriptor = Any


def load_plan_settings(file: Path) -> PlanSettings:
    """Read a file; raises `OSError` and `InvalidInput`."""
    return parse_plan_settings(file.read_text(encoding="utf-8"), file.name)


def parse_plan_settings(text: str, name: str) -> PlanSettings:
    """Read a text.

    Parameters
    ----------
    text : str
        YAML, of which JSON is a part.
    name : str
        What problems of the whole are about.

    Raises
    ------
    InvalidInput
        With one violation per problem; unknown fields with the nearest known one.
    """
    data = parse_yaml(text, name)
    settings, reader = PlanSettings(), _Reader(name)
    reader.read(settings, {} if data is None else data, "")
    if reader.problems:
        raise InvalidInput(reader.problems)
    return settings


class _Reader:
    """Fills messages from plain data and notes what it cannot read."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.problems: list[Violation] = []

    def read(self, message: Message, data: object, path: str) -> None:
        """Set the fields of a message; `path` is where it is, with a dot at its end."""
        if not isinstance(data, Mapping):
            place = path.rstrip(".") or self._name
            fix = "Write fields with their values, like 'horizon_periods: 26'."
            self._note(place, "is not a mapping of fields.", fix, shorten(data), "NOT_A_MAPPING")
            return
        fields = message.DESCRIPTOR.fields_by_name
        for key, value in data.items():
            if str(key) not in fields:
                self.problems.append(_unknown(f"{path}{key}", str(key), list(fields)))
            elif value is not None:
                self._read_field(message, str(key), value, f"{path}{key}")

    def _read_field(self, message: Message, key: str, value: object, path: str) -> None:
        field = message.DESCRIPTOR.fields_by_name[key]
        if field.message_type is None:
            try:
                json_format.ParseDict({key: _full_word(field.enum_type, value)}, message)
            except json_format.ParseError:
                self.problems.append(_not_accepted(field, value, path))
        elif not isinstance(value, list):
            fix = "Write a list: one item per line, each after a dash."
            self._note(path, "is not a list.", fix, shorten(value), "NOT_A_LIST")
        else:
            items = getattr(message, key)
            for place, item in enumerate(value):
                self.read(items.add(), item, f"{path}[{place}].")

    def _note(self, field: str, message: str, fix: str, value: str, code: str) -> None:
        self.problems.append(Violation(field, message, fix, value, code=code))


def _full_word(enum: Descriptor | None, value: object) -> object:
    """Name of an enum's value, of which people write the last part."""
    if enum is None or not isinstance(value, str):
        return value
    word = value.strip().upper().replace("-", "_").replace(" ", "_")
    return word if word in enum.values_by_name else f"{_prefix(enum)}{word}"


def _prefix(enum: Descriptor) -> str:
    return str(enum.values[0].name).removesuffix("UNSPECIFIED")


def _unknown(path: str, key: str, known: list[str]) -> Violation:
    near = difflib.get_close_matches(key, known, n=1)
    fix = f"Did you mean {near[0]!r}?" if near else f"Known fields: {', '.join(known)}."
    return Violation(path, "is not a field.", fix, code="UNKNOWN_FIELD")


def _not_accepted(field: Descriptor, value: object, path: str) -> Violation:
    if field.enum_type is None:
        fix = f"Write {_KINDS[field.cpp_type]}{', as a list' if field.is_repeated else ''}."
        return Violation(path, "has a wrong value.", fix, shorten(value), code="WRONG_VALUE")
    words = words_of(field.enum_type)
    near = difflib.get_close_matches(str(value).lower(), words, n=1)
    fix = f"Did you mean {near[0]!r}?" if near else f"Use one of: {', '.join(words)}."
    return Violation(path, "is not known.", fix, shorten(value), code="UNKNOWN_VALUE")


def words_of(enum: Descriptor) -> list[str]:
    """Short words of an enum's values, but for the unspecified one."""
    return [str(value.name).removeprefix(_prefix(enum)).lower() for value in enum.values[1:]]


_KINDS: Mapping[int, str] = {
    FieldDescriptor.CPPTYPE_INT32: "a whole number",
    FieldDescriptor.CPPTYPE_DOUBLE: "a number",
    FieldDescriptor.CPPTYPE_BOOL: "true or false",
    FieldDescriptor.CPPTYPE_STRING: "a text",
}
