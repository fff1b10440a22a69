"""The built model: exact ROI priors, signs, and agreement with the definitions on arrays."""

import numpy as np
import pymc as pm
import pytest
import xarray as xr
from pytensor.xtensor import as_xtensor

from mmm_core.effects import coefficient_from_effect, effect_prior, effect_reference
from mmm_core.media import ResponseParameters
from mmm_core.model_data import build_model_data
from mmm_fitting.model.build import build_model
from tests.simulation import simulate

DRAWS = 40
HILL_DELAYED = {
    "adstock": {"family": "delayed", "max_lag": 5},
    "saturation": {"family": "hill"},
}


def with_families(families):
    """Channels and owned medium of the simulation with other response families."""
    belief = {"low": 0.5, "mid": 1.0, "high": 2.0}
    video = {"spend_column": "video_spend", "exposure_column": "video_impressions", "roi_prior": belief}
    return {
        "channels": [
            {"name": "tv", "spend_column": "tv_spend", "roi_prior": belief, **families},
            {"name": "video", **video, **families},
        ],
        "owned_media": [{"name": "newsletter", "exposure_column": "mails", **families}],
    }


@pytest.fixture(params=[{}, HILL_DELAYED], ids=["geometric-logistic", "delayed-hill"])
def built(request):
    changes = with_families(request.param) if request.param else {}
    simulation = simulate(weeks=60, **changes)
    data = build_model_data(simulation.config, simulation.table)
    return simulation, data, build_model(simulation.config, data)


def prior_draws(mmm, names):
    """Joint prior draws of several variables, without compiling."""
    variables = [mmm.model[name] for name in names]
    drawn = pm.draw(variables, draws=DRAWS, random_seed=3, mode="FAST_COMPILE")
    dims = mmm.model.named_vars_to_dims
    return {
        name: xr.DataArray(values, dims=("draw", *dims[name]))
        for name, values in zip(names, drawn, strict=True)
    }


def test_the_roi_of_a_prior_draw_is_the_roi_that_was_drawn(built):
    _, data, mmm = built
    drawn = prior_draws(mmm, ["channel_effect", "channel_contribution"])
    contributed = drawn["channel_contribution"].sum("date") * data.kpi_scale
    spend = data.cost[:, :2].sum(axis=0)

    roi = contributed.transpose("draw", "channel").to_numpy()[:, :2] / spend

    np.testing.assert_allclose(roi, drawn["channel_effect"].to_numpy()[:, :2], rtol=1e-9)


def test_an_owned_medium_without_cost_contributes_the_share_that_was_drawn(built):
    _, data, mmm = built
    drawn = prior_draws(mmm, ["channel_effect", "channel_contribution"])
    contributed = drawn["channel_contribution"].sum("date").transpose("draw", "channel") * data.kpi_scale

    share = contributed.to_numpy()[:, 2] / data.kpi.sum()

    np.testing.assert_allclose(share, drawn["channel_effect"].to_numpy()[:, 2], rtol=1e-9)


def test_the_effect_prior_has_the_quantiles_that_were_asked_for(built):
    simulation, _, mmm = built
    beliefs = [effect_prior(simulation.config, medium) for medium in simulation.config.media]
    for quantile, probability in (("low", 0.05), ("mid", 0.5), ("high", 0.95)):
        asked = as_xtensor(np.array([getattr(belief, quantile) for belief in beliefs]), dims=("channel",))
        reached = np.exp(pm.logcdf(mmm.model["channel_effect"], asked).eval(mode="FAST_COMPILE"))
        np.testing.assert_allclose(reached, probability, atol=1e-6)


def test_the_coefficient_of_the_graph_is_the_one_computed_on_arrays(built):
    simulation, data, mmm = built
    names = ["channel_effect", "saturation_beta", "adstock_alpha"]
    hill = simulation.config.channels[0].saturation.family == "hill"
    names += ["saturation_slope", "saturation_kappa", "adstock_theta"] if hill else ["saturation_lam"]
    drawn = {name: values.to_numpy() for name, values in prior_draws(mmm, names).items()}
    shape = ResponseParameters(
        simulation.config.channels[0].adstock.family,
        simulation.config.channels[0].saturation.family,
        simulation.config.channels[0].adstock.max_lag,
        retention=drawn["adstock_alpha"],
        coefficient=np.ones_like(drawn["channel_effect"]),
        peak_lag=drawn.get("adstock_theta"),
        steepness=drawn.get("saturation_lam"),
        half_saturation=drawn.get("saturation_kappa"),
        slope=drawn.get("saturation_slope"),
    )

    coefficient = coefficient_from_effect(
        drawn["channel_effect"],
        effect_reference(simulation.config, data),
        data.exposure / data.exposure_scale,
        shape,
    )

    np.testing.assert_allclose(coefficient / data.kpi_scale, drawn["saturation_beta"], rtol=1e-6)


def test_swapping_the_media_data_leaves_the_coefficient_alone(built):
    _, data, mmm = built
    before = prior_draws(mmm, ["saturation_beta"])["saturation_beta"]
    with mmm.model:
        pm.set_data({"channel_data": data.exposure * 3})
    after = prior_draws(mmm, ["saturation_beta"])["saturation_beta"]

    np.testing.assert_allclose(after, before)


def test_signs_hold_in_every_prior_draw(built):
    _, _, mmm = built
    drawn = prior_draws(mmm, ["competitor_1_contribution", "channel_contribution", "control_1_coefficient"])

    assert (drawn["competitor_1_contribution"] <= 0).all()
    assert (drawn["channel_contribution"] >= 0).all()
    assert (drawn["control_1_coefficient"] >= 0).all()  # a negative control subtracts it


def test_a_cost_per_unit_belief_becomes_units_per_cost():
    belief = {"low": 10, "mid": 20, "high": 40}
    changes = with_families({})
    channels = [
        {key: value for key, value in channel.items() if key != "roi_prior"} | {"cost_per_unit_prior": belief}
        for channel in changes["channels"]
    ]
    simulation = simulate(
        weeks=60, **changes | {"kpi": {"column": "sales", "kind": "count"}, "channels": channels}
    )

    effect = effect_prior(simulation.config, simulation.config.channels[0])

    assert (effect.low, effect.mid, effect.high) == pytest.approx((1 / 40, 1 / 20, 1 / 10))
