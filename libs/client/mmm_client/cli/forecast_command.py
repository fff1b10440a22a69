"""`mmm forecast`: the KPI after the data of a fit."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from mmm_client.cli import consoles, pipeline
from mmm_client.cli.connection import Address, CaFile, TokenFile, Workspace, connect
from mmm_client.cli.csv_files import write_csv
from mmm_client.cli.exits import reported_errors
from mmm_client.cli.forecast_tables import FORECAST_COLUMNS, forecast_lines, forecast_rows, forecast_table
from mmm_client.cli.readings import Read, parse_reading


def forecast(
    fit: Annotated[str, typer.Argument(help="Name of the fit, clients/…/models/…/fits/….")],
    *,
    data: Annotated[
        Path,
        typer.Option(
            "--data",
            exists=True,
            dir_okay=False,
            readable=True,
            help="CSV, Excel or Parquet file with rows after the data of the fit: media, competitors and "
            "controls as they shall be. Earlier rows are passed over; costs and KPI may be left out.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", dir_okay=False, help="CSV file to write beside the table."),
    ] = None,
    read: Read = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Foretell the KPI of the periods after the data of a fit; the data given for them are not kept."""
    console = consoles.output()
    reading = parse_reading(read)
    with (
        reported_errors(consoles.errors()),
        connect(console, address, token_file, workspace, ca_file) as client,
    ):
        dataset = pipeline.upload_of_its_own(console, client, data, reading)
        with pipeline.discarded_on_exit(client, dataset):
            answer = client.forecast(fit, dataset.name)
        console.print(forecast_table(answer))
        for line in forecast_lines(answer):
            console.print(line, highlight=False)
        if output is not None:
            write_csv(output, FORECAST_COLUMNS, forecast_rows(answer.periods))
            console.print(f"Wrote {escape(str(output))}.", highlight=False, soft_wrap=True)
