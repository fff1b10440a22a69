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
    for competitor in config.competitors:
        values = panel.numbers(competitor.column)
        scale = float(values.std())
        yield Signal(
            competitor.name,
            competitor.label,
            ComponentKind.COMPETITOR,
            "negative",
            values / scale,
            competitor.effect_scale,
            competitor.adstock,
            scale=scale,
        )
    for control in config.controls:
        values = panel.numbers(control.column)
        centre, scale = float(values.mean()), float(values.std())
        yield Signal(
            control.name,
            control.label,
            ComponentKind.CONTROL,
            control.sign,
            (values - centre) / scale,
            control.effect_scale,
            control.adstock or NO_CARRYOVER,
            centre=centre,
            scale=scale,
        )
    for event in config.events:
        inside = _in_every_cell(_periods_of(event, panel.dates), panel)
        yield _event(event.name, event.label, inside, event.effect_scale, event.sign)
    yield from _named_events(config, panel)
    yield from holiday_signals(config, panel)


def _periods_of(event: Event, dates: Dates) -> Floats:
    """1 for each period that has a day of the event, else 0, shape (T,)."""
    start, end = np.datetime64(event.start, "D"), np.datetime64(event.end, "D")
    return ((dates <= end) & (period_ends(dates) > start)).astype(np.float64)


def period_ends(dates: Dates) -> Dates:
    """First day after each period, shape (T,); the last period is as long as the one before."""
    if len(dates) == 1:
        return dates + np.timedelta64(1, "D")
    return np.append(dates[1:], dates[-1] + (dates[-1] - dates[-2]))


def _named_events(config: ModelConfig, panel: PanelTable) -> Iterator[Signal]:
    if config.event_column is None:
        return
    texts = panel.texts(config.event_column.column)
    found = event_texts(texts.ravel(), config.event_column.none_values)
    for place, text in enumerate(found, start=1):
        inside = (texts == text).astype(np.float64)
        yield _event(f"event_{place}", text, inside, config.event_column.effect_scale)


def event_texts(texts: Iterable[str], none_values: tuple[str, ...]) -> list[str]:
    """Distinct texts of an event column that name an event, in order of first appearance."""
    silent = {value.strip().casefold() for value in none_values} | {""}
    return [str(text) for text in dict.fromkeys(texts) if text.casefold() not in silent]


def _event(name: str, label: str, values: Floats, effect_scale: float, sign: Sign = "free") -> Signal:
    return Signal(name, label, ComponentKind.EVENT, sign, values, effect_scale)


def _in_every_cell(values: Floats, panel: PanelTable) -> Floats:
    """Widen values of shape (T,) to (T, G)."""
    return np.repeat(values[:, None], len(panel.cells), axis=1)


def holiday_signals(config: ModelConfig, panel: PanelTable) -> Iterator[Signal]:
    """One signal for each holiday's name, or one for the number of holidays in a period."""
    wanted = config.holidays
    ends = period_ends(panel.dates)
    found = public_holidays(wanted.countries, panel.dates[0], ends[-1])
    if not found:
        return
    if wanted.grouping == "together":
        counts = _in_every_cell(_counts(found, panel.dates, ends), panel)
        yield _event(HOLIDAYS, "Public holidays", counts, wanted.effect_scale)
        return
    for place, name in enumerate(sorted({holiday.name for holiday in found}), start=1):
        of_name = [holiday for holiday in found if holiday.name == name]
        counts = _in_every_cell(_counts(of_name, panel.dates, ends), panel)
        yield _event(f"holiday_{place}", name, counts, wanted.effect_scale)


def _counts(found: list[Holiday], dates: Dates, ends: Dates) -> Floats:
    days = np.array([holiday.day for holiday in found], dtype="datetime64[D]")
    inside = (days >= dates[:, None]) & (days < ends[:, None])
    return np.asarray(inside.sum(axis=1).astype(np.float64))
