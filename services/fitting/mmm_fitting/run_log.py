"""What a worker says of its run: one record, written by this worker only."""

import logging
import threading
from collections.abc import Callable
from typing import Self

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from mmm_core.errors import Unavailable
from mmm_core.names import FitName
from mmm_core.records import ChainProgress, FitStage, Outcome, RunRecord, now, run_key
from mmm_fitting.records import dump
from mmm_store.store import Store

log = logging.getLogger(__name__)

WRITE_SECONDS = 0.3
# A fit is dear: its result waits this long for the object storage to come back.
PATIENCE_SECONDS = 600.0


class RunLog:
    """Writes the run's record now and then from a thread of its own, and its outcome at the end.

    Parameters
    ----------
    store : Store
        Where the record goes.
    name : FitName
        The fit.
    attempt : int
        The attempt.
    stopped : Event
        Set once the worker was told to stop. It is written down at once: a worker that is killed because it
        could not end in time, in the middle of a compilation for example, has not died by itself.

    Raises
    ------
    Conflict
        On entry, when another worker has begun this attempt.
    """

    def __init__(self, store: Store, name: FitName, attempt: int, stopped: threading.Event) -> None:
        self.attempt = attempt
        self._store = store
        self._key = run_key(name, attempt)
        moment = now()
        self._record = RunRecord(attempt=attempt, start_time=moment, update_time=moment, revision=1)
        self._etag = ""
        self._said: tuple[FitStage, tuple[ChainProgress, ...]] = (FitStage.STARTING, ())
        self._stopped = stopped
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write_now_and_then, daemon=True)

    def __enter__(self) -> Self:
        self._etag = patiently(lambda: self._store.create_record(self._key, dump(self._record)).etag)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def report(self, stage: FitStage, chains: tuple[ChainProgress, ...]) -> None:
        """Say what the worker does; callable from any thread, returns at once."""
        with self._lock:
            self._said = stage, chains

    def end(self, outcome: Outcome | None) -> None:
        """Write the last word: the outcome, or None when the worker was told to stop."""
        self._ended.set()
        self._thread.join()
        patiently(lambda: self._write(outcome=outcome))

    def _write_now_and_then(self) -> None:
        while not self._ended.wait(WRITE_SECONDS):
            with self._lock:
                stage, chains = self._said
            try:
                self._write(stage=stage, chains=chains)
            except Unavailable as error:
                log.warning("progress is not written: %s", error)

    def _write(self, **changes: object) -> None:
        record = self._record.model_copy(
            update={
                **changes,
                "interrupted": self._stopped.is_set(),
                "update_time": now(),
                "revision": self._record.revision + 1,
            }
        )
        self._etag = self._store.replace_record(self._key, dump(record), self._etag).etag
        self._record = record


def patiently[T](call: Callable[[], T]) -> T:
    """Call, and wait a long while for the object storage to come back; raises `Unavailable` at last."""
    return Retrying(
        retry=retry_if_exception_type(Unavailable),
        stop=stop_after_delay(PATIENCE_SECONDS),
        wait=wait_fixed(1.0),
        reraise=True,
    )(call)
