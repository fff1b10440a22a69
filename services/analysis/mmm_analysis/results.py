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
from mmm_analysis.windows import ExploredWindow, explore_window
from mmm_core.cells import CellFilter, chosen_cells
from mmm_core.fitted import FittedModel
from mmm_core.names import FitName
from mmm_core.quantities import Window
from mmm_store.fits import FitReader, StoredFit

# Bytes of explored windows, and of answers, that are kept.
WINDOW_BYTES = 512 << 20
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


def _window_key(_: "Results", fit: ChosenFit, window: Window, hurdle: HurdleQuestion) -> Key:
    return (fit.stored.digest, fit.model.cells, window, hurdle)


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
        self._windows: LRUCache[Key, ExploredWindow] = LRUCache(WINDOW_BYTES, getsizeof=_window_bytes)
        self._answers: LRUCache[Key, Message] = LRUCache(ANSWER_BYTES, getsizeof=methodcaller("ByteSize"))
        self._tables: LRUCache[Key, ChannelTable] = LRUCache(TABLES)
        self._computed, self._tabled, self._answered = Condition(), Condition(), Condition()

    def chosen(self, name: FitName, filters: list[CellFilter]) -> ChosenFit:
        """Load some cells of a fit; raises like `FitReader.load` and `chosen_cells`."""
        stored = self.reader.stored(name)
        return ChosenFit(stored, chosen_cells(self.reader.arrays(stored), filters))

    @cachedmethod(attrgetter("_windows"), key=_window_key, condition=attrgetter("_computed"))
    def window(self, fit: ChosenFit, window: Window, hurdle: HurdleQuestion) -> ExploredWindow:
        """Response curves of a window; raises `InvalidInput` for a hurdle that makes no sense."""
        return explore_window(fit.model, window, hurdle)

    def table(
        self, fit: ChosenFit, window: Window, hurdle: HurdleQuestion, probability: float
    ) -> ChannelTable:
        """Channel table of a window; raises like `window`."""
        key = (*_window_key(self, fit, window, hurdle), probability)
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


def _window_bytes(window: ExploredWindow) -> int:
    curves = window.explored.curves
    return sum(array.nbytes for array in (curves.outcome, curves.slope, window.breakeven))
