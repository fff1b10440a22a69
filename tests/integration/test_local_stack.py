"""The embedded stack as a user of one machine meets it."""

import ipaddress
import os
import signal
import stat
from pathlib import Path

import psutil
import pytest
import tenacity

import mmm_local
from mmm_client import Client
from mmm_client.errors import Unauthenticated
from mmm_local.description import load_description
from mmm_local.leftovers import stack_processes
from mmm_local.paths import StatePaths

DATA = Path(__file__).parents[2] / "examples" / "dt_simulated_weekly" / "dt_simulated_weekly.csv"
PROCESSES = {"object-store", "data", "fitting", "analysis", "optimizer", "gateway"}

eventually = tenacity.retry(wait=tenacity.wait_fixed(0.1), stop=tenacity.stop_after_delay(60), reraise=True)


def _processes(state_dir: Path) -> list[psutil.Process]:
    description = load_description(StatePaths(state_dir.resolve()))
    assert description is not None
    return stack_processes(description.stack_id)


def _pid(state_dir: Path, name: str) -> int:
    return next(p.pid for p in mmm_local.status(state_dir).processes if p.name == name)


def _secrets(state_dir: Path) -> list[str]:
    return [(state_dir / name).read_text().strip() for name in ("gateway-secret", "admin.token")]


def _is_loopback(address: str) -> bool:
    """Whether an address is on loopback, an IPv4 one in IPv6 dress included."""
    ip = ipaddress.ip_address(address)
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback


def test_everything_runs_and_answers(local_stack, client):
    status = mmm_local.status(local_stack.state_dir)
    assert {process.name for process in status.processes if process.is_up} >= PROCESSES
    for listed in (client.list_datasets(), client.list_models(), client.list_fits()):
        next(listed, None)


def test_nothing_listens_off_loopback(local_stack):
    listening = [
        connection.laddr.ip
        for process in _processes(local_stack.state_dir)
        for connection in process.net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(listening) >= len(PROCESSES)
    assert [address for address in listening if not _is_loopback(address)] == []


def test_no_answer_without_a_token(local_stack):
    with Client(local_stack.running.address, "not-a-token") as stranger, pytest.raises(Unauthenticated):
        list(stranger.list_datasets())


def test_secrets_are_in_no_command_line_and_no_log(local_stack):
    secrets = _secrets(local_stack.state_dir)
    visible = [" ".join(process.cmdline()) for process in _processes(local_stack.state_dir)]
    visible += [log.read_text(errors="replace") for log in (local_stack.state_dir / "logs").iterdir()]
    assert [secret for secret in secrets if any(secret in text for text in visible)] == []


def test_only_the_owner_can_read_the_state(local_stack):
    assert stat.S_IMODE(local_stack.state_dir.stat().st_mode) == 0o700
    for name in ("supervisord.conf", "gateway-secret", "admin.token", "tokens.json", "stack.json"):
        assert stat.S_IMODE((local_stack.state_dir / name).stat().st_mode) == 0o600, name


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_a_killed_process_comes_back(local_stack, client, name):
    killed = _pid(local_stack.state_dir, name)
    os.kill(killed, signal.SIGKILL)

    @eventually
    def back() -> None:
        assert _pid(local_stack.state_dir, name) not in {0, killed}
        list(client.list_datasets())

    back()


def test_starting_again_joins_what_runs(local_stack):
    before = {process.pid for process in _processes(local_stack.state_dir)}
    assert mmm_local.start(local_stack.state_dir, with_ui=False) == local_stack.running
    assert {process.pid for process in _processes(local_stack.state_dir)} == before


@pytest.fixture
def state_dir(tmp_path_factory):
    """A folder for a stack of the test's own."""
    folder = tmp_path_factory.mktemp("own")
    yield folder
    mmm_local.stop(folder)


def test_data_outlive_a_killed_supervisor_and_stop_leaves_nothing(state_dir):
    first = mmm_local.start(state_dir, with_ui=False)
    with Client(first.address, first.token) as client:
        dataset = client.upload(DATA)
    supervisor = int((state_dir / "supervisord.pid").read_text())
    os.kill(supervisor, signal.SIGKILL)

    second = mmm_local.start(state_dir, with_ui=False)
    assert second == first, "address and token are kept"
    with Client(second.address, second.token) as client:
        assert client.get_dataset(dataset.name) == dataset

    assert mmm_local.stop(state_dir)
    assert _processes(state_dir) == []
    assert mmm_local.find_running(state_dir) is None
    assert not mmm_local.stop(state_dir), "there is nothing left to stop"


def test_a_stack_started_for_one_command_ends_with_its_last_user(state_dir):
    with mmm_local.session(state_dir) as outer:
        with mmm_local.session(state_dir) as inner:
            assert inner == outer
        assert mmm_local.find_running(state_dir) == outer, "somebody still works with it"
    assert mmm_local.find_running(state_dir) is None
    assert _processes(state_dir) == []


def test_a_stack_that_cannot_start_says_why_and_leaves_nothing(state_dir):
    (state_dir / "admin.token").write_text("kept-from-earlier")
    (state_dir / "tokens.json").write_text("this is no registry")
    with pytest.raises(mmm_local.LocalStackError, match="gateway"):
        mmm_local.start(state_dir, with_ui=False)
    assert _processes(state_dir) == []
