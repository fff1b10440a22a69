"""The command, and a real gRPC server on loopback that plays the gateway's part."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import grpc
import pytest
from typer.testing import CliRunner

from mmm.data.v1.data_service_pb2_grpc import DataServiceServicer, add_DataServiceServicer_to_server
from mmm.fitting.v1.fitting_service_pb2_grpc import (
    FittingServiceServicer,
    add_FittingServiceServicer_to_server,
)
from mmm_client import Client
from mmm_client.cli import app

TOKEN = "a-token-of-the-test"  # noqa: S105

type ConnectTo = Callable[..., Client]


@pytest.fixture
def connect_to() -> Iterator[ConnectTo]:
    """Serve the given servicers and return a client connected to them."""
    with ExitStack() as stack:

        def connect(
            data: DataServiceServicer | None = None, fitting: FittingServiceServicer | None = None
        ) -> Client:
            server = grpc.server(ThreadPoolExecutor(max_workers=4))
            add_DataServiceServicer_to_server(data or DataServiceServicer(), server)
            add_FittingServiceServicer_to_server(fitting or FittingServiceServicer(), server)
            port = server.add_insecure_port("127.0.0.1:0")
            server.start()
            stack.callback(lambda: server.stop(grace=None).wait())
            return stack.enter_context(Client(f"127.0.0.1:{port}", TOKEN))

        yield connect


@pytest.fixture
def mmm(monkeypatch, tmp_path):
    """Call the command in a 100 columns wide world without servers."""
    for name in ("MMM_ADDRESS", "MMM_TOKEN", "MMM_TOKEN_FILE", "MMM_WORKSPACE", "MMM_CA_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("MMM_HOME", str(tmp_path / "home"))
    at_termination = signal.getsignal(signal.SIGTERM)
    yield lambda *arguments, **env: CliRunner().invoke(app, [str(a) for a in arguments], env=env)
    signal.signal(signal.SIGTERM, at_termination)  # the command sets its own
