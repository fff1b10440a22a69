"""Estimates as people read them."""

from mmm.common.v1.common_pb2 import Estimate
from mmm_core.number_text import compact, percent

__all__ = ["compact", "interval", "interval_name", "percent"]


def interval(estimate: Estimate) -> str:
    """Ends of the central interval: ``0.52 – 1.31``."""
    return f"{compact(estimate.lower)} – {compact(estimate.upper)}"


def interval_name(estimate: Estimate) -> str:
    """What an interval is called: ``90 % interval``."""
    return f"{estimate.probability * 100:.0f} % interval"
