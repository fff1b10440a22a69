"""The additive terms of the expected KPI that are not media, as they are stored beside the posterior."""

from collections.abc import Iterator

import numpy as np
import pymc as pm
import xarray as xr
from numpy.typing import NDArray
from pymc_marketing.mmm.mmm import MMM

from mmm_core.model_data import ComponentKind, ModelData
from mmm_fitting.model.build import TREND
from mmm_fitting.model.signals import SignalGroup, signal_groups

INTERCEPT = "intercept_contribution"
SEASONALITY = "yearly_seasonality_contribution"
TREND_TERM = f"{TREND}_effect_contribution"
EXPECTED = "mu"


def compute_components(
    mmm: MMM, data: ModelData, posterior: xr.Dataset, samples: NDArray[np.intp]
) -> tuple[xr.Dataset, xr.DataArray]:
    """Recompute the terms for some draws.

    Parameters
    ----------
    mmm : MMM
        The built model.
    data : ModelData
        What it was built from.
    posterior : Dataset
        Free parameters, dims ``chain, draw, …``.
    samples : array of int, shape (S',)
        Which of the stacked draws to recompute.

    Returns
    -------
    components : Dataset
        ``contribution`` with dims ``component, sample, date`` in KPI units and the coordinates ``kind``,
        ``label`` and ``sample``: the form `mmm_core.fitted.fitted_model` reads.
    expected : DataArray
        Expected KPI of the same draws, dims ``sample, date``, as the model itself sums it up.
    """
    groups = signal_groups(data)
    wanted = [name for name in (SEASONALITY, TREND_TERM, EXPECTED) if name in mmm.model.named_vars]
    wanted += [f"{group.prefix}_contribution" for group in groups]
    thinned = _thin(posterior, samples)
    # Compiling would take longer than evaluating a few hundred draws without it.
    terms = pm.compute_deterministics(
        thinned,
        model=mmm.model,
        var_names=wanted,
        progressbar=False,
        compile_kwargs={"mode": "FAST_COMPILE"},
    )
    terms = terms.assign({INTERCEPT: thinned[INTERCEPT]}).isel(chain=0) * data.kpi_scale
    terms = terms.rename(draw="sample").assign_coords(sample=samples)
    dates = xr.DataArray(terms["date"], dims="date")
    named = list(_named_terms(terms, groups))
    contribution = xr.concat(
        [term.broadcast_like(dates).transpose("sample", "date") for _, _, _, term in named],
        dim="component",
        coords="minimal",
        compat="override",
    )
    return xr.Dataset(
        {"contribution": contribution.astype(np.float32)},
        coords={
            "component": [name for name, _, _, _ in named],
            "label": ("component", [label for _, label, _, _ in named]),
            "kind": ("component", [str(kind) for _, _, kind, _ in named]),
        },
    ), terms[EXPECTED].transpose("sample", "date")


def _named_terms(
    terms: xr.Dataset, groups: tuple[SignalGroup, ...]
) -> Iterator[tuple[str, str, ComponentKind, xr.DataArray]]:
    """Give each term its slug, label and kind."""
    yield "intercept", "Intercept", ComponentKind.BASELINE, terms[INTERCEPT]
    for name, label, variable in (
        ("trend", "Trend", TREND_TERM),
        ("seasonality", "Seasonality", SEASONALITY),
    ):
        if variable in terms:
            yield name, label, ComponentKind.BASELINE, terms[variable]
    for group in groups:
        for signal in group.signals:
            term = terms[f"{group.prefix}_contribution"].sel({group.prefix: signal.name}, drop=True)
            yield signal.name, signal.label, signal.kind, term


def _thin(posterior: xr.Dataset, samples: NDArray[np.intp]) -> xr.Dataset:
    """Keep some of the stacked draws, as one chain."""
    stacked = posterior.stack(sample=("chain", "draw")).isel(sample=samples)
    flat = stacked.drop_vars(["sample", "chain", "draw"]).rename(sample="draw")
    return flat.expand_dims("chain").transpose("chain", "draw", ...)
