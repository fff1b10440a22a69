"""Where the next unit of money stops paying, summarised over draws."""

from dataclasses import dataclass

import numpy as np

from mmm_core.breakeven import FURTHEST
from mmm_core.media import Floats


@dataclass(frozen=True, slots=True)
class Breakeven:
    """Multiple of the window's spend up to which the next unit of money returns the hurdle.

    Attributes
    ----------
    median, lower, upper : float or None
        Of the multiple; None beyond the furthest one that was explored.
    spend : float
        Money in the window.
    beyond_probability, never_probability : float
        Share of draws in which the hurdle is returned at the furthest multiple, and nowhere.
    """

    median: float | None
    lower: float | None
    upper: float | None
    spend: float
    beyond_probability: float
    never_probability: float


def breakeven(multiples: Floats, spend: float, probability: float) -> Breakeven:
    """Summarise draws of the multiple, shape (S,), from `mmm_core.breakeven.breakeven_multiple`."""
    tail = (1 - probability) / 2
    # The nearest draw: between a multiple and "beyond" there is nothing to interpolate.
    quantiles = np.quantile(multiples, [0.5, tail, 1 - tail], method="nearest")
    median, lower, upper = (float(value) if value <= FURTHEST else None for value in quantiles)
    return Breakeven(
        median,
        lower,
        upper,
        spend,
        beyond_probability=float(np.isinf(multiples).mean()),
        never_probability=float((multiples == 0).mean()),
    )
