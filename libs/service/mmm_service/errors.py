"""Domain errors as ``google.rpc.Status`` with details (AIP-193)."""

from collections.abc import Iterator

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2

from mmm_core.errors import (
    AlreadyExists,
    Conflict,
    FailedPrecondition,
    InvalidInput,
    MmmError,
    NotFound,
    PermissionDenied,
    TooLarge,
    Unauthenticated,
    Unavailable,
    Violation,
)

DOMAIN = "mmm"
# A status travels in headers, of which gRPC takes 8 KiB by default, encoded and with the message beside it.
DETAILS_BYTES = 4096
MESSAGE_LENGTH = 1000

_CODES: tuple[tuple[type[MmmError], grpc.StatusCode], ...] = (
    (InvalidInput, grpc.StatusCode.INVALID_ARGUMENT),
    (NotFound, grpc.StatusCode.NOT_FOUND),
    (AlreadyExists, grpc.StatusCode.ALREADY_EXISTS),
    (FailedPrecondition, grpc.StatusCode.FAILED_PRECONDITION),
    (Conflict, grpc.StatusCode.ABORTED),
    (TooLarge, grpc.StatusCode.RESOURCE_EXHAUSTED),
    (Unauthenticated, grpc.StatusCode.UNAUTHENTICATED),
    (PermissionDenied, grpc.StatusCode.PERMISSION_DENIED),
    (Unavailable, grpc.StatusCode.UNAVAILABLE),
)


def status_from_error(error: MmmError) -> status_pb2.Status:
    """Write a domain error as a status: the code, the message, and everything a program needs."""
    code = next((code for kind, code in _CODES if isinstance(error, kind)), grpc.StatusCode.INTERNAL)
    return make_status(code, error.message, error.reason, *_details(error))


def make_status(code: grpc.StatusCode, message: str, reason: str, *details: Message) -> status_pb2.Status:
    """Assemble a status with an ``ErrorInfo`` first."""
    shortened = message if len(message) <= MESSAGE_LENGTH else message[: MESSAGE_LENGTH - 1] + "…"
    status = status_pb2.Status(code=code.value[0], message=shortened)
    for detail in (error_details_pb2.ErrorInfo(reason=reason, domain=DOMAIN), *details):
        packed = AnyMessage()
        packed.Pack(detail)
        status.details.append(packed)
    return status


def _details(error: MmmError) -> Iterator[Message]:
    if isinstance(error, InvalidInput):
        yield _bad_request(error.violations)
    elif isinstance(error, FailedPrecondition):
        yield _precondition_failure(error.violations)
    elif isinstance(error, (NotFound, AlreadyExists)):
        yield error_details_pb2.ResourceInfo(resource_type=error.resource_type, resource_name=error.name)
    elif isinstance(error, Unavailable):
        delay = Duration()
        delay.FromMilliseconds(int(error.retry_after_seconds * 1000))
        yield error_details_pb2.RetryInfo(retry_delay=delay)


def _bad_request(violations: tuple[Violation, ...]) -> Message:
    detail = error_details_pb2.BadRequest()
    for violation in _what_fits(violations):
        detail.field_violations.add(
            field=violation.field, description=describe(violation), reason=violation.code
        )
    return detail


def _precondition_failure(violations: tuple[Violation, ...]) -> Message:
    detail = error_details_pb2.PreconditionFailure()
    for violation in _what_fits(violations):
        detail.violations.add(type=violation.code, subject=violation.field, description=describe(violation))
    return detail


def _what_fits(violations: tuple[Violation, ...]) -> list[Violation]:
    """Keep as many violations as a status has room for, and say how many more there are."""
    kept: list[Violation] = []
    room = DETAILS_BYTES
    for violation in violations:
        room -= len(f"{violation.field}{describe(violation)}{violation.code}".encode()) + 16
        if room < 0:
            rest = len(violations) - len(kept)
            note = f"and {rest} more problems."
            return [*kept, Violation("", note, "Correct these first.", code="MORE_PROBLEMS")]
        kept.append(violation)
    return kept


def describe(violation: Violation) -> str:
    """Say what is wrong, with which value, and what to do."""
    got = f"(got {violation.value!r})" if violation.value else ""
    return " ".join(part for part in (violation.message, got, violation.fix) if part)


def code_of(status: status_pb2.Status) -> grpc.StatusCode:
    """Status code of a status message."""
    by_number: dict[int, grpc.StatusCode] = {code.value[0]: code for code in grpc.StatusCode}
    return by_number.get(status.code, grpc.StatusCode.UNKNOWN)
