import grpc
import pytest

from mmm.data.v1.data_pb2 import Dataset
from mmm.data.v1.data_service_pb2 import ListDatasetsResponse
from mmm.data.v1.data_service_pb2_grpc import DataServiceServicer
from mmm_client.channel import Endpoint


@pytest.mark.parametrize(
    ("address", "target", "encrypted"),
    [
        ("127.0.0.1:7400", "127.0.0.1:7400", False),
        ("localhost:7400", "localhost:7400", False),
        ("[::1]:7400", "[::1]:7400", False),
        ("mmm.example.com:443", "mmm.example.com:443", True),
        ("10.0.0.5:7400", "10.0.0.5:7400", True),
        ("http://gateway:7400", "gateway:7400", False),
        ("https://127.0.0.1:7400/", "127.0.0.1:7400", True),
    ],
)
def test_plain_text_needs_loopback_or_an_explicit_wish(address, target, encrypted):
    assert Endpoint.parse(address) == Endpoint(target, encrypted)


@pytest.mark.parametrize(
    "address", ["", "gateway", "gateway:", "gateway:http", "ftp://x:1", "https://x:1/path"]
)
def test_an_address_that_makes_no_sense_is_refused(address):
    with pytest.raises(ValueError, match="host:port"):
        Endpoint.parse(address)


class _Paged(DataServiceServicer):
    """Two pages of datasets; fails the first call of each page."""

    def __init__(self) -> None:
        self.metadata: list[dict[str, str]] = []

    def ListDatasets(self, request, context):
        self.metadata.append(dict(context.invocation_metadata()))
        if len(self.metadata) % 2:
            context.abort(grpc.StatusCode.UNAVAILABLE, "Restarting.")
        if request.page_token == "":
            page = [Dataset(name="a"), Dataset(name="b")]
            return ListDatasetsResponse(datasets=page, next_page_token="2")  # noqa: S106
        return ListDatasetsResponse(datasets=[Dataset(name="c")])


def test_lists_run_through_all_pages_and_outlast_a_restart(connect_to):
    server = _Paged()
    assert [dataset.name for dataset in connect_to(data=server).list_datasets()] == ["a", "b", "c"]
    assert all(seen["authorization"] == "Bearer a-token-of-the-test" for seen in server.metadata)
