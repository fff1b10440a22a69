"""Pass calls through as bytes: every method is served as a stream of messages to a stream of messages.

Deadlines, metadata, cancellation and error details go through in both directions. Nothing is answered
before the token was verified.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing, contextmanager, suppress
from typing import Any

import grpc
import grpc.aio
from google.rpc import status_pb2

from mmm_core.errors import MmmError, TooLarge, Unauthenticated
from mmm_gateway.auth import TokenRegistry
from mmm_gateway.policy import Route, authorise
from mmm_service.errors import make_status, status_from_error
from mmm_service.interceptor import abort_with
from mmm_service.principal import INTERNAL_HEADER_PREFIX, PRINCIPAL_HEADER, SECRET_HEADER, Principal

DETAILS_HEADER = "grpc-status-details-bin"
BEARER = "Bearer "
# What grpc.aio says of a call one of whose messages could not be sent.
UNSENT = "Internal error from Core"
_HOP_HEADERS = ("authorization", "user-agent", "te", "content-type", "host")
_HOP_PREFIXES = ("grpc-", ":", INTERNAL_HEADER_PREFIX)

type Metadata = list[tuple[str, str | bytes]]


class Authenticator(grpc.aio.ServerInterceptor):
    """Verifies the token of every call, the gateway's own services included, before anything answers."""

    def __init__(self, tokens: TokenRegistry) -> None:
        self._tokens = tokens

    async def intercept_service(self, continuation: Any, handler_call_details: Any) -> Any:
        """Return the method's handler, or one that refuses."""
        try:
            principal_of(self._tokens, handler_call_details.invocation_metadata)
        except Unauthenticated as error:
            return _refusing(error)
        return await continuation(handler_call_details)


class Proxy(grpc.GenericRpcHandler):
    """Serves all routed methods.

    Parameters
    ----------
    routes : mapping
        Route by method path.
    channels : mapping
        Channel by backend.
    tokens : TokenRegistry
        Whose token is whose.
    secret : str
        What the services want to see.
    streams_per_principal : int
        Streaming calls one principal may have open.
    """

    def __init__(
        self,
        routes: Mapping[str, Route],
        channels: Mapping[str, grpc.aio.Channel],
        tokens: TokenRegistry,
        secret: str,
        streams_per_principal: int,
    ) -> None:
        self._routes = routes
        self._channels = channels
        self._tokens = tokens
        self._secret = secret
        self._streams_per_principal = streams_per_principal
        self._open_streams: Counter[str] = Counter()

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        """Return the handler of a routed method; None, which means UNIMPLEMENTED, for any other."""
        method = handler_call_details.method
        route = self._routes.get(method)
        if route is None:
            return None

        async def serve(requests: AsyncIterator[bytes], context: Any) -> AsyncIterator[bytes]:
            try:
                principal = principal_of(self._tokens, context.invocation_metadata())
                authorise(principal, route)
                with self._counted(principal, route):
                    metadata = self._upstream_metadata(context.invocation_metadata(), principal)
                    upstream: Any = self._channels[route.backend].stream_stream(method)
                    call = upstream(timeout=context.time_remaining(), metadata=metadata)
                    async with aclosing(_forward(call, requests, context)) as answers:
                        async for answer in answers:
                            yield answer
            except MmmError as error:
                await abort_with(context, status_from_error(error))

        return grpc.stream_stream_rpc_method_handler(serve)

    @contextmanager
    def _counted(self, principal: Principal, route: Route) -> Iterator[None]:
        """Hold one of the principal's streams; raises `TooLarge` when all are taken."""
        if not route.streaming:
            yield
            return
        if self._open_streams[principal.subject] >= self._streams_per_principal:
            raise TooLarge(
                f"You have {self._streams_per_principal} streams open already; close one first.",
                reason="TOO_MANY_STREAMS",
            )
        self._open_streams[principal.subject] += 1
        try:
            yield
        finally:
            self._open_streams[principal.subject] -= 1

    def _upstream_metadata(self, metadata: Any, principal: Principal) -> Metadata:
        return [
            *_passed_on(metadata),
            (SECRET_HEADER, self._secret),
            (PRINCIPAL_HEADER, principal.to_header()),
        ]


def principal_of(tokens: TokenRegistry, metadata: Any) -> Principal:
    """Verify a call's bearer token; raises `Unauthenticated`."""
    for key, value in metadata or ():
        if key == "authorization" and isinstance(value, str) and value.startswith(BEARER):
            return tokens.principal(value.removeprefix(BEARER))
    raise Unauthenticated("The call carries no token; send `authorization: Bearer …`.")


async def _forward(upstream: Any, requests: AsyncIterator[bytes], context: Any) -> AsyncGenerator[bytes]:
    """Forward one call; upstream is cancelled whenever this side ends first."""
    pump = asyncio.create_task(_pump(requests, upstream))
    try:
        initial = await upstream.initial_metadata()
        await context.send_initial_metadata(_passed_on(initial))
        while (answer := await upstream.read()) is not grpc.aio.EOF:
            yield answer
        await _end(upstream, context)
    except grpc.aio.AioRpcError:
        await _end(upstream, context)
    finally:
        pump.cancel()
        upstream.cancel()


async def _pump(requests: AsyncIterator[bytes], upstream: Any) -> None:
    """Send the caller's messages on. A call that ends early is told by its status, not here."""
    with suppress(grpc.aio.AioRpcError, asyncio.InvalidStateError):
        async for request in requests:
            await upstream.write(request)
        await upstream.done_writing()


async def _end(upstream: Any, context: Any) -> None:
    """End the caller's call as the upstream call ended."""
    code = meant(await upstream.code(), await upstream.details())
    trailing = await upstream.trailing_metadata()
    rest = [(key, value) for key, value in trailing or () if key != DETAILS_HEADER]
    status = _rich_status(trailing)
    if code is grpc.StatusCode.OK:
        context.set_trailing_metadata(_passed_on(rest))
    elif status is None:
        # Not from a service but from the way to it: its words would name addresses.
        context.set_trailing_metadata(_passed_on(rest))
        await abort_with(context, make_status(code, _plain_words(code), code.name))
    else:
        details = (DETAILS_HEADER, status.SerializeToString())
        await context.abort(code, status.message, (*_passed_on(rest), details))


def meant(code: grpc.StatusCode, details: str) -> grpc.StatusCode:
    """Status a call upstream ended with, where gRPC's own code says too little.

    A message that cannot be sent because the service went away in that moment ends the call INTERNAL when
    gRPC learns of it before the status of the broken connection, which is UNAVAILABLE.
    """
    if code is grpc.StatusCode.INTERNAL and details == UNSENT:
        return grpc.StatusCode.UNAVAILABLE
    return code


def _plain_words(code: grpc.StatusCode) -> str:
    if code is grpc.StatusCode.UNAVAILABLE:
        return "The service does not answer at the moment; try again."
    if code is grpc.StatusCode.DEADLINE_EXCEEDED:
        return "The deadline of the call has passed."
    return f"The call ended with {code.name}."


def _rich_status(trailing: Any) -> status_pb2.Status | None:
    for key, value in trailing or ():
        if key == DETAILS_HEADER:
            return status_pb2.Status.FromString(value)
    return None


def _passed_on(metadata: Any) -> Metadata:
    """Metadata without what belongs to one hop, and without anything that claims to be internal."""
    return [
        (key, value)
        for key, value in metadata or ()
        if key not in _HOP_HEADERS and not key.startswith(_HOP_PREFIXES)
    ]


def _refusing(error: MmmError) -> Any:
    async def refuse(_requests: Any, context: Any) -> AsyncIterator[bytes]:
        await abort_with(context, status_from_error(error))
        yield b""

    return grpc.stream_stream_rpc_method_handler(refuse)
