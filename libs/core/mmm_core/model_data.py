"""A table seen through a configuration: the arrays a model is made of.

Axes: periods ``T``, panel cells ``G`` (1 without a panel), media ``C`` (paid, then owned). Units: KPI and
cost in their own units per period, exposure in the column's own unit. Scales are what the model divides by:
the largest observed value, per cell, of the KPI and of each medium's exposure.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from mmm_core.column_values import read_days, read_labels
from mmm_core.config import Adstock, ModelConfig
from mmm_core.media import Floats

type Dates = NDArray[np.datetime64]
type Cell = tuple[str, ...]

NO_CARRYOVER = Adstock(family="none")


class ComponentKind(StrEnum):
    """What a component of the expected KPI is."""

    BASELINE = "baseline"
    PAID = "paid"
    OWNED = "owned"
    COMPETITOR = "competitor"
    CONTROL = "control"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Signal:
    """A variable that enters linearly: competitor, control or event.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    kind : ComponentKind
        Competitor, control or event.
    sign : {"free", "positive", "negative"}
        Direction of the effect.
    own_values : array, shape (T, G)
        The variable in its own unit; events are 0 or 1, holidays counted.
    effect_scale : float
        Prior scale of the effect of one unit of `values`, as a share of the average KPI.
    adstock : Adstock
        Carryover; the family ``none`` where there is none.
    centre, scale : float
        In the column's own unit: competitors are divided by their standard deviation (so that no activity
        means no effect), controls standardised, events left as they are.
    """

    name: str
    label: str
    kind: ComponentKind
    sign: Literal["free", "positive", "negative"]
    own_values: Floats
    effect_scale: float
    adstock: Adstock = NO_CARRYOVER
    centre: float = 0.0
    scale: float = 1.0

    @property
    def values(self) -> Floats:
        """The variable as the model sees it, shape (T, G)."""
        return (self.own_values - self.centre) / self.scale


@dataclass(frozen=True, slots=True)
class ModelData:
    """Everything a model is built from.

    Attributes
    ----------
    dates : array of datetime64[D], shape (T,)
        First day of each period.
    cells : tuple of tuple of str
        Labels of each panel cell, one per dimension; a single empty one without a panel.
    kpi : array, shape (T, G)
        Observed KPI.
    exposure : array, shape (T, G, C)
        What drives each medium's effect, in the column's own unit.
    cost : array, shape (T, G, C)
        Money spent; 0 for media without a cost.
    signals : tuple of Signal
        Competitors, controls and events.
    unit_value : float or None
        Money one KPI unit is worth: 1 for revenue, None for a count without a value.
    """

    dates: Dates
    cells: tuple[Cell, ...]
    kpi: Floats
    exposure: Floats
    cost: Floats
    signals: tuple[Signal, ...]
    unit_value: float | None

    @property
    def kpi_scale(self) -> Floats:
        """Largest observed KPI per cell, shape (G,)."""
        return np.asarray(self.kpi.max(axis=0))

    @property
    def exposure_scale(self) -> Floats:
        """Largest observed exposure per cell and medium, shape (G, C)."""
        return largest_exposure(self.exposure)


def largest_exposure(exposure: Floats) -> Floats:
    """What exposure of shape (T, G, C) is divided by, shape (G, C); 1 where there never was any."""
    largest = exposure.max(axis=0)
    return np.where(largest > 0, largest, 1.0)


def cell_label(cell: Cell) -> str:
    """How people call a panel cell; empty without a panel."""
    return " / ".join(cell)


class PanelTable:
    """A validated table, sorted into periods and panel cells.

    Parameters
    ----------
    table : DataFrame
        One row per period and cell, in any order.
    config : ModelConfig
        Names the date column and the dimensions.

    Raises
    ------
    ValueError
        When the date column cannot be read, which validation refuses.
    """

    def __init__(self, table: pd.DataFrame, config: ModelConfig) -> None:
        table = table.reset_index(drop=True)
        labels = [read_labels(table[name]) for name in config.dimensions]
        keys = pd.DataFrame(dict(enumerate(labels)), index=table.index)
        days = read_days(table[config.date_column]).days
        if days is None:
            raise ValueError(f"column {config.date_column!r} holds no dates; validate the table first")
        keys["date"] = days
        order = keys.sort_values(["date", *range(len(labels))]).index
        self._table = table.loc[order]
        dates = keys.loc[order, "date"].to_numpy().astype("datetime64[D]")
        self.dates: Dates = np.unique(dates)
        """First day of each period, shape (T,)."""
        cells = len(table) // len(self.dates)
        first = keys.loc[order].iloc[:cells]
        self.cells: tuple[Cell, ...] = tuple(
            tuple(str(row[place]) for place in range(len(labels))) for _, row in first.iterrows()
        )
        """Labels of the panel cells."""

    def numbers(self, column: str | None) -> Floats:
        """A column as numbers, shape (T, G); zeros for None."""
        shape = len(self.dates), len(self.cells)
        if column is None:
            return np.zeros(shape)
        return np.asarray(self._table[column].to_numpy(dtype=np.float64)).reshape(shape)

    def texts(self, column: str) -> NDArray[np.str_]:
        """A column as stripped texts, shape (T, G); empty cells as empty texts."""
        texts = read_labels(self._table[column]).str.strip()
        return texts.to_numpy(dtype=np.str_).reshape(len(self.dates), len(self.cells))


def unit_value(config: ModelConfig, panel: PanelTable) -> float | None:
    """Money one KPI unit is worth on average, weighted by the KPI; None when it is not known."""
    kpi = config.kpi
    if kpi.kind == "revenue":
        return 1.0
    if kpi.value_column is None:
        return kpi.value_per_unit
    units = panel.numbers(kpi.column)
    return float((units * panel.numbers(kpi.value_column)).sum() / units.sum())


def model_data_to_dataset(config: ModelConfig, data: ModelData) -> xr.Dataset:
    """Pack what analysis and optimizer need.

    The dims are ``date``, ``cell``, ``channel``, ``signal_name`` and ``dimension``.
    """
    labels = np.array(data.cells, dtype=np.str_).reshape(len(data.cells), len(config.dimensions))
    signals = np.empty((*data.kpi.shape, len(data.signals)))
    for place, signal in enumerate(data.signals):
        signals[..., place] = signal.values
    return xr.Dataset(
        {
            "signal": (("date", "cell", "signal_name"), signals),
            "kpi": (("date", "cell"), data.kpi),
            "exposure": (("date", "cell", "channel"), data.exposure),
            "cost": (("date", "cell", "channel"), data.cost),
            "cell_labels": (("cell", "dimension"), labels),
        },
        coords={
            "date": data.dates.astype("datetime64[ns]"),
            "channel": [medium.name for medium in config.media],
            "signal_name": [signal.name for signal in data.signals],
            "signal_label": ("signal_name", [signal.label for signal in data.signals]),
            "signal_centre": ("signal_name", [signal.centre for signal in data.signals]),
            "signal_scale": ("signal_name", [signal.scale for signal in data.signals]),
        },
        attrs={} if data.unit_value is None else {"unit_value": data.unit_value},
    )
