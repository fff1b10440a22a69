"""What the name of a column says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mmm_core.slugs import plain_letters
from mmm_data.suggest.vocabulary import LONGEST_PHRASE, TERMS, WORDS, Term, Topic

_SYMBOLS = str.maketrans({"€": " eur ", "$": " usd ", "£": " gbp "})
_WORD = re.compile(r"[^\W_]+")
# tvSpend is two words, and so is TVSpend.
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿ])")
# Columns of Robyn end in S for spend, I for impressions, P for another exposure, B for a baseline variable.
_LAST_LETTERS = {
    letter: TERMS[name]
    for letter, name in {"s": "spend", "i": "impressions", "p": "activity", "b": "filler"}.items()
}
# What a longer word may end in, as in werbeausgaben and adspend.
_ENDINGS = (Topic.MONEY, Topic.EXPOSURE, Topic.OUTCOME)
_SHORTEST_ENDING = 5
_SHORTEST_REST = 2
_LONGEST_ACRONYM = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A word or phrase of a name: its text as written, and what it may mean."""

    text: str
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was read.

    Attributes
    ----------
    column : str
        The name.
    parts : tuple of Part
        Its words and phrases, in order.
    """

    column: str
    parts: tuple[Part, ...]

    def term(self, *topics: Topic) -> Term | None:
        """The first term that speaks of one of `topics`."""
        return next((term for part in self.parts for term in part.terms if term.topic in topics), None)

    def has(self, *topics: Topic) -> bool:
        """Whether a word speaks of one of `topics`."""
        return self.term(*topics) is not None

    def word(self, *topics: Topic) -> str:
        """The first word that speaks of one of `topics`, as written."""
        return next(part.text for part in self.parts if any(term.topic in topics for term in part.terms))

    def says_only(self, *topics: Topic) -> bool:
        """Whether every word speaks of one of `topics`."""
        return all(any(term.topic in topics for term in part.terms) for part in self.parts)

    @property
    def subject(self) -> tuple[Part, ...]:
        """Words that say what is measured, without those that say how: ``TV spend (€)`` is about TV."""
        how = {Topic.MONEY, Topic.CURRENCY, Topic.EXPOSURE, Topic.FILLER, Topic.TOTAL}
        return tuple(
            part for part in self.parts if not (part.terms and all(term.topic in how for term in part.terms))
        )

    @property
    def subject_key(self) -> frozenset[str]:
        """The subject, the same for ``fb_spend`` and ``Facebook - Impressions``."""
        return frozenset(
            part.terms[0].name if part.terms else plain_letters(part.text) for part in self.subject
        )

    @property
    def label(self) -> str:
        """The subject as people write it."""
        texts = [part.text for part in self.subject] or [self.column]
        if any(text != text.lower() for text in texts):
            return " ".join(texts)
        acronym = texts[0].isalpha() and len(texts[0]) <= _LONGEST_ACRONYM
        first = texts[0].upper() if acronym else texts[0].capitalize()
        return " ".join([first, *texts[1:]])


@lru_cache(maxsize=4096)
def read_name(column: str) -> Name:
    """Read a name."""
    words = [hump for word in _WORD.findall(column.translate(_SYMBOLS)) for hump in _HUMP.split(word) if hump]
    return Name(column, tuple(_parts(words)))


def _parts(words: list[str]) -> Iterator[Part]:
    place = 0
    while place < len(words):
        part, length = _longest(words, place)
        place += length
        yield from [part] if part.terms else _split(part.text)


def _longest(words: list[str], place: int) -> tuple[Part, int]:
    """The longest known phrase at a place, or the word there; and its number of words."""
    last = place == len(words) - 1
    if last and place > 0 and words[place].lower() in _LAST_LETTERS:
        return Part(words[place], (_LAST_LETTERS[words[place].lower()],)), 1
    for length in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
        phrase = words[place : place + length]
        terms = WORDS.get("_".join(plain_letters(word) for word in phrase))
        if terms:
            return Part(" ".join(phrase), terms), length
    return Part(words[place]), 1


def _split(word: str) -> Iterator[Part]:
    """Split a compound that ends in a known word."""
    plain = plain_letters(word)
    for length in range(len(plain) - _SHORTEST_REST, _SHORTEST_ENDING - 1, -1):
        terms = WORDS.get(plain[-length:], ())
        if len(plain) == len(word) and any(term.topic in _ENDINGS for term in terms):
            rest = word[:-length]
            yield Part(rest, WORDS.get(plain[:-length], ()))
            yield Part(word[-length:], terms)
            return
    yield Part(word)
