"""The records in object storage, and the keys they live under.

Each record is a small JSON object with one writing service; the others only read it. Artifacts are
written first, under keys nobody else writes, and the record that names them last, so that a reader who
follows records never meets half-written data.
"""

from datetime import UTC, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from mmm_core.config import ModelConfig
from mmm_core.findings import Finding
from mmm_core.names import DatasetName, FitName, ModelName

ACTIVE_FITS_PREFIX = "fitting/active/"


def now() -> datetime:
    """The present, in UTC."""
    return datetime.now(UTC)


class RecordModel(BaseModel):
    """Base of all records: immutable; unknown fields of a newer writer are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ArtifactRecord(RecordModel):
    """A stored file."""

    artifact_id: str
    key: str
    size_bytes: int
    sha256: str


# -- datasets, written by the data service ------------------------------------------------------------


class ColumnType(StrEnum):
    """What the values of a column are."""

    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


class ColumnRecord(RecordModel):
    """A column of a dataset."""

    name: str
    type: ColumnType


class DatasetRecord(RecordModel):
    """A table that was uploaded; it never changes."""

    name: str
    display_name: str
    create_time: datetime
    source_format: str
    source_bytes: int
    source_sha256: str
    row_count: int
    columns: tuple[ColumnRecord, ...]
    table: ArtifactRecord


def dataset_key(name: DatasetName) -> str:
    """Key of a `DatasetRecord`."""
    return f"{name}/dataset.json"


def dataset_table_key(name: DatasetName, upload_id: str) -> str:
    """Key of a dataset's Parquet file."""
    return f"{name}/{upload_id}/data.parquet"


# -- models and fits, written by the fitting service ----------------------------------------------------


class ModelRecord(RecordModel):
    """A dataset together with what its columns are."""

    name: str
    display_name: str
    dataset: str
    config: ModelConfig
    create_time: datetime
    update_time: datetime
    request_id: str = ""


class FitRecord(RecordModel):
    """What was asked for, and what the service did about it; written by the fitting service.

    Attributes
    ----------
    attempt : int
        Which start of a worker is the current one; 0 before the first.
    deaths : int
        Workers that ended without a word.
    acknowledged_warnings : tuple of Finding
        Warnings about the data that the caller accepted.
    outcome : Outcome or None
        Set when the fit ends without a worker's word: cancelled, or given up because workers died.
    """

    name: str
    display_name: str
    dataset: str
    table: ArtifactRecord
    config: ModelConfig
    create_time: datetime
    request_id: str = ""
    acknowledged_warnings: tuple[Finding, ...] = ()
    revision: int = 1
    attempt: int = 0
    deaths: int = 0
    cancel_requested: bool = False
    outcome: "Outcome | None" = None


class FitState(StrEnum):
    """Where a fit stands."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether the state never changes again."""
        return self in {FitState.SUCCEEDED, FitState.FAILED, FitState.CANCELLED}


class FitStage(StrEnum):
    """What a running worker does."""

    STARTING = "starting"
    BUILDING = "building"
    COMPILING = "compiling"
    SAMPLING = "sampling"
    SUMMARISING = "summarising"
    STORING = "storing"


class ChainProgress(RecordModel):
    """Progress of one chain; draws include adaptation."""

    chain: int
    finished_draws: int
    total_draws: int
    tuning: bool
    divergences: int
    step_size: float


class Convergence(RecordModel):
    """Convergence over all free parameters."""

    max_r_hat: float
    min_ess_bulk: float
    min_ess_tail: float
    divergences: int
    chains: int
    draws: int


class InSampleFit(RecordModel):
    """How the posterior mean of the expected KPI reproduces the observed one."""

    r_squared: float
    mape: float


class FitResult(RecordModel):
    """What a successful fit stored."""

    convergence: Convergence
    in_sample_fit: InSampleFit
    stage_seconds: dict[FitStage, float]
    sampler: str
    library_versions: dict[str, str]
    artifacts: tuple[ArtifactRecord, ...]
    findings: tuple[Finding, ...] = ()

    def artifact(self, artifact_id: str) -> ArtifactRecord | None:
        """Find a stored file by its id."""
        return next((a for a in self.artifacts if a.artifact_id == artifact_id), None)


class FitError(RecordModel):
    """Why a fit failed."""

    reason: str
    message: str
    findings: tuple[Finding, ...] = ()


class Outcome(RecordModel):
    """How a fit ended."""

    state: FitState
    end_time: datetime
    result: FitResult | None = None
    error: FitError | None = None


class RunRecord(RecordModel):
    """What a worker says of its run; written by that worker only, one object per attempt.

    Attributes
    ----------
    update_time : datetime
        When it was last written.
    interrupted : bool
        The worker was told to stop and did, so the run does not count as a death.
    """

    attempt: int
    start_time: datetime
    update_time: datetime
    revision: int
    stage: FitStage = FitStage.STARTING
    chains: tuple[ChainProgress, ...] = ()
    interrupted: bool = False
    outcome: Outcome | None = None


def model_key(name: ModelName) -> str:
    """Key of a `ModelRecord`."""
    return f"{name}/model.json"


def fit_key(name: FitName) -> str:
    """Key of a `FitRecord`."""
    return f"{name}/fit.json"


def run_key(name: FitName, attempt: int) -> str:
    """Key of a `RunRecord`."""
    return f"{name}/attempts/{attempt}/run.json"


def fit_artifact_key(name: FitName, attempt: int, artifact_id: str) -> str:
    """Key of a file an attempt stored."""
    return f"{name}/attempts/{attempt}/{artifact_id}"


def active_fit_key(name: FitName) -> str:
    """Key of the marker that a fit has not ended yet."""
    return f"{ACTIVE_FITS_PREFIX}{name.client}.{name.model}.{name.fit}"


def active_fit_name(key: str) -> FitName:
    """Name of the fit a marker stands for."""
    return FitName(*key.removeprefix(ACTIVE_FITS_PREFIX).split("."))


def request_key(client: str, request_id: str) -> str:
    """Key of the record that maps a request id to the resource it made (AIP-155)."""
    return f"clients/{client}/requests/{request_id}.json"
