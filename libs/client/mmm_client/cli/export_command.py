"""`mmm export`: results as files to take away."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from mmm.analysis.v1.analysis_pb2 import (
    EXPORT_FORMAT_CSV,
    EXPORT_FORMAT_EXCEL,
    EXPORT_FORMAT_HTML,
    EXPORT_FORMAT_JSON,
    ExportFormat,
)
from mmm_client.cli import consoles
from mmm_client.cli.connection import Address, CaFile, TokenFile, Workspace, connect
from mmm_client.cli.exits import reported_errors
from mmm_client.cli.overview_commands import End, FitName, Hurdle, Start, window_of


class Format(StrEnum):
    """Formats by the words of the command line."""

    CSV = "csv"
    JSON = "json"
    EXCEL = "excel"
    HTML = "html"


_FORMATS: dict[Format, ExportFormat] = {
    Format.CSV: EXPORT_FORMAT_CSV,
    Format.JSON: EXPORT_FORMAT_JSON,
    Format.EXCEL: EXPORT_FORMAT_EXCEL,
    Format.HTML: EXPORT_FORMAT_HTML,
}


def export(
    fit: FitName,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", file_okay=False, help="Folder for the files.")
    ] = Path(),
    formats: Annotated[
        list[Format] | None, typer.Option("--format", help="What to write; repeat for more. Default: all.")
    ] = None,
    links: Annotated[
        bool,
        typer.Option(
            "--links",
            help="Print links instead of downloading. They work for an hour, for everybody who has them.",
        ),
    ] = False,
    start: Start = "",
    end: End = "",
    hurdle: Hurdle = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Write everything about a fit as tables, JSON, an Excel workbook and a report for people."""
    console = consoles.output()
    wanted = [_FORMATS[one] for one in formats or []]
    with (
        reported_errors(consoles.errors()),
        connect(console, address, token_file, workspace, ca_file) as client,
    ):
        files = client.export_results(fit, wanted, window=window_of(start, end), hurdle=hurdle)
        if links:
            for file in files:
                typer.echo(file.url)
            return
        output.mkdir(parents=True, exist_ok=True)
        for file in files:
            path = client.download_export(file, output / file.file_name)
            console.print(f"{escape(str(path))}  {file.size_bytes / 1024:,.0f} KiB", highlight=False)
