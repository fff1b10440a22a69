"""The embedded stack as the command line sees it; the package behind it is an optional extra."""

from collections.abc import Iterator
from contextlib import contextmanager

try:
    import mmm_local
except ModuleNotFoundError as error:
    if error.name != "mmm_local":
        raise
    HAS_LOCAL_STACK = False
else:
    HAS_LOCAL_STACK = True


class LocalStackUnavailable(Exception):
    """The embedded stack is not installed, or does not do what was asked."""


@contextmanager
def stack_errors() -> Iterator[None]:
    """Raise `LocalStackUnavailable` for what goes wrong with the stack inside the block."""
    if not HAS_LOCAL_STACK:
        raise LocalStackUnavailable(
            "The embedded stack is not installed. Give --address, or install mmm-client[local]."
        )
    try:
        yield
    except mmm_local.LocalStackError as error:
        raise LocalStackUnavailable(str(error)) from error


def start(*, with_ui: bool) -> "mmm_local.RunningStack":
    """Start the stack of the default state folder; it stays until `stop`."""
    with stack_errors():
        return mmm_local.start(mmm_local.default_state_dir(), with_ui=with_ui)


def stop() -> bool:
    """Stop it; returns whether anything ran."""
    with stack_errors():
        return mmm_local.stop(mmm_local.default_state_dir())


def status() -> "mmm_local.StackStatus":
    """Tell which processes run."""
    with stack_errors():
        return mmm_local.status(mmm_local.default_state_dir())


def find_running() -> "mmm_local.RunningStack | None":
    """Return the stack if it runs."""
    with stack_errors():
        return mmm_local.find_running(mmm_local.default_state_dir())


@contextmanager
def session() -> Iterator["mmm_local.RunningStack"]:
    """Use the stack; one that did not run ends with its last user."""
    with stack_errors(), mmm_local.session(mmm_local.default_state_dir()) as stack:
        yield stack


def ui_command(port: int | None) -> tuple[tuple[str, ...], str]:
    """Command that serves the UI, and the address a browser finds it at.

    Parameters
    ----------
    port : int or None
        Loopback port; None lets the system choose.
    """
    with stack_errors():
        chosen = port or mmm_local.unused_port(set())
        if not mmm_local.is_free(chosen):
            raise LocalStackUnavailable(f"Port {chosen} is taken. Choose another one with --port.")
        return mmm_local.ui_command(chosen), f"http://127.0.0.1:{chosen}"
