"""A table seen through a configuration: the arrays a model is made of.

Units: KPI and cost in their own units per period, exposure in the column's own unit. Scales are what the
model divides by: the largest observed value for the KPI and for each medium's exposure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from mmm_core.config.schema import Adstock, ModelConfig
from mmm_core.media import Floats


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
    values : array, shape (T,)
        The variable on the scale the model sees: competitors divided by their standard deviation (so that
        no activity means no effect), controls standardised, events 0 or 1.
    effect_scale : float
        Prior scale of the effect of one unit of `values`, as a share of the average KPI.
    adstock : Adstock or None
        Carryover, if any; its family is geometric.
    """

    name: str
    label: str
    kind: ComponentKind
    sign: Literal["free", "positive", "negative"]
    values: Floats
    effect_scale: float
    adstock: Adstock | None = None


@dataclass(frozen=True, slots=True)
class ModelData:
    """Everything a model is built from. `T` periods, `C` media (paid, then owned).

    Attributes
    ----------
    dates : array of datetime64[D], shape (T,)
        First day of each period.
    kpi : array, shape (T,)
        Observed KPI.
    exposure : array, shape (T, C)
        What drives each medium's effect, in the column's own unit.
    cost : array, shape (T, C)
        Money spent; 0 for media without a cost.
    signals : tuple of Signal
        Competitors, controls and events.
    """

    dates: NDArray[np.datetime64]
    kpi: Floats
    exposure: Floats
    cost: Floats
    signals: tuple[Signal, ...]

    @property
    def kpi_scale(self) -> float:
        """Largest observed KPI."""
        return float(self.kpi.max())

    @property
    def exposure_scale(self) -> Floats:
        """Largest observed exposure per medium, shape (C,)."""
        return np.asarray(self.exposure.max(axis=0))


def build_model_data(config: ModelConfig, table: pd.DataFrame) -> ModelData:
    """Pick a validated table's columns apart.

    Parameters
    ----------
    config : ModelConfig
        What the columns are.
    table : DataFrame
        A table without validation errors; rows in any order.
    """
    table = table.sort_values(config.date_column, ignore_index=True)

    def numbers(column: str | None) -> Floats:
        if column is None:
            return np.zeros(len(table))
        return np.asarray(table[column].to_numpy(dtype=np.float64))

    costs = [channel.spend_column for channel in config.channels]
    costs_owned = [owned.cost_column for owned in config.owned_media]
    return ModelData(
        dates=pd.to_datetime(table[config.date_column]).to_numpy().astype("datetime64[D]"),
        kpi=numbers(config.kpi.column),
        exposure=np.column_stack([numbers(medium.driver_column) for medium in config.media]),
        cost=np.column_stack([numbers(column) for column in [*costs, *costs_owned]]),
        signals=tuple(_signals(config, table)),
    )


def _signals(config: ModelConfig, table: pd.DataFrame) -> Iterator[Signal]:
    for competitor in config.competitors:
        values = table[competitor.column].to_numpy(dtype=np.float64)
        yield Signal(
            competitor.name,
            competitor.label,
            ComponentKind.COMPETITOR,
            "negative",
            values / values.std(),
            competitor.effect_scale,
            competitor.adstock,
        )
    for control in config.controls:
        values = table[control.column].to_numpy(dtype=np.float64)
        yield Signal(
            control.name,
            control.label,
            ComponentKind.CONTROL,
            control.sign,
            (values - values.mean()) / values.std(),
            control.effect_scale,
            control.adstock,
        )
    yield from _event_signals(config, table)


def _event_signals(config: ModelConfig, table: pd.DataFrame) -> Iterator[Signal]:
    scale = config.event_column.effect_scale if config.event_column else 0.2
    dates = pd.to_datetime(table[config.date_column])
    step = dates.diff().median()
    for event in config.events:
        # A period belongs to an event when any of its days does.
        inside = (dates <= pd.Timestamp(event.end)) & (dates + step > pd.Timestamp(event.start))
        yield _event(event.name, event.name, inside.to_numpy(), scale)
    if config.event_column is None:
        return
    texts = table[config.event_column.column].astype("string").fillna("").str.strip()
    for place, text in enumerate(event_texts(texts, config.event_column.none_values), start=1):
        yield _event(f"event_{place}", text, (texts == text).to_numpy(), scale)


def event_texts(texts: pd.Series, none_values: tuple[str, ...]) -> list[str]:
    """Distinct texts of an event column that name an event, in order of first appearance."""
    silent = {value.strip().casefold() for value in none_values} | {""}
    return [text for text in texts.unique() if text.casefold() not in silent]


def _event(name: str, label: str, inside: NDArray[np.bool_], effect_scale: float) -> Signal:
    return Signal(name, label, ComponentKind.EVENT, "free", inside.astype(np.float64), effect_scale)


def model_data_to_dataset(config: ModelConfig, data: ModelData) -> xr.Dataset:
    """Pack the arrays analysis and optimizer need; `dims` are ``date`` and ``channel``."""
    return xr.Dataset(
        {
            "kpi": ("date", data.kpi),
            "exposure": (("date", "channel"), data.exposure),
            "cost": (("date", "channel"), data.cost),
        },
        coords={
            "date": data.dates.astype("datetime64[ns]"),
            "channel": [medium.name for medium in config.media],
        },
    )
