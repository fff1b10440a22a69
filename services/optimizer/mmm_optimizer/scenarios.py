"""Use cases of scenarios."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from mmm_core.errors import AlreadyExists, Conflict, NotFound, TooLarge
from mmm_core.names import ClientName, ScenarioName, check_id, new_id
from mmm_core.records import ScenarioRecord, now, scenario_key
from mmm_optimizer.question_messages import QuestionMessage, kind_of, to_stored
from mmm_optimizer.scenario_checks import (
    Problems,
    WantedPage,
    fit_in,
    no_question,
    wrong_request_id,
    wrong_words,
)
from mmm_optimizer.scenario_comparison import ScenarioComparison, compare
from mmm_optimizer.scenario_plans import MadePlan, Rerun, make_plan, rerun
from mmm_store.fits import FitReader
from mmm_store.store import Store

RESOURCE = "scenario"
FILE = "/scenario.json"
# A scenario has to fit into a message of 4 MiB, with room for what is around it.
MOST_BYTES = 3 << 20


@dataclass(frozen=True, slots=True)
class StoredScenario:
    """A scenario and the etag that guards its next change."""

    record: ScenarioRecord
    etag: str


@dataclass(frozen=True, slots=True)
class ScenarioDraft:
    """What a caller says about a scenario.

    Attributes
    ----------
    display_name, note : str
        How people call it, and what they want to remember about it.
    question : message or None
        None when nothing is asked.
    """

    display_name: str
    note: str
    question: QuestionMessage | None


class Scenarios:
    """Makes, reads, changes, deletes and compares scenarios.

    Parameters
    ----------
    store : Store
        Where they are.
    fits : FitReader
        Loads the fits they are made of.
    """

    def __init__(self, store: Store, fits: FitReader) -> None:
        self._store = store
        self._fits = fits

    def create(
        self, parent: ClientName, scenario_id: str, draft: ScenarioDraft, request_id: str
    ) -> StoredScenario:
        """Answer a question and keep it; a repeated request gets the first one's result.

        Raises
        ------
        InvalidInput
            With everything that is wrong, in the question too.
        NotFound
            When the fit does not exist.
        FailedPrecondition
            When the fit has no result, or no plan keeps the constraints.
        AlreadyExists
            When the id is taken.
        TooLarge
            When the plan is too long to be kept.
        """
        problems = Problems()
        last_part = scenario_id or new_id(RESOURCE, request_id)
        problems.of(lambda: check_id(last_part, "scenario_id"))
        problems.add(wrong_request_id(request_id))
        problems.add(wrong_words(draft.display_name, draft.note))
        name = ScenarioName(parent.client, last_part)
        if not problems.found and (existing := self._existing(name, request_id)) is not None:
            return existing
        made = problems.of(lambda: self._made(parent, draft.question))
        if problems.found or made is None:
            raise problems.error()
        return self._keep(_record(name, draft, made, request_id))

    def get(self, name: ScenarioName) -> StoredScenario:
        """Read a scenario; raises `NotFound`."""
        found = self._store.get_record(scenario_key(name))
        if found is None:
            raise NotFound(RESOURCE, str(name))
        return StoredScenario(ScenarioRecord.model_validate(found.value), found.etag)

    def list(self, parent: ClientName, wanted: WantedPage) -> tuple[list[StoredScenario], str]:
        """One page of scenarios by name, and the token of the next page."""
        page: list[StoredScenario] = []
        for one in self._stored(parent, wanted.start_after):
            if wanted.fit is not None and one.record.fit != str(wanted.fit):
                continue
            if len(page) == wanted.size:
                return page, page[-1].record.name
            page.append(one)
        return page, ""

    def update(self, name: ScenarioName, display_name: str, note: str, etag: str) -> StoredScenario:
        """Replace display name and note.

        Raises
        ------
        InvalidInput
            With everything that is wrong.
        NotFound
            When there is no such scenario.
        Conflict
            When `etag` is given and not current, or somebody else was faster.
        """
        problems = Problems()
        problems.add(wrong_words(display_name, note))
        if problems.found:
            raise problems.error()
        current = self.get(name)
        _check_etag(current.etag, etag)
        changes = {"display_name": display_name.strip(), "note": note.strip(), "update_time": now()}
        record = current.record.model_copy(update=changes)
        written = self._store.replace_record(scenario_key(name), record.model_dump(mode="json"), current.etag)
        return StoredScenario(record, written.etag)

    def delete(self, name: ScenarioName, etag: str) -> None:
        """Delete a scenario; raises `NotFound`, and `Conflict` when `etag` is given and not current."""
        _check_etag(self.get(name).etag, etag)
        self._store.delete(scenario_key(name))

    def rerun(self, name: ScenarioName) -> Rerun:
        """Answer a scenario's question again; raises `NotFound` and like `scenario_plans.rerun`."""
        return rerun(self._fits, self.get(name).record)

    def compare(self, names: Sequence[ScenarioName]) -> tuple[Sequence[StoredScenario], ScenarioComparison]:
        """Hold scenarios against the first; raises `NotFound` and like `scenario_comparison.compare`."""
        stored = [self.get(name) for name in names]
        return stored, compare(self._fits, [one.record for one in stored])

    def _existing(self, name: ScenarioName, request_id: str) -> StoredScenario | None:
        """Find the result of an earlier call with the same request; raises `AlreadyExists`."""
        try:
            existing = self.get(name)
        except NotFound:
            return None
        if request_id and existing.record.request_id == request_id:
            return existing
        raise AlreadyExists(RESOURCE, str(name))

    def _made(self, parent: ClientName, question: QuestionMessage | None) -> MadePlan:
        if question is None:
            raise no_question()
        fit = fit_in(parent, question.fit, f"scenario.{kind_of(question)}.fit")
        return make_plan(self._fits, fit, question)

    def _keep(self, record: ScenarioRecord) -> StoredScenario:
        name = ScenarioName.parse(record.name)
        try:
            written = self._store.create_record(scenario_key(name), record.model_dump(mode="json"))
        except Conflict:
            if (existing := self._existing(name, record.request_id)) is not None:
                return existing
            raise
        return StoredScenario(record, written.etag)

    def _stored(self, parent: ClientName, start_after: str) -> Iterator[StoredScenario]:
        after = f"{start_after}{FILE}" if start_after else ""
        for key in self._store.list_keys(f"{parent}/scenarios/", start_after=after):
            if key.endswith(FILE):
                # One that was deleted since the names were listed is left out.
                with suppress(NotFound):
                    yield self.get(ScenarioName.parse(key.removesuffix(FILE)))


def _record(name: ScenarioName, draft: ScenarioDraft, made: MadePlan, request_id: str) -> ScenarioRecord:
    """Write down what was asked and what came out; raises `TooLarge`."""
    question = made.question
    if question.ByteSize() + made.plan.ByteSize() > MOST_BYTES:
        raise TooLarge("The plan is too long to be kept: plan fewer periods, or fewer cells.")
    moment = now()
    return ScenarioRecord(
        name=str(name),
        display_name=draft.display_name.strip(),
        note=draft.note.strip(),
        fit=question.fit,
        fit_digest=made.fit_digest,
        question_kind=kind_of(question),
        question=to_stored(question),
        plan=to_stored(made.plan),
        target=None if made.target is None else to_stored(made.target),
        units=to_stored(made.units),
        amounts=made.amounts,
        library_versions=made.library_versions,
        create_time=moment,
        update_time=moment,
        request_id=request_id,
    )


def _check_etag(current: str, given: str) -> None:
    if given and given != current:
        raise Conflict("The scenario has changed since it was read; read it again.")
