import grpc
import pytest
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status

from mmm.data.v1.data_service_pb2_grpc import DataServiceServicer
from mmm_client import Client, errors
from mmm_client.errors import FieldViolation


class _Refusing(DataServiceServicer):
    """Answers every GetDataset with one status."""

    def __init__(self, code: int, *details: Message) -> None:
        self._status = status_pb2.Status(code=code, message="No.")
        for detail in details:
            packed = AnyMessage()
            packed.Pack(detail)
            self._status.details.append(packed)

    def GetDataset(self, request, context):
        context.abort_with_status(rpc_status.to_status(self._status))


def _refusal(connect_to, code: int, *details: Message) -> errors.ApiError:
    client = connect_to(data=_Refusing(code, *details))
    with pytest.raises(errors.ApiError) as caught:
        client.get_dataset("clients/default/datasets/x")
    return caught.value


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (code_pb2.INVALID_ARGUMENT, errors.InvalidRequest),
        (code_pb2.OUT_OF_RANGE, errors.InvalidRequest),
        (code_pb2.NOT_FOUND, errors.NotFound),
        (code_pb2.ALREADY_EXISTS, errors.AlreadyExists),
        (code_pb2.FAILED_PRECONDITION, errors.FailedPrecondition),
        (code_pb2.ABORTED, errors.Conflict),
        (code_pb2.RESOURCE_EXHAUSTED, errors.ResourceExhausted),
        (code_pb2.UNAUTHENTICATED, errors.Unauthenticated),
        (code_pb2.PERMISSION_DENIED, errors.PermissionDenied),
        (code_pb2.DEADLINE_EXCEEDED, errors.DeadlineExceeded),
        (code_pb2.INTERNAL, errors.ServerError),
        (code_pb2.DATA_LOSS, errors.ServerError),
    ],
)
def test_every_status_has_a_class(connect_to, code, kind):
    error = _refusal(connect_to, code)
    assert type(error) is kind
    assert error.message == "No."
    assert error.reason == error.code.name, "without ErrorInfo the status speaks for itself"


def test_all_field_violations_arrive(connect_to):
    bad = error_details_pb2.BadRequest()
    bad.field_violations.add(field="kpi.column", description="is required. Add it.", reason="MISSING_FIELD")
    bad.field_violations.add(field="channels[0].name", description="is not a slug.")
    info = error_details_pb2.ErrorInfo(reason="INVALID_INPUT", domain="mmm")
    error = _refusal(connect_to, code_pb2.INVALID_ARGUMENT, bad, info)
    assert error.reason == "INVALID_INPUT"
    assert error.violations == (
        FieldViolation("kpi.column", "is required. Add it.", "MISSING_FIELD"),
        FieldViolation("channels[0].name", "is not a slug."),
    )


def test_a_binding_limit_is_named(connect_to):
    failure = error_details_pb2.PreconditionFailure()
    failure.violations.add(type="BOUNDS", subject="bounds[tv].minimum", description="exceeds the budget.")
    error = _refusal(connect_to, code_pb2.FAILED_PRECONDITION, failure)
    assert error.violations == (FieldViolation("bounds[tv].minimum", "exceeds the budget.", "BOUNDS"),)


def test_resource_and_time_to_come_back_arrive(connect_to):
    resource = error_details_pb2.ResourceInfo(resource_name="clients/default/datasets/x")
    retry = error_details_pb2.RetryInfo(retry_delay=Duration(seconds=2, nanos=500_000_000))
    error = _refusal(connect_to, code_pb2.RESOURCE_EXHAUSTED, resource, retry)
    assert error.resource == "clients/default/datasets/x"
    assert error.retry_after == 2.5


def test_details_of_another_status_do_not_hide_the_error(connect_to):
    class Proxied(DataServiceServicer):
        def GetDataset(self, request, context):
            other = status_pb2.Status(code=code_pb2.NOT_FOUND, message="other").SerializeToString()
            context.set_trailing_metadata((("grpc-status-details-bin", other),))
            context.abort(grpc.StatusCode.PERMISSION_DENIED, "Not yours.")

    with pytest.raises(errors.PermissionDenied, match="Not yours"):
        connect_to(data=Proxied()).get_dataset("clients/default/datasets/x")


def test_nobody_at_the_address(unused_tcp_port):
    with (
        Client(f"127.0.0.1:{unused_tcp_port}", "token") as client,
        pytest.raises(errors.Unavailable, match="Nothing answers"),
    ):
        client.wait_until_connected(0.2)
