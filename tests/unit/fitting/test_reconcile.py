"""Unfinished fits are brought to an end, whatever dies and however often the service starts again."""

import itertools
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from mmm_core.errors import Unavailable
from mmm_core.names import FitName
from mmm_core.records import ACTIVE_FITS_PREFIX, FitState, Outcome, active_fit_key, fit_key, now
from mmm_fitting.fits import FitDraft
from mmm_fitting.reconcile import Reconciler
from mmm_fitting.records import read_view
from mmm_fitting.run_log import RunLog
from mmm_fitting.settings import FittingSettings
from mmm_store.memory import MemoryStore
from mmm_store.store import Record, Store
from tests.unit.fitting.conftest import MODEL, Workspace, make_workspace

type Run = tuple[FitName, int]

SUCCESS = Outcome(state=FitState.SUCCEEDED, end_time=now())


@dataclass
class Machine:
    """A launcher whose workers do what the test says; they outlive the service."""

    running: list[Run] = field(default_factory=list)
    started: list[Run] = field(default_factory=list)

    def launch(self, name: FitName, attempt: int) -> None:
        assert name not in [other for other, _ in self.running], "a fit never has two workers"
        self.running.append((name, attempt))
        self.started.append((name, attempt))

    def is_alive(self, name: FitName, attempt: int) -> bool:
        return (name, attempt) in self.running

    def stop(self, name: FitName, attempt: int) -> None:
        if (name, attempt) in self.running:
            self.running.remove((name, attempt))

    def end_worker(self, store: Store, *, outcome: Outcome | None = SUCCESS, stopped: bool = False) -> None:
        """Let the first worker write its last word, if any, and end."""
        name, attempt = self.running.pop(0)
        told = threading.Event()
        if stopped:
            told.set()
        with RunLog(store, name, attempt, told) as run_log:
            if outcome or stopped:
                run_log.end(outcome)


@dataclass(frozen=True)
class Platform:
    """A store, a machine, and the service that looks after them."""

    workspace: Workspace
    machine: Machine
    reconciler: Reconciler

    @property
    def store(self) -> Store:
        return self.workspace.store

    def accept(self, fit_id: str) -> FitName:
        return FitName.parse(self.workspace.fits.create(MODEL, fit_id, FitDraft(), "").record.name)

    def state(self, name: FitName) -> FitState:
        return read_view(self.store, name).state

    def restarted(self) -> "Platform":
        return platform(self.workspace, self.machine)


def platform(workspace: Workspace, machine: Machine, **settings: int) -> Platform:
    return Platform(workspace, machine, Reconciler(workspace.store, machine, FittingSettings(**settings)))


@pytest.fixture
def service(workspace) -> Platform:
    return platform(workspace, Machine())


def test_fits_run_one_after_the_other_in_the_order_of_acceptance(service):
    names = [service.accept(fit_id) for fit_id in ("b", "a", "c")]
    for name in names:
        service.reconciler.step()
        service.reconciler.step()
        assert service.machine.running == [(name, 1)]
        service.machine.end_worker(service.store)
        assert service.state(name) is FitState.SUCCEEDED
    service.reconciler.step()
    assert service.machine.started == [(name, 1) for name in names]
    assert list(service.store.list_keys(ACTIVE_FITS_PREFIX)) == []


def test_as_many_fits_run_as_are_allowed(workspace):
    service = platform(workspace, Machine(), max_concurrent_fits=2)
    names = [service.accept(fit_id) for fit_id in ("a", "b", "c")]
    service.reconciler.step()
    assert service.machine.running == [(names[0], 1), (names[1], 1)]


def test_a_restarted_service_adopts_what_runs(service):
    name = service.accept("a")
    service.reconciler.step()
    service.restarted().reconciler.step()
    assert service.machine.started == [(name, 1)]


@pytest.mark.parametrize("spoke", [True, False], ids=["had reported", "never said a word"])
def test_a_fit_whose_workers_keep_dying_is_given_up(workspace, spoke):
    service = platform(workspace, Machine(), max_worker_deaths=2)
    name = service.accept("a")
    service.reconciler.step()
    for _ in range(2):
        if spoke:
            service.machine.end_worker(service.store, outcome=None)
        else:
            service.machine.running.clear()
        service.reconciler.step()
    assert service.machine.started == [(name, 1), (name, 2)]
    view = read_view(service.store, name)
    assert view.outcome is not None
    assert view.outcome.error is not None
    assert (view.state, view.outcome.error.reason) == (FitState.FAILED, "WORKER_DIED")


def test_a_worker_that_was_told_to_stop_is_no_death(service):
    name = service.accept("a")
    for attempt in range(1, 6):
        service.reconciler.step()
        assert service.machine.running == [(name, attempt)]
        service.machine.end_worker(service.store, outcome=None, stopped=True)
    service.reconciler.step()
    service.machine.end_worker(service.store)
    assert service.state(name) is FitState.SUCCEEDED


def test_a_result_that_came_before_the_stop_counts(service):
    name = service.accept("a")
    service.reconciler.step()
    service.workspace.fits.cancel(name)
    service.machine.end_worker(service.store, stopped=True)
    service.reconciler.step()
    assert service.state(name) is FitState.SUCCEEDED


def test_a_cancelled_fit_ends_whether_it_waits_or_runs(service):
    running, waiting = service.accept("a"), service.accept("b")
    service.reconciler.step()
    for name in (waiting, running):
        service.workspace.fits.cancel(name)
        service.reconciler.step()
        assert service.state(name) is FitState.CANCELLED
    assert service.machine.running == []
    assert service.machine.started == [(running, 1)]


def test_a_fit_that_cannot_be_read_does_not_hold_up_the_others(service):
    broken, healthy = service.accept("a"), service.accept("b")
    record = service.store.get_record(fit_key(broken))
    service.store.replace_record(record.key, record.value | {"config": "lost"}, record.etag)
    service.reconciler.step()
    assert service.machine.running == [(healthy, 1)]


def test_an_interrupted_creation_is_forgotten_in_time(service):
    fresh, old = FitName("acme", "first", "fresh"), FitName("acme", "first", "old")
    service.store.create_record(active_fit_key(fresh), {"create_time": now().isoformat()})
    service.store.create_record(active_fit_key(old), {"create_time": "2024-01-01T00:00:00+00:00"})
    service.reconciler.step()
    assert list(service.store.list_keys(ACTIVE_FITS_PREFIX)) == [active_fit_key(fresh)]


def test_a_storage_that_is_away_is_waited_for(tmp_path):
    store = FlakyStore()
    service = platform(make_workspace(store, tmp_path), Machine())
    name = service.accept("a")
    store.away = True
    service.reconciler.step()
    store.away = False
    service.reconciler.step()
    assert service.machine.running == [(name, 1)]


class FlakyStore(MemoryStore):
    """A store that can be away."""

    away = False

    def get_record(self, key: str) -> Record | None:
        if self.away:
            raise Unavailable("The object storage does not answer.")
        return super().get_record(key)


class Killed(BaseException):
    """The service's process ends here."""


class KillingStore(MemoryStore):
    """A store that kills its caller at a chosen write, before or after it took effect."""

    def __init__(self) -> None:
        super().__init__()
        self.writes_left: int | None = None
        self.takes_effect = False

    def create_record(self, key: str, value: Mapping[str, Any]) -> Record:
        return self._write(lambda: super(KillingStore, self).create_record(key, value))

    def replace_record(self, key: str, value: Mapping[str, Any], etag: str) -> Record:
        return self._write(lambda: super(KillingStore, self).replace_record(key, value, etag))

    def delete(self, key: str) -> None:
        self._write(lambda: super(KillingStore, self).delete(key))

    def _write(self, write: Any) -> Any:
        if self.writes_left is None:
            return write()
        self.writes_left -= 1
        if self.writes_left >= 0:
            return write()
        self.writes_left = None
        if self.takes_effect:
            write()
        raise Killed


@pytest.mark.parametrize("takes_effect", [False, True], ids=["before the write", "after the write"])
@pytest.mark.parametrize("is_cancelled", [False, True], ids=["left alone", "cancelled"])
def test_a_service_killed_at_any_write_loses_nothing(tmp_path, takes_effect, is_cancelled):
    for writes in itertools.count():
        folder = tmp_path / str(writes)
        folder.mkdir()
        store = KillingStore()
        service = platform(make_workspace(store, folder), Machine())
        name = service.accept("a")
        store.writes_left, store.takes_effect = writes, takes_effect
        for turn in range(6):
            try:
                service.reconciler.step()
                if turn == 1 and is_cancelled:
                    service.workspace.fits.cancel(name)
            except Killed:
                service = service.restarted()
            if turn >= 2 and service.machine.running:
                survives, store.writes_left = store.writes_left, None
                service.machine.end_worker(store)
                store.writes_left = survives
        was_never_killed = store.writes_left is not None
        store.writes_left = None
        service.reconciler.step()
        assert service.state(name).is_final
        assert service.machine.running == []
        assert list(store.list_keys(ACTIVE_FITS_PREFIX)) == []
        if was_never_killed:
            return
