"""The whole platform on this machine's loopback: start, stop, status.

One supervisord per state folder keeps the object store, the four services, the gateway and the UI alive.
Its control socket is the only truth about whether the stack runs; nothing is inferred from files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from mmm_core.errors import Unavailable
from mmm_local.credentials import admin_token, gateway_secret
from mmm_local.description import StackDescription, load_description, reserved
from mmm_local.health import failure, wait_until_serving
from mmm_local.leftovers import remove_leftovers, wait_for_end
from mmm_local.locks import exclusive, shared
from mmm_local.object_store import EmbeddedObjectStore, prepare_object_store, wait_until_ready
from mmm_local.paths import StatePaths
from mmm_local.private_files import write_private
from mmm_local.programs import (
    GATEWAY_TIER,
    SERVICE_TIER,
    SERVICES,
    STORE_TIER,
    UI_TIER,
    base_environment,
    stack_programs,
)
from mmm_local.supervisor import ProcessStatus, Supervisor
from mmm_local.supervisor_config import process_name, render

STOP_SECONDS = 75
"""How long supervisord may take to stop everything before it is killed; above the sum of its deadlines."""


@dataclass(frozen=True, slots=True)
class RunningStack:
    """A stack that serves.

    Attributes
    ----------
    address : str
        ``host:port`` of the gateway.
    token : str
        Token of the local administrator of the workspace ``default``.
    token_file : Path
        Where that token is kept.
    ui_url : str or None
        Where a browser finds the UI, if it was started.
    """

    address: str
    token: str = field(repr=False)
    token_file: Path
    ui_url: str | None


@dataclass(frozen=True, slots=True)
class StackStatus:
    """What runs in a state folder.

    Attributes
    ----------
    running : bool
        Whether the supervisor answers.
    processes : tuple of ProcessStatus
        One per process, empty when nothing runs.
    """

    running: bool
    processes: tuple[ProcessStatus, ...] = ()


def start(state_dir: Path, *, with_ui: bool) -> RunningStack:
    """Start the stack, or what of it does not run yet, and wait until it serves.

    It stays until `stop`. Concurrent calls wait for each other.

    Parameters
    ----------
    state_dir : Path
        Folder with all state; made for its owner only.
    with_ui : bool
        Whether the UI is started too.

    Raises
    ------
    LocalStackError
        When a process fails or does not serve in time; says why, and leaves nothing it started behind.
    """
    return _start(StatePaths.prepare(state_dir), with_ui=with_ui, temporary=False)


def stop(state_dir: Path) -> bool:
    """End the stack, running fits included, and whatever a dead supervisor left behind.

    Returns
    -------
    bool
        Whether anything ran.
    """
    paths = StatePaths.prepare(state_dir)
    with exclusive(paths.lock):
        return _stop(paths)


def status(state_dir: Path) -> StackStatus:
    """Tell which processes run."""
    supervisor = Supervisor(StatePaths.prepare(state_dir))
    if supervisor.pid() is None:
        return StackStatus(running=False)
    return StackStatus(running=True, processes=tuple(supervisor.processes()))


def find_running(state_dir: Path) -> RunningStack | None:
    """Return the stack of a folder if its supervisor answers."""
    paths = StatePaths.prepare(state_dir)
    supervisor = Supervisor(paths)
    description = load_description(paths)
    if description is None or supervisor.pid() is None:
        return None
    has_ui = any(process.name == "ui" and process.is_up for process in supervisor.processes())
    return _running(paths, description, with_ui=has_ui)


@contextmanager
def session(state_dir: Path) -> Iterator[RunningStack]:
    """Use the stack of a folder; one that was not running ends with its last user.

    Raises
    ------
    LocalStackError
        Like `start`.
    """
    paths = StatePaths.prepare(state_dir)
    with shared(paths.users) as alone:
        try:
            yield _start(paths, with_ui=False, temporary=True)
        finally:
            if alone():
                _stop_if_temporary(paths)


def _start(paths: StatePaths, *, with_ui: bool, temporary: bool) -> RunningStack:
    with exclusive(paths.lock):
        supervisor = Supervisor(paths)
        description = load_description(paths)
        if description is None or supervisor.pid() is None:
            return _start_fresh(paths, with_ui=with_ui, temporary=temporary)
        if description.temporary and not temporary:
            description = description.model_copy(update={"temporary": False})
            description.save(paths.description)
        _start_processes(supervisor, with_ui=with_ui)
        wait_until_serving(supervisor, description, admin_token(paths), with_ui=with_ui)
        return _running(paths, description, with_ui=with_ui)


def _start_fresh(paths: StatePaths, *, with_ui: bool, temporary: bool) -> RunningStack:
    description = load_description(paths) or StackDescription()
    remove_leftovers(paths, description.stack_id)
    description = description.with_free_ports().model_copy(update={"temporary": temporary})
    description.save(paths.description)
    admin_token(paths)
    with reserved(description.ports.values()):
        store = prepare_object_store(paths.object_store)
    programs = stack_programs(paths, description, store, gateway_secret(paths))
    write_private(paths.supervisor_config, render(paths, programs))
    supervisor = Supervisor(paths)
    try:
        supervisor.launch(base_environment(description))
        supervisor.start(process_name(STORE_TIER, "object-store"))
        _wait_for_store(supervisor, store)
        _start_processes(supervisor, with_ui=with_ui)
        wait_until_serving(supervisor, description, admin_token(paths), with_ui=with_ui)
    except BaseException:  # an interrupt too must not leave half a stack behind
        _stop(paths)
        raise
    return _running(paths, description, with_ui=with_ui)


def _wait_for_store(supervisor: Supervisor, store: EmbeddedObjectStore) -> None:
    try:
        wait_until_ready(store)
    except Unavailable as error:
        raise failure(supervisor, "object-store", "The object store does not answer.") from error


def _start_processes(supervisor: Supervisor, *, with_ui: bool) -> None:
    """Start everything that does not run; services first, because the gateway asks for their health."""
    supervisor.start(process_name(STORE_TIER, "object-store"))
    for name in SERVICES:
        supervisor.start(process_name(SERVICE_TIER, name))
    supervisor.start(process_name(GATEWAY_TIER, "gateway"))
    if with_ui:
        supervisor.start(process_name(UI_TIER, "ui"))


def _running(paths: StatePaths, description: StackDescription, *, with_ui: bool) -> RunningStack:
    return RunningStack(
        address=description.address("gateway"),
        token=admin_token(paths),
        token_file=paths.admin_token,
        ui_url=description.ui_url if with_ui else None,
    )


def _stop_if_temporary(paths: StatePaths) -> None:
    with exclusive(paths.lock):
        description = load_description(paths)
        if description is not None and description.temporary:
            _stop(paths)


def _stop(paths: StatePaths) -> bool:
    """End supervisord and with it, in order, everything else; the caller holds the lock."""
    description = load_description(paths)
    if description is None:
        return False
    supervisor = Supervisor(paths)
    pid = supervisor.pid()
    if pid is not None:
        process = psutil.Process(pid)
        supervisor.shutdown()
        wait_for_end([process], STOP_SECONDS)
    left = remove_leftovers(paths, description.stack_id)
    return pid is not None or left
