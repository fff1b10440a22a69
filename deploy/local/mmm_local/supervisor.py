"""Control of the supervisord process of one state folder."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xmlrpc.client import Fault, ProtocolError, ServerProxy

import tenacity
from supervisor.xmlrpc import Faults, SupervisorTransport

from mmm_local.errors import LocalStackError
from mmm_local.paths import StatePaths
from mmm_local.supervisor_config import log_file

ANSWER_SECONDS = 15


@dataclass(frozen=True, slots=True)
class ProcessStatus:
    """What supervisord says of a process.

    Attributes
    ----------
    name : str
        Name of the program.
    state : str
        ``STOPPED``, ``STARTING``, ``RUNNING``, ``BACKOFF``, ``STOPPING``, ``EXITED`` or ``FATAL``.
    pid : int
        Process id, 0 when it does not run.
    """

    name: str
    state: str
    pid: int

    @property
    def is_up(self) -> bool:
        """Whether the process runs."""
        return self.state in {"STARTING", "RUNNING"}

    @property
    def has_failed(self) -> bool:
        """Whether the process ended by itself."""
        return self.state in {"BACKOFF", "EXITED", "FATAL"}


class Supervisor:
    """supervisord behind its unix socket."""

    def __init__(self, paths: StatePaths) -> None:
        self._paths = paths

    def launch(self, environment: Mapping[str, str]) -> None:
        """Start supervisord in the background with nothing else running yet.

        Raises
        ------
        LocalStackError
            When it does not come up.
        """
        command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(self._paths.supervisor_config)]
        # What supervisord prints about a configuration it refuses may quote secrets: it stays in a file.
        log = log_file(self._paths, "supervisord-start")
        with log.open("wb") as output:
            log.chmod(0o600)
            done = subprocess.run(command, env=environment, stdout=output, stderr=output, check=False)  # noqa: S603
        if done.returncode != 0:
            raise LocalStackError(f"supervisord does not start. Its words are in {log}.")
        try:
            self._wait_until_answering()
        except LocalStackError as error:
            tail = self.log_tail("supervisord")
            raise LocalStackError(f"supervisord does not answer. The end of its log:\n{tail}") from error

    @tenacity.retry(
        retry=tenacity.retry_if_exception_type(LocalStackError),
        wait=tenacity.wait_fixed(0.05),
        stop=tenacity.stop_after_delay(ANSWER_SECONDS),
        reraise=True,
    )
    def _wait_until_answering(self) -> None:
        if self.pid() is None:
            raise LocalStackError("no answer")

    def pid(self) -> int | None:
        """Process id of supervisord; None when it does not answer, because it does not run."""
        try:
            return int(self._call("supervisor.getPID"))
        except (OSError, ProtocolError):
            return None

    def start(self, name: str) -> None:
        """Start a process (``group:program``) unless it runs; does not wait for it."""
        try:
            self._call("supervisor.startProcess", name, False)
        except Fault as fault:
            if fault.faultCode != Faults.ALREADY_STARTED:
                raise LocalStackError(f"{name} cannot be started: {fault.faultString}") from fault

    def stop(self, name: str) -> None:
        """Stop a process if it runs, and wait for its end."""
        try:
            self._call("supervisor.stopProcess", name)
        except Fault as fault:
            if fault.faultCode != Faults.NOT_RUNNING:
                raise LocalStackError(f"{name} cannot be stopped: {fault.faultString}") from fault

    def shutdown(self) -> None:
        """Ask supervisord to stop everything, in order, and then itself."""
        self._call("supervisor.shutdown")

    def processes(self) -> list[ProcessStatus]:
        """Status of all processes."""
        rows = self._call("supervisor.getAllProcessInfo")
        return [ProcessStatus(row["name"], row["statename"], row["pid"]) for row in rows]

    def log_tail(self, name: str, lines: int = 20) -> str:
        """Return the last lines a process wrote."""
        try:
            text = log_file(self._paths, name).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def _call(self, method: str, *arguments: Any) -> Any:
        transport = SupervisorTransport(serverurl=f"unix://{self._paths.control_socket}")
        with ServerProxy("http://127.0.0.1", transport=transport) as proxy:
            return getattr(proxy, method)(*arguments)
