"""`mmm cross-validate`: how well a model foretells what it has not seen."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from mmm.fitting.v1.fitting_pb2 import FIT_STATE_SUCCEEDED, CrossValidation
from mmm_client.cli import consoles, pipeline
from mmm_client.cli.connection import Address, CaFile, TokenFile, Workspace, connect
from mmm_client.cli.exits import ExitCode, reported_errors
from mmm_client.cli.forecast_tables import folds_table
from mmm_client.cli.inputs import Acknowledge, Config, Data
from mmm_client.cli.progress import fit_display
from mmm_client.cli.readings import Read, parse_reading
from mmm_client.client import Client
from mmm_client.findings import warning_codes
from mmm_client.watching import is_final
from mmm_core.config import load_config_file


def cross_validate(
    *,
    data: Data,
    config: Config,
    folds: Annotated[int, typer.Option(min=2, max=20, help="Number of fits.")] = 3,
    horizon: Annotated[int, typer.Option(min=1, help="Periods each fit has to foretell.")] = 8,
    acknowledge: Acknowledge = None,
    acknowledge_all: Annotated[
        bool, typer.Option("--acknowledge-all", help="Fit in spite of all warnings about all the data.")
    ] = False,
    read: Read = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Fit on the data before each of several windows and foretell the window; print how well.

    The windows follow each other and end with the data.
    """
    console = consoles.output()
    reading = parse_reading(read)
    with reported_errors(consoles.errors()):
        parsed = load_config_file(config)
        with connect(console, address, token_file, workspace, ca_file) as client:
            dataset = pipeline.upload_of_its_own(console, client, data, reading)
            codes = acknowledge or []
            if acknowledge_all:
                codes = warning_codes(client.validate(dataset.name, parsed))
            model = client.create_model(dataset.name, parsed, display_name=data.stem)
            started = client.start_cross_validation(
                model.name, fold_count=folds, horizon_periods=horizon, acknowledged_warnings=codes
            )
            names = [fold.fit for fold in started.folds]
            with pipeline.cancelled_on_interrupt(console, client, names, "the folds were cancelled"):
                _follow(console, client, started)
            found = client.get_cross_validation(started.name)
        console.print(folds_table(found))
        console.print(f"Cross-validation [bold]{escape(found.name)}[/]", highlight=False, soft_wrap=True)
        if found.state != FIT_STATE_SUCCEEDED:
            raise typer.Exit(ExitCode.FIT_FAILED)


def _follow(console: Console, client: Client, started: CrossValidation) -> None:
    """Show the folds' progress, one after the other; they run side by side."""
    for place, fold in enumerate(started.folds, start=1):
        console.print(
            f"Fold {place} of {len(started.folds)}, {fold.window.start} to {fold.window.end} withheld",
            highlight=False,
        )
        with fit_display(console) as display:
            for snapshot in client.watch_fit(fold.fit):
                if not is_final(snapshot):
                    display.show(snapshot)
