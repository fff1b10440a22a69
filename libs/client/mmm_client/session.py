"""What all calls share: the stubs, the workspace, deadlines and error translation."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import grpc

from mmm.analysis.v1.analysis_service_pb2_grpc import AnalysisServiceStub
from mmm.data.v1.data_service_pb2_grpc import DataServiceStub
from mmm.fitting.v1.fitting_service_pb2_grpc import FittingServiceStub
from mmm.optimizer.v1.optimizer_service_pb2_grpc import OptimizerServiceStub
from mmm_client.channel import open_channel
from mmm_client.errors import Unavailable, api_errors

QUICK_SECONDS = 30.0
"""Deadline of calls that read or write a record."""
COMPUTE_SECONDS = 180.0
"""Deadline of calls that read a table or a posterior."""
TRANSFER_SECONDS = 900.0
"""Deadline of one attempt to move a file."""
PAGE_SIZE = 200


class _Page(Protocol):
    next_page_token: str


class Session:
    """A connection to the gateway on behalf of one workspace.

    Attributes
    ----------
    data, fitting, analysis, optimizer
        Stubs of the services, for calls the methods here do not cover. They raise `grpc.RpcError`;
        `mmm_client.errors.api_errors` translates.
    address : str
        Where the gateway is.
    parent : str
        Resource name of the workspace.
    """

    def __init__(
        self, address: str, token: str, workspace: str = "default", ca_file: Path | None = None
    ) -> None:
        self.address = address
        self.parent = f"clients/{workspace}"
        self._channel = open_channel(address, token, ca_file)
        self.data: DataServiceStub = _stub(DataServiceStub, self._channel)
        self.fitting: FittingServiceStub = _stub(FittingServiceStub, self._channel)
        self.analysis: AnalysisServiceStub = _stub(AnalysisServiceStub, self._channel)
        self.optimizer: OptimizerServiceStub = _stub(OptimizerServiceStub, self._channel)

    def wait_until_connected(self, seconds: float) -> None:
        """Wait until the gateway accepts a connection.

        Raises
        ------
        Unavailable
            When it does not within `seconds`.
        """
        try:
            grpc.channel_ready_future(self._channel).result(timeout=seconds)
        except grpc.FutureTimeoutError:
            raise Unavailable(
                grpc.StatusCode.UNAVAILABLE, "UNAVAILABLE", f"Nothing answers at {self.address}."
            ) from None

    def close(self) -> None:
        """Close the connection; calls that still run are cancelled."""
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _call(self, method: Callable[..., Any], request: object, seconds: float = QUICK_SECONDS) -> Any:
        """Make a unary call with a deadline; raises `ApiError`."""
        with api_errors():
            return method(request, timeout=seconds)

    def _pages(
        self, method: Callable[..., Any], request_of: Callable[[str], object], field: str
    ) -> Iterator[Any]:
        """Items of all pages of a list method."""
        token = ""
        while True:
            page: _Page = self._call(method, request_of(token))
            yield from getattr(page, field)
            token = page.next_page_token
            if not token:
                return


def _stub[T](kind: Callable[..., T], channel: grpc.Channel) -> T:
    """Make a stub; the generated constructors carry no types."""
    return kind(channel)


def new_request_id() -> str:
    """Make the id under which a repeated create returns the first one's result."""
    return str(uuid.uuid4())
