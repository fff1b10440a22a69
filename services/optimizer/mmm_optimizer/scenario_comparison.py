"""Scenarios held against the first of them: outcomes, settings and spend."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from mmm.optimizer.v1 import optimizer_pb2
from mmm_core.errors import NotFound
from mmm_core.estimates import Estimate, estimate
from mmm_core.media import Floats
from mmm_core.names import FitName
from mmm_core.records import ScenarioRecord
from mmm_optimizer.counted import PlanSubject, counting, plan_subject
from mmm_optimizer.question_messages import question_from_wire, read_stored, stored_question
from mmm_optimizer.questions import AskedPlan, shared_outcomes
from mmm_optimizer.setting_differences import SettingDifference, setting_differences
from mmm_store.fits import FitReader


class DrawComparison(StrEnum):
    """Whether a scenario's outcome can be held against the first one's draw by draw."""

    FIRST = "first"
    JOINT = "joint"
    OTHER_FIT = "other_fit"
    FIT_DELETED = "fit_deleted"
    FIT_CHANGED = "fit_changed"


@dataclass(frozen=True, slots=True)
class OutcomeDifference:
    """A scenario's outcome minus the first one's, in KPI units; figures only when draws are joint."""

    draws: DrawComparison
    difference: Estimate | None = None
    larger_probability: float | None = None


@dataclass(frozen=True, slots=True)
class ChannelSpend:
    """Money of one channel over the horizon, one amount per scenario."""

    name: str
    label: str
    spend: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ScenarioComparison:
    """What scenarios differ in; the first is what the others are held against."""

    outcomes: tuple[OutcomeDifference, ...]
    settings: tuple[SettingDifference, ...]
    spends: tuple[ChannelSpend, ...]


def compare(fits: FitReader, records: Sequence[ScenarioRecord]) -> ScenarioComparison:
    """Hold scenarios against the first of them.

    Raises
    ------
    FailedPrecondition
        Reason ``UNKNOWN_FORMAT`` when a question cannot be read.
    """
    plans = [read_stored(record.plan, optimizer_pb2.BudgetPlan()) for record in records]
    questions = [stored_question(record.question_kind, record.question) for record in records]
    return ScenarioComparison(
        outcomes=tuple(_outcome_differences(fits, records)),
        settings=tuple(setting_differences(questions, [plan.horizon_periods for plan in plans])),
        spends=tuple(_spends(plans)),
    )


def _outcome_differences(fits: FitReader, records: Sequence[ScenarioRecord]) -> list[OutcomeDifference]:
    first = records[0]
    sharing = [record for record in records if record.fit_digest == first.fit_digest]
    differences = {first.name: OutcomeDifference(DrawComparison.FIRST)}
    if len(sharing) > 1:
        for record, difference in zip(sharing[1:], _of_same_draws(fits, sharing), strict=True):
            differences[record.name] = difference
    other = OutcomeDifference(DrawComparison.OTHER_FIT)
    return [differences.get(record.name, other) for record in records]


def _of_same_draws(fits: FitReader, records: Sequence[ScenarioRecord]) -> list[OutcomeDifference]:
    """Differences of all but the first scenario to the first."""
    subject = _unchanged(fits, records[0])
    if isinstance(subject, DrawComparison):
        return [OutcomeDifference(subject)] * (len(records) - 1)
    first, *others = shared_outcomes(subject.fit, [_asked(record, subject) for record in records])
    mass = read_stored(records[0].plan, optimizer_pb2.BudgetPlan()).outcome.probability
    return [_difference(other - first, mass) for other in others]


def _unchanged(fits: FitReader, record: ScenarioRecord) -> PlanSubject | DrawComparison:
    """Load what a scenario was made for if it is what it was, else say why not."""
    question = stored_question(record.question_kind, record.question)
    try:
        subject = plan_subject(fits, FitName.parse(record.fit), question.settings)
    except NotFound:
        return DrawComparison.FIT_DELETED
    return subject if subject.digest == record.fit_digest else DrawComparison.FIT_CHANGED


def _difference(draws: Floats, mass: float) -> OutcomeDifference:
    larger = float(np.mean(draws > 0))
    return OutcomeDifference(DrawComparison.JOINT, estimate(draws, mass), larger)


def _asked(record: ScenarioRecord, subject: PlanSubject) -> AskedPlan:
    question = stored_question(record.question_kind, record.question)
    return AskedPlan(counting(question_from_wire(question), subject), record.amounts)


def _spends(plans: Sequence[optimizer_pb2.BudgetPlan]) -> list[ChannelSpend]:
    labels = {channel.name: channel.display_name for plan in plans for channel in plan.allocations}
    spends = [{channel.name: channel.spend for channel in plan.allocations} for plan in plans]
    return [
        ChannelSpend(name, label, tuple(spend.get(name, 0.0) for spend in spends))
        for name, label in labels.items()
    ]
