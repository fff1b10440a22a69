"""Waiting until the stack serves."""

from collections.abc import Sequence
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import grpc
import tenacity
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from mmm_local.description import StackDescription
from mmm_local.errors import LocalStackError
from mmm_local.programs import SERVICES
from mmm_local.supervisor import Supervisor

READY_SECONDS = 180
_DIRECT: Sequence[tuple[str, int]] = (("grpc.enable_http_proxy", 0),)
ANSWER_SECONDS = 5.0

# Asked of the gateway, because what counts is that calls get through it.
SERVICE_NAMES = {name: f"mmm.{name}.v1.{name.capitalize()}Service" for name in SERVICES}


class NotReady(Exception):
    """A process does not serve yet."""

    def __init__(self, process: str, detail: str) -> None:
        super().__init__(f"{process}: {detail}")
        self.process = process


def wait_until_serving(
    supervisor: Supervisor, description: StackDescription, token: str, *, with_ui: bool
) -> None:
    """Wait until gateway, services and, if wanted, the UI answer.

    Parameters
    ----------
    token : str
        The gateway tells its health to nobody without one.

    Raises
    ------
    LocalStackError
        When one of them fails or does not answer in time, with the end of its log.
    """
    attempts = tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(NotReady),
        wait=tenacity.wait_fixed(0.2),
        stop=tenacity.stop_after_delay(READY_SECONDS),
        reraise=True,
    )
    try:
        attempts(lambda: _check_all(supervisor, description, token, with_ui=with_ui))
    except NotReady as error:
        raise failure(supervisor, error.process, str(error)) from error


def failure(supervisor: Supervisor, process: str, what: str) -> LocalStackError:
    """Make an error that shows the end of a process' log."""
    return LocalStackError(f"The local stack does not start. {what}\n{supervisor.log_tail(process)}")


def _check_all(supervisor: Supervisor, description: StackDescription, token: str, *, with_ui: bool) -> None:
    for process in supervisor.processes():
        if process.has_failed:
            raise failure(supervisor, process.name, f"The process {process.name} ended by itself.")
    with grpc.insecure_channel(description.address("gateway"), _DIRECT) as channel:
        for process_name, service in SERVICE_NAMES.items():
            _check(process_name, service, channel, token)
    if with_ui:
        _check_ui(description.ui_url)


def _check(process: str, service: str, channel: grpc.Channel, token: str) -> None:
    try:
        stub: Any = HealthStub(channel)
        answer = stub.Check(
            HealthCheckRequest(service=service),
            timeout=ANSWER_SECONDS,
            metadata=(("authorization", f"Bearer {token}"),),
        )
    except grpc.RpcError as error:
        detail = error.details() if isinstance(error, grpc.Call) else str(error)
        raise NotReady("gateway", f"does not answer ({detail})") from error
    if answer.status != HealthCheckResponse.SERVING:
        raise NotReady(process, "does not serve yet")


def _check_ui(url: str) -> None:
    try:
        with urlopen(f"{url}/_stcore/health", timeout=ANSWER_SECONDS):  # noqa: S310 - our own loopback URL
            return
    except (URLError, OSError) as error:
        raise NotReady("ui", f"does not answer ({error})") from error
