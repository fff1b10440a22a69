"""What differs between the questions of several plans, field by field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mmm.optimizer.v1 import optimizer_pb2, optimizer_service_pb2
from mmm_optimizer.problem import DEFAULT_PROBABILITY, DEFAULT_RISK_LEVEL
from mmm_optimizer.question_messages import QuestionMessage, kind_of, to_stored
from mmm_optimizer.settings_messages import merged_settings

# Entries of lists are told apart by what they are about, so that their order makes no difference.
_SUBJECTS = ("channel", "to", "cell")
# Words of enums without what they all begin with, as people write them in files of settings.
_WORDS = {
    name: name.removeprefix(prefix).lower()
    for kind, prefix in (
        (optimizer_pb2.Utility, "UTILITY_"),
        (optimizer_pb2.Flighting, "FLIGHTING_"),
        (optimizer_pb2.Target, "TARGET_"),
    )
    for name in kind.DESCRIPTOR.values_by_name
}


@dataclass(frozen=True, slots=True)
class SettingDifference:
    """A field, and its value in every question as text; empty where it is not set."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value is: a path, and which number of a list of numbers."""

    path: str
    number: int | None = None

    @property
    def field(self) -> str:
        return self.path if self.number is None else f"{self.path}[{self.number}]"


def setting_differences(
    questions: Sequence[QuestionMessage], horizons: Sequence[int]
) -> list[SettingDifference]:
    """List the settings that are not the same in all questions.

    Parameters
    ----------
    questions : sequence of message
        As they were asked.
    horizons : sequence of int
        Periods each plan has, which a question may leave to the default.
    """
    asked = [
        {_Place("question"): kind_of(one), **dict(_leaves(to_stored(_with_defaults(one, horizon)), ""))}
        for one, horizon in zip(questions, horizons, strict=True)
    ]
    places = dict.fromkeys(place for one in asked for place in one)
    differing: dict[str, list[tuple[_Place, tuple[str, ...]]]] = {}
    for place in places:
        values = tuple(one.get(place, "") for one in asked)
        if len(set(values)) > 1:
            differing.setdefault(place.path, []).append((place, values))
    return [
        SettingDifference(f"{place.field} and {len(more)} more" if more else place.field, values)
        for (place, values), *more in differing.values()
    ]


def _with_defaults(question: QuestionMessage, horizon: int) -> QuestionMessage:
    """Say what a question leaves open, and say it in one place."""
    if isinstance(question, optimizer_service_pb2.OptimizeBudgetRequest):
        settings = merged_settings(question)
        said: QuestionMessage = optimizer_service_pb2.OptimizeBudgetRequest(
            fit=question.fit, total_budget=question.total_budget, settings=settings
        )
    else:
        said = type(question)()
        said.CopyFrom(question)  # type: ignore[arg-type]  # both are of one type
    settings = said.settings
    settings.horizon_periods = horizon
    settings.utility = settings.utility or optimizer_pb2.UTILITY_MEAN
    settings.flighting = settings.flighting or optimizer_pb2.FLIGHTING_EVEN
    if not settings.HasField("risk_level"):
        settings.risk_level = DEFAULT_RISK_LEVEL
    if not settings.HasField("interval_probability"):
        settings.interval_probability = DEFAULT_PROBABILITY
    return said


def _leaves(value: Any, path: str) -> Iterator[tuple[_Place, str]]:
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from _leaves(entry, f"{path}.{name}" if path else name)
    elif not isinstance(value, list):
        yield _Place(path), _text(value)
    elif all(isinstance(entry, dict) for entry in value):
        for label, entry in _labelled(value):
            yield from _leaves(entry, f"{path}[{label}]")
    elif all(isinstance(entry, str) for entry in value):
        yield _Place(path), ", ".join(value)
    else:
        for number, entry in enumerate(value):
            yield _Place(path, number), _text(entry)


def _labelled(entries: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """What each entry is about, and what else it says; its place where that does not tell them apart."""
    subjects = [[entry[key] for key in _SUBJECTS if key in entry] for entry in entries]
    labels = ["/".join(_subject(part) for part in parts) for parts in subjects]
    if all(labels) and len(set(labels)) == len(labels):
        said = [{key: part for key, part in entry.items() if key not in _SUBJECTS} for entry in entries]
        return list(zip(labels, said, strict=True))
    return [(str(place), entry) for place, entry in enumerate(entries)]


def _subject(part: str | list[str]) -> str:
    return part if isinstance(part, str) else "/".join(part)


def _text(value: object) -> str:
    """Write a value as people do."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _WORDS.get(str(value), str(value))
