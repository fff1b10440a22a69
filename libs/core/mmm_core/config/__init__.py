"""Model configuration: schema, loading from files, and the wire form."""

from mmm_core.config.base import PERIODS_PER_YEAR
from mmm_core.config.baseline import Kpi, Likelihood, MediaOverTime, Pooling, Seasonality, Trend
from mmm_core.config.calibration import LiftTest
from mmm_core.config.load import load_config_file, parse_config, parse_config_text
from mmm_core.config.media import Adstock, Channel, Medium, OwnedMedium, Saturation
from mmm_core.config.priors import MeanSd, PositiveDistribution, PositivePrior
from mmm_core.config.sampler import Sampler, SamplerSettings
from mmm_core.config.schema import SCHEMA_VERSION, ModelConfig
from mmm_core.config.signals import Competitor, Control, Event, EventColumn, Holidays
from mmm_core.config.wire import config_from_proto, config_to_proto

__all__ = [
    "PERIODS_PER_YEAR",
    "SCHEMA_VERSION",
    "Adstock",
    "Channel",
    "Competitor",
    "Control",
    "Event",
    "EventColumn",
    "Holidays",
    "Kpi",
    "LiftTest",
    "Likelihood",
    "MeanSd",
    "MediaOverTime",
    "Medium",
    "ModelConfig",
    "OwnedMedium",
    "Pooling",
    "PositiveDistribution",
    "PositivePrior",
    "Sampler",
    "SamplerSettings",
    "Saturation",
    "Seasonality",
    "Trend",
    "config_from_proto",
    "config_to_proto",
    "load_config_file",
    "parse_config",
    "parse_config_text",
]
