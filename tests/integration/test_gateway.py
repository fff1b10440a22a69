"""The gateway in front of real services on loopback."""

import asyncio
from contextlib import AsyncExitStack

import grpc
import grpc.aio
import pytest
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from pydantic import SecretStr

from mmm.data.v1 import data_service_pb2
from mmm.data.v1.data_service_pb2_grpc import DataServiceStub
from mmm.fitting.v1 import fitting_pb2, fitting_service_pb2
from mmm.fitting.v1.fitting_service_pb2_grpc import (
    FittingServiceServicer,
    FittingServiceStub,
    add_FittingServiceServicer_to_server,
)
from mmm_core.errors import InvalidInput, Violation
from mmm_data.datasets import Datasets
from mmm_data.servicer import data_service
from mmm_data.settings import DataSettings
from mmm_gateway.auth import issue_token
from mmm_gateway.policy import build_routes
from mmm_gateway.server import running_gateway
from mmm_gateway.settings import GatewaySettings
from mmm_service.principal import current_call
from mmm_service.server import Service, running_server
from mmm_service.settings import ServiceSettings
from mmm_store.cache import ArtifactCache
from mmm_store.memory import MemoryStore

SECRET = "the-secret-of-this-test"  # noqa: S105 - made up here
FIT = "clients/default/models/m/fits/f"
CSV = b"week,sales\n" + b"\n".join(f"2024-01-{day:02d},{day}".encode() for day in range(1, 29))


class ProbeFits(FittingServiceServicer):
    """A fitting service that shows what reached it."""

    def __init__(self) -> None:
        self.cancelled = asyncio.Event()
        self.seen: dict[str, object] = {}

    async def GetFit(self, request, context):
        """Answer with the principal, the deadline and a trailing header."""
        self.seen = {
            "subject": current_call.get().principal.subject,
            "remaining": context.time_remaining(),
            "metadata": dict(context.invocation_metadata()),
        }
        context.set_trailing_metadata((("x-trace", "kept"),))
        return fitting_pb2.Fit(name=request.name)

    async def WatchFit(self, request, context):
        """Stream two snapshots, then wait for the caller to leave."""
        try:
            for revision in (1, 2):
                yield fitting_pb2.Fit(name=request.name, revision=revision)
            await asyncio.Event().wait()
        finally:
            self.cancelled.set()

    async def CancelFit(self, request, context):
        """Refuse with two violations."""
        raise InvalidInput([Violation("a", "is wrong.", "Mend it."), Violation("b", "too.", "Mend it.")])

    async def DeleteFit(self, request, context):
        """Fail in a way nobody foresaw."""
        raise RuntimeError("password=hunter2")


@pytest.fixture
async def platform(tmp_path):
    """A gateway before a data service and a probe; analysis and optimizer are away."""
    store = MemoryStore()
    datasets = Datasets(store, ArtifactCache(store, tmp_path / "cache"), DataSettings())
    probe = ProbeFits()
    fits = Service(
        fitting_service_pb2.DESCRIPTOR.services_by_name["FittingService"],
        lambda server: add_FittingServiceServicer_to_server(probe, server),
    )
    settings = ServiceSettings(gateway_secret=SecretStr(SECRET))
    tokens = tmp_path / "tokens.json"
    issued = {role: issue_token(tokens, role, {"default": role}) for role in ("viewer", "analyst", "admin")}
    async with AsyncExitStack() as stack:
        data_address = await stack.enter_async_context(running_server(data_service(datasets), settings))
        fitting_address = await stack.enter_async_context(running_server(fits, settings))
        gateway_settings = GatewaySettings(
            listen="127.0.0.1:0",
            secret=SecretStr(SECRET),
            tokens_file=tokens,
            data_address=data_address,
            fitting_address=fitting_address,
            analysis_address="127.0.0.1:9",
            optimizer_address="127.0.0.1:9",
            drain_seconds=0.1,
        )
        address = await stack.enter_async_context(running_gateway(gateway_settings))
        channel = await stack.enter_async_context(grpc.aio.insecure_channel(address))
        yield Platform(channel, probe, issued, data_address)


class Platform:
    """What a test needs to make calls."""

    def __init__(self, channel, probe, tokens, data_address) -> None:
        self.channel = channel
        self.probe = probe
        self.tokens = tokens
        self.data_address = data_address
        self.fits = FittingServiceStub(channel)
        self.data = DataServiceStub(channel)

    def as_(self, role: str) -> tuple[tuple[str, str], ...]:
        """Metadata of a caller with a role."""
        return (("authorization", f"Bearer {self.tokens[role]}"),)


async def refusal(call) -> grpc.aio.AioRpcError:
    """The error a call ends with."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return caught.value


@pytest.mark.parametrize("method", sorted(build_routes()))
@pytest.mark.parametrize("credentials", ["", "Bearer wrong", "Basic eA=="])
async def test_no_method_answers_without_a_valid_token(platform, method, credentials):
    metadata = (("authorization", credentials),) if credentials else ()
    error = await refusal(platform.channel.unary_unary(method)(b"", metadata=metadata))

    assert error.code() is grpc.StatusCode.UNAUTHENTICATED


async def test_health_reflection_and_unknown_methods_do_not_answer_without_a_token(platform):
    health = health_pb2_grpc.HealthStub(platform.channel)
    error = await refusal(health.Check(health_pb2.HealthCheckRequest()))
    assert error.code() is grpc.StatusCode.UNAUTHENTICATED

    reflection = reflection_pb2_grpc.ServerReflectionStub(platform.channel)
    request = reflection_pb2.ServerReflectionRequest(list_services="")
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in reflection.ServerReflectionInfo(iter([request])):
            pass
    assert caught.value.code() is grpc.StatusCode.UNAUTHENTICATED

    error = await refusal(platform.channel.unary_unary("/no.such.Service/Method")(b""))
    assert error.code() is grpc.StatusCode.UNAUTHENTICATED


async def test_reflection_lists_the_services_to_those_who_have_a_token(platform):
    reflection = reflection_pb2_grpc.ServerReflectionStub(platform.channel)
    request = reflection_pb2.ServerReflectionRequest(list_services="")

    answers = [
        answer
        async for answer in reflection.ServerReflectionInfo(iter([request]), metadata=platform.as_("viewer"))
    ]

    names = {service.name for service in answers[0].list_services_response.service}
    assert {"mmm.data.v1.DataService", "mmm.fitting.v1.FittingService"} <= names


async def test_health_tells_which_service_is_away(platform):
    health = health_pb2_grpc.HealthStub(platform.channel)

    async def check(service: str) -> int:
        request = health_pb2.HealthCheckRequest(service=service)
        return (await health.Check(request, metadata=platform.as_("viewer"))).status

    assert await check("mmm.data.v1.DataService") == health_pb2.HealthCheckResponse.SERVING
    assert await check("mmm.analysis.v1.AnalysisService") == health_pb2.HealthCheckResponse.NOT_SERVING
    assert await check("") == health_pb2.HealthCheckResponse.NOT_SERVING


async def test_the_role_decides_and_the_workspace_too(platform):
    request = fitting_service_pb2.CancelFitRequest(name=FIT)
    error = await refusal(platform.fits.CancelFit(request, metadata=platform.as_("viewer")))
    assert error.code() is grpc.StatusCode.PERMISSION_DENIED

    foreign = data_service_pb2.ListDatasetsRequest(parent="clients/other")
    error = await refusal(platform.data.ListDatasets(foreign, metadata=platform.as_("admin")))
    assert error.code() is grpc.StatusCode.PERMISSION_DENIED


async def test_principal_deadline_and_metadata_pass_and_forged_headers_do_not(platform):
    forged = (
        ("x-mmm-principal", '{"subject": "root", "grants": {"default": "admin"}}'),
        ("x-custom", "mine"),
    )
    call = platform.fits.GetFit(
        fitting_service_pb2.GetFitRequest(name=FIT), metadata=(*platform.as_("viewer"), *forged), timeout=5
    )

    fit = await call

    seen = platform.probe.seen
    assert fit.name == FIT
    assert seen["subject"] == "viewer"
    # On the wire a deadline is rounded up to a few digits.
    assert 0 < seen["remaining"] < 6
    assert seen["metadata"]["x-custom"] == "mine"
    assert "authorization" not in seen["metadata"]
    assert ("x-trace", "kept") in [tuple(item) for item in await call.trailing_metadata()]


async def test_every_violation_comes_through(platform):
    request = fitting_service_pb2.CancelFitRequest(name=FIT)
    error = await refusal(platform.fits.CancelFit(request, metadata=platform.as_("analyst")))

    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    status = rich_status(error)
    bad = error_details_pb2.BadRequest()
    assert any(detail.Unpack(bad) for detail in status.details)
    assert [violation.field for violation in bad.field_violations] == ["a", "b"]


def rich_status(error):
    """Status with details of an aio error."""
    packed = next(value for key, value in error.trailing_metadata() if key == "grpc-status-details-bin")
    return status_pb2.Status.FromString(packed)


async def test_an_unforeseen_error_gets_an_id_and_keeps_its_text_to_itself(platform):
    request = fitting_service_pb2.DeleteFitRequest(name=FIT)
    error = await refusal(platform.fits.DeleteFit(request, metadata=platform.as_("admin")))

    assert error.code() is grpc.StatusCode.INTERNAL
    assert "error id" in error.details()
    assert "hunter2" not in error.details()


async def test_a_stream_flows_and_its_cancellation_reaches_the_service(platform):
    call = platform.fits.WatchFit(
        fitting_service_pb2.WatchFitRequest(name=FIT), metadata=platform.as_("viewer")
    )
    assert [(await call.read()).revision, (await call.read()).revision] == [1, 2]

    call.cancel()

    await asyncio.wait_for(platform.probe.cancelled.wait(), 10)


async def test_an_upload_streams_through(platform):
    async def messages():
        header = data_service_pb2.UploadHeader(parent="clients/default", file_name="weekly.csv")
        yield data_service_pb2.UploadDatasetRequest(header=header)
        for start in range(0, len(CSV), 50):
            yield data_service_pb2.UploadDatasetRequest(chunk=CSV[start : start + 50])

    dataset = await platform.data.UploadDataset(messages(), metadata=platform.as_("analyst"))

    assert dataset.row_count == 28


async def test_a_service_that_is_away_is_unavailable_and_its_address_stays_hidden(platform):
    method = "/mmm.analysis.v1.AnalysisService/GetDiagnostics"
    error = await refusal(platform.channel.unary_unary(method)(b"", metadata=platform.as_("viewer")))

    assert error.code() is grpc.StatusCode.UNAVAILABLE
    assert "127.0.0.1" not in error.details()


async def test_a_service_refuses_everybody_but_the_gateway(platform):
    async with grpc.aio.insecure_channel(platform.data_address) as channel:
        stub = DataServiceStub(channel)
        request = data_service_pb2.ListDatasetsRequest(parent="clients/default")
        principal = ("x-mmm-principal", '{"subject": "root", "grants": {"default": "admin"}}')

        for metadata in ((), (principal,), (principal, ("x-mmm-gateway-secret", "guess"))):
            error = await refusal(stub.ListDatasets(request, metadata=metadata))
            assert error.code() is grpc.StatusCode.UNAUTHENTICATED
