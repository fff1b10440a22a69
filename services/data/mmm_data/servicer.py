"""``mmm.data.v1.DataService``: messages in, use cases, messages out."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import grpc.aio
from google.protobuf.empty_pb2 import Empty

from mmm.data.v1 import data_pb2, data_service_pb2, data_service_pb2_grpc
from mmm_core.config import config_from_proto
from mmm_core.errors import InvalidInput, Violation
from mmm_core.findings import has_errors
from mmm_core.messages import finding_to_proto
from mmm_core.names import ClientName, DatasetName, DatasetVersionName, parse_dataset_name
from mmm_data.answers import description_message, description_wish, hints, suggestion_message
from mmm_data.datasets import Datasets
from mmm_data.messages import (
    dataset_message,
    finding_from_violation,
    profile_message,
    upload_request,
)
from mmm_data.requests import UploadRequest, check_count
from mmm_service.principal import require_workspace
from mmm_service.server import Service

type UploadStream = AsyncIterator[data_service_pb2.UploadDatasetRequest]


class DataServicer(data_service_pb2_grpc.DataServiceServicer):
    """Serves datasets; blocking work goes to threads.

    Parameters
    ----------
    datasets : Datasets
        The use cases.
    """

    def __init__(self, datasets: Datasets) -> None:
        self._datasets = datasets

    async def UploadDataset(self, request_iterator: UploadStream, context: Any) -> data_pb2.Dataset:
        """Store a table."""
        request = await _read_header(request_iterator)
        require_workspace(request.client)
        record = await asyncio.to_thread(self._datasets.finished_before, request)
        if record is None:
            with self._datasets.begin_upload(request) as upload:
                async for message in request_iterator:
                    await asyncio.to_thread(upload.write, _chunk(message))
                record = await asyncio.to_thread(upload.finish)
        return dataset_message(record)

    async def GetDataset(self, request: data_service_pb2.GetDatasetRequest, context: Any) -> data_pb2.Dataset:
        """Read one dataset's description."""
        return dataset_message(await asyncio.to_thread(self._datasets.get, _allowed(request.name)))

    async def ListDatasets(
        self,
        request: data_service_pb2.ListDatasetsRequest,
        context: Any,
    ) -> data_service_pb2.ListDatasetsResponse:
        """List the datasets of a workspace."""
        client = ClientName.parse(request.parent)
        require_workspace(client.client)
        size = check_count(request.page_size, "page_size", default=100, most=1000)
        records, token = await asyncio.to_thread(self._datasets.page, client, size, request.page_token)
        return data_service_pb2.ListDatasetsResponse(
            datasets=[dataset_message(record) for record in records], next_page_token=token
        )

    async def ListDatasetVersions(
        self,
        request: data_service_pb2.ListDatasetVersionsRequest,
        context: Any,
    ) -> data_service_pb2.ListDatasetVersionsResponse:
        """List the versions of a dataset."""
        name = _allowed_dataset(request.parent, "parent")
        size = check_count(request.page_size, "page_size", default=100, most=1000)
        records, token = await asyncio.to_thread(self._datasets.versions, name, size, request.page_token)
        return data_service_pb2.ListDatasetVersionsResponse(
            versions=[dataset_message(record) for record in records], next_page_token=token
        )

    async def DeleteDataset(self, request: data_service_pb2.DeleteDatasetRequest, context: Any) -> Empty:
        """Delete a dataset."""
        await asyncio.to_thread(self._datasets.delete, _allowed_dataset(request.name))
        return Empty()

    async def PreviewDataset(
        self,
        request: data_service_pb2.PreviewDatasetRequest,
        context: Any,
    ) -> data_service_pb2.PreviewDatasetResponse:
        """Read the first rows."""
        name = _allowed(request.name)
        count = check_count(request.row_count, "row_count", default=20, most=1000)
        columns, rows = await asyncio.to_thread(self._datasets.preview, name, count)
        return data_service_pb2.PreviewDatasetResponse(
            columns=columns, rows=[data_service_pb2.Row(cells=cells) for cells in rows]
        )

    async def ProfileDataset(
        self,
        request: data_service_pb2.ProfileDatasetRequest,
        context: Any,
    ) -> data_service_pb2.ProfileDatasetResponse:
        """Summarise every column."""
        profiles = await asyncio.to_thread(self._datasets.profile, _allowed(request.name))
        return data_service_pb2.ProfileDatasetResponse(columns=[profile_message(one) for one in profiles])

    async def ValidateDataset(
        self,
        request: data_service_pb2.ValidateDatasetRequest,
        context: Any,
    ) -> data_service_pb2.ValidateDatasetResponse:
        """Hold a dataset against a configuration."""
        name = _allowed(request.name)
        try:
            config = config_from_proto(request.config)
        except InvalidInput as error:
            # A faulty configuration is a result of the check, but only for a dataset that exists.
            await asyncio.to_thread(self._datasets.get, name)
            findings = [finding_from_violation(violation) for violation in error.violations]
        else:
            findings = await asyncio.to_thread(self._datasets.validate, name, config)
        return data_service_pb2.ValidateDatasetResponse(
            findings=[finding_to_proto(finding) for finding in findings], valid=not has_errors(findings)
        )

    async def SuggestConfig(
        self,
        request: data_service_pb2.SuggestConfigRequest,
        context: Any,
    ) -> data_service_pb2.SuggestConfigResponse:
        """Suggest a first configuration."""
        name = _allowed(request.name)
        return suggestion_message(await asyncio.to_thread(self._datasets.suggest, name, hints(request)))

    async def DescribeDataset(
        self,
        request: data_service_pb2.DescribeDatasetRequest,
        context: Any,
    ) -> data_service_pb2.DescribeDatasetResponse:
        """Describe a dataset for charts."""
        name = _allowed(request.name)
        wish = description_wish(request)
        return description_message(await asyncio.to_thread(self._datasets.describe, name, wish))


def data_service(datasets: Datasets) -> Service:
    """The service as the harness serves it."""

    def add(server: grpc.aio.Server) -> None:
        # The generated registration function carries no types.
        data_service_pb2_grpc.add_DataServiceServicer_to_server(DataServicer(datasets), server)  # type: ignore[no-untyped-call]

    return Service(data_service_pb2.DESCRIPTOR.services_by_name["DataService"], add)


def _allowed(text: str) -> DatasetName | DatasetVersionName:
    """Parse a name, with or without a version, and check that the caller may touch its workspace."""
    name = parse_dataset_name(text)
    require_workspace(name.client)
    return name


def _allowed_dataset(text: str, field: str = "name") -> DatasetName:
    """Parse a name without a version and check that the caller may touch its workspace."""
    name = DatasetName.parse(text, field)
    require_workspace(name.client)
    return name


async def _read_header(messages: UploadStream) -> UploadRequest:
    async for message in messages:
        if message.WhichOneof("payload") == "header":
            return upload_request(message.header)
        break
    raise InvalidInput(
        [Violation("header", "is missing.", "Send the header as the first message.", code="MISSING_FIELD")]
    )


def _chunk(message: data_service_pb2.UploadDatasetRequest) -> bytes:
    if message.WhichOneof("payload") != "chunk":
        raise InvalidInput(
            [Violation("chunk", "is missing.", "Send chunks after the header.", code="MISSING_FIELD")]
        )
    return message.chunk
