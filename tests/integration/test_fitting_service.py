"""The fitting service over the wire, on the real object store; `tests/faults` lets fits run."""

import uuid
from collections.abc import AsyncIterator, Iterator

import grpc
import grpc.aio
import pytest
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from mmm.common.v1 import model_config_pb2
from mmm.fitting.v1 import fitting_pb2, fitting_service_pb2, fitting_service_pb2_grpc
from mmm_core.config import config_to_proto
from mmm_core.names import DatasetName, FitName
from mmm_core.records import FitError, FitState, Outcome, now
from mmm_fitting.cross_validations import CrossValidations
from mmm_fitting.fits import Fits
from mmm_fitting.launchers.local import worker_environment
from mmm_fitting.models import Models
from mmm_fitting.previews import Previews
from mmm_fitting.records import change_fit
from mmm_fitting.servicer import FittingServicer, UseCases
from mmm_service.permissions import Role
from mmm_service.principal import PRINCIPAL_HEADER, SECRET_HEADER, Principal
from mmm_service.server import Service, running_server
from mmm_service.settings import ServiceSettings
from mmm_store.cache import ArtifactCache
from mmm_store.s3 import S3Store
from tests.object_store import running_object_store
from tests.simulation import simulate
from tests.stored_datasets import store_dataset, upload_table

SECRET = "a secret of the test run"  # noqa: S105
SIMULATION = simulate(weeks=60)
CONFIG = config_to_proto(SIMULATION.config)


class Caller:
    """Calls the service as Ana, an admin of the workspace ``acme``."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._stub = fitting_service_pb2_grpc.FittingServiceStub(channel)
        principal = Principal("ana", {"acme": Role.ADMIN})
        self._metadata = [(SECRET_HEADER, SECRET), (PRINCIPAL_HEADER, principal.to_header())]

    def __call__(self, method: str, **fields: object):
        request = getattr(fitting_service_pb2, f"{method}Request")(**fields)
        return getattr(self._stub, method)(request, metadata=self._metadata, timeout=60)

    async def refused(self, method: str, **fields: object) -> grpc.aio.AioRpcError:
        """The error a call ends with."""
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await _answer(self(method, **fields))
        return caught.value


async def _answer(call):
    """Wait for the answer, or for the last one of a stream."""
    if not hasattr(call, "__aiter__"):
        return await call
    return [message async for message in call][-1]


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Iterator[S3Store]:
    with running_object_store(tmp_path_factory.mktemp("weed")) as (embedded, _):
        store = S3Store(embedded.s3)
        folder = tmp_path_factory.mktemp("tables")
        store_dataset(store, DatasetName("acme", "sales"), SIMULATION.table, folder)
        broken = SIMULATION.table.drop(columns=["price", "rival"])
        store_dataset(store, DatasetName("acme", "broken"), broken, folder)
        doubtful = SIMULATION.table.copy()
        doubtful.loc[doubtful["video_spend"].idxmax(), "video_spend"] = 0.0
        store_dataset(store, DatasetName("acme", "doubtful"), doubtful, folder)
        yield store


@pytest.fixture
async def call(store, tmp_path) -> AsyncIterator[Caller]:
    cache = ArtifactCache(store, tmp_path)
    previews = Previews(store, cache, worker_environment(tmp_path))
    fits = Fits(store, cache)
    cases = UseCases(Models(store), fits, CrossValidations(store, cache, fits), previews)
    servicer = FittingServicer(store, cases, 0.05)
    service = Service(
        fitting_service_pb2.DESCRIPTOR.services_by_name["FittingService"],
        lambda server: fitting_service_pb2_grpc.add_FittingServiceServicer_to_server(servicer, server),
    )
    async with (
        running_server(service, ServiceSettings(gateway_secret=SECRET)) as address,
        grpc.aio.insecure_channel(address) as channel,
    ):
        yield Caller(channel)


def draft(dataset: str = "sales", **fields: object) -> fitting_pb2.Model:
    return fitting_pb2.Model(**{"dataset": f"clients/acme/datasets/{dataset}", "config": CONFIG} | fields)


def new_id() -> str:
    return f"m{uuid.uuid4().hex}"


def end(store: S3Store, name: str, state: FitState, error: FitError | None = None) -> None:
    """Let a fit end."""
    outcome = Outcome(state=state, end_time=now(), error=error)
    change_fit(
        store,
        FitName.parse(name),
        lambda record: record.model_copy(update={"outcome": outcome, "revision": record.revision + 1}),
    )


def violations(error: grpc.aio.AioRpcError) -> set[str]:
    status = rpc_status.from_call(error)
    assert status is not None
    bad = error_details_pb2.BadRequest()
    assert any(detail.Unpack(bad) for detail in status.details)
    return {violation.field for violation in bad.field_violations}


async def test_a_model_through_every_call(call):
    model = await call("CreateModel", parent="clients/acme", model_id=new_id(), model=draft())
    assert model.config == CONFIG
    assert await call("GetModel", name=model.name) == model
    listed = await call("ListModels", parent="clients/acme", page_size=1000)
    assert model in listed.models

    model.display_name = "Renamed"
    updated = await call("UpdateModel", model=model)
    assert updated.display_name == "Renamed"
    assert (await call.refused("UpdateModel", model=model)).code() is grpc.StatusCode.ABORTED

    await call("DeleteModel", name=model.name, etag=updated.etag)
    assert (await call.refused("GetModel", name=model.name)).code() is grpc.StatusCode.NOT_FOUND


async def test_every_problem_of_a_configuration_is_named(call):
    config = model_config_pb2.ModelConfig()
    config.CopyFrom(CONFIG)
    config.channels[0].spend_column = ""
    config.channels[1].roi_prior.low = 9
    config.ClearField("date_column")
    error = await call.refused("CreateModel", parent="clients/acme", model=draft(config=config))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert {field.split(".")[0] for field in violations(error)} == {
        "date_column",
        "channels[0]",
        "channels[1]",
    }


async def test_every_problem_of_the_data_is_named(call):
    model = await call("CreateModel", parent="clients/acme", model_id=new_id(), model=draft("broken"))
    error = await call.refused("CreateFit", parent=model.name)
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert violations(error) == {"competitors[0].column", "controls[0].column"}
    assert list((await call("ListFits", parent=model.name)).fits) == []


async def test_warnings_are_acknowledged_by_their_codes(call):
    model = await call("CreateModel", parent="clients/acme", model_id=new_id(), model=draft("doubtful"))

    error = await call.refused("CreateFit", parent=model.name)

    assert error.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert "acknowledged_warnings" in error.details()
    failed = error_details_pb2.PreconditionFailure()
    assert any(detail.Unpack(failed) for detail in rpc_status.from_call(error).details)
    assert {(v.type, v.subject) for v in failed.violations} == {
        ("EXPOSURE_WITHOUT_SPEND", "channels[1].exposure_column")
    }
    assert "1 period" in failed.violations[0].description

    error = await call.refused("CreateFit", parent=model.name, acknowledged_warnings=["*"])
    assert violations(error) == {"acknowledged_warnings[0]"}
    fit = await call("CreateFit", parent=model.name, acknowledged_warnings=["EXPOSURE_WITHOUT_SPEND"])
    (warning,) = (await call("GetFit", name=fit.name)).acknowledged_warnings
    assert warning.code == "EXPOSURE_WITHOUT_SPEND"
    assert warning.why


async def test_a_watch_follows_a_fit_to_its_end(call, store):
    model = await call("CreateModel", parent="clients/acme", model_id=new_id(), model=draft())
    fit = await call("CreateFit", parent=model.name, fit=fitting_pb2.Fit(display_name="First try"))
    assert (fit.state, fit.display_name) == (fitting_pb2.FIT_STATE_QUEUED, "First try")
    seen = []
    async for snapshot in call("WatchFit", name=fit.name):
        if not seen:
            assert snapshot == fit
            assert (await call("CancelFit", name=fit.name)).cancel_requested
        elif snapshot.state == fitting_pb2.FIT_STATE_QUEUED:
            error = FitError(reason="WORKER_DIED", message="It died.")
            end(store, fit.name, FitState.FAILED, error)
        seen.append(snapshot)
    assert [snapshot.cancel_requested for snapshot in seen] == [False, True, True]
    assert (seen[-1].state, seen[-1].error.reason) == (fitting_pb2.FIT_STATE_FAILED, "WORKER_DIED")
    assert await call("GetFit", name=fit.name) == seen[-1]

    refused = await call.refused("DownloadArtifact", name=fit.name, artifact_id="posterior.nc")
    assert refused.code() is grpc.StatusCode.NOT_FOUND
    assert (await call.refused("DeleteModel", name=model.name)).code() is grpc.StatusCode.FAILED_PRECONDITION
    await call("DeleteFit", name=fit.name)
    await call("DeleteModel", name=model.name)
    assert not list(store.list_keys(f"{model.name}/"))


async def test_pages_of_fits_hold_every_fit_once(call):
    prefix = new_id()
    wanted = set()
    for model_id in (prefix, f"{prefix}-b"):
        model = await call("CreateModel", parent="clients/acme", model_id=model_id, model=draft())
        for fit_id in ("a", "a-b", "b"):
            wanted.add((await call("CreateFit", parent=model.name, fit_id=fit_id)).name)
    names, token = [], ""
    while True:
        page = await call("ListFits", parent="clients/acme/models/-", page_size=1, page_token=token)
        names += [fit.name for fit in page.fits]
        token = page.next_page_token
        if not token:
            break
    ours = [name for name in names if prefix in name]
    assert sorted(ours) == sorted(wanted)


async def test_a_repeated_creation_gets_the_first_result(call):
    request_id = str(uuid.uuid4())
    model = await call("CreateModel", parent="clients/acme", model=draft(), request_id=request_id)
    again = await call("CreateModel", parent="clients/acme", model=draft(), request_id=request_id)
    assert again == model
    fit = await call("CreateFit", parent=model.name, request_id=request_id)
    assert await call("CreateFit", parent=model.name, request_id=request_id) == fit
    taken = await call.refused("CreateFit", parent=model.name, fit_id=fit.name.rpartition("/")[2])
    assert taken.code() is grpc.StatusCode.ALREADY_EXISTS


@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ("CreateModel", {"parent": "clients/rival", "model": draft()}),
        ("GetModel", {"name": "clients/rival/models/m"}),
        ("ListModels", {"parent": "clients/rival"}),
        ("UpdateModel", {"model": draft(name="clients/rival/models/m")}),
        ("DeleteModel", {"name": "clients/rival/models/m"}),
        ("CreateFit", {"parent": "clients/rival/models/m"}),
        ("GetFit", {"name": "clients/rival/models/m/fits/f"}),
        ("ListFits", {"parent": "clients/rival/models/-"}),
        ("WatchFit", {"name": "clients/rival/models/m/fits/f"}),
        ("CancelFit", {"name": "clients/rival/models/m/fits/f"}),
        ("DeleteFit", {"name": "clients/rival/models/m/fits/f"}),
        ("DownloadArtifact", {"name": "clients/rival/models/m/fits/f", "artifact_id": "spec.json"}),
    ],
)
async def test_other_workspaces_are_closed(call, method, fields):
    assert (await call.refused(method, **fields)).code() is grpc.StatusCode.PERMISSION_DENIED


@pytest.mark.parametrize("bad", ["clients/acme/models/../x", "clients/acme/models/A", "m", ""])
async def test_bad_names_are_refused(call, bad):
    for method, field in (("GetModel", "name"), ("CreateFit", "parent")):
        assert (await call.refused(method, **{field: bad})).code() is grpc.StatusCode.INVALID_ARGUMENT
    error = await call.refused("ListFits", parent=bad)
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT


# -- priors ----------------------------------------------------------------------------------------------


async def test_priors_are_previewed_before_any_model_exists(call: Caller) -> None:
    preview = await call(
        "PreviewPriors", dataset="clients/acme/datasets/sales", config=CONFIG, draw_count=200
    )

    returns = {medium.name: medium for medium in preview.media}
    assert list(returns) == ["tv", "video", "newsletter"]
    # The belief of both channels is 0.3, 1.5 and 7.5.
    assert returns["tv"].roi.median == pytest.approx(1.5, rel=0.3)
    assert returns["tv"].roi.lower == pytest.approx(0.3, rel=0.5)
    assert not returns["newsletter"].HasField("roi")
    assert 0 < returns["newsletter"].effect_share.median < 0.05
    assert len(preview.predicted) == len(preview.observed) == len(SIMULATION.table)
    assert preview.predicted[0].lower < preview.observed[0] < preview.predicted[0].upper


async def test_a_preview_names_everything_that_is_wrong(call: Caller) -> None:
    error = await call.refused("PreviewPriors", dataset="clients/acme/datasets/broken", config=CONFIG)
    assert violations(error) == {"competitors[0].column", "controls[0].column"}

    error = await call.refused(
        "PreviewPriors",
        dataset="clients/acme/datasets/sales",
        config=CONFIG,
        draw_count=5,
        interval_probability=2,
    )
    assert violations(error) == {"draw_count", "interval_probability"}


async def test_a_fit_keeps_its_version_of_the_data(call, store, tmp_path):
    name = DatasetName("acme", "growing")
    upload_table(store, name, SIMULATION.table, tmp_path)
    latest = await call("CreateModel", parent="clients/acme", model_id=new_id(), model=draft("growing"))
    first = await call("CreateFit", parent=latest.name)
    assert first.dataset == f"{name}/versions/1"

    upload_table(store, name, SIMULATION.table.drop(columns="price"), tmp_path, new_version=True)

    assert (await call("GetFit", name=first.name)).dataset == f"{name}/versions/1"
    error = await call.refused("CreateFit", parent=latest.name)
    assert violations(error) == {"controls[0].column"}, "the newest version is the one to be fitted"
    for version, code in [(2, grpc.StatusCode.INVALID_ARGUMENT), (3, grpc.StatusCode.NOT_FOUND)]:
        error = await call.refused("PreviewPriors", dataset=f"{name}/versions/{version}", config=CONFIG)
        assert error.code() is code
    pinned = draft("growing/versions/1")
    model = await call("CreateModel", parent="clients/acme", model_id=new_id(), model=pinned)
    assert model.dataset == f"{name}/versions/1"
    second = await call("CreateFit", parent=model.name)
    assert second.dataset == f"{name}/versions/1"
    for fit in (first, second):
        await call("CancelFit", name=fit.name)
