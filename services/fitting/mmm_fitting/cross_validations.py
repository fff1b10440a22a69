"""Use cases of cross-validations: several fits that are created, read and deleted together."""

from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import numpy as np

from mmm_core.errors import (
    AlreadyExists,
    Conflict,
    FailedPrecondition,
    InvalidInput,
    NotFound,
    Violation,
)
from mmm_core.findings import Finding
from mmm_core.holdout import time_slices
from mmm_core.names import CrossValidationName, FitName, ModelName, check_id, new_id
from mmm_core.records import (
    CrossValidationRecord,
    FitRecord,
    FitState,
    ForecastScore,
    Holdout,
    HoldoutWindow,
    cross_validation_key,
    now,
)
from mmm_fitting.domain import FitView
from mmm_fitting.fits import Fits
from mmm_fitting.records import CROSS_VALIDATION_FILE, dump, list_names
from mmm_fitting.subjects import Subject, read_subject
from mmm_store.cache import ArtifactCache
from mmm_store.store import Store

RESOURCE = "cross-validation"


@dataclass(frozen=True, slots=True)
class CrossValidationDraft:
    """What a caller says about a cross-validation.

    Attributes
    ----------
    display_name : str
        How people call it; empty for the model's.
    folds, horizon_periods : int
        Number of windows, and periods in each.
    acknowledged : tuple of str
        Codes of the warnings about the data that the caller accepts.
    """

    display_name: str
    folds: int
    horizon_periods: int
    acknowledged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CrossValidationView:
    """A cross-validation as it stands.

    Attributes
    ----------
    record : CrossValidationRecord
        What was asked for.
    folds : tuple of FitView
        Its fits; one that was deleted by itself is missing.
    """

    record: CrossValidationRecord
    folds: tuple[FitView, ...]

    @property
    def state(self) -> FitState:
        """Where it stands: the first of these states that any fold is in, else succeeded."""
        states = {fold.state for fold in self.folds}
        order = (FitState.FAILED, FitState.CANCELLED, FitState.RUNNING, FitState.QUEUED)
        return next((state for state in order if state in states), FitState.SUCCEEDED)

    @property
    def score(self) -> ForecastScore | None:
        """Average over the folds that have succeeded."""
        return _average([holdout.score for holdout in self._holdouts()])

    @property
    def naive_score(self) -> ForecastScore | None:
        """The same of the seasonal-naive forecasts."""
        return _average([holdout.naive_score for holdout in self._holdouts()])

    def _holdouts(self) -> list[Holdout]:
        return [found for fold in self.folds if (found := holdout_of(fold)) is not None]


def holdout_of(fold: FitView) -> Holdout | None:
    """How well a fit foretold what was withheld from it, once it has succeeded."""
    result = fold.outcome.result if fold.outcome else None
    return result.holdout if result else None


class CrossValidations:
    """Creates, reads and deletes cross-validations.

    Parameters
    ----------
    store : Store
        Where they are.
    cache : ArtifactCache
        Where tables are kept locally.
    fits : Fits
        Use cases of the folds.
    """

    def __init__(self, store: Store, cache: ArtifactCache, fits: Fits) -> None:
        self._store = store
        self._cache = cache
        self._fits = fits

    def create(
        self, parent: ModelName, cross_validation_id: str, draft: CrossValidationDraft, request_id: str
    ) -> CrossValidationView:
        """Accept all folds; a repeated request gets the first one's result.

        Raises
        ------
        NotFound
            When the model or its dataset does not exist.
        InvalidInput
            With what is wrong with the numbers of folds and periods, or with the data of a fold.
        FailedPrecondition
            With the warnings of a fold that were not acknowledged.
        AlreadyExists
            When the id is taken.
        """
        made = cross_validation_id or new_id("cv", request_id)
        name = CrossValidationName(parent.client, parent.model, check_id(made, "cross_validation_id"))
        if (existing := self._existing(name, request_id)) is not None:
            return existing
        subject = read_subject(self._store, self._cache, parent)
        windows = _windows(subject, draft)
        admitted = [self._fits.admitted(subject, window, draft.acknowledged) for window in windows]
        record = CrossValidationRecord(
            name=str(name),
            display_name=draft.display_name or subject.model.display_name,
            create_time=now(),
            fold_names=tuple(str(_fold_name(name, place)) for place in range(1, len(windows) + 1)),
            horizon_periods=draft.horizon_periods,
            request_id=request_id,
        )
        folds = _folds(record, subject, windows, admitted)
        # A call that dies between the folds is repeated with the same request id, and finds those there are.
        views = tuple(self._fits.accept(fold) for fold in folds)
        try:
            self._store.create_record(cross_validation_key(name), dump(record))
        except Conflict:
            if (existing := self._existing(name, request_id)) is not None:
                return existing
            raise
        return CrossValidationView(record, views)

    def get(self, name: CrossValidationName) -> CrossValidationView:
        """Read a cross-validation; raises `NotFound`."""
        found = self._store.get_record(cross_validation_key(name))
        if found is None:
            raise NotFound(RESOURCE, str(name))
        record = CrossValidationRecord.model_validate(found.value)
        folds = []
        for fold in record.fold_names:
            with suppress(NotFound):
                folds.append(self._fits.get(FitName.parse(fold)))
        return CrossValidationView(record, tuple(folds))

    def list(self, parent: ModelName, start_after: str, size: int) -> tuple[list[CrossValidationView], str]:
        """One page of cross-validations by name, and the token of the next page."""
        found = list_names(self._store, parent, CROSS_VALIDATION_FILE, start_after)
        names = list(islice(found, size + 1))
        views = []
        for name in names[:size]:
            with suppress(NotFound):
                views.append(self.get(CrossValidationName.parse(name)))
        return views, names[size - 1] if len(names) > size else ""

    def delete(self, name: CrossValidationName) -> None:
        """Delete a cross-validation and its fits.

        Raises
        ------
        NotFound
            When there is none.
        FailedPrecondition
            While a fold has not ended.
        """
        view = self.get(name)
        if running := [fold.record.name for fold in view.folds if not fold.state.is_final]:
            problems = [
                Violation("name", "has a fold that has not ended.", "Cancel it first.", fold, "FIT_NOT_ENDED")
                for fold in running
            ]
            raise FailedPrecondition(problems, reason="FIT_NOT_ENDED")
        self._store.delete(cross_validation_key(name))
        for fold in view.folds:
            with suppress(NotFound):
                self._fits.delete(FitName.parse(fold.record.name))

    def _existing(self, name: CrossValidationName, request_id: str) -> CrossValidationView | None:
        """Find the result of an earlier call with the same request; raises `AlreadyExists`."""
        try:
            view = self.get(name)
        except NotFound:
            return None
        if request_id and view.record.request_id == request_id:
            return view
        raise AlreadyExists(RESOURCE, str(name))


def _windows(subject: Subject, draft: CrossValidationDraft) -> list[HoldoutWindow]:
    periods = subject.periods
    if not len(periods):
        fix = "Validate the data, and write dates like 2024-12-30."
        column = subject.model.config.date_column
        raise InvalidInput([Violation(column, "cannot be read as dates.", fix)], reason="INVALID_DATA")
    return time_slices(periods, draft.folds, draft.horizon_periods)


def _folds(
    record: CrossValidationRecord,
    subject: Subject,
    windows: list[HoldoutWindow],
    admitted: list[tuple[Finding, ...]],
) -> list[FitRecord]:
    return [
        FitRecord(
            name=name,
            display_name=f"{record.display_name}, {window.start} to {window.end} withheld",
            dataset=subject.version,
            table=subject.dataset.table,
            config=subject.model.config,
            create_time=record.create_time,
            request_id=f"{record.request_id or record.name}-fold",
            acknowledged_warnings=warnings,
            holdout=window,
            cross_validation=record.name,
        )
        for name, window, warnings in zip(record.fold_names, windows, admitted, strict=True)
    ]


def _fold_name(name: CrossValidationName, place: int) -> FitName:
    return FitName(name.client, name.model, check_id(f"{name.cross_validation}-fold-{place}", "fit_id"))


def _average(scores: list[ForecastScore]) -> ForecastScore | None:
    if not scores:
        return None
    means = np.mean([[score.coverage, score.mape, score.crps] for score in scores], axis=0).tolist()
    return ForecastScore(coverage=means[0], mape=means[1], crps=means[2])
