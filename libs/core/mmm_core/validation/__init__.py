"""Validation of a table against a configuration, with every problem in one answer."""

from mmm_core.validation.reasons import FINDING_CODES
from mmm_core.validation.table import validate_table

__all__ = ["FINDING_CODES", "validate_table"]
