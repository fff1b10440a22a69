"""The configuration on the wire: ``mmm.common.v1.ModelConfig`` to and from the Pydantic twin.

Field names are the same on both sides, so the conversion is by name; only enum values differ
(``revenue`` here, ``KPI_KIND_REVENUE`` there).
"""

import re
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from mmm.common.v1 import model_config_pb2
from mmm_core.config.load import parse_config
from mmm_core.config.schema import ModelConfig


def config_to_proto(config: ModelConfig) -> model_config_pb2.ModelConfig:
    """Write a configuration as a message, defaults included."""
    message = model_config_pb2.ModelConfig()
    _fill(message, config.model_dump(mode="json", exclude_none=True))
    return message


def config_from_proto(message: model_config_pb2.ModelConfig) -> ModelConfig:
    """Read and validate a message; raises `InvalidInput` like `parse_config`."""
    return parse_config(_plain(message))


def _fill(message: Message, data: dict[str, Any]) -> None:
    for name, value in data.items():
        field = message.DESCRIPTOR.fields_by_name[name]
        if field.message_type is not None:
            if field.is_repeated:
                for item in value:
                    _fill(getattr(message, name).add(), item)
            else:
                getattr(message, name).SetInParent()
                _fill(getattr(message, name), value)
        elif field.is_repeated:
            getattr(message, name).extend(value)
        elif field.enum_type is not None:
            setattr(message, name, _enum_prefix(field.enum_type.name) + value.upper())
        else:
            setattr(message, name, value)


def _plain(message: Message) -> dict[str, Any]:
    return {field.name: _plain_value(field, value) for field, value in message.ListFields()}


def _plain_value(field: FieldDescriptor, value: Any) -> Any:
    if field.message_type is not None:
        return [_plain(item) for item in value] if field.is_repeated else _plain(value)
    if field.enum_type is not None:
        known = field.enum_type.values_by_number.get(value)
        return known.name.removeprefix(_enum_prefix(field.enum_type.name)).lower() if known else value
    return list(value) if field.is_repeated else value


def _enum_prefix(enum_name: str) -> str:
    """``KpiKind`` → ``KPI_KIND_``: the prefix buf's STANDARD lint asks of every value."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", enum_name).upper() + "_"
