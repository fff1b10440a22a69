"""Lift tests of a fit: measured beside modelled."""

from dataclasses import dataclass

import numpy as np

from mmm_core.config import LiftTest
from mmm_core.estimates import Estimate, estimate
from mmm_core.fitted import FittedModel
from mmm_core.lift import modelled_lift


@dataclass(frozen=True, slots=True)
class LiftTestResult:
    """One test.

    Attributes
    ----------
    test : LiftTest
        What was measured.
    label : str
        How people call it.
    modelled : Estimate or None
        KPI units the fit ascribes to it; None when nothing was spent in its periods.
    distance : float or None
        Measured less modelled mean, in standard deviations of the two together.
    """

    test: LiftTest
    label: str
    modelled: Estimate | None
    distance: float | None


def lift_tests(fit: FittedModel, probability: float) -> list[LiftTestResult]:
    """Hold every configured test against the fit."""
    return [_result(fit, test, probability) for test in fit.config.lift_tests]


def _result(fit: FittedModel, test: LiftTest, probability: float) -> LiftTestResult:
    channel = fit.config.channels[fit.media_names.index(test.channel)]
    label = test.display_name or f"{channel.label}, {test.start} to {test.end}"
    draws = modelled_lift(fit, test)
    if not np.isfinite(draws).all():
        return LiftTestResult(test, label, None, None)
    spread = float(np.hypot(test.standard_error, draws.std()))
    return LiftTestResult(
        test, label, estimate(draws, probability), (test.lift - float(draws.mean())) / spread
    )
