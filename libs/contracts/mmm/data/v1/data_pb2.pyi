import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FileFormat(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FILE_FORMAT_UNSPECIFIED: _ClassVar[FileFormat]
    FILE_FORMAT_CSV: _ClassVar[FileFormat]
    FILE_FORMAT_PARQUET: _ClassVar[FileFormat]
    FILE_FORMAT_EXCEL: _ClassVar[FileFormat]

class Layout(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LAYOUT_UNSPECIFIED: _ClassVar[Layout]
    LAYOUT_WIDE: _ClassVar[Layout]
    LAYOUT_LONG: _ClassVar[Layout]

class DateOrder(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DATE_ORDER_UNSPECIFIED: _ClassVar[DateOrder]
    DATE_ORDER_ISO: _ClassVar[DateOrder]
    DATE_ORDER_DAY_FIRST: _ClassVar[DateOrder]
    DATE_ORDER_MONTH_FIRST: _ClassVar[DateOrder]

class ColumnType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COLUMN_TYPE_UNSPECIFIED: _ClassVar[ColumnType]
    COLUMN_TYPE_NUMBER: _ClassVar[ColumnType]
    COLUMN_TYPE_DATE: _ClassVar[ColumnType]
    COLUMN_TYPE_TEXT: _ClassVar[ColumnType]
FILE_FORMAT_UNSPECIFIED: FileFormat
FILE_FORMAT_CSV: FileFormat
FILE_FORMAT_PARQUET: FileFormat
FILE_FORMAT_EXCEL: FileFormat
LAYOUT_UNSPECIFIED: Layout
LAYOUT_WIDE: Layout
LAYOUT_LONG: Layout
DATE_ORDER_UNSPECIFIED: DateOrder
DATE_ORDER_ISO: DateOrder
DATE_ORDER_DAY_FIRST: DateOrder
DATE_ORDER_MONTH_FIRST: DateOrder
COLUMN_TYPE_UNSPECIFIED: ColumnType
COLUMN_TYPE_NUMBER: ColumnType
COLUMN_TYPE_DATE: ColumnType
COLUMN_TYPE_TEXT: ColumnType

class ReadingOptions(_message.Message):
    __slots__ = ("delimiter", "decimal_mark", "date_order", "encoding", "sheet", "layout", "variable_column", "value_column", "ignored_columns")
    DELIMITER_FIELD_NUMBER: _ClassVar[int]
    DECIMAL_MARK_FIELD_NUMBER: _ClassVar[int]
    DATE_ORDER_FIELD_NUMBER: _ClassVar[int]
    ENCODING_FIELD_NUMBER: _ClassVar[int]
    SHEET_FIELD_NUMBER: _ClassVar[int]
    LAYOUT_FIELD_NUMBER: _ClassVar[int]
    VARIABLE_COLUMN_FIELD_NUMBER: _ClassVar[int]
    VALUE_COLUMN_FIELD_NUMBER: _ClassVar[int]
    IGNORED_COLUMNS_FIELD_NUMBER: _ClassVar[int]
    delimiter: str
    decimal_mark: str
    date_order: DateOrder
    encoding: str
    sheet: str
    layout: Layout
    variable_column: str
    value_column: str
    ignored_columns: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, delimiter: _Optional[str] = ..., decimal_mark: _Optional[str] = ..., date_order: _Optional[_Union[DateOrder, str]] = ..., encoding: _Optional[str] = ..., sheet: _Optional[str] = ..., layout: _Optional[_Union[Layout, str]] = ..., variable_column: _Optional[str] = ..., value_column: _Optional[str] = ..., ignored_columns: _Optional[_Iterable[str]] = ...) -> None: ...

class Reading(_message.Message):
    __slots__ = ("delimiter", "encoding", "decimal_mark", "thousands_marks", "dates", "sheet", "layout", "variable_column", "value_column", "ignored_columns", "renamed_columns")
    DELIMITER_FIELD_NUMBER: _ClassVar[int]
    ENCODING_FIELD_NUMBER: _ClassVar[int]
    DECIMAL_MARK_FIELD_NUMBER: _ClassVar[int]
    THOUSANDS_MARKS_FIELD_NUMBER: _ClassVar[int]
    DATES_FIELD_NUMBER: _ClassVar[int]
    SHEET_FIELD_NUMBER: _ClassVar[int]
    LAYOUT_FIELD_NUMBER: _ClassVar[int]
    VARIABLE_COLUMN_FIELD_NUMBER: _ClassVar[int]
    VALUE_COLUMN_FIELD_NUMBER: _ClassVar[int]
    IGNORED_COLUMNS_FIELD_NUMBER: _ClassVar[int]
    RENAMED_COLUMNS_FIELD_NUMBER: _ClassVar[int]
    delimiter: str
    encoding: str
    decimal_mark: str
    thousands_marks: str
    dates: _containers.RepeatedCompositeFieldContainer[DateColumn]
    sheet: str
    layout: Layout
    variable_column: str
    value_column: str
    ignored_columns: _containers.RepeatedScalarFieldContainer[str]
    renamed_columns: _containers.RepeatedCompositeFieldContainer[RenamedColumn]
    def __init__(self, delimiter: _Optional[str] = ..., encoding: _Optional[str] = ..., decimal_mark: _Optional[str] = ..., thousands_marks: _Optional[str] = ..., dates: _Optional[_Iterable[_Union[DateColumn, _Mapping]]] = ..., sheet: _Optional[str] = ..., layout: _Optional[_Union[Layout, str]] = ..., variable_column: _Optional[str] = ..., value_column: _Optional[str] = ..., ignored_columns: _Optional[_Iterable[str]] = ..., renamed_columns: _Optional[_Iterable[_Union[RenamedColumn, _Mapping]]] = ...) -> None: ...

class RenamedColumn(_message.Message):
    __slots__ = ("given", "name")
    GIVEN_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    given: str
    name: str
    def __init__(self, given: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...

class DateColumn(_message.Message):
    __slots__ = ("column", "format")
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    column: str
    format: str
    def __init__(self, column: _Optional[str] = ..., format: _Optional[str] = ...) -> None: ...

class Dataset(_message.Message):
    __slots__ = ("name", "display_name", "create_time", "source_format", "source_bytes", "source_sha256", "row_count", "columns", "version", "reading")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FORMAT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SOURCE_SHA256_FIELD_NUMBER: _ClassVar[int]
    ROW_COUNT_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    READING_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    create_time: _timestamp_pb2.Timestamp
    source_format: FileFormat
    source_bytes: int
    source_sha256: str
    row_count: int
    columns: _containers.RepeatedCompositeFieldContainer[Column]
    version: int
    reading: Reading
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source_format: _Optional[_Union[FileFormat, str]] = ..., source_bytes: _Optional[int] = ..., source_sha256: _Optional[str] = ..., row_count: _Optional[int] = ..., columns: _Optional[_Iterable[_Union[Column, _Mapping]]] = ..., version: _Optional[int] = ..., reading: _Optional[_Union[Reading, _Mapping]] = ...) -> None: ...

class Column(_message.Message):
    __slots__ = ("name", "type")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    name: str
    type: ColumnType
    def __init__(self, name: _Optional[str] = ..., type: _Optional[_Union[ColumnType, str]] = ...) -> None: ...

class ColumnProfile(_message.Message):
    __slots__ = ("name", "type", "missing_count", "distinct_count", "number", "date", "top_values")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    MISSING_COUNT_FIELD_NUMBER: _ClassVar[int]
    DISTINCT_COUNT_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    TOP_VALUES_FIELD_NUMBER: _ClassVar[int]
    name: str
    type: ColumnType
    missing_count: int
    distinct_count: int
    number: NumberProfile
    date: DateProfile
    top_values: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., type: _Optional[_Union[ColumnType, str]] = ..., missing_count: _Optional[int] = ..., distinct_count: _Optional[int] = ..., number: _Optional[_Union[NumberProfile, _Mapping]] = ..., date: _Optional[_Union[DateProfile, _Mapping]] = ..., top_values: _Optional[_Iterable[str]] = ...) -> None: ...

class NumberProfile(_message.Message):
    __slots__ = ("minimum", "maximum", "mean", "standard_deviation", "sum", "zero_count", "negative_count")
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_FIELD_NUMBER: _ClassVar[int]
    MEAN_FIELD_NUMBER: _ClassVar[int]
    STANDARD_DEVIATION_FIELD_NUMBER: _ClassVar[int]
    SUM_FIELD_NUMBER: _ClassVar[int]
    ZERO_COUNT_FIELD_NUMBER: _ClassVar[int]
    NEGATIVE_COUNT_FIELD_NUMBER: _ClassVar[int]
    minimum: float
    maximum: float
    mean: float
    standard_deviation: float
    sum: float
    zero_count: int
    negative_count: int
    def __init__(self, minimum: _Optional[float] = ..., maximum: _Optional[float] = ..., mean: _Optional[float] = ..., standard_deviation: _Optional[float] = ..., sum: _Optional[float] = ..., zero_count: _Optional[int] = ..., negative_count: _Optional[int] = ...) -> None: ...

class DateProfile(_message.Message):
    __slots__ = ("first", "last", "typical_step_days")
    FIRST_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    TYPICAL_STEP_DAYS_FIELD_NUMBER: _ClassVar[int]
    first: str
    last: str
    typical_step_days: int
    def __init__(self, first: _Optional[str] = ..., last: _Optional[str] = ..., typical_step_days: _Optional[int] = ...) -> None: ...
