"""What a caller asks of a fit, checked with every problem in one answer."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from mmm.common.v1.common_pb2 import DateRange
from mmm_analysis.hurdles import HurdleQuestion, hurdle_problems
from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.names import FitName
from mmm_core.quantities import Window, window_of

DEFAULT_PROBABILITY = 0.9
DEFAULT_MULTIPLIERS = np.linspace(0.0, 2.0, 21)
MAX_MULTIPLIERS = 200
FEWEST_FITS, MOST_FITS = 2, 10
NO_HURDLE = HurdleQuestion()


@dataclass(frozen=True, slots=True)
class Question:
    """A window of a fit and the mass of the intervals.

    Attributes
    ----------
    window : Window
        Periods asked about.
    probability : float
        Mass of the central intervals.
    """

    window: Window
    probability: float


def probability_of(asked: float | None) -> float:
    """Mass of the intervals; raises `InvalidInput` outside 0 to 1."""
    problems: list[Violation] = []
    probability = _probability(asked, problems)
    _raise_if_any(problems)
    return probability


def question(
    fit: FittedModel,
    asked: DateRange,
    probability: float | None,
    *,
    hurdle: HurdleQuestion = NO_HURDLE,
    also: Iterable[Violation] = (),
) -> Question:
    """Check a window, a probability and a hurdle.

    Raises
    ------
    InvalidInput
        With every problem, and those found in the rest of the request, `also`.
    """
    problems = [*hurdle_problems(fit, hurdle), *also]
    window = _window(fit, asked, problems)
    mass = _probability(probability, problems)
    _raise_if_any(problems)
    return Question(window, mass)


@dataclass(frozen=True, slots=True)
class CurveQuestion:
    """Which response curves are asked for.

    Attributes
    ----------
    window : Window
        Periods whose spend is multiplied.
    probability : float
        Mass of the central intervals.
    channels : tuple of int
        Positions of the channels.
    multipliers : array, shape (K,)
        Rising multiples of the spend.
    """

    window: Window
    probability: float
    channels: tuple[int, ...]
    multipliers: Floats


def curve_question(
    fit: FittedModel,
    asked: DateRange,
    probability: float | None,
    channels: list[str],
    multipliers: list[float],
    *,
    hurdle: HurdleQuestion = NO_HURDLE,
) -> CurveQuestion:
    """Check a request for curves; raises `InvalidInput` with every problem."""
    problems = hurdle_problems(fit, hurdle)
    window = _window(fit, asked, problems)
    mass = _probability(probability, problems)
    places = _channels(fit, channels, problems)
    points = _multipliers(multipliers, problems)
    _raise_if_any(problems)
    return CurveQuestion(window, mass, places, points)


def fit_names(field: str, texts: list[str]) -> list[FitName]:
    """Check the names of 2 to 10 different fits; raises `InvalidInput` with every problem."""
    problems: list[Violation] = []
    names = []
    for place, text in enumerate(texts):
        try:
            names.append(FitName.parse(text, f"{field}[{place}]"))
        except InvalidInput as error:
            problems.extend(error.violations)
        if text in texts[:place]:
            fix = "Name every fit once."
            problems.append(Violation(f"{field}[{place}]", "comes twice.", fix, shorten(text), "TWICE"))
    if not FEWEST_FITS <= len(texts) <= MOST_FITS:
        fix = f"Name {FEWEST_FITS} to {MOST_FITS}."
        problems.append(Violation(field, "is no number of fits.", fix, str(len(texts)), "OUT_OF_RANGE"))
    _raise_if_any(problems)
    return names


def combined_window(
    common: tuple[np.datetime64, np.datetime64], asked: DateRange
) -> tuple[np.datetime64, np.datetime64]:
    """Narrow the dates that fits have in common; raises `InvalidInput` with every problem."""
    problems: list[Violation] = []
    start, end = _day("window.start", asked.start, problems), _day("window.end", asked.end, problems)
    first = common[0] if start is None else max(start, common[0])
    last = common[1] if end is None else min(end, common[1])
    if first > last and not problems:
        fix = f"The fits have {common[0]} to {common[1]} in common."
        got = f"{asked.start} to {asked.end}"
        problems.append(Violation("window", "holds no common period.", fix, got, "EMPTY_WINDOW"))
    _raise_if_any(problems)
    return first, last


def _raise_if_any(problems: list[Violation]) -> None:
    if problems:
        raise InvalidInput(problems)


def _probability(asked: float | None, problems: list[Violation]) -> float:
    if asked is None:
        return DEFAULT_PROBABILITY
    if not 0 < asked < 1:
        problems.append(
            Violation(
                "interval_probability",
                "is not a probability.",
                "Give a number between 0 and 1.",
                str(asked),
                "OUT_OF_RANGE",
            )
        )
    return asked


def _window(fit: FittedModel, asked: DateRange, problems: list[Violation]) -> Window:
    start = _day("window.start", asked.start, problems)
    end = _day("window.end", asked.end, problems)
    window = window_of(fit, start, end)
    if window.start >= window.stop and not problems:
        fix = f"The data go from {fit.dates[0]} to {fit.dates[-1]}."
        got = f"{asked.start or fit.dates[0]} to {asked.end or fit.dates[-1]}"
        problems.append(Violation("window", "holds no period of the data.", fix, got, "EMPTY_WINDOW"))
    return window


def _day(field: str, text: str, problems: list[Violation]) -> np.datetime64 | None:
    if not text:
        return None
    try:
        return np.datetime64(date.fromisoformat(text))
    except ValueError:
        fix = "Write it like 2024-12-30."
        problems.append(Violation(field, "is not an ISO 8601 date.", fix, shorten(text), "BAD_DATE"))
        return None


def _channels(fit: FittedModel, names: list[str], problems: list[Violation]) -> tuple[int, ...]:
    paid = list(fit.media_names[: fit.paid_count])
    places = []
    for index, name in enumerate(names):
        if name in paid:
            places.append(paid.index(name))
            continue
        near = difflib.get_close_matches(name.lower(), paid, n=1)
        fix = f"Did you mean {near[0]!r}?" if near else f"Channels: {shorten(', '.join(paid))}."
        field = f"channels[{index}]"
        problems.append(Violation(field, "is not a paid channel.", fix, shorten(name), "UNKNOWN_CHANNEL"))
    return tuple(places) if names else tuple(range(fit.paid_count))


def _multipliers(asked: list[float], problems: list[Violation]) -> Floats:
    if not asked:
        return DEFAULT_MULTIPLIERS
    if len(asked) > MAX_MULTIPLIERS:
        fix = f"Give at most {MAX_MULTIPLIERS}."
        problems.append(Violation("multipliers", "are too many.", fix, str(len(asked)), "TOO_MANY"))
        return DEFAULT_MULTIPLIERS
    for index, value in enumerate(asked):
        if not 0 <= value < float("inf"):
            field, fix = f"multipliers[{index}]", "Give finite numbers of at least 0."
            problems.append(Violation(field, "is not a multiple.", fix, str(value), "OUT_OF_RANGE"))
    return np.array(sorted(asked))
