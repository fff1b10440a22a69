"""Every check of the health report, on fits whose health is known."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from scipy import signal, stats
from scipy.stats.distributions import rv_frozen

from mmm_core.beliefs import frozen
from mmm_core.diagnostics import Check, CheckStatus, health_report, in_sample_fit, leave_one_out
from mmm_core.diagnostics.effects import on_prior_scale, overlap_with_prior
from mmm_core.diagnostics.residuals import autocorrelation, ljung_box, residual_checks
from mmm_core.effects import effect_prior
from mmm_core.fitted import Component, FittedModel
from mmm_core.media import Floats
from mmm_core.model_data import ComponentKind
from mmm_core.predictive import predictive
from mmm_core.quantities import expected_kpi_by_cell
from mmm_core.records import Convergence
from tests.fitted_models import panel_fitted_model, random_fitted_model, well_fitted_model

PASS, INFO, WARN, FAIL = CheckStatus
ALL_CHECKS = {
    *("R_HAT", "ESS_BULK", "ESS_TAIL", "DIVERGENCES", "E_BFMI"),
    *("R_SQUARED", "MAPE", "COVERAGE_50", "COVERAGE_90", "LARGEST_RESIDUAL"),
    *("AUTOCORRELATION", "LJUNG_BOX", "NEGATIVE_BASELINE"),
    *("PRIOR_SHIFT", "IMPLAUSIBLE_EFFECT", "PARETO_K"),
}
NEED_NOISE = {"COVERAGE_50", "COVERAGE_90", "LARGEST_RESIDUAL", "PARETO_K"}

Spoil = Callable[[FittedModel], FittedModel]


def _sample_stats(correlation: float = 0.0) -> xr.Dataset:
    """Energies that change by little when they are correlated: E-BFMI is 2 (1 - correlation)."""
    shocks = np.random.default_rng(6).normal(size=(4, 4_000))
    energy = signal.lfilter([1], [1, -correlation], shocks, axis=1)
    return xr.Dataset({"energy": (("chain", "draw"), energy)})


def _report(
    fit: FittedModel, *, sampling: dict[str, float] | None = None, sample_stats: xr.Dataset | None = None
) -> list[Check]:
    expected = expected_kpi_by_cell(fit)
    middle, predicted = expected.mean(axis=0), predictive(fit, expected)
    fine = {"max_r_hat": 1.004, "min_ess_bulk": 900, "min_ess_tail": 700, "divergences": 0}
    return health_report(
        fit,
        Convergence(**{**fine, **(sampling or {}), "chains": 4, "draws": 1_000}),
        in_sample_fit(fit.kpi, middle),
        _sample_stats() if sample_stats is None else sample_stats,
        expected=middle,
        predicted=predicted,
        loo=None if predicted is None else leave_one_out(predicted),
    )


def _not_passed(checks: list[Check]) -> dict[str, CheckStatus]:
    return {check.code: check.status for check in checks if check.status is not PASS}


def _only(checks: list[Check], code: str) -> Check:
    """The check of this code that did not pass, of all the subjects there are."""
    (found,) = [check for check in checks if check.code == code and check.status is not PASS]
    return found


# -- what is healthy, and what is old ----------------------------------------------------------------------


@pytest.mark.parametrize("panel", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_fit_that_is_as_it_should_be_passes_every_check(panel: bool, seed: int) -> None:
    found = _report(well_fitted_model(panel=panel, seed=seed))
    assert {check.code for check in found} == ALL_CHECKS
    assert not _not_passed(found)
    assert all(check.title and check.why and check.target and not check.advice for check in found)
    assert all(np.isfinite(check.value) for check in found)


@pytest.mark.parametrize("code", ["PRIOR_SHIFT", "IMPLAUSIBLE_EFFECT"])
def test_every_medium_is_judged(code: str) -> None:
    fit = well_fitted_model()
    subjects = [check.subject for check in _report(fit) if check.code == code]
    assert subjects == [medium.label for medium in fit.config.media]


@pytest.mark.parametrize("fit", [random_fitted_model(), panel_fitted_model()], ids=["one series", "panel"])
def test_a_fit_stored_without_noise_and_energy_is_judged_by_what_there_is(fit: FittedModel) -> None:
    found = _report(fit, sample_stats=xr.Dataset())
    assert {check.code for check in found} == ALL_CHECKS - NEED_NOISE - {"E_BFMI"}
    assert all(bool(check.advice) == (check.status is not PASS) for check in found)


# -- sampling ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "sampling", "status"),
    [
        ("R_HAT", {"max_r_hat": 1.0099}, PASS),
        ("R_HAT", {"max_r_hat": 1.01}, WARN),
        ("R_HAT", {"max_r_hat": 1.05}, FAIL),
        ("ESS_BULK", {"min_ess_bulk": 400}, PASS),
        ("ESS_BULK", {"min_ess_bulk": 399}, WARN),
        ("ESS_BULK", {"min_ess_bulk": 99}, FAIL),
        ("ESS_TAIL", {"min_ess_tail": 400}, PASS),
        ("ESS_TAIL", {"min_ess_tail": 399}, WARN),
        ("ESS_TAIL", {"min_ess_tail": 99}, FAIL),
        ("DIVERGENCES", {"divergences": 1}, WARN),
        ("DIVERGENCES", {"divergences": 39}, WARN),
        ("DIVERGENCES", {"divergences": 40}, FAIL),
    ],
)
def test_chains_are_held_to_published_limits(
    code: str, sampling: dict[str, float], status: CheckStatus
) -> None:
    found = _not_passed(_report(well_fitted_model(), sampling=sampling))
    assert found == ({} if status is PASS else {code: status})


@pytest.mark.parametrize(("correlation", "status"), [(0.8, PASS), (0.875, WARN), (0.95, FAIL)])
def test_energy_that_changes_slowly_is_found(correlation: float, status: CheckStatus) -> None:
    found = _report(well_fitted_model(), sample_stats=_sample_stats(correlation))
    (energy,) = [check for check in found if check.code == "E_BFMI"]
    assert energy.status is status
    # The worst of four chains, a little below what all of them have on average.
    assert energy.value == pytest.approx(2 * (1 - correlation), rel=0.15)


def test_the_worst_chain_decides_on_energy() -> None:
    sample_stats = _sample_stats()
    sample_stats["energy"][2] = _sample_stats(0.95)["energy"][2]
    assert _not_passed(_report(well_fitted_model(), sample_stats=sample_stats)) == {"E_BFMI": FAIL}


# -- the KPI -----------------------------------------------------------------------------------------------


def _residuals(make: Callable[[np.random.Generator, int], Floats], cell: int = 0) -> Spoil:
    """Replace the residuals of a cell by standardised ones times the noise's scale."""

    def spoil(fit: FittedModel) -> FittedModel:
        kpi, scale = fit.kpi.copy(), fit.noise.sigma.mean(axis=0)[cell]
        made = make(np.random.default_rng(8), len(kpi))
        expected = expected_kpi_by_cell(fit).mean(axis=0)
        kpi[:, cell] = expected[:, cell] + scale * (made - made.mean()) / made.std()
        return replace(fit, kpi=kpi)

    return spoil


def _lasting(correlation: float) -> Callable[[np.random.Generator, int], Floats]:
    def make(rng: np.random.Generator, periods: int) -> Floats:
        return signal.lfilter([1], [1, -correlation], rng.normal(size=50 + periods))[50:]

    return make


def _every_fourth_period(rng: np.random.Generator, periods: int) -> Floats:
    """A cycle whose correlation from one period to the next is zero."""
    return np.cos(np.pi / 2 * np.arange(periods)) + 0.8 * rng.normal(size=periods)


def _noise_times(factor: float) -> Spoil:
    return lambda fit: replace(fit, noise=replace(fit.noise, sigma=factor * fit.noise.sigma))


def _one_outlier(fit: FittedModel) -> FittedModel:
    kpi = fit.kpi.copy()
    kpi[40] += 6 * fit.noise.sigma.mean()
    return replace(fit, kpi=kpi)


def _with_term(fit: FittedModel, draws: Floats, kind: ComponentKind) -> FittedModel:
    term = Component("added", "Added", kind, np.broadcast_to(draws, fit.components[0].draws.shape))
    return replace(fit, components=(*fit.components, term))


def _moved_from_the_baseline(periods: int) -> Spoil:
    """Let something else explain more than the KPI in some periods, and the baseline less than nothing."""

    def spoil(fit: FittedModel) -> FittedModel:
        moved = np.where(np.arange(len(fit.kpi)) < periods, 2 * fit.kpi.max(), 0.0)[:, None]
        lower = _with_term(fit, -moved, ComponentKind.BASELINE)
        return _with_term(lower, moved, ComponentKind.CONTROL)

    return spoil


def _explaining_single_periods(periods: int) -> Spoil:
    """Give some periods an event of their own: each effect is known from one observation alone."""

    def spoil(fit: FittedModel) -> FittedModel:
        residual = fit.kpi - expected_kpi_by_cell(fit)
        guess = residual + fit.noise.sigma[:, None] * np.random.default_rng(2).normal(size=residual.shape)
        chosen = np.isin(np.arange(len(fit.kpi)), 3 + 5 * np.arange(periods))
        return _with_term(fit, np.where(chosen[:, None], guess, 0.0), ComponentKind.EVENT)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        # Draws of too little noise tie single observations to single draws.
        (_noise_times(0.8), {"COVERAGE_50": WARN, "COVERAGE_90": WARN, "PARETO_K": WARN}),
        (
            _noise_times(0.5),
            {"COVERAGE_50": FAIL, "COVERAGE_90": FAIL, "LARGEST_RESIDUAL": WARN, "PARETO_K": FAIL},
        ),
        # Too wide is a waste, not a danger.
        (_noise_times(3), {"COVERAGE_50": WARN, "COVERAGE_90": WARN, "LARGEST_RESIDUAL": WARN}),
        (_one_outlier, {"LARGEST_RESIDUAL": WARN, "PARETO_K": WARN}),
        (_residuals(_lasting(0.55)), {"AUTOCORRELATION": WARN, "LJUNG_BOX": WARN}),
        (_residuals(_lasting(0.85)), {"AUTOCORRELATION": FAIL, "LJUNG_BOX": WARN}),
        (_residuals(_lasting(-0.5)), {"AUTOCORRELATION": WARN, "LJUNG_BOX": WARN}),
        (_residuals(_every_fourth_period), {"LJUNG_BOX": WARN}),
        (_moved_from_the_baseline(1), {}),
        (_moved_from_the_baseline(5), {"NEGATIVE_BASELINE": WARN}),
        (_moved_from_the_baseline(12), {"NEGATIVE_BASELINE": FAIL}),
        (_explaining_single_periods(1), {"PARETO_K": WARN}),
        (_explaining_single_periods(20), {"PARETO_K": FAIL}),
    ],
)
def test_what_is_wrong_with_the_kpi_trips_its_check_and_no_other(
    spoil: Spoil, expected: dict[str, CheckStatus]
) -> None:
    found = _report(spoil(well_fitted_model()))
    assert _not_passed(found) == expected
    assert all(bool(check.advice) == (check.status is not PASS) for check in found)


@pytest.mark.parametrize("code", ["AUTOCORRELATION", "LJUNG_BOX"])
def test_the_worst_cell_of_a_panel_is_named(code: str) -> None:
    fit = _residuals(_lasting(0.7), cell=1)(well_fitted_model(panel=True))
    assert _only(_report(fit), code).subject == "South"


def test_the_period_that_sways_the_fit_is_named() -> None:
    fit = _explaining_single_periods(1)(well_fitted_model())
    check = _only(_report(fit), "PARETO_K")
    assert check.value == 1
    assert str(fit.dates[3]) in check.advice


def test_a_model_that_explains_little_is_told_so_and_never_fails() -> None:
    fit = well_fitted_model()
    kpi = fit.kpi * np.random.default_rng(9).lognormal(0, 0.5, fit.kpi.shape)
    found = _not_passed(_report(replace(fit, kpi=kpi)))
    assert found["R_SQUARED"] is WARN
    assert found["MAPE"] is WARN


def test_autocorrelation_by_hand() -> None:
    found = autocorrelation(np.array([[1.0, 5.0], [-1.0, 5.0], [1.0, 5.0], [-1.0, 5.0]]), 2)
    # A series that never moves has none.
    np.testing.assert_allclose(found, [[-0.75, 0.0], [0.5, 0.0]], atol=1e-12)
    assert ljung_box(np.array([[1.0], [-1.0], [1.0], [-1.0]]), 2) == pytest.approx(
        4 * 6 * (0.75**2 / 3 + 0.5**2 / 2)
    )


def test_false_alarms_about_noise_are_as_rare_as_promised() -> None:
    fit = well_fitted_model()
    expected = expected_kpi_by_cell(fit).mean(axis=0)
    scale, rng = fit.noise.sigma.mean(), np.random.default_rng(10)
    noises = [scale * rng.normal(size=fit.kpi.shape) for _ in range(60)]
    alarms = sum(bool(_residual_alarms(replace(fit, kpi=expected + noise))) for noise in noises)
    # One in a hundred of each check, by design.
    assert alarms < 4


def _residual_alarms(fit: FittedModel) -> set[str]:
    checks = residual_checks(fit, expected_kpi_by_cell(fit).mean(axis=0))
    return {check.code for check in checks if check.status is not PASS}


# -- media -------------------------------------------------------------------------------------------------


def _return_at(scores: Floats) -> Spoil:
    """Replace television's return by draws that stand where these scores stand on a standard normal."""

    def spoil(fit: FittedModel) -> FittedModel:
        return _with_return(fit, _prior(fit).ppf(stats.norm.cdf(scores)))

    return spoil


def _prior(fit: FittedModel) -> rv_frozen:
    return frozen(effect_prior(fit.config.media[0], fit.unit_value))


def _with_return(fit: FittedModel, draws: Floats) -> FittedModel:
    effect = fit.effect.copy()
    effect[:, 0] = draws
    return replace(fit, effect=effect)


def _bringing(share: float) -> Spoil:
    """Let television bring a share of the whole KPI."""

    def spoil(fit: FittedModel) -> FittedModel:
        return _with_return(fit, np.full(len(fit.effect), share * fit.kpi.sum() / fit.cost[..., 0].sum()))

    return spoil


def _scores(middle: float, width: float) -> Floats:
    return middle + width * stats.norm.ppf((np.arange(400) + 0.5) / 400)


def _one_in_five(usual: float, other: float) -> Floats:
    return np.where(np.arange(400) % 5 == 0, other, usual) + _scores(0, 0.01)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (_return_at(_scores(0, 1)), {"PRIOR_SHIFT": INFO}),
        (_return_at(_scores(0.5, 0.5)), {}),
        (_return_at(_scores(1.5, 0.2)), {}),
        (_return_at(_scores(2.05, 0.02)), {"PRIOR_SHIFT": WARN}),
        (_return_at(_scores(-2.2, 0.2)), {"PRIOR_SHIFT": WARN}),
        (_return_at(_scores(-4, 0.1)), {"PRIOR_SHIFT": WARN, "IMPLAUSIBLE_EFFECT": FAIL}),
        (_return_at(_one_in_five(0.5, -4)), {"IMPLAUSIBLE_EFFECT": WARN}),
        (_bringing(0.3), {}),
        (_bringing(0.6), {"PRIOR_SHIFT": WARN, "IMPLAUSIBLE_EFFECT": FAIL}),
    ],
)
def test_a_return_that_says_too_little_or_too_much_trips_its_check(
    spoil: Spoil, expected: dict[str, CheckStatus]
) -> None:
    fit = well_fitted_model()
    found = _report(spoil(fit))
    assert _not_passed(found) == expected
    assert {check.subject for check in found if check.status is not PASS} <= {"Television"}
    assert all(bool(check.advice) == (check.status is not PASS) for check in found)


def test_the_advice_says_which_way_data_and_belief_disagree() -> None:
    for middle, side in ((2.5, "above"), (-2.5, "below")):
        check = _only(_report(_return_at(_scores(middle, 0.2))(well_fitted_model())), "PRIOR_SHIFT")
        assert f"lies {side}" in check.advice


@pytest.mark.parametrize(
    ("spoil", "reason"), [(_bringing(0.6), "50% of the KPI"), (_return_at(_scores(-4, 0.1)), "was believed")]
)
def test_an_implausible_return_comes_with_its_reason(spoil: Spoil, reason: str) -> None:
    check = _only(_report(spoil(well_fitted_model())), "IMPLAUSIBLE_EFFECT")
    assert check.value == 1
    assert reason in check.advice


def test_the_share_of_an_owned_medium_without_cost_is_its_effect() -> None:
    fit = well_fitted_model()
    place = [medium.label for medium in fit.config.media].index("Newsletter")
    effect = fit.effect.copy()
    effect[:, place] = 0.6
    assert _only(_report(replace(fit, effect=effect)), "IMPLAUSIBLE_EFFECT").subject == "Newsletter"


@pytest.mark.parametrize(
    "prior", [stats.lognorm(s=0.7, scale=2), stats.gamma(a=2, scale=0.5), stats.invgamma(a=3, scale=2)]
)
def test_the_priors_scale_is_that_of_a_standard_normal(prior: rv_frozen) -> None:
    scores = np.linspace(-6, 6, 49)
    below = np.where(scores < 0, prior.ppf(stats.norm.cdf(scores)), prior.isf(stats.norm.sf(scores)))
    np.testing.assert_allclose(on_prior_scale(prior, below), scores, atol=1e-6)
    # Where probabilities cannot be told from zero any more, a figure stays finite.
    assert np.isfinite(on_prior_scale(prior, np.array([1e-300, 1e300]))).all()


def test_the_overlap_of_two_normals_by_hand() -> None:
    assert overlap_with_prior(_scores(0, 1)) == pytest.approx(1, abs=0.01)
    # Of two unit normals two apart, each has the tail beyond one in common with the other.
    assert overlap_with_prior(_scores(2, 1)) == pytest.approx(2 * stats.norm.sf(1), abs=0.01)
    assert overlap_with_prior(_scores(20, 0.1)) == pytest.approx(0, abs=1e-6)
