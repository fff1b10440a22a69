"""Typed errors of the domain. They know nothing of gRPC; `mmm_service` maps them to statuses.

::

    MmmError
    ├── InvalidInput          what was sent is wrong, whatever the state     INVALID_ARGUMENT
    ├── NotFound              the named resource does not exist              NOT_FOUND
    ├── AlreadyExists         the name is taken                              ALREADY_EXISTS
    ├── FailedPrecondition    right request, wrong state or limits           FAILED_PRECONDITION
    ├── Conflict              somebody else changed it in between            ABORTED
    ├── TooLarge              above a size or count limit                    RESOURCE_EXHAUSTED
    ├── Unauthenticated       no valid token                                 UNAUTHENTICATED
    ├── PermissionDenied      valid token, not allowed                       PERMISSION_DENIED
    └── Unavailable           a dependency does not answer, try again        UNAVAILABLE
"""

from collections.abc import Iterable
from dataclasses import dataclass

VALUE_LENGTH_LIMIT = 80


def shorten(value: object) -> str:
    """Text of a value, cut so that an error message stays readable."""
    text = str(value)
    return text if len(text) <= VALUE_LENGTH_LIMIT else text[: VALUE_LENGTH_LIMIT - 1] + "…"


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing wrong with a request.

    Attributes
    ----------
    field : str
        Path of the field, column or bound, for example ``channels[0].spend_column``.
    message : str
        What is wrong, as a sentence.
    fix : str
        What to do about it, as a sentence.
    value : str
        The offending value, shortened; empty when there is none.
    code : str
        UPPER_SNAKE code a program can switch on.
    """

    field: str
    message: str
    fix: str
    value: str = ""
    code: str = "INVALID"

    def __str__(self) -> str:
        got = f" (got {self.value!r})" if self.value else ""
        return f"{self.field}: {self.message}{got} {self.fix}".strip()


class MmmError(Exception):
    """Base of all domain errors.

    Parameters
    ----------
    message : str
        What happened, for people. Never carries secrets or addresses.
    reason : str
        UPPER_SNAKE code a program can switch on.
    """

    reason = "INTERNAL"

    def __init__(self, message: str, *, reason: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason or type(self).reason


class _WithViolations(MmmError):
    """An error that lists every problem at once."""

    def __init__(
        self, violations: Iterable[Violation], *, message: str = "", reason: str | None = None
    ) -> None:
        self.violations = tuple(violations)
        super().__init__(message or "; ".join(str(v) for v in self.violations), reason=reason)


class InvalidInput(_WithViolations):
    """What was sent is wrong, whatever the state of the system."""

    reason = "INVALID_INPUT"


class FailedPrecondition(_WithViolations):
    """The request is well-formed, but the state of a resource or a limit forbids it."""

    reason = "FAILED_PRECONDITION"


class NotFound(MmmError):
    """The named resource does not exist."""

    reason = "NOT_FOUND"

    def __init__(self, resource_type: str, name: str) -> None:
        super().__init__(f"{resource_type} {shorten(name)!r} does not exist.")
        self.resource_type = resource_type
        self.name = name


class AlreadyExists(MmmError):
    """The name is taken by another resource."""

    reason = "ALREADY_EXISTS"

    def __init__(self, resource_type: str, name: str) -> None:
        super().__init__(f"{resource_type} {shorten(name)!r} exists already.")
        self.resource_type = resource_type
        self.name = name


class Conflict(MmmError):
    """Somebody else changed the resource in between; read it again and repeat."""

    reason = "CONFLICT"


class TooLarge(MmmError):
    """A size or count limit is exceeded."""

    reason = "TOO_LARGE"


class Unauthenticated(MmmError):
    """The call carries no valid token."""

    reason = "UNAUTHENTICATED"


class PermissionDenied(MmmError):
    """The token is valid but does not allow this."""

    reason = "PERMISSION_DENIED"


class Unavailable(MmmError):
    """A dependency does not answer; the call may be repeated.

    Parameters
    ----------
    message : str
        What happened.
    retry_after_seconds : float
        When to come back.
    """

    reason = "UNAVAILABLE"

    def __init__(self, message: str, *, retry_after_seconds: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
