"""Domain errors as ``google.rpc.Status`` with details (AIP-193)."""

import string
from collections.abc import Callable, Iterator
from urllib.parse import quote

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
# A status travels in headers, of which gRPC takes 8 KiB by default: the message, where anything but ASCII
# takes three times its bytes, and beside it the whole status in base64. Beyond that the caller gets neither.
DETAILS_BYTES = 4096
MESSAGE_BYTES = 1000
TEXT_BYTES = 1000
NAME_BYTES = 300

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
    status = status_pb2.Status(code=code.value[0], message=_cut(message, MESSAGE_BYTES, _header_bytes))
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
        name = _cut(error.name, NAME_BYTES, _bytes)
        yield error_details_pb2.ResourceInfo(resource_type=error.resource_type, resource_name=name)
    elif isinstance(error, Unavailable):
        delay = Duration()
        delay.FromMilliseconds(int(error.retry_after_seconds * 1000))
        yield error_details_pb2.RetryInfo(retry_delay=delay)


def _bad_request(violations: tuple[Violation, ...]) -> Message:
    detail = error_details_pb2.BadRequest()
    for field, description, code in _what_fits(violations):
        detail.field_violations.add(field=field, description=description, reason=code)
    return detail


def _precondition_failure(violations: tuple[Violation, ...]) -> Message:
    detail = error_details_pb2.PreconditionFailure()
    for field, description, code in _what_fits(violations):
        detail.violations.add(type=code, subject=field, description=description)
    return detail


def _what_fits(violations: tuple[Violation, ...]) -> Iterator[tuple[str, str, str]]:
    """Field, description and code of as many violations as a status has room for, and how many are left."""
    room = DETAILS_BYTES
    for number, violation in enumerate(violations):
        field = _cut(violation.field, NAME_BYTES, _bytes)
        description = _cut(describe(violation), TEXT_BYTES, _bytes)
        # Beside its texts a violation takes a tag and a length for each of them and for itself.
        room -= _bytes(f"{field}{description}{violation.code}") + 16
        if room < 0:
            rest = len(violations) - number
            yield "", f"and {rest} more problems. Correct these first.", "MORE_PROBLEMS"
            return
        yield field, description, violation.code


def _cut(text: str, room: int, size: Callable[[str], int]) -> str:
    """Keep as much of the beginning as there is room for, with an ellipsis where something is missing."""
    if size(text) <= room:
        return text
    room -= size("…")
    kept = 0
    for character in text:
        room -= size(character)
        if room < 0:
            break
        kept += 1
    return text[:kept] + "…"


def _bytes(text: str) -> int:
    return len(text.encode())


def _header_bytes(text: str) -> int:
    """Size of a message in the header ``grpc-message``, which is percent-encoded."""
    return len(quote(text, safe=string.punctuation.replace("%", "") + " "))


def describe(violation: Violation) -> str:
    """Say what is wrong, with which value, and what to do."""
    got = f"(got {violation.value!r})" if violation.value else ""
    return " ".join(part for part in (violation.message, got, violation.fix) if part)


def code_of(status: status_pb2.Status) -> grpc.StatusCode:
    """Status code of a status message."""
    by_number: dict[int, grpc.StatusCode] = {code.value[0]: code for code in grpc.StatusCode}
    return by_number.get(status.code, grpc.StatusCode.UNKNOWN)
