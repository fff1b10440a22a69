"""Numbers as people read them."""

import math

_UNITS = ((1e9, "bn"), (1e6, "M"), (1e3, "k"))


def compact(value: float) -> str:
    """Three significant digits with a unit: ``1.24M``, ``532k``, ``9.41``."""
    if not math.isfinite(value):
        return "∞" if value > 0 else "–"
    for size, unit in _UNITS:
        # 999 700 rounds to 1.00M, not to 1000k.
        if abs(value) >= size * 0.9995:
            return f"{_three_digits(value / size)}{unit}"
    return _three_digits(value)


def _three_digits(value: float) -> str:
    digits = 2 if abs(value) < 9.995 else 1 if abs(value) < 99.95 else 0
    return f"{value:.{digits}f}"


def percent(fraction: float, *, signed: bool = False) -> str:
    """A fraction as percent: ``12.3 %``."""
    return f"{fraction * 100:{'+' if signed else ''}.1f} %"


def chance(probability: float) -> str:
    """A probability as whole percent; draws are too few to tell it from certainty: ``over 99 %``."""
    if probability > 0.995:
        return "over 99\u00a0%"
    return "under 1\u00a0%" if probability < 0.005 else f"{probability * 100:.0f}\u00a0%"
