"""The data service over the wire, on the real object store."""

import asyncio
import hashlib
import io
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import SimpleNamespace

import grpc
import grpc.aio
import pandas as pd
import pytest
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from mmm.common.v1 import common_pb2, model_config_pb2
from mmm.data.v1 import (
    data_pb2,
    data_service_pb2,
    data_service_pb2_grpc,
    description_pb2,
    suggestion_pb2,
)
from mmm_core.config import config_to_proto, load_config_file
from mmm_data.datasets import Datasets
from mmm_data.servicer import data_service
from mmm_data.settings import DataSettings
from mmm_service.permissions import Role
from mmm_service.principal import PRINCIPAL_HEADER, SECRET_HEADER, Principal
from mmm_service.server import running_server
from mmm_service.settings import ServiceSettings
from mmm_store.cache import ArtifactCache
from mmm_store.s3 import S3Store
from tests.object_store import running_object_store

EXAMPLE = Path(__file__).parents[2] / "examples" / "dt_simulated_weekly"
SECRET = "a secret of the test run"  # noqa: S105
LIMIT = 8 << 20


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Iterator[S3Store]:
    with running_object_store(tmp_path_factory.mktemp("weed")) as (embedded, _):
        store = S3Store(embedded.s3)
        store.ensure_bucket()
        yield store


@pytest.fixture
async def stub(store, tmp_path) -> AsyncIterator[SimpleNamespace]:
    datasets = Datasets(store, ArtifactCache(store, tmp_path), DataSettings(max_upload_bytes=LIMIT))
    principal = Principal("ana", {"acme": Role.ADMIN})
    metadata = [(SECRET_HEADER, SECRET), (PRINCIPAL_HEADER, principal.to_header())]
    settings = ServiceSettings(gateway_secret=SECRET)
    async with (
        running_server(data_service(datasets), settings) as address,
        grpc.aio.insecure_channel(address) as channel,
    ):
        stub = data_service_pb2_grpc.DataServiceStub(channel)
        methods = data_service_pb2.DESCRIPTOR.services_by_name["DataService"].methods_by_name
        yield SimpleNamespace(**{name: with_metadata(getattr(stub, name), metadata) for name in methods})


def with_metadata(call, metadata):
    return lambda request: call(request, metadata=metadata, timeout=60)


async def messages(content: bytes, **header: object) -> AsyncIterator[data_service_pb2.UploadDatasetRequest]:
    fields = {"parent": "clients/acme"} | header
    yield data_service_pb2.UploadDatasetRequest(header=data_service_pb2.UploadHeader(**fields))
    for start in range(0, len(content), 1 << 16):
        yield data_service_pb2.UploadDatasetRequest(chunk=content[start : start + (1 << 16)])


def unique() -> str:
    return f"d{uuid.uuid4().hex}"


def violations(error: grpc.aio.AioRpcError) -> list[error_details_pb2.BadRequest.FieldViolation]:
    return list(detail(error, error_details_pb2.BadRequest()).field_violations)


def detail[M: Message](error: grpc.aio.AioRpcError, message: M) -> M:
    """The detail of this kind, empty when there is none."""
    status = rpc_status.from_call(error)
    assert status is not None
    for packed in status.details:
        if packed.Unpack(message):
            break
    return message


async def test_the_example_goes_through_every_call(stub):
    content = (EXAMPLE / "dt_simulated_weekly.csv").read_bytes()
    dataset_id, digest = unique(), hashlib.sha256(content).hexdigest()
    dataset = await stub.UploadDataset(
        messages(content, dataset_id=dataset_id, file_name="dt_simulated_weekly.csv", sha256=digest)
    )
    assert dataset.name == f"clients/acme/datasets/{dataset_id}"
    assert dataset.source_format == data_pb2.FILE_FORMAT_CSV
    assert (dataset.source_bytes, dataset.source_sha256, dataset.row_count) == (len(content), digest, 208)
    types = {column.name: column.type for column in dataset.columns}
    assert types["DATE"] == data_pb2.COLUMN_TYPE_DATE
    assert types["events"] == data_pb2.COLUMN_TYPE_TEXT
    assert types["tv_S"] == data_pb2.COLUMN_TYPE_NUMBER

    assert await stub.GetDataset(data_service_pb2.GetDatasetRequest(name=dataset.name)) == dataset
    listed = await stub.ListDatasets(data_service_pb2.ListDatasetsRequest(parent="clients/acme"))
    assert dataset in listed.datasets

    preview = await stub.PreviewDataset(
        data_service_pb2.PreviewDatasetRequest(name=dataset.name, row_count=2)
    )
    first = dict(zip(preview.columns, preview.rows[0].cells, strict=True))
    assert (first["DATE"], first["events"], first["ooh_S"]) == ("2015-11-23", "na", "0")
    assert len(preview.rows) == 2

    profile = await stub.ProfileDataset(data_service_pb2.ProfileDatasetRequest(name=dataset.name))
    by_name = {column.name: column for column in profile.columns}
    assert by_name["DATE"].date.typical_step_days == 7
    assert by_name["events"].top_values[0] == "na"
    assert by_name["competitor_sales_B"].number.minimum == 2_240_235

    config = config_to_proto(load_config_file(EXAMPLE / "config.yaml"))
    answer = await stub.ValidateDataset(
        data_service_pb2.ValidateDatasetRequest(name=dataset.name, config=config)
    )
    assert answer.valid
    assert [finding.code for finding in answer.findings] == ["EXPOSURE_WITHOUT_SPEND"]

    suggestion = await stub.SuggestConfig(data_service_pb2.SuggestConfigRequest(name=dataset.name))
    assert {channel.name for channel in suggestion.config.channels} == {
        *("tv", "ooh", "print", "facebook", "search")
    }
    reasons = {choice.field: choice for choice in suggestion.choices}
    assert reasons["channels[3].exposure_column"].value == "facebook_I"
    assert reasons["channels[3].exposure_column"].confidence == suggestion_pb2.CONFIDENCE_HIGH
    answer = await stub.ValidateDataset(
        data_service_pb2.ValidateDatasetRequest(name=dataset.name, config=suggestion.config)
    )
    assert answer.valid

    description = await stub.DescribeDataset(
        data_service_pb2.DescribeDatasetRequest(name=dataset.name, config=suggestion.config)
    )
    assert (len(description.dates), description.dates[0]) == (208, "2015-11-23")
    revenue = next(one for one in description.series if one.column == "revenue")
    assert revenue.values[0] == pytest.approx(2_754_371.67)
    assert revenue.aggregation == description_pb2.AGGREGATION_SUM
    total = [one for one in description.spend_shares if not one.span]
    assert sum(one.share for one in total) == pytest.approx(1)
    assert len(description.correlations.values) == len(description.correlations.columns) ** 2

    await stub.DeleteDataset(data_service_pb2.DeleteDatasetRequest(name=dataset.name))
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.GetDataset(data_service_pb2.GetDatasetRequest(name=dataset.name))
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND


async def test_problems_of_table_and_configuration_come_as_findings(stub):
    table = pd.read_csv(EXAMPLE / "dt_simulated_weekly.csv", dtype=str, keep_default_na=False)
    table.loc[5, "tv_S"] = "n.a."
    table.loc[7, "ooh_S"] = "-3"
    table = table.drop(columns="print_S").drop(index=[20])
    dataset = await stub.UploadDataset(messages(table.to_csv(index=False).encode()))
    config = config_to_proto(load_config_file(EXAMPLE / "config.yaml"))
    answer = await stub.ValidateDataset(
        data_service_pb2.ValidateDatasetRequest(name=dataset.name, config=config)
    )
    assert not answer.valid
    found = {finding.code: finding for finding in answer.findings}
    assert "row 7 ('n.a.')" in found["NOT_A_NUMBER"].message
    assert found["NEGATIVE_VALUES"].field == "ooh_S"
    assert found["MISSING_COLUMN"].field == "channels[2].spend_column"
    assert found["MISSING_DATES"].value == "2016-04-11"
    errors = [finding.severity == common_pb2.SEVERITY_ERROR for finding in answer.findings]
    assert errors == sorted(errors, reverse=True)

    empty = data_service_pb2.ValidateDatasetRequest(
        name=dataset.name, config=model_config_pb2.ModelConfig(date_column="DATE")
    )
    answer = await stub.ValidateDataset(empty)
    assert not answer.valid
    assert {finding.field for finding in answer.findings} == {"kpi", "channels"}


async def test_a_table_nothing_can_be_suggested_for_is_told_what_it_lacks(stub):
    dataset = await stub.UploadDataset(messages(b"price,label\n1,a\n2,b\n"))
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.SuggestConfig(data_service_pb2.SuggestConfigRequest(name=dataset.name))
    assert caught.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert "no column of dates" in caught.value.details()


async def test_hints_and_columns_that_cannot_be_are_refused_by_name(stub):
    dataset = await stub.UploadDataset(messages(b"week,sales,tv\n2024-01-01,1,2\n2024-01-08,2,3\n"))
    wrong = data_service_pb2.SuggestConfigRequest(name=dataset.name, kpi_column="sale", value_per_unit=0)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.SuggestConfig(wrong)
    assert [violation.field for violation in violations(caught.value)] == ["kpi_column", "value_per_unit"]

    request = data_service_pb2.DescribeDatasetRequest(name=dataset.name, columns=["sales", "radio"])
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.DescribeDataset(request)
    assert [violation.field for violation in violations(caught.value)] == ["columns[1]"]


def parquet_bytes() -> bytes:
    target = io.BytesIO()
    pd.DataFrame({"a": [1]}).to_parquet(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "header", "field"),
    [
        (b"", {"file_name": "a.csv"}, "file"),
        (b"a,b\n1\n", {"file_name": "a.csv"}, "file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, {"file_name": "a.csv"}, "file"),
        (parquet_bytes(), {"file_name": "a.csv"}, "header.file_name"),
        (b"a,b\n1,2\n", {"file_name": "a.xlsx"}, "header.file_name"),
        (b"a,b\n1,2\n", {"format": data_pb2.FILE_FORMAT_PARQUET}, "header.format"),
        (b"a,b\n1,2\n", {"sha256": "0" * 64}, "file"),
        (b"a,b\n1,2\n", {"dataset_id": "../x"}, "header.dataset_id"),
        (b"a,b\n1,2\n", {"request_id": "../x"}, "header.request_id"),
        (b"a,b\n1,2\n", {"parent": "clients/../x"}, "header.parent"),
    ],
)
async def test_a_bad_upload_is_refused_with_its_place_and_leaves_nothing(stub, store, content, header, field):
    before = list(store.list_keys(""))
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.UploadDataset(messages(content, **header))
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    (violation,) = violations(caught.value)
    assert violation.field == field
    assert violation.description
    assert list(store.list_keys("")) == before


async def test_a_file_above_the_limit_is_refused_before_all_of_it_was_sent(stub, store):
    before = list(store.list_keys(""))
    rows = b"1,2\n" * (1 << 16)

    async def unending() -> AsyncIterator[data_service_pb2.UploadDatasetRequest]:
        async for message in messages(b"", file_name="big.csv"):
            yield message
        for _ in range(LIMIT // len(rows) + 1):
            yield data_service_pb2.UploadDatasetRequest(chunk=rows)
        # More is to come: only the limit can end this call.
        await asyncio.Event().wait()

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.UploadDataset(unending())
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert f"{LIMIT} bytes (8 MiB)" in caught.value.details()
    assert list(store.list_keys("")) == before


async def test_a_repeated_upload_gets_the_first_result_and_a_taken_id_is_refused(stub):
    dataset_id, request_id = unique(), str(uuid.uuid4())
    first = await stub.UploadDataset(messages(b"a,b\n1,2\n", dataset_id=dataset_id, request_id=request_id))
    again = await stub.UploadDataset(messages(b"a,b\n1,2\n", dataset_id=dataset_id, request_id=request_id))
    assert again == first
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.UploadDataset(messages(b"a,b\n1,2\n", dataset_id=dataset_id))
    assert caught.value.code() is grpc.StatusCode.ALREADY_EXISTS


async def test_how_a_file_was_read_is_said_and_what_is_not_clear_is_asked_for(stub):
    content = b"month;tv;radio\n01/01/2024;1,234;7\n01/02/2024;2,345;8\n"
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.UploadDataset(messages(content))
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    asked = {violation.field: violation for violation in violations(caught.value)}
    assert set(asked) == {"header.reading.decimal_mark", "header.reading.date_order"}
    assert "month-first makes it 2024-01-01 to 2024-01-02" in asked["header.reading.date_order"].description

    options = data_pb2.ReadingOptions(decimal_mark=",", date_order=data_pb2.DATE_ORDER_DAY_FIRST)
    dataset = await stub.UploadDataset(messages(content, reading=options))
    assert dataset.reading == data_pb2.Reading(
        delimiter=";",
        encoding="utf-8",
        decimal_mark=",",
        dates=[data_pb2.DateColumn(column="month", format="DD/MM/YYYY")],
        layout=data_pb2.LAYOUT_WIDE,
    )
    profile = await stub.ProfileDataset(data_service_pb2.ProfileDatasetRequest(name=dataset.name))
    month, tv, _ = profile.columns
    assert (month.date.last, month.date.typical_step_days) == ("2024-02-01", 31)
    assert tv.number.maximum == 2.345


@pytest.mark.parametrize(
    ("reading", "field"),
    [
        ({"delimiter": "x"}, "delimiter"),
        ({"decimal_mark": ";"}, "decimal_mark"),
        ({"encoding": "base64"}, "encoding"),
        ({"layout": data_pb2.LAYOUT_LONG, "value_column": "b"}, "variable_column"),
    ],
)
async def test_a_reading_that_cannot_be_meant_is_refused(stub, reading, field):
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.UploadDataset(messages(b"a,b\n1,2\n", reading=data_pb2.ReadingOptions(**reading)))
    assert [violation.field for violation in violations(caught.value)] == [f"header.reading.{field}"]


async def test_versions_stay_readable_and_are_listed(stub):
    dataset_id = unique()
    first = await stub.UploadDataset(messages(b"a,b\n1,2\n", dataset_id=dataset_id))
    second = await stub.UploadDataset(messages(b"a,b\n1,3\n", dataset_id=dataset_id, new_version=True))
    assert (first.version, second.version) == (1, 2)
    listed = await stub.ListDatasetVersions(
        data_service_pb2.ListDatasetVersionsRequest(parent=first.name, page_size=1)
    )
    assert [version.name for version in listed.versions] == [f"{first.name}/versions/2"]
    listed = await stub.ListDatasetVersions(
        data_service_pb2.ListDatasetVersionsRequest(parent=first.name, page_token=listed.next_page_token)
    )
    assert [version.name for version in listed.versions] == [f"{first.name}/versions/1"]
    for name, cell in [(first.name, "3"), (f"{first.name}/versions/1", "2")]:
        preview = await stub.PreviewDataset(data_service_pb2.PreviewDatasetRequest(name=name))
        assert preview.rows[0].cells[1] == cell


async def test_the_same_bytes_are_stored_once(stub, store):
    content = f"a,{unique()}\n1,2\n".encode()
    first = await stub.UploadDataset(messages(content))
    keys = list(store.list_keys(""))
    assert await stub.UploadDataset(messages(content)) == first
    assert list(store.list_keys("")) == keys


async def test_a_dataset_in_use_is_not_deleted(stub, store):
    dataset = await stub.UploadDataset(messages(b"a,b\n1,2\n", dataset_id=unique()))
    model = f"clients/acme/models/{unique()}"
    store.create_record(f"{model}/model.json", {"name": model, "dataset": dataset.name})
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.DeleteDataset(data_service_pb2.DeleteDatasetRequest(name=dataset.name))
    assert caught.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    (violation,) = detail(caught.value, error_details_pb2.PreconditionFailure()).violations
    assert (violation.type, violation.subject) == ("DATASET_IN_USE", model)
    store.delete(f"{model}/model.json")
    await stub.DeleteDataset(data_service_pb2.DeleteDatasetRequest(name=dataset.name))


async def test_an_upload_without_a_header_is_refused(stub):
    async def headless() -> AsyncIterator[data_service_pb2.UploadDatasetRequest]:
        yield data_service_pb2.UploadDatasetRequest(chunk=b"a,b\n1,2\n")

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.UploadDataset(headless())
    assert [violation.field for violation in violations(caught.value)] == ["header"]


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        ("GetDataset", data_service_pb2.GetDatasetRequest(name="clients/rival/datasets/x")),
        ("ListDatasets", data_service_pb2.ListDatasetsRequest(parent="clients/rival")),
        ("DeleteDataset", data_service_pb2.DeleteDatasetRequest(name="clients/rival/datasets/x")),
        ("GetDataset", data_service_pb2.GetDatasetRequest(name="clients/rival/datasets/x/versions/1")),
        (
            "ListDatasetVersions",
            data_service_pb2.ListDatasetVersionsRequest(parent="clients/rival/datasets/x"),
        ),
        ("PreviewDataset", data_service_pb2.PreviewDatasetRequest(name="clients/rival/datasets/x")),
        ("ProfileDataset", data_service_pb2.ProfileDatasetRequest(name="clients/rival/datasets/x")),
        ("ValidateDataset", data_service_pb2.ValidateDatasetRequest(name="clients/rival/datasets/x")),
        ("SuggestConfig", data_service_pb2.SuggestConfigRequest(name="clients/rival/datasets/x")),
        ("DescribeDataset", data_service_pb2.DescribeDatasetRequest(name="clients/rival/datasets/x")),
    ],
)
async def test_other_workspaces_are_closed(stub, method, request_):
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await getattr(stub, method)(request_)
    assert caught.value.code() is grpc.StatusCode.PERMISSION_DENIED


async def test_uploads_into_other_workspaces_are_refused(stub):
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.UploadDataset(messages(b"a,b\n1,2\n", parent="clients/rival"))
    assert caught.value.code() is grpc.StatusCode.PERMISSION_DENIED
