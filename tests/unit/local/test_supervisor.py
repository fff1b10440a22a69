"""supervisord itself, keeping stand-in programs alive."""

import os
import signal
import sys

import psutil
import pytest
import tenacity

from mmm_local.errors import LocalStackError
from mmm_local.leftovers import remove_leftovers, stack_processes
from mmm_local.paths import StatePaths
from mmm_local.programs import STACK_ID_VARIABLE
from mmm_local.supervisor import Supervisor
from mmm_local.supervisor_config import Program, process_name, render

STACK_ID = f"test-{os.getpid()}"
SECRET = "50 % of a, secret = 'x'; \\o/"  # noqa: S105
SLEEPER = "import os, signal; print(os.environ['SECRET'], flush=True); signal.pause()"

eventually = tenacity.retry(wait=tenacity.wait_fixed(0.05), stop=tenacity.stop_after_delay(30), reraise=True)


@pytest.fixture
def paths(tmp_path):
    paths = StatePaths.prepare(tmp_path / "a b")
    yield paths
    remove_leftovers(paths, STACK_ID)


@pytest.fixture
def supervisor(paths):
    program = Program("sleeper", (sys.executable, "-c", SLEEPER), {"SECRET": SECRET}, order=10)
    paths.supervisor_config.write_text(render(paths, [program]))
    supervisor = Supervisor(paths)
    supervisor.launch(os.environ | {STACK_ID_VARIABLE: STACK_ID})
    supervisor.start(process_name(10, "sleeper"))
    return supervisor


@eventually
def _sleeper_pid(supervisor, *, other_than=0) -> int:
    (process,) = supervisor.processes()
    assert process.is_up
    assert process.pid not in {0, other_than}
    return process.pid


@eventually
def _logged(supervisor) -> str:
    text = supervisor.log_tail("sleeper")
    assert text
    return text


def test_a_secret_reaches_the_program_but_not_its_command_line(supervisor):
    assert _logged(supervisor) == SECRET
    assert SECRET not in " ".join(psutil.Process(_sleeper_pid(supervisor)).cmdline())


def test_a_killed_program_comes_back(supervisor):
    first = _sleeper_pid(supervisor)
    os.kill(first, signal.SIGKILL)
    assert _sleeper_pid(supervisor, other_than=first) != first


def test_starting_twice_starts_once(supervisor):
    first = _sleeper_pid(supervisor)
    supervisor.start(process_name(10, "sleeper"))
    assert _sleeper_pid(supervisor) == first


def test_what_a_killed_supervisor_left_is_found_and_ended(supervisor, paths):
    # Until it runs, the program may be between two environments, and belong to nobody.
    assert _logged(supervisor) == SECRET
    os.kill(supervisor.pid(), signal.SIGKILL)
    assert supervisor.pid() is None
    assert remove_leftovers(paths, STACK_ID)
    assert stack_processes(STACK_ID) == []
    assert not remove_leftovers(paths, STACK_ID), "there is nothing left to do"


@pytest.mark.parametrize("bad", ['a"b', "a\nb", "a ;b", "'a'"])
def test_a_value_the_syntax_cannot_hold_is_refused(paths, bad):
    with pytest.raises(LocalStackError, match="cannot take"):
        render(paths, [Program("x", ("true",), {"VALUE": bad}, order=10)])
