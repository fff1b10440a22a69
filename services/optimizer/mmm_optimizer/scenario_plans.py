"""Plans of scenarios: made, and made again."""

from dataclasses import dataclass
from importlib.metadata import version

from mmm.analysis.v1 import analysis_pb2
from mmm.optimizer.v1 import optimizer_pb2, scenario_pb2
from mmm_core.errors import FailedPrecondition, NotFound, Violation
from mmm_core.messages import units_to_proto
from mmm_core.names import FitName
from mmm_core.records import ScenarioRecord
from mmm_optimizer.counted import counting, plan_subject
from mmm_optimizer.messages import plan_to_wire
from mmm_optimizer.plan_changes import PlanChange, plan_change
from mmm_optimizer.question_messages import (
    QuestionMessage,
    question_from_wire,
    read_stored,
    stored_question,
)
from mmm_optimizer.questions import answer
from mmm_store.fits import FitReader

_LIBRARIES = ("mmm-optimizer", "mmm-core", "numpy", "scipy")


@dataclass(frozen=True, slots=True)
class MadePlan:
    """A plan as it came out, and what it came from.

    Attributes
    ----------
    question, plan, target, units
        Messages; a target only when there was one.
    amounts : tuple of float
        See `mmm_optimizer.questions.Answer`.
    fit_digest : str
        Digest of the fit's files.
    library_versions : dict
        Versions of what computed it, by package.
    """

    question: QuestionMessage
    plan: optimizer_pb2.BudgetPlan
    target: scenario_pb2.TargetResult | None
    units: analysis_pb2.Units
    amounts: tuple[float, ...]
    fit_digest: str
    library_versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rerun:
    """A scenario's plan made again, and how far it is from the kept one."""

    made: MadePlan
    change: PlanChange
    is_same_fit: bool


def make_plan(fits: FitReader, fit: FitName, question: QuestionMessage) -> MadePlan:
    """Answer a question; raises like `mmm_optimizer.questions.answer` and `FitReader.load`."""
    subject = plan_subject(fits, fit, question.settings)
    made = answer(subject.fit, counting(question_from_wire(question), subject))
    target = made.target
    return MadePlan(
        question=question,
        plan=plan_to_wire(str(fit), made.plan),
        target=None
        if target is None
        else scenario_pb2.TargetResult(
            reached=target.is_reached,
            reached_level=target.reached,
            reached_probability=target.probability,
        ),
        units=units_to_proto(subject.fit.config.kpi),
        amounts=made.amounts,
        fit_digest=subject.digest,
        library_versions={library: version(library) for library in _LIBRARIES},
    )


def rerun(fits: FitReader, record: ScenarioRecord) -> Rerun:
    """Answer a scenario's question again.

    Raises
    ------
    FailedPrecondition
        Reason ``FIT_DELETED`` when the fit is gone, ``UNKNOWN_FORMAT`` when the question cannot be read.
    """
    question = stored_question(record.question_kind, record.question)
    try:
        made = make_plan(fits, FitName.parse(record.fit), question)
    except NotFound as error:
        fix = "Its stored plan stays readable; for a new one, ask with a fit that exists."
        problem = Violation("fit", "was deleted.", fix, record.fit, "FIT_DELETED")
        raise FailedPrecondition([problem], reason="FIT_DELETED") from error
    kept = read_stored(record.plan, optimizer_pb2.BudgetPlan())
    return Rerun(made, plan_change(kept, made.plan), made.fit_digest == record.fit_digest)
