"""The table a simulation emits: names of its columns, and their values."""

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mmm_core.errors import InvalidInput, Violation
from mmm_core.media import Floats
from mmm_core.simulation.design import SimulationDesign
from mmm_core.simulation.layout import Layout, rounded, wander
from mmm_core.simulation.media_design import ChannelDesign, MediumDesign
from mmm_core.simulation.media_use import MediumUse

DATE = "date"
VALUE = "order_value"
DEMAND = "demand"
EVENT = "event"
NO_EVENT = "none"
# Standard deviations of the logarithm of competitors' activity and of controls, and their correlation with
# the period before.
COMPETITOR_VARIATION = 0.6
CONTROL_VARIATION = 0.1
SIGNAL_PERSISTENCE = 0.6


def kpi_column(design: SimulationDesign) -> str:
    """Column of the KPI."""
    return "revenue" if design.kpi.kind == "revenue" else "orders"


def cost_column(medium: MediumDesign) -> str | None:
    """Column of the money a medium costs; None without a cost."""
    if isinstance(medium, ChannelDesign):
        return f"{medium.name}_spend"
    return f"{medium.name}_cost" if medium.roi is not None else None


def exposure_column(medium: MediumDesign) -> str | None:
    """Column of what drives a medium's effect, when that is not its spend."""
    if isinstance(medium, ChannelDesign):
        return f"{medium.name}_{medium.exposure.unit}" if medium.exposure else None
    return f"{medium.name}_activity"


def check_columns(design: SimulationDesign) -> None:
    """Refuse names that would give two columns the same name.

    Raises
    ------
    InvalidInput
        With one violation per name.
    """
    doubles = [name for name, count in Counter(_column_names(design)).items() if count > 1]
    if doubles:
        raise InvalidInput(
            Violation(
                "design",
                "gives two columns of the data the same name.",
                "Choose other names for what it belongs to.",
                name,
                code="DUPLICATE_COLUMN_NAME",
            )
            for name in doubles
        )


def _column_names(design: SimulationDesign) -> Iterator[str]:
    yield DATE
    yield kpi_column(design)
    if design.kpi.value_spread:
        yield VALUE
    yield from design.panel.dimensions if design.panel else ()
    for medium in design.media:
        yield from filter(None, (cost_column(medium), exposure_column(medium)))
    yield from (signal.name for signal in (*design.competitors, *design.controls))
    if design.demand:
        yield DEMAND
    if design.event_column and design.events:
        yield EVENT


def make_table(
    design: SimulationDesign, layout: Layout, used: Mapping[str, MediumUse], demand: Floats
) -> pd.DataFrame:
    """Write the columns of everything but the KPI, which is 1 still, each unit worth the average.

    Parameters
    ----------
    design : SimulationDesign
        What is simulated.
    layout : Layout
        Its periods and cells.
    used : mapping of str to MediumUse
        Use of each medium.
    demand : array, shape (T,)
        Demand.

    Returns
    -------
    DataFrame
        One row per period and cell, in that order.
    """
    periods, cells = layout.shape
    columns: dict[str, object] = {DATE: layout.dates.repeat(cells)}
    if design.panel:
        labels = zip(design.panel.dimensions, zip(*layout.cells, strict=True), strict=True)
        columns |= {name: list(values) * periods for name, values in labels}
    columns[kpi_column(design)] = np.ones(periods * cells)
    if design.kpi.value_spread:
        columns[VALUE] = np.full(periods * cells, design.kpi.value_per_unit)
    for name, values in _numbers(design, layout, used, demand):
        columns[name] = values.ravel()
    if design.event_column and design.events:
        columns[EVENT] = np.repeat(_event_texts(design, layout), cells)
    return pd.DataFrame(columns)


def _numbers(
    design: SimulationDesign, layout: Layout, used: Mapping[str, MediumUse], demand: Floats
) -> Iterator[tuple[str, Floats]]:
    """Every column of numbers but the KPI's, shape (T, G)."""
    for medium in design.media:
        use, cost, exposure = used[medium.name], cost_column(medium), exposure_column(medium)
        if cost is not None and use.cost is not None:
            yield cost, use.cost
        if exposure is not None:
            yield exposure, use.driver
    for rival in design.competitors:
        yield rival.name, _index(rival.name, layout, COMPETITOR_VARIATION)
    for control in design.controls:
        yield control.name, _index(control.name, layout, CONTROL_VARIATION)
    if design.demand and design.demand.observed:
        yield DEMAND, rounded(np.repeat(demand[:, None], layout.shape[1], axis=1))


def _event_texts(design: SimulationDesign, layout: Layout) -> NDArray[np.object_]:
    """What happens in each period, shape (T,); empty texts where nothing does."""
    texts = np.full(layout.shape[0], NO_EVENT, dtype=object)
    for event in design.events:
        texts[layout.span(event.at, event.periods)] = event.label
    return texts


def _index(name: str, layout: Layout, variation: float) -> Floats:
    """Index around 100 that wanders in all cells together and in each by itself, shape (T, G)."""
    common = wander(layout.random("signal", name), (layout.shape[0], 1), SIGNAL_PERSISTENCE)
    own = wander(layout.random("signal in cells", name), layout.shape, SIGNAL_PERSISTENCE)
    return rounded(100 * np.exp(variation * (common + own) / np.sqrt(2)))


def make_demand(design: SimulationDesign, layout: Layout) -> Floats:
    """Demand with mean 0 and standard deviation 1, shape (T,); zeros without."""
    if design.demand is None:
        return np.zeros(layout.shape[0])
    return wander(layout.random(DEMAND), (layout.shape[0], 1), design.demand.persistence)[:, 0]
