"""Messages of the contract to and from the domain."""

from mmm.data.v1 import data_pb2, data_service_pb2
from mmm_core.date_text import DateOrder
from mmm_core.errors import Violation
from mmm_core.findings import Finding, Severity
from mmm_core.messages import timestamp_to_proto
from mmm_core.records import ColumnType, DatasetRecord, Layout, Reading
from mmm_data.ingest import FileFormat, ReadingOptions
from mmm_data.profile import ColumnProfile
from mmm_data.requests import UploadRequest, check_upload

_FORMATS = {
    FileFormat.CSV: data_pb2.FILE_FORMAT_CSV,
    FileFormat.PARQUET: data_pb2.FILE_FORMAT_PARQUET,
    FileFormat.EXCEL: data_pb2.FILE_FORMAT_EXCEL,
}
_DECLARED = {message: found for found, message in _FORMATS.items()}
_TYPES = {
    ColumnType.NUMBER: data_pb2.COLUMN_TYPE_NUMBER,
    ColumnType.DATE: data_pb2.COLUMN_TYPE_DATE,
    ColumnType.TEXT: data_pb2.COLUMN_TYPE_TEXT,
}
_LAYOUTS = {Layout.WIDE: data_pb2.LAYOUT_WIDE, Layout.LONG: data_pb2.LAYOUT_LONG}
_SAID_LAYOUTS = {message: layout for layout, message in _LAYOUTS.items()}
_DATE_ORDERS = {
    data_pb2.DATE_ORDER_ISO: DateOrder.ISO,
    data_pb2.DATE_ORDER_DAY_FIRST: DateOrder.DAY_FIRST,
    data_pb2.DATE_ORDER_MONTH_FIRST: DateOrder.MONTH_FIRST,
}


def upload_request(header: data_service_pb2.UploadHeader) -> UploadRequest:
    """Read and check a header; raises `InvalidInput` with every problem."""
    return check_upload(
        parent=header.parent,
        dataset_id=header.dataset_id,
        display_name=header.display_name,
        file_name=header.file_name,
        declared=_DECLARED.get(header.format),
        sha256=header.sha256,
        request_id=header.request_id,
        options=_reading_options(header.reading),
        new_version=header.new_version,
    )


def _reading_options(message: data_pb2.ReadingOptions) -> ReadingOptions:
    return ReadingOptions(
        delimiter=message.delimiter,
        decimal_mark=message.decimal_mark,
        date_order=_DATE_ORDERS.get(message.date_order),
        encoding=message.encoding,
        sheet=message.sheet,
        layout=_SAID_LAYOUTS.get(message.layout),
        variable_column=message.variable_column,
        value_column=message.value_column,
        ignored_columns=tuple(message.ignored_columns),
    )


def dataset_message(record: DatasetRecord) -> data_pb2.Dataset:
    """Write a dataset."""
    return data_pb2.Dataset(
        name=record.name,
        display_name=record.display_name,
        source_format=_FORMATS[FileFormat(record.source_format)],
        source_bytes=record.source_bytes,
        source_sha256=record.source_sha256,
        row_count=record.row_count,
        columns=[data_pb2.Column(name=column.name, type=_TYPES[column.type]) for column in record.columns],
        create_time=timestamp_to_proto(record.create_time),
        version=record.version,
        reading=_reading_message(record.reading),
    )


def _reading_message(reading: Reading) -> data_pb2.Reading:
    return data_pb2.Reading(
        delimiter=reading.delimiter,
        encoding=reading.encoding,
        decimal_mark=reading.decimal_mark,
        thousands_marks=reading.thousands_marks,
        dates=[data_pb2.DateColumn(column=date.column, format=date.format) for date in reading.dates],
        sheet=reading.sheet,
        layout=_LAYOUTS[reading.layout],
        variable_column=reading.variable_column,
        value_column=reading.value_column,
        ignored_columns=reading.ignored_columns,
        renamed_columns=[
            data_pb2.RenamedColumn(given=column.given, name=column.name) for column in reading.renamed_columns
        ],
    )


def profile_message(profile: ColumnProfile) -> data_pb2.ColumnProfile:
    """Write the profile of a column."""
    message = data_pb2.ColumnProfile(
        name=profile.name,
        type=_TYPES[profile.type],
        missing_count=profile.missing_count,
        distinct_count=profile.distinct_count,
        top_values=profile.top_values,
    )
    if profile.number is not None:
        number = profile.number
        message.number.minimum = number.minimum
        message.number.maximum = number.maximum
        message.number.mean = number.mean
        message.number.standard_deviation = number.standard_deviation
        message.number.sum = number.sum
        message.number.zero_count = number.zero_count
        message.number.negative_count = number.negative_count
    if profile.date is not None:
        message.date.first = profile.date.first
        message.date.last = profile.date.last
        message.date.typical_step_days = profile.date.typical_step_days
    return message


def finding_from_violation(violation: Violation) -> Finding:
    """Turn a problem of a configuration into an error finding."""
    return Finding(
        Severity.ERROR,
        violation.code,
        violation.field,
        violation.value,
        f"{violation.field}: {violation.message}",
        violation.fix or "Correct the value.",
    )
