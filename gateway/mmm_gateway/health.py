"""The gateway's own health: serving when every service behind it is."""

import asyncio
from collections.abc import Mapping
from typing import Any

import grpc
import grpc.aio
from grpc_health.v1 import health_pb2, health_pb2_grpc

from mmm_gateway.policy import SERVICES
from mmm_service.principal import SECRET_HEADER

PROBE_SECONDS = 2.0
_SERVING = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


class AggregateHealth(health_pb2_grpc.HealthServicer):
    """Asks the services. The empty name means all of them, a service's full name that one."""

    def __init__(self, channels: Mapping[str, grpc.aio.Channel], secret: str) -> None:
        self._channels = channels
        self._metadata = ((SECRET_HEADER, secret),)

    async def Check(  # noqa: N802 - the contract's name
        self, request: health_pb2.HealthCheckRequest, context: Any
    ) -> health_pb2.HealthCheckResponse:
        """Answer for one service or for all."""
        wanted = [name for name, d in SERVICES.items() if request.service in {"", d.full_name}]
        if not wanted:
            await context.abort(grpc.StatusCode.NOT_FOUND, "No such service.")
        states = await asyncio.gather(*(self._is_serving(name) for name in wanted))
        return health_pb2.HealthCheckResponse(status=_SERVING if all(states) else _NOT_SERVING)

    async def _is_serving(self, backend: str) -> bool:
        stub: Any = health_pb2_grpc.HealthStub(self._channels[backend])
        request = health_pb2.HealthCheckRequest(service=SERVICES[backend].full_name)
        try:
            answer = await stub.Check(request, timeout=PROBE_SECONDS, metadata=self._metadata)
        except grpc.aio.AioRpcError:
            return False
        return bool(answer.status == _SERVING)
