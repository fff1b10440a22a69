"""What a fit shows, from what its two records say."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from mmm_core.names import FitName
from mmm_core.records import (
    ArtifactRecord,
    ChainProgress,
    Convergence,
    FitError,
    FitRecord,
    FitResult,
    FitStage,
    FitState,
    InSampleFit,
    Outcome,
    RunRecord,
    fit_key,
    run_key,
)
from mmm_fitting.domain import FitView, revised
from mmm_fitting.records import dump, read_run, read_view
from mmm_store.memory import MemoryStore
from tests.simulation import simulation_config

NAME = FitName("acme", "first", "one")
NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
FAILED = Outcome(state=FitState.FAILED, end_time=NOON, error=FitError(reason="FIT_FAILED", message="It did."))


def record(**changes: object) -> FitRecord:
    return FitRecord(
        name=str(NAME),
        display_name="One",
        dataset="clients/acme/datasets/sales",
        table=ArtifactRecord(artifact_id="data.parquet", key="k", size_bytes=1, sha256="0"),
        config=simulation_config(),
        create_time=NOON,
    ).model_copy(update=changes)


def run(attempt: int = 1, revision: int = 1, **changes: object) -> RunRecord:
    later = NOON + timedelta(seconds=revision)
    return RunRecord(attempt=attempt, start_time=NOON, update_time=later, revision=revision, **changes)


@pytest.mark.parametrize(
    ("view", "state", "stage"),
    [
        (FitView(record(), None), FitState.QUEUED, None),
        (FitView(record(attempt=1), None), FitState.RUNNING, FitStage.STARTING),
        (FitView(record(attempt=1), run(stage=FitStage.SAMPLING)), FitState.RUNNING, FitStage.SAMPLING),
        (FitView(record(attempt=1), run(outcome=FAILED)), FitState.FAILED, None),
        (FitView(record(attempt=1, outcome=FAILED), run()), FitState.FAILED, None),
    ],
)
def test_state_and_stage(view, state, stage):
    assert (view.state, view.stage) == (state, stage)


def test_the_revision_rises_through_the_life_of_a_fit():
    accepted = record()
    started = revised(accepted, attempt=1)
    taken_up = revised(started, attempt=2, deaths=1)
    asked_to_end = revised(taken_up, cancel_requested=True)
    life = [
        FitView(accepted, None),
        FitView(started, None),
        FitView(started, run(1, 1)),
        FitView(started, run(1, 5000)),
        FitView(taken_up, None),
        FitView(taken_up, run(2, 1)),
        FitView(asked_to_end, run(2, 1)),
        FitView(asked_to_end, run(2, 2, outcome=FAILED)),
    ]
    revisions = [view.revision for view in life]
    assert revisions == sorted(set(revisions))


def test_only_the_current_attempt_is_shown():
    store = MemoryStore()
    store.create_record(fit_key(NAME), dump(record(attempt=2)))
    store.create_record(run_key(NAME, 1), dump(run(1, 7, stage=FitStage.STORING)))
    assert read_view(store, NAME).run is None
    store.create_record(run_key(NAME, 2), dump(run(2, 3, stage=FitStage.BUILDING)))
    view = read_view(store, NAME)
    assert (view.stage, view.elapsed_seconds) == (FitStage.BUILDING, 3)


def test_figures_that_are_not_finite_are_kept():
    result = FitResult(
        convergence=Convergence(
            max_r_hat=math.nan, min_ess_bulk=80, min_ess_tail=70, divergences=0, chains=1, draws=100
        ),
        in_sample_fit=InSampleFit(r_squared=-math.inf, mape=0.1),
        stage_seconds={FitStage.SAMPLING: 2.5},
        sampler="nutpie",
        library_versions={},
        artifacts=(),
    )
    chain = ChainProgress(
        chain=0, finished_draws=0, total_draws=10, tuning=True, divergences=0, step_size=math.inf
    )
    store = MemoryStore()
    outcome = Outcome(state=FitState.SUCCEEDED, end_time=NOON, result=result)
    store.create_record(run_key(NAME, 1), dump(run(chains=(chain,), outcome=outcome)))

    read = read_run(store, NAME, 1)

    assert read is not None
    assert read.outcome is not None
    assert read.outcome.result is not None
    assert math.isnan(read.outcome.result.convergence.max_r_hat)
    assert read.outcome.result.in_sample_fit == result.in_sample_fit
    assert read.chains == (chain,)
