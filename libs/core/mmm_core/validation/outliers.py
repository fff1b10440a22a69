"""Single values far away from the rest of their column and cell."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from mmm_core.config import ModelConfig
from mmm_core.findings import Finding, Severity
from mmm_core.media import Floats
from mmm_core.validation.panel import Cells
from mmm_core.validation.wording import counted, rows

# Distance from the median in robust standard deviations (1.4826 times the median absolute deviation).
FAR = 8.0
ROBUST_SD = 1.4826
# Spend more than so many times its 95 % quantile, of active periods, is a typing error or a rare burst.
BURST = 5.0
FEWEST_VALUES = 20

type Marks = NDArray[np.bool_]


def check_outliers(config: ModelConfig, numbers: Mapping[str, Floats], cells: Cells) -> Iterator[Finding]:
    """Outliers of the KPI and controls, and of spend, exposure and what competitors do."""
    amounts = [medium.driver_column for medium in config.media]
    amounts += [channel.spend_column for channel in config.channels]
    amounts += [competitor.column for competitor in config.competitors]
    levels = [config.kpi.column, *(control.column for control in config.controls)]
    judges = dict.fromkeys(amounts, _bursts) | dict.fromkeys(levels, _far_from_median)
    for column, judge in judges.items():
        if column in numbers:
            far = _by_cell(numbers[column], cells, judge)
            if far.any():
                yield _finding(column, numbers[column], far)


def _finding(column: str, values: Floats, far: Marks) -> Finding:
    worst = values[far][np.abs(values[far]).argmax()]
    return Finding(
        Severity.WARNING,
        "OUTLIERS",
        column,
        f"{worst:g}",
        f"Column {column!r} has {counted(int(far.sum()), 'value')} far away from the others: {rows(far)}.",
        "Check for typing errors; give true exceptions an event, or use the likelihood student_t.",
    )


def _by_cell(values: Floats, cells: Cells, judge: Callable[[Floats], Marks]) -> Marks:
    marked = np.zeros(len(values), dtype=np.bool_)
    for places in cells.rows:
        inside = places[np.isfinite(values[places])]
        if len(inside) >= FEWEST_VALUES:
            marked[inside] = judge(values[inside])
    return marked


def _far_from_median(values: Floats) -> Marks:
    # Scaled first, so that no value a file may hold overflows.
    scaled = values / (np.abs(values).max() or 1.0)
    distance = np.abs(scaled - np.median(scaled))
    deviation = ROBUST_SD * float(np.median(distance))
    return distance > FAR * deviation if deviation > 0 else np.zeros(len(values), dtype=np.bool_)


def _bursts(values: Floats) -> Marks:
    """Amounts far above the usual ones. They are skewed, so a distance from the median would not do."""
    active = values[values > 0]
    if len(active) < FEWEST_VALUES:
        return np.zeros(len(values), dtype=np.bool_)
    return values / BURST > np.quantile(active, 0.95)
