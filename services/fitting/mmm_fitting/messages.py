"""Models and fits as contract messages."""

from mmm.common.v1.common_pb2 import DateRange
from mmm.fitting.v1 import fitting_pb2
from mmm_core.config import config_to_proto
from mmm_core.messages import (
    convergence_to_proto,
    estimate_to_proto,
    finding_to_proto,
    forecast_score_to_proto,
    in_sample_fit_to_proto,
    timestamp_to_proto,
)
from mmm_core.records import ChainProgress, FitError, FitResult, FitStage, Holdout, HoldoutWindow
from mmm_fitting.cross_validations import CrossValidationView, holdout_of
from mmm_fitting.domain import FitView
from mmm_fitting.models import StoredModel
from mmm_fitting.preview_records import PriorPreview


def model_to_proto(model: StoredModel) -> fitting_pb2.Model:
    """Write a model as a message."""
    record = model.record
    return fitting_pb2.Model(
        name=record.name,
        display_name=record.display_name,
        dataset=record.dataset,
        config=config_to_proto(record.config),
        create_time=timestamp_to_proto(record.create_time),
        update_time=timestamp_to_proto(record.update_time),
        etag=model.etag,
    )


def fit_to_proto(view: FitView) -> fitting_pb2.Fit:
    """Write a fit as a message."""
    record, outcome = view.record, view.outcome
    message = fitting_pb2.Fit(
        name=record.name,
        display_name=record.display_name,
        dataset=record.dataset,
        config=config_to_proto(record.config),
        state=f"FIT_STATE_{view.state.name}",
        revision=view.revision,
        create_time=timestamp_to_proto(record.create_time),
        attempt=record.attempt,
        cancel_requested=record.cancel_requested,
        acknowledged_warnings=map(finding_to_proto, record.acknowledged_warnings),
        holdout_window=None if record.holdout is None else _window(record.holdout),
        cross_validation=record.cross_validation,
    )
    if view.start_time is not None:
        message.start_time.CopyFrom(timestamp_to_proto(view.start_time))
    if view.stage is not None:
        message.progress.CopyFrom(_progress(view, view.stage))
    if outcome is not None:
        message.end_time.CopyFrom(timestamp_to_proto(outcome.end_time))
        if outcome.result is not None:
            message.result.CopyFrom(_result(outcome.result))
        if outcome.error is not None:
            message.error.CopyFrom(_error(outcome.error))
    return message


def _progress(view: FitView, stage: FitStage) -> fitting_pb2.FitProgress:
    chains = view.run.chains if view.run else ()
    return fitting_pb2.FitProgress(
        stage=_stage(stage), chains=map(_chain, chains), elapsed_seconds=view.elapsed_seconds
    )


def _chain(chain: ChainProgress) -> fitting_pb2.ChainProgress:
    return fitting_pb2.ChainProgress(**chain.model_dump())


def _result(result: FitResult) -> fitting_pb2.FitResult:
    return fitting_pb2.FitResult(
        convergence=convergence_to_proto(result.convergence),
        in_sample_fit=in_sample_fit_to_proto(result.in_sample_fit),
        stage_times=[
            fitting_pb2.StageTime(stage=_stage(stage), seconds=seconds)
            for stage, seconds in result.stage_seconds.items()
        ],
        sampler=result.sampler,
        library_versions=result.library_versions,
        artifacts=[
            fitting_pb2.Artifact(artifact_id=a.artifact_id, size_bytes=a.size_bytes, sha256=a.sha256)
            for a in result.artifacts
        ],
        findings=map(finding_to_proto, result.findings),
        holdout=None if result.holdout is None else _holdout(result.holdout),
    )


def cross_validation_to_proto(view: CrossValidationView) -> fitting_pb2.CrossValidation:
    """Write a cross-validation as a message."""
    record = view.record
    return fitting_pb2.CrossValidation(
        name=record.name,
        display_name=record.display_name,
        create_time=timestamp_to_proto(record.create_time),
        fold_count=len(record.fold_names),
        horizon_periods=record.horizon_periods,
        state=f"FIT_STATE_{view.state.name}",
        folds=map(_fold, view.folds),
        score=None if view.score is None else forecast_score_to_proto(view.score),
        naive_score=None if view.naive_score is None else forecast_score_to_proto(view.naive_score),
    )


def _fold(view: FitView) -> fitting_pb2.Fold:
    holdout, window = holdout_of(view), view.record.holdout
    return fitting_pb2.Fold(
        fit=view.record.name,
        window=None if window is None else _window(window),
        state=f"FIT_STATE_{view.state.name}",
        holdout=None if holdout is None else _holdout(holdout),
    )


def _holdout(holdout: Holdout) -> fitting_pb2.Holdout:
    return fitting_pb2.Holdout(
        window=_window(holdout),
        period_count=holdout.periods,
        score=forecast_score_to_proto(holdout.score),
        naive_score=forecast_score_to_proto(holdout.naive_score),
    )


def _window(window: HoldoutWindow | Holdout) -> DateRange:
    return DateRange(start=window.start.isoformat(), end=window.end.isoformat())


def _error(error: FitError) -> fitting_pb2.FitError:
    return fitting_pb2.FitError(
        reason=error.reason, message=error.message, findings=map(finding_to_proto, error.findings)
    )


def _stage(stage: FitStage) -> str:
    return f"FIT_STAGE_{stage.name}"


def preview_to_proto(preview: PriorPreview) -> fitting_pb2.PriorPreview:
    """Write prior predictive figures as a message."""
    return fitting_pb2.PriorPreview(
        draw_count=preview.draws,
        media=[
            fitting_pb2.MediumPriorPreview(
                name=medium.name,
                display_name=medium.label,
                roi=estimate_to_proto(medium.roi) if medium.roi else None,
                cost_per_unit=estimate_to_proto(medium.cost_per_unit) if medium.cost_per_unit else None,
                effect_share=estimate_to_proto(medium.effect_share),
            )
            for medium in preview.media
        ],
        dates=preview.dates,
        observed=preview.observed,
        predicted=map(estimate_to_proto, preview.predicted),
        negative_share=preview.negative_share,
    )
