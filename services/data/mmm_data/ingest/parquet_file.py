"""Apache Parquet."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mmm_core.errors import InvalidInput, TooLarge, Violation
from mmm_data.ingest.names import name_problems, renamed_columns, tidy_names
from mmm_data.ingest.options import ReadingOptions
from mmm_data.ingest.problems import check_shape, problem, refused, unsound
from mmm_data.ingest.raw import RawTable
from mmm_data.settings import MIB, DataSettings

_BATCH_ROWS = 8192


def read_parquet(path: Path, _: ReadingOptions, settings: DataSettings) -> RawTable:
    """Read a Parquet file.

    Raises
    ------
    InvalidInput
        When it is damaged, has no rows, or has columns of other things than numbers, dates and texts.
    TooLarge
        Too many rows or columns, or too large when unpacked.
    """
    try:
        with pq.ParquetFile(path) as file:
            check_shape(file.metadata.num_rows, len(file.schema_arrow), settings)
            _check_schema(file.schema_arrow)
            table = _read_batches(file, settings)
    except (pa.ArrowException, OSError) as error:
        raise unsound("Parquet") from error
    names = tidy_names(table.column_names)
    return RawTable(
        {name: _column(table.column(place)) for place, name in enumerate(names)},
        renamed=renamed_columns(table.column_names, names),
    )


def _check_schema(schema: pa.Schema) -> None:
    names = tidy_names(schema.names)
    problems = name_problems(names)
    problems += [_unsupported(field) for field in schema if not _is_supported(field.type)]
    if problems:
        raise InvalidInput(problems)


def _read_batches(file: pq.ParquetFile, settings: DataSettings) -> pa.Table:
    """Read in pieces, so that a small file that unpacks to a huge table is noticed in time."""
    batches, size = [], 0
    for batch in file.iter_batches(batch_size=_BATCH_ROWS):
        size += batch.nbytes
        if size > settings.max_table_bytes:
            raise TooLarge(
                f"The table is larger than {settings.max_table_bytes // MIB} MiB when unpacked, the most "
                "that is accepted. Aggregate it to one row per period."
            )
        batches.append(batch)
    if not any(batch.num_rows for batch in batches):
        raise refused("NO_ROWS", "has columns but no rows.", "Upload a file with at least one row.")
    return pa.Table.from_batches(batches)


def _is_number(kind: pa.DataType) -> bool:
    return (
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind)
    )


def _is_date(kind: pa.DataType) -> bool:
    return pa.types.is_date(kind) or pa.types.is_timestamp(kind)


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return (
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_null(kind)
    )


def _is_supported(kind: pa.DataType) -> bool:
    return _is_number(kind) or _is_date(kind) or _is_text(kind)


def _unsupported(field: pa.Field) -> Violation:
    return problem(
        "UNSUPPORTED_COLUMN",
        f"has a column {field.name!r} of type {field.type}.",
        "Keep columns of numbers, dates and texts only.",
        field.name,
    )


def _column(values: pa.ChunkedArray) -> pd.Series:
    if _is_number(values.type):
        return values.cast(pa.float64(), safe=False).to_pandas().astype(np.float64)
    if _is_date(values.type):
        zone = values.type.tz if pa.types.is_timestamp(values.type) else None
        return values.cast(pa.timestamp("us", tz=zone), safe=False).to_pandas()
    return values.cast(pa.string()).to_pandas()
