"""A configuration to begin with, every field of the schema in it and explained."""

from mmm_client.cli.commented_yaml import commented_yaml
from mmm_core.config import ModelConfig, parse_config

# Names of this command's schema file in a folder, which editors with a YAML language server look for.
SCHEMA_FILE = "mmm-config.schema.json"

_HEADING = (
    "What the columns of a table are, and what is believed before the data are looked at. Change the names "
    "and beliefs, and remove what you do not have: all that is optional shows its default. "
    "Check it with: mmm config check FILE"
)

_ROI = {"low": 0.4, "mid": 1.5, "high": 6.0}

# One of everything, so that every part of the schema is shown. Only what has no default is said here.
_EXAMPLE: dict[str, object] = {
    "date_column": "date",
    "kpi": {"column": "revenue", "kind": "revenue"},
    "channels": [
        {"name": "tv", "display_name": "Television", "spend_column": "tv_spend", "roi_prior": _ROI},
        {
            "name": "video",
            "display_name": "Online video",
            "spend_column": "video_spend",
            "exposure_column": "video_impressions",
            "roi_prior": _ROI,
            "adstock": {"family": "delayed", "max_lag": 6},
            "saturation": {"family": "hill"},
        },
    ],
    "owned_media": [{"name": "newsletter", "exposure_column": "newsletter_mails"}],
    "competitors": [{"name": "rival", "column": "rival_spend"}],
    "controls": [{"name": "price", "column": "price_index", "sign": "negative"}],
    "events": [{"name": "fair", "start": "2024-05-06", "end": "2024-05-12"}],
    "event_column": {"column": "promotion"},
    "holidays": {"countries": ["DE"]},
    "lift_tests": [
        {
            "channel": "tv",
            "start": "2024-09-02",
            "end": "2024-10-13",
            "spend_change": 120_000.0,
            "lift": 190_000.0,
            "standard_error": 60_000.0,
        }
    ],
}


def config_template() -> str:
    """Write the template as YAML, for editors with a line that names the schema's file."""
    return f"# yaml-language-server: $schema={SCHEMA_FILE}\n" + commented_yaml(example_config(), _HEADING)


def example_config() -> ModelConfig:
    """Return a configuration with one of everything."""
    return parse_config(_EXAMPLE)
