"""`mmm simulate`: data with known truth."""

import json
import shlex
from pathlib import Path
from typing import Annotated

import typer
import yaml
from rich.console import Console
from rich.markup import escape

from mmm_client.cli import consoles
from mmm_client.cli.commented_yaml import commented_yaml
from mmm_client.cli.exits import ExitCode, fail, reported_errors
from mmm_client.cli.truth_tables import lift_truth_table, media_truth_table, term_truth_table
from mmm_core.config import SCHEMA_VERSION, ModelConfig
from mmm_core.errors import InvalidInput, Violation
from mmm_core.simulation import (
    SimulatedData,
    SimulationDesign,
    generate,
    parse_design,
    parse_design_text,
    truth_report,
)

DATA_FILE, CONFIG_FILE, TRUTH_FILE = "data.csv", "config.yaml", "truth.json"

_HEADING = (
    "Data to be simulated, and the truth behind them. What a file leaves out is as below. A true value may "
    "be a number, or a range {low: 0.5, high: 2} that the seed draws from. Simulate it with: "
    "mmm simulate FOLDER --design FILE"
)


def simulate(
    folder: Annotated[
        Path | None, typer.Argument(file_okay=False, help="Folder to write to.", show_default=False)
    ] = None,
    *,
    design: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="YAML design. Default: the one --show-design prints."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Where the random numbers begin.")] = 1,
    periods: Annotated[int | None, typer.Option(help="Rows per cell, in place of the design's.")] = None,
    cells: Annotated[
        int | None,
        typer.Option(min=1, max=1000, help="Regions of a panel, in place of the design's; 1: none."),
    ] = None,
    confounding: Annotated[
        float | None,
        typer.Option(help="Correlation of spend with an unobserved demand, from 0 to below 1."),
    ] = None,
    show_design: Annotated[
        bool, typer.Option("--show-design", help="Print the design as YAML, explained, and stop.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files there are.")] = False,
) -> None:
    """Simulate data with known truth, to see whether a design can be recovered; needs no server."""
    with reported_errors(consoles.errors()):
        wanted = _changed(_read(design), periods, cells, confounding)
        if show_design:
            typer.echo(commented_yaml(wanted, _HEADING), nl=False)
            return
        if folder is None:
            raise typer.BadParameter("give the folder to write to, or --show-design.", param_hint="FOLDER")
        _keep_files(folder, force=force)
        data = generate(wanted, seed)
        _write(data, folder)
    _show(consoles.output(), data, folder)


def _read(file: Path | None) -> SimulationDesign:
    if file is None:
        return SimulationDesign()
    try:
        return parse_design_text(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        problem = Violation("design", "cannot be read as UTF-8 text.", "Give a YAML file.", str(file))
        raise InvalidInput([problem]) from error


def _changed(
    design: SimulationDesign, periods: int | None, cells: int | None, confounding: float | None
) -> SimulationDesign:
    """Return the design with what the command line says."""
    plain = design.model_dump()
    if periods is not None:
        plain["periods"] = periods
    if cells is not None:
        labels = [f"region_{number:0{len(str(cells))}}" for number in range(1, cells + 1)]
        plain["panel"] = (plain["panel"] or {}) | {"dimensions": {"region": labels}} if cells > 1 else None
    if confounding is not None:
        plain["demand"] = (plain["demand"] or {}) | {"confounding": confounding}
    return parse_design(plain)


def _keep_files(folder: Path, *, force: bool) -> None:
    """Refuse to overwrite a file unless told to."""
    there = [name for name in (DATA_FILE, CONFIG_FILE, TRUTH_FILE) if (folder / name).exists()]
    if there and not force:
        message = (
            f"{folder} has {', '.join(there)} already. Choose another folder, or overwrite with --force."
        )
        fail(consoles.errors(), message)
        raise typer.Exit(ExitCode.INVALID_INPUT)


def _write(data: SimulatedData, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    data.table.to_csv(folder / DATA_FILE, index=False, date_format="%Y-%m-%d", lineterminator="\n")
    (folder / CONFIG_FILE).write_text(_config_text(data.config), encoding="utf-8")
    report = json.dumps(truth_report(data), indent=2, ensure_ascii=False, allow_nan=False)
    (folder / TRUTH_FILE).write_text(report + "\n", encoding="utf-8")


def _config_text(config: ModelConfig) -> str:
    """Write what differs from the schema's defaults."""
    plain = config.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
    return yaml.safe_dump({"schema_version": SCHEMA_VERSION} | plain, sort_keys=False, allow_unicode=True)


def _show(console: Console, data: SimulatedData, folder: Path) -> None:
    console.print(media_truth_table(data))
    console.print(term_truth_table(data))
    if data.true_lifts:
        console.print(lift_truth_table(data))
    files = [folder / name for name in (DATA_FILE, CONFIG_FILE, TRUTH_FILE)]
    console.print(f"Wrote {', '.join(escape(str(file)) for file in files)}.", highlight=False)
    command = shlex.join(["mmm", "run", "--data", str(files[0]), "--config", str(files[1])])
    console.print(f"Fit it: [bold]{escape(command)}[/]", highlight=False, soft_wrap=True)
