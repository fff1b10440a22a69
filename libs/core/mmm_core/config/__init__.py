"""Model configuration: schema, loading from files, and the wire form."""

from mmm_core.config.load import load_config_file, parse_config, parse_config_text
from mmm_core.config.schema import (
    Adstock,
    Channel,
    Competitor,
    Control,
    Event,
    EventColumn,
    Kpi,
    LowMidHigh,
    MeanSd,
    ModelConfig,
    OwnedMedium,
    Sampler,
    Saturation,
    Seasonality,
    Trend,
)
from mmm_core.config.wire import config_from_proto, config_to_proto

__all__ = [
    "Adstock",
    "Channel",
    "Competitor",
    "Control",
    "Event",
    "EventColumn",
    "Kpi",
    "LowMidHigh",
    "MeanSd",
    "ModelConfig",
    "OwnedMedium",
    "Sampler",
    "Saturation",
    "Seasonality",
    "Trend",
    "config_from_proto",
    "config_to_proto",
    "load_config_file",
    "parse_config",
    "parse_config_text",
]
