"""What callers say about scenarios, checked before anything is computed."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from mmm_core.errors import InvalidInput, Violation, shorten
from mmm_core.names import ClientName, FitName, ScenarioName
from mmm_core.pages import page_size

LONGEST_NAME, LONGEST_NOTE = 100, 2000
# So many with their notes are sure to fit into a message.
MOST_LISTED = 200
FEWEST_COMPARED, MOST_COMPARED = 2, 10


class Problems:
    """Collects what several checks refuse, to be told at once."""

    def __init__(self) -> None:
        self._violations: list[Violation] = []

    def of[T](self, check: Callable[[], T]) -> T | None:
        """Run a check that raises `InvalidInput`; None when it does."""
        try:
            return check()
        except InvalidInput as error:
            self._violations += error.violations
            return None

    def add(self, violations: Iterator[Violation]) -> None:
        """Take over what is wrong."""
        self._violations += violations

    @property
    def found(self) -> bool:
        """Whether anything is wrong."""
        return bool(self._violations)

    def error(self) -> InvalidInput:
        """Everything that is wrong, to be raised."""
        return InvalidInput(self._violations)


def wrong_words(display_name: str, note: str) -> Iterator[Violation]:
    """Yield what is wrong with a display name and a note."""
    field = "scenario.display_name"
    if not display_name.strip():
        fix = "Say how people shall call it."
        yield Violation(field, "is missing.", fix, code="MISSING_FIELD")
    elif len(display_name) > LONGEST_NAME or not display_name.isprintable():
        message = "is too long, or holds signs that cannot be shown."
        fix = f"Use at most {LONGEST_NAME} characters in one line."
        yield Violation(field, message, fix, shorten(display_name), "INVALID_DISPLAY_NAME")
    if len(note) > LONGEST_NOTE or not all(line.isprintable() for line in note.splitlines()):
        message = "is too long, or holds signs that cannot be shown."
        fix = f"Use at most {LONGEST_NOTE} characters."
        yield Violation("scenario.note", message, fix, shorten(note), "INVALID_NOTE")


def wrong_request_id(request_id: str) -> Iterator[Violation]:
    """Yield what is wrong with the id of a request."""
    try:
        uuid.UUID(request_id or str(uuid.UUID(int=0)))
    except ValueError:
        fix = "Make a new UUID for every scenario, or leave it empty."
        yield Violation("request_id", "is not a UUID.", fix, shorten(request_id), "INVALID_REQUEST_ID")


def fit_in(parent: ClientName, name: str, field: str) -> FitName:
    """Parse the name of a fit that must be in a workspace; raises `InvalidInput`."""
    fit = FitName.parse(name, field)
    if fit.client != parent.client:
        fix = f"Use a fit of {parent}."
        raise InvalidInput([Violation(field, "is in another workspace.", fix, shorten(name))])
    return fit


def no_question() -> InvalidInput:
    """Refuse a scenario without a question."""
    fix = "Set one of optimize_budget, find_budget and evaluate_plan."
    return InvalidInput([Violation("scenario.question", "is missing.", fix, code="MISSING_FIELD")])


@dataclass(frozen=True, slots=True)
class WantedPage:
    """Which part of a list is wanted.

    Attributes
    ----------
    start_after : str
        Name of the last scenario of the page before; empty for the first page.
    size : int
        At most this many.
    fit : FitName or None
        Only scenarios of this fit; None for all.
    """

    start_after: str
    size: int
    fit: FitName | None


def wanted_page(parent: ClientName, size: int, token: str, fit: str) -> WantedPage:
    """Read which page is wanted; raises `InvalidInput` with everything wrong."""
    problems = Problems()
    wanted = problems.of(lambda: page_size(size))
    problems.of(lambda: _check_page_token(parent, token))
    of_fit = problems.of(lambda: fit_in(parent, fit, "fit")) if fit else None
    if problems.found or wanted is None:
        raise problems.error()
    return WantedPage(token, min(wanted, MOST_LISTED), of_fit)


def _check_page_token(parent: ClientName, token: str) -> None:
    """Accept the token of an earlier page, which is the name of its last scenario; raises `InvalidInput`."""
    try:
        fits = not token or ScenarioName.parse(token).client == parent.client
    except InvalidInput:
        fits = False
    if not fits:
        fix = "Give next_page_token of the page before, or leave it empty."
        message = "is not a token of an earlier page."
        raise InvalidInput([Violation("page_token", message, fix, shorten(token), "INVALID_PAGE_TOKEN")])


def compared_names(names: Sequence[str]) -> list[ScenarioName]:
    """Parse the names of scenarios to compare; raises `InvalidInput` with everything wrong."""
    problems = Problems()
    problems.add(_wrong_entries(names))
    parsed = []
    for place, name in enumerate(names):
        if (one := problems.of(partial(ScenarioName.parse, name, f"names[{place}]"))) is not None:
            parsed.append(one)
    if problems.found:
        raise problems.error()
    return parsed


def _wrong_entries(names: Sequence[str]) -> Iterator[Violation]:
    if not FEWEST_COMPARED <= len(names) <= MOST_COMPARED:
        fix = f"Give {FEWEST_COMPARED} to {MOST_COMPARED} scenarios."
        yield Violation(
            "names", "has too few or too many entries.", fix, str(len(names)), code="OUT_OF_RANGE"
        )
    for place, name in enumerate(names):
        if name in names[:place]:
            fix = "Name every scenario once."
            yield Violation(f"names[{place}]", "comes twice.", fix, shorten(name), code="DUPLICATE_NAME")
