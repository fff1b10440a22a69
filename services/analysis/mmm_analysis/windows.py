"""Response curves of a window and where they stop paying: computed once for every answer about the window."""

from dataclasses import dataclass

import numpy as np

from mmm_analysis.hurdles import Hurdle, HurdleQuestion, hurdle_of
from mmm_core.breakeven import Explored, breakeven_multiple, explore
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import Window
from mmm_core.response import per_money

# Draws times periods, cells and media that are explored, and draws that are explored however large a fit is.
MOST_NUMBERS, FEWEST_DRAWS = 150_000_000, 200


@dataclass(frozen=True, slots=True)
class Exploration:
    """Response curves of a window, before anybody says what money is to return.

    Attributes
    ----------
    fit : FittedModel
        The fit, with the draws that were explored.
    explored : Explored
        Its response curves.
    """

    fit: FittedModel
    explored: Explored


@dataclass(frozen=True, slots=True)
class Breakevens:
    """Where the next unit of money stops to return a hurdle.

    Attributes
    ----------
    hurdle : Hurdle
        What the next unit of money is to return.
    multiples : array, shape (S, C)
        From `mmm_core.breakeven.breakeven_multiple`.
    """

    hurdle: Hurdle
    multiples: Floats


@dataclass(frozen=True, slots=True)
class ExploredWindow:
    """A window of a fit: its curves, and where they stop paying."""

    exploration: Exploration
    breakevens: Breakevens

    @property
    def fit(self) -> FittedModel:
        """The fit, with the draws that were explored."""
        return self.exploration.fit

    @property
    def explored(self) -> Explored:
        """The response curves."""
        return self.exploration.explored

    @property
    def hurdle(self) -> Hurdle:
        """What the next unit of money is to return."""
        return self.breakevens.hurdle

    @property
    def breakeven(self) -> Floats:
        """Multiples of the spend up to which it does, shape (S, C)."""
        return self.breakevens.multiples

    @property
    def window(self) -> Window:
        """The window."""
        return self.explored.window

    @property
    def usual_breakeven(self) -> Floats:
        """Median over draws, shape (C,), infinite when it lies beyond what was explored.

        The nearest draw: between a multiple and "beyond" there is nothing to interpolate.
        """
        return np.asarray(np.quantile(self.breakeven, 0.5, axis=0, method="nearest"))


def exploration(fit: FittedModel, window: Window) -> Exploration:
    """Compute the curves of a window; of a large panel, evenly spaced draws are explored."""
    fit = _affordable(fit)
    return Exploration(fit, explore(fit, window))


def breakevens(seen: Exploration, asked: HurdleQuestion) -> Breakevens:
    """Find where curves stop paying; raises `InvalidInput` for a hurdle that makes no sense."""
    fit, explored = seen.fit, seen.explored
    marginal = per_money(fit, explored.window, explored.current.slope)[0]
    hurdle = hurdle_of(fit, explored.window, marginal, asked)
    every_medium = np.full(len(fit.config.media), hurdle.outcome)
    return Breakevens(hurdle, breakeven_multiple(fit, explored, every_medium))


def explore_window(fit: FittedModel, window: Window, asked: HurdleQuestion) -> ExploredWindow:
    """Compute the curves of a window and where they stop paying; raises like `breakevens`."""
    seen = exploration(fit, window)
    return ExploredWindow(seen, breakevens(seen, asked))


def _affordable(fit: FittedModel) -> FittedModel:
    """Keep all draws, or as many as can be explored within seconds."""
    draws, most = len(fit.effect), max(FEWEST_DRAWS, MOST_NUMBERS // fit.exposure.size)
    if draws <= most:
        return fit
    return fit.select_draws(np.linspace(0, draws - 1, most).round().astype(np.intp))
