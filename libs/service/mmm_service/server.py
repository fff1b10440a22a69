"""Serve one gRPC service: interceptors, health, reflection, graceful stop."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass

import grpc
import grpc.aio
from google.protobuf.descriptor import ServiceDescriptor
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from mmm_service.channels import KEEPALIVE_MS
from mmm_service.interceptor import CallInterceptor
from mmm_service.permissions import method_permissions
from mmm_service.settings import ListenSettings, ServiceSettings

log = logging.getLogger(__name__)

SERVER_OPTIONS: Sequence[tuple[str, int]] = (
    ("grpc.keepalive_time_ms", KEEPALIVE_MS),
    ("grpc.http2.min_ping_interval_without_data_ms", KEEPALIVE_MS // 2),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.so_reuseport", 0),
)


@dataclass(frozen=True, slots=True)
class Service:
    """What is served.

    Attributes
    ----------
    descriptor : ServiceDescriptor
        The contract.
    add : callable
        Adds the servicer to a server.
    lifespan : callable
        Makes a context that is entered before calls are taken and left after the last one.
    """

    descriptor: ServiceDescriptor
    add: Callable[[grpc.aio.Server], None]
    lifespan: Callable[[], AbstractAsyncContextManager[None]] = nullcontext


def run(service: Service, settings: ServiceSettings) -> None:
    """Serve until SIGTERM or SIGINT: the whole of a service's ``__main__`` after its wiring."""
    configure_logging()
    asyncio.run(_serve_until_signalled(service, settings))


async def _serve_until_signalled(service: Service, settings: ServiceSettings) -> None:
    async with running_server(service, settings) as address:
        log.info("%s listens on %s", service.descriptor.full_name, address)
        await stop_signal()


@asynccontextmanager
async def running_server(service: Service, settings: ServiceSettings) -> AsyncIterator[str]:
    """Serve while the context is open; yields the address."""
    permissions = method_permissions([service.descriptor])
    server = grpc.aio.server(
        interceptors=[CallInterceptor(settings.gateway_secret, permissions)], options=SERVER_OPTIONS
    )
    health_servicer = health.aio.HealthServicer()
    names = (service.descriptor.full_name, health.SERVICE_NAME, reflection.SERVICE_NAME)
    health_pb2_grpc.add_HealthServicer_to_server(health_servicer, server)
    reflection.enable_server_reflection(names, server)
    service.add(server)
    async with service.lifespan():
        address = bind(server, settings)
        await server.start()
        for name in ("", service.descriptor.full_name):
            await health_servicer.set(name, health_pb2.HealthCheckResponse.SERVING)
        try:
            yield address
        finally:
            await health_servicer.enter_graceful_shutdown()
            await server.stop(settings.drain_seconds)


def bind(server: grpc.aio.Server, settings: ListenSettings) -> str:
    """Bind a server's port; returns ``host:port`` with the port that was taken."""
    credentials = settings.credentials()
    if credentials is None:
        port = server.add_insecure_port(settings.listen)
    else:
        port = server.add_secure_port(settings.listen, credentials)
    return f"{settings.listen.rpartition(':')[0]}:{port}"


async def stop_signal() -> None:
    """Wait for SIGTERM or SIGINT."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    await asked.wait()


def configure_logging() -> None:
    """Write one line per event to standard output."""
    logging.basicConfig(
        level=logging.INFO, stream=sys.stdout, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
