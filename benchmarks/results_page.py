"""Everything on a page of results, against pymc-marketing's `incrementality` and `summary` on the same draws.

``python benchmarks/results_page.py`` simulates 156 weeks of 12 media, fits them as the worker does with
4 x 1 000 draws, and asks for a page: channel table with breakeven, response curves of 21 points with marks,
contributions by week, carryover and the executive summary. Ours is asked as the service is: *cold* reads the
fit's files first, *warm* has the fit in memory and nothing computed, *repeated* asks again. The library gives
what of it there is: incremental ROAS and marginal ROAS over all data, one further point of the response
curves, and contributions by week, from draws whose deterministics are in memory already. Both ROAS are held
against each other.

``--cells 50 --channels 30 --periods 208`` measures a panel, and its memory, without the library.
"""

import argparse
import logging
import resource
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pymc as pm
import xarray as xr
from panel_scale import show
from pymc_marketing.mmm.mmm import MMM
from rich.console import Console
from rich.table import Table

from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm.options.v1.options_pb2 import PERMISSION_READ
from mmm_analysis import answers
from mmm_analysis.results import Results
from mmm_core.config import ModelConfig
from mmm_core.fitted import COEFFICIENT, POSTERIOR_FILE
from mmm_core.names import FitName
from mmm_core.records import (
    ArtifactRecord,
    FitRecord,
    FitResult,
    FitState,
    Outcome,
    fit_artifact_key,
    fit_key,
)
from mmm_core.signals import build_model_data
from mmm_core.simulation import SimulatedData, generate, parse_design
from mmm_fitting.model.build import build_model
from mmm_fitting.pipeline import PipelineResult, run_pipeline
from mmm_service.permissions import Role
from mmm_service.principal import CallScope, Principal, current_call
from mmm_store.cache import ArtifactCache
from mmm_store.fits import FitReader
from mmm_store.memory import MemoryStore

FIT = FitName("bench", "page", "fit")
PAGE: dict[str, tuple[Callable[..., object], object]] = {
    "channel table": (answers.channels_answer, wire.GetChannelResultsRequest(fit=str(FIT))),
    "response curves": (answers.curves_answer, wire.GetResponseCurvesRequest(fit=str(FIT))),
    "contributions": (answers.contributions_answer, wire.GetContributionsRequest(fit=str(FIT))),
    "carryover": (answers.carryover_answer, wire.GetCarryoverRequest(fit=str(FIT))),
    "summary": (answers.summary_answer, wire.GetSummaryRequest(fit=str(FIT))),
}


def simulate(periods: int, channels: int, cells: int) -> SimulatedData:
    """Weekly data whose media differ in return, carryover and saturation."""
    media = [
        {
            "name": f"channel_{number}",
            "kpi_share": {"low": 0.1 / channels, "high": 0.5 / channels},
            "roi": {"low": 0.5, "high": 3.0},
            "spend": {"kind": ("always_on", "flighted", "pulsed")[number % 3]},
            "adstock": {"max_lag": 8, "retention": {"low": 0.1, "high": 0.7}},
            "saturation": {"family": "logistic", "steepness": {"low": 1.0, "high": 4.0}},
        }
        for number in range(channels)
    ]
    regions = {"region": [f"region {number}" for number in range(cells)]}
    panel = {} if cells == 1 else {"panel": {"dimensions": regions}}
    return generate(parse_design({"periods": periods, "channels": media} | panel), seed=1)


def stored(config: ModelConfig, result: PipelineResult) -> MemoryStore:
    """Keep the files and the record of a fit as the fitting service does."""
    store = MemoryStore()
    artifacts = []
    for name, path in result.files.items():
        info = store.put_artifact(fit_artifact_key(FIT, 1, path.name), path)
        artifacts.append(
            ArtifactRecord(artifact_id=name, key=info.key, size_bytes=info.size_bytes, sha256=info.sha256)
        )
    outcome = FitResult(
        convergence=result.convergence,
        in_sample_fit=result.in_sample_fit,
        stage_seconds={},
        sampler=result.sampler,
        library_versions={},
        artifacts=tuple(artifacts),
    )
    moment = datetime.now(UTC)
    record = FitRecord(
        name=str(FIT),
        display_name="Page",
        dataset="clients/bench/datasets/page",
        table=artifacts[0],
        config=config,
        create_time=moment,
        outcome=Outcome(state=FitState.SUCCEEDED, end_time=moment, result=outcome),
    )
    store.create_record(fit_key(FIT), record.model_dump(mode="json"))
    return store


def page_seconds(results: Results) -> dict[str, float]:
    """Seconds of every part of a page, asked one after the other."""
    seconds = {}
    for part, (answer, request) in PAGE.items():
        begun = time.perf_counter()
        answer(results, request)
        seconds[part] = time.perf_counter() - begun
    return seconds


def our_seconds(store: MemoryStore, folder: Path, repeats: int) -> dict[str, dict[str, float]]:
    """Fastest of some repeats of a page: cold, warm and repeated."""
    fastest: dict[str, dict[str, float]] = {}
    for repeat in range(repeats):
        reader = FitReader(store, ArtifactCache(store, folder / f"cache {repeat}"))
        warm = Results(reader)
        for state, results in (("cold", Results(reader)), ("warm", warm), ("repeated", warm)):
            found = page_seconds(results)
            if state not in fastest or sum(found.values()) < sum(fastest[state].values()):
                fastest[state] = found
    return fastest


def library(data: SimulatedData, folder: Path) -> MMM:
    """The library's model with the fit's draws and their deterministics."""
    mmm = build_model(data.config, build_model_data(data.config, data.table))
    free = xr.load_dataset(folder / POSTERIOR_FILE, group="posterior", engine="h5netcdf")
    free = free.drop_vars(COEFFICIENT, errors="ignore")
    evaluated = pm.compute_deterministics(free, model=mmm.model, progressbar=False)
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
    return mmm


def library_seconds(mmm: MMM) -> tuple[dict[str, float], xr.DataArray]:
    """Seconds of what the library gives of a page, and its incremental ROAS."""
    increments, summary, kept = mmm.incrementality, mmm.summary, {}

    def roas() -> None:
        kept["roas"] = increments.contribution_over_spend("all_time")

    parts: dict[str, Callable[[], object]] = {
        "incremental ROAS": roas,
        "marginal ROAS": lambda: increments.marginal_contribution_over_spend("all_time"),
        "one more point of curves": lambda: increments.compute_incremental_contribution(
            "all_time", counterfactual_spend_factor=0.5
        ),
        "contributions": lambda: summary.contributions(component="channel"),
        "baseline": lambda: summary.contributions(component="baseline"),
    }
    seconds = {}
    for part, compute in parts.items():
        begun = time.perf_counter()
        compute()
        seconds[part] = time.perf_counter() - begun
    return seconds, kept["roas"]


def main() -> None:
    """Fit once, ask for pages, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--periods", type=int, default=156)
    parser.add_argument("--channels", type=int, default=12)
    parser.add_argument("--cells", type=int, default=1)
    parser.add_argument("--draws", type=int, default=1_000, help="per chain, of four")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.INFO)
    data = simulate(arguments.periods, arguments.channels, arguments.cells)
    sampler = data.config.sampler.model_copy(update={"chains": 4, "draws": arguments.draws})
    config = data.config.model_copy(update={"sampler": sampler})
    current_call.set(CallScope(Principal("bench", {"bench": Role.VIEWER}), PERMISSION_READ))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "fit").mkdir()
        result = run_pipeline(config, data.table, folder / "fit", report=show, is_cancelled=lambda: False)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        store = stored(config, result)
        ours = our_seconds(store, folder, arguments.repeats)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        console = Console(width=110)
        table = Table("seconds", *ours)
        for part in PAGE:
            table.add_row(part, *(f"{seconds[part]:.3f}" for seconds in ours.values()))
        table.add_row("page", *(f"{sum(seconds.values()):.3f}" for seconds in ours.values()))
        console.print(table)
        console.print(f"Resident memory grew by {max(grown, 0) / 1e3:.0f} MB above that of the fit.")
        if arguments.cells == 1:
            theirs, roas = library_seconds(library(data, folder / "fit"))
            table = Table("library", "seconds")
            for part, seconds in theirs.items():
                table.add_row(part, f"{seconds:.2f}")
            total = sum(theirs.values())
            table.add_row("all of these", f"{total:.2f}")
            console.print(table)
            pages = {state: sum(seconds.values()) for state, seconds in ours.items()}
            console.print(
                f"Library over ours: cold {total / pages['cold']:.1f}, warm {total / pages['warm']:.1f}."
            )
            console.print(
                f"Incremental ROAS, largest relative difference of means: {gap(store, folder, roas):.1e}."
            )


def gap(store: MemoryStore, folder: Path, roas: xr.DataArray) -> float:
    """Largest relative difference of the mean ROI of paid media between the library and ours."""
    results = Results(FitReader(store, ArtifactCache(store, folder / "cache 0")))
    rows = answers.channels_answer(results, wire.GetChannelResultsRequest(fit=str(FIT))).channels
    ours = np.array([row.roi.mean for row in rows if row.HasField("roi")])
    other = [dim for dim in roas.dims if dim != "channel"]
    theirs = roas.mean(other).to_numpy()[: len(ours)]
    return float(np.abs(theirs / ours - 1).max())


if __name__ == "__main__":
    main()
