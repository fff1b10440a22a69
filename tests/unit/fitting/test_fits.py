"""Models and fits as their users meet them."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mmm_core.errors import (
    AlreadyExists,
    Conflict,
    FailedPrecondition,
    InvalidInput,
    NotFound,
    Unavailable,
)
from mmm_core.names import ANY_ID, DatasetName, FitName, ModelName
from mmm_core.records import (
    ACTIVE_FITS_PREFIX,
    FitState,
    Outcome,
    RunRecord,
    active_fit_name,
    dataset_key,
    fit_artifact_key,
    now,
    run_key,
)
from mmm_fitting.fits import FitDraft
from mmm_fitting.models import ModelDraft
from mmm_fitting.records import change_fit, dump
from mmm_store.memory import MemoryStore
from mmm_store.store import Record
from tests.simulation import simulate
from tests.stored_datasets import store_dataset
from tests.unit.fitting.conftest import ACME, DATASET, MODEL, Workspace, make_workspace


def end(workspace: Workspace, name: FitName) -> None:
    """Let a fit end with nothing."""
    outcome = Outcome(state=FitState.CANCELLED, end_time=now())
    change_fit(workspace.store, name, lambda record: record.model_copy(update={"outcome": outcome}))


def unfinished(store: MemoryStore) -> set[FitName]:
    return {active_fit_name(key) for key in store.list_keys(ACTIVE_FITS_PREFIX)}


def test_an_accepted_fit_waits_and_keeps_what_it_was_made_from(workspace):
    view = workspace.fits.create(MODEL, "one", FitDraft(), "")
    assert view.state is FitState.QUEUED
    assert (view.record.display_name, view.record.dataset) == ("First", f"{DATASET}/versions/1")

    other = simulate(weeks=60, trend={"kind": "none"}).config
    workspace.models.update(MODEL, ModelDraft("Renamed", str(DATASET), other), "")
    assert workspace.fits.get(FitName("acme", "first", "one")).record == view.record
    assert unfinished(workspace.store) == {FitName("acme", "first", "one")}


def test_data_that_cannot_be_fitted_are_refused_with_every_problem(workspace, tmp_path):
    table = simulate(weeks=60).table.drop(columns="price")
    table.loc[3, "tv_spend"] = -1
    store_dataset(workspace.store, DatasetName("acme", "bad"), table, tmp_path)
    draft = ModelDraft("", "clients/acme/datasets/bad", workspace.draft.config)
    workspace.models.create(ACME, "bad", draft, "")
    before = list(workspace.store.list_keys(""))

    with pytest.raises(InvalidInput) as caught:
        workspace.fits.create(ModelName("acme", "bad"), "one", FitDraft(), "")

    assert {violation.code for violation in caught.value.violations} == {"MISSING_COLUMN", "NEGATIVE_VALUES"}
    assert list(workspace.store.list_keys("")) == before, "nothing is half-stored"


@pytest.fixture
def doubtful(workspace, tmp_path) -> ModelName:
    """A model of data that raise three warnings of two codes, and an info."""
    table = simulate(weeks=60).table
    table.loc[[3, 9], "sales"] = 0.0
    table.loc[5, "sales"] = -1.0
    table.loc[table["video_spend"] > 0, "mails"] = table["video_impressions"]
    store_dataset(workspace.store, DatasetName("acme", "doubtful"), table, tmp_path)
    draft = ModelDraft("", "clients/acme/datasets/doubtful", workspace.draft.config)
    workspace.models.create(ACME, "doubtful", draft, "")
    return ModelName("acme", "doubtful")


def test_warnings_about_the_data_must_be_acknowledged(workspace, doubtful):
    before = list(workspace.store.list_keys(""))

    with pytest.raises(FailedPrecondition) as caught:
        workspace.fits.create(doubtful, "one", FitDraft(acknowledged=("NEGATIVE_KPI",)), "")

    assert caught.value.reason == "UNACKNOWLEDGED_WARNINGS"
    codes = [violation.code for violation in caught.value.violations]
    assert "NEGATIVE_KPI" not in codes
    assert {"ZERO_KPI", "HIGH_CORRELATION"} <= set(codes)
    assert all(code in caught.value.message for code in codes)
    assert list(workspace.store.list_keys("")) == before, "nothing is half-stored"


def test_acknowledged_warnings_stay_with_the_fit(workspace, doubtful):
    with pytest.raises(FailedPrecondition) as caught:
        workspace.fits.create(doubtful, "one", FitDraft(), "")
    codes = {violation.code for violation in caught.value.violations}

    view = workspace.fits.create(doubtful, "one", FitDraft(acknowledged=(*codes, "SINGLE_LABEL")), "")

    stored = workspace.fits.get(FitName("acme", "doubtful", "one")).record.acknowledged_warnings
    assert stored == view.record.acknowledged_warnings
    assert {finding.code for finding in stored} == codes
    assert all(finding.why for finding in stored)


@pytest.mark.parametrize("code", ["*", "ZERO_KPIS", "zero_kpi", ""])
def test_an_acknowledged_code_that_is_none_is_refused(workspace, doubtful, code):
    with pytest.raises(InvalidInput) as caught:
        workspace.fits.create(doubtful, "one", FitDraft(acknowledged=("NEGATIVE_KPI", code)), "")
    (violation,) = caught.value.violations
    assert violation.field == "acknowledged_warnings[1]"
    if "kpi" in code.lower():
        assert "ZERO_KPI" in violation.fix


def test_errors_cannot_be_acknowledged(workspace, tmp_path):
    table = simulate(weeks=60).table.assign(tv_spend=0.0)
    store_dataset(workspace.store, DatasetName("acme", "idle"), table, tmp_path)
    draft = ModelDraft("", "clients/acme/datasets/idle", workspace.draft.config)
    workspace.models.create(ACME, "idle", draft, "")
    with pytest.raises(InvalidInput, match="cannot be fitted"):
        workspace.fits.create(ModelName("acme", "idle"), "one", FitDraft(acknowledged=("ALL_ZERO",)), "")


def test_a_fit_needs_its_model_and_its_dataset(workspace):
    with pytest.raises(NotFound, match="model"):
        workspace.fits.create(ModelName("acme", "other"), "one", FitDraft(), "")
    workspace.store.delete(dataset_key(DATASET))
    with pytest.raises(NotFound, match="dataset"):
        workspace.fits.create(MODEL, "one", FitDraft(), "")


def test_a_repeated_request_gets_the_first_fit(workspace):
    request = str(uuid.uuid4())
    first = workspace.fits.create(MODEL, "", FitDraft(), request)
    workspace.store.delete(dataset_key(DATASET))
    assert workspace.fits.create(MODEL, "", FitDraft(), request).record == first.record
    assert len(workspace.fits.list(MODEL, "", 10)[0]) == 1


def test_a_taken_id_is_refused(workspace):
    workspace.fits.create(MODEL, "one", FitDraft(), str(uuid.uuid4()))
    with pytest.raises(AlreadyExists):
        workspace.fits.create(MODEL, "one", FitDraft(), str(uuid.uuid4()))
    with pytest.raises(AlreadyExists):
        workspace.fits.create(MODEL, "one", FitDraft(), "")


class LosesFits(MemoryStore):
    """A store that goes away when a fit is to be written."""

    def create_record(self, key: str, value: Mapping[str, Any]) -> Record:
        if key.endswith("/fit.json"):
            raise Unavailable("The object storage does not answer.")
        return super().create_record(key, value)


def test_a_fit_that_was_not_stored_is_not_there(tmp_path):
    workspace = make_workspace(LosesFits(), tmp_path)
    with pytest.raises(Unavailable):
        workspace.fits.create(MODEL, "one", FitDraft(), "")
    with pytest.raises(NotFound):
        workspace.fits.get(FitName("acme", "first", "one"))
    assert workspace.fits.list(MODEL, "", 10) == ([], "")


def test_lists_go_page_by_page_through_one_model_or_all(workspace):
    workspace.models.create(ACME, "first-b", workspace.draft, "")
    second = ModelName("acme", "first-b")
    for parent, fit_id in [(MODEL, "one"), (MODEL, "one-b"), (second, "two"), (MODEL, "three")]:
        workspace.fits.create(parent, fit_id, FitDraft(), "")

    def pages(parent: ModelName) -> list[str]:
        names, token = [], ""
        while True:
            fits, token = workspace.fits.list(parent, token, 1)
            names += [fit.record.name for fit in fits]
            if not token:
                return names

    first_names = {f"{MODEL}/fits/{fit_id}" for fit_id in ("one", "one-b", "three")}
    assert sorted(pages(MODEL)) == sorted(first_names)
    assert sorted(pages(ModelName("acme", ANY_ID))) == sorted(first_names | {f"{second}/fits/two"})
    assert pages(ModelName("rival", ANY_ID)) == []
    models, token = workspace.models.list(ACME, "", 1)
    models += workspace.models.list(ACME, token, 1)[0]
    assert {model.record.name for model in models} == {str(MODEL), str(second)}


def test_cancelling_is_remembered_once_and_leaves_ended_fits_alone(workspace):
    name = FitName.parse(workspace.fits.create(MODEL, "one", FitDraft(), "").record.name)
    once = workspace.fits.cancel(name)
    assert once.record.cancel_requested
    assert workspace.fits.cancel(name).revision == once.revision
    other = FitName.parse(workspace.fits.create(MODEL, "two", FitDraft(), "").record.name)
    end(workspace, other)
    assert not workspace.fits.cancel(other).record.cancel_requested
    with pytest.raises(NotFound):
        workspace.fits.cancel(FitName("acme", "first", "none"))


def test_only_ended_fits_and_empty_models_can_be_deleted(workspace):
    name = FitName.parse(workspace.fits.create(MODEL, "one", FitDraft(), "").record.name)
    with pytest.raises(FailedPrecondition, match="Cancel it first"):
        workspace.fits.delete(name)
    end(workspace, name)
    with pytest.raises(FailedPrecondition, match="has fits"):
        workspace.models.delete(MODEL, "")
    workspace.fits.delete(name)
    with pytest.raises(NotFound):
        workspace.fits.get(name)
    workspace.models.delete(MODEL, "")
    with pytest.raises(NotFound):
        workspace.models.get(MODEL)


def test_a_fit_inherits_nothing_from_a_deleted_one_of_its_name(workspace, tmp_path):
    name = FitName("acme", "first", "one")
    file = Path(tmp_path / "posterior.nc")
    file.write_bytes(b"old")
    workspace.store.put_artifact(fit_artifact_key(name, 1, file.name), file)
    moment = now()
    outcome = Outcome(state=FitState.SUCCEEDED, end_time=moment)
    old = RunRecord(attempt=1, start_time=moment, update_time=moment, revision=3, outcome=outcome)
    workspace.store.create_record(run_key(name, 1), dump(old))

    workspace.fits.create(MODEL, "one", FitDraft(), "")

    change_fit(workspace.store, name, lambda record: record.model_copy(update={"attempt": 1}))
    assert workspace.fits.get(name).state is FitState.RUNNING
    assert not list(workspace.store.list_keys(f"{name}/attempts/"))


def test_files_of_a_fit_without_a_result_are_not_found(workspace):
    name = FitName.parse(workspace.fits.create(MODEL, "one", FitDraft(), "").record.name)
    with pytest.raises(NotFound, match="artifact"):
        workspace.fits.download(name, "posterior.nc")


def test_a_model_changes_only_from_the_state_that_was_read(workspace):
    read = workspace.models.get(MODEL)
    changed = workspace.models.update(
        MODEL, ModelDraft("New", str(DATASET), workspace.draft.config), read.etag
    )
    assert (changed.record.display_name, workspace.models.get(MODEL)) == ("New", changed)
    with pytest.raises(Conflict):
        workspace.models.update(MODEL, workspace.draft, read.etag)
    with pytest.raises(Conflict):
        workspace.models.delete(MODEL, read.etag)
    assert workspace.models.get(MODEL) == changed


def test_a_model_needs_a_dataset_of_its_own_workspace(workspace):
    config = workspace.draft.config
    with pytest.raises(InvalidInput, match="another workspace"):
        workspace.models.create(ACME, "m", ModelDraft("", "clients/rival/datasets/sales", config), "")
    with pytest.raises(NotFound):
        workspace.models.create(ACME, "m", ModelDraft("", "clients/acme/datasets/none", config), "")


def test_a_repeated_request_gets_the_first_model(workspace):
    request = str(uuid.uuid4())
    first = workspace.models.create(ACME, "", workspace.draft, request)
    assert workspace.models.create(ACME, "", workspace.draft, request) == first
    with pytest.raises(AlreadyExists):
        workspace.models.create(ACME, first.record.name.rpartition("/")[2], workspace.draft, "")
