from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Aggregation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AGGREGATION_UNSPECIFIED: _ClassVar[Aggregation]
    AGGREGATION_SUM: _ClassVar[Aggregation]
    AGGREGATION_MEAN: _ClassVar[Aggregation]
AGGREGATION_UNSPECIFIED: Aggregation
AGGREGATION_SUM: Aggregation
AGGREGATION_MEAN: Aggregation

class ColumnSeries(_message.Message):
    __slots__ = ("column", "label", "values", "aggregation")
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    AGGREGATION_FIELD_NUMBER: _ClassVar[int]
    column: str
    label: str
    values: _containers.RepeatedScalarFieldContainer[float]
    aggregation: Aggregation
    def __init__(self, column: _Optional[str] = ..., label: _Optional[str] = ..., values: _Optional[_Iterable[float]] = ..., aggregation: _Optional[_Union[Aggregation, str]] = ...) -> None: ...

class Histogram(_message.Message):
    __slots__ = ("column", "edges", "counts")
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    EDGES_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    column: str
    edges: _containers.RepeatedScalarFieldContainer[float]
    counts: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, column: _Optional[str] = ..., edges: _Optional[_Iterable[float]] = ..., counts: _Optional[_Iterable[int]] = ...) -> None: ...

class SpendShare(_message.Message):
    __slots__ = ("channel", "display_name", "span", "spend", "share")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SPAN_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    channel: str
    display_name: str
    span: str
    spend: float
    share: float
    def __init__(self, channel: _Optional[str] = ..., display_name: _Optional[str] = ..., span: _Optional[str] = ..., spend: _Optional[float] = ..., share: _Optional[float] = ...) -> None: ...

class CorrelationMatrix(_message.Message):
    __slots__ = ("columns", "values")
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    columns: _containers.RepeatedScalarFieldContainer[str]
    values: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, columns: _Optional[_Iterable[str]] = ..., values: _Optional[_Iterable[float]] = ...) -> None: ...

class BestLag(_message.Message):
    __slots__ = ("column", "lag", "correlation")
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    LAG_FIELD_NUMBER: _ClassVar[int]
    CORRELATION_FIELD_NUMBER: _ClassVar[int]
    column: str
    lag: int
    correlation: float
    def __init__(self, column: _Optional[str] = ..., lag: _Optional[int] = ..., correlation: _Optional[float] = ...) -> None: ...

class MissingCells(_message.Message):
    __slots__ = ("column", "count")
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    column: str
    count: int
    def __init__(self, column: _Optional[str] = ..., count: _Optional[int] = ...) -> None: ...
