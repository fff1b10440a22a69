"""Competitors, controls, events and holidays as variables of a model; and the model's data as a whole."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from mmm_core.config import Event, ModelConfig
from mmm_core.config.signals import Sign
from mmm_core.holiday_calendar import Holiday, public_holidays
from mmm_core.media import Floats
from mmm_core.model_data import (
    NO_CARRYOVER,
    ComponentKind,
    Dates,
    ModelData,
    PanelTable,
    Signal,
    unit_value,
)

HOLIDAYS = "holidays"


def build_model_data(config: ModelConfig, table: pd.DataFrame) -> ModelData:
    """Pick a validated table's columns apart.

    Parameters
    ----------
    config : ModelConfig
        What the columns are.
    table : DataFrame
        A table without validation errors; rows in any order.
    """
    panel = PanelTable(table, config)
    costs = [channel.spend_column for channel in config.channels]
    costs_owned = [owned.cost_column for owned in config.owned_media]
    return ModelData(
        dates=panel.dates,
        cells=panel.cells,
        kpi=panel.numbers(config.kpi.column),
        exposure=np.stack([panel.numbers(medium.driver_column) for medium in config.media], axis=-1),
        cost=np.stack([panel.numbers(column) for column in [*costs, *costs_owned]], axis=-1),
        signals=tuple(_signals(config, panel)),
        unit_value=unit_value(config, panel),
    )


def _signals(config: ModelConfig, panel: PanelTable) -> Iterator[Signal]:
    ends = period_ends(panel.dates)
    for competitor in config.competitors:
        own = own_values(config, panel, competitor.name, competitor.label, ends)
        yield Signal(
            competitor.name,
            competitor.label,
            ComponentKind.COMPETITOR,
            "negative",
            own,
            competitor.effect_scale,
            competitor.adstock,
            scale=float(own.std()),
        )
    for control in config.controls:
        own = own_values(config, panel, control.name, control.label, ends)
        yield Signal(
            control.name,
            control.label,
            ComponentKind.CONTROL,
            control.sign,
            own,
            control.effect_scale,
            control.adstock or NO_CARRYOVER,
            centre=float(own.mean()),
            scale=float(own.std()),
        )
    for name, label, effect_scale, sign in _occasions(config, panel, ends):
        own = own_values(config, panel, name, label, ends)
        yield Signal(name, label, ComponentKind.EVENT, sign, own, effect_scale)


type _Occasion = tuple[str, str, float, Sign]


def _occasions(config: ModelConfig, panel: PanelTable, ends: Dates) -> Iterator[_Occasion]:
    """Name, label, effect scale and sign of events and holidays, of which some are named by the data."""
    for event in config.events:
        yield event.name, event.label, event.effect_scale, event.sign
    if config.event_column is not None:
        texts = panel.texts(config.event_column.column).ravel()
        found = event_texts(texts, config.event_column.none_values)
        for place, text in enumerate(found, start=1):
            yield f"event_{place}", text, config.event_column.effect_scale, "free"
    scale = config.holidays.effect_scale
    holidays = _holidays(config, panel.dates, ends)
    if holidays and config.holidays.grouping == "together":
        yield HOLIDAYS, "Public holidays", scale, "free"
        return
    for place, label in enumerate(sorted({holiday.name for holiday in holidays}), start=1):
        yield f"holiday_{place}", label, scale, "free"


def own_values(config: ModelConfig, panel: PanelTable, name: str, label: str, ends: Dates) -> Floats:
    """Values of a signal in its own unit, in any table of the configuration, shape (T, G).

    Parameters
    ----------
    config : ModelConfig
        Where the signal is configured.
    panel : PanelTable
        The table, of the training data or of other periods.
    name, label : str
        Of the signal; events and holidays that the data or a calendar named are known by their label.
    ends : array of datetime64[D], shape (T,)
        First day after each period.
    """
    columns = {one.name: one.column for one in config.competitors}
    columns |= {one.name: one.column for one in config.controls}
    if name in columns:
        return panel.numbers(columns[name])
    for event in config.events:
        if event.name == name:
            return _in_every_cell(_periods_of(event, panel.dates, ends), panel)
    if config.event_column is not None and name.startswith("event_"):
        return (panel.texts(config.event_column.column) == label).astype(np.float64)
    holidays = _holidays(config, panel.dates, ends)
    wanted = [holiday for holiday in holidays if name == HOLIDAYS or holiday.name == label]
    return _in_every_cell(_counts(wanted, panel.dates, ends), panel)


def _periods_of(event: Event, dates: Dates, ends: Dates) -> Floats:
    """1 for each period that has a day of the event, else 0, shape (T,)."""
    start, end = np.datetime64(event.start, "D"), np.datetime64(event.end, "D")
    return ((dates <= end) & (ends > start)).astype(np.float64)


def period_ends(dates: Dates) -> Dates:
    """First day after each period, shape (T,); the last period is as long as the one before."""
    if len(dates) == 1:
        return dates + np.timedelta64(1, "D")
    return np.append(dates[1:], dates[-1] + (dates[-1] - dates[-2]))


def event_texts(texts: Iterable[str], none_values: tuple[str, ...]) -> list[str]:
    """Distinct texts of an event column that name an event, in order of first appearance."""
    silent = {value.strip().casefold() for value in none_values} | {""}
    return [str(text) for text in dict.fromkeys(texts) if text.casefold() not in silent]


def _in_every_cell(values: Floats, panel: PanelTable) -> Floats:
    """Widen values of shape (T,) to (T, G)."""
    return np.repeat(values[:, None], len(panel.cells), axis=1)


def _holidays(config: ModelConfig, dates: Dates, ends: Dates) -> list[Holiday]:
    return public_holidays(config.holidays.countries, dates[0], ends[-1])


def _counts(found: list[Holiday], dates: Dates, ends: Dates) -> Floats:
    days = np.array([holiday.day for holiday in found], dtype="datetime64[D]")
    inside = (days >= dates[:, None]) & (days < ends[:, None])
    return np.asarray(inside.sum(axis=1).astype(np.float64))
