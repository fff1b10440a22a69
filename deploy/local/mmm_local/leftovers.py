"""Processes and files of a stack whose supervisor died."""

import os
from collections.abc import Iterable
from contextlib import suppress

import psutil
import tenacity

from mmm_local.paths import StatePaths
from mmm_local.programs import STACK_ID_VARIABLE

GRACE_SECONDS = 5.0


def stack_processes(stack_id: str) -> list[psutil.Process]:
    """All live processes that carry the stack's id in their environment, fit workers included."""
    found = []
    for process in psutil.process_iter():
        try:
            is_ours = process.environ().get(STACK_ID_VARIABLE) == stack_id
            if is_ours and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:  # of another user, or gone meanwhile
            continue
    return found


def end_processes(processes: Iterable[psutil.Process]) -> None:
    """Ask processes to end, then kill those that do not."""
    asked = list(processes)
    for process in asked:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    for process in wait_for_end(asked, GRACE_SECONDS):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    wait_for_end(asked, GRACE_SECONDS)


def wait_for_end(processes: Iterable[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Wait for processes to end and return those that did not.

    A dead process its parent has not looked at yet counts as ended, which `psutil.wait_procs` would wait for.
    """
    watched = list(processes)
    attempts = tenacity.Retrying(
        retry=tenacity.retry_if_result(bool),
        wait=tenacity.wait_fixed(0.05),
        stop=tenacity.stop_after_delay(seconds),
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else [],
    )
    return attempts(lambda: [process for process in watched if not _is_dead(process)])


def _is_dead(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def remove_leftovers(paths: StatePaths, stack_id: str) -> bool:
    """End what a dead supervisor left running and delete its socket and pid file.

    Returns
    -------
    bool
        Whether anything ran.
    """
    left = stack_processes(stack_id)
    end_processes(left)
    for path in (paths.control_socket, paths.supervisor_pid):
        path.unlink(missing_ok=True)
    return bool(left)
