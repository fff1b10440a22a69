"""Cross-validations: folds that are accepted, read and deleted together."""

import uuid
from datetime import date

import pandas as pd
import pytest

from mmm_core.errors import AlreadyExists, FailedPrecondition, InvalidInput, NotFound
from mmm_core.names import CrossValidationName, DatasetName, FitName, ModelName
from mmm_core.records import (
    Convergence,
    FitResult,
    FitState,
    ForecastScore,
    Holdout,
    InSampleFit,
    Outcome,
    now,
)
from mmm_fitting.cross_validations import CrossValidationDraft
from mmm_fitting.models import ModelDraft
from mmm_fitting.records import change_fit
from tests.simulation import simulate
from tests.stored_datasets import store_dataset
from tests.unit.fitting.conftest import ACME, MODEL, Workspace

SHORT = ("FEW_ROWS_PER_PARAMETER", "LESS_THAN_A_YEAR")
THREE = CrossValidationDraft("", 3, 4, SHORT)


def end_fold(workspace: Workspace, name: str, state: FitState, score: ForecastScore | None = None) -> None:
    """Let a fold end as a worker would leave it."""
    result = None
    if score is not None:
        holdout = Holdout(
            start=date(2023, 1, 2), end=date(2023, 1, 23), periods=4, score=score, naive_score=score
        )
        result = FitResult(
            convergence=Convergence(
                max_r_hat=1, min_ess_bulk=1, min_ess_tail=1, divergences=0, chains=1, draws=1
            ),
            in_sample_fit=InSampleFit(r_squared=1, mape=0),
            stage_seconds={},
            sampler="none",
            library_versions={},
            artifacts=(),
            holdout=holdout,
        )
    outcome = Outcome(state=state, end_time=now(), result=result)
    change_fit(
        workspace.store, FitName.parse(name), lambda record: record.model_copy(update={"outcome": outcome})
    )


def test_every_fold_is_a_fit_on_what_came_before_its_window(workspace):
    weeks = simulate(weeks=60).table["week"].dt.date.tolist()

    view = workspace.cross_validations.create(MODEL, "cv", THREE, "")

    assert [(fold.record.holdout.start, fold.record.holdout.end) for fold in view.folds] == [
        (weeks[48], weeks[51]),
        (weeks[52], weeks[55]),
        (weeks[56], weeks[59]),
    ]
    assert {fold.record.cross_validation for fold in view.folds} == {view.record.name}
    assert view.state is FitState.QUEUED
    fits, _ = workspace.fits.list(MODEL, "", 10)
    assert [fit.record.name for fit in fits] == list(view.record.fold_names)


def test_its_score_is_the_average_over_what_has_succeeded(workspace):
    view = workspace.cross_validations.create(MODEL, "cv", THREE, "")
    name = CrossValidationName.parse(view.record.name)
    first, second, third = view.record.fold_names
    end_fold(workspace, first, FitState.SUCCEEDED, ForecastScore(coverage=1.0, mape=0.1, crps=30))
    end_fold(workspace, second, FitState.SUCCEEDED, ForecastScore(coverage=0.5, mape=0.3, crps=10))

    half = workspace.cross_validations.get(name)
    assert half.state is FitState.QUEUED
    assert half.score == ForecastScore(coverage=0.75, mape=0.2, crps=20)

    end_fold(workspace, third, FitState.FAILED)
    assert workspace.cross_validations.get(name).state is FitState.FAILED


def test_a_repeated_request_gets_the_first_ones_result(workspace):
    request = str(uuid.uuid4())
    first = workspace.cross_validations.create(MODEL, "", THREE, request)

    assert workspace.cross_validations.create(MODEL, "", THREE, request).record == first.record
    taken = CrossValidationName.parse(first.record.name).cross_validation
    with pytest.raises(AlreadyExists):
        workspace.cross_validations.create(MODEL, taken, THREE, str(uuid.uuid4()))


def test_a_request_that_died_half_way_is_completed_by_its_repetition(workspace):
    request = str(uuid.uuid4())
    first = workspace.cross_validations.create(MODEL, "", THREE, request)
    # What a death before the record and the last fold leaves.
    workspace.store.delete(f"{first.record.name}/cross-validation.json")
    workspace.store.delete(f"{first.record.fold_names[-1]}/fit.json")

    again = workspace.cross_validations.create(MODEL, "", THREE, request)

    assert again.record.fold_names == first.record.fold_names
    assert [fold.record.create_time for fold in again.folds[:2]] == [
        fold.record.create_time for fold in first.folds[:2]
    ]
    assert len(again.folds) == 3


def test_no_fold_is_accepted_when_one_of_them_cannot_be_fitted(workspace, tmp_path):
    table = simulate(weeks=60).table
    table.loc[:49, "video_impressions"] = 0.0
    table.loc[:49, "video_spend"] = 0.0
    dataset = DatasetName("acme", "late")
    store_dataset(workspace.store, dataset, table, tmp_path)
    workspace.models.create(ACME, "late", ModelDraft("", str(dataset), workspace.draft.config), "")

    with pytest.raises(InvalidInput) as raised:
        workspace.cross_validations.create(ModelName("acme", "late"), "cv", THREE, "")
    assert {problem.field for problem in raised.value.violations} == {"video_impressions", "video_spend"}
    assert workspace.fits.list(ModelName("acme", "late"), "", 10) == ([], "")


def test_it_is_deleted_with_its_folds_once_they_have_ended(workspace):
    view = workspace.cross_validations.create(MODEL, "cv", THREE, "")
    name = CrossValidationName.parse(view.record.name)

    with pytest.raises(FailedPrecondition) as raised:
        workspace.cross_validations.delete(name)
    assert [problem.value for problem in raised.value.violations] == list(view.record.fold_names)

    for fold in view.record.fold_names:
        end_fold(workspace, fold, FitState.CANCELLED)
    workspace.cross_validations.delete(name)
    assert workspace.fits.list(MODEL, "", 10) == ([], "")
    with pytest.raises(NotFound):
        workspace.cross_validations.get(name)


def test_a_model_stays_while_it_has_a_cross_validation_even_one_without_fits(workspace):
    view = workspace.cross_validations.create(MODEL, "cv", THREE, "")
    for fold in view.record.fold_names:
        end_fold(workspace, fold, FitState.CANCELLED)
        workspace.fits.delete(FitName.parse(fold))

    with pytest.raises(FailedPrecondition, match="cross-validation"):
        workspace.models.delete(MODEL, "")
    workspace.cross_validations.delete(CrossValidationName.parse(view.record.name))
    workspace.models.delete(MODEL, "")


def test_a_page_of_them_is_listed_by_name(workspace):
    for name in ("b", "a", "c"):
        workspace.cross_validations.create(MODEL, name, CrossValidationDraft("", 2, 1, SHORT), "")

    page, token = workspace.cross_validations.list(MODEL, "", 2)
    rest, end = workspace.cross_validations.list(MODEL, token, 2)
    found = [view.record.name.rsplit("/", 1)[1] for view in [*page, *rest]]
    assert (found, end) == (["a", "b", "c"], "")


def test_dates_that_cannot_be_read_are_named(workspace, tmp_path):
    table = pd.DataFrame({"week": ["soon"] * 60}).join(simulate(weeks=60).table.drop(columns="week"))
    dataset = DatasetName("acme", "undated")
    store_dataset(workspace.store, dataset, table, tmp_path)
    workspace.models.create(ACME, "undated", ModelDraft("", str(dataset), workspace.draft.config), "")

    with pytest.raises(InvalidInput, match="week"):
        workspace.cross_validations.create(ModelName("acme", "undated"), "cv", THREE, "")
