"""The files of a fit: netCDF and JSON, nothing pickled."""

import json
from pathlib import Path
from typing import Literal

import numpy as np
import xarray as xr

from mmm_core.config import ModelConfig
from mmm_core.fitted import (
    COMPONENTS_FILE,
    FIT_DATA_FILE,
    FORMAT_VERSION,
    LOO_FILE,
    POSTERIOR_FILE,
    SPEC_FILE,
)

ENGINE: Literal["h5netcdf"] = "h5netcdf"


def write_files(
    folder: Path,
    config: ModelConfig,
    posterior: xr.DataTree,
    *,
    components: xr.Dataset,
    fit_data: xr.Dataset,
    loo: xr.Dataset,
) -> dict[str, Path]:
    """Write all files of a fit into a folder; returns artifact id to path."""
    compressed = {"zlib": True}
    posterior.to_netcdf(
        folder / POSTERIOR_FILE,
        engine=ENGINE,
        encoding={
            f"/{name}": dict.fromkeys(map(str, group.data_vars), compressed)
            for name, group in posterior.children.items()
        },
    )
    components.to_netcdf(folder / COMPONENTS_FILE, engine=ENGINE, encoding={"contribution": compressed})
    fit_data.to_netcdf(folder / FIT_DATA_FILE, engine=ENGINE)
    loo.to_netcdf(folder / LOO_FILE, engine=ENGINE)
    spec = {"format_version": FORMAT_VERSION, "config": config.model_dump(mode="json")}
    (folder / SPEC_FILE).write_text(json.dumps(spec, indent=1), encoding="utf-8")
    names = (POSTERIOR_FILE, COMPONENTS_FILE, FIT_DATA_FILE, LOO_FILE, SPEC_FILE)
    return {name: folder / name for name in names}


def posterior_tree(free: xr.Dataset, response: xr.Dataset, sample_stats: xr.Dataset) -> xr.DataTree:
    """Arrange draws and sampler statistics the way ArviZ reads them.

    Parameters
    ----------
    free : Dataset
        Free parameters.
    response : Dataset
        From `mmm_fitting.derived.response_draws`; what is a free parameter already is not repeated.
    sample_stats : Dataset
        Statistics of the sampler.
    """
    derived = response.drop_vars([name for name in response.data_vars if name in free])
    tree = xr.DataTree.from_dict(
        {"posterior": single(free), "derived": single(derived), "sample_stats": single(sample_stats)}
    )
    tree.attrs["format_version"] = FORMAT_VERSION
    return tree


def single(data: xr.Dataset) -> xr.Dataset:
    """Store floats in single precision: far below Monte-Carlo error, and half the size."""
    return data.map(lambda v: v.astype(np.float32) if np.issubdtype(v.dtype, np.floating) else v)
