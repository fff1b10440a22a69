"""Effects of signals in their own units: the same numbers as forecasts under changed signals."""

import numpy as np
import pytest

from mmm_analysis.signals import signal_effects
from mmm_core.errors import FailedPrecondition
from mmm_core.forecast import forecast
from mmm_core.future import read_future
from mmm_core.signal_effects import unit_effects
from tests.continued_models import HORIZON, continued, later_table, lingering
from tests.fitted_models import panel_fitted_model, random_fitted_model


def test_one_more_of_a_control_moves_a_forecast_by_its_effect_per_unit():
    fit = continued(random_fitted_model(draws=40))
    more, less = (
        forecast(fit, read_future(fit, later_table(fit, price=price))).expected for price in (31.0, 30.0)
    )

    assert (more - less)[..., 0] == pytest.approx(np.tile(unit_effects(fit)[:, [1]], HORIZON), rel=1e-9)
    assert unit_effects(fit)[0] == pytest.approx([-900 / 2, 300 / 5, 2_000])


def test_one_pulse_of_a_lingering_signal_brings_its_effect_per_unit_within_its_last_lag():
    fit = lingering(continued(random_fitted_model(draws=40)))
    pulse = np.zeros(HORIZON)
    pulse[0] = 1.0
    with_pulse, without = (
        forecast(fit, read_future(fit, later_table(fit, rival=rival))).expected for rival in (pulse, 0.0)
    )

    moved = (with_pulse - without)[..., 0]
    assert moved.sum(axis=1) == pytest.approx(unit_effects(fit)[:, 0], rel=1e-9)
    assert np.count_nonzero(np.abs(moved[0]) > 1e-6) == fit.config.competitors[0].adstock.lags


def test_a_panel_reports_one_cell_on_average():
    fit = continued(panel_fitted_model())
    coefficient = fit.continuation.signals.parameters.coefficient
    coefficient[:, 0] *= 3

    assert unit_effects(fit)[:, 0] == pytest.approx(coefficient[:, :, 0].mean(axis=1) / 2)
    assert unit_effects(fit.select_cells(np.array([0])))[:, 0] == pytest.approx(-900 * 3 / 2)


def test_a_fit_stored_without_coefficients_is_refused():
    with pytest.raises(FailedPrecondition, match="Fit again"):
        unit_effects(random_fitted_model())


def test_a_fit_without_signals_has_no_effects():
    fit = continued(random_fitted_model(), signals=0)

    assert unit_effects(fit).shape == (len(fit.component_draws), 0)
    assert signal_effects(fit, 0.9) == []
