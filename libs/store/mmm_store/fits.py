"""Read a successful fit out of the store, without pymc."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import xarray as xr
from cachetools import LRUCache

from mmm_core.config import ModelConfig
from mmm_core.errors import FailedPrecondition, NotFound, Violation
from mmm_core.fitted import (
    COEFFICIENT,
    COMPONENTS_FILE,
    FIT_DATA_FILE,
    LOO_FILE,
    POSTERIOR_FILE,
    READABLE_VERSIONS,
    FittedModel,
    fitted_model,
)
from mmm_core.names import FitName
from mmm_core.records import FitRecord, FitResult, FitState, RunRecord, fit_key, run_key
from mmm_store.cache import ArtifactCache
from mmm_store.store import Store

ENGINE = "h5netcdf"
FITS_IN_MEMORY = 8


@dataclass(frozen=True, slots=True)
class StoredFit:
    """A fit with its result.

    Attributes
    ----------
    record : FitRecord
        What was asked for.
    result : FitResult
        What came out.
    """

    record: FitRecord
    result: FitResult

    @property
    def digest(self) -> str:
        """SHA-256 over the checksums of its files: two fits that share it hold the very same draws."""
        files = sorted(f"{artifact.artifact_id} {artifact.sha256}" for artifact in self.result.artifacts)
        return hashlib.sha256("\n".join(files).encode()).hexdigest()


class FitReader:
    """Loads successful fits; keeps the last ones in memory.

    Parameters
    ----------
    store : Store
        Where records are.
    cache : ArtifactCache
        Where their files are kept locally.
    """

    def __init__(self, store: Store, cache: ArtifactCache) -> None:
        self._store = store
        self._cache = cache
        self._models: LRUCache[str, FittedModel] = LRUCache(FITS_IN_MEMORY)
        self._lock = Lock()

    def stored(self, name: FitName) -> StoredFit:
        """Follow the records of a fit.

        Raises
        ------
        NotFound
            When there is no such fit.
        FailedPrecondition
            When it has not succeeded.
        """
        found = self._store.get_record(fit_key(name))
        if found is None:
            raise NotFound("fit", str(name))
        record = FitRecord.model_validate(found.value)
        run = self._store.get_record(run_key(name, record.attempt)) if record.attempt else None
        outcome = record.outcome or (RunRecord.model_validate(run.value).outcome if run else None)
        if outcome is None or outcome.state is not FitState.SUCCEEDED or outcome.result is None:
            state = outcome.state if outcome else "not finished"
            problem = Violation(
                "fit", "has no result.", "Wait for a fit that succeeds.", str(state), "FIT_NOT_SUCCEEDED"
            )
            raise FailedPrecondition([problem], reason="FIT_NOT_SUCCEEDED")
        return StoredFit(record, outcome.result)

    def load(self, name: FitName) -> FittedModel:
        """Load a fit as arrays; raises like `stored`, and `FailedPrecondition` for an unknown file format."""
        return self.arrays(self.stored(name))

    def arrays(self, fit: StoredFit) -> FittedModel:
        """Load a fit whose records were followed; raises `FailedPrecondition` for an unknown file format."""
        key = "/".join(artifact.sha256 for artifact in fit.result.artifacts)
        with self._lock:
            if key not in self._models:
                self._models[key] = read_fitted_model(
                    fit.record.config, lambda artifact_id: self._file(fit, artifact_id)
                )
            return self._models[key]

    def posterior(self, fit: StoredFit) -> xr.Dataset:
        """Free parameters, dims ``chain, draw, …``."""
        free = _posterior_group(self._file(fit, POSTERIOR_FILE), "posterior")
        return free.drop_vars(COEFFICIENT, errors="ignore")

    def sample_stats(self, fit: StoredFit) -> xr.Dataset:
        """Statistics of the sampler, dims ``chain, draw``."""
        return _posterior_group(self._file(fit, POSTERIOR_FILE), "sample_stats")

    def leave_one_out(self, fit: StoredFit) -> xr.Dataset | None:
        """Leave-one-out figures of every observation, dims ``date, cell``; None when they were not stored."""
        if fit.result.artifact(LOO_FILE) is None:
            return None
        return xr.load_dataset(self._file(fit, LOO_FILE), engine=ENGINE)

    def _file(self, fit: StoredFit, artifact_id: str) -> Path:
        artifact = fit.result.artifact(artifact_id)
        if artifact is None:
            raise NotFound("artifact", f"{fit.record.name}/{artifact_id}")
        return self._cache.path(artifact.key)


def read_fitted_model(config: ModelConfig, path_of: Callable[[str], Path]) -> FittedModel:
    """Assemble a fit from its files.

    Parameters
    ----------
    config : ModelConfig
        What was fitted.
    path_of : callable
        Gives the local path of an artifact by its id.

    Raises
    ------
    FailedPrecondition
        For an unknown file format.
    """
    return fitted_model(
        config,
        _response(path_of(POSTERIOR_FILE)),
        xr.load_dataset(path_of(COMPONENTS_FILE), engine=ENGINE),
        xr.load_dataset(path_of(FIT_DATA_FILE), engine=ENGINE),
    )


def _response(posterior: Path) -> xr.Dataset:
    """Everything the media response is made of."""
    free = _posterior_group(posterior, "posterior")
    if COEFFICIENT in free:
        # Format version 1 kept it among the free parameters.
        return free
    return free.merge(_posterior_group(posterior, "derived"))


def _posterior_group(posterior: Path, group: str) -> xr.Dataset:
    _refuse_unknown_format(posterior)
    return xr.load_dataset(posterior, engine=ENGINE, group=group)


def _refuse_unknown_format(path: Path) -> None:
    """Read the version that the root of the posterior's file carries, for all files of the fit."""
    with xr.open_dataset(path, engine=ENGINE) as root:
        version = root.attrs.get("format_version")
    if version not in READABLE_VERSIONS:
        problem = Violation(
            POSTERIOR_FILE,
            "was stored in a format this version cannot read.",
            "Fit again.",
            str(version),
            "UNKNOWN_FORMAT",
        )
        raise FailedPrecondition([problem], reason="UNKNOWN_FORMAT")
