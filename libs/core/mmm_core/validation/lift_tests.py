"""Lift tests against the data they calibrate."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mmm_core.beliefs import frozen
from mmm_core.config import Channel, LiftTest, ModelConfig
from mmm_core.effects import effect_prior
from mmm_core.errors import shorten
from mmm_core.findings import Finding, Severity
from mmm_core.lift import tested_periods
from mmm_core.media import Floats
from mmm_core.model_data import cell_label
from mmm_core.signals import period_ends
from mmm_core.validation.panel import Cells
from mmm_core.validation.wording import quoted

# A lift known to a hundredth of itself is rather a slip than a measurement.
SUSPICIOUS_PRECISION = 0.01
# Spend changes may be rounded.
SLACK = 1.01
# A measured return is implausible when even two standard errors do not bring it into this range of the prior.
PLAUSIBLE = (0.001, 0.999)
STANDARD_ERRORS = 2.0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A test and the rows of its cell and periods.

    Attributes
    ----------
    path : str
        Of the test in the configuration.
    of_cell, rows : array of int
        Positions of the rows of its cell, and of those in its periods.
    """

    path: str
    test: LiftTest
    channel: Channel
    of_cell: NDArray[np.intp]
    rows: NDArray[np.intp]


def check_lift_tests(
    config: ModelConfig, dates: pd.Series, numbers: Mapping[str, Floats], cells: Cells
) -> Iterator[Finding]:
    """Tests outside the data or of unknown cells, changes the spend cannot contain, and odd results."""
    days = dates.to_numpy().astype("datetime64[D]")
    periods = np.unique(days[~np.isnat(days)])
    if not len(periods):
        return
    for place, test in enumerate(config.lift_tests):
        path = f"lift_tests[{place}]"
        if test.cell not in cells.keys:
            yield _unknown_cell(path, test, cells)
            continue
        if np.datetime64(test.start) < periods[0] or np.datetime64(test.end) >= period_ends(periods)[-1]:
            yield _outside(path, test, periods)
            continue
        of_cell = cells.rows[cells.keys.index(test.cell)]
        covered = periods[tested_periods(test, periods)]
        channel = next(channel for channel in config.channels if channel.name == test.channel)
        placed = _Placed(path, test, channel, of_cell, of_cell[np.isin(days[of_cell], covered)])
        yield from _check_change(placed, numbers)
        yield from _check_result(placed, _unit_value(config, numbers))


def _unknown_cell(path: str, test: LiftTest, cells: Cells) -> Finding:
    label = cell_label(test.cell)
    near = difflib.get_close_matches(label, cells.labels, n=1)
    return Finding(
        Severity.ERROR,
        "UNKNOWN_CELL",
        f"{path}.cell",
        shorten(label),
        f"The data have no cell {shorten(label)!r}.",
        f"Did you mean {shorten(near[0])!r}?" if near else f"Cells there are: {quoted(cells.labels)}.",
    )


def _outside(path: str, test: LiftTest, periods: NDArray[np.datetime64]) -> Finding:
    return Finding(
        Severity.ERROR,
        "LIFT_TEST_OUTSIDE_DATA",
        path,
        f"{test.start} to {test.end}",
        f"The lift test of {test.channel!r} is not within the data, which begin with {periods[0]} and whose "
        f"last period begins with {periods[-1]}.",
        "Correct its dates, bring the data of its periods, or remove it.",
    )


def _check_change(placed: _Placed, numbers: Mapping[str, Floats]) -> Iterator[Finding]:
    test, channel = placed.test, placed.channel
    if channel.spend_column not in numbers or channel.driver_column not in numbers:
        return
    spend, exposure = numbers[channel.spend_column], numbers[channel.driver_column]
    with np.errstate(over="ignore"):
        spent = float(np.nansum(spend[placed.rows]))
    idle = spent > 0 and not (exposure[placed.rows] > 0).any()
    if idle or not (spend[placed.of_cell] > 0).any():
        yield Finding(
            Severity.ERROR,
            "LIFT_WITHOUT_ACTIVITY",
            placed.path,
            test.channel,
            f"{channel.label!r} had no exposure in the periods of its lift test."
            if idle
            else f"{channel.label!r} never had spend in the cell of its lift test.",
            "Correct the channel, the cell or the dates of the test, or remove it.",
        )
    elif test.spend_change > spent * SLACK:
        yield Finding(
            Severity.ERROR,
            "LIFT_CHANGE_ABOVE_SPEND",
            f"{placed.path}.spend_change",
            f"{test.spend_change:g}",
            f"The data have a spend of {spent:,.4g} in the test's periods, less than the test added.",
            "Give the change that is contained in the data, in the same currency and for the same cell.",
        )


def _check_result(placed: _Placed, unit_value: float | None) -> Iterator[Finding]:
    test, channel = placed.test, placed.channel
    if test.standard_error < SUSPICIOUS_PRECISION * abs(test.lift):
        yield Finding(
            Severity.WARNING,
            "LIFT_TOO_PRECISE",
            f"{placed.path}.standard_error",
            f"{test.standard_error:g}",
            f"The lift of {test.channel!r} is said to be known within "
            f"{test.standard_error / abs(test.lift):.2%}.",
            "Check that the standard error is that of the whole lift, in KPI units.",
        )
    spread = STANDARD_ERRORS * test.standard_error / abs(test.spend_change)
    gained = test.lift / test.spend_change
    if gained + spread < 0:
        yield Finding(
            Severity.WARNING,
            "LIFT_AGAINST_CHANGE",
            f"{placed.path}.lift",
            f"{test.lift:g}",
            f"The KPI moved against the change of spend on {test.channel!r}: {test.lift:g} KPI units for "
            f"{test.spend_change:g} of money.",
            "Check the signs: a cut has a negative spend_change and, as a rule, a negative lift.",
        )
        return
    low, high = frozen(effect_prior(channel, unit_value)).ppf(PLAUSIBLE)
    if gained - spread > high or gained + spread < low:
        yield Finding(
            Severity.WARNING,
            "LIFT_IMPLAUSIBLE",
            f"{placed.path}.lift",
            f"{test.lift:g}",
            f"{_measured(gained, channel, unit_value)}, beyond all that the prior of {test.channel!r} holds "
            "possible.",
            "Check the units of lift and spend_change, and whether the prior is too narrow.",
        )


def _measured(gained: float, channel: Channel, unit_value: float | None) -> str:
    """Say the measured return in the words of the channel's prior."""
    if channel.roi_prior is not None:
        return f"The test measured an ROI of {gained * (unit_value or 1.0):.3g}"
    cost = f"{1 / gained:.3g}" if gained > 0 else "without end"
    return f"The test measured a cost per KPI unit of {cost}"


def _unit_value(config: ModelConfig, numbers: Mapping[str, Floats]) -> float | None:
    """Money per KPI unit as far as it can be read."""
    kpi = config.kpi
    if kpi.kind == "revenue":
        return 1.0
    if kpi.value_column is None or not {kpi.value_column, kpi.column} <= numbers.keys():
        return kpi.value_per_unit
    units, values = numbers[kpi.column], numbers[kpi.value_column]
    # Whatever cannot be averaged is an error by itself; the test is then held against a value of one.
    with np.errstate(all="ignore"):
        mean = float(np.nansum(units * values) / np.nansum(units))
    return mean if np.isfinite(mean) and mean > 0 else 1.0
