"""Weekly data with known truth, for tests that hold estimates against it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mmm_core.config import ModelConfig, parse_config
from mmm_core.media import (
    ResponseParameters,
    ResponseShape,
    adstock_weights,
    apply_adstock,
    saturate,
)

# A model that compiles in half the time, for tests that do not look at what it says.
MEDIA_ONLY: dict[str, object] = {
    "owned_media": [],
    "competitors": [],
    "controls": [],
    "trend": {"kind": "none"},
    "seasonality": {"yearly_order": 0},
}


@dataclass(frozen=True)
class Simulation:
    """A table, the configuration that describes it, and the truth behind it."""

    table: pd.DataFrame
    config: ModelConfig
    roi: dict[str, float]
    """True ROI of the paid channels over the whole data."""


def simulate(*, weeks: int = 104, seed: int = 7, noise_share: float = 0.02, **config: object) -> Simulation:
    """Simulate two paid channels (one driven by impressions), a newsletter, a competitor and a price.

    Keyword arguments replace fields of the configuration.
    """
    rng = np.random.default_rng(seed)
    dates = pd.date_range("2022-01-03", periods=weeks, freq="7D")
    spend = np.column_stack([_bursts(rng, weeks, 4000), _bursts(rng, weeks, 2500)])
    impressions = spend[:, 1] * 120 * rng.uniform(0.9, 1.1, weeks)
    mails = rng.integers(0, 3, weeks) * 1000.0
    exposure = np.column_stack([spend[:, 0], impressions, mails])
    truth = ResponseParameters(
        (ResponseShape("geometric", 5, "logistic"),) * 3,
        retention=np.array([[[0.5, 0.2, 0.1]]]),
        coefficient=np.array([[[16_000.0, 9_000.0, 2_000.0]]]),
        steepness=np.array([[[2.0, 3.0, 2.0]]]),
    )
    spread = apply_adstock((exposure / exposure.max(axis=0))[:, None], adstock_weights(truth))
    media = (saturate(spread, truth) * truth.coefficient[:, None])[0, :, 0]
    rival = 50 + 10 * rng.standard_normal(weeks)
    price = 10 + rng.standard_normal(weeks)
    season = 3_000 * np.sin(2 * np.pi * dates.dayofyear / 365.25)
    baseline = 50_000 + 40 * np.arange(weeks) + season - 120 * rival - 1_500 * (price - 10)
    expected = baseline + media.sum(axis=1)
    table = pd.DataFrame(
        {
            "week": dates,
            "sales": expected + noise_share * 50_000 * rng.standard_normal(weeks),
            "tv_spend": spend[:, 0],
            "video_spend": spend[:, 1],
            "video_impressions": impressions,
            "mails": mails,
            "rival": rival,
            "price": price,
        }
    )
    roi = media[:, :2].sum(axis=0) / spend.sum(axis=0)
    return Simulation(table, simulation_config(**config), {"tv": float(roi[0]), "video": float(roi[1])})


def simulation_config(**changes: object) -> ModelConfig:
    """Configuration of the simulated data; every kind of variable, few draws."""
    adstock = {"max_lag": 4}
    belief = {"low": 0.3, "mid": 1.5, "high": 7.5}
    config: dict[str, object] = {
        "date_column": "week",
        "kpi": {"column": "sales", "kind": "revenue"},
        "channels": [
            {"name": "tv", "spend_column": "tv_spend", "roi_prior": belief, "adstock": adstock},
            {
                "name": "video",
                "spend_column": "video_spend",
                "exposure_column": "video_impressions",
                "roi_prior": belief,
                "adstock": adstock,
            },
        ],
        "owned_media": [{"name": "newsletter", "exposure_column": "mails", "adstock": adstock}],
        "competitors": [{"name": "rival", "column": "rival", "adstock": adstock}],
        "controls": [{"name": "price", "column": "price", "sign": "negative"}],
        "trend": {"kind": "linear", "changepoints": 1},
        "seasonality": {"yearly_order": 1},
        "sampler": {"chains": 2, "tune": 400, "draws": 250},
    }
    return parse_config(config | changes)


def _bursts(rng: np.random.Generator, weeks: int, level: float) -> np.ndarray:
    """Spend with flights on and off."""
    on = rng.random(weeks) < 0.7
    return np.where(on, level * rng.uniform(0.3, 2.0, weeks), 0.0)
