"""The files `mmm run` leaves behind."""

import tempfile
from pathlib import Path
from zipfile import ZipFile

from mmm.analysis.v1.analysis_pb2 import (
    EXPORT_FORMAT_CSV,
    EXPORT_FORMAT_EXCEL,
    EXPORT_FORMAT_HTML,
    EXPORT_FORMAT_JSON,
    ExportFormat,
)
from mmm_client.cli.plan_outputs import write_allocations
from mmm_client.cli.results import RunResults
from mmm_client.client import Client

POSTERIOR = "posterior.nc"
PLAN = "plan.csv"
_NAMES: dict[ExportFormat, str] = {
    EXPORT_FORMAT_HTML: "report.html",
    EXPORT_FORMAT_EXCEL: "results.xlsx",
    EXPORT_FORMAT_JSON: "results.json",
}


def write_outputs(client: Client, results: RunResults, folder: Path) -> None:
    """Write report, workbook, document, tables, plan and posterior into `folder`, which exists."""
    for file in client.export_results(results.fit.name, [EXPORT_FORMAT_CSV, *_NAMES]):
        if file.format == EXPORT_FORMAT_CSV:
            with tempfile.TemporaryDirectory() as packed:
                ZipFile(client.download_export(file, Path(packed) / file.file_name)).extractall(folder)
        else:
            client.download_export(file, folder / _NAMES[file.format])
    if results.plan is not None:
        write_allocations(results.plan.plan.allocations, folder / PLAN)
    client.download_artifact(results.fit.name, POSTERIOR, folder / POSTERIOR)
