from google.protobuf import empty_pb2 as _empty_pb2
from mmm.common.v1 import model_config_pb2 as _model_config_pb2
from mmm.fitting.v1 import fitting_pb2 as _fitting_pb2
from mmm.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateModelRequest(_message.Message):
    __slots__ = ("parent", "model_id", "model", "request_id")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    MODEL_ID_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    parent: str
    model_id: str
    model: _fitting_pb2.Model
    request_id: str
    def __init__(self, parent: _Optional[str] = ..., model_id: _Optional[str] = ..., model: _Optional[_Union[_fitting_pb2.Model, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class GetModelRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListModelsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListModelsResponse(_message.Message):
    __slots__ = ("models", "next_page_token")
    MODELS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    models: _containers.RepeatedCompositeFieldContainer[_fitting_pb2.Model]
    next_page_token: str
    def __init__(self, models: _Optional[_Iterable[_Union[_fitting_pb2.Model, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateModelRequest(_message.Message):
    __slots__ = ("model",)
    MODEL_FIELD_NUMBER: _ClassVar[int]
    model: _fitting_pb2.Model
    def __init__(self, model: _Optional[_Union[_fitting_pb2.Model, _Mapping]] = ...) -> None: ...

class DeleteModelRequest(_message.Message):
    __slots__ = ("name", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ...) -> None: ...

class CreateFitRequest(_message.Message):
    __slots__ = ("parent", "fit_id", "fit", "request_id", "acknowledged_warnings", "holdout_periods")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    FIT_ID_FIELD_NUMBER: _ClassVar[int]
    FIT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_WARNINGS_FIELD_NUMBER: _ClassVar[int]
    HOLDOUT_PERIODS_FIELD_NUMBER: _ClassVar[int]
    parent: str
    fit_id: str
    fit: _fitting_pb2.Fit
    request_id: str
    acknowledged_warnings: _containers.RepeatedScalarFieldContainer[str]
    holdout_periods: int
    def __init__(self, parent: _Optional[str] = ..., fit_id: _Optional[str] = ..., fit: _Optional[_Union[_fitting_pb2.Fit, _Mapping]] = ..., request_id: _Optional[str] = ..., acknowledged_warnings: _Optional[_Iterable[str]] = ..., holdout_periods: _Optional[int] = ...) -> None: ...

class GetFitRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListFitsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListFitsResponse(_message.Message):
    __slots__ = ("fits", "next_page_token")
    FITS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    fits: _containers.RepeatedCompositeFieldContainer[_fitting_pb2.Fit]
    next_page_token: str
    def __init__(self, fits: _Optional[_Iterable[_Union[_fitting_pb2.Fit, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchFitRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class CancelFitRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DeleteFitRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class CreateCrossValidationRequest(_message.Message):
    __slots__ = ("parent", "cross_validation_id", "cross_validation", "request_id", "acknowledged_warnings")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    CROSS_VALIDATION_ID_FIELD_NUMBER: _ClassVar[int]
    CROSS_VALIDATION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_WARNINGS_FIELD_NUMBER: _ClassVar[int]
    parent: str
    cross_validation_id: str
    cross_validation: _fitting_pb2.CrossValidation
    request_id: str
    acknowledged_warnings: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, parent: _Optional[str] = ..., cross_validation_id: _Optional[str] = ..., cross_validation: _Optional[_Union[_fitting_pb2.CrossValidation, _Mapping]] = ..., request_id: _Optional[str] = ..., acknowledged_warnings: _Optional[_Iterable[str]] = ...) -> None: ...

class GetCrossValidationRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListCrossValidationsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListCrossValidationsResponse(_message.Message):
    __slots__ = ("cross_validations", "next_page_token")
    CROSS_VALIDATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    cross_validations: _containers.RepeatedCompositeFieldContainer[_fitting_pb2.CrossValidation]
    next_page_token: str
    def __init__(self, cross_validations: _Optional[_Iterable[_Union[_fitting_pb2.CrossValidation, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DeleteCrossValidationRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class PreviewPriorsRequest(_message.Message):
    __slots__ = ("dataset", "config", "draw_count", "interval_probability")
    DATASET_FIELD_NUMBER: _ClassVar[int]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    DRAW_COUNT_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    dataset: str
    config: _model_config_pb2.ModelConfig
    draw_count: int
    interval_probability: float
    def __init__(self, dataset: _Optional[str] = ..., config: _Optional[_Union[_model_config_pb2.ModelConfig, _Mapping]] = ..., draw_count: _Optional[int] = ..., interval_probability: _Optional[float] = ...) -> None: ...

class DownloadArtifactRequest(_message.Message):
    __slots__ = ("name", "artifact_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ARTIFACT_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    artifact_id: str
    def __init__(self, name: _Optional[str] = ..., artifact_id: _Optional[str] = ...) -> None: ...

class DownloadArtifactResponse(_message.Message):
    __slots__ = ("chunk",)
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    chunk: bytes
    def __init__(self, chunk: _Optional[bytes] = ...) -> None: ...
