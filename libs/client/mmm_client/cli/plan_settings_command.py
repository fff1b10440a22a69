"""`mmm plan settings`: files of settings by themselves, without a fit or server."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from mmm_client.cli import consoles
from mmm_client.cli.exits import ExitCode, fail, reported_errors
from mmm_client.plan_documents import load_plan_settings


def settings_file(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="YAML or JSON file.")] = Path("plan.yaml"),
    *,
    init: Annotated[
        bool, typer.Option("--init", help="Write a template with every field, explained.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file there is.")] = False,
) -> None:
    """Check a file of settings and print every problem, or write a template."""
    console, errors = consoles.output(), consoles.errors()
    with reported_errors(errors):
        if not init:
            load_plan_settings(file)
            console.print(f"[green]{escape(str(file))} can be used.[/]", highlight=False, soft_wrap=True)
            return
        if file.exists() and not force:
            fail(errors, f"{file} exists already. Choose another name, or overwrite with --force.")
            raise typer.Exit(ExitCode.INVALID_INPUT)
        file.write_text(settings_template(), encoding="utf-8")
    console.print(f"Wrote {escape(str(file))}.", highlight=False, soft_wrap=True)


def settings_template() -> str:
    """Every field of the settings, explained and commented out."""
    return (files("mmm_client.cli") / "plan_settings.yaml").read_text(encoding="utf-8")
