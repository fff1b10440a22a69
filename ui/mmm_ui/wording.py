"""Numbers as people read them."""

from mmm.common.v1.common_pb2 import Estimate

_STEPS = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))


def short(value: float) -> str:
    """Write a number in three or four characters: 1.23m, 45.6k, 0.12."""
    for size, letter in _STEPS:
        if abs(value) >= size:
            return f"{value / size:.3g}{letter}"
    return f"{value:.3g}"


def interval(value: Estimate) -> str:
    """Write an estimate with its interval."""
    return f"{short(value.median)} ({short(value.lower)} – {short(value.upper)})"


def interval_name(probability: float) -> str:
    """Name an interval: 90 % interval."""
    return f"{probability:.0%} interval"
