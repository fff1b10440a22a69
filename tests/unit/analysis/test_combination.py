"""Several outcomes of the same money, against sums of the outcomes."""

from dataclasses import replace

import numpy as np
import pytest

from mmm_analysis.combination import combine, common_dates, outcomes_of
from mmm_core.errors import FailedPrecondition, InvalidInput
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import Window, window_spend
from mmm_core.response import incremental_outcome, marginal_outcome
from tests.fitted_models import COUNT, random_fitted_model

PAID = slice(0, 3)


def _fits() -> tuple[FittedModel, FittedModel]:
    """Sales and orders of the same media data, with different responses."""
    sales, orders = (random_fitted_model(kpi=kpi, seed=seed) for kpi, seed in ((None, 1), (COUNT, 2)))
    orders = replace(orders, cost=sales.cost, exposure=sales.exposure, exposure_scale=sales.exposure_scale)
    currency = orders.config.kpi.model_copy(update={"currency": "CHF"})
    return sales, replace(orders, config=orders.config.model_copy(update={"kpi": currency}))


def _combined(fits: tuple[FittedModel, ...], values: list[float | None]):
    outcomes = outcomes_of(list(fits), values)
    return combine(outcomes, *common_dates(outcomes), hurdle=1.0, probability=0.9)


def test_means_and_variances_of_independent_outcomes_add_up_and_money_counts_once():
    sales, orders = _fits()
    found = _combined((sales, orders), [None, 12.0])

    window = Window(0, len(sales.dates))
    first, second = (incremental_outcome(fit, window)[:, PAID] for fit in (sales, orders))
    spend = window_spend(sales, window)[PAID]
    assert [row.spend for row in found.channels] == pytest.approx(list(spend))
    assert [row.value.mean for row in found.channels] == pytest.approx(
        list(first.mean(axis=0) + 12 * second.mean(axis=0))
    )
    assert found.total.roi.mean == pytest.approx(
        float((first + 12 * second).sum(axis=1).mean() / spend.sum())
    )
    marginal = sum(
        value * marginal_outcome(fit, window, np.ones(1))[0][:, PAID].mean(axis=0)
        for fit, value in ((sales, 1.0), (orders, 12.0))
    )
    assert [row.marginal_roi.mean for row in found.channels] == pytest.approx(list(marginal))
    assert [one.mean for one in found.total.outcomes] == pytest.approx(
        [float(draws.sum(axis=1).mean()) for draws in (first, second)]
    )


def test_the_same_fit_twice_is_as_uncertain_as_two_independent_ones():
    fit = random_fitted_model(draws=2000)
    found = _combined((fit, fit), [1.0, 1.0])

    gained = incremental_outcome(fit, Window(0, len(fit.dates)))[:, 0]
    row = found.channels[0]
    low, high = np.quantile(_sums(gained), [0.05, 0.95])
    assert row.value.upper - row.value.lower == pytest.approx(high - low, rel=0.1)


def _sums(draws: Floats) -> Floats:
    """All sums of two independent draws, thinned."""
    return np.add.outer(draws[::4], draws[1::4]).ravel()


def test_a_channel_of_one_outcome_only_counts_there():
    sales, orders = _fits()
    names = {"search": "other"}
    channels = [
        one.model_copy(update={"name": names.get(one.name, one.name)}) for one in orders.config.channels
    ]
    orders = replace(orders, config=orders.config.model_copy(update={"channels": channels}))
    found = {row.name: row for row in _combined((sales, orders), [None, 12.0]).channels}

    assert list(found) == ["tv", "search", "video", "other"]
    assert found["search"].outcomes[1].mean == 0.0
    assert found["other"].outcomes[0].mean == 0.0


def test_fits_that_disagree_about_the_money_are_refused_by_channel():
    sales, orders = _fits()
    cost = orders.cost.copy()
    cost[3, :, 1] += 500.0
    with pytest.raises(FailedPrecondition) as caught:
        _combined((sales, replace(orders, cost=cost)), [None, 12.0])

    assert [violation.field for violation in caught.value.violations] == ["outcomes.search"]


def test_values_that_are_missing_or_make_no_sense_are_named_together():
    sales, orders = _fits()
    euros = sales.config.kpi.model_copy(update={"currency": "EUR"})
    other = replace(sales, config=sales.config.model_copy(update={"kpi": euros}))
    with pytest.raises(InvalidInput) as caught:
        outcomes_of([sales, orders, other], [-1.0, None, 1.0])

    assert [violation.field for violation in caught.value.violations] == [
        "outcomes[0].value_per_unit",
        "outcomes[1].value_per_unit",
        "outcomes",
    ]


def test_fits_of_different_times_have_nothing_in_common():
    sales, orders = _fits()
    later = replace(orders, dates=orders.dates + np.timedelta64(3650, "D"))
    with pytest.raises(FailedPrecondition):
        common_dates(outcomes_of([sales, later], [None, 1.0]))
