"""Lift tests against the data they calibrate."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from mmm_core.config import LiftTest, ModelConfig
from mmm_core.findings import Finding, Severity
from mmm_core.lift import tested_periods
from mmm_core.media import Floats
from mmm_core.model_data import cell_label
from mmm_core.validation.panel import Codes

# A lift known to a hundredth of itself is rather a slip than a measurement.
SUSPICIOUS_PRECISION = 0.01
# Spend changes may be rounded.
SLACK = 1.01


def check_lift_tests(
    config: ModelConfig, dates: pd.Series, numbers: Mapping[str, Floats], cells: Codes, labels: list[str]
) -> Iterator[Finding]:
    """Tests outside the data or of unknown cells, and changes the spend cannot contain."""
    for place, test in enumerate(config.lift_tests):
        path, label = f"lift_tests[{place}]", cell_label(test.cell)
        if label not in labels:
            yield Finding(
                Severity.ERROR,
                "UNKNOWN_CELL",
                f"{path}.cell",
                label,
                f"The data have no cell {label!r}.",
                "Write the labels as the data do, in the order of dimensions.",
            )
            continue
        inside = _rows_of(test, dates, cells == labels.index(label))
        if not inside.any():
            yield Finding(
                Severity.ERROR,
                "LIFT_TEST_OUTSIDE_DATA",
                path,
                f"{test.start} to {test.end}",
                f"The lift test of {test.channel!r} covers no period of the data.",
                "Correct its dates, or remove it.",
            )
            continue
        yield from _check_change(path, config, test, numbers, inside)
        if test.standard_error < SUSPICIOUS_PRECISION * abs(test.lift):
            yield Finding(
                Severity.WARNING,
                "LIFT_TOO_PRECISE",
                f"{path}.standard_error",
                f"{test.standard_error:g}",
                f"The lift of {test.channel!r} is said to be known within "
                f"{test.standard_error / abs(test.lift):.2%}.",
                "Check that the standard error is that of the whole lift, in KPI units.",
            )


def _rows_of(test: LiftTest, dates: pd.Series, of_cell: Codes) -> Codes:
    days = dates.to_numpy().astype("datetime64[D]")
    periods = np.unique(days[~np.isnat(days)])
    covered = periods[tested_periods(test, periods)] if len(periods) else periods
    return of_cell & np.isin(days, covered)


def _check_change(
    path: str, config: ModelConfig, test: LiftTest, numbers: Mapping[str, Floats], inside: Codes
) -> Iterator[Finding]:
    column = next(channel.spend_column for channel in config.channels if channel.name == test.channel)
    if column not in numbers:
        return
    spend = float(np.nansum(numbers[column][inside]))
    if test.spend_change > spend * SLACK:
        yield Finding(
            Severity.ERROR,
            "LIFT_CHANGE_ABOVE_SPEND",
            f"{path}.spend_change",
            f"{test.spend_change:g}",
            f"The data have a spend of {spend:,.0f} in the test's periods, less than the test added.",
            "Give the change that is contained in the data, in the same currency and for the same cell.",
        )
