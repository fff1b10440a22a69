"""The configuration's JSON Schema, for editors that complete and check while one types."""

from typing import Any

from pydantic import BaseModel

from mmm_client.cli.model_docs import all_models, field_descriptions, summary
from mmm_core.config import ModelConfig

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def config_schema() -> dict[str, Any]:
    """Return the schema of configuration files, with the models' docstrings as descriptions."""
    schema = ModelConfig.model_json_schema()
    parts: dict[str, dict[str, Any]] = schema["$defs"] | {ModelConfig.__name__: schema}
    for model in all_models(ModelConfig):
        _describe(parts[model.__name__], model)
    return {"$schema": DIALECT, **schema}


def _describe(part: dict[str, Any], model: type[BaseModel]) -> None:
    part["description"] = summary(model)
    for name, description in field_descriptions(model).items():
        if description:
            part["properties"][name]["description"] = description
