"""What the terms beside media are made of, as it is stored beside them: see `mmm_core.continuation`."""

from collections.abc import Iterable, Iterator

import numpy as np
import xarray as xr
from pymc_marketing.mmm.mmm import MMM

from mmm_core.continuation import (
    BASELINE_PROCESS,
    KINKS,
    MEDIA_PROCESS,
    SIGNAL_CARRYOVER,
    SIGNAL_COEFFICIENT,
    YEARLY,
)
from mmm_core.continuation import WEEKLY as WEEKLY_MODES
from mmm_core.media import UNUSED, UNUSED_RETENTION, Floats
from mmm_core.model_data import ModelData
from mmm_fitting.model.baseline import WEEKLY
from mmm_fitting.model.signals import SignalGroup

# What is stored, the library's name and dim, and the dim that is stored.
BASELINE = (
    (KINKS, "delta", "changepoint", "kink"),
    (YEARLY, "gamma_fourier", "fourier_mode", "yearly_mode"),
    (WEEKLY_MODES, f"{WEEKLY}_beta", WEEKLY, "weekly_mode"),
)
# What is stored, the library's name, and its attribute of the model.
PROCESSES = (
    (BASELINE_PROCESS, "intercept_latent_process", "time_varying_intercept"),
    (MEDIA_PROCESS, "media_temporal_latent_multiplier", "time_varying_media"),
)


def continuation_names(groups: Iterable[SignalGroup]) -> list[str]:
    """Names of the variables that `continuation_draws` reads; a model need not have all."""
    return [
        *(name for _, name, _, _ in BASELINE),
        *(f"{name}_{part}" for _, name, _ in PROCESSES for part in ("raw_hsgp_coefs", "f_mean")),
        *(f"{group.prefix}_{part}" for group in groups for part in ("coefficient", *SIGNAL_CARRYOVER)),
    ]


def continuation_draws(
    mmm: MMM, data: ModelData, groups: Iterable[SignalGroup], drawn: xr.Dataset
) -> xr.Dataset:
    """Bring draws of the model's variables to the form that is stored, in KPI units.

    Parameters
    ----------
    mmm : MMM
        The built model.
    data : ModelData
        What it was built from.
    groups : iterable of SignalGroup
        Its signals.
    drawn : Dataset
        The variables, dims ``sample, …``.
    """
    stored = dict([*_baseline(data, drawn), *_processes(mmm, drawn), *_signals(data, groups, drawn)])
    return xr.Dataset(stored).astype(np.float32)


def _baseline(data: ModelData, drawn: xr.Dataset) -> Iterator[tuple[str, xr.Variable]]:
    for name, theirs, dim, stored_dim in BASELINE:
        if theirs in drawn:
            values = _by_cell(drawn[theirs], dim) * data.kpi_scale[:, None]
            yield name, xr.Variable(("sample", "cell", stored_dim), values)


def _processes(mmm: MMM, drawn: xr.Dataset) -> Iterator[tuple[str, xr.Variable]]:
    for name, theirs, attribute in PROCESSES:
        if f"{theirs}_f_mean" not in drawn:
            continue
        process = getattr(mmm, attribute)
        weights = drawn[f"{theirs}_raw_hsgp_coefs"].transpose("sample", ...).to_numpy()
        extent = {"centre": float(process.X_mid), "boundary": float(process.L)}
        yield name, xr.Variable(("sample", f"{name}_mode"), weights, extent)
        yield f"{name}_mean", xr.Variable("sample", drawn[f"{theirs}_f_mean"].to_numpy())


def _signals(
    data: ModelData, groups: Iterable[SignalGroup], drawn: xr.Dataset
) -> Iterator[tuple[str, xr.Variable]]:
    """Coefficients and carryover of all signals, in the order of the data."""
    order = {signal.name: place for place, signal in enumerate(data.signals)}
    coefficient = np.zeros((drawn.sizes["sample"], len(data.cells), len(order)))
    carryover: dict[str, Floats] = {}
    for group in groups:
        places = [order[signal.name] for signal in group.signals]
        direction = -1.0 if group.signals[0].sign == "negative" else 1.0
        coefficient[..., places] = direction * _by_cell(drawn[f"{group.prefix}_coefficient"], group.prefix)
        for theirs, name in SIGNAL_CARRYOVER.items():
            if f"{group.prefix}_{theirs}" in drawn:
                unused = UNUSED_RETENTION if theirs == "alpha" else UNUSED
                values = carryover.setdefault(name, np.full((len(coefficient), len(order)), unused))
                values[:, places] = drawn[f"{group.prefix}_{theirs}"].transpose("sample", ...).to_numpy()
    in_units = coefficient * data.kpi_scale[:, None]
    yield SIGNAL_COEFFICIENT, xr.Variable(("sample", "cell", "signal_name"), in_units)
    for name, values in carryover.items():
        yield name, xr.Variable(("sample", "signal_name"), values)


def _by_cell(values: xr.DataArray, dim: str) -> Floats:
    """Draws with the axes sample, cell and `dim`; a series without a panel has one cell."""
    widened = values if "cell" in values.dims else values.expand_dims("cell")
    return np.asarray(widened.transpose("sample", "cell", dim).to_numpy())
