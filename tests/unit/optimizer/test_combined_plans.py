"""Plans for several outcomes of the same money, against sums over the outcomes and brute force."""

from dataclasses import replace

import numpy as np
import pytest

from mmm_core.combined_plan import CountedFit, combined_plan_model, valued_fit
from mmm_core.errors import FailedPrecondition
from mmm_core.fitted import FittedModel
from mmm_core.horizon import next_periods, steady
from mmm_core.plan import Split, plan_model
from mmm_optimizer.by_hand import HandMadePlan, evaluate
from mmm_optimizer.modes import optimize
from mmm_optimizer.request import Bound, PlanSettings
from tests.unit.optimizer.random_fits import random_fit

PERIODS = 8


def _counted(
    saturations: tuple[str, str] = ("logistic", "logistic"), draws: tuple[int, int] = (120, 120)
) -> list[CountedFit]:
    """Two outcomes of the same media data with responses of their own."""
    first, second = (
        random_fit(np.random.default_rng(5), saturation=saturation, channels=2, draws=count)
        for saturation, count in zip(saturations, draws, strict=True)
    )
    second = replace(second, cost=first.cost, exposure=first.exposure, exposure_scale=first.exposure_scale)
    coefficient = second.parameters.coefficient[..., ::-1].copy()
    second = replace(second, parameters=replace(second.parameters, coefficient=coefficient))
    return [CountedFit(first, 2.0), CountedFit(second, 5.0)]


def _settings(counted: list[CountedFit], **changes: object) -> tuple[FittedModel, PlanSettings]:
    settings = replace(PlanSettings(PERIODS), counted=tuple(counted), **changes)
    return valued_fit(counted[0], counted[1:]), settings


def _budget(fit: FittedModel) -> float:
    return float(fit.cost[-PERIODS:, :, : fit.paid_count].sum())


def test_the_outcome_is_the_value_of_all_outcomes_and_its_slope_its_derivative() -> None:
    counted = _counted(("hill", "logistic"))
    split = Split(steady(PERIODS, 2))
    horizons = [next_periods(one.fit, PERIODS) for one in counted]
    together = combined_plan_model(counted, horizons, split)
    amounts = np.array([3.0, 1.0]) / 4 * _budget(counted[0].fit)

    apart = [
        plan_model(one.fit, horizon, split).outcome(amounts)
        for one, horizon in zip(counted, horizons, strict=True)
    ]
    means = 2.0 * apart[0].mean(axis=0) + 5.0 * apart[1].mean(axis=0)
    np.testing.assert_allclose(together.outcome(amounts).mean(axis=0), means, rtol=1e-9)
    variances = 4.0 * apart[0].var(axis=0) + 25.0 * apart[1].var(axis=0)
    np.testing.assert_allclose(together.outcome(amounts).var(axis=0), variances, rtol=0.5)
    np.testing.assert_allclose(
        together.outcome_by_period(amounts).sum(axis=1), together.outcome(amounts), rtol=1e-9
    )
    step = 1e-5 * amounts
    rise = together.outcome(amounts + step) - together.outcome(amounts - step)
    np.testing.assert_allclose(together.marginal_outcome(amounts), rise / (2 * step), rtol=1e-5)


@pytest.mark.parametrize(
    "saturations", [("logistic", "logistic"), ("hill", "logistic"), ("logistic", "hill")], ids="-".join
)
def test_the_best_plan_is_that_of_splits_tried_out(saturations: tuple[str, str]) -> None:
    counted = _counted(saturations)
    fit, settings = _settings(counted)
    budget = _budget(fit)

    plan = optimize(fit, settings, budget)

    model = combined_plan_model(
        counted, [next_periods(one.fit, PERIODS) for one in counted], Split(steady(PERIODS, 2))
    )
    tried = [
        model.outcome(budget * np.array([share, 1 - share])).sum(axis=1).mean()
        for share in np.linspace(0, 1, 401)
    ]
    assert plan.outcome.mean >= max(tried) * (1 - 1e-9)
    assert plan.outcome.mean == pytest.approx(max(tried), rel=1e-3)
    assert plan.solution.certificate.upper_bound >= plan.outcome.mean * (1 - 1e-9)
    assert plan.solution.certificate.is_exact == ("hill" not in saturations), "one S-shaped outcome suffices"
    assert plan.roi.mean == pytest.approx(plan.outcome.mean / budget)
    assert plan.cost_per_unit is None


def test_a_plan_made_by_hand_has_the_figures_of_the_best_one() -> None:
    fit, settings = _settings(_counted(draws=(120, 90)), bounds=[Bound("c0", minimum=1.0)])
    best = optimize(fit, settings, _budget(fit))
    rows = [
        HandMadePlan(one.name, [one.spend_per_period] * PERIODS) for one in best.allocations if one.spend > 0
    ]

    again = evaluate(fit, settings, rows)

    assert again.outcome.mean == pytest.approx(best.outcome.mean, rel=1e-9)
    assert again.outcome.lower == pytest.approx(best.outcome.lower, rel=1e-9)


def test_fits_that_do_not_speak_of_the_same_money_are_refused_with_what_differs() -> None:
    first, second = _counted()
    dearer = replace(second.fit, cost=second.fit.cost * 1.1)
    later = replace(second.fit, dates=second.fit.dates + np.timedelta64(7, "D"))
    fewer = random_fit(np.random.default_rng(5), saturation="logistic", channels=1)

    with pytest.raises(FailedPrecondition) as caught:
        valued_fit(first, [CountedFit(other, 1.0) for other in (dearer, later, fewer)])

    assert [violation.code for violation in caught.value.violations] == [
        "SPEND_DIFFERS",
        "ENDS_DIFFER",
        "CHANNELS_DIFFER",
    ]
