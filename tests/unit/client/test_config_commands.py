import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from mmm_client.cli.model_docs import all_models, field_descriptions
from mmm_core.config import SCHEMA_VERSION, ModelConfig, load_config_file, parse_config_text

OLD = Path(__file__).parents[1] / "core" / "stored_configs" / "version_1.yaml"


@pytest.fixture
def template(mmm, tmp_path) -> str:
    result = mmm("config", "init", tmp_path / "config.yaml")
    assert result.exit_code == 0, result.output
    return (tmp_path / "config.yaml").read_text()


def plain(text: str) -> object:
    """YAML as JSON has it."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_the_template_is_valid(mmm, tmp_path, template):
    result = mmm("config", "check", tmp_path / "config.yaml")
    assert result.exit_code == 0, result.output
    assert "is valid" in result.output


@pytest.mark.parametrize("model", all_models(ModelConfig), ids=lambda model: model.__name__)
def test_the_template_has_every_field_with_its_explanation(template, model):
    words = " ".join(re.sub(r"\n\s*#?", " ", template).split())
    for name, description in field_descriptions(model).items():
        # Of two ways to state a belief the template shows one.
        if model.__name__ != "PositivePrior":
            assert re.search(rf"\b{name}: ?", template), name
        assert description in words


def test_the_template_shows_every_default(template):
    shown = parse_config_text(template)
    for name, field in ModelConfig.model_fields.items():
        if name in ("trend", "seasonality", "sampler", "pooling", "likelihood", "media_over_time"):
            assert getattr(shown, name) == field.default


def test_a_template_overwrites_nothing_unasked(mmm, tmp_path):
    (tmp_path / "config.yaml").write_text("mine")
    refused = mmm("config", "init", tmp_path / "config.yaml")
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert (tmp_path / "config.yaml").read_text() == "mine"
    assert mmm("config", "init", tmp_path / "config.yaml", "--force").exit_code == 0


def test_editors_find_the_schema_beside_the_template(mmm, tmp_path, template):
    hint = re.match(r"# yaml-language-server: \$schema=(\S+)\n", template)
    assert hint
    assert json.loads((tmp_path / hint[1]).read_text()) == json.loads(mmm("config", "schema").output)


def test_the_schema_accepts_what_the_command_accepts(mmm, template):
    schema = json.loads(mmm("config", "schema").output)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(plain(template))] == []
    wrong = plain(template) | {"frequency": "hourly", "chanels": []}
    assert {error.validator for error in validator.iter_errors(wrong)} == {"enum", "additionalProperties"}


def test_the_schema_explains_fields(mmm):
    schema = json.loads(mmm("config", "schema").output)
    adstock = schema["$defs"]["Adstock"]
    assert adstock["properties"]["max_lag"]["description"] == "Periods after which nothing is left."
    assert "Attributes" not in adstock["description"]
    assert schema["properties"]["kpi"]["description"] == "The outcome to be explained."


def test_every_problem_is_named_with_the_nearest_name(mmm, tmp_path):
    file = tmp_path / "config.yaml"
    file.write_text(
        "date_column: week\n"
        "kpi: {column: sales, kind: revenu}\n"
        "channels:\n"
        "  - {name: TV, spend_colum: tv, roi_prior: {low: 3, mid: 2, high: 1}}\n"
        "sampler: {chains: 99}\n"
    )
    result = mmm("config", "check", file)
    assert result.exit_code == 1
    fields = ("kpi.kind", "channels[0].name", "channels[0].spend_column", "roi_prior", "sampler.chains")
    for words in (*fields, "Did you mean 'spend_column'?", "low < mid < high"):
        assert words in result.output


@pytest.mark.parametrize("text", ["- a list\n", "kpi: [unclosed\n", "\xff", ""])
def test_what_is_no_configuration_is_refused(mmm, tmp_path, text):
    (tmp_path / "config.yaml").write_bytes(text.encode("latin-1"))
    for command in ("check", "migrate"):
        result = mmm("config", command, tmp_path / "config.yaml")
        assert result.exit_code == 1
        assert "Not accepted" in result.output


def test_a_check_says_what_was_migrated(mmm, template, tmp_path):
    result = mmm("config", "check", OLD)
    assert result.exit_code == 0
    assert "older schema" in result.output
    assert f"schema_version: 1 → {SCHEMA_VERSION}" in result.output
    assert "events[0].effect_scale: 0.35 (added)" in result.output
    assert "older schema" not in mmm("config", "check", tmp_path / "config.yaml").output


def test_a_migrated_file_means_the_same(mmm):
    migrated = mmm("config", "migrate", OLD)
    assert migrated.exit_code == 0
    assert yaml.safe_load(migrated.output)["schema_version"] == SCHEMA_VERSION
    assert parse_config_text(migrated.output) == load_config_file(OLD)
