"""`mmm upload`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from mmm_client.cli import consoles, pipeline
from mmm_client.cli.connection import Address, CaFile, TokenFile, Workspace, connect
from mmm_client.cli.exits import reported_errors
from mmm_client.cli.readings import Read, parse_reading, period_lines


def upload(
    *,
    data: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", exists=True, dir_okay=False, readable=True, help="CSV, Excel or Parquet file."
        ),
    ],
    dataset_id: Annotated[
        str, typer.Option("--id", help="Last part of the dataset's name. Default: made from the content.")
    ] = "",
    display_name: Annotated[str, typer.Option("--name", help="How people call it.")] = "",
    new_version: Annotated[
        bool, typer.Option("--new-version", help="Make it the next version of the dataset --id.")
    ] = False,
    read: Read = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Store a table and print how it was read; the same file twice is stored once."""
    console = consoles.output()
    reading = parse_reading(read)
    with (
        reported_errors(consoles.errors()),
        connect(console, address, token_file, workspace, ca_file) as client,
    ):
        dataset = pipeline.upload(
            console,
            client,
            data,
            reading,
            dataset_id=dataset_id,
            display_name=display_name,
            new_version=new_version,
        )
        for line in period_lines(client.profile(dataset.name)):
            console.print(escape(line), highlight=False)
        console.print(f"Dataset [bold]{escape(dataset.name)}[/], version {dataset.version}", highlight=False)
