"""`mmm suggest`: a first configuration for a table, with its reasons."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape

from mmm_client.cli import consoles, pipeline
from mmm_client.cli.connection import Address, CaFile, TokenFile, Workspace, connect
from mmm_client.cli.exits import ExitCode, fail, reported_errors
from mmm_client.cli.readings import Read, parse_reading
from mmm_client.cli.reasoned_yaml import GUESS, reasoned_yaml

_HEADING = (
    "Suggested for {data} from the names, types and values of its columns. Every line can be changed; look "
    "at those marked {guess} first: they are guesses. Check it with: mmm validate --data {data} --config FILE"
)


def suggest(
    data: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV, Excel or Parquet file.")
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", dir_okay=False, help="File to write. Default: print it."),
    ] = None,
    kpi: Annotated[str, typer.Option(help="Column of the KPI. Default: found by its name.")] = "",
    kpi_kind: Annotated[
        Literal["revenue", "count"] | None, typer.Option(help="Whether the KPI is money or counts things.")
    ] = None,
    value_per_unit: Annotated[
        float | None, typer.Option(min=0, help="Money one unit of a count KPI is worth.")
    ] = None,
    currency: Annotated[str, typer.Option(help="ISO 4217 code of all money.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file there is.")] = False,
    read: Read = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Suggest a configuration for data, with the reason for each choice; nothing stays stored."""
    # Standard output is for the configuration.
    messages = consoles.errors()
    reading = parse_reading(read)
    with reported_errors(messages):
        if output is not None and output.exists() and not force:
            fail(messages, f"{output} exists already. Choose another name, or overwrite with --force.")
            raise typer.Exit(ExitCode.INVALID_INPUT)
        with connect(messages, address, token_file, workspace, ca_file) as client:
            dataset = pipeline.upload_of_its_own(messages, client, data, reading)
            with pipeline.discarded_on_exit(client, dataset):
                suggestion = client.suggest_config(
                    dataset.name,
                    kpi_column=kpi,
                    kpi_kind=kpi_kind,
                    value_per_unit=value_per_unit,
                    currency=currency,
                )
        text = reasoned_yaml(suggestion, _HEADING.format(data=data, guess=GUESS.strip()))
        if output is None:
            typer.echo(text, nl=False)
            return
        output.write_text(text, encoding="utf-8")
        messages.print(f"Wrote {escape(str(output))}.", highlight=False, soft_wrap=True)
