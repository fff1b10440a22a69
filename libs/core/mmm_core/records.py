"""The records in object storage, and the keys they live under.

Each record is a small JSON object with one writing service; the others only read it. Artifacts are
written first, under keys nobody else writes, and the record that names them last, so that a reader who
follows records never meets half-written data.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from mmm_core.config import ModelConfig
from mmm_core.findings import Finding
from mmm_core.names import CrossValidationName, DatasetName, FitName, ModelName, ScenarioName

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


class Layout(StrEnum):
    """How a file holds its variables."""

    WIDE = "wide"
    LONG = "long"


class DateColumnReading(RecordModel):
    """A column of dates and the form they were written in, like ``DD/MM/YYYY``."""

    column: str
    format: str


class RenamedColumn(RecordModel):
    """A column whose name in the file, `given`, could not stay: it was empty, or had spaces around it."""

    given: str
    name: str


class Reading(RecordModel):
    """How a file was read: what was found in it or said by the uploader, never a silent guess.

    Attributes
    ----------
    delimiter, encoding : str
        Of delimited text; empty for other formats.
    decimal_mark, thousands_marks : str
        Of numbers that came as text; empty when no number has one.
    sheet : str
        Of a workbook.
    dates : tuple of DateColumnReading
        Every column of dates that came as text.
    layout : Layout
        Of the file; the stored table is always wide.
    variable_column, value_column : str
        Of a long file.
    ignored_columns : tuple of str
        Columns of a long file that were left out because the uploader said so.
    renamed_columns : tuple of RenamedColumn
        Columns that are called otherwise in the file.
    """

    delimiter: str = ""
    encoding: str = ""
    decimal_mark: str = ""
    thousands_marks: str = ""
    sheet: str = ""
    dates: tuple[DateColumnReading, ...] = ()
    layout: Layout = Layout.WIDE
    variable_column: str = ""
    value_column: str = ""
    ignored_columns: tuple[str, ...] = ()
    renamed_columns: tuple[RenamedColumn, ...] = ()


class DatasetVersion(RecordModel):
    """One version in the history of a dataset.

    Attributes
    ----------
    upload : str
        Id of the upload that made it; no two uploads share one.
    content : str
        Digest of what was uploaded: the key of its `TableRecord`.
    request_id : str
        Request that made it; a repetition of that request gets it again.
    """

    upload: str
    content: str
    request_id: str = ""


class DatasetRecord(RecordModel):
    """A table that was uploaded. A version never changes; the dataset's own record is its newest version.

    Attributes
    ----------
    table : ArtifactRecord
        The stored table, which datasets of the same content share.
    version : int
        Number of the version, from 1.
    reading : Reading
        How the file was read.
    versions : tuple of DatasetVersion
        Every version so far, oldest first.
    """

    name: str
    display_name: str
    create_time: datetime
    source_format: str
    source_bytes: int
    source_sha256: str
    row_count: int
    columns: tuple[ColumnRecord, ...]
    table: ArtifactRecord
    version: int = 1
    reading: Reading = Reading()
    versions: tuple[DatasetVersion, ...] = ()


class TableReference(RecordModel):
    """An upload whose record names a stored table, and the dataset it belongs to."""

    upload: str
    dataset: str


class TableRecord(RecordModel):
    """A stored table and who refers to it; without references the table is deleted.

    It is changed by compare-and-swap only, and its file gets a new key whenever it is stored anew. So a
    deletion can only ever hit a file nobody refers to any more.
    """

    table: ArtifactRecord
    references: tuple[TableReference, ...]


def dataset_key(name: DatasetName) -> str:
    """Key of the `DatasetRecord` of a dataset's newest version."""
    return f"{name}/dataset.json"


def dataset_version_key(name: DatasetName, upload: str) -> str:
    """Key of the `DatasetRecord` of one version."""
    return f"{name}/versions/{upload}/version.json"


def table_record_key(client: str, content: str) -> str:
    """Key of the `TableRecord` of a content."""
    return f"clients/{client}/tables/{content}/table.json"


def table_key(client: str, content: str, upload: str) -> str:
    """Key of a Parquet file, by the upload that stored it."""
    return f"clients/{client}/tables/{content}/{upload}/data.parquet"


# -- models and fits, written by the fitting service ----------------------------------------------------


class ModelRecord(RecordModel):
    """A dataset, or a version of one, together with what its columns are."""

    name: str
    display_name: str
    dataset: str
    config: ModelConfig
    create_time: datetime
    update_time: datetime
    request_id: str = ""


class HoldoutWindow(RecordModel):
    """First and last of the periods that are withheld from a fit."""

    start: date
    end: date


class FitRecord(RecordModel):
    """What was asked for, and what the service did about it; written by the fitting service.

    Attributes
    ----------
    dataset : str
        Name of the version of the dataset it was made with. Fits from before there were versions name the
        dataset.
    table : ArtifactRecord
        The stored table of that version.
    attempt : int
        Which start of a worker is the current one; 0 before the first.
    deaths : int
        Workers that ended without a word.
    acknowledged_warnings : tuple of Finding
        Warnings about the data that the caller accepted.
    outcome : Outcome or None
        Set when the fit ends without a worker's word: cancelled, or given up because workers died.
    holdout : HoldoutWindow or None
        Periods the fit does not see; neither does it see later ones.
    cross_validation : str
        Name of the cross-validation it is a fold of; empty for a fit of its own.
    """

    name: str
    display_name: str
    dataset: str
    table: ArtifactRecord
    config: ModelConfig
    create_time: datetime
    request_id: str = ""
    acknowledged_warnings: tuple[Finding, ...] = ()
    holdout: HoldoutWindow | None = None
    cross_validation: str = ""
    revision: int = 1
    attempt: int = 0
    deaths: int = 0
    cancel_requested: bool = False
    outcome: "Outcome | None" = None


class CrossValidationRecord(RecordModel):
    """Fits of one model, each on the data before a window of periods it has to foretell.

    Attributes
    ----------
    fold_names : tuple of str
        Names of the fits, the earliest window first.
    """

    name: str
    display_name: str
    create_time: datetime
    fold_names: tuple[str, ...]
    horizon_periods: int
    request_id: str = ""


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


class ForecastScore(RecordModel):
    """How good forecasts were, on average over periods and panel cells.

    Attributes
    ----------
    coverage : float
        Share of observations inside the central 90 % interval.
    mape : float
        Mean absolute error of the mean, as a share of the observation.
    crps : float
        Continuous ranked probability score in KPI units; 0 is perfect.
    """

    coverage: float
    mape: float
    crps: float


class Holdout(RecordModel):
    """Periods that a fit did not see, and how well it foretold them.

    Attributes
    ----------
    start, end : date
        First and last withheld period.
    score : ForecastScore
        Of the fit.
    naive_score : ForecastScore
        Of a seasonal-naive forecast from the same training data.
    """

    start: date
    end: date
    periods: int
    score: ForecastScore
    naive_score: ForecastScore


class FitResult(RecordModel):
    """What a successful fit stored."""

    convergence: Convergence
    in_sample_fit: InSampleFit
    stage_seconds: dict[FitStage, float]
    sampler: str
    library_versions: dict[str, str]
    artifacts: tuple[ArtifactRecord, ...]
    findings: tuple[Finding, ...] = ()
    holdout: Holdout | None = None

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


def cross_validation_key(name: CrossValidationName) -> str:
    """Key of a `CrossValidationRecord`."""
    return f"{name}/cross-validation.json"


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


# -- exports, written by the analysis service ---------------------------------------------------------------


class ExportRecord(RecordModel):
    """A file that says what a fit says, for whoever asks the same question of the same fit."""

    key: str
    size_bytes: int
    sha256: str
    create_time: datetime


def exports_prefix(name: FitName) -> str:
    """What the keys of all exports of a fit begin with."""
    return f"{name}/exports/"


def export_key(name: FitName, question: str, file_format: str) -> str:
    """Key of an `ExportRecord`, by the digest of the question."""
    return f"{exports_prefix(name)}{question}/{file_format}.json"


def export_file_key(name: FitName, question: str, file_format: str, written: datetime, writer: str) -> str:
    """Key of an exported file; every writer has its own, which says when it was written."""
    return f"{exports_prefix(name)}{question}/{file_format}-{written:%Y%m%dT%H%M%SZ}-{writer}"


def export_file_time(key: str) -> datetime | None:
    """When an exported file was written; None for a key of something else."""
    _, _, ending = key.rpartition("/")
    parts = ending.split("-")
    return datetime.strptime(parts[1], "%Y%m%dT%H%M%S%z") if len(parts) == 3 else None


# -- scenarios, written by the optimizer service --------------------------------------------------------


class ScenarioRecord(RecordModel):
    """A plan that is kept, with everything it came from.

    Question and plan are the JSON form of their messages: readable without this code, and of fields that are
    known by name.

    Attributes
    ----------
    fit : str
        Name of the fit, which may have been deleted since.
    fit_digest : str
        Digest of the fit's files.
    question_kind : str
        Field of the scenario's message that holds the question.
    question, plan, units : dict
        Messages.
    target : dict or None
        Message: how the plan stands to the target that was asked for.
    amounts : tuple of float
        The solver's amounts of money, which say more than the plan's sums over periods and over cells. Empty
        for a plan made by hand.
    """

    name: str
    display_name: str
    note: str = ""
    fit: str
    fit_digest: str
    question_kind: str
    question: dict[str, Any]
    plan: dict[str, Any]
    target: dict[str, Any] | None = None
    units: dict[str, Any]
    amounts: tuple[float, ...] = ()
    library_versions: dict[str, str]
    create_time: datetime
    update_time: datetime
    request_id: str = ""


def scenario_key(name: ScenarioName) -> str:
    """Key of a `ScenarioRecord`."""
    return f"{name}/scenario.json"
