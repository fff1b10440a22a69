"""Lift tests as pymc-marketing's calibration takes them.

It compares the measured lift with the saturation curve's difference between two steady levels of exposure
per period, so a test is brought to its average period.
"""

import numpy as np
import pandas as pd
from pymc_extras.prior import Prior
from pymc_marketing.mmm.mmm import MMM

from mmm_core.config import ModelConfig
from mmm_core.lift import tested_periods
from mmm_core.model_data import ModelData
from mmm_fitting.model.parameters import CELL, CHANNEL, DATE


def add_lift_tests(mmm: MMM, config: ModelConfig, data: ModelData) -> None:
    """Condition a built model on the configured lift tests."""
    if config.lift_tests:
        mmm.add_lift_test_measurements(lift_table(config, data), likelihood=Prior("Normal"))


def lift_table(config: ModelConfig, data: ModelData) -> pd.DataFrame:
    """One row per test, exposure in the driver's unit and KPI units, both per period.

    The spend of the data contains the change, so the level before it is the observed one less the change.
    Exposure moves in proportion to spend.
    """
    names = [channel.name for channel in config.channels]
    rows = []
    for test in config.lift_tests:
        cell, channel = data.cells.index(test.cell), names.index(test.channel)
        periods = tested_periods(test, data.dates)
        count = int(periods.sum())
        exposure = float(data.exposure[periods, cell, channel].sum())
        spend = float(data.cost[periods, cell, channel].sum())
        change = test.spend_change * (exposure / spend if spend > 0 else _price(data, cell, channel))
        row = {
            CHANNEL: test.channel,
            "x": max(0.0, exposure - change) / count,
            "delta_x": change / count,
            "delta_y": test.lift / count,
            "sigma": test.standard_error / count,
        }
        if config.dimensions:
            row[CELL] = cell
        if config.media_over_time.kind != "constant":
            row[DATE] = data.dates[np.flatnonzero(periods)[count // 2]].astype("datetime64[ns]")
        rows.append(row)
    return pd.DataFrame(rows)


def _price(data: ModelData, cell: int, channel: int) -> float:
    """Exposure per unit of money over all data, for a test that stopped the spend."""
    return float(data.exposure[:, cell, channel].sum() / data.cost[:, cell, channel].sum())
