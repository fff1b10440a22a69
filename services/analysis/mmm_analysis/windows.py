"""Response curves of a window and where they stop paying: computed once for every answer about the window."""

from dataclasses import dataclass

import numpy as np

from mmm_analysis.hurdles import Hurdle, HurdleQuestion, hurdle_of
from mmm_core.breakeven import Explored, breakeven_multiple, explore
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.quantities import Window

# Draws times periods, cells and media that are explored, and draws that are explored however large a fit is.
MOST_NUMBERS, FEWEST_DRAWS = 150_000_000, 200


@dataclass(frozen=True, slots=True)
class ExploredWindow:
    """A window of a fit.

    Attributes
    ----------
    fit : FittedModel
        The fit, with the draws that were explored.
    explored : Explored
        Its response curves.
    hurdle : Hurdle
        What the next unit of money is to return.
    breakeven : array, shape (S, C)
        From `mmm_core.breakeven.breakeven_multiple`.
    """

    fit: FittedModel
    explored: Explored
    hurdle: Hurdle
    breakeven: Floats

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


def explore_window(fit: FittedModel, window: Window, asked: HurdleQuestion) -> ExploredWindow:
    """Compute the curves of a window; raises `InvalidInput` for a hurdle that makes no sense.

    Of a large panel, evenly spaced draws are explored.
    """
    fit = _affordable(fit)
    explored = explore(fit, window)
    hurdle = hurdle_of(fit, window, explored.current.outcome[0], asked)
    every_medium = np.full(len(fit.config.media), hurdle.outcome)
    return ExploredWindow(fit, explored, hurdle, breakeven_multiple(fit, explored, every_medium))


def _affordable(fit: FittedModel) -> FittedModel:
    """Keep all draws, or as many as can be explored within seconds."""
    draws, most = len(fit.effect), max(FEWEST_DRAWS, MOST_NUMBERS // fit.exposure.size)
    if draws <= most:
        return fit
    return fit.select_draws(np.linspace(0, draws - 1, most).round().astype(np.intp))
