"""What happens around every call: authentication, the principal, error mapping, one line of log."""

import inspect
import logging
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import grpc
import grpc.aio
from grpc_status import rpc_status
from pydantic import SecretStr

from mmm_core.errors import MmmError, Unauthenticated
from mmm_service.errors import code_of, make_status, status_from_error
from mmm_service.principal import PRINCIPAL_HEADER, SECRET_HEADER, CallScope, Principal, current_call

log = logging.getLogger(__name__)


class CallInterceptor(grpc.aio.ServerInterceptor):
    """Wraps every method of a service.

    Parameters
    ----------
    gateway_secret : SecretStr
        What callers must show.
    permissions : mapping
        Permission by method path; methods that are not in it (health, reflection) need no principal.
    """

    def __init__(self, gateway_secret: SecretStr, permissions: Mapping[str, int]) -> None:
        self._secret = gateway_secret.get_secret_value().encode()
        self._permissions = permissions

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Any]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Any:
        """Return the method's handler, wrapped."""
        handler = await continuation(handler_call_details)
        if handler is None:
            return handler
        metadata = {key: str(value) for key, value in handler_call_details.invocation_metadata or ()}
        method = handler_call_details.method

        @asynccontextmanager
        async def around(context: Any) -> AsyncIterator[None]:
            begun = time.perf_counter()
            code = grpc.StatusCode.OK
            try:
                current_call.set(self._scope(method, metadata))
                yield
            except MmmError as error:
                code = await _abort(context, error)
            except grpc.aio.AbortError:
                code = context.code()
                raise
            except Exception as error:
                code = grpc.StatusCode.INTERNAL
                await _abort_unexpected(context, method, error)
            finally:
                log.info("%s %s %.1f ms", method, code.name, (time.perf_counter() - begun) * 1000)

        return _wrapped(handler, around)

    def _scope(self, method: str, metadata: Mapping[str, str]) -> CallScope:
        """Authenticate the caller; raises `Unauthenticated`."""
        shown = metadata.get(SECRET_HEADER, "").encode()
        if not secrets.compare_digest(shown, self._secret):
            raise Unauthenticated("Only the gateway may call this service.")
        permission = self._permissions.get(method)
        if permission is None:
            return CallScope(None, 0)
        return CallScope(Principal.from_header(metadata.get(PRINCIPAL_HEADER, "")), permission)


type Around = Callable[[Any], Any]


def _wrapped(handler: Any, around: Around) -> Any:
    """Wrap a handler of any of the four kinds."""
    if handler.response_streaming:
        behaviour = handler.stream_stream if handler.request_streaming else handler.unary_stream
        make = (
            grpc.stream_stream_rpc_method_handler
            if handler.request_streaming
            else grpc.unary_stream_rpc_method_handler
        )
        wrapped = _streaming(behaviour, around)
    else:
        behaviour = handler.stream_unary if handler.request_streaming else handler.unary_unary
        make = (
            grpc.stream_unary_rpc_method_handler
            if handler.request_streaming
            else grpc.unary_unary_rpc_method_handler
        )
        wrapped = _unary(behaviour, around)
    return make(wrapped, handler.request_deserializer, handler.response_serializer)


def _unary(behaviour: Any, around: Around) -> Any:
    async def call(request: Any, context: Any) -> Any:
        async with around(context):
            return await behaviour(request, context)

    return call


def _streaming(behaviour: Any, around: Around) -> Any:
    if not inspect.isasyncgenfunction(behaviour):
        # The health service writes to the context instead of yielding.
        return _unary(behaviour, around)

    async def stream(request: Any, context: Any) -> AsyncIterator[Any]:
        async with around(context):
            async for response in behaviour(request, context):
                yield response

    return stream


async def _abort(context: Any, error: MmmError) -> grpc.StatusCode:
    status = status_from_error(error)
    await abort_with(context, status)
    return code_of(status)


async def _abort_unexpected(context: Any, method: str, error: Exception) -> None:
    # The text of an unexpected error may say anything; the caller gets an id that the log knows.
    error_id = secrets.token_hex(6)
    log.error("%s failed, error id %s", method, error_id, exc_info=error)
    message = f"An unexpected error occurred. Quote error id {error_id} when you report it."
    await abort_with(context, make_status(grpc.StatusCode.INTERNAL, message, "INTERNAL"))


async def abort_with(context: Any, status: Any) -> None:
    """End a call with a status and its details."""
    rich = rpc_status.to_status(status)
    await context.abort(rich.code, rich.details, rich.trailing_metadata)
