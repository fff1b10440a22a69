from google.protobuf import empty_pb2 as _empty_pb2
from mmm.common.v1 import common_pb2 as _common_pb2
from mmm.common.v1 import model_config_pb2 as _model_config_pb2
from mmm.data.v1 import data_pb2 as _data_pb2
from mmm.data.v1 import description_pb2 as _description_pb2
from mmm.data.v1 import suggestion_pb2 as _suggestion_pb2
from mmm.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class UploadDatasetRequest(_message.Message):
    __slots__ = ("header", "chunk")
    HEADER_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    header: UploadHeader
    chunk: bytes
    def __init__(self, header: _Optional[_Union[UploadHeader, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class UploadHeader(_message.Message):
    __slots__ = ("parent", "dataset_id", "display_name", "file_name", "format", "sha256", "request_id", "reading", "new_version")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    DATASET_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    READING_FIELD_NUMBER: _ClassVar[int]
    NEW_VERSION_FIELD_NUMBER: _ClassVar[int]
    parent: str
    dataset_id: str
    display_name: str
    file_name: str
    format: _data_pb2.FileFormat
    sha256: str
    request_id: str
    reading: _data_pb2.ReadingOptions
    new_version: bool
    def __init__(self, parent: _Optional[str] = ..., dataset_id: _Optional[str] = ..., display_name: _Optional[str] = ..., file_name: _Optional[str] = ..., format: _Optional[_Union[_data_pb2.FileFormat, str]] = ..., sha256: _Optional[str] = ..., request_id: _Optional[str] = ..., reading: _Optional[_Union[_data_pb2.ReadingOptions, _Mapping]] = ..., new_version: _Optional[bool] = ...) -> None: ...

class GetDatasetRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListDatasetsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDatasetsResponse(_message.Message):
    __slots__ = ("datasets", "next_page_token")
    DATASETS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    datasets: _containers.RepeatedCompositeFieldContainer[_data_pb2.Dataset]
    next_page_token: str
    def __init__(self, datasets: _Optional[_Iterable[_Union[_data_pb2.Dataset, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListDatasetVersionsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDatasetVersionsResponse(_message.Message):
    __slots__ = ("versions", "next_page_token")
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    versions: _containers.RepeatedCompositeFieldContainer[_data_pb2.Dataset]
    next_page_token: str
    def __init__(self, versions: _Optional[_Iterable[_Union[_data_pb2.Dataset, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DeleteDatasetRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class PreviewDatasetRequest(_message.Message):
    __slots__ = ("name", "row_count")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ROW_COUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    row_count: int
    def __init__(self, name: _Optional[str] = ..., row_count: _Optional[int] = ...) -> None: ...

class PreviewDatasetResponse(_message.Message):
    __slots__ = ("columns", "rows")
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    columns: _containers.RepeatedScalarFieldContainer[str]
    rows: _containers.RepeatedCompositeFieldContainer[Row]
    def __init__(self, columns: _Optional[_Iterable[str]] = ..., rows: _Optional[_Iterable[_Union[Row, _Mapping]]] = ...) -> None: ...

class Row(_message.Message):
    __slots__ = ("cells",)
    CELLS_FIELD_NUMBER: _ClassVar[int]
    cells: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, cells: _Optional[_Iterable[str]] = ...) -> None: ...

class ProfileDatasetRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ProfileDatasetResponse(_message.Message):
    __slots__ = ("columns",)
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    columns: _containers.RepeatedCompositeFieldContainer[_data_pb2.ColumnProfile]
    def __init__(self, columns: _Optional[_Iterable[_Union[_data_pb2.ColumnProfile, _Mapping]]] = ...) -> None: ...

class ValidateDatasetRequest(_message.Message):
    __slots__ = ("name", "config")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    name: str
    config: _model_config_pb2.ModelConfig
    def __init__(self, name: _Optional[str] = ..., config: _Optional[_Union[_model_config_pb2.ModelConfig, _Mapping]] = ...) -> None: ...

class ValidateDatasetResponse(_message.Message):
    __slots__ = ("findings", "valid")
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    VALID_FIELD_NUMBER: _ClassVar[int]
    findings: _containers.RepeatedCompositeFieldContainer[_common_pb2.Finding]
    valid: bool
    def __init__(self, findings: _Optional[_Iterable[_Union[_common_pb2.Finding, _Mapping]]] = ..., valid: _Optional[bool] = ...) -> None: ...

class SuggestConfigRequest(_message.Message):
    __slots__ = ("name", "kpi_column", "kpi_kind", "value_per_unit", "currency")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KPI_COLUMN_FIELD_NUMBER: _ClassVar[int]
    KPI_KIND_FIELD_NUMBER: _ClassVar[int]
    VALUE_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    name: str
    kpi_column: str
    kpi_kind: _model_config_pb2.KpiKind
    value_per_unit: float
    currency: str
    def __init__(self, name: _Optional[str] = ..., kpi_column: _Optional[str] = ..., kpi_kind: _Optional[_Union[_model_config_pb2.KpiKind, str]] = ..., value_per_unit: _Optional[float] = ..., currency: _Optional[str] = ...) -> None: ...

class SuggestConfigResponse(_message.Message):
    __slots__ = ("config", "choices", "unused_columns")
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    CHOICES_FIELD_NUMBER: _ClassVar[int]
    UNUSED_COLUMNS_FIELD_NUMBER: _ClassVar[int]
    config: _model_config_pb2.ModelConfig
    choices: _containers.RepeatedCompositeFieldContainer[_suggestion_pb2.Choice]
    unused_columns: _containers.RepeatedCompositeFieldContainer[_suggestion_pb2.UnusedColumn]
    def __init__(self, config: _Optional[_Union[_model_config_pb2.ModelConfig, _Mapping]] = ..., choices: _Optional[_Iterable[_Union[_suggestion_pb2.Choice, _Mapping]]] = ..., unused_columns: _Optional[_Iterable[_Union[_suggestion_pb2.UnusedColumn, _Mapping]]] = ...) -> None: ...

class DescribeDatasetRequest(_message.Message):
    __slots__ = ("name", "config", "columns", "dimension")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONFIG_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    DIMENSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    config: _model_config_pb2.ModelConfig
    columns: _containers.RepeatedScalarFieldContainer[str]
    dimension: str
    def __init__(self, name: _Optional[str] = ..., config: _Optional[_Union[_model_config_pb2.ModelConfig, _Mapping]] = ..., columns: _Optional[_Iterable[str]] = ..., dimension: _Optional[str] = ...) -> None: ...

class DescribeDatasetResponse(_message.Message):
    __slots__ = ("dates", "series", "histograms", "spend_shares", "correlations", "best_lags", "missing", "row_count", "notes")
    DATES_FIELD_NUMBER: _ClassVar[int]
    SERIES_FIELD_NUMBER: _ClassVar[int]
    HISTOGRAMS_FIELD_NUMBER: _ClassVar[int]
    SPEND_SHARES_FIELD_NUMBER: _ClassVar[int]
    CORRELATIONS_FIELD_NUMBER: _ClassVar[int]
    BEST_LAGS_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    ROW_COUNT_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    dates: _containers.RepeatedScalarFieldContainer[str]
    series: _containers.RepeatedCompositeFieldContainer[_description_pb2.ColumnSeries]
    histograms: _containers.RepeatedCompositeFieldContainer[_description_pb2.Histogram]
    spend_shares: _containers.RepeatedCompositeFieldContainer[_description_pb2.SpendShare]
    correlations: _description_pb2.CorrelationMatrix
    best_lags: _containers.RepeatedCompositeFieldContainer[_description_pb2.BestLag]
    missing: _containers.RepeatedCompositeFieldContainer[_description_pb2.MissingCells]
    row_count: int
    notes: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, dates: _Optional[_Iterable[str]] = ..., series: _Optional[_Iterable[_Union[_description_pb2.ColumnSeries, _Mapping]]] = ..., histograms: _Optional[_Iterable[_Union[_description_pb2.Histogram, _Mapping]]] = ..., spend_shares: _Optional[_Iterable[_Union[_description_pb2.SpendShare, _Mapping]]] = ..., correlations: _Optional[_Union[_description_pb2.CorrelationMatrix, _Mapping]] = ..., best_lags: _Optional[_Iterable[_Union[_description_pb2.BestLag, _Mapping]]] = ..., missing: _Optional[_Iterable[_Union[_description_pb2.MissingCells, _Mapping]]] = ..., row_count: _Optional[int] = ..., notes: _Optional[_Iterable[str]] = ...) -> None: ...
