"""What the executive summary says, against figures it is made of."""

from dataclasses import replace

import numpy as np
import pytest

from mmm_analysis.advice import Thresholds, Verdict, threshold_problems, thresholds_of
from mmm_analysis.channels import channel_table
from mmm_analysis.hurdles import HurdleOrigin, HurdleQuestion
from mmm_analysis.knowledge import Level, knowledge
from mmm_analysis.summary import Summary, summarise
from mmm_analysis.windows import explore_window
from mmm_core.breakeven import FURTHEST
from mmm_core.errors import InvalidInput
from mmm_core.fitted import FittedModel
from mmm_core.media import adstock_weights
from mmm_core.quantities import Window, expected_kpi, media_contributions, unseen_share, whole
from mmm_core.response import marginal_outcome, per_money, response_curves
from tests.fitted_models import COUNT, VALUED_COUNT, panel_fitted_model, random_fitted_model

PROBABILITY = 0.9
DEFAULT = Thresholds()
HOLD_ONLY = Thresholds(increase=1.0, reduce=0.0)


def _scaled(fit: FittedModel, factor: float) -> FittedModel:
    """The same fit with media that bring so many times as much."""
    parameters = replace(fit.parameters, coefficient=fit.parameters.coefficient * factor)
    return replace(fit, parameters=parameters, effect=fit.effect * factor)


def _summary(fit: FittedModel, limits: Thresholds = DEFAULT) -> Summary:
    """The summary of all data."""
    window = whole(fit)
    table = channel_table(fit, explore_window(fit, window, HurdleQuestion()), PROBABILITY)
    return summarise(fit, window, table, limits)


def test_advice_follows_the_probability_that_the_next_money_pays():
    fit = random_fitted_model()
    window = whole(fit)
    probability = (marginal_outcome(fit, window, np.ones(1))[0] > 1).mean(axis=0)

    for factor, verdict in ((50.0, Verdict.INCREASE), (0.02, Verdict.REDUCE)):
        moved = _scaled(fit, factor)
        found = _summary(moved)
        assert {advice.verdict for advice in found.advice} == {verdict}

    found = _summary(fit)
    assert [advice.probability for advice in found.advice] == pytest.approx(list(probability[:3]))
    held = _summary(fit, HOLD_ONLY).advice
    unsure = [advice.verdict for advice in held if 0 < advice.probability < 1]
    assert unsure
    assert set(unsure) == {Verdict.HOLD}


def test_sentences_say_how_far_to_go_and_never_make_a_number_up():
    fit = _scaled(random_fitted_model(), 1e6)

    for advice in _summary(fit).advice:
        assert advice.breakeven.median is None
        assert advice.breakeven.beyond_probability == 1.0
        assert advice.extrapolated
        assert "furthest spend that was looked at" in advice.sentence
        assert advice.label in advice.sentence

    fit = _scaled(random_fitted_model(), 1e-6)
    for advice in _summary(fit).advice:
        assert advice.breakeven.median == 0.0
        assert "first money" in advice.sentence


def test_the_breakeven_of_the_table_is_the_median_of_draws_that_return_the_hurdle():
    fit = random_fitted_model(saturation="hill")
    window = Window(10, 60)
    explored = explore_window(fit, window, HurdleQuestion(marginal_return=0.8))

    for place, row in enumerate(channel_table(fit, explored, PROBABILITY).rows[:3]):
        multiples = explored.breakeven[:, place]
        reach = row.breakeven
        assert reach.median in multiples
        assert (multiples < reach.median).mean() <= 0.5 <= (multiples <= reach.median).mean()
        own = np.where(np.isfinite(multiples) & (multiples > 0), multiples, 1.0)
        curves = response_curves(fit, window, np.repeat(own[None, :, None], 5, axis=2))
        marginal = per_money(fit, window, curves.slope)[0, :, place]
        inside = (multiples > 0) & (multiples < FURTHEST)
        assert marginal[inside] == pytest.approx(np.full(inside.sum(), 0.8), rel=1e-5)


def test_shares_and_contributions_of_the_table_add_up():
    fit = panel_fitted_model()
    window = Window(20, 50)
    table = channel_table(fit, explore_window(fit, window, HurdleQuestion()), PROBABILITY)

    assert sum(row.media_effect_share.mean for row in table.rows) == pytest.approx(1.0)
    assert sum(row.spend_share for row in table.rows if row.spend_share) == pytest.approx(1.0)
    inside = media_contributions(fit, fit.component_draws)[:, window.periods].sum(axis=1)
    assert [row.contribution.mean for row in table.rows] == pytest.approx(list(inside.mean(axis=0)))
    assert table.total_paid.contribution.mean < expected_kpi(fit)[:, window.periods].sum(axis=1).mean()


def test_a_count_without_value_is_held_against_what_the_next_unit_costs_over_all():
    fit = random_fitted_model(kpi=COUNT)
    explored = explore_window(fit, whole(fit), HurdleQuestion())
    row = channel_table(fit, explored, PROBABILITY).total_paid

    assert explored.hurdle.origin is HurdleOrigin.AVERAGE_COST
    assert 1 / explored.hurdle.outcome == pytest.approx(row.returns.marginal_cost_per_unit.median, rel=1e-3)
    asked = explore_window(fit, whole(fit), HurdleQuestion(cost_per_unit=4.0))
    assert asked.hurdle.outcome == 0.25


def test_channels_that_are_all_alike_are_left_as_they_are_when_a_count_has_no_value():
    fit = random_fitted_model(kpi=COUNT)
    alike = np.zeros(3, dtype=np.intp)
    parameters = fit.parameters
    for name in ("coefficient", "retention", "steepness"):
        values = getattr(parameters, name).copy()
        values[..., :3] = values[..., alike]
        parameters = replace(parameters, **{name: values})
    columns = {name: getattr(fit, name).copy() for name in ("exposure", "cost", "exposure_scale")}
    for values in columns.values():
        values[..., :3] = values[..., alike]
    fit = replace(fit, parameters=parameters, **columns)

    assert {advice.verdict for advice in _summary(fit).advice} == {Verdict.HOLD}


def test_the_hurdle_of_a_count_with_value_is_its_value():
    fit = random_fitted_model(kpi=VALUED_COUNT)
    hurdle = explore_window(fit, whole(fit), HurdleQuestion()).hurdle
    cost = explore_window(fit, whole(fit), HurdleQuestion(cost_per_unit=25.0)).hurdle

    assert (hurdle.outcome, hurdle.marginal_return) == (1 / 25, 1.0)
    assert (cost.outcome, cost.marginal_return) == (1 / 25, 1.0)


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        (HurdleQuestion(marginal_return=0.0), {"hurdle"}),
        (HurdleQuestion(cost_per_unit=float("nan")), {"target_cost_per_unit"}),
        (HurdleQuestion(marginal_return=-1.0, cost_per_unit=3.0), {"hurdle", "target_cost_per_unit"}),
    ],
)
def test_a_hurdle_that_makes_no_sense_is_refused_with_all_that_is_wrong(asked, fields):
    fit = random_fitted_model()
    with pytest.raises(InvalidInput) as caught:
        explore_window(fit, whole(fit), asked)

    assert {violation.field for violation in caught.value.violations} == fields


def test_thresholds_must_leave_something_to_hold():
    assert not threshold_problems(thresholds_of(None, None))
    assert len(threshold_problems(thresholds_of(1.5, -0.1))) == 2
    (problem,) = threshold_problems(thresholds_of(0.3, 0.4))
    assert "hold" in problem.message


def test_what_is_well_known_comes_first_and_what_was_only_believed_is_called_so():
    fit = random_fitted_model()
    rng = np.random.default_rng(0)
    effect = fit.effect.copy()
    # The belief is 0.5 to 2 in its central 90 %.
    believed = np.log(2) / 1.6449
    effect[:, 0] = np.exp(believed * rng.standard_normal(len(effect)))
    effect[:, 1] = np.exp(0.02 * rng.standard_normal(len(effect)))
    found = {one.name: one for one in knowledge(replace(fit, effect=effect))}

    assert next(iter(found)) == "search"
    assert found["search"].level is Level.WELL
    assert found["search"].learned > 0.9
    assert abs(found["tv"].learned) < 0.2
    assert "believed" in found["tv"].sentence


def test_the_headline_says_what_paid_media_brought_and_the_experiment_what_it_is_worth():
    fit = random_fitted_model()
    found = _summary(fit)

    assert "Paid media brought" in found.headline
    gains = [one.outcome_gain for one in found.information]
    assert gains == sorted(gains, reverse=True)
    assert sum(one.variance_share for one in found.information) == pytest.approx(1.0)
    assert found.information[0].label in found.experiment


def test_of_a_fit_too_large_to_explore_some_draws_speak_for_all(monkeypatch):
    fit = random_fitted_model(draws=2_000)
    full = channel_table(fit, explore_window(fit, whole(fit), HurdleQuestion()), PROBABILITY).rows[0]
    monkeypatch.setattr("mmm_analysis.windows.MOST_NUMBERS", 1)
    explored = explore_window(fit, whole(fit), HurdleQuestion())
    some = channel_table(fit, explored, PROBABILITY).rows[0]

    assert len(explored.fit.effect) == 200
    spread = full.returns.outcome.upper - full.returns.outcome.lower
    assert some.returns.outcome.median == pytest.approx(full.returns.outcome.median, abs=0.1 * spread)
    assert some.breakeven.median == pytest.approx(full.breakeven.median, rel=0.2)
    # From the draws that components are stored for, whichever were explored.
    assert some.returns.effect_share.median == pytest.approx(full.returns.effect_share.median)


def test_an_s_shaped_curve_is_not_told_to_spend_less_and_more_at_once():
    fit = random_fitted_model(saturation="hill")
    steep, far = np.full_like(fit.parameters.slope, 3.0), np.full_like(fit.parameters.half_saturation, 3.0)
    fit = replace(fit, parameters=replace(fit.parameters, slope=steep, half_saturation=far))
    for factor in np.geomspace(1e-2, 1e6, 60):
        for advice in _summary(_scaled(fit, factor)).advice:
            if advice.verdict is Verdict.REDUCE and advice.breakeven and advice.breakeven.median != 0:
                is_above = advice.breakeven.median is None or advice.breakeven.median >= 1
                assert ("Little brings little here" in advice.sentence) == is_above
            if advice.verdict is Verdict.INCREASE:
                assert "Not even the first money" not in advice.sentence


def test_what_the_last_weeks_will_still_bring_is_said():
    fit = random_fitted_model()
    weeks = len(fit.dates)
    shares = [unseen_share(fit, Window(start, weeks)) for start in (0, weeks - 8, weeks - 1)]
    weights = adstock_weights(fit.parameters)[:, 0, :3].mean(axis=0)
    spend = fit.cost[-1, 0, :3]

    assert shares[0] < shares[1] < shares[2]
    assert shares[2] == pytest.approx(float(spend @ (1 - weights[:, 0]) / spend.sum()))
    window = Window(weeks - 1, weeks)
    table = channel_table(fit, explore_window(fit, window, HurdleQuestion()), PROBABILITY)
    assert "lies after the last date" in summarise(fit, window, table, DEFAULT).headline
    assert unseen_share(fit, Window(0, weeks - 20)) == pytest.approx(0, abs=1e-12)


def test_the_share_of_the_kpi_is_that_of_the_windows_own_dates():
    fit = random_fitted_model()
    window = Window(10, 11)
    table = channel_table(fit, explore_window(fit, window, HurdleQuestion()), PROBABILITY)
    inside = media_contributions(fit, fit.component_draws)[:, window.periods].sum(axis=1)
    share = inside / expected_kpi(fit)[:, window.periods].sum(axis=1)[:, None]
    assert [row.returns.effect_share.mean for row in table.rows] == pytest.approx(list(share.mean(axis=0)))


def test_a_return_that_left_the_range_of_the_belief_is_not_called_what_was_believed():
    fit = random_fitted_model()
    for one in knowledge(replace(fit, effect=fit.effect * 100)):
        assert "moved it out of the range that was believed" in one.sentence
