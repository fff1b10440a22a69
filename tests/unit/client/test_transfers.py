import hashlib

import grpc
import pytest

from mmm.data.v1.data_pb2 import Dataset
from mmm.data.v1.data_service_pb2_grpc import DataServiceServicer
from mmm.fitting.v1.fitting_pb2 import FIT_STATE_RUNNING, FIT_STATE_SUCCEEDED, Artifact, Fit, FitResult
from mmm.fitting.v1.fitting_service_pb2 import DownloadArtifactResponse
from mmm.fitting.v1.fitting_service_pb2_grpc import FittingServiceServicer
from mmm_client.errors import InvalidRequest, NotFound
from mmm_client.fits import CorruptDownload

FIT = "clients/default/models/m/fits/f"
CONTENT = bytes(range(256)) * 10_000


class _Uploads(DataServiceServicer):
    """Takes uploads; the first one is interrupted half-way."""

    def __init__(self, *, interrupt: bool) -> None:
        self._interrupt = interrupt
        self.headers = []
        self.chunk_sizes: list[int] = []
        self.received = b""

    def UploadDataset(self, request_iterator, context):
        self.headers.append(next(request_iterator).header)
        self.received = b""
        for message in request_iterator:
            self.chunk_sizes.append(len(message.chunk))
            self.received += message.chunk
            if self._interrupt:
                self._interrupt = False
                context.abort(grpc.StatusCode.UNAVAILABLE, "Restarting.")
        return Dataset(name="clients/default/datasets/d", source_bytes=len(self.received))


def test_an_upload_arrives_whole_in_small_chunks(connect_to, tmp_path):
    file = tmp_path / "weekly.csv"
    file.write_bytes(CONTENT)
    server, moved = _Uploads(interrupt=False), []
    connect_to(data=server).upload(file, on_progress=lambda sent, total: moved.append((sent, total)))
    assert server.received == CONTENT
    assert max(server.chunk_sizes) <= 1 << 20
    header = server.headers[0]
    assert (header.parent, header.file_name) == ("clients/default", "weekly.csv")
    assert header.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert moved[-1] == (len(CONTENT), len(CONTENT))


def test_an_interrupted_upload_is_repeated_under_the_same_request_id(connect_to, tmp_path):
    file = tmp_path / "weekly.csv"
    file.write_bytes(CONTENT)
    server = _Uploads(interrupt=True)
    assert connect_to(data=server).upload(file).source_bytes == len(CONTENT)
    first, second = server.headers
    assert first.request_id == second.request_id != ""


def test_two_uploads_are_two_requests(connect_to, tmp_path):
    file = tmp_path / "weekly.csv"
    file.write_bytes(b"a,b\n1,2\n")
    server = _Uploads(interrupt=False)
    client = connect_to(data=server)
    client.upload(file)
    client.upload(file)
    assert server.headers[0].request_id != server.headers[1].request_id


def test_a_refused_upload_is_not_repeated(connect_to, tmp_path):
    class Refusing(DataServiceServicer):
        calls = 0

        def UploadDataset(self, request_iterator, context):
            Refusing.calls += 1
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "This is a picture.")

    file = tmp_path / "weekly.csv"
    file.write_bytes(CONTENT)
    with pytest.raises(InvalidRequest, match="picture"):
        connect_to(data=Refusing()).upload(file)
    assert Refusing.calls == 1


class _Watched(FittingServiceServicer):
    """A watch that breaks off after every part of a script; the last part ends with a final state."""

    def __init__(self, *parts: list[int], broken: grpc.StatusCode | None) -> None:
        self._parts = list(parts)
        self._broken = broken

    def WatchFit(self, request, context):
        part = self._parts.pop(0)
        for revision in part:
            state = FIT_STATE_RUNNING if self._parts or revision != part[-1] else FIT_STATE_SUCCEEDED
            yield Fit(name=request.name, revision=revision, state=state)
        if self._parts and self._broken is not None:
            context.abort(self._broken, "Restarting.")


@pytest.mark.parametrize(
    "broken", [grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, None], ids=str
)
def test_a_watch_goes_on_after_an_interruption_and_never_back(connect_to, broken):
    server = _Watched([1, 2, 3], [3, 2, 4], [4, 7], broken=broken)
    snapshots = list(connect_to(fitting=server).watch_fit(FIT))
    assert [fit.revision for fit in snapshots] == [1, 2, 3, 4, 7]
    assert snapshots[-1].state == FIT_STATE_SUCCEEDED


@pytest.mark.parametrize("broken", [grpc.StatusCode.UNAVAILABLE, None], ids=str)
def test_a_watch_outlasts_a_server_that_is_not_ready(connect_to, broken):
    server = _Watched([], [1, 2], broken=broken)
    assert [fit.revision for fit in connect_to(fitting=server).watch_fit(FIT)] == [1, 2]


def test_a_watch_of_nothing_ends_at_once(connect_to):
    class Empty(FittingServiceServicer):
        def WatchFit(self, request, context):
            context.abort(grpc.StatusCode.NOT_FOUND, "No such fit.")

    with pytest.raises(NotFound):
        list(connect_to(fitting=Empty()).watch_fit(FIT))


class _Downloads(FittingServiceServicer):
    """Streams a file; the first stream may break half-way."""

    def __init__(self, *, recorded_sha256: str, interrupt: bool = False) -> None:
        self._sha256 = recorded_sha256
        self._interrupt = interrupt

    def GetFit(self, request, context):
        artifact = Artifact(artifact_id="posterior.nc", sha256=self._sha256)
        return Fit(name=request.name, result=FitResult(artifacts=[artifact]))

    def DownloadArtifact(self, request, context):
        yield DownloadArtifactResponse(chunk=CONTENT[:1000])
        if self._interrupt:
            self._interrupt = False
            context.abort(grpc.StatusCode.UNAVAILABLE, "Restarting.")
        yield DownloadArtifactResponse(chunk=CONTENT[1000:])


def test_a_download_outlasts_an_interruption(connect_to, tmp_path):
    server = _Downloads(recorded_sha256=hashlib.sha256(CONTENT).hexdigest(), interrupt=True)
    path = connect_to(fitting=server).download_artifact(FIT, "posterior.nc", tmp_path / "posterior.nc")
    assert path.read_bytes() == CONTENT


def test_a_damaged_download_leaves_no_file(connect_to, tmp_path):
    server = _Downloads(recorded_sha256="0" * 64)
    with pytest.raises(CorruptDownload):
        connect_to(fitting=server).download_artifact(FIT, "posterior.nc", tmp_path / "posterior.nc")
    assert list(tmp_path.iterdir()) == []
