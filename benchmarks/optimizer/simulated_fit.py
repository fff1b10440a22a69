"""One fit that both optimizers know: pymc-marketing's `MMM` on simulated data, its draws as our arrays."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pymc_marketing.mmm import GeometricAdstock, LogisticSaturation
from pymc_marketing.mmm.mmm import MMM

from mmm_core.fitted import FittedModel
from mmm_core.media import Floats, ResponseParameters, ResponseShape
from mmm_core.simulation import SimulatedData, generate, parse_design

MAX_LAG = 8
CHAINS, DRAWS = 2, 500


@dataclass(frozen=True)
class SharedFit:
    """The library's fitted model, and the same draws, scales and history as ours."""

    mmm: MMM
    ours: FittedModel


def simulate(channels: int, periods: int = 130, seed: int = 1) -> SimulatedData:
    """Weekly data whose channels differ in size, return, carryover and saturation."""
    media = [
        {
            "name": f"channel_{number}",
            "kpi_share": {"low": 0.1 / channels, "high": 0.6 / channels},
            "roi": {"low": 0.5, "high": 3.0},
            "spend": {"kind": ("always_on", "flighted", "pulsed")[number % 3]},
            "adstock": {"max_lag": MAX_LAG, "retention": {"low": 0.1, "high": 0.7}},
            "saturation": {"family": "logistic", "steepness": {"low": 1.0, "high": 5.0}},
        }
        for number in range(channels)
    ]
    return generate(parse_design({"periods": periods, "channels": media}), seed)


def shared_fit(channels: int) -> SharedFit:
    """Fit with the library's defaults, two chains of 500 draws."""
    data = simulate(channels)
    config, truth = data.config, data.truth
    columns = [channel.spend_column for channel in config.channels]
    mmm = MMM(
        date_column=config.date_column,
        channel_columns=columns,
        target_column=config.kpi.column,
        adstock=GeometricAdstock(l_max=MAX_LAG + 1),
        saturation=LogisticSaturation(),
        yearly_seasonality=2,
    )
    table: pd.DataFrame = data.table[[config.date_column, *columns]]
    target = data.table[config.kpi.column]
    mmm.fit(
        table,
        target,
        chains=CHAINS,
        draws=DRAWS,
        tune=DRAWS,
        random_seed=1,
        progressbar=False,
        nuts_sampler="nutpie",
    )
    posterior = mmm.idata["posterior"].to_dataset()

    def drawn(variable: str) -> Floats:
        values = posterior[variable].transpose("chain", "draw", "channel").to_numpy()
        return np.asarray(values.reshape(-1, 1, channels))

    coefficient = drawn("saturation_beta") * float(target.max())
    shapes = (ResponseShape("geometric", MAX_LAG + 1, "logistic"),) * channels
    ours = FittedModel(
        config=config,
        dates=truth.dates,
        cells=truth.cells,
        kpi=truth.kpi,
        exposure=truth.exposure,
        cost=truth.cost,
        exposure_scale=truth.exposure_scale,
        unit_value=truth.unit_value,
        parameters=ResponseParameters(
            shapes,
            coefficient=coefficient,
            retention=drawn("adstock_alpha"),
            steepness=drawn("saturation_lam"),
        ),
        effect=coefficient[:, 0],
        components=(),
        component_draws=np.arange(0),
    )
    return SharedFit(mmm, ours)
