"""The whole platform on loopback, shared by all tests that need it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import mmm_local
from mmm.fitting.v1.fitting_pb2 import FIT_STATE_SUCCEEDED, Fit
from mmm_client import Client
from mmm_local.object_store import EmbeddedObjectStore
from tests.object_store import running_object_store
from tests.simulation import Simulation, simulate

WITHHELD_WEEKS = 8
STARTS_A_STACK = {
    "test_browser.py",
    "test_fit_survives_kills.py",
    "test_local_stack.py",
    "test_run_command.py",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together, when tests run in several processes, what shares a stack or a module's fixtures.

    Stacks listen on the same ports, so all tests that start one run in one process. This hook comes first
    because pytest-xdist reads the groups in the same hook.
    """
    for item in items:
        needs_stack = "local_stack" in getattr(item, "fixturenames", ()) or item.path.name in STARTS_A_STACK
        group = "stack" if needs_stack else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))


@dataclass(frozen=True)
class StackUnderTest:
    """A running stack in a folder of its own.

    `mmm_local.start(state_dir, with_ui=True)` adds the UI to it.
    """

    state_dir: Path
    running: mmm_local.RunningStack

    def client(self, workspace: str = "default") -> Client:
        """A client of the local administrator; the caller closes it."""
        return Client(self.running.address, self.running.token, workspace)


@pytest.fixture(scope="session")
def object_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedObjectStore]:
    """A real object store, shared by all tests that need only that."""
    with running_object_store(tmp_path_factory.mktemp("store")) as (embedded, _):
        yield embedded


@pytest.fixture(scope="session")
def local_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StackUnderTest]:
    """Start the stack once for the whole run. Tests may kill its processes, but not stop it."""
    state_dir = tmp_path_factory.mktemp("mmm")
    try:
        yield StackUnderTest(state_dir, mmm_local.start(state_dir, with_ui=False))
    finally:
        mmm_local.stop(state_dir)


@pytest.fixture
def client(local_stack: StackUnderTest) -> Iterator[Client]:
    """A client of the shared stack, in the workspace ``default``."""
    with local_stack.client() as client:
        yield client


@pytest.fixture(scope="session")
def simulated_fit(
    local_stack: StackUnderTest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Fit, Simulation]:
    """One fit of simulated data with known truth, shared by all tests that read results.

    Its last weeks are withheld.
    """
    simulation = simulate(weeks=104 + WITHHELD_WEEKS)
    path = tmp_path_factory.mktemp("simulated") / "weekly.csv"
    simulation.table.to_csv(path, index=False)
    with local_stack.client() as client:
        model = client.create_model(client.upload(path).name, simulation.config, display_name="Simulated")
        started = client.start_fit(model.name, holdout_periods=WITHHELD_WEEKS)
        fit = list(client.watch_fit(started.name))[-1]
    assert fit.state == FIT_STATE_SUCCEEDED, fit
    return fit, simulation
