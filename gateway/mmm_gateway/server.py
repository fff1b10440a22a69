"""Put the gateway together and serve it."""

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import grpc
import grpc.aio
from grpc_health.v1 import health, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from mmm_gateway.auth import TokenRegistry
from mmm_gateway.health import AggregateHealth
from mmm_gateway.policy import SERVICES, build_routes
from mmm_gateway.proxy import Authenticator, Proxy
from mmm_gateway.settings import GatewaySettings
from mmm_service.channels import open_channel
from mmm_service.server import SERVER_OPTIONS, bind, configure_logging, stop_signal

log = logging.getLogger(__name__)


async def serve(settings: GatewaySettings) -> None:
    """Serve until SIGTERM or SIGINT."""
    configure_logging()
    async with running_gateway(settings) as address:
        log.info("gateway listens on %s", address)
        await stop_signal()


@asynccontextmanager
async def running_gateway(settings: GatewaySettings) -> AsyncIterator[str]:
    """Serve while the context is open; yields the address."""
    tokens = TokenRegistry(settings.tokens_file)
    secret = settings.secret.get_secret_value()
    async with AsyncExitStack() as stack:
        channels = {
            name: await stack.enter_async_context(open_channel(address, backend_credentials(settings)))
            for name, address in backend_addresses(settings).items()
        }
        server = grpc.aio.server(interceptors=[Authenticator(tokens)], options=SERVER_OPTIONS)
        health_pb2_grpc.add_HealthServicer_to_server(AggregateHealth(channels, secret), server)
        names = (*(d.full_name for d in SERVICES.values()), health.SERVICE_NAME, reflection.SERVICE_NAME)
        reflection.enable_server_reflection(names, server)
        proxy = Proxy(build_routes(), channels, tokens, secret, settings.streams_per_principal)
        server.add_generic_rpc_handlers((proxy,))
        address = bind(server, settings)
        await server.start()
        try:
            yield address
        finally:
            await server.stop(settings.drain_seconds)


def backend_addresses(settings: GatewaySettings) -> dict[str, str]:
    """Address of every service."""
    return {
        "data": settings.data_address,
        "fitting": settings.fitting_address,
        "analysis": settings.analysis_address,
        "optimizer": settings.optimizer_address,
    }


def backend_credentials(settings: GatewaySettings) -> grpc.ChannelCredentials | None:
    """TLS to the services; None for plain text."""
    if settings.backend_ca_file is None:
        return None
    own = settings.backend_certificate_file, settings.backend_key_file
    certificate, key = (path.read_bytes() if path else None for path in own)
    return grpc.ssl_channel_credentials(settings.backend_ca_file.read_bytes(), key, certificate)
