"""Exit codes, and how each kind of error is shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import typer
from rich.console import Console
from rich.markup import escape

from mmm_client.cli.local import LocalStackUnavailable
from mmm_client.cli.tables import violation_table
from mmm_client.errors import (
    AlreadyExists,
    ApiError,
    FailedPrecondition,
    InvalidRequest,
    NotFound,
    PermissionDenied,
    ResourceExhausted,
    Unauthenticated,
)
from mmm_client.exports import DownloadRefused
from mmm_client.fits import CorruptDownload
from mmm_core.errors import InvalidInput


class ExitCode(IntEnum):
    """What the command's exit status says; 2 is a wrong command line, by convention."""

    OK = 0
    INVALID_INPUT = 1
    USAGE = 2
    SERVER = 3
    FIT_FAILED = 4
    INTERRUPTED = 130


_CALLERS_FAULT = (InvalidRequest, FailedPrecondition, NotFound, AlreadyExists, ResourceExhausted)
_ADVICE: dict[type[ApiError], str] = {
    Unauthenticated: "Set MMM_TOKEN or MMM_TOKEN_FILE to a valid token.",
    PermissionDenied: "Ask the operator for a role in this workspace, or choose another with --workspace.",
}


@contextmanager
def reported_errors(errors: Console) -> Iterator[None]:
    """Show what went wrong on `errors` and leave with the matching exit code."""
    try:
        yield
    except ApiError as error:
        _show_api_error(errors, error)
        code = ExitCode.INVALID_INPUT if isinstance(error, _CALLERS_FAULT) else ExitCode.SERVER
        raise typer.Exit(code) from error
    except InvalidInput as error:
        errors.print(violation_table((v.field, v.value, v.message, v.fix) for v in error.violations))
        raise typer.Exit(ExitCode.INVALID_INPUT) from error
    except (LocalStackUnavailable, CorruptDownload, DownloadRefused) as error:
        fail(errors, str(error))
        raise typer.Exit(ExitCode.SERVER) from error
    except OSError as error:
        fail(errors, f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
        raise typer.Exit(ExitCode.INVALID_INPUT) from error


def fail(errors: Console, message: str) -> None:
    """Print an error line."""
    errors.print(f"[bold red]Error:[/] {escape(message)}", highlight=False)


def _show_api_error(errors: Console, error: ApiError) -> None:
    if error.violations:
        errors.print(violation_table((v.field, "", v.message, "") for v in error.violations))
    else:
        fail(errors, error.message)
    if advice := _ADVICE.get(type(error)):
        errors.print(advice, highlight=False)
