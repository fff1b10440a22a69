"""Summaries of draws."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity over draws: mean, median and a central interval.

    Attributes
    ----------
    mean, median, lower, upper : float
        In the quantity's own unit.
    probability : float
        Mass between `lower` and `upper`.
    """

    mean: float
    median: float
    lower: float
    upper: float
    probability: float


def estimate(draws: NDArray[np.float64], probability: float = 0.9) -> Estimate:
    """Summarise draws of one quantity, shape (S,)."""
    return estimates(draws[:, None], probability)[0]


def estimates(draws: NDArray[np.float64], probability: float = 0.9) -> list[Estimate]:
    """Summarise draws of several quantities.

    Parameters
    ----------
    draws : array, shape (S, N)
        One column per quantity.
    probability : float
        Mass of the central interval.
    """
    tail = (1 - probability) / 2
    # Between two infinite draws there is nothing to interpolate.
    method: Literal["linear", "nearest"] = "linear" if np.isfinite(draws).all() else "nearest"
    lower, median, upper = np.quantile(draws, [tail, 0.5, 1 - tail], axis=0, method=method)
    mean = draws.mean(axis=0)
    return [
        Estimate(float(m), float(mid), float(low), float(high), probability)
        for m, mid, low, high in zip(mean, median, lower, upper, strict=True)
    ]
