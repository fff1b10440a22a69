"""A configuration as a flat table of paths and values."""

import json
from collections.abc import Iterator, Mapping

from mmm_core.config import ModelConfig


def flat_settings(config: ModelConfig) -> dict[str, str]:
    """JSON of every value that is set, by its path, for example ``channels.tv.adstock.max_lag``."""
    return dict(_flattened("", config.model_dump(mode="json")))


def _flattened(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Paths of single values, with the entries of a list by their names where they have any."""
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _flattened(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        for place, inner in enumerate(value):
            yield from _flattened(f"{path}.{inner.get('name', place)}", inner)
    elif value not in (None, []):
        yield path, json.dumps(value, ensure_ascii=False)
