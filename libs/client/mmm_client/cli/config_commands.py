"""`mmm config …`: configuration files by themselves, without data or server."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from rich.markup import escape

from mmm_client.cli import consoles
from mmm_client.cli.config_schema import config_schema
from mmm_client.cli.config_template import SCHEMA_FILE, config_template
from mmm_client.cli.exits import ExitCode, fail, reported_errors
from mmm_core.config import SCHEMA_VERSION, ModelConfig, load_config_file
from mmm_core.config.migrations import migrate
from mmm_core.documents import format_path

config_app = typer.Typer(help="Work with configuration files.", no_args_is_help=True)

ConfigFile = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="YAML or JSON configuration.", show_default=False)
]


@config_app.command()
def init(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="File to write.")] = Path("config.yaml"),
    *,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file there is.")] = False,
) -> None:
    """Write a template with every field, explained, and the schema for editors beside it."""
    with reported_errors(consoles.errors()):
        if file.exists() and not force:
            fail(consoles.errors(), f"{file} exists already. Choose another name, or overwrite with --force.")
            raise typer.Exit(ExitCode.INVALID_INPUT)
        file.write_text(config_template(), encoding="utf-8")
        (file.parent / SCHEMA_FILE).write_text(_schema_text(), encoding="utf-8")
    consoles.output().print(
        f"Wrote {escape(str(file))} and {SCHEMA_FILE}. Change it, then run "
        f"[bold]mmm config check {escape(str(file))}[/].",
        highlight=False,
    )


@config_app.command()
def check(file: ConfigFile) -> None:
    """Check a file and print every problem, and what was brought up to the present schema."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        _show_migration(console, file)
        _show_valid(console, file, load_config_file(file))


@config_app.command()
def schema() -> None:
    """Print the JSON Schema of configuration files, for editors."""
    typer.echo(_schema_text(), nl=False)


@config_app.command("migrate")
def migrate_file(file: ConfigFile) -> None:
    """Print an older file as YAML of the present schema, without its comments."""
    with reported_errors(consoles.errors()):
        load_config_file(file)
        migrated = migrate(_plain(file), SCHEMA_VERSION)
    text = yaml.safe_dump({"schema_version": SCHEMA_VERSION} | migrated, sort_keys=False, allow_unicode=True)
    typer.echo(text, nl=False)


def _schema_text() -> str:
    return json.dumps(config_schema(), indent=2, ensure_ascii=False) + "\n"


def _show_migration(console: Console, file: Path) -> None:
    before = _plain(file)
    after = migrate(before, SCHEMA_VERSION)
    changes = list(_changes(before, after, ()))
    if changes:
        console.print(f"{escape(str(file))} is of an older schema. Read as:", highlight=False)
        for change in changes:
            console.print(f"  {escape(change)}", highlight=False)


def _show_valid(console: Console, file: Path, config: ModelConfig) -> None:
    media = len(config.channels) + len(config.owned_media)
    console.print(
        f"[green]{escape(str(file))} is valid:[/] {config.kpi.kind} KPI {escape(config.kpi.column)!r}, "
        f"{media} media, {len(config.competitors)} competitors, {len(config.controls)} controls.",
        highlight=False,
    )


def _plain(file: Path) -> dict[str, Any]:
    """Return the file's mapping; an empty one when it has none, which loading it says more about."""
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError):
        return {}
    return dict(data) if isinstance(data, Mapping) else {}


def _changes(before: Any, after: Any, path: tuple[str | int, ...]) -> Iterator[str]:
    """What is different, one line per field."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*before, *after]):
            yield from _change_of(before, after, key, path)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, pair in enumerate(zip(before, after, strict=True)):
            yield from _changes(*pair, (*path, place))
    elif before != after:
        yield f"{format_path(path)}: {before} → {after}"


def _change_of(
    before: Mapping[Any, Any], after: Mapping[Any, Any], key: Any, path: tuple[str | int, ...]
) -> Iterator[str]:
    inner = (*path, key)
    if key not in before:
        yield f"{format_path(inner)}: {after[key]} (added)"
    elif key not in after:
        yield f"{format_path(inner)} (removed)"
    else:
        yield from _changes(before[key], after[key], inner)
