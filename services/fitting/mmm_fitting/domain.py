"""A fit as its records tell it: pure functions."""

from dataclasses import dataclass
from datetime import datetime

from mmm_core.records import FitRecord, FitStage, FitState, Outcome, RunRecord

# The record's revision counts in steps so large that no run reports as often within one.
_RUN_REVISIONS = 1_000_000


@dataclass(frozen=True, slots=True)
class FitView:
    """What is known of a fit at one moment.

    Attributes
    ----------
    record : FitRecord
        What was asked for.
    run : RunRecord or None
        What the worker of the current attempt said last.
    """

    record: FitRecord
    run: RunRecord | None

    @property
    def outcome(self) -> Outcome | None:
        """How it ended, if it has."""
        return self.record.outcome or (self.run.outcome if self.run else None)

    @property
    def state(self) -> FitState:
        """Where it stands."""
        if self.outcome is not None:
            return self.outcome.state
        return FitState.RUNNING if self.record.attempt else FitState.QUEUED

    @property
    def revision(self) -> int:
        """Rises with every change of either record."""
        return self.record.revision * _RUN_REVISIONS + (self.run.revision if self.run else 0)

    @property
    def start_time(self) -> datetime | None:
        """When the current attempt's worker began."""
        return self.run.start_time if self.run else None

    @property
    def elapsed_seconds(self) -> float:
        """Seconds the current attempt's worker has reported of."""
        return (self.run.update_time - self.run.start_time).total_seconds() if self.run else 0.0

    @property
    def stage(self) -> FitStage | None:
        """What the worker does, None while the fit waits."""
        if self.state is not FitState.RUNNING:
            return None
        return self.run.stage if self.run else FitStage.STARTING


def revised(record: FitRecord, **changes: object) -> FitRecord:
    """Return the record with changes and the next revision."""
    return record.model_copy(update={**changes, "revision": record.revision + 1})
