"""Single values far away from the rest of their column and cell."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from mmm_core.config import ModelConfig
from mmm_core.findings import Finding, Severity
from mmm_core.media import Floats
from mmm_core.validation.panel import Codes
from mmm_core.validation.wording import counted, rows

# Distance from the median in robust standard deviations (1.4826 times the median absolute deviation).
FAR = 8.0
ROBUST_SD = 1.4826
# Spend more than so many times its 95 % quantile, of active periods, is a typing error or a rare burst.
BURST = 5.0
FEWEST_VALUES = 20


def check_outliers(config: ModelConfig, numbers: Mapping[str, Floats], cells: Codes) -> Iterator[Finding]:
    """Outliers of the KPI and of what drives media."""
    if config.kpi.column in numbers:
        far = _by_cell(numbers[config.kpi.column], cells, _far_from_median)
        if far.any():
            yield _finding(config.kpi.column, numbers[config.kpi.column], far)
    for medium in config.media:
        if medium.driver_column in numbers:
            values = numbers[medium.driver_column]
            bursts = _by_cell(values, cells, _bursts)
            if bursts.any():
                yield _finding(medium.driver_column, values, bursts)


def _finding(column: str, values: Floats, far: NDArray[np.bool_]) -> Finding:
    worst = values[far][np.abs(values[far]).argmax()]
    return Finding(
        Severity.WARNING,
        "OUTLIERS",
        column,
        f"{worst:g}",
        f"Column {column!r} has {counted(int(far.sum()), 'value')} far away from the others: {rows(far)}.",
        "Check for typing errors; give true exceptions an event, or use the likelihood student_t.",
    )


def _by_cell(values: Floats, cells: Codes, judge: Callable[[Floats], NDArray[np.bool_]]) -> NDArray[np.bool_]:
    marked = np.zeros(len(values), dtype=np.bool_)
    for cell in np.unique(cells):
        inside = np.flatnonzero((cells == cell) & np.isfinite(values))
        if len(inside) >= FEWEST_VALUES:
            marked[inside] = judge(values[inside])
    return marked


def _far_from_median(values: Floats) -> NDArray[np.bool_]:
    # Scaled first, so that no value a file may hold overflows.
    scaled = values / (np.abs(values).max() or 1.0)
    distance = np.abs(scaled - np.median(scaled))
    deviation = ROBUST_SD * float(np.median(distance))
    return distance > FAR * deviation if deviation > 0 else np.zeros(len(values), dtype=np.bool_)


def _bursts(values: Floats) -> NDArray[np.bool_]:
    active = values[values > 0]
    if len(active) < FEWEST_VALUES:
        return np.zeros(len(values), dtype=np.bool_)
    return values / BURST > np.quantile(active, 0.95)
