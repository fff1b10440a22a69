"""How well the returns of media are known, and what the data had to do with it."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from mmm_core.beliefs import frozen
from mmm_core.config import Medium
from mmm_core.effects import effect_prior
from mmm_core.fitted import FittedModel
from mmm_core.media import Floats
from mmm_core.number_text import percent

# Ends of the central 90 % interval.
ENDS = (0.05, 0.95)
# Widths of the interval, relative to its median, up to which a return is known well and roughly.
WELL, ROUGHLY = 0.5, 1.5
# Share of the belief's spread below which the data have said little.
LITTLE = 0.2


class Level(StrEnum):
    """How well something is known."""

    WELL = "well"
    ROUGHLY = "roughly"
    POORLY = "poorly"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How well the return of one medium is known.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    level : Level
        How well.
    relative_width : float
        Width of the 90 % interval of the effect over all data, over its median.
    learned : float
        Share of the belief's 90 % interval, in logarithms, that the data took away.
    sentence : str
        In plain words.
    """

    name: str
    label: str
    level: Level
    relative_width: float
    learned: float
    sentence: str


def knowledge(fit: FittedModel) -> list[Knowledge]:
    """Say of every medium how well its return is known, best known first."""
    known = [
        _knowledge(medium, fit.effect[:, place], fit.unit_value)
        for place, medium in enumerate(fit.config.media)
    ]
    return sorted(known, key=lambda one: one.relative_width)


def _knowledge(medium: Medium, effect: Floats, unit_value: float | None) -> Knowledge:
    low, middle, high = np.quantile(effect, [ENDS[0], 0.5, ENDS[1]])
    width = float((high - low) / middle)
    believed = frozen(effect_prior(medium, unit_value)).ppf(ENDS)
    learned = float(1 - np.log(high / low) / np.log(believed[1] / believed[0]))
    level = Level.WELL if width <= WELL else Level.ROUGHLY if width <= ROUGHLY else Level.POORLY
    sentence = _sentence(medium.label, level, learned, is_expected=bool(believed[0] <= middle <= believed[1]))
    return Knowledge(medium.name, medium.label, level, width, learned, sentence)


def _sentence(label: str, level: Level, learned: float, *, is_expected: bool) -> str:
    how = f"What {label} returns is {level} known."
    if not is_expected:
        return (
            f"{how} The data moved it out of the range that was believed before: one of the two needs a look."
        )
    if learned < LITTLE:
        return f"{how} The data said little about it: it is mostly what was believed before."
    return f"{how} The data took away {percent(learned)} of what was open before."
