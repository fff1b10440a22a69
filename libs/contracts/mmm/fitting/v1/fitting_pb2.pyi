import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from mmm.common.v1 import common_pb2 as _common_pb2
from mmm.common.v1 import model_config_pb2 as _model_config_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FitState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FIT_STATE_UNSPECIFIED: _ClassVar[FitState]
    FIT_STATE_QUEUED: _ClassVar[FitState]
    FIT_STATE_RUNNING: _ClassVar[FitState]
    FIT_STATE_SUCCEEDED: _ClassVar[FitState]
    FIT_STATE_FAILED: _ClassVar[FitState]
    FIT_STATE_CANCELLED: _ClassVar[FitState]

class FitStage(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FIT_STAGE_UNSPECIFIED: _ClassVar[FitStage]
    FIT_STAGE_STARTING: _ClassVar[FitStage]
    FIT_STAGE_BUILDING: _ClassVar[FitStage]
    FIT_STAGE_COMPILING: _ClassVar[FitStage]
    FIT_STAGE_SAMPLING: _ClassVar[FitStage]
    FIT_STAGE_SUMMARISING: _ClassVar[FitStage]
    FIT_STAGE_STORING: _ClassVar[FitStage]
FIT_STATE_UNSPECIFIED: FitState
FIT_STATE_QUEUED: FitState
FIT_STATE_RUNNING: FitState
FIT_STATE_SUCCEEDED: FitState
FIT_STATE_FAILED: FitState
FIT_STATE_CANCELLED: FitState
FIT_STAGE_UNSPECIFIED: FitStage
FIT_STAGE_STARTING: FitStage
FIT_STAGE_BUILDING: FitStage
FIT_STAGE_COMPILING: FitStage
FIT_STAGE_SAMPLING: FitStage
FIT_STAGE_SUMMARISING: FitStage
FIT_STAGE_STORING: FitStage

class Model(_message.Message):
    __slots__ = ("name", "display_name", "dataset", "config", "create_time", "update_time", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DATASET_FIELD_NUMBER: _ClassVar[int]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    dataset: str
    config: _model_config_pb2.ModelConfig
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    etag: str
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., dataset: _Optional[str] = ..., config: _Optional[_Union[_model_config_pb2.ModelConfig, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class Fit(_message.Message):
    __slots__ = ("name", "display_name", "dataset", "config", "state", "revision", "create_time", "start_time", "end_time", "progress", "result", "error", "attempt", "cancel_requested", "acknowledged_warnings", "holdout_window", "cross_validation")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DATASET_FIELD_NUMBER: _ClassVar[int]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    CANCEL_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_WARNINGS_FIELD_NUMBER: _ClassVar[int]
    HOLDOUT_WINDOW_FIELD_NUMBER: _ClassVar[int]
    CROSS_VALIDATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    dataset: str
    config: _model_config_pb2.ModelConfig
    state: FitState
    revision: int
    create_time: _timestamp_pb2.Timestamp
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    progress: FitProgress
    result: FitResult
    error: FitError
    attempt: int
    cancel_requested: bool
    acknowledged_warnings: _containers.RepeatedCompositeFieldContainer[_common_pb2.Finding]
    holdout_window: _common_pb2.DateRange
    cross_validation: str
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., dataset: _Optional[str] = ..., config: _Optional[_Union[_model_config_pb2.ModelConfig, _Mapping]] = ..., state: _Optional[_Union[FitState, str]] = ..., revision: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., progress: _Optional[_Union[FitProgress, _Mapping]] = ..., result: _Optional[_Union[FitResult, _Mapping]] = ..., error: _Optional[_Union[FitError, _Mapping]] = ..., attempt: _Optional[int] = ..., cancel_requested: _Optional[bool] = ..., acknowledged_warnings: _Optional[_Iterable[_Union[_common_pb2.Finding, _Mapping]]] = ..., holdout_window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., cross_validation: _Optional[str] = ...) -> None: ...

class FitProgress(_message.Message):
    __slots__ = ("stage", "chains", "elapsed_seconds")
    STAGE_FIELD_NUMBER: _ClassVar[int]
    CHAINS_FIELD_NUMBER: _ClassVar[int]
    ELAPSED_SECONDS_FIELD_NUMBER: _ClassVar[int]
    stage: FitStage
    chains: _containers.RepeatedCompositeFieldContainer[ChainProgress]
    elapsed_seconds: float
    def __init__(self, stage: _Optional[_Union[FitStage, str]] = ..., chains: _Optional[_Iterable[_Union[ChainProgress, _Mapping]]] = ..., elapsed_seconds: _Optional[float] = ...) -> None: ...

class ChainProgress(_message.Message):
    __slots__ = ("chain", "finished_draws", "total_draws", "tuning", "divergences", "step_size")
    CHAIN_FIELD_NUMBER: _ClassVar[int]
    FINISHED_DRAWS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_DRAWS_FIELD_NUMBER: _ClassVar[int]
    TUNING_FIELD_NUMBER: _ClassVar[int]
    DIVERGENCES_FIELD_NUMBER: _ClassVar[int]
    STEP_SIZE_FIELD_NUMBER: _ClassVar[int]
    chain: int
    finished_draws: int
    total_draws: int
    tuning: bool
    divergences: int
    step_size: float
    def __init__(self, chain: _Optional[int] = ..., finished_draws: _Optional[int] = ..., total_draws: _Optional[int] = ..., tuning: _Optional[bool] = ..., divergences: _Optional[int] = ..., step_size: _Optional[float] = ...) -> None: ...

class FitResult(_message.Message):
    __slots__ = ("convergence", "in_sample_fit", "stage_times", "sampler", "library_versions", "artifacts", "findings", "holdout")
    class LibraryVersionsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CONVERGENCE_FIELD_NUMBER: _ClassVar[int]
    IN_SAMPLE_FIT_FIELD_NUMBER: _ClassVar[int]
    STAGE_TIMES_FIELD_NUMBER: _ClassVar[int]
    SAMPLER_FIELD_NUMBER: _ClassVar[int]
    LIBRARY_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    HOLDOUT_FIELD_NUMBER: _ClassVar[int]
    convergence: Convergence
    in_sample_fit: InSampleFit
    stage_times: _containers.RepeatedCompositeFieldContainer[StageTime]
    sampler: str
    library_versions: _containers.ScalarMap[str, str]
    artifacts: _containers.RepeatedCompositeFieldContainer[Artifact]
    findings: _containers.RepeatedCompositeFieldContainer[_common_pb2.Finding]
    holdout: Holdout
    def __init__(self, convergence: _Optional[_Union[Convergence, _Mapping]] = ..., in_sample_fit: _Optional[_Union[InSampleFit, _Mapping]] = ..., stage_times: _Optional[_Iterable[_Union[StageTime, _Mapping]]] = ..., sampler: _Optional[str] = ..., library_versions: _Optional[_Mapping[str, str]] = ..., artifacts: _Optional[_Iterable[_Union[Artifact, _Mapping]]] = ..., findings: _Optional[_Iterable[_Union[_common_pb2.Finding, _Mapping]]] = ..., holdout: _Optional[_Union[Holdout, _Mapping]] = ...) -> None: ...

class Holdout(_message.Message):
    __slots__ = ("window", "period_count", "score", "naive_score")
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    PERIOD_COUNT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    NAIVE_SCORE_FIELD_NUMBER: _ClassVar[int]
    window: _common_pb2.DateRange
    period_count: int
    score: _common_pb2.ForecastScore
    naive_score: _common_pb2.ForecastScore
    def __init__(self, window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., period_count: _Optional[int] = ..., score: _Optional[_Union[_common_pb2.ForecastScore, _Mapping]] = ..., naive_score: _Optional[_Union[_common_pb2.ForecastScore, _Mapping]] = ...) -> None: ...

class CrossValidation(_message.Message):
    __slots__ = ("name", "display_name", "create_time", "fold_count", "horizon_periods", "state", "folds", "score", "naive_score")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    FOLD_COUNT_FIELD_NUMBER: _ClassVar[int]
    HORIZON_PERIODS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    FOLDS_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    NAIVE_SCORE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    create_time: _timestamp_pb2.Timestamp
    fold_count: int
    horizon_periods: int
    state: FitState
    folds: _containers.RepeatedCompositeFieldContainer[Fold]
    score: _common_pb2.ForecastScore
    naive_score: _common_pb2.ForecastScore
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., fold_count: _Optional[int] = ..., horizon_periods: _Optional[int] = ..., state: _Optional[_Union[FitState, str]] = ..., folds: _Optional[_Iterable[_Union[Fold, _Mapping]]] = ..., score: _Optional[_Union[_common_pb2.ForecastScore, _Mapping]] = ..., naive_score: _Optional[_Union[_common_pb2.ForecastScore, _Mapping]] = ...) -> None: ...

class Fold(_message.Message):
    __slots__ = ("fit", "window", "state", "holdout")
    FIT_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    HOLDOUT_FIELD_NUMBER: _ClassVar[int]
    fit: str
    window: _common_pb2.DateRange
    state: FitState
    holdout: Holdout
    def __init__(self, fit: _Optional[str] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., state: _Optional[_Union[FitState, str]] = ..., holdout: _Optional[_Union[Holdout, _Mapping]] = ...) -> None: ...

class Convergence(_message.Message):
    __slots__ = ("max_r_hat", "min_ess_bulk", "min_ess_tail", "divergences", "chains", "draws")
    MAX_R_HAT_FIELD_NUMBER: _ClassVar[int]
    MIN_ESS_BULK_FIELD_NUMBER: _ClassVar[int]
    MIN_ESS_TAIL_FIELD_NUMBER: _ClassVar[int]
    DIVERGENCES_FIELD_NUMBER: _ClassVar[int]
    CHAINS_FIELD_NUMBER: _ClassVar[int]
    DRAWS_FIELD_NUMBER: _ClassVar[int]
    max_r_hat: float
    min_ess_bulk: float
    min_ess_tail: float
    divergences: int
    chains: int
    draws: int
    def __init__(self, max_r_hat: _Optional[float] = ..., min_ess_bulk: _Optional[float] = ..., min_ess_tail: _Optional[float] = ..., divergences: _Optional[int] = ..., chains: _Optional[int] = ..., draws: _Optional[int] = ...) -> None: ...

class InSampleFit(_message.Message):
    __slots__ = ("r_squared", "mape")
    R_SQUARED_FIELD_NUMBER: _ClassVar[int]
    MAPE_FIELD_NUMBER: _ClassVar[int]
    r_squared: float
    mape: float
    def __init__(self, r_squared: _Optional[float] = ..., mape: _Optional[float] = ...) -> None: ...

class StageTime(_message.Message):
    __slots__ = ("stage", "seconds")
    STAGE_FIELD_NUMBER: _ClassVar[int]
    SECONDS_FIELD_NUMBER: _ClassVar[int]
    stage: FitStage
    seconds: float
    def __init__(self, stage: _Optional[_Union[FitStage, str]] = ..., seconds: _Optional[float] = ...) -> None: ...

class Artifact(_message.Message):
    __slots__ = ("artifact_id", "size_bytes", "sha256")
    ARTIFACT_ID_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    artifact_id: str
    size_bytes: int
    sha256: str
    def __init__(self, artifact_id: _Optional[str] = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[str] = ...) -> None: ...

class FitError(_message.Message):
    __slots__ = ("reason", "message", "findings")
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    reason: str
    message: str
    findings: _containers.RepeatedCompositeFieldContainer[_common_pb2.Finding]
    def __init__(self, reason: _Optional[str] = ..., message: _Optional[str] = ..., findings: _Optional[_Iterable[_Union[_common_pb2.Finding, _Mapping]]] = ...) -> None: ...

class MediumPriorPreview(_message.Message):
    __slots__ = ("name", "display_name", "roi", "cost_per_unit", "effect_share")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ROI_FIELD_NUMBER: _ClassVar[int]
    COST_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    EFFECT_SHARE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    roi: _common_pb2.Estimate
    cost_per_unit: _common_pb2.Estimate
    effect_share: _common_pb2.Estimate
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., roi: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., cost_per_unit: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., effect_share: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ...) -> None: ...

class PriorPreview(_message.Message):
    __slots__ = ("draw_count", "media", "dates", "observed", "predicted", "negative_share")
    DRAW_COUNT_FIELD_NUMBER: _ClassVar[int]
    MEDIA_FIELD_NUMBER: _ClassVar[int]
    DATES_FIELD_NUMBER: _ClassVar[int]
    OBSERVED_FIELD_NUMBER: _ClassVar[int]
    PREDICTED_FIELD_NUMBER: _ClassVar[int]
    NEGATIVE_SHARE_FIELD_NUMBER: _ClassVar[int]
    draw_count: int
    media: _containers.RepeatedCompositeFieldContainer[MediumPriorPreview]
    dates: _containers.RepeatedScalarFieldContainer[str]
    observed: _containers.RepeatedScalarFieldContainer[float]
    predicted: _containers.RepeatedCompositeFieldContainer[_common_pb2.Estimate]
    negative_share: float
    def __init__(self, draw_count: _Optional[int] = ..., media: _Optional[_Iterable[_Union[MediumPriorPreview, _Mapping]]] = ..., dates: _Optional[_Iterable[str]] = ..., observed: _Optional[_Iterable[float]] = ..., predicted: _Optional[_Iterable[_Union[_common_pb2.Estimate, _Mapping]]] = ..., negative_share: _Optional[float] = ...) -> None: ...
