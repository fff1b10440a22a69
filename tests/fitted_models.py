"""Synthetic fitted models: random joint draws of everything, without sampling anything."""

from dataclasses import replace

import numpy as np

from mmm_core.config import ModelConfig, parse_config
from mmm_core.config.media import AdstockFamily, SaturationFamily
from mmm_core.effects import is_share
from mmm_core.fitted import Component, FittedModel
from mmm_core.media import (
    SHAPE_PARAMETERS,
    Floats,
    ResponseParameters,
    adstock_weights,
    apply_adstock,
    saturate,
    shape_of,
)
from mmm_core.model_data import ComponentKind
from mmm_core.noise import Noise
from mmm_core.quantities import contributions_by_cell
from mmm_core.simulation import generate, parse_design

PARAMETERS_OF = {
    "none": (),
    "geometric": ("retention",),
    "delayed": ("retention", "peak_lag"),
    "binomial": ("retention",),
    "weibull_pdf": ("scale", "shape"),
    "weibull_cdf": ("scale", "shape"),
    "logistic": ("steepness",),
    "hill": ("half_saturation", "slope"),
    "michaelis_menten": ("half_saturation",),
    "root": ("exponent",),
}

REVENUE: dict[str, object] = {"column": "sales", "kind": "revenue", "currency": "CHF"}
COUNT: dict[str, object] = {"column": "orders", "kind": "count"}
# Standard deviation of the noise of `well_fitted_model`, as a share of the average KPI.
NOISE = 0.03
VALUED_COUNT: dict[str, object] = COUNT | {"value_per_unit": 25.0}


def random_fitted_model(
    *,
    adstock: AdstockFamily = "geometric",
    saturation: SaturationFamily = "logistic",
    max_lag: int = 4,
    kpi: dict[str, object] | None = None,
    draws: int = 80,
    periods: int = 70,
    seed: int = 1,
) -> FittedModel:
    """A fit of two paid channels driven by spend (``tv``, ``search``), one by impressions (``video``), an
    owned medium without cost (``newsletter``) and one with (``magazine``), and terms of every other kind.

    `draws` must be even: they count as two chains. Spend comes in flights, so many periods have none.
    """
    rng = np.random.default_rng(seed)
    config = fitted_config(adstock, saturation, max_lag, kpi or REVENUE)
    cost, exposure = _media_data(rng, periods)
    parameters = _parameters(rng, config, draws)
    component_draws = np.arange(0, draws, 2)
    components = _components(rng, len(component_draws), periods)
    observed = np.full(periods, 60_000.0) + 3_000 * rng.standard_normal(periods)
    contributed = _contributed(parameters, exposure / exposure.max(axis=0))
    shares = np.array([is_share(medium) for medium in config.media])
    reference = np.where(shares, observed.sum(), cost.sum(axis=(0, 1)))
    return FittedModel(
        config=config,
        dates=(np.datetime64("2023-01-02") + 7 * np.arange(periods)).astype("datetime64[D]"),
        cells=((),),
        kpi=observed[:, None],
        exposure=exposure,
        cost=cost,
        exposure_scale=exposure.max(axis=0),
        unit_value=1.0 if config.kpi.kind == "revenue" else config.kpi.value_per_unit,
        parameters=parameters,
        effect=contributed / reference,
        components=components,
        component_draws=component_draws,
    )


def fitted_config(
    adstock: AdstockFamily, saturation: SaturationFamily, max_lag: int, kpi: dict[str, object]
) -> ModelConfig:
    """The configuration of `random_fitted_model`."""
    shape = {"adstock": {"family": adstock, "max_lag": max_lag}, "saturation": {"family": saturation}}
    has_value = kpi["kind"] == "revenue" or "value_per_unit" in kpi
    belief = {"roi_prior" if has_value else "cost_per_unit_prior": {"low": 0.5, "mid": 1.0, "high": 2.0}}
    return parse_config(
        {
            "date_column": "week",
            "kpi": kpi,
            "channels": [
                {"name": "tv", "display_name": "Television", "spend_column": "tv", **belief, **shape},
                {"name": "search", "spend_column": "search", **belief, **shape},
                {
                    "name": "video",
                    "spend_column": "video",
                    "exposure_column": "impressions",
                    **belief,
                    **shape,
                },
            ],
            "owned_media": [
                {"name": "newsletter", "exposure_column": "mails", **shape},
                {"name": "magazine", "exposure_column": "copies", "cost_column": "print", **shape},
            ],
            "competitors": [{"name": "rival", "column": "rival"}],
            "controls": [{"name": "price", "column": "price"}],
            "events": [{"name": "fair", "start": "2023-03-06", "end": "2023-03-12"}],
        }
    )


def _media_data(rng: np.random.Generator, periods: int) -> tuple[Floats, Floats]:
    """Cost and exposure, shape (T, 1, C)."""
    flights = rng.random((periods, 5)) < [0.5, 0.9, 0.6, 0.8, 0.4]
    money = np.where(flights, rng.gamma(2, 1, (periods, 5)), 0.0) * [4_000, 1_500, 2_500, 0, 500]
    impressions = money[:, 2] * 130 * rng.uniform(0.7, 1.3, periods)
    mails = np.where(flights[:, 3], rng.integers(1_000, 9_000, periods), 0.0)
    copies = money[:, 4] * 2
    exposure = np.column_stack([money[:, :2], impressions, mails, copies])
    return money[:, None], exposure[:, None]


def _parameters(rng: np.random.Generator, config: ModelConfig, draws: int) -> ResponseParameters:
    """Draws of the families' parameters; Hill slopes below one are infinitely steep at zero."""

    def around(middle: float, width: float) -> Floats:
        return middle * rng.lognormal(0, width, (draws, 1, 5))

    size = np.array([15_000, 6_000, 9_000, 1_500, 800])
    coefficient = size * rng.lognormal(0, 0.3, (draws, 1, 5))
    drawn = {
        "retention": rng.beta(4, 5, (draws, 1, 5)),
        "peak_lag": around(1.5, 0.3),
        "scale": around(2.0, 0.2),
        "shape": around(1.5, 0.2),
        "steepness": around(2.5, 0.3),
        "half_saturation": around(0.5, 0.3),
        "slope": around(1.2, 0.25),
        "exponent": rng.beta(6, 4, (draws, 1, 5)),
    }
    shape = shape_of(config.channels[0])
    used = PARAMETERS_OF[shape.adstock] + PARAMETERS_OF[shape.saturation]
    return ResponseParameters(
        tuple(shape_of(medium) for medium in config.media),
        coefficient,
        **{name: drawn[name] for name in used},
    )


def _components(rng: np.random.Generator, draws: int, periods: int) -> tuple[Component, ...]:
    time = np.arange(periods) / periods

    def term(name: str, kind: ComponentKind, shape: Floats, size: Floats) -> Component:
        return Component(name, name.capitalize(), kind, (size[:, None] * shape)[..., None])

    def sizes(middle: float, width: float) -> Floats:
        return middle + width * rng.standard_normal(draws)

    in_fair = (np.arange(periods) == 9).astype(np.float64)
    return (
        term("intercept", ComponentKind.BASELINE, np.ones(periods), sizes(45_000, 800)),
        term("trend", ComponentKind.BASELINE, time, sizes(5_000, 900)),
        term("rival", ComponentKind.COMPETITOR, 1 + np.sin(9 * time) ** 2, -np.abs(sizes(900, 200))),
        term("price", ComponentKind.CONTROL, rng.standard_normal(periods), sizes(-700, 300)),
        term("fair", ComponentKind.EVENT, in_fair, sizes(2_000, 700)),
    )


def _contributed(parameters: ResponseParameters, scaled_exposure: Floats) -> Floats:
    spread = apply_adstock(scaled_exposure, adstock_weights(parameters))
    return (parameters.coefficient * saturate(spread, parameters).sum(axis=1)).sum(axis=1)


def panel_fitted_model(*, draws: int = 10) -> FittedModel:
    """A fit of two regions with two brands each, with a lift test; its draws scatter around a truth.

    `draws` must be even: they count as two chains.
    """
    design = {
        "periods": 70,
        "panel": {"dimensions": {"region": ["North", "South"], "brand": ["a", "b"]}},
        "lift_tests": [{"channel": "search", "cell": ["South", "a"], "spend_change": 0.5, "periods": 5}],
    }
    simulated = generate(parse_design(design), seed=4)
    truth, rng = simulated.truth, np.random.default_rng(5)
    factor = rng.lognormal(0, 0.2, (draws, 1, len(truth.media_names)))
    shape = {
        name: np.repeat(values, draws, axis=0)
        for name in SHAPE_PARAMETERS
        if (values := getattr(truth.parameters, name)) is not None
    }
    return replace(
        truth,
        config=simulated.config,
        parameters=replace(truth.parameters, coefficient=truth.parameters.coefficient * factor, **shape),
        effect=truth.effect * factor[:, 0],
        components=tuple(
            replace(term, draws=np.repeat(term.draws, draws, axis=0)) for term in truth.components
        ),
        component_draws=np.arange(draws),
    )


def well_fitted_model(*, panel: bool = False, draws: int = 400, seed: int = 3) -> FittedModel:
    """A fit of simulated data that is as it should be: every assumption holds, and the draws are exact.

    The returns of all media and the level of each cell are unknown, the rest is known: a linear regression
    with normal noise, whose posterior is drawn from in closed form.
    """
    cells = {"panel": {"dimensions": {"region": ["North", "South"]}}} if panel else {}
    truth = generate(parse_design({"periods": 120, "noise": {"sd": NOISE}} | cells), seed=seed)
    known, rng = truth.truth, np.random.default_rng(seed)
    factors, levels = _regression(known, rng, draws)

    def repeated(values: Floats) -> Floats:
        return np.repeat(values, draws, axis=0)

    components = tuple(replace(term, draws=repeated(term.draws)) for term in known.components)
    baseline = replace(components[0], draws=components[0].draws + levels[:, None])
    freedom = known.kpi.size - factors.shape[1] - levels.shape[1]
    luck = np.sqrt(freedom / rng.chisquare(freedom, draws))
    shape = {
        name: repeated(values)
        for name in SHAPE_PARAMETERS
        if (values := getattr(known.parameters, name)) is not None
    }
    return replace(
        known,
        config=truth.config,
        parameters=replace(
            known.parameters, coefficient=known.parameters.coefficient * factors[:, None], **shape
        ),
        effect=known.effect * factors,
        components=(baseline, *components[1:]),
        component_draws=np.arange(draws),
        noise=Noise(luck[:, None] * NOISE * known.kpi.mean(axis=0)),
    )


def _regression(truth: FittedModel, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
    """Draws of what the media's true effects are multiplied by, shape (S, C), and of an addition to each
    cell's level, shape (S, G).

    Before the data, the factors are believed to be within a tenth or so of one.
    """
    media = contributions_by_cell(truth, np.array([0]))[0]
    periods, cells, count = media.shape
    sigma = np.tile(NOISE * truth.kpi.mean(axis=0), periods)
    design = np.hstack([media.reshape(-1, count), np.tile(np.eye(cells), (periods, 1))]) / sigma[:, None]
    rest = sum(term.draws[0] for term in truth.components)
    target = (truth.kpi - rest).ravel() / sigma
    belief = np.hstack([np.eye(count) / 0.1, np.zeros((count, cells))])
    design, target = np.vstack([design, belief]), np.append(target, np.full(count, 1 / 0.1))
    covariance = np.linalg.inv(design.T @ design)
    drawn = rng.multivariate_normal(covariance @ design.T @ target, covariance, draws)
    return drawn[:, :count], drawn[:, count:]
