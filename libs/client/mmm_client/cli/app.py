"""The `mmm` command."""

import signal
from pathlib import Path
from typing import Annotated

import typer

from mmm_client.cli import consoles, pipeline
from mmm_client.cli.config_commands import config_app
from mmm_client.cli.connection import Address, CaFile, TokenFile, Workspace, connect
from mmm_client.cli.cross_validate_command import cross_validate
from mmm_client.cli.exits import ExitCode, reported_errors
from mmm_client.cli.export_command import export
from mmm_client.cli.forecast_command import forecast
from mmm_client.cli.inputs import Acknowledge, Config, Data
from mmm_client.cli.outputs import write_outputs
from mmm_client.cli.overview_commands import combine, compare, summary
from mmm_client.cli.plan_commands import plan_app
from mmm_client.cli.prior_tables import prior_line, prior_table
from mmm_client.cli.readings import Read, parse_reading
from mmm_client.cli.results import PlanWish, collect_results
from mmm_client.cli.scenario_commands import scenario_app
from mmm_client.cli.simulate_command import simulate
from mmm_client.cli.stack_commands import down, status, ui, up
from mmm_client.cli.suggest_command import suggest
from mmm_client.cli.upload_command import upload
from mmm_client.findings import warning_codes
from mmm_core.config import load_config_file

DEFAULT_OUTPUT = Path("mmm-results")

app = typer.Typer(
    name="mmm",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)
app.add_typer(config_app, name="config")
app.add_typer(plan_app, name="plan")
app.add_typer(scenario_app, name="scenario")
for command in (
    *(up, down, status, ui),
    *(simulate, suggest, upload, forecast, cross_validate),
    *(summary, compare, combine, export),
):
    app.command()(command)


@app.callback()
def main() -> None:
    """Marketing mix modelling: data in, returns and a budget plan out."""
    # What a command started must end with it, also when the command is told to end.
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


@app.command()
def validate(
    *,
    data: Data,
    config: Config,
    read: Read = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Hold data against a configuration and print every problem; nothing stays stored."""
    console = consoles.output()
    reading = parse_reading(read)
    with reported_errors(consoles.errors()):
        parsed = load_config_file(config)
        with connect(console, address, token_file, workspace, ca_file) as client:
            dataset = pipeline.upload_of_its_own(console, client, data, reading)
            with pipeline.discarded_on_exit(client, dataset):
                fits = pipeline.show_findings(console, client.validate(dataset.name, parsed))
        if not fits:
            raise typer.Exit(ExitCode.INVALID_INPUT)


@app.command()
def priors(
    *,
    data: Data,
    config: Config,
    draws: Annotated[int, typer.Option(min=50, max=2000, help="Prior draws.")] = 500,
    read: Read = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Show what a configuration implies before any fit: returns, shares and KPI the priors allow."""
    console = consoles.output()
    reading = parse_reading(read)
    with reported_errors(consoles.errors()):
        parsed = load_config_file(config)
        with connect(console, address, token_file, workspace, ca_file) as client:
            dataset = pipeline.upload_of_its_own(console, client, data, reading)
            with pipeline.discarded_on_exit(client, dataset):
                preview = client.preview_priors(dataset.name, parsed, draws=draws)
        console.print(prior_table(preview))
        console.print(prior_line(preview), highlight=False)


@app.command()
def run(
    *,
    data: Data,
    config: Config,
    output: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Folder for the results. Default: mmm-results/ and the fit's id."),
    ] = None,
    budget: Annotated[
        float | None,
        typer.Option(min=0.01, help="Budget over the horizon. Default: the last year's average level."),
    ] = None,
    horizon: Annotated[
        int | None, typer.Option(min=1, max=520, help="Periods to plan for. Default: one year.")
    ] = None,
    max_change: Annotated[
        float,
        typer.Option(min=0.01, help="How far a channel may move from its present share: 0.5 is by half."),
    ] = 0.5,
    holdout: Annotated[
        int, typer.Option(min=0, help="Periods at the end of the data to withhold and to foretell.")
    ] = 0,
    acknowledge: Acknowledge = None,
    acknowledge_all: Annotated[
        bool, typer.Option("--acknowledge-all", help="Fit in spite of all warnings, which are printed.")
    ] = False,
    read: Read = None,
    address: Address = None,
    token_file: TokenFile = None,
    workspace: Workspace = "default",
    ca_file: CaFile = None,
) -> None:
    """Upload, validate, fit, analyse and plan; print tables and write the results to a folder."""
    console = consoles.output()
    reading = parse_reading(read)
    with reported_errors(consoles.errors()):
        parsed = load_config_file(config)
        if output is not None:
            output.mkdir(parents=True, exist_ok=True)
        with connect(console, address, token_file, workspace, ca_file) as client:
            dataset = pipeline.upload_of_its_own(console, client, data, reading)
            findings = client.validate(dataset.name, parsed)
            codes = warning_codes(findings) if acknowledge_all else acknowledge or []
            fits = pipeline.show_findings(console, findings)
            if not fits or not pipeline.all_acknowledged(console, findings, codes):
                with pipeline.discarded_on_exit(client, dataset):
                    raise typer.Exit(ExitCode.INVALID_INPUT)
            wanted = pipeline.FitWish(data.stem, codes, holdout)
            fit = pipeline.fit_model(console, client, dataset, parsed, wanted)
            wish = PlanWish(budget, horizon, max_change)
            results = collect_results(client, fit, parsed, wish)
            pipeline.show_results(console, results)
            folder = output or DEFAULT_OUTPUT / fit.name.rpartition("/")[2]
            folder.mkdir(parents=True, exist_ok=True)
            write_outputs(client, results, folder)
        pipeline.show_where(console, folder, address)
