"""Summaries of draws."""

from dataclasses import dataclass

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
    levels = [tail, 0.5, 1 - tail]
    # Each quantity's draws side by side, and sorted: several times as fast as the selection `quantile` makes.
    ordered = np.sort(np.ascontiguousarray(draws.T), axis=1)
    infinite = np.isinf(ordered[:, [0, -1]]).any(axis=1)
    quantiles = np.empty((3, len(ordered)))
    if not infinite.all():
        quantiles[:, ~infinite] = np.quantile(ordered[~infinite], levels, axis=1)
    if infinite.any():
        # Between two infinite draws there is nothing to interpolate.
        quantiles[:, infinite] = np.quantile(ordered[infinite], levels, axis=1, method="nearest")
    lower, median, upper = quantiles
    mean = draws.mean(axis=0)
    return [
        Estimate(float(m), float(mid), float(low), float(high), probability)
        for m, mid, low, high in zip(mean, median, lower, upper, strict=True)
    ]
