"""Which outcomes count in a plan: those of the fit, and of others that explain what the same money brings."""

import hashlib
from dataclasses import dataclass, replace

from mmm.optimizer.v1 import optimizer_pb2
from mmm_core.combined_plan import CountedFit, valued_fit
from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.fitted import FittedModel
from mmm_core.names import FitName
from mmm_optimizer.questions import Question
from mmm_optimizer.request import PlanSettings
from mmm_optimizer.settings_messages import given
from mmm_store.fits import FitReader, StoredFit

MOST_OTHERS = 9


@dataclass(frozen=True, slots=True)
class PlanSubject:
    """What a plan is made for.

    Attributes
    ----------
    fit : FittedModel
        The fit, or what `valued_fit` makes of several.
    counted : tuple of CountedFit
        All of them when there are several.
    digest : str
        Of the files of all, and of what their outcomes are worth.
    """

    fit: FittedModel
    counted: tuple[CountedFit, ...]
    digest: str

    def settings(self, asked: PlanSettings) -> PlanSettings:
        """Complete settings with the fits they name."""
        return replace(asked, counted=self.counted)


def counting(question: Question, subject: PlanSubject) -> Question:
    """Complete a question's settings with the fits they name."""
    return replace(question, settings=subject.settings(question.settings))


def plan_subject(fits: FitReader, name: FitName, settings: optimizer_pb2.PlanSettings) -> PlanSubject:
    """Load what a plan is made for.

    Raises
    ------
    InvalidInput
        Naming every outcome that cannot count.
    NotFound
        When a fit does not exist.
    FailedPrecondition
        When a fit has no result, and when the fits do not speak of the same money.
    """
    stored = fits.stored(name)
    if not settings.also:
        return PlanSubject(fits.arrays(stored), (), stored.digest)
    others = [fits.stored(other) for other in _names(name, settings)]
    counted = _valued(settings, [fits.arrays(one) for one in (stored, *others)])
    digest = _digest([stored, *others], [one.value for one in counted])
    return PlanSubject(valued_fit(counted[0], counted[1:]), tuple(counted), digest)


def _digest(stored: list[StoredFit], values: list[float]) -> str:
    """Digest of files and weights: plans of other weights have other outcomes."""
    weighed = (f"{one.digest} {value!r}" for one, value in zip(stored, values, strict=True))
    return hashlib.sha256("\n".join(weighed).encode()).hexdigest()


def _names(fit: FitName, settings: optimizer_pb2.PlanSettings) -> list[FitName]:
    """Names of the other fits, of the same workspace and all different."""
    problems: list[Violation] = []
    names = [fit]
    for place, outcome in enumerate(settings.also):
        field = f"also[{place}].fit"
        try:
            name = FitName.parse(outcome.fit, field)
        except InvalidInput as error:
            problems.extend(error.violations)
            continue
        if name.client != fit.client:
            fix = f"Use a fit of clients/{fit.client}."
            problems.append(Violation(field, "is in another workspace.", fix, shorten(outcome.fit)))
        if name in names:
            fix = "Name every fit once."
            problems.append(Violation(field, "comes twice.", fix, shorten(outcome.fit), "TWICE"))
        names.append(name)
    if len(settings.also) > MOST_OTHERS:
        fix, got = f"Name at most {MOST_OTHERS}.", str(len(settings.also))
        problems.append(Violation("also", "are too many.", fix, got, "TOO_MANY"))
    if problems:
        raise InvalidInput(problems)
    return names[1:]


def _valued(settings: optimizer_pb2.PlanSettings, models: list[FittedModel]) -> list[CountedFit]:
    """Give every outcome its value, from the settings or from its fit."""
    fields = ["value_per_unit"]
    fields += [f"also[{place}].value_per_unit" for place in range(len(settings.also))]
    asked = [given(message, "value_per_unit") for message in (settings, *settings.also)]
    counted, problems = [], []
    for field, model, own in zip(fields, models, asked, strict=True):
        value = model.unit_value if own is None else own
        if value is None:
            fix = "Give the money one unit is worth."
            problems.append(Violation(field, "is not known from the fit.", fix, code="MISSING"))
        elif not 0 < value < float("inf"):
            fix = "Give a finite number above 0."
            problems.append(Violation(field, "is no value.", fix, str(value), "OUT_OF_RANGE"))
        else:
            counted.append(CountedFit(model, value))
    if problems:
        raise InvalidInput(problems)
    return counted
