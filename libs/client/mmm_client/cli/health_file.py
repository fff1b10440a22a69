"""The health report as a file."""

from collections.abc import Iterable
from pathlib import Path

from mmm.analysis.v1.analysis_pb2 import Check
from mmm_client.cli.check_tables import status_word
from mmm_client.cli.csv_files import write_csv

_COLUMNS = ("code", "title", "subject", "status", "value", "target", "why", "advice")


def write_health(checks: Iterable[Check], path: Path) -> None:
    """Write one row per check, in the report's order."""
    rows = (
        {column: getattr(check, column) for column in _COLUMNS} | {"status": status_word(check.status)}
        for check in checks
    )
    write_csv(path, _COLUMNS, rows)
