"""The analysis service on loopback, and the calls of tests to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import grpc
import grpc.aio
import numpy as np
import pytest
from google.protobuf.message import Message
from grpc_status import rpc_status

from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm.analysis.v1 import analysis_service_pb2_grpc
from mmm.common.v1 import common_pb2
from mmm_analysis.forecasts import FutureTables
from mmm_analysis.results import Results
from mmm_analysis.servicer import AnalysisServicer
from mmm_service.permissions import Role
from mmm_service.principal import PRINCIPAL_HEADER, SECRET_HEADER, Principal
from mmm_service.server import Service, running_server
from mmm_service.settings import ServiceSettings
from mmm_store.fits import FitReader

SECRET = "a secret of the test run"  # noqa: S105


@dataclass(frozen=True)
class Caller:
    """Calls the service as the gateway does."""

    stub: analysis_service_pb2_grpc.AnalysisServiceStub

    async def __call__(self, request: Message, *, workspace: str = "acme", secret: str = SECRET) -> object:
        method = type(request).__name__.removesuffix("Request")
        principal = Principal("ana", {workspace: Role.VIEWER})
        metadata = [(SECRET_HEADER, secret), (PRINCIPAL_HEADER, principal.to_header())]
        return await getattr(self.stub, method)(request, metadata=metadata, timeout=60)

    async def refusal(self, request: Message, **options: str) -> grpc.aio.AioRpcError:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await self(request, **options)
        return raised.value


@asynccontextmanager
async def analysis_caller(reader: FitReader, futures: FutureTables) -> AsyncIterator[Caller]:
    """Serve the fits of a reader."""
    servicer = AnalysisServicer(Results(reader), futures)
    service = Service(
        wire.DESCRIPTOR.services_by_name["AnalysisService"],
        lambda server: analysis_service_pb2_grpc.add_AnalysisServiceServicer_to_server(servicer, server),
    )
    async with (
        running_server(service, ServiceSettings(gateway_secret=SECRET)) as address,
        grpc.aio.insecure_channel(address) as channel,
    ):
        yield Caller(analysis_service_pb2_grpc.AnalysisServiceStub(channel))


def matches(message: common_pb2.Estimate, draws: np.ndarray, probability: float = 0.9) -> None:
    """Assert that an estimate is that of some draws."""
    tail = (1 - probability) / 2
    expected = [draws.mean(), *np.quantile(draws, [0.5, tail, 1 - tail]), probability]
    found = [message.mean, message.median, message.lower, message.upper, message.probability]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def details[M: Message](error: grpc.aio.AioRpcError, kind: type[M]) -> M:
    """Find the details of a kind in an error."""
    status = rpc_status.from_call(error)
    assert status is not None
    for packed in status.details:
        detail = kind()
        if packed.Unpack(detail):
            return detail
    raise AssertionError(f"no {kind.__name__} in {status}")
