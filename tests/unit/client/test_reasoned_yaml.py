"""A suggestion as a file: the same configuration, with its reasons."""

import pytest
import yaml

from mmm.data.v1.data_service_pb2 import SuggestConfigResponse
from mmm.data.v1.suggestion_pb2 import CONFIDENCE_HIGH, CONFIDENCE_LOW, Choice, UnusedColumn
from mmm_client.cli.config_template import example_config
from mmm_client.cli.reasoned_yaml import reasoned_yaml
from mmm_core.config import config_to_proto, parse_config_text

CONFIG = example_config()


def answer(*choices: Choice, unused: str = "note") -> SuggestConfigResponse:
    return SuggestConfigResponse(
        config=config_to_proto(CONFIG),
        choices=choices,
        unused_columns=[UnusedColumn(column=unused, reason="It is a text.")],
    )


def choice(field: str, reason: str, confidence: int = CONFIDENCE_HIGH) -> Choice:
    return Choice(field=field, value="x", reason=reason, confidence=confidence)


@pytest.mark.parametrize(
    "fields",
    [
        (),
        ("frequency",),
        ("channels[0].adstock",),
        ("channels[1].saturation.family", "seasonality", "kpi.kind"),
    ],
)
def test_the_file_holds_the_suggested_configuration(fields):
    text = reasoned_yaml(answer(*(choice(field, f"Because of {field}.") for field in fields)), "Heading")
    assert parse_config_text(text) == CONFIG
    for field in fields:
        assert f"# Because of {field}." in text


def test_a_reason_stands_above_its_field_even_if_that_has_the_default_value():
    text = reasoned_yaml(answer(choice("frequency", "Seven days apart.")), "Heading")
    lines = text.splitlines()
    assert lines[lines.index("# Seven days apart.") + 1] == "frequency: weekly"


def test_guesses_are_marked_and_a_reason_is_given_once():
    text = reasoned_yaml(
        answer(
            choice("channels[0].roi_prior", "A quarter of the KPI.", CONFIDENCE_LOW),
            choice("channels[1].roi_prior", "A quarter of the KPI.", CONFIDENCE_LOW),
        ),
        "Heading",
    )
    assert text.count("# (?) A quarter of the KPI.") == 1
    assert text.count("A quarter") == 1


@pytest.mark.parametrize(
    "name", ["a\nkpi: x", "a\u2028kpi: x", "a\x85kpi: x", "\x00", "a: b # c", "\x1b[31m"]
)
def test_no_name_of_a_column_ends_a_comment(name):
    text = reasoned_yaml(answer(choice("kpi.column", f"Like {name}."), unused=name), name)
    assert parse_config_text(text) == CONFIG
    assert set(yaml.safe_load(text)) <= set(type(CONFIG).model_fields)
