"""The configuration file supervisord runs by."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mmm_local.errors import LocalStackError
from mmm_local.paths import StatePaths

LOG_BYTES = 5_000_000
LOG_BACKUPS = 3
START_SECONDS = 5
START_RETRIES = 10


@dataclass(frozen=True, slots=True)
class Program:
    """A process supervisord keeps alive.

    Attributes
    ----------
    name : str
        Name, also of its log.
    command : sequence of str
        Arguments; never a secret, because every user of the machine can read them.
    environment : mapping
        Variables on top of supervisord's own; may hold secrets.
    order : int
        Programs stop by falling order, those of the same order together.
    stop_seconds : int
        Seconds between the request to end and the kill.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    order: int
    stop_seconds: int = 15


def log_file(paths: StatePaths, name: str) -> Path:
    """Where the output of a program goes."""
    return paths.logs / f"{name}.log"


def process_name(order: int, name: str) -> str:
    """Name by which supervisord knows the process: ``group:program``."""
    return f"{_group(order)}:{name}"


def render(paths: StatePaths, programs: Sequence[Program]) -> str:
    """Write the configuration; it holds secrets.

    Raises
    ------
    LocalStackError
        When a value cannot be written in supervisord's syntax.
    """
    head = f"""\
[unix_http_server]
file = {_plain(paths.control_socket)}
chmod = 0600

[supervisord]
logfile = {_plain(log_file(paths, "supervisord"))}
logfile_maxbytes = {LOG_BYTES}
logfile_backups = {LOG_BACKUPS}
pidfile = {_plain(paths.supervisor_pid)}
childlogdir = {_plain(paths.logs)}
directory = {_plain(paths.root)}
umask = 077

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""
    sections = [head, *(_program(paths, program) for program in programs)]
    for order in sorted({program.order for program in programs}):
        members = ",".join(program.name for program in programs if program.order == order)
        sections.append(f"[group:{_group(order)}]\nprograms = {members}\npriority = {order}\n")
    return "\n".join(sections)


def _group(order: int) -> str:
    return f"tier{order}"


def _program(paths: StatePaths, program: Program) -> str:
    command = " ".join(shlex.quote(argument) for argument in program.command)
    environment = ",".join(f"{name}={_quoted(value)}" for name, value in program.environment.items())
    return f"""\
[program:{program.name}]
command = {_plain(command)}
environment = {environment}
autostart = false
autorestart = true
startsecs = {START_SECONDS}
startretries = {START_RETRIES}
stopsignal = TERM
stopwaitsecs = {program.stop_seconds}
killasgroup = true
redirect_stderr = true
stdout_logfile = {_plain(log_file(paths, program.name))}
stdout_logfile_maxbytes = {LOG_BYTES}
stdout_logfile_backups = {LOG_BACKUPS}
"""


def _quoted(value: str) -> str:
    """Write the value of an environment variable; supervisord strips every quote at its ends."""
    if '"' in value or value.startswith("'") or value.endswith("'"):
        raise _unwritable(value)
    return f'"{_plain(value)}"'


def _plain(value: object) -> str:
    """Escape a value; refuse what the syntax has no escape for: line ends, and what begins a comment."""
    text = str(value)
    if any(bad in text for bad in ("\n", "\r", " ;", "\t;")):
        raise _unwritable(text)
    return text.replace("%", "%%")


def _unwritable(text: str) -> LocalStackError:
    return LocalStackError(f"{text!r} holds a character supervisord cannot take. Use another path.")
