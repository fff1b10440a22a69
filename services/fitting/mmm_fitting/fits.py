"""Use cases of fits."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from mmm_core.errors import (
    AlreadyExists,
    Conflict,
    FailedPrecondition,
    NotFound,
    Violation,
)
from mmm_core.findings import Finding
from mmm_core.holdout import last_periods, training_rows
from mmm_core.names import FitName, ModelName, check_id, new_id
from mmm_core.records import (
    FitRecord,
    HoldoutWindow,
    active_fit_key,
    fit_key,
    now,
)
from mmm_core.validation import validate_table
from mmm_fitting.admission import admit
from mmm_fitting.domain import FitView, revised
from mmm_fitting.records import FIT_FILE, change_fit, dump, list_names, read_view
from mmm_fitting.subjects import Subject, read_subject
from mmm_store.cache import ArtifactCache
from mmm_store.store import Store


@dataclass(frozen=True, slots=True)
class FitDraft:
    """What a caller says about a fit.

    Attributes
    ----------
    display_name : str
        How people call it; empty for the model's.
    acknowledged : tuple of str
        Codes of the warnings about the data that the caller accepts.
    holdout_periods : int
        Periods at the end of the data to withhold.
    """

    display_name: str = ""
    acknowledged: tuple[str, ...] = ()
    holdout_periods: int = 0


class Fits:
    """Creates, reads, cancels and deletes fits.

    Parameters
    ----------
    store : Store
        Where they are.
    cache : ArtifactCache
        Where tables are kept locally.
    """

    def __init__(self, store: Store, cache: ArtifactCache) -> None:
        self._store = store
        self._cache = cache

    def create(self, parent: ModelName, fit_id: str, draft: FitDraft, request_id: str) -> FitView:
        """Accept a fit; a repeated request gets the first one's result.

        The fit keeps the version of the dataset it was made with: the one the model names, else the newest.

        Parameters
        ----------
        parent : ModelName
            The model.
        fit_id : str
            Last part of the name; empty for one that is made here.
        draft : FitDraft
            What the caller says about it.
        request_id : str
            Makes a repeated call return the first one's result.

        Raises
        ------
        NotFound
            When the model or its dataset does not exist.
        InvalidInput
            With every error of the data, or acknowledged codes that are none.
        FailedPrecondition
            With every warning that was not acknowledged.
        AlreadyExists
            When the id is taken.
        """
        name = FitName(parent.client, parent.model, check_id(fit_id or new_id("fit", request_id), "fit_id"))
        if (existing := self._existing(name, request_id)) is not None:
            return existing
        subject = read_subject(self._store, self._cache, parent)
        holdout = last_periods(subject.periods, draft.holdout_periods) if draft.holdout_periods else None
        warnings = self.admitted(subject, holdout, draft.acknowledged)
        display_name = draft.display_name or subject.model.display_name
        return self.accept(
            FitRecord(
                name=str(name),
                display_name=display_name,
                dataset=subject.version,
                table=subject.dataset.table,
                config=subject.model.config,
                create_time=now(),
                request_id=request_id,
                acknowledged_warnings=warnings,
                holdout=holdout,
            )
        )

    def admitted(
        self, subject: Subject, holdout: HoldoutWindow | None, acknowledged: Iterable[str]
    ) -> tuple[Finding, ...]:
        """Warnings about the rows a fit would see; raises like `mmm_fitting.admission.admit`."""
        config = subject.model.config
        return admit(validate_table(training_rows(config, subject.table, holdout), config), acknowledged)

    def accept(self, record: FitRecord) -> FitView:
        """Store a fit that nothing forbids; a repeated request gets the first one's result.

        Raises
        ------
        AlreadyExists
            When the id is taken.
        """
        name = FitName.parse(record.name)
        if (existing := self._existing(name, record.request_id)) is not None:
            return existing
        # A deletion that was cut short may have left runs of an earlier fit of this name.
        self._store.delete_prefix(f"{name}/attempts/")
        # The marker comes first: a fit that was acknowledged is found again whatever dies.
        self._mark_active(name)
        try:
            self._store.create_record(fit_key(name), dump(record))
        except Conflict:
            if (existing := self._existing(name, record.request_id)) is not None:
                return existing
            raise
        return FitView(record, None)

    def get(self, name: FitName) -> FitView:
        """Read a fit; raises `NotFound`."""
        return read_view(self._store, name)

    def list(self, parent: ModelName, start_after: str, size: int) -> tuple[list[FitView], str]:
        """One page of fits by name, and the token of the next page."""
        names = list(islice(list_names(self._store, parent, FIT_FILE, start_after), size + 1))
        fits = []
        for name in names[:size]:
            # One that was deleted since the names were listed is left out.
            with suppress(NotFound):
                fits.append(self.get(FitName.parse(name)))
        return fits, names[size - 1] if len(names) > size else ""

    def cancel(self, name: FitName) -> FitView:
        """Ask a fit to end; raises `NotFound`. A fit that has ended stays as it is."""
        if not self.get(name).state.is_final:
            change_fit(self._store, name, _with_cancel_requested)
        return self.get(name)

    def delete(self, name: FitName) -> None:
        """Delete a fit that has ended; raises `NotFound` or `FailedPrecondition`."""
        if not self.get(name).state.is_final:
            problem = Violation("name", "has not ended.", "Cancel it first.", str(name), "FIT_NOT_ENDED")
            raise FailedPrecondition([problem], reason="FIT_NOT_ENDED")
        # Readers follow the record, so it goes first and the files after it.
        self._store.delete(fit_key(name))
        self._store.delete_prefix(f"{name}/")

    def download(self, name: FitName, artifact_id: str) -> Iterator[bytes]:
        """Stream a stored file; raises `NotFound`."""
        outcome = self.get(name).outcome
        artifact = outcome.result.artifact(artifact_id) if outcome and outcome.result else None
        if artifact is None:
            raise NotFound("artifact", f"{name}/{artifact_id}")
        return self._store.open_artifact(artifact.key)

    def _existing(self, name: FitName, request_id: str) -> FitView | None:
        """Find the result of an earlier call with the same request; raises `AlreadyExists`."""
        try:
            view = self.get(name)
        except NotFound:
            return None
        if request_id and view.record.request_id == request_id:
            return view
        raise AlreadyExists("fit", str(name))

    def _mark_active(self, name: FitName) -> None:
        try:
            self._store.create_record(active_fit_key(name), {"create_time": now().isoformat()})
        except Conflict:
            return


def _with_cancel_requested(record: FitRecord) -> FitRecord:
    return record if record.cancel_requested else revised(record, cancel_requested=True)
