import socket

import pytest

from mmm_local.description import StackDescription, load_description
from mmm_local.errors import LocalStackError
from mmm_local.paths import StatePaths


def test_ports_are_kept_between_starts(tmp_path):
    paths = StatePaths.prepare(tmp_path / "state")
    StackDescription().with_free_ports().save(paths.description)
    first = load_description(paths)
    assert first is not None
    assert first.with_free_ports() == first


def test_a_port_somebody_else_took_is_replaced():
    first = StackDescription().with_free_ports()
    with socket.create_server(("127.0.0.1", first.ports["gateway"])):
        second = first.with_free_ports()
    assert second.ports["gateway"] != first.ports["gateway"]
    assert len(set(second.ports.values())) == len(second.ports)
    assert {k: v for k, v in second.ports.items() if k != "gateway"} == {
        k: v for k, v in first.ports.items() if k != "gateway"
    }


def test_a_damaged_description_is_named(tmp_path):
    paths = StatePaths.prepare(tmp_path)
    paths.description.write_text("{")
    with pytest.raises(LocalStackError, match=r"stack\.json is damaged"):
        load_description(paths)


def test_the_state_folder_is_private(tmp_path):
    paths = StatePaths.prepare(tmp_path / "deep" / "state")
    StackDescription().with_free_ports().save(paths.description)
    assert paths.root.stat().st_mode & 0o777 == 0o700
    assert paths.description.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("folder", ["x" * 100, "50%"], ids=["too long for a socket", "percent"])
def test_a_path_that_cannot_serve_is_refused(tmp_path, folder):
    with pytest.raises(LocalStackError, match="MMM_HOME"):
        StatePaths.prepare(tmp_path / folder)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LocalStackError, match="cannot be used"):
        StatePaths.prepare(tmp_path / "file" / "state")
