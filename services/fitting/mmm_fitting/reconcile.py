"""Bring what runs in line with what was asked for.

The only state is in the records, so every step may be repeated, and the service may be killed at any line:
the next start goes on from the records and from the workers it finds running.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from mmm_core.errors import NotFound, Unavailable
from mmm_core.names import FitName
from mmm_core.records import (
    ACTIVE_FITS_PREFIX,
    FitError,
    FitRecord,
    FitState,
    Outcome,
    active_fit_key,
    active_fit_name,
    now,
)
from mmm_fitting.domain import FitView, revised
from mmm_fitting.launchers.port import Launcher
from mmm_fitting.records import change_fit, read_run, read_view
from mmm_fitting.settings import FittingSettings
from mmm_store.store import Store

log = logging.getLogger(__name__)

# A marker without a fit is of a create call that died, or of one that is about to write the fit.
ORPHAN_MARKER_AGE = timedelta(minutes=5)


class Reconciler:
    """Looks after unfinished fits.

    Parameters
    ----------
    store : Store
        Where fits are.
    launcher : Launcher
        Runs workers.
    settings : FittingSettings
        Limits.
    """

    def __init__(self, store: Store, launcher: Launcher, settings: FittingSettings) -> None:
        self._store = store
        self._launcher = launcher
        self._settings = settings

    def step(self) -> None:
        """Look at every unfinished fit once, in the order in which they were accepted."""
        try:
            views = self._unfinished()
            free = self._settings.max_concurrent_fits
            for view in views:
                with _apart_from_others(view.record.name):
                    free -= self._settle(view)
            for view in views:
                with _apart_from_others(view.record.name):
                    free -= free > 0 and self._launch_when_waiting(view)
        except Unavailable as error:
            log.warning("looking after fits is put off: %s", error)

    def stop_workers(self) -> None:
        """Stop all workers; their fits stay unfinished and are taken up at the next start."""
        for view in self._unfinished():
            self._launcher.stop(FitName.parse(view.record.name), view.record.attempt)

    def _unfinished(self) -> list[FitView]:
        views = []
        for key in list(self._store.list_keys(ACTIVE_FITS_PREFIX)):
            with _apart_from_others(key):
                view = self._unfinished_fit(key)
                if view is not None:
                    views.append(view)
        return sorted(views, key=lambda view: view.record.create_time)

    def _unfinished_fit(self, key: str) -> FitView | None:
        """Read the fit of a marker; None, without the marker, when nothing is left to do for it."""
        try:
            view = read_view(self._store, active_fit_name(key))
        except NotFound:
            self._drop_orphan(key)
            return None
        if view.state.is_final:
            self._store.delete(key)
            return None
        return view

    def _drop_orphan(self, key: str) -> None:
        marker = self._store.get_record(key)
        if marker is not None:
            age = now() - datetime.fromisoformat(marker.value["create_time"])
            if age > ORPHAN_MARKER_AGE:
                self._store.delete(key)

    def _settle(self, view: FitView) -> bool:
        """Act on a cancellation or a dead worker; returns whether a worker runs."""
        record, name = view.record, FitName.parse(view.record.name)
        if record.cancel_requested:
            self._launcher.stop(name, record.attempt)
            self._end(name, _cancelled())
            return False
        if not record.attempt:
            return False
        if self._launcher.is_alive(name, record.attempt):
            return True
        # What the worker said last is read after it was seen to be gone.
        run = read_run(self._store, name, record.attempt)
        if run is not None and run.outcome is not None:
            return False
        return self._take_up_again(name, record, interrupted=run is not None and run.interrupted)

    def _take_up_again(self, name: FitName, record: FitRecord, *, interrupted: bool) -> bool:
        """Start another attempt, or give the fit up; returns whether a worker runs."""
        deaths = record.deaths + (not interrupted)
        if deaths >= self._settings.max_worker_deaths:
            self._end(name, _given_up(deaths))
            return False
        log.warning("the worker of %s has ended without a result (%d)", name, deaths)
        self._launch(name, record, deaths)
        return True

    def _launch_when_waiting(self, view: FitView) -> bool:
        """Start the first worker of a fit; returns whether it was started."""
        if view.record.attempt or view.record.cancel_requested:
            return False
        self._launch(FitName.parse(view.record.name), view.record, deaths=0)
        return True

    def _launch(self, name: FitName, seen: FitRecord, deaths: int) -> None:
        """Write down the next attempt, then start its worker.

        In this order, so that no attempt ever has two workers. Killed in between, the service finds an
        attempt without a worker at its next start, which counts as a death.
        """
        record = change_fit(
            self._store,
            name,
            lambda now_: (
                revised(now_, attempt=now_.attempt + 1, deaths=deaths)
                if now_.attempt == seen.attempt
                else now_
            ),
        )
        self._launcher.launch(name, record.attempt)
        log.info("started a worker for %s, attempt %d", name, record.attempt)

    def _end(self, name: FitName, outcome: Outcome) -> None:
        """Write an outcome unless the worker's own was faster, and drop the marker."""
        if not read_view(self._store, name).state.is_final:
            change_fit(
                self._store,
                name,
                lambda current: current if current.outcome else revised(current, outcome=outcome),
            )
        self._store.delete(active_fit_key(name))


@contextmanager
def _apart_from_others(name: str) -> Iterator[None]:
    """Keep the trouble with one fit, a record that cannot be read for example, from the others."""
    try:
        yield
    except Unavailable:
        raise
    except Exception:
        log.exception("looking after %s failed; trying again", name)


def _cancelled() -> Outcome:
    return Outcome(state=FitState.CANCELLED, end_time=now())


def _given_up(deaths: int) -> Outcome:
    message = f"{deaths} workers died on this fit; the last words are in the service's log."
    return Outcome(
        state=FitState.FAILED, end_time=now(), error=FitError(reason="WORKER_DIED", message=message)
    )
