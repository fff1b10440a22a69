"""The consoles a command prints to."""

import os

from rich.console import Console

PLAIN_WIDTH = 100
"""Columns of output that does not go to a terminal; every table fits."""


def output() -> Console:
    """Console of results, on standard output."""
    return _console(stderr=False)


def errors() -> Console:
    """Console of errors, on standard error."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PLAIN_WIDTH
    return console
