"""Options every command that talks to a server shares, and the way to that server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from mmm_client.cli import local
from mmm_client.client import Client

CONNECT_SECONDS = 10.0

Address = Annotated[
    str | None,
    typer.Option(
        "--address",
        envvar="MMM_ADDRESS",
        metavar="HOST:PORT",
        help="Server to use. Default: the local stack, started for the time of the command if it is down.",
    ),
]
TokenFile = Annotated[
    Path | None,
    typer.Option(
        "--token-file",
        envvar="MMM_TOKEN_FILE",
        exists=True,
        dir_okay=False,
        help="File with the token for --address. The token itself may be in MMM_TOKEN.",
    ),
]
Workspace = Annotated[
    str, typer.Option("--workspace", envvar="MMM_WORKSPACE", help="Workspace to work in.", metavar="ID")
]
CaFile = Annotated[
    Path | None,
    typer.Option(
        "--ca-file",
        envvar="MMM_CA_FILE",
        exists=True,
        dir_okay=False,
        help="PEM file of the authorities that sign the server's certificate.",
    ),
]


@contextmanager
def connect(
    console: Console, address: str | None, token_file: Path | None, workspace: str, ca_file: Path | None
) -> Iterator[Client]:
    """Connect to the server at `address`, or to the local stack when none is given.

    Raises
    ------
    typer.BadParameter
        When the address cannot be read or no token is given for it.
    ApiError
        `Unavailable` when nothing answers.
    LocalStackUnavailable
        When the local stack is not installed or does not start.
    """
    if address is None:
        with (
            _local_stack(console) as (local_address, token),
            Client(local_address, token, workspace) as client,
        ):
            yield client
        return
    try:
        client = Client(address, _token(token_file), workspace, ca_file)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--address") from error
    with client:
        client.wait_until_connected(CONNECT_SECONDS)
        yield client


@contextmanager
def _local_stack(console: Console) -> Iterator[tuple[str, str]]:
    running = local.find_running()
    message = "Starting the local stack …" if running is None else "Joining the local stack …"
    status = console.status(message)
    status.start()
    try:
        with local.session() as stack:
            status.stop()
            yield stack.address, stack.token
    finally:
        status.stop()


def _token(token_file: Path | None) -> str:
    token = os.environ.get("MMM_TOKEN", "").strip()
    if not token and token_file is not None:
        token = token_file.read_text(encoding="utf-8").strip()
    if not token:
        raise typer.BadParameter(
            "A server needs a token: set MMM_TOKEN or give --token-file.", param_hint="--token-file"
        )
    return token
