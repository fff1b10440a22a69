"""A first model configuration from the names, types and values of a table's columns."""

from mmm_data.suggest.build import suggest_config
from mmm_data.suggest.choices import Choice, Confidence, Hints, Suggestion, UnusedColumn

__all__ = ["Choice", "Confidence", "Hints", "Suggestion", "UnusedColumn", "suggest_config"]
