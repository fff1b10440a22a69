"""Which periods are withheld."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from mmm_core.errors import InvalidInput
from mmm_core.holdout import last_periods, periods_of, time_slices, training_rows
from mmm_core.records import HoldoutWindow
from tests.simulation import simulate

WEEKS = (np.datetime64("2024-01-01") + 7 * np.arange(50)).astype("datetime64[D]")


def test_time_slices_end_with_the_data_and_follow_each_other():
    windows = time_slices(WEEKS, 3, 4)

    assert windows[-1] == HoldoutWindow(start=WEEKS[46].astype(date), end=WEEKS[49].astype(date))
    assert [window.start for window in windows] == [WEEKS[place].astype(date) for place in (38, 42, 46)]


@pytest.mark.parametrize(
    ("folds", "horizon", "fields"),
    [
        (1, 4, ["cross_validation.fold_count"]),
        (5, 6, ["cross_validation.horizon_periods"]),
        (0, 0, ["cross_validation.fold_count", "cross_validation.horizon_periods"]),
        (99, 1, ["cross_validation.fold_count", "cross_validation.horizon_periods"]),
    ],
)
def test_half_of_the_data_stay_to_be_fitted(folds, horizon, fields):
    with pytest.raises(InvalidInput) as raised:
        time_slices(WEEKS, folds, horizon)
    assert [problem.field for problem in raised.value.violations] == fields


@pytest.mark.parametrize("count", [-1, 26])
def test_a_holdout_of_most_of_the_data_is_refused(count):
    with pytest.raises(InvalidInput, match="half of the periods"):
        last_periods(WEEKS, count)


def test_a_fit_sees_the_rows_before_the_window_only():
    simulation = simulate(weeks=60)
    table = simulation.table.sample(frac=1, random_state=1)
    window = last_periods(periods_of(simulation.config, table), 5)

    seen = training_rows(simulation.config, table, window)

    assert len(seen) == 55
    assert seen["week"].max() < pd.Timestamp(window.start)
    assert window.end == simulation.table["week"].iloc[-1].date()
    assert training_rows(simulation.config, table, None) is table
