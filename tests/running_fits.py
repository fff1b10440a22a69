"""Fits that run in the shared stack, and the processes behind them."""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import tenacity

import mmm_local
from mmm.fitting.v1 import fitting_pb2
from mmm.fitting.v1.fitting_pb2 import Fit, Model
from mmm_client import Client
from mmm_local.description import load_description
from mmm_local.leftovers import stack_processes
from mmm_local.paths import StatePaths
from tests.conftest import StackUnderTest
from tests.simulation import MEDIA_ONLY, simulate

# Enough draws that a test can act while they are made, few enough not to wait for.
UNHURRIED = {"chains": 2, "tune": 500, "draws": 12_000}

eventually = tenacity.retry(wait=tenacity.wait_fixed(0.1), stop=tenacity.stop_after_delay(60), reraise=True)


@dataclass(frozen=True)
class Stage:
    """How to see that a fit has come to a stage."""

    name: str

    def __call__(self, fit: Fit) -> bool:
        """Whether the fit is there; sampling counts once there are draws."""
        stage: int = fitting_pb2.FitStage.Value(f"FIT_STAGE_{self.name}")
        drawn = self.name != "SAMPLING" or any(chain.finished_draws for chain in fit.progress.chains)
        return fit.progress.stage == stage and drawn


def make_model(client: Client, folder: Path) -> Model:
    """Upload the simulated data and describe them."""
    simulation = simulate(sampler=UNHURRIED, **MEDIA_ONLY)
    path = folder / "simulated.csv"
    simulation.table.to_csv(path, index=False)
    dataset = client.upload(path)
    return client.create_model(dataset.name, simulation.config)


def follow_until(client: Client, name: str, reached: Callable[[Fit], bool]) -> Fit:
    """Watch a fit until `reached`; fails when it ends before."""
    for fit in client.watch_fit(name):
        if reached(fit):
            return fit
    raise AssertionError(f"{name} ended before it came that far: {fit}")


def follow_to_end(client: Client, name: str) -> list[Fit]:
    """Watch a fit to its end; returns all snapshots."""
    return list(client.watch_fit(name))


def service_pid(stack: StackUnderTest, name: str) -> int:
    """Process id of a process supervisord looks after."""
    return next(p.pid for p in mmm_local.status(stack.state_dir).processes if p.name == name)


def workers(stack: StackUnderTest, name: str) -> list[psutil.Process]:
    """Live workers of a fit."""
    description = load_description(StatePaths(stack.state_dir.resolve()))
    assert description is not None
    return [process for process in stack_processes(description.stack_id) if name in process.cmdline()]


def kill(process_id: int, number: signal.Signals = signal.SIGKILL) -> None:
    """Send a signal."""
    os.kill(process_id, number)
