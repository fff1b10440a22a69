"""Workers as processes of this machine."""

import os
import subprocess
import sys
from pathlib import Path

import psutil

from mmm_core.names import FitName

WORKER_MODULE = "mmm_fitting.worker"
STOP_SECONDS = 10.0
# Two platforms on one machine may have fits of the same name.
_STORE_VARIABLES = ("MMM_S3_ENDPOINT", "MMM_S3_BUCKET")
# Chains run side by side; more threads inside each would only get in each other's way.
_SINGLE_THREADED = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


class LocalLauncher:
    """`mmm_fitting.launchers.port.Launcher` on this machine.

    Workers have sessions of their own, so they outlive the service and the signals sent to it. A restarted
    service finds them by their command line and the object storage they work for.

    Parameters
    ----------
    cache_dir : Path
        Folder for compiled models, shared by all workers.
    """

    def __init__(self, cache_dir: Path) -> None:
        self._cache_dir = cache_dir
        self._children: dict[tuple[FitName, int], subprocess.Popen[bytes]] = {}

    def launch(self, name: FitName, attempt: int) -> None:
        """Start a worker; its output goes where the service's goes."""
        self._children[name, attempt] = subprocess.Popen(  # noqa: S603 - our own module, names are checked
            [sys.executable, *_arguments(name, attempt)],
            stdin=subprocess.DEVNULL,
            env=worker_environment(self._cache_dir),
            start_new_session=True,
        )

    def is_alive(self, name: FitName, attempt: int) -> bool:
        """Whether the worker runs."""
        child = self._children.get((name, attempt))
        if child is None:
            return _find(name, attempt) is not None
        if child.poll() is None:
            return True
        del self._children[name, attempt]
        return False

    def stop(self, name: FitName, attempt: int) -> None:
        """Tell the worker to stop, and end it after a while."""
        child = self._children.get((name, attempt))
        process = psutil.Process(child.pid) if child and child.poll() is None else _find(name, attempt)
        if process is None:
            return
        try:
            process.terminate()
            process.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait(STOP_SECONDS)
        except psutil.NoSuchProcess:
            return


def worker_environment(cache_dir: Path) -> dict[str, str]:
    """Environment of a process that uses the modelling libraries.

    Parameters
    ----------
    cache_dir : Path
        Folder for compiled models, shared by all such processes.
    """
    compiled = cache_dir / "compiled"
    compiled.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        **os.environ,
        **dict.fromkeys(_SINGLE_THREADED, "1"),
        "PYTENSOR_FLAGS": f"base_compiledir={compiled}",
    }


def _arguments(name: FitName, attempt: int) -> list[str]:
    return ["-m", WORKER_MODULE, "--fit", str(name), "--attempt", str(attempt)]


def _find(name: FitName, attempt: int) -> psutil.Process | None:
    """Find the process of a worker an earlier service started."""
    wanted = _arguments(name, attempt)
    for process in psutil.process_iter(["cmdline", "status"]):
        is_worker = (process.info["cmdline"] or [])[1:] == wanted
        if is_worker and process.info["status"] != psutil.STATUS_ZOMBIE and _shares_our_store(process):
            return process
    return None


def _shares_our_store(process: psutil.Process) -> bool:
    try:
        theirs = process.environ()
    except psutil.Error:  # of another user, or gone meanwhile
        return False
    return all(theirs.get(name) == os.environ.get(name) for name in _STORE_VARIABLES)
