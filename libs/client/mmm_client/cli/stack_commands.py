"""Commands that start, stop and look at the local stack, and open the UI."""

import os
import subprocess
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mmm_client.cli import consoles, local
from mmm_client.cli.connection import Address, TokenFile
from mmm_client.cli.exits import ExitCode, reported_errors


def up() -> None:
    """Start the local stack in the background and say where it is."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        with console.status("Starting the local stack …"):
            stack = local.start(with_ui=True)
        _show_addresses(console, stack.ui_url, stack.address, stack.token_file)
        console.print("Stop with   [bold]mmm down[/]")


def down() -> None:
    """Stop the local stack; data and results stay."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        with console.status("Stopping the local stack …"):
            was_running = local.stop()
        console.print("Stopped." if was_running else "Nothing was running.")


def status() -> None:
    """Show the processes of the local stack."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        found = local.status()
        if not found.running:
            console.print("The local stack is not running. Start it with [bold]mmm up[/].")
            return
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in ("Process", "State", "PID"):
            table.add_column(heading)
        for process in found.processes:
            table.add_row(process.name, process.state.lower(), str(process.pid or ""))
        console.print(table)
        if stack := local.find_running():
            _show_addresses(console, stack.ui_url, stack.address, stack.token_file)


def ui(
    port: Annotated[
        int | None, typer.Option(min=1024, max=65535, help="Loopback port. Default: a free one.")
    ] = None,
    address: Address = None,
    token_file: TokenFile = None,
) -> None:
    """Serve the UI in the foreground until interrupted, on the local stack or on a server."""
    console = consoles.output()
    with reported_errors(consoles.errors()):
        command, url = local.ui_command(port)
        if address is not None:
            code = _serve_ui(console, command, url, address, token_file)
        else:
            with local.session() as stack:
                code = _serve_ui(console, command, url, stack.address, stack.token_file)
        if code:
            raise typer.Exit(ExitCode.SERVER)


def _serve_ui(
    console: Console, command: tuple[str, ...], url: str, address: str, token_file: Path | None
) -> int:
    """Run the UI until it ends or the user interrupts it; returns its exit code."""
    _show_addresses(console, url, address, token_file)
    with subprocess.Popen(command, env=os.environ | {"MMM_ADDRESS": address}) as process:  # noqa: S603
        try:
            return process.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            process.terminate()


def _show_addresses(console: Console, ui_url: str | None, address: str, token_file: Path | None) -> None:
    if ui_url:
        console.print(f"UI          [bold]{escape(ui_url)}[/]", highlight=False, soft_wrap=True)
    console.print(f"Gateway     {escape(address)}", highlight=False, soft_wrap=True)
    if token_file is not None:
        console.print(
            f"Sign in     with the token in {escape(str(token_file))}", highlight=False, soft_wrap=True
        )
