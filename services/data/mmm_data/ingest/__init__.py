"""From an uploaded file to a typed table."""

from mmm_data.ingest.formats import FileFormat
from mmm_data.ingest.options import ReadingOptions
from mmm_data.ingest.reading import ReadFile, column_records, read_file, write_table

__all__ = ["FileFormat", "ReadFile", "ReadingOptions", "column_records", "read_file", "write_table"]
