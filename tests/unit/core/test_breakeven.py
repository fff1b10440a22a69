"""The spend at which the next unit of money stops paying, against its definition."""

from dataclasses import replace

import numpy as np
import pytest

from mmm_core.breakeven import EXPLORED, FURTHEST, breakeven_multiple, explore
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import Window, whole, window_spend
from mmm_core.response import marginal_outcome, per_money, response, response_curves
from tests.fitted_models import panel_fitted_model, random_fitted_model

FAMILIES = [
    ("geometric", "logistic"),
    ("delayed", "hill"),
    ("weibull_pdf", "root"),
    ("none", "michaelis_menten"),
]
HAS_COST = [0, 1, 2, 4]


def _usual(fit: FittedModel, window: Window) -> Floats:
    """A hurdle that about half of the draws return at what was spent."""
    hurdle = np.ones(len(fit.media_names))
    hurdle[HAS_COST] = np.median(marginal_outcome(fit, window, np.ones(1))[0][:, HAS_COST], axis=0)
    return hurdle


@pytest.mark.parametrize("family", FAMILIES, ids="-".join)
@pytest.mark.parametrize("window", [Window(0, 70), Window(20, 46)], ids=["all", "some"])
def test_at_the_breakeven_the_next_money_returns_the_hurdle_and_beyond_it_less(
    family: tuple[str, str], window: Window
) -> None:
    fit = random_fitted_model(adstock=family[0], saturation=family[1])
    hurdle = _usual(fit, window)
    multiples = breakeven_multiple(fit, explore(fit, window), hurdle)

    inside = np.isfinite(multiples) & (multiples > 0)
    assert inside[:, HAS_COST].mean() > 0.4
    asked = np.where(inside, multiples, 1.0)
    here, above = (
        per_money(fit, window, response_curves(fit, window, factor * asked[None]).slope[0]) / hurdle
        for factor in (1.0, 1.01)
    )
    np.testing.assert_allclose(here[inside], 1.0, rtol=1e-5)
    assert (above[inside] < 1).all()


def test_a_hurdle_no_spend_returns_and_one_that_every_spend_returns() -> None:
    fit = random_fitted_model()
    explored = explore(fit, whole(fit))

    never = breakeven_multiple(fit, explored, np.full(5, 1e9))
    always = breakeven_multiple(fit, explored, np.full(5, 1e-9))

    assert (never[:, HAS_COST] == 0).all()
    assert np.isinf(always[:, HAS_COST]).all()
    assert np.isnan(never[:, 3]).all()


def test_a_curve_that_first_grows_steeper_breaks_even_where_it_has_flattened() -> None:
    fit = random_fitted_model(saturation="hill")
    parameters = fit.parameters
    steep = replace(parameters, slope=np.full_like(parameters.slope, 3.0))
    fit = replace(fit, parameters=steep)
    slopes = marginal_outcome(fit, whole(fit), EXPLORED)[..., HAS_COST]
    hurdle = np.ones(5)
    # Above the slope at a tenth of the spend: the curve crosses the hurdle twice.
    hurdle[HAS_COST] = (slopes[1].max(axis=0) + np.median(slopes.max(axis=0), axis=0)) / 2

    multiples = breakeven_multiple(fit, explore(fit, whole(fit)), hurdle)[:, HAS_COST]

    pays = slopes >= hurdle[HAS_COST]
    last = EXPLORED[len(EXPLORED) - 1 - np.argmax(pays[::-1], axis=0)]
    found = pays.any(axis=0) & (multiples < FURTHEST) & (multiples > 0)
    assert found.any()
    assert (multiples[found] >= last[found]).all()
    # Where the last money returns the hurdle but all of it together never does, no spend breaks even.
    money = hurdle[HAS_COST] * EXPLORED[1:, None, None] * window_spend(fit, whole(fit))[HAS_COST]
    gains = response(fit, whole(fit), EXPLORED[1:])[..., HAS_COST] - money
    never = pays.any(axis=0) & (multiples == 0)
    assert never.any()
    assert (gains.max(axis=0)[never] < 0).all()


def test_a_higher_hurdle_is_never_returned_further() -> None:
    fit = panel_fitted_model()
    explored = explore(fit, whole(fit))
    each = [
        breakeven_multiple(fit, explored, np.full(len(fit.media_names), hurdle)) for hurdle in (0.5, 1, 2)
    ]

    paid = slice(0, fit.paid_count)
    assert (each[0][:, paid] >= each[1][:, paid]).all()
    assert (each[1][:, paid] >= each[2][:, paid]).all()
