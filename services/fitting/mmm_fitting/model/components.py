"""The additive terms of the expected KPI that are not media, as they are stored beside the posterior."""

from collections.abc import Iterator

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from pymc_marketing.mmm.mmm import MMM

from mmm_core.model_data import ComponentKind, ModelData
from mmm_fitting.derived import evaluate
from mmm_fitting.model.baseline import TREND, WEEKLY
from mmm_fitting.model.continuation import continuation_draws, continuation_names
from mmm_fitting.model.signals import SignalGroup, signal_groups

INTERCEPT = "intercept_contribution"
EXPECTED = "mu"
BASELINE_TERMS = (
    ("intercept", "Intercept", INTERCEPT),
    ("trend", "Trend", f"{TREND}_effect_contribution"),
    ("seasonality", "Seasonality", "yearly_seasonality_contribution"),
    ("weekly_pattern", "Pattern within the week", f"{WEEKLY}_contribution"),
)
# At most this much is stored and worked on at a time.
STORED_BYTES = 100 << 20
WORKING_BYTES = 400 << 20
MOST_SAMPLES, FEWEST_SAMPLES = 500, 100


def component_samples(draws: int, data: ModelData) -> NDArray[np.intp]:
    """Choose evenly spaced draws for the terms that are stored thinned; fewer of a large panel."""
    terms = len(BASELINE_TERMS) + len(data.signals)
    affordable = STORED_BYTES // (4 * terms * data.kpi.size)
    count = min(draws, max(FEWEST_SAMPLES, min(MOST_SAMPLES, affordable)))
    return np.linspace(0, draws - 1, num=count).round().astype(np.intp)


def compute_components(
    mmm: MMM, data: ModelData, posterior: xr.Dataset, samples: NDArray[np.intp]
) -> tuple[xr.Dataset, xr.DataArray]:
    """Recompute the terms for some draws, a part of them at a time.

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
        ``contribution`` with dims ``component, sample, date, cell`` in KPI units and the coordinates
        ``kind``, ``label`` and ``sample``, and what the terms are made of (`mmm_core.continuation`): the form
        `mmm_core.fitted.fitted_model` reads.
    expected : DataArray
        Expected KPI of the same draws, dims ``sample, date, cell``, as the model itself sums it up.
    """
    per_draw = 8 * data.kpi.size * (len(BASELINE_TERMS) + 2 * len(data.signals) + 1)
    parts = max(1, -(-len(samples) * per_draw // WORKING_BYTES))
    computed = [_terms(mmm, data, posterior, part) for part in np.array_split(samples, parts)]
    return (
        xr.concat([components for components, _ in computed], dim="sample", data_vars="minimal"),
        xr.concat([expected for _, expected in computed], dim="sample"),
    )


def _terms(
    mmm: MMM, data: ModelData, posterior: xr.Dataset, samples: NDArray[np.intp]
) -> tuple[xr.Dataset, xr.DataArray]:
    groups = signal_groups(data)
    wanted = [variable for _, _, variable in BASELINE_TERMS]
    wanted += [EXPECTED, *(f"{group.prefix}_contribution" for group in groups)]
    wanted += continuation_names(groups)
    terms = evaluate(mmm.model, _thin(posterior, samples), wanted).isel(chain=0)
    terms = terms.rename(draw="sample").assign_coords(sample=samples)
    made_of = continuation_draws(mmm, data, groups, terms)
    scale = xr.DataArray(data.kpi_scale, dims="cell")
    terms = (terms if "cell" in terms.dims else terms.expand_dims("cell")) * scale
    shape = {"sample": len(samples), "date": len(data.dates), "cell": len(data.cells)}
    named = list(_named_terms(terms, groups))
    contribution = np.stack(
        [_filled(term, shape).astype(np.float32) for _, _, _, term in named],
    )
    stored = xr.Dataset(
        {"contribution": (("component", *shape), contribution)},
        coords={
            "component": [name for name, _, _, _ in named],
            "label": ("component", [label for _, label, _, _ in named]),
            "kind": ("component", [str(kind) for _, _, kind, _ in named]),
            "sample": samples,
        },
    )
    expected = xr.DataArray(_filled(terms[EXPECTED], shape), dims=tuple(shape), coords={"sample": samples})
    return stored.merge(made_of), expected


def _filled(term: xr.DataArray, shape: dict[str, int]) -> NDArray[np.float64]:
    """A term's values in all the dims, repeated along those it does not have."""
    missing = {dim: size for dim, size in shape.items() if dim not in term.dims}
    return term.expand_dims(missing).transpose(*shape).to_numpy()


def _named_terms(
    terms: xr.Dataset, groups: tuple[SignalGroup, ...]
) -> Iterator[tuple[str, str, ComponentKind, xr.DataArray]]:
    """Give each term its slug, label and kind."""
    for name, label, variable in BASELINE_TERMS:
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
