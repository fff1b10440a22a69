"""Where and when: the periods and panel cells of a simulation, and their sizes."""

import itertools
import math
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from mmm_core.media import Floats
from mmm_core.model_data import Cell
from mmm_core.signals import period_ends
from mmm_core.simulation.amounts import stream
from mmm_core.simulation.baseline_design import Panel
from mmm_core.simulation.design import SimulationDesign

# Digits that survive in emitted columns: more than any real source of data has.
SIGNIFICANT_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Layout:
    """Periods and cells.

    Attributes
    ----------
    seed : int
        Of the simulation.
    dates : DatetimeIndex, length T
        First day of each period.
    cells : tuple of tuple of str
        Labels of each cell, one per dimension, in alphabetical order; a single empty one without a panel.
    level : array, shape (G,)
        Average expected KPI per period.
    media_spread, baseline_spread : float
        How cells differ, see `Panel`.
    """

    seed: int
    dates: pd.DatetimeIndex
    cells: tuple[Cell, ...]
    level: Floats
    media_spread: float
    baseline_spread: float

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of periods and cells."""
        return len(self.dates), len(self.cells)

    def random(self, *purpose: str) -> np.random.Generator:
        """Random numbers for one purpose."""
        return stream(self.seed, *purpose)

    def tilt(self, name: str) -> Floats:
        """Return what a medium's effect per money is multiplied by in each cell, shape (G,)."""
        return np.exp(self.media_spread * self.random("tilt", name).standard_normal(len(self.cells)))

    def baseline_tilt(self, name: str) -> Floats:
        """Return what another effect is multiplied by in each cell, shape (G,); never below 0."""
        deviation = self.random("tilt", name).standard_normal(len(self.cells))
        return np.maximum(1 + self.baseline_spread * deviation, 0.0)

    def span(self, at: float, periods: int) -> slice:
        """Periods that begin at a place of the data, between 0 and 1, cut off at its end."""
        start = math.floor(at * len(self.dates))
        return slice(start, min(start + periods, len(self.dates)))

    def days(self, span: slice) -> tuple[date, date]:
        """First and last day of some periods, both inclusive."""
        days = self.dates.to_numpy().astype("datetime64[D]")
        last = period_ends(days)[span][-1] - np.timedelta64(1, "D")
        return days[span][0].astype(date), last.astype(date)


def make_layout(design: SimulationDesign, seed: int) -> Layout:
    """Lay out a design's periods and cells."""
    panel = design.panel
    labels = panel.dimensions.values() if panel else ()
    # The order that `mmm_core.model_data.PanelTable` sorts them in.
    cells = tuple(sorted(itertools.product(*labels)))
    return Layout(
        seed,
        period_dates(design),
        cells,
        design.kpi.level * _sizes(panel, len(cells), seed),
        panel.media_spread if panel else 0.0,
        panel.baseline_spread if panel else 0.0,
    )


def period_dates(design: SimulationDesign) -> pd.DatetimeIndex:
    """First day of each period."""
    if design.frequency == "monthly":
        return pd.date_range(design.start.replace(day=1), periods=design.periods, freq="MS")
    return pd.date_range(
        design.start, periods=design.periods, freq="D" if design.frequency == "daily" else "7D"
    )


def _sizes(panel: Panel | None, cells: int, seed: int) -> Floats:
    """Shares of the cells in the KPI, shape (G,)."""
    if panel is None:
        return np.ones(1)
    sizes = np.exp(panel.size_spread * stream(seed, "cell sizes").standard_normal(cells))
    return np.asarray(sizes / sizes.sum())


def rounded(values: Floats) -> Floats:
    """Round a column to eight digits of its largest value, as a file would have it."""
    largest = np.abs(values).max()
    return np.round(values, SIGNIFICANT_DIGITS - math.ceil(math.log10(largest))) if largest > 0 else values


def drift(rng: np.random.Generator, periods: int) -> Floats:
    """Slow, smooth movement around 0 with standard deviation 1, exactly, shape (T,)."""
    orders = np.arange(1, 5)
    angles = np.pi * np.multiply.outer(np.arange(periods) / periods, orders) + rng.uniform(0, 2 * np.pi, 4)
    series = np.cos(angles) @ (rng.standard_normal(4) / orders)
    return np.asarray((series - series.mean()) / series.std())


def wander(rng: np.random.Generator, shape: tuple[int, int], persistence: float) -> Floats:
    """Series that wander around 0 with standard deviation 1, exactly, shape (T, G).

    Parameters
    ----------
    rng : Generator
        Random numbers.
    shape : tuple of int
        Periods and cells.
    persistence : float
        Correlation with the period before, in expectation.
    """
    steps = rng.standard_normal(shape) * np.sqrt(1 - persistence**2)
    series = np.empty(shape)
    series[0] = rng.standard_normal(shape[1])
    for period in range(1, shape[0]):
        series[period] = persistence * series[period - 1] + steps[period]
    return np.asarray((series - series.mean(axis=0)) / series.std(axis=0))
