"""The built model: exact ROI priors, signs, and agreement with the definitions on arrays."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pymc as pm
import pytensor
import pytest
import xarray as xr

from mmm_core.beliefs import frozen
from mmm_core.config import ModelConfig, PositivePrior, parse_config
from mmm_core.effects import effect_prior
from mmm_core.fitted import FittedModel, fitted_model
from mmm_core.forecast import baseline_at, media_ahead, signals_ahead
from mmm_core.model_data import ModelData, model_data_to_dataset
from mmm_core.predictive import predictive
from mmm_core.quantities import (
    contributions_by_cell,
    cost_per_unit,
    expected_kpi,
    expected_kpi_by_cell,
    roi,
    whole,
    window_of,
    window_spend,
)
from mmm_core.response import incremental_outcome, marginal_outcome, response
from mmm_core.signals import build_model_data
from mmm_fitting.derived import evaluate, response_draws
from mmm_fitting.model.build import build_model
from mmm_fitting.model.components import compute_components

DRAWS = 60
PERIODS = 60
BELIEF = {"low": 0.5, "mid": 1.0, "high": 2.0}
OF_FAMILIES = {
    "geometric-logistic": ("geometric", "logistic"),
    "delayed-hill": ("delayed", "hill"),
    "binomial-michaelis_menten": ("binomial", "michaelis_menten"),
    "weibull_pdf-root": ("weibull_pdf", "root"),
    "weibull_cdf-logistic": ("weibull_cdf", "logistic"),
    "none-none": ("none", "none"),
}
MIXED = "every channel another"
SMOOTH = {"media_over_time": {"kind": "gaussian_process"}, "trend": {"kind": "gaussian_process"}}
PANEL = {"dimensions": ["geo", "brand"]}
HEAVY_TAILS = {"likelihood": {"family": "student_t"}}
COUNT = {"kpi": {"column": "sales", "kind": "count", "value_per_unit": 30.0}}
# Days over a New Year.
DAILY = {
    "frequency": "daily",
    "seasonality": {"yearly_order": 1, "weekly_order": 2},
    "events": [{"name": "fair", "start": "2022-12-01", "end": "2022-12-04"}],
}
CASES = {
    **{name: (name, {}) for name in ("delayed-hill", "none-none")},
    "daily": ("geometric-logistic", DAILY),
    "mixed": (MIXED, HEAVY_TAILS),
    "mixed panel of a count": (MIXED, PANEL | COUNT | HEAVY_TAILS),
    "processes in time": (MIXED, SMOOTH),
    "panel with processes in time": ("delayed-hill", PANEL | SMOOTH),
}


def table(rng: np.random.Generator, *, daily: bool = False) -> pd.DataFrame:
    """Two regions with two brands each; the second medium is not used in every cell."""
    start, step = ("2022-11-20", "D") if daily else ("2022-01-03", "7D")
    dates = pd.date_range(start, periods=PERIODS, freq=step)
    cells = []
    for geo in ("North", "Süd"):
        for brand in ("a", "b"):
            size = rng.uniform(0.5, 3)
            flights = rng.random(PERIODS) < 0.5
            cell = pd.DataFrame(
                {
                    "week": dates,
                    "geo": geo,
                    "brand": brand,
                    "sales": size * (1_000 + 50 * rng.standard_normal(PERIODS)),
                    "tv": size * rng.gamma(2, 50, PERIODS),
                    "video": np.where(flights & (brand == "a"), size * rng.gamma(2, 20, PERIODS), 0.0),
                    "search": size * rng.gamma(2, 10, PERIODS),
                    "clicks": rng.gamma(2, 400, PERIODS),
                    "mails": rng.integers(0, 3, PERIODS) * 1_000.0,
                    "rival": rng.gamma(3, 1, PERIODS),
                    "price": 10 + rng.standard_normal(PERIODS),
                }
            )
            cells.append(cell)
    return pd.concat(cells, ignore_index=True).sample(frac=1, random_state=1)


def configuration(families: str, **changes: object) -> ModelConfig:
    """Three channels, one driven by clicks and one with a gamma prior, and every other kind of variable."""
    shapes = [OF_FAMILIES[families]] * 4 if families in OF_FAMILIES else list(OF_FAMILIES.values())[1:5]
    response = [
        {"adstock": {"family": adstock, "max_lag": 3 + place}, "saturation": {"family": saturation}}
        for place, (adstock, saturation) in enumerate(shapes)
    ]
    is_count = "kpi" in changes
    search = (
        {"cost_per_unit_prior": {"low": 20, "mid": 40, "high": 80}} if is_count else {"roi_prior": BELIEF}
    )
    gamma = {"distribution": "gamma", "mean": 1.5, "sd": 0.5}
    return parse_config(
        {
            "date_column": "week",
            "kpi": {"column": "sales", "kind": "revenue"},
            "channels": [
                {"name": "tv", "spend_column": "tv", "roi_prior": BELIEF, **response[0]},
                {"name": "video", "spend_column": "video", "roi_prior": gamma, **response[1]},
                {"name": "search", "spend_column": "search", "exposure_column": "clicks", **search}
                | response[2],
            ],
            "owned_media": [{"name": "mails", "exposure_column": "mails", **response[3]}],
            "competitors": [{"name": "rival", "column": "rival", "adstock": {"family": "delayed"}}],
            "controls": [
                {"name": "price", "column": "price", "sign": "negative", "adstock": {"max_lag": 2}},
                {"name": "clicks_again", "column": "clicks"},
            ],
            "holidays": {"countries": ["DE"], "grouping": "each"},
            "events": [{"name": "fair", "start": "2022-03-01", "end": "2022-03-12"}],
        }
        | changes
    )


@dataclass(frozen=True)
class Built:
    """A model, what it was built from, and a fit whose draws are those of the prior.

    The library's own contributions, shape (S, T, G, C), and expected KPI, shape (S, T, G), are in KPI units.
    """

    config: ModelConfig
    data: ModelData
    mmm: object
    free: xr.Dataset
    fit: FittedModel
    contributions: np.ndarray
    expected: np.ndarray


@pytest.fixture(scope="module", params=CASES)
def built(request) -> Built:
    families, changes = CASES[request.param]
    config = configuration(families, **changes)
    rows = table(np.random.default_rng(3), daily=config.frequency == "daily")
    if not config.dimensions:
        rows = rows[(rows["geo"] == "North") & (rows["brand"] == "a")]
    data = build_model_data(config, rows)
    mmm = build_model(config, data)
    free = prior_draws(mmm)
    components, _ = compute_components(mmm, data, free, np.arange(DRAWS))
    response = response_draws(mmm, config, data, free)
    terms = evaluate(mmm.model, free, ["channel_contribution", "mu"]).isel(chain=0)
    if "cell" not in terms.dims:
        terms = terms.expand_dims("cell")
    terms = terms * xr.DataArray(data.kpi_scale, dims="cell")
    return Built(
        config,
        data,
        mmm,
        free,
        fitted_model(config, response, components, model_data_to_dataset(config, data)),
        terms["channel_contribution"].transpose("draw", "date", "cell", "channel").to_numpy(),
        terms["mu"].transpose("draw", "date", "cell").to_numpy(),
    )


def prior_draws(mmm, draws: int = DRAWS) -> xr.Dataset:
    """Joint prior draws of the free parameters."""
    drawn = pm.sample_prior_predictive(
        draws,
        model=mmm.model,
        var_names=[variable.name for variable in mmm.model.free_RVs],
        random_seed=5,
        compile_kwargs={"mode": "FAST_COMPILE"},
    )
    return drawn["prior"].to_dataset()


def test_the_effect_that_was_drawn_is_the_effect_the_model_has(built: Built):
    """Over the whole panel, whatever the families, the pooling and the multiplier over time."""
    contributed = built.contributions.sum(axis=(1, 2))
    reference = built.data.cost.sum(axis=(0, 1))
    reference[3] = built.data.kpi.sum()  # an owned medium without cost: a share of the KPI

    np.testing.assert_allclose(contributed / reference, built.fit.effect, rtol=1e-9)


def test_contributions_on_arrays_are_the_librarys(built: Built):
    ours, theirs = contributions_by_cell(built.fit, np.arange(DRAWS)), built.contributions

    np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-6 * theirs.max())


def test_the_components_sum_to_what_the_model_expects(built: Built):
    expected = built.expected.sum(axis=2)
    # The stored terms are single precision.
    np.testing.assert_allclose(expected_kpi(built.fit), expected, rtol=1e-5, atol=1e-6 * expected.max())


def test_the_log_likelihood_is_the_librarys(built: Built):
    """PyMC's, of the KPI divided by its largest value; ours is per KPI unit."""
    theirs = pm.compute_log_likelihood(
        xr.DataTree.from_dict({"posterior": built.free}),
        model=built.mmm.model,
        extend_inferencedata=False,
        progressbar=False,
        compile_kwargs={"mode": "FAST_COMPILE"},
    )["y"].isel(chain=0)
    if "cell" not in theirs.dims:
        theirs = theirs.expand_dims("cell")
    per_unit = theirs.transpose("draw", "date", "cell").to_numpy() - np.log(built.data.kpi_scale)
    exact = predictive(built.fit, built.expected)
    stored = predictive(built.fit, expected_kpi_by_cell(built.fit))

    np.testing.assert_allclose(exact.log_likelihood(), per_unit, rtol=1e-6)
    # The stored terms are single precision.
    np.testing.assert_allclose(stored.log_likelihood(), per_unit, rtol=1e-4, atol=1e-4)


def test_what_continues_the_terms_makes_the_terms(built: Built):
    """Single precision is stored."""
    fit, continuation = built.fit, built.fit.continuation
    names = {"trend", "seasonality", "weekly_pattern"}
    of_time = sum(term.draws for term in fit.components if term.name in names)
    remade = baseline_at(continuation, fit.dates, fit.dates, np.random.default_rng(1))
    np.testing.assert_allclose(remade, of_time, rtol=1e-4, atol=1e-5 * np.abs(of_time).max())

    kept = PERIODS - 12
    seen = replace(continuation.signals, values=continuation.signals.values[:kept])
    ahead = signals_ahead(seen, continuation.signals.values[kept:])
    terms = {term.name: term.draws[:, kept:] for term in fit.components}
    for place, name in enumerate(seen.names):
        np.testing.assert_allclose(
            ahead[..., place], terms[name], rtol=1e-4, atol=1e-6 * built.expected.max()
        )

    known = replace(fit, dates=fit.dates[:kept], exposure=fit.exposure[:kept])
    if fit.multiplier is not None:
        known = replace(known, multiplier=fit.multiplier[:, :kept])
        periods = np.arange(PERIODS, dtype=float)
        np.testing.assert_allclose(continuation.media_process.multiplier(periods), fit.multiplier, rtol=1e-4)
        level = next(term.draws for term in fit.components if term.name == "intercept")
        moved = level.mean(axis=1)[:, None] * continuation.baseline_process.multiplier(periods)[..., None]
        np.testing.assert_allclose(moved, level, rtol=1e-4)
    media = media_ahead(known, fit.exposure[kept:])
    np.testing.assert_allclose(media, built.contributions.sum(axis=-1)[:, kept:], rtol=1e-4)


def test_roi_and_cost_per_unit_on_arrays_are_what_was_drawn(built: Built):
    fit, window = built.fit, whole(built.fit)
    gained, spend = incremental_outcome(fit, window)[:, :3], window_spend(fit, window)[:3]

    np.testing.assert_allclose(roi(gained, spend, 1.0), fit.effect[:, :3], rtol=1e-9)
    np.testing.assert_allclose(cost_per_unit(gained, spend), 1 / fit.effect[:, :3], rtol=1e-9)


def test_the_effects_prior_is_the_one_that_was_asked_for(built: Built):
    """Kolmogorov's distance of 4000 draws of the effect from the belief, for every medium."""
    drawn = pm.draw(built.mmm.model["channel_effect"], draws=4_000, random_seed=2, mode="FAST_COMPILE")
    for place, medium in enumerate(built.config.media):
        belief = frozen(effect_prior(medium, built.data.unit_value))
        ranks = np.sort(belief.cdf(drawn[:, place]))

        assert np.abs(ranks - (np.arange(4_000) + 0.5) / 4_000).max() < 0.03, medium.name


def test_signs_hold_in_every_prior_draw(built: Built):
    terms = {component.name: component.draws for component in built.fit.components}
    price = built.data.signals[1].values[None]

    assert (terms["rival"] <= 0).all()
    assert (built.contributions >= 0).all()
    assert built.data.signals[1].name == "price"
    # Where the standardised price was above its mean for all its lags it takes away, in every draw.
    high = np.minimum.reduce([np.roll(price, lag, axis=1) for lag in range(3)])[:, 3:] > 0
    assert (terms["price"][:, 3:][np.broadcast_to(high, terms["price"][:, 3:].shape)] <= 0).all()


def librarys_increments(built: Built, draws: int) -> Callable[..., np.ndarray]:
    """Ask pymc-marketing's `incrementality` about some draws, all cells together, shape (S, C)."""
    mmm, free = built.mmm, built.free.isel(draw=slice(draws))
    evaluated = pm.compute_deterministics(
        free, model=mmm.model, progressbar=False, compile_kwargs={"mode": "FAST_COMPILE"}
    )
    model = mmm.model
    constants = {
        name: (model.named_vars_to_dims.get(name, ()), variable.get_value())
        for name, variable in model.named_vars.items()
        if hasattr(variable, "get_value")
    }
    coords = {name: list(labels) for name, labels in model.coords.items() if labels is not None}
    parts = {
        "posterior": free.merge(evaluated),
        "constant_data": xr.Dataset(constants, coords=coords),
        "fit_data": mmm.xarray_dataset,
    }
    mmm.idata = xr.DataTree.from_dict(parts)
    increments = mmm.incrementality

    def ask(factor: float, start: str, end: str) -> np.ndarray:
        with pytensor.config.change_flags(mode="FAST_COMPILE"):
            found = increments.compute_incremental_contribution(
                "all_time", start, end, counterfactual_spend_factor=factor
            ).isel(chain=0)
        cells = found.sum("cell") if "cell" in found.dims else found
        return cells.transpose("draw", "channel").to_numpy()

    return ask


@pytest.mark.parametrize("built", ["mixed", "mixed panel of a count"], indirect=True)
def test_increments_curves_and_slopes_on_arrays_are_the_librarys(built: Built):
    """The library knows no slope: its own, by a central difference of its increments."""
    draws, first, last = 3, 20, 34
    fit, dates = built.fit, built.data.dates
    window = window_of(fit, dates[first], dates[last])
    ours = response(fit, window, np.array([0.0, 0.5, 1.0, 1.5]))[:, :draws]
    ask = librarys_increments(built, draws)

    def theirs(factor: float) -> np.ndarray:
        return ask(factor, str(dates[first]), str(dates[last]))

    np.testing.assert_allclose(incremental_outcome(fit, window)[:draws], theirs(0.0), rtol=1e-6)
    np.testing.assert_allclose(ours[2] - ours[1], theirs(0.5), rtol=1e-6)
    np.testing.assert_allclose(ours[3] - ours[2], theirs(1.5), rtol=1e-6)
    step = 1e-4
    slope = (theirs(1 + step) + theirs(1 - step)) / (2 * step)
    of_money = slope[:, :3] / window_spend(fit, window)[:3]
    marginal = marginal_outcome(fit, window, np.ones(1))[0, :draws, :3]
    np.testing.assert_allclose(marginal, of_money, rtol=1e-6)


@pytest.mark.parametrize("built", ["daily"], indirect=True)
def test_the_pattern_of_the_week_stays_on_its_weekdays_over_new_year(built: Built):
    (week,) = [term.draws[..., 0] for term in built.fit.components if term.name == "weekly_pattern"]

    assert str(built.data.dates[0]) < "2023-01-01" < str(built.data.dates[-1])
    np.testing.assert_allclose(week[:, 7:], week[:, :-7], atol=1e-5 * np.abs(week).max())
    assert (np.ptp(week[:, :7], axis=1) > 0).all()


def test_a_medium_unused_in_a_cell_contributes_nothing_there():
    config, rows = configuration("delayed-hill", **PANEL), table(np.random.default_rng(3))
    data = build_model_data(config, rows)
    mmm = build_model(config, data)
    unused = [place for place, cell in enumerate(data.cells) if cell[1] == "b"]
    drawn = pm.draw(mmm.model["channel_contribution"], draws=5, random_seed=2, mode="FAST_COMPILE")
    order = mmm.model.named_vars_to_dims["channel_contribution"]
    contributed = xr.DataArray(drawn, dims=("draw", *order)).isel(cell=unused, channel=1)

    assert np.isfinite(drawn).all()
    assert (contributed == 0).all()


def test_swapping_the_media_data_leaves_the_coefficient_alone():
    rows = table(np.random.default_rng(3))
    config = configuration(MIXED)
    data = build_model_data(config, rows[(rows["geo"] == "North") & (rows["brand"] == "a")])
    mmm = build_model(config, data)
    coefficient = mmm.model["saturation_beta"]
    before = pm.draw(coefficient, draws=5, random_seed=3, mode="FAST_COMPILE")
    with mmm.model:
        pm.set_data({"channel_data": data.exposure[:, 0] * 3})

    np.testing.assert_allclose(pm.draw(coefficient, draws=5, random_seed=3, mode="FAST_COMPILE"), before)


def test_a_cost_per_unit_belief_becomes_units_per_cost():
    config = configuration("delayed-hill", **COUNT)
    asked = PositivePrior(low=20, mid=40, high=80).resolve()

    effect = frozen(effect_prior(config.channels[2], 30.0))

    assert effect.ppf([0.05, 0.5, 0.95]) == pytest.approx(1 / frozen(asked).ppf([0.95, 0.5, 0.05]))
    # An ROI belief is about money: one unit of it brings the ROI over the value of a KPI unit.
    assert frozen(effect_prior(config.channels[0], 30.0)).median() == pytest.approx(1 / 30)


def test_the_rotated_baseline_of_a_panel_has_the_prior_of_its_terms():
    """Cells vary around a common value; what is sampled moves with the media, the terms do not."""
    config = configuration("geometric-logistic", **PANEL, seasonality={"yearly_order": 1})
    data = build_model_data(config, table(np.random.default_rng(1)))
    mmm = build_model(config, data)
    free = prior_draws(mmm, 1_500)
    drawn = evaluate(mmm.model, free, ["intercept_contribution", "gamma_fourier", "delta", "channel_effect"])
    drawn = drawn.isel(chain=0)
    level = (data.kpi / data.kpi_scale).mean()
    spread = config.pooling.baseline_spread

    def check(values: xr.DataArray, mean: float, scale: float) -> None:
        cells = values.transpose("draw", "cell").to_numpy()
        sd = scale * np.sqrt(1 + spread**2)
        np.testing.assert_allclose(cells.mean(axis=0), mean, atol=4 * sd / np.sqrt(1_500))
        np.testing.assert_allclose(cells.std(axis=0), sd, rtol=0.08)
        between = np.corrcoef(cells.T)[np.triu_indices(len(data.cells), 1)]
        np.testing.assert_allclose(between, 1 / (1 + spread**2), atol=0.06)

    check(drawn["intercept_contribution"], level, level)
    for kink in drawn["changepoint"]:
        check(drawn["delta"].sel(changepoint=kink), 0.0, 0.3 * level)
    for mode in drawn["fourier_mode"]:
        check(drawn["gamma_fourier"].sel(fourier_mode=mode), 0.0, 0.1 * level)
    alone = [
        drawn["intercept_contribution"].mean("cell"),
        drawn["delta"].isel(changepoint=0).mean("cell"),
        np.log(drawn["channel_effect"].isel(channel=0)),
    ]
    independent = np.corrcoef(np.stack([values.to_numpy() for values in alone]))
    np.testing.assert_allclose(independent, np.eye(3), atol=0.08)
