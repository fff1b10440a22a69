"""Questions as they come over the wire and as they are kept; no decisions here."""

from typing import Any

from google.protobuf import json_format
from google.protobuf.message import Message

from mmm.optimizer.v1 import optimizer_service_pb2
from mmm_core.errors import FailedPrecondition, Violation
from mmm_optimizer.questions import Question
from mmm_optimizer.settings_messages import (
    by_hand_from_wire,
    settings_from_wire,
    settings_of_optimize,
    target_from_wire,
)

type QuestionMessage = (
    optimizer_service_pb2.OptimizeBudgetRequest
    | optimizer_service_pb2.FindBudgetRequest
    | optimizer_service_pb2.EvaluatePlanRequest
)
_KINDS: dict[type[QuestionMessage], str] = {
    optimizer_service_pb2.OptimizeBudgetRequest: "optimize_budget",
    optimizer_service_pb2.FindBudgetRequest: "find_budget",
    optimizer_service_pb2.EvaluatePlanRequest: "evaluate_plan",
}


def kind_of(question: QuestionMessage) -> str:
    """Which field of a scenario holds a question."""
    return _KINDS[type(question)]


def question_of(scenario: optimizer_service_pb2.Scenario) -> QuestionMessage | None:
    """Read the question of a scenario; None when it has none."""
    kind = scenario.WhichOneof("question")
    return None if kind is None else getattr(scenario, kind)


def question_from_wire(message: QuestionMessage) -> Question:
    """Read a question."""
    match message:
        case optimizer_service_pb2.FindBudgetRequest():
            return Question(settings_from_wire(message.settings), target_from_wire(message))
        case optimizer_service_pb2.EvaluatePlanRequest():
            return Question(settings_from_wire(message.settings), tuple(by_hand_from_wire(message)))
        case _:
            return Question(settings_of_optimize(message), message.total_budget)


def to_stored(message: Message) -> dict[str, Any]:
    """Write a message as JSON values by the names of its fields; numbers keep every digit."""
    stored: dict[str, Any] = json_format.MessageToDict(message, preserving_proto_field_name=True)
    return stored


def stored_question(kind: str, stored: dict[str, Any]) -> QuestionMessage:
    """Read a question that was kept.

    A field that is not known is refused. It is a wish of a newer version, and a plan made without it would
    be the answer to another question.

    Raises
    ------
    FailedPrecondition
        Reason ``UNKNOWN_FORMAT``.
    """
    scenario = optimizer_service_pb2.Scenario()
    _parse({kind: stored}, scenario, ignore_unknown=False)
    question: QuestionMessage = getattr(scenario, kind)
    return question


def read_stored[M: Message](stored: dict[str, Any], message: M) -> M:
    """Read what came out. Figures of a newer version that are not known are passed over: the others stand.

    Raises
    ------
    FailedPrecondition
        Reason ``UNKNOWN_FORMAT``, when it is something else altogether.
    """
    _parse(stored, message, ignore_unknown=True)
    return message


def _parse(stored: dict[str, Any], message: Message, *, ignore_unknown: bool) -> None:
    try:
        json_format.ParseDict(stored, message, ignore_unknown_fields=ignore_unknown)
    except json_format.ParseError as error:
        fix = "Use the version of the platform that made it, or a newer one."
        what = f"cannot be read by this version: {str(error).splitlines()[0]}"
        problem = Violation("scenario", what, fix, code="UNKNOWN_FORMAT")
        raise FailedPrecondition([problem], reason="UNKNOWN_FORMAT") from error
