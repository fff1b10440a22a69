"""Fits and what was computed of them, kept in memory by the content of the fit's files."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter, methodcaller
from threading import Condition
from typing import cast

from cachetools import LRUCache, cachedmethod
from google.protobuf.message import Message

from mmm_analysis.channels import ChannelTable, channel_table
from mmm_analysis.hurdles import HurdleQuestion
from mmm_analysis.windows import Breakevens, Exploration, ExploredWindow, breakevens, exploration
from mmm_core.cells import CellFilter, chosen_cells
from mmm_core.fitted import FittedModel
from mmm_core.names import FitName
from mmm_core.quantities import Window
from mmm_store.fits import FitReader, StoredFit

# Bytes of explored windows, of breakevens, and of answers, that are kept.
WINDOW_BYTES = 512 << 20
BREAKEVEN_BYTES = 64 << 20
ANSWER_BYTES = 64 << 20
# Channel tables that are kept; they are small.
TABLES = 64

type Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ChosenFit:
    """Some cells of a fit.

    Attributes
    ----------
    stored : StoredFit
        Its records.
    model : FittedModel
        The cells as arrays.
    """

    stored: StoredFit
    model: FittedModel


def _window_key(_: "Results", fit: ChosenFit, window: Window) -> Key:
    return (fit.stored.digest, fit.model.cells, window)


def _hurdle_key(_: "Results", fit: ChosenFit, window: Window, hurdle: HurdleQuestion) -> Key:
    return (*_window_key(_, fit, window), hurdle)


def _given_key(_: "Results", key: Key, *__: object) -> Key:
    return key


class Results:
    """Reads fits; computes windows and answers once for all who ask the same of the same content.

    Whoever asks for what is being computed waits for it.

    Parameters
    ----------
    reader : FitReader
        Where fits come from. Whether a fit still exists is looked up at every call.
    """

    def __init__(self, reader: FitReader) -> None:
        self.reader = reader
        self._explorations: LRUCache[Key, Exploration] = LRUCache(WINDOW_BYTES, getsizeof=_curve_bytes)
        self._breakevens: LRUCache[Key, Breakevens] = LRUCache(BREAKEVEN_BYTES, getsizeof=_multiple_bytes)
        self._answers: LRUCache[Key, Message] = LRUCache(ANSWER_BYTES, getsizeof=methodcaller("ByteSize"))
        self._tables: LRUCache[Key, ChannelTable] = LRUCache(TABLES)
        self._explored, self._judged = Condition(), Condition()
        self._tabled, self._answered = Condition(), Condition()

    def chosen(self, name: FitName, filters: list[CellFilter]) -> ChosenFit:
        """Load some cells of a fit; raises like `FitReader.load` and `chosen_cells`."""
        stored = self.reader.stored(name)
        return ChosenFit(stored, chosen_cells(self.reader.arrays(stored), filters))

    def window(self, fit: ChosenFit, window: Window, hurdle: HurdleQuestion) -> ExploredWindow:
        """Response curves of a window; raises `InvalidInput` for a hurdle that makes no sense."""
        return ExploredWindow(self._exploration(fit, window), self._breakevens_of(fit, window, hurdle))

    @cachedmethod(attrgetter("_explorations"), key=_window_key, condition=attrgetter("_explored"))
    def _exploration(self, fit: ChosenFit, window: Window) -> Exploration:
        return exploration(fit.model, window)

    @cachedmethod(attrgetter("_breakevens"), key=_hurdle_key, condition=attrgetter("_judged"))
    def _breakevens_of(self, fit: ChosenFit, window: Window, hurdle: HurdleQuestion) -> Breakevens:
        return breakevens(self._exploration(fit, window), hurdle)

    def table(
        self, fit: ChosenFit, window: Window, hurdle: HurdleQuestion, probability: float
    ) -> ChannelTable:
        """Channel table of a window; raises like `window`."""
        key = (*_hurdle_key(self, fit, window, hurdle), probability)
        return self._table(
            key, lambda: channel_table(fit.model, self.window(fit, window, hurdle), probability)
        )

    @cachedmethod(attrgetter("_tables"), key=_given_key, condition=attrgetter("_tabled"))
    def _table(self, _: Key, compute: Callable[[], ChannelTable]) -> ChannelTable:
        return compute()

    def answer[Answer: Message](
        self, fits: list[StoredFit], request: Message, compute: Callable[[], Answer]
    ) -> Answer:
        """Give the answer to a request about some fits; what `compute` raises is not kept."""
        asked = request.SerializeToString(deterministic=True)
        key = (request.DESCRIPTOR.full_name, asked, *(fit.digest for fit in fits))
        return cast(Answer, self._answer(key, compute))

    @cachedmethod(attrgetter("_answers"), key=_given_key, condition=attrgetter("_answered"))
    def _answer(self, _: Key, compute: Callable[[], Message]) -> Message:
        return compute()


def _curve_bytes(seen: Exploration) -> int:
    return seen.explored.curves.outcome.nbytes + seen.explored.curves.slope.nbytes


def _multiple_bytes(found: Breakevens) -> int:
    return found.multiples.nbytes
