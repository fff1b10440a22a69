"""The analysis service on loopback, and the calls of tests to it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import grpc
import grpc.aio
import numpy as np
import pytest
from google.protobuf.message import Message
from grpc_status import rpc_status

from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm.analysis.v1 import analysis_service_pb2_grpc
from mmm.common.v1 import common_pb2
from mmm.options.v1.options_pb2 import PERMISSION_READ
from mmm_analysis.exports import Exporter
from mmm_analysis.forecasts import FutureTables
from mmm_analysis.results import Results
from mmm_analysis.servicer import AnalysisServicer
from mmm_service.permissions import Role
from mmm_service.principal import PRINCIPAL_HEADER, SECRET_HEADER, CallScope, Principal, current_call
from mmm_service.server import Service, running_server
from mmm_service.settings import ServiceSettings
from mmm_store.cache import ArtifactCache
from mmm_store.fits import FitReader
from mmm_store.links import S3Links
from mmm_store.settings import S3Settings
from mmm_store.store import Store

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


@contextmanager
def acting_in(workspace: str) -> Iterator[None]:
    """Call domain code as one call of a viewer does."""
    token = current_call.set(CallScope(Principal("ana", {workspace: Role.VIEWER}), PERMISSION_READ))
    try:
        yield
    finally:
        current_call.reset(token)


@asynccontextmanager
async def analysis_caller(
    store: Store, cache: Path, futures: FutureTables | None = None, s3: S3Settings | None = None
) -> AsyncIterator[Caller]:
    """Serve the fits of a store; `s3` says where the files it links to are."""
    artifacts = ArtifactCache(store, cache)
    servicer = AnalysisServicer(
        Results(FitReader(store, artifacts)),
        futures or FutureTables(store, artifacts),
        Exporter(
            store,
            S3Links(s3 or S3Settings(endpoint="127.0.0.1:1", access_key="none", secret_key="none")),  # noqa: S106
        ),
    )
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
