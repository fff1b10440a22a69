"""What the client raises instead of `grpc.RpcError`.

::

    ApiError                      any answer that is not OK
    ├── InvalidRequest            what was sent is wrong; see `violations`     INVALID_ARGUMENT, OUT_OF_RANGE
    ├── NotFound                  the named resource does not exist            NOT_FOUND
    ├── AlreadyExists             the name is taken                            ALREADY_EXISTS
    ├── FailedPrecondition        right request, wrong state or limits         FAILED_PRECONDITION
    ├── Conflict                  somebody else changed it in between          ABORTED
    ├── ResourceExhausted         too large, or too many at once               RESOURCE_EXHAUSTED
    ├── Unauthenticated           no valid token                               UNAUTHENTICATED
    ├── PermissionDenied          valid token, not allowed                     PERMISSION_DENIED
    ├── Unavailable               the server does not answer, try again        UNAVAILABLE
    ├── DeadlineExceeded          no answer in time                            DEADLINE_EXCEEDED
    ├── Cancelled                 the call was cancelled                       CANCELLED
    └── ServerError               a fault of the server                        everything else
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """One thing wrong with a request, or one limit that forbids it.

    Attributes
    ----------
    field : str
        Path of the field, column or bound; what the precondition is about.
    message : str
        What is wrong and what to do about it.
    code : str
        UPPER_SNAKE code a program can switch on; empty when the server gave none.
    """

    field: str
    message: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class ApiError(Exception):
    """The server's answer is an error.

    Attributes
    ----------
    code : grpc.StatusCode
        Status of the call.
    reason : str
        UPPER_SNAKE code a program can switch on; the status' name when the server gave none.
    message : str
        What happened, for people.
    violations : tuple of FieldViolation
        Every problem of the request.
    resource : str
        Name of the resource the error is about, empty when it is about none.
    retry_after : float or None
        Seconds after which a repetition makes sense.
    """

    def __init__(
        self,
        code: grpc.StatusCode,
        reason: str,
        message: str,
        violations: tuple[FieldViolation, ...] = (),
        retry_after: float | None = None,
        *,
        resource: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason
        self.message = message
        self.violations = violations
        self.retry_after = retry_after
        self.resource = resource


class InvalidRequest(ApiError):
    """What was sent is wrong, whatever the state of the system."""


class NotFound(ApiError):
    """The named resource does not exist."""


class AlreadyExists(ApiError):
    """The name is taken by another resource."""


class FailedPrecondition(ApiError):
    """The request is well-formed, but the state of a resource or a limit forbids it."""


class Conflict(ApiError):
    """Somebody else changed the resource in between; read it again and repeat."""


class ResourceExhausted(ApiError):
    """A size, count or rate limit is exceeded."""


class Unauthenticated(ApiError):
    """The call carries no valid token."""


class PermissionDenied(ApiError):
    """The token is valid but does not allow this."""


class Unavailable(ApiError):
    """The server does not answer; the call may be repeated."""


class DeadlineExceeded(ApiError):
    """No answer came in time."""


class Cancelled(ApiError):
    """The call was cancelled."""


class ServerError(ApiError):
    """A fault of the server; the message carries the id under which its log has the cause."""


_CLASSES: dict[grpc.StatusCode, type[ApiError]] = {
    grpc.StatusCode.INVALID_ARGUMENT: InvalidRequest,
    grpc.StatusCode.OUT_OF_RANGE: InvalidRequest,
    grpc.StatusCode.NOT_FOUND: NotFound,
    grpc.StatusCode.ALREADY_EXISTS: AlreadyExists,
    grpc.StatusCode.FAILED_PRECONDITION: FailedPrecondition,
    grpc.StatusCode.ABORTED: Conflict,
    grpc.StatusCode.RESOURCE_EXHAUSTED: ResourceExhausted,
    grpc.StatusCode.UNAUTHENTICATED: Unauthenticated,
    grpc.StatusCode.PERMISSION_DENIED: PermissionDenied,
    grpc.StatusCode.UNAVAILABLE: Unavailable,
    grpc.StatusCode.DEADLINE_EXCEEDED: DeadlineExceeded,
    grpc.StatusCode.CANCELLED: Cancelled,
}


class _Details:
    """What the details of a status say; unknown kinds of detail are skipped."""

    KNOWN: ClassVar = (
        error_details_pb2.BadRequest,
        error_details_pb2.PreconditionFailure,
        error_details_pb2.ErrorInfo,
        error_details_pb2.RetryInfo,
        error_details_pb2.ResourceInfo,
    )

    def __init__(self, status: status_pb2.Status | None) -> None:
        self.reason = ""
        self.resource = ""
        self.retry_after: float | None = None
        self.violations: list[FieldViolation] = []
        for detail in status.details if status is not None else ():
            self._read(detail)

    def _read(self, detail: AnyMessage) -> None:
        for kind in self.KNOWN:
            message = kind()
            if not detail.Unpack(message):
                continue
            match message:
                case error_details_pb2.BadRequest():
                    self.violations += [
                        FieldViolation(v.field, v.description, v.reason) for v in message.field_violations
                    ]
                case error_details_pb2.PreconditionFailure():
                    self.violations += [
                        FieldViolation(v.subject, v.description, v.type) for v in message.violations
                    ]
                case error_details_pb2.ErrorInfo():
                    self.reason = message.reason
                case error_details_pb2.RetryInfo():
                    self.retry_after = message.retry_delay.ToTimedelta().total_seconds()
                case error_details_pb2.ResourceInfo():
                    self.resource = message.resource_name


def from_rpc_error(error: grpc.RpcError) -> ApiError:
    """Turn what a stub raised into an `ApiError` with everything the status' details say."""
    if not isinstance(error, grpc.Call):
        return ServerError(grpc.StatusCode.UNKNOWN, "UNKNOWN", str(error) or type(error).__name__)
    code = error.code() or grpc.StatusCode.UNKNOWN
    details = _Details(_status(error))
    return _CLASSES.get(code, ServerError)(
        code,
        details.reason or code.name,
        error.details() or code.name,
        tuple(details.violations),
        details.retry_after,
        resource=details.resource,
    )


def _status(error: grpc.Call) -> status_pb2.Status | None:
    try:
        return rpc_status.from_call(error)
    except ValueError:  # a proxy changed the code and left the details of another status behind
        return None


@contextmanager
def api_errors() -> Iterator[None]:
    """Raise `ApiError` for every `grpc.RpcError` inside the block."""
    try:
        yield
    except grpc.RpcError as error:
        raise from_rpc_error(error) from error
