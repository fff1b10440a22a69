"""A fit that was accepted comes to its end, whichever process dies meanwhile."""

import signal

import pytest

from mmm.fitting.v1.fitting_pb2 import (
    FIT_STATE_CANCELLED,
    FIT_STATE_FAILED,
    FIT_STATE_QUEUED,
    FIT_STATE_SUCCEEDED,
)
from mmm_core.fitted import COMPONENTS_FILE, FIT_DATA_FILE, LOO_FILE, POSTERIOR_FILE, SPEC_FILE
from mmm_fitting.settings import FittingSettings
from mmm_local.leftovers import wait_for_end
from tests.running_fits import (
    Stage,
    eventually,
    follow_to_end,
    follow_until,
    kill,
    make_model,
    service_pid,
    workers,
)

# The first fit compiles everything; on a busy machine that takes minutes.
pytestmark = pytest.mark.timeout(900)

END_SECONDS = 60.0
FILES = {POSTERIOR_FILE, COMPONENTS_FILE, FIT_DATA_FILE, SPEC_FILE, LOO_FILE}


@pytest.fixture(scope="module")
def model(local_stack, tmp_path_factory):
    with local_stack.client() as client:
        return make_model(client, tmp_path_factory.mktemp("data"))


def assert_whole(client, fit, folder):
    """The fit succeeded, and every file it names can be had as it was recorded."""
    assert fit.state == FIT_STATE_SUCCEEDED, fit.error
    assert {artifact.artifact_id for artifact in fit.result.artifacts} == FILES
    for artifact_id in FILES:
        client.download_artifact(fit.name, artifact_id, folder / artifact_id)
    assert client.get_fit(fit.name) == fit
    assert fit.name in {listed.name for listed in client.list_fits()}


def test_a_killed_worker_is_replaced(local_stack, client, model, tmp_path):
    fit = client.start_fit(model.name)
    assert fit.state == FIT_STATE_QUEUED
    follow_until(client, fit.name, Stage("SAMPLING"))
    (worker,) = workers(local_stack, fit.name)

    worker.kill()

    fit = follow_to_end(client, fit.name)[-1]
    assert fit.attempt == 2
    assert_whole(client, fit, tmp_path)


def test_a_worker_outlives_service_gateway_and_object_store(local_stack, client, model, tmp_path):
    fit = client.start_fit(model.name)
    follow_until(client, fit.name, Stage("SAMPLING"))
    (worker,) = workers(local_stack, fit.name)

    for victim in ("fitting", "gateway", "object-store"):
        kill(service_pid(local_stack, victim))

    snapshots = follow_to_end(client, fit.name)
    revisions = [snapshot.revision for snapshot in snapshots]
    assert revisions == sorted(set(revisions)), "snapshots never go back"
    assert snapshots[-1].attempt == 1, "the worker was adopted"
    assert_whole(client, snapshots[-1], tmp_path)
    assert wait_for_end([worker], END_SECONDS) == []


def test_an_accepted_fit_is_found_again_and_can_be_cancelled(local_stack, client, model):
    fit = client.start_fit(model.name)
    for victim in ("fitting", "object-store"):
        kill(service_pid(local_stack, victim))

    follow_until(client, fit.name, Stage("SAMPLING"))
    assert client.cancel_fit(fit.name).cancel_requested

    assert follow_to_end(client, fit.name)[-1].state == FIT_STATE_CANCELLED
    assert workers(local_stack, fit.name) == []


def test_a_fit_goes_on_after_a_restart_that_ended_its_worker(local_stack, client, model, tmp_path):
    fit = client.start_fit(model.name)
    follow_until(client, fit.name, Stage("COMPILING"))
    (worker,) = workers(local_stack, fit.name)

    kill(service_pid(local_stack, "fitting"), signal.SIGTERM)

    assert wait_for_end([worker], END_SECONDS) == []
    fit = follow_to_end(client, fit.name)[-1]
    assert fit.attempt == 2
    assert_whole(client, fit, tmp_path)


def test_a_fit_whose_workers_keep_dying_is_given_up(local_stack, client, model):
    fit = client.start_fit(model.name)
    for attempt in range(1, FittingSettings().max_worker_deaths + 1):
        follow_until(client, fit.name, lambda seen, wanted=attempt: seen.attempt == wanted)
        eventually(lambda: workers(local_stack, fit.name)[0])().kill()

    fit = follow_to_end(client, fit.name)[-1]
    assert (fit.state, fit.error.reason) == (FIT_STATE_FAILED, "WORKER_DIED")
