"""What it would be worth to know a channel, against brute force."""

from dataclasses import replace

import numpy as np
import pytest

from mmm_core.fitted import FittedModel
from mmm_core.horizon import next_periods, periods_per_year, reference_spend, steady
from mmm_core.information import value_of_information
from mmm_core.media import Floats, ResponseParameters, shape_of
from mmm_core.plan import Split, plan_model
from tests.fitted_models import random_fitted_model
from tests.unit.optimizer.random_fits import config_of, fit_of

DRAWS = 60


def _fit(widths: Floats) -> FittedModel:
    """Two channels of the same spend whose effects vary by so much, and an owned medium."""
    rng, config = np.random.default_rng(3), config_of(2)
    cost = np.tile([100.0, 100.0, 0.0], (80, 1)) * rng.uniform(0.6, 1.4, (80, 3))
    exposure = cost + np.array([0.0, 0.0, 50.0])
    coefficient = 400 * np.exp(widths * rng.standard_normal((DRAWS, 1, 3)))
    constant = np.ones((DRAWS, 1, 3))
    parameters = ResponseParameters(
        tuple(shape_of(medium) for medium in config.media),
        coefficient,
        retention=0.4 * constant,
        steepness=2.0 * constant,
    )
    return fit_of(config, parameters, exposure, cost)


def _by_brute_force(fit: FittedModel, channel: int) -> float:
    """Mean of the best splits when the channel is known, less the best split when none is."""
    year = periods_per_year(fit)
    spend = reference_spend(fit, year).sum(axis=0)
    plan = plan_model(fit, next_periods(fit, year), Split(steady(year, 2)))
    first = np.linspace(max(0.0, spend.sum() - 2 * spend[1]), min(spend.sum(), 2 * spend[0]), 401)
    outcomes = np.stack([plan.outcome(np.array([own, spend.sum() - own])) for own in first])
    means = outcomes.mean(axis=1)
    known = outcomes[..., channel] + means[:, None, 1 - channel]
    return float(known.max(axis=0).mean() - means.sum(axis=1).max())


def test_the_gain_is_that_of_splits_tried_out() -> None:
    fit = _fit(np.array([0.5, 0.2, 0.2]))
    found = value_of_information(fit)

    assert found.gain == pytest.approx([_by_brute_force(fit, 0), _by_brute_force(fit, 1)], rel=0.02)
    assert found.gain[0] > 2 * found.gain[1] > 0


def test_nothing_is_gained_by_knowing_what_is_known() -> None:
    found = value_of_information(_fit(np.array([0.5, 0.0, 0.0])))

    assert found.gain[1] == 0.0
    assert found.standard_deviation[1] == pytest.approx(0.0, abs=1e-9 * found.standard_deviation[0])
    assert found.variance_share == pytest.approx([1.0, 0.0], abs=1e-9)


def test_channels_that_were_silent_bring_nothing_to_learn() -> None:
    fit = _fit(np.array([0.5, 0.5, 0.0]))
    cost = fit.cost.copy()
    cost[-60:, :, 1] = 0.0
    exposure = fit.exposure.copy()
    exposure[-60:, :, 1] = 0.0

    found = value_of_information(replace(fit, cost=cost, exposure=exposure))

    assert found.gain[1] == 0.0
    cost[-60:] = 0.0
    assert value_of_information(replace(fit, cost=cost)) is None


def test_a_channel_that_was_never_on_air_is_worth_no_experiment() -> None:
    fit = random_fitted_model()
    silent = {name: getattr(fit, name).copy() for name in ("exposure", "cost", "exposure_scale")}
    for values in silent.values():
        values[..., 0] = 0.0
    with np.errstate(invalid="ignore"):
        found = value_of_information(replace(fit, **silent))
    assert found is not None
    assert found.gain[0] == 0
    assert (found.gain[1:] > 0).any()
    assert found.variance_share.sum() == pytest.approx(1.0)
