import math
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from mmm_core.config import config_from_proto, config_to_proto
from mmm_core.errors import InvalidInput
from mmm_core.quantities import media_contributions
from mmm_core.signals import build_model_data
from mmm_core.simulation import (
    SimulationDesign,
    expected_by_cell,
    generate,
    media_truth,
    parse_design,
    parse_design_text,
    term_truth,
    truth_report,
)
from mmm_core.validation import validate_table

REGIONS = {"dimensions": {"region": ["north", "south", "west"], "brand": ["a", "b"]}}
DESIGNS = {
    "default": {},
    "panel": {"panel": REGIONS, "demand": {"confounding": 0.4}},
    "daily": {
        "frequency": "daily",
        "periods": 730,
        "seasonality": {"weekly_order": 3},
        "holidays": {"countries": ["DE", "AT"]},
    },
    "monthly": {"frequency": "monthly", "periods": 96, "start": "2016-05-17"},
    "count": {
        "kpi": {"kind": "count", "level": 4000},
        "channels": [
            {"name": "tv", "cost_per_unit": 30},
            {"name": "web", "cost_per_unit": 12, "exposure": {"unit": "clicks", "price": 0.5}},
        ],
    },
    "count with a value": {"kpi": {"kind": "count", "level": 4000, "value_per_unit": 35}},
    "count with values in a column": {
        "kpi": {"kind": "count", "level": 4000, "value_per_unit": 35, "value_spread": 0.2}
    },
    "observed demand": {"demand": {"confounding": 0.6, "observed": True}},
    "owned medium with a cost": {
        "owned_media": [{"name": "magazine", "roi": 2.0, "kpi_share": 0.03, "activity": {"kind": "flighted"}}]
    },
    "carryover everywhere": {
        "competitors": [{"name": "rival", "adstock": {"family": "weibull_cdf"}}],
        "controls": [{"name": "buzz", "adstock": {"family": "delayed"}, "sign": "positive"}],
    },
    "media over time": {"media_over_time": {"variation": 0.5}, "trend": {"wander": 0.1}},
    "event column": {
        "event_column": True,
        "events": [
            {"name": "sale", "display_name": "Big sale", "swing": 0.2, "periods": 2, "at": 0.7},
            {"name": "strike", "swing": -0.3, "at": 0.2},
        ],
    },
    "outliers and lift tests": {
        "noise": {"family": "student_t", "degrees_of_freedom": 3},
        "lift_tests": [{"channel": "tv", "spend_change": -1}, {"channel": "video", "at": 0.3}],
    },
}


def simulated(name: str, seed: int = 5):
    return generate(parse_design(DESIGNS[name]), seed)


def one_channel(**changes: object):
    """Data of a single channel, seen without noise."""
    channel = {"name": "tv", "roi": 2.0, "kpi_share": 0.1, "spend": {"kind": "flighted"}} | changes
    return parse_design({"channels": [channel], "owned_media": [], "noise": {"sd": 1e-6}})


def first_medium(data):
    return media_truth(data.truth)[0]


# What is emitted


@pytest.mark.parametrize("name", DESIGNS)
def test_the_emitted_configuration_fits_the_emitted_data(name):
    data = simulated(name)
    found = validate_table(data.table, data.config)
    assert [finding.message for finding in found if finding.severity == "error"] == []
    assert config_from_proto(config_to_proto(data.config)) == data.config


@pytest.mark.parametrize("name", DESIGNS)
def test_the_same_seed_gives_the_same_bytes(name):
    first, second, other = simulated(name), simulated(name), simulated(name, seed=6)
    assert first.table.to_csv() == second.table.to_csv()
    assert first.config == second.config
    assert truth_report(first) == truth_report(second)
    assert first.table.to_csv() != other.table.to_csv()


def test_a_change_of_one_part_leaves_the_others_as_they_were():
    plain = simulated("default").table
    noisier = generate(parse_design({"noise": {"sd": 0.2}}), 5).table
    assert not plain["revenue"].equals(noisier["revenue"])
    assert plain.drop(columns="revenue").equals(noisier.drop(columns="revenue"))


@pytest.mark.parametrize(
    ("name", "dates"),
    [
        ("default", ["2022-01-03", "2022-01-10"]),
        ("daily", ["2022-01-03", "2022-01-04"]),
        ("monthly", ["2016-05-01", "2016-06-01"]),
    ],
)
def test_periods_follow_each_other(name, dates):
    assert list(simulated(name).table["date"].head(2)) == list(pd.to_datetime(dates))


def test_a_count_is_a_whole_number():
    assert pd.api.types.is_integer_dtype(simulated("count").table["orders"])


def test_values_in_a_column_vary_around_the_value_of_a_unit():
    data = simulated("count with values in a column")
    values, orders = data.table[data.config.kpi.value_column], data.table["orders"]
    assert np.log(values).std() == pytest.approx(0.2, rel=0.2)
    assert (values * orders).sum() / orders.sum() == pytest.approx(35, rel=1e-8)


@pytest.mark.parametrize("name", DESIGNS)
def test_the_truth_is_about_the_emitted_data(name):
    data = simulated(name)
    read = build_model_data(data.config, data.table)
    for wanted in ("dates", "kpi", "exposure", "cost", "exposure_scale"):
        np.testing.assert_array_equal(getattr(data.truth, wanted), getattr(read, wanted))
    assert data.truth.cells == read.cells
    assert data.truth.unit_value == read.unit_value


# The KPI


@pytest.mark.parametrize("name", DESIGNS)
def test_components_add_up_to_the_kpi(name):
    design = parse_design(DESIGNS[name]).model_copy(
        update={"noise": parse_design({"noise": {"sd": 1e-9}}).noise}
    )
    data = generate(design, 5)
    gained = sum(medium.total.incremental_outcome for medium in media_truth(data.truth))
    total = gained + sum(term.contribution for term in term_truth(data.truth))
    kpi = data.table[data.config.kpi.column]
    assert total == pytest.approx(kpi.sum(), rel=1e-3)
    assert kpi.sum() / design.periods == pytest.approx(design.kpi.level, rel=1e-3)
    # Counts are whole numbers.
    np.testing.assert_allclose(data.truth.kpi, expected_by_cell(data.truth), atol=0.6)


@pytest.mark.parametrize("family", ["normal", "student_t"])
def test_noise_is_as_large_as_asked(family):
    data = generate(
        parse_design(
            {"periods": 4000, "trend": {"growth_per_year": []}, "noise": {"family": family, "sd": 0.05}}
        ),
        1,
    )
    noise = data.truth.kpi - expected_by_cell(data.truth)
    assert noise.std() == pytest.approx(50_000, rel=0.1)
    assert data.config.likelihood.family == family
    assert (np.abs(noise) > 5 * noise.std()).any() == (family == "student_t"), "outliers"


@pytest.mark.parametrize(
    ("name", "component", "sign"),
    [("default", "rival", -1), ("default", "fair", 1), ("daily", "holidays", 1)],
)
def test_each_kind_of_component_moves_the_kpi_as_asked(name, component, sign):
    (term,) = (term for term in term_truth(simulated(name).truth) if term.name == component)
    assert term.contribution * sign > 0


def test_a_control_moves_the_kpi_by_its_swing():
    (price,) = (term for term in term_truth(simulated("default").truth) if term.name == "price")
    assert price.swing == pytest.approx(0.04 * 1_000_000, rel=1e-6)


def test_events_of_a_column_move_the_kpi_where_they_are_named():
    data = simulated("event column")
    terms = {term.label: term.draws[0, :, 0] for term in data.truth.components}
    for text, swing, periods in (("Big sale", 200_000, 2), ("strike", -300_000, 1)):
        named = (data.table["event"] == text).to_numpy()
        assert named.sum() == periods
        np.testing.assert_allclose(terms[text], swing * named)
    assert data.config.events == ()


def test_media_that_change_over_time_are_as_good_on_average():
    data = simulated("media over time")
    multiplier = data.truth.multiplier[0]
    assert multiplier.mean() == pytest.approx(1)
    assert np.log(multiplier).std() == pytest.approx(0.5, rel=1e-6)
    assert np.abs(np.diff(multiplier)).max() < 0.1, "slowly"
    assert data.config.media_over_time.kind == data.config.trend.kind == "gaussian_process"


def test_a_trend_grows_by_the_year():
    design = parse_design({"periods": 105, "trend": {"growth_per_year": [0.1, -0.2]}})
    (trend,) = (term for term in generate(design).truth.components if term.name == "trend")
    weeks = 365.25 / 7
    assert trend.draws[0, [0, 52, 104], 0] == pytest.approx(
        [0, 0.1e6 * 52 / weeks, -0.1e6 * 52 / weeks], rel=1e-9, abs=1e-6
    )


# Media

ADSTOCKS = {
    "none": {},
    "geometric": {"retention": 0.6},
    "delayed": {"retention": 0.7, "peak_lag": 2.5},
    "binomial": {"retention": 0.4},
    "weibull_pdf": {"scale": 2.5, "shape": 1.8},
    "weibull_cdf": {"scale": 2.5, "shape": 1.8},
}
SATURATIONS = {
    "none": {},
    "logistic": {"steepness": 3.0},
    "hill": {"half_saturation": 0.4, "slope": 1.7},
    "michaelis_menten": {"half_saturation": 0.3},
    "root": {"exponent": 0.5},
}
MAX_LAG = 5


def weights_by_hand(family: str, p: dict[str, float]) -> list[float]:
    lags = range(1 if family == "none" else MAX_LAG + 1)
    if family == "geometric":
        raw = [p["retention"] ** lag for lag in lags]
    elif family == "delayed":
        raw = [p["retention"] ** ((lag - p["peak_lag"]) ** 2) for lag in lags]
    elif family == "binomial":
        raw = [(1 - lag / (MAX_LAG + 2)) ** (1 / p["retention"] - 1) for lag in lags]
    elif family == "weibull_pdf":
        k, scale = p["shape"], p["scale"]
        density = [k / scale * (t / scale) ** (k - 1) * math.exp(-((t / scale) ** k)) for t in range(1, 7)]
        raw = [(value - min(density)) / (max(density) - min(density)) for value in density]
    elif family == "weibull_cdf":
        left, raw = 1.0, []
        for lag in lags:
            left *= math.exp(-((lag / p["scale"]) ** p["shape"]))
            raw.append(left)
    else:
        raw = [1.0]
    return [value / sum(raw) for value in raw]


def saturated_by_hand(family: str, x: float, p: dict[str, float]) -> float:
    if family == "logistic":
        return (1 - math.exp(-p["steepness"] * x)) / (1 + math.exp(-p["steepness"] * x))
    if family == "hill":
        return x ** p["slope"] / (p["half_saturation"] ** p["slope"] + x ** p["slope"])
    if family == "michaelis_menten":
        return x / (p["half_saturation"] + x)
    return x ** p["exponent"] if family == "root" else x


@pytest.mark.parametrize(("adstock", "saturation"), product(ADSTOCKS, SATURATIONS))
def test_contributions_are_those_of_a_calculation_by_hand(adstock, saturation):
    shape = {
        "adstock": {"family": adstock, "max_lag": MAX_LAG, **ADSTOCKS[adstock]},
        "saturation": {"family": saturation, **SATURATIONS[saturation]},
    }
    data = generate(one_channel(**shape), 3)
    spend = data.table["tv_spend"].to_numpy()
    weights = weights_by_hand(adstock, ADSTOCKS[adstock])
    response = []
    for period in range(len(spend)):
        felt = sum(w * spend[period - lag] for lag, w in enumerate(weights) if lag <= period) / spend.max()
        response.append(saturated_by_hand(saturation, felt, SATURATIONS[saturation]))
    by_hand = 2.0 * spend.sum() * np.array(response) / sum(response)
    np.testing.assert_allclose(media_contributions(data.truth)[0, :, 0], by_hand, rtol=1e-9)
    medium = first_medium(data)
    assert medium.parameters["adstock"] == data.config.channels[0].adstock.family == adstock
    assert medium.parameters["saturation"] == data.config.channels[0].saturation.family == saturation


@pytest.mark.parametrize("name", DESIGNS)
def test_returns_are_those_asked_for(name):
    data = simulated(name)
    for wanted, medium in zip(data.design.media, media_truth(data.truth), strict=True):
        for returned in ("roi", "cost_per_unit"):
            if (asked := getattr(wanted, returned, None)) is not None:
                assert getattr(medium.total, returned) == pytest.approx(asked.low, rel=1e-8)
        # Spend is rounded, so shares are met nearly.
        assert medium.total.kpi_share == pytest.approx(wanted.kpi_share.low, rel=1e-6)


@pytest.mark.parametrize("name", ["default", "panel", "count", "owned medium with a cost", "media over time"])
def test_returns_are_those_of_data_without_the_medium(name):
    data = simulated(name)
    expected = expected_by_cell(data.truth).sum()
    for place, medium in enumerate(media_truth(data.truth)):
        exposure = data.truth.exposure.copy()
        exposure[:, :, place] = 0
        lost = expected - expected_by_cell(replace(data.truth, exposure=exposure)).sum()
        assert medium.total.incremental_outcome == pytest.approx(lost, rel=1e-9)
        if medium.total.spend is not None:
            assert medium.total.cost_per_unit == pytest.approx(medium.total.spend / lost, rel=1e-9)


@pytest.mark.parametrize("name", ["default", "panel", "count", "media over time"])
def test_marginal_returns_are_those_of_a_little_more_spend(name):
    data, step = simulated(name), 1e-5
    for place, medium in enumerate(media_truth(data.truth)):
        if medium.total.spend is None:
            continue
        outcomes = []
        for factor in (1 + step, 1 - step):
            exposure = data.truth.exposure.copy()
            exposure[:, :, place] *= factor
            outcomes.append(expected_by_cell(replace(data.truth, exposure=exposure)).sum())
        per_money = (outcomes[0] - outcomes[1]) / (2 * step * medium.total.spend)
        assert 1 / medium.total.marginal_cost_per_unit == pytest.approx(per_money, rel=1e-5)


def test_curves_pass_through_what_happened():
    for medium in media_truth(simulated("default").truth):
        points = {point.multiplier: point for point in medium.curve}
        assert points[0.0].incremental_outcome == 0
        assert points[1.0].incremental_outcome == pytest.approx(medium.total.incremental_outcome)
        assert points[1.0].spend == medium.total.spend


def test_cells_add_up_to_the_panel():
    data = simulated("panel")
    for medium in media_truth(data.truth):
        assert [returns.cell for returns in medium.by_cell] == list(data.truth.cells)
        gained = sum(returns.incremental_outcome for returns in medium.by_cell)
        assert gained == pytest.approx(medium.total.incremental_outcome)
        if medium.total.spend is not None:
            assert sum(returns.spend for returns in medium.by_cell) == pytest.approx(medium.total.spend)
            assert len({round(returns.roi, 6) for returns in medium.by_cell}) == 6, "cells differ"
    for term in term_truth(data.truth):
        assert sum(term.by_cell.values()) == pytest.approx(term.contribution, abs=1)


def test_cells_are_alike_when_nothing_spreads():
    alike = REGIONS | {"size_spread": 0, "media_spread": 0, "baseline_spread": 0}
    data = generate(parse_design({"panel": alike}), 2)
    tv = first_medium(data)
    assert [returns.roi for returns in tv.by_cell] == pytest.approx([1.6] * 6)
    means = expected_by_cell(data.truth).mean(axis=0)
    assert means == pytest.approx([1_000_000 / 6] * 6)


@pytest.mark.parametrize(("kind", "idle"), [("always_on", False), ("pulsed", False), ("flighted", True)])
def test_patterns_show_in_the_data(kind, idle):
    spend = generate(one_channel(spend={"kind": kind, "variation": 0.01, "height": 4}), 1).table["tv_spend"]
    assert (spend == 0).any() == idle
    levels = set(np.round(spend[spend > 0] / spend[spend > 0].min()).astype(int))
    assert levels == ({1, 4} if kind == "pulsed" else {1})


def test_exposure_is_bought_at_its_price():
    table = generate(one_channel(exposure={"unit": "clicks", "price": 0.5, "price_variation": 0}), 1).table
    np.testing.assert_allclose(table["tv_spend"], 0.5 * table["tv_clicks"], atol=1)


def test_ranges_are_drawn_from_by_the_seed():
    design = one_channel(roi={"low": 0.5, "high": 4.0}, adstock={"retention": {"low": 0.1, "high": 0.9}})
    found = [first_medium(generate(design, seed)) for seed in range(8)]
    returns = [medium.total.roi for medium in found]
    retention = [medium.parameters["retention"] for medium in found]
    assert len(set(returns)) == len(set(retention)) == 8
    assert 0.5 <= min(returns) <= max(returns) <= 4.0
    assert 0.1 <= min(retention) <= max(retention) <= 0.9


# Confounding


def demand_and_spend(confounding: float, **channel: object):
    design = one_channel(spend={"kind": "always_on"}, **channel).model_dump()
    design |= {"periods": 2000, "trend": {"growth_per_year": []}}
    data = generate(parse_design(design | {"demand": {"confounding": confounding}}), 4)
    (demand,) = (term for term in data.truth.components if term.name == "demand")
    return demand.draws[0, :, 0], np.log(data.table["tv_spend"]), data


@pytest.mark.parametrize("confounding", [0.0, 0.5, 0.9])
def test_spend_follows_demand_as_asked(confounding):
    demand, spend, _ = demand_and_spend(confounding)
    assert np.corrcoef(demand, spend)[0, 1] == pytest.approx(confounding, abs=0.07)


def test_confounding_misleads_who_does_not_see_demand():
    def naive_slope(data) -> float:
        return np.polyfit(data.table["tv_spend"], data.table["revenue"], 1)[0]

    proportional = {"saturation": {"family": "none"}, "adstock": {"family": "none"}}
    fair, confounded = (naive_slope(demand_and_spend(c, **proportional)[2]) for c in (0.0, 0.8))
    assert fair == pytest.approx(2.0, abs=0.6)
    assert confounded > 3.0


def test_a_channel_may_stay_out_of_it():
    demand, spend, _ = demand_and_spend(0.9, follows_demand=False)
    assert abs(np.corrcoef(demand, spend)[0, 1]) < 0.1


def test_observed_demand_is_a_control():
    data = simulated("observed demand")
    assert "demand" in [control.name for control in data.config.controls]
    (term,) = (term for term in term_truth(data.truth) if term.name == "demand")
    assert term.kind == "control"
    assert "demand" not in simulated("panel").table


# Lift tests

PROPORTIONAL = {"adstock": {"family": "none"}, "saturation": {"family": "none"}}


def with_test(channel: dict[str, object], panel: object = None, **test: object):
    design = one_channel(**channel).model_dump()
    return parse_design(design | {"panel": panel, "lift_tests": [{"channel": "tv", **test}]})


@pytest.mark.parametrize("change", [1.0, -0.5, -1.0])
@pytest.mark.parametrize("exposure", [None, {"unit": "views", "price_variation": 0}])
def test_the_lift_of_a_proportional_channel_is_what_its_return_says(change, exposure):
    data = generate(with_test(PROPORTIONAL | {"exposure": exposure}, spend_change=change), 1)
    (test,) = data.config.lift_tests
    assert data.true_lifts[0] == pytest.approx(2.0 * test.spend_change, rel=1e-4)


@pytest.mark.parametrize("panel", [None, REGIONS | {"media_spread": 0}])
def test_the_lift_is_that_of_data_without_the_test(panel):
    cell = ("north", "b") if panel else ()
    data = generate(with_test({}, panel, spend_change=2.0, at=0.4, cell=cell), 3)
    (test,) = data.config.lift_tests
    rows = data.table["date"].between(str(test.start), str(test.end))
    for name, label in zip(data.config.dimensions, cell, strict=True):
        rows &= data.table[name] == label
    assert rows.sum() == 6
    without = data.table.copy()
    # A test that adds twice the usual spend leaves a third of it when it is taken away.
    without.loc[rows, "tv_spend"] /= 3
    assert (data.table["tv_spend"] - without["tv_spend"]).sum() == pytest.approx(test.spend_change, rel=1e-4)
    exposure = build_model_data(data.config, without).exposure
    lost = expected_by_cell(data.truth) - expected_by_cell(replace(data.truth, exposure=exposure))
    assert data.true_lifts[0] == pytest.approx(lost.sum(), rel=1e-4)
    carried_over = lost.sum(axis=1)[data.table["date"].unique() > np.datetime64(test.end)]
    assert carried_over.sum() > 0.02 * lost.sum(), "carryover after the test counts"


def test_measured_lifts_scatter_as_their_standard_error_says():
    design = with_test(PROPORTIONAL, relative_error=0.3)
    scores = []
    for seed in range(100):
        data = generate(design, seed)
        (test,) = data.config.lift_tests
        scores.append((test.lift - data.true_lifts[0]) / test.standard_error)
    assert abs(np.mean(scores)) < 0.25
    assert np.std(scores) == pytest.approx(1, abs=0.15)


def test_a_stopped_channel_has_no_spend():
    data = generate(with_test({"spend": {"kind": "always_on"}}, spend_change=-1, at=0.5, periods=4), 1)
    (test,) = data.config.lift_tests
    idle = data.table.loc[data.table["tv_spend"] == 0, "date"]
    assert (idle.min().date(), len(idle)) == (test.start, 4)
    assert test.spend_change < 0
    assert data.true_lifts[0] < 0


# Beliefs


@pytest.mark.parametrize(
    ("priors", "mid"),
    [({}, 1.0), ({"centre": "truth"}, 2.0), ({"centre": "truth", "factor": 3}, 6.0), ({"factor": 0.5}, 0.5)],
)
def test_beliefs_are_centred_as_asked(priors, mid):
    design = one_channel().model_dump() | {"priors": priors | {"width": 4}}
    belief = generate(parse_design(design)).config.channels[0].roi_prior
    assert (belief.low, belief.mid, belief.high) == pytest.approx((mid / 4, mid, mid * 4))


def test_beliefs_of_a_count_speak_of_cost():
    beliefs = [channel.cost_per_unit_prior.mid for channel in simulated("count").config.channels]
    assert beliefs == pytest.approx([math.sqrt(30 * 12)] * 2, rel=1e-3)


def test_the_effect_is_what_the_prior_speaks_of():
    data = simulated("default")
    gained = media_truth(data.truth)[-1].total.incremental_outcome
    assert data.truth.effect[0, :4] == pytest.approx([1.6, 3.0, 1.1, 0.7])
    assert data.truth.effect[0, 4] == pytest.approx(gained / data.table["revenue"].sum())


# What cannot be simulated


def test_every_problem_of_a_design_is_named():
    with pytest.raises(InvalidInput) as raised:
        parse_design_text(
            "period: 3\nperiods: 5\nchannels: [{name: tv, roi: -1}]\nnoise: {sd: {low: 2, high: 1}}\n"
        )
    found = {violation.field: str(violation) for violation in raised.value.violations}
    assert found.keys() == {"period", "periods", "channels[0].roi", "noise.sd"}
    assert "Did you mean 'periods'?" in found["period"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"channels": [{"name": "tv"}]}, "exactly one of roi and cost_per_unit"),
        ({"channels": [{"name": "tv", "cost_per_unit": 3}]}, "needs a count KPI"),
        ({"kpi": {"kind": "count", "value_spread": 0.1}}, "value_spread needs value_per_unit"),
        ({"kpi": {"kind": "count"}}, "channels[0].roi needs kpi.value_per_unit"),
        ({"channels": [{"name": "tv", "roi": 1}, {"name": "tv", "roi": 1}]}, "more than once"),
        ({"channels": [{"name": "tv", "roi": 1, "kpi_share": 0.95}]}, "below 0.9"),
        ({"lift_tests": [{"channel": "tvv"}]}, "not a channel's name"),
        ({"lift_tests": [{"channel": "tv", "cell": ["north"]}]}, "must be empty"),
        ({"panel": REGIONS, "lift_tests": [{"channel": "tv", "cell": ["north", "c"]}]}, "one label for each"),
        ({"lift_tests": [{"channel": "tv"}, {"channel": "tv", "at": 0.61}]}, "overlap"),
        ({"event_column": True, "events": [{"name": "a"}, {"name": "b"}]}, "overlap"),
        (
            {
                "event_column": True,
                "events": [
                    {"name": "a", "display_name": "x"},
                    {"name": "b", "display_name": "x", "at": 0.1},
                ],
            },
            "two events are called 'x'",
        ),
        ({"seasonality": {"weekly_order": 1}}, "needs daily data"),
        ({"panel": {"dimensions": {"region": ["a", "a"]}}}, "all different"),
        ({"noise": {"family": "student_t", "degrees_of_freedom": 2}}, "above 2"),
    ],
)
def test_designs_that_contradict_themselves_are_refused(changes, message):
    with pytest.raises(InvalidInput) as raised:
        parse_design(changes)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"controls": [{"name": "tv_spend"}]}, "DUPLICATE_COLUMN_NAME"),
        ({"panel": {"dimensions": {"date": ["a"]}}}, "DUPLICATE_COLUMN_NAME"),
        ({"lift_tests": [{"channel": "tv", "spend_change": -1, "at": 0, "periods": 200}]}, "NOTHING_SPENT"),
        ({"demand": {}, "controls": [{"name": "demand"}]}, "DUPLICATE_COLUMN_NAME"),
        (
            {"trend": {"growth_per_year": [-0.9]}, "channels": [{"name": "tv", "roi": 1, "kpi_share": 0.85}]},
            "KPI_BELOW_ZERO",
        ),
    ],
)
def test_data_that_cannot_be_are_refused(changes, code):
    with pytest.raises(InvalidInput) as raised:
        generate(parse_design(changes))
    assert [violation.code for violation in raised.value.violations] == [code]


def test_a_design_survives_being_written():
    design = SimulationDesign()
    assert parse_design(design.model_dump(mode="json")) == design
