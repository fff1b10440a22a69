"""The configuration on the wire and the one inside are the same."""

import types
import typing

import pytest
from pydantic import BaseModel

from mmm.common.v1 import model_config_pb2
from mmm_core.config import ModelConfig, config_from_proto, config_to_proto
from tests.simulation import simulation_config


def nested_model(annotation):
    """The model inside ``Model``, ``Model | None`` or ``tuple[Model, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in (tuple, types.UnionType, typing.Union):
        return next((found for a in typing.get_args(annotation) if (found := nested_model(a))), None)
    return None


def literals(annotation) -> set[str]:
    """The words of a Literal."""
    if typing.get_origin(annotation) is typing.Literal:
        return {value for value in typing.get_args(annotation) if isinstance(value, str)}
    return {word for inner in typing.get_args(annotation) for word in literals(inner)}


def pairs(model, message):
    """Every model with its message, from the top down."""
    yield model, message
    for name, field in model.model_fields.items():
        inner = nested_model(field.annotation)
        if inner is not None:
            yield from pairs(inner, message.fields_by_name[name].message_type)


ALL_PAIRS = {
    model.__name__: (model, message)
    for model, message in pairs(ModelConfig, model_config_pb2.ModelConfig.DESCRIPTOR)
}


@pytest.mark.parametrize("name", sorted(ALL_PAIRS))
def test_both_sides_have_the_same_fields(name):
    model, message = ALL_PAIRS[name]

    assert set(model.model_fields) == set(message.fields_by_name)


@pytest.mark.parametrize("name", sorted(ALL_PAIRS))
def test_both_sides_have_the_same_words(name):
    model, message = ALL_PAIRS[name]
    for field_name, field in model.model_fields.items():
        enum = message.fields_by_name[field_name].enum_type
        if enum is None:
            continue
        first = enum.values[0].name
        prefix = first.removesuffix("UNSPECIFIED")
        words = {value.name.removeprefix(prefix).lower() for value in enum.values[1:]}
        assert words == literals(field.annotation), field_name


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {
            "events": [{"name": "launch", "start": "2022-05-02", "end": "2022-05-08"}],
            "event_column": {"column": "event", "none_values": ["-"], "effect_scale": 0.4},
            "trend": {"kind": "none"},
            "sampler": {"preset": "final", "target_accept": 0.95, "seed": 7},
        },
    ],
)
def test_a_configuration_survives_the_wire(changes):
    config = simulation_config(**changes)

    assert config_from_proto(config_to_proto(config)) == config


def test_unset_fields_take_the_defaults():
    message = model_config_pb2.ModelConfig(date_column="week")
    message.kpi.column = "sales"
    message.kpi.kind = model_config_pb2.KPI_KIND_REVENUE
    channel = message.channels.add(name="tv", spend_column="tv")
    channel.roi_prior.low, channel.roi_prior.mid, channel.roi_prior.high = 0.5, 1, 2

    config = config_from_proto(message)

    assert config.frequency == "weekly"
    assert config.channels[0].adstock.max_lag == 8
    assert config.sampler.resolve().chains == 4
