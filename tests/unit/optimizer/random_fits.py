"""Random fits and budget problems, far beyond what a sane fit looks like."""

from dataclasses import dataclass

import numpy as np

from mmm_core.config import ModelConfig, parse_config
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats, ResponseParameters, shape_of
from mmm_optimizer.request import Bound, PlanSettings


def config_of(
    channels: int,
    *,
    saturation: str = "logistic",
    adstock: str = "geometric",
    max_lag: int = 4,
    kpi: dict[str, object] | None = None,
    frequency: str = "weekly",
) -> ModelConfig:
    """A configuration with the paid channels ``c0``, ``c1``, … and the owned medium ``mails``."""
    kpi = kpi or {"column": "sales", "kind": "revenue"}
    has_value = kpi["kind"] == "revenue" or "value_per_unit" in kpi
    response = {
        "adstock": {"family": adstock, "max_lag": max_lag},
        "saturation": {"family": saturation},
    }
    return parse_config(
        {
            "date_column": "week",
            "frequency": frequency,
            "kpi": kpi,
            "channels": [
                {
                    "name": f"c{place}",
                    "display_name": f"Channel {place}",
                    "spend_column": f"spend_{place}",
                    "roi_prior" if has_value else "cost_per_unit_prior": {
                        "low": 0.5,
                        "mid": 1.0,
                        "high": 2.0,
                    },
                    **response,
                }
                for place in range(channels)
            ],
            "owned_media": [{"name": "mails", "exposure_column": "mails", **response}],
        }
    )


def fit_of(
    config: ModelConfig, parameters: ResponseParameters, exposure: Floats, cost: Floats
) -> FittedModel:
    """A fit with the given response and data, and nothing else."""
    exposure, cost = exposure[:, None], cost[:, None]
    return FittedModel(
        config=config,
        cells=((),),
        unit_value=1.0 if config.kpi.kind == "revenue" else config.kpi.value_per_unit,
        dates=np.arange(len(exposure)).astype("datetime64[W]").astype("datetime64[D]"),
        kpi=np.ones((len(exposure), 1)),
        exposure=exposure,
        cost=cost,
        exposure_scale=exposure.max(axis=0),
        parameters=parameters,
        effect=parameters.coefficient[:, 0],
        components=(),
        component_draws=np.arange(0),
    )


def random_fit(
    rng: np.random.Generator, *, saturation: str, channels: int, draws: int = 120, weeks: int = 60
) -> FittedModel:
    """A fit whose channels differ by orders of magnitude in effect, price and spend."""
    media = channels + 1

    def spread(middle: float, width: float) -> Floats:
        return middle * np.exp(width * rng.standard_normal((draws, 1, media)))

    adstock = str(rng.choice(["geometric", "delayed"]))
    max_lag = int(rng.integers(0, 9))
    coefficient = spread(1, 0.5) * 10 ** rng.uniform(-1, 6, size=media)
    if rng.random() < 0.3:
        coefficient[..., rng.integers(channels)] *= 1e-9
    config = config_of(channels, saturation=saturation, adstock=adstock, max_lag=max_lag)
    parameters = ResponseParameters(
        tuple(shape_of(medium) for medium in config.media),
        retention=rng.beta(2, 4, size=(draws, 1, media)),
        coefficient=coefficient,
        peak_lag=spread(2, 0.3) if adstock == "delayed" else None,
        steepness=spread(3, 0.5) if saturation == "logistic" else None,
        half_saturation=spread(0.6, 0.4) if saturation == "hill" else None,
        # Some draws below one: infinitely steep at zero; most above: S-shaped.
        slope=spread(1.3, 0.3) if saturation == "hill" else None,
    )
    cost = rng.gamma(2, 1, size=(weeks, media)) * 10 ** rng.uniform(1, 5, size=media)
    if rng.random() < 0.3:
        cost[8:, 0] = 0.0  # nothing spent in the last year: priced by the year before
    cost[:, channels:] = 0.0
    exposure = np.where(cost > 0, cost * rng.uniform(0.5, 200, size=media), 0.0)
    exposure[:, channels:] = rng.gamma(2, 1, size=(weeks, 1))
    return fit_of(config, parameters, exposure, cost)


def steady_fit(kpi: dict[str, object] | None = None, *, draws: int = 400) -> FittedModel:
    """Two years of three channels, spending 100, 200 and 300 a week, of falling and then no use."""
    rng = np.random.default_rng(11)
    weeks = 104
    cost = np.tile([100.0, 200.0, 300.0, 0.0], (weeks, 1))
    exposure = np.tile([100.0, 24_000.0, 300.0, 50.0], (weeks, 1))
    config = config_of(3, kpi=kpi)
    parameters = ResponseParameters(
        tuple(shape_of(medium) for medium in config.media),
        retention=rng.beta(4, 6, size=(draws, 1, 4)),
        coefficient=np.array([900.0, 700.0, 30.0, 50.0]) * rng.lognormal(0, 0.1, size=(draws, 1, 4)),
        steepness=2.0 * rng.lognormal(0, 0.1, size=(draws, 1, 4)),
    )
    return fit_of(config, parameters, exposure, cost)


@dataclass(frozen=True)
class Case:
    """A fit, and what is asked of it."""

    fit: FittedModel
    budget: float
    settings: PlanSettings


def random_case(seed: int) -> Case:
    """A feasible problem: budgets from next to nothing to a million times the usual, any bounds."""
    rng = np.random.default_rng(seed)
    fit = random_fit(rng, saturation=("logistic", "hill")[seed % 2], channels=int(rng.integers(1, 7)))
    horizon = int(rng.choice([1, 4, 13, 52]))
    usual = float(fit.cost.mean(axis=0).sum()) * horizon
    budget = usual * float(10 ** rng.choice([-8, -4, -2, -1, 0, 0, 0, 0.5, 1, 2, 6]))
    return Case(fit, budget, PlanSettings(horizon, bounds=_random_bounds(rng, fit.paid_count, budget)))


def _random_bounds(rng: np.random.Generator, channels: int, budget: float) -> list[Bound]:
    def split(total: float) -> Floats:
        return rng.dirichlet(np.ones(channels)) * total

    names = [f"c{place}" for place in range(channels)]
    match rng.integers(6):
        case 0:
            return []
        case 1:
            minima = split(budget * rng.uniform(0, 1))
            return [Bound(name, minimum=low) for name, low in zip(names, minima, strict=True)]
        case 2:
            maxima = split(budget * rng.uniform(1.0001, 3))
            return [Bound(name, maximum=high) for name, high in zip(names, maxima, strict=True)]
        case 3:
            minima = split(budget * 0.5)
            maxima = minima + split(budget * 0.8)
            return [Bound(*limits) for limits in zip(names, minima, maxima, strict=True)]
        case 4:
            # Corner: nothing is left to decide.
            fixed = split(budget)
            return [Bound(name, amount, amount) for name, amount in zip(names, fixed, strict=True)]
        case _:
            # One channel switched off, unless it is the only one.
            return [Bound(names[0], maximum=0.0)] if channels > 1 else []
