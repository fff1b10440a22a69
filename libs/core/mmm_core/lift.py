"""Lift tests: which periods they cover, and what a fit says of them."""

import numpy as np
from numpy.typing import NDArray

from mmm_core.config import LiftTest
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.model_data import Dates
from mmm_core.quantities import Window, window_spend
from mmm_core.response import response
from mmm_core.signals import period_ends


def tested_periods(test: LiftTest, dates: Dates) -> NDArray[np.bool_]:
    """Whether each period has a day of the test, shape (T,)."""
    start, end = np.datetime64(test.start, "D"), np.datetime64(test.end, "D")
    return np.asarray((dates <= end) & (period_ends(dates) > start))


def modelled_lift(fit: FittedModel, test: LiftTest) -> Floats:
    """KPI units the fit ascribes to the test's change of spend, with its carryover, shape (S,).

    Expected KPI with the observed spend less that with the spend there would have been without the test,
    in the test's cell. NaN where nothing was spent in the test's periods: then there is no observed exposure
    to scale down, and no exposure per money.
    """
    periods = np.flatnonzero(tested_periods(test, fit.dates))
    window = Window(int(periods[0]), int(periods[-1]) + 1)
    cell = fit.select_cells(np.array([fit.cells.index(test.cell)]))
    place = fit.media_names.index(test.channel)
    spend = float(window_spend(cell, window)[place])
    if spend <= 0:
        return np.full(len(fit.effect), np.nan)
    without = max(0.0, 1 - test.spend_change / spend)
    gained = response(cell, window, np.array([1.0, without]))[..., place]
    return np.asarray(gained[0] - gained[1])
