"""Fit one data set with plain pymc-marketing: its defaults, the same sampler and the same variables."""

import numpy as np
import pandas as pd
from pymc_marketing.mmm import GeometricAdstock, LogisticSaturation
from pymc_marketing.mmm.mmm import MMM

from mmm_core.fitted import FittedModel
from mmm_core.media import Floats, ResponseParameters, ResponseShape
from mmm_core.simulation import SimulatedData


def with_events(data: SimulatedData) -> tuple[pd.DataFrame, list[str]]:
    """Add a column per event to the table; returns it with the names of all columns that are no media."""
    config, table = data.config, data.table.copy()
    controls = [signal.column for signal in (*config.competitors, *config.controls)]
    ends = table[config.date_column] + pd.Timedelta(days=6)
    for event in config.events:
        inside = (table[config.date_column] <= str(event.end)) & (ends >= str(event.start))
        table[event.name] = inside.astype(float)
        controls.append(event.name)
    return table, controls


def plain_fit(data: SimulatedData, seed: int) -> FittedModel:
    """Fit with the library's defaults; the result as our arrays, so one function computes all figures."""
    config = data.config
    table, controls = with_events(data)
    numbers = [signal.column for signal in (*config.competitors, *config.controls)]
    table[numbers] = (table[numbers] - table[numbers].mean()) / table[numbers].std()
    table["t"] = np.linspace(0, 1, len(table))
    media = [medium.driver_column for medium in config.media]
    mmm = MMM(
        date_column=config.date_column,
        channel_columns=media,
        control_columns=[*controls, "t"],
        target_column=config.kpi.column,
        adstock=GeometricAdstock(l_max=config.channels[0].adstock.lags),
        saturation=LogisticSaturation(),
        yearly_seasonality=2,
    )
    target = table.pop(config.kpi.column)
    mmm.fit(table, target, random_seed=seed, progressbar=False, nuts_sampler="nutpie")
    posterior = mmm.idata["posterior"].to_dataset()

    def drawn(variable: str) -> Floats:
        values = posterior[variable].transpose("chain", "draw", "channel").to_numpy()
        return values.reshape(-1, 1, len(media))

    shape = ResponseShape("geometric", config.channels[0].adstock.lags, "logistic")
    parameters = ResponseParameters(
        (shape,) * len(media),
        coefficient=drawn("saturation_beta") * float(target.max()),
        retention=drawn("adstock_alpha"),
        steepness=drawn("saturation_lam"),
    )
    truth = data.truth
    return FittedModel(
        config=config,
        dates=truth.dates,
        cells=truth.cells,
        kpi=truth.kpi,
        exposure=truth.exposure,
        cost=truth.cost,
        exposure_scale=truth.exposure_scale,
        unit_value=truth.unit_value,
        parameters=parameters,
        effect=parameters.coefficient[:, 0],
        components=(),
        component_draws=np.arange(0),
    )
