"""Words that say what a column is; the words themselves are in ``vocabulary.yaml``."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

import yaml

from mmm_core.slugs import plain_letters

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Topic(StrEnum):
    """What a word speaks of."""

    DATE = "date"
    CALENDAR = "calendar"
    """What a model makes from dates by itself: trend, season, number of the week."""
    TECHNICAL = "technical"
    DERIVED = "derived"
    """What a model computed."""
    RATE = "rate"
    """A ratio of other columns."""
    TOTAL = "total"
    FILLER = "filler"
    """Says nothing that matters here."""
    DIMENSION = "dimension"
    EVENT = "event"
    OUTCOME = "outcome"
    UNIT_VALUE = "unit_value"
    MONEY = "money"
    CURRENCY = "currency"
    EXPOSURE = "exposure"
    MEDIUM = "medium"
    OWNED = "owned_medium"
    COMPETITOR = "competitor"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class Term:
    """A meaning and the words for it.

    Attributes
    ----------
    name : str
        What it is called here: words of one term mean the same.
    topic : Topic
        What it speaks of.
    words : tuple of str
        Words in all languages, phrases with underscores.
    kind : str
        Outcomes: revenue, sales, count or target. Media: the kind carryover goes by. Controls: the sign of
        the effect. Currencies: the ISO 4217 code.
    """

    name: str
    topic: Topic
    words: tuple[str, ...]
    kind: str = ""

    def spellings(self) -> Iterator[str]:
        """Every way a word may be spelt in a name, as `plain_letters` leaves it."""
        for word in self.words:
            yield plain_letters(word)
            yield plain_letters(word.translate(_GERMAN))
            yield plain_letters(word).replace("_", "")


def _load() -> Iterator[Term]:
    text = files("mmm_data.suggest").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    for topic, terms in yaml.safe_load(text).items():
        for name, entry in terms.items():
            kind = entry.pop("kind", "")
            words = tuple(word for language in entry.values() for word in language.split())
            yield Term(name, Topic(topic), words, kind)


def _index() -> Mapping[str, tuple[Term, ...]]:
    found: dict[str, dict[Term, None]] = defaultdict(dict)
    for term in TERMS.values():
        for word in term.spellings():
            found[word][term] = None
    return {word: tuple(terms) for word, terms in found.items()}


TERMS = {term.name: term for term in _load()}
"""Terms by name."""

WORDS = _index()
"""Terms of every word and phrase."""

LONGEST_PHRASE = max(word.count("_") + 1 for word in WORDS)
