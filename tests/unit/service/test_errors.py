"""Domain errors on the wire."""

import base64
from urllib.parse import quote

import grpc
import pytest
from google.rpc import error_details_pb2

from mmm_core import errors
from mmm_service.errors import code_of, status_from_error

VIOLATIONS = [
    errors.Violation("channels[0].spend_column", "is not a column.", "Did you mean 'tv'?", "tvv", "MISSING"),
    errors.Violation("kpi.column", "is empty.", "Name a column."),
]
CASES = [
    (errors.InvalidInput(VIOLATIONS), grpc.StatusCode.INVALID_ARGUMENT),
    (errors.NotFound("fit", "clients/a/models/b/fits/c"), grpc.StatusCode.NOT_FOUND),
    (errors.AlreadyExists("fit", "clients/a/models/b/fits/c"), grpc.StatusCode.ALREADY_EXISTS),
    (errors.FailedPrecondition(VIOLATIONS), grpc.StatusCode.FAILED_PRECONDITION),
    (errors.Conflict("changed"), grpc.StatusCode.ABORTED),
    (errors.TooLarge("too large"), grpc.StatusCode.RESOURCE_EXHAUSTED),
    (errors.Unauthenticated("who?"), grpc.StatusCode.UNAUTHENTICATED),
    (errors.PermissionDenied("no"), grpc.StatusCode.PERMISSION_DENIED),
    (errors.Unavailable("away", retry_after_seconds=2.5), grpc.StatusCode.UNAVAILABLE),
    (errors.MmmError("odd"), grpc.StatusCode.INTERNAL),
]


def detail(status, kind):
    for packed in status.details:
        if packed.Is(kind.DESCRIPTOR):
            message = kind()
            packed.Unpack(message)
            return message
    return None


@pytest.mark.parametrize(("error", "code"), CASES, ids=[type(error).__name__ for error, _ in CASES])
def test_every_error_has_its_code_and_an_error_info(error, code):
    status = status_from_error(error)

    info = detail(status, error_details_pb2.ErrorInfo)
    assert code_of(status) is code
    assert (info.domain, info.reason) == ("mmm", error.reason)
    assert status.message == error.message


def test_a_bad_request_lists_every_violation_with_value_and_fix():
    bad = detail(status_from_error(errors.InvalidInput(VIOLATIONS)), error_details_pb2.BadRequest)

    assert [v.field for v in bad.field_violations] == ["channels[0].spend_column", "kpi.column"]
    assert bad.field_violations[0].description == "is not a column. (got 'tvv') Did you mean 'tv'?"
    assert bad.field_violations[0].reason == "MISSING"


def test_a_failed_precondition_names_its_subjects():
    failure = detail(
        status_from_error(errors.FailedPrecondition(VIOLATIONS)), error_details_pb2.PreconditionFailure
    )

    assert [v.subject for v in failure.violations] == ["channels[0].spend_column", "kpi.column"]


def test_an_unavailable_service_says_when_to_come_back():
    retry = detail(status_from_error(CASES[8][0]), error_details_pb2.RetryInfo)

    assert retry.retry_delay.ToMilliseconds() == 2500


def test_a_missing_resource_is_named():
    info = detail(status_from_error(CASES[1][0]), error_details_pb2.ResourceInfo)

    assert (info.resource_type, info.resource_name) == ("fit", "clients/a/models/b/fits/c")


def header_bytes(status):
    """What a status takes in the headers of an answer."""
    return len(quote(status.message, safe=" ")) + len(base64.b64encode(status.SerializeToString()))


# gRPC's default limit, less what else is in the headers.
HEADER_ROOM = 8192 - 512


def test_more_violations_than_a_status_can_carry_are_counted():
    many = [
        errors.Violation(f"channels[{n}].spend_column", "is not a column.", "Add it.") for n in range(500)
    ]
    status = status_from_error(errors.InvalidInput(many))

    bad = detail(status, error_details_pb2.BadRequest)
    kept = len(bad.field_violations) - 1
    assert kept >= 30
    assert bad.field_violations[-1].reason == "MORE_PROBLEMS"
    assert str(500 - kept) in bad.field_violations[-1].description
    assert header_bytes(status) < HEADER_ROOM


@pytest.mark.parametrize(
    "error",
    [
        errors.InvalidInput(
            [errors.Violation("売上" * 9, "列がありません。" * 4, "追加してください。")] * 90
        ),
        errors.FailedPrecondition([errors.Violation("x" * 9000, "y" * 9000, "z" * 9000)]),
        errors.NotFound("データ" * 9, "名" * 9000),
        errors.PermissionDenied("%" * 9000),
    ],
    ids=["other scripts", "one long violation", "a long name", "escaped characters"],
)
def test_whatever_an_error_says_its_status_fits_into_headers(error):
    status = status_from_error(error)

    assert header_bytes(status) < HEADER_ROOM
    assert status.message.endswith("…") or status.message == error.message


def test_one_long_violation_is_cut_and_not_left_out():
    long = errors.Violation("config", "is wrong, because " + "y" * 9000, "Mend it.")
    bad = detail(status_from_error(errors.InvalidInput([long])), error_details_pb2.BadRequest)

    assert bad.field_violations[0].field == "config"
    assert bad.field_violations[0].description.startswith("is wrong, because yyy")
