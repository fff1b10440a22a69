"""From one hill to a higher one, where shares of many orders of magnitude balance out.

The ratio of mean and deviation does not care for the size of an outcome, so it likes a little of many
channels, each at the spend where it is most certain, and has a hill for nearly every choice of them. A jump
sets one share to another order of magnitude at the cost of the largest one; what that brings is added up from
the channels' outcomes at a few levels, and only the most promising jumps are evaluated.

Axes: levels ``J``, draws ``S``, channels ``C``.
"""

from dataclasses import dataclass

import numpy as np

from mmm_core.media import Floats
from mmm_optimizer.climb import ROUNDS_OF_SEARCH, Standing, Terrain, climb

# Shares that are jumped to: nothing, and two to a decade.
LEVELS = np.concatenate([[0.0], np.geomspace(1e-8, 1.0, 17)])
# Jumps that are evaluated, and made one after the other at most.
PROMISING, MOST_JUMPS = 3, 6
# Relative: a jump that brings less is none.
WORTH_A_CLIMB = 1e-6


@dataclass(frozen=True, slots=True)
class Jumps:
    """Jumps between allocations with one amount per channel.

    Attributes
    ----------
    terrain : Terrain
        What is climbed.
    outcome : array, shape (J, S, C)
        KPI units of every channel at the shares `LEVELS`.
    """

    terrain: Terrain
    outcome: Floats

    def beyond(self, summit: Standing) -> Standing:
        """Jump and climb as long as that leads higher."""
        for _ in range(MOST_JUMPS):
            landed = max(self._promising(summit.shares), key=self.terrain.utility.value, default=None)
            if landed is None or not self.terrain.utility.value(landed) > summit.value * (1 + WORTH_A_CLIMB):
                break
            summit = climb(self.terrain, landed, ROUNDS_OF_SEARCH[:1])
        return summit

    def _promising(self, shares: Floats) -> list[Floats]:
        utility, region = self.terrain.utility, self.terrain.region
        own, largest = utility.model.outcome(shares * utility.budget), int(np.argmax(shares))
        rest = own.sum(axis=1) - own[:, largest]
        landed, values = [], []
        for place in range(len(shares)):
            if place == largest:
                continue
            for level, outcome in zip(LEVELS, self.outcome[..., place], strict=True):
                left = shares[largest] + shares[place] - level
                if region.lower[place] <= level <= region.upper[place] and left >= region.lower[largest]:
                    jumped = shares.copy()
                    jumped[place], jumped[largest] = level, left
                    landed.append(jumped)
                    total = rest - own[:, place] + outcome + self._at(left, largest)
                    values.append(utility.value_of(total))
        best = np.argsort(values)[::-1][:PROMISING]
        return [region.nearest(landed[place]) for place in best]

    def _at(self, share: float, place: int) -> Floats:
        """Outcome of a channel between two levels, on a straight line, shape (S,)."""
        above = int(np.clip(np.searchsorted(LEVELS, share), 1, len(LEVELS) - 1))
        weight = (share - LEVELS[above - 1]) / (LEVELS[above] - LEVELS[above - 1])
        below = self.outcome[above - 1, :, place]
        return np.asarray(below + weight * (self.outcome[above, :, place] - below))


def jumps_of(terrain: Terrain) -> Jumps | None:
    """Prepare jumps; None where a channel has several amounts."""
    model, budget = terrain.utility.model, terrain.utility.budget
    channels = model.shape[2]
    if len(terrain.region.lower) != channels:
        return None
    levels = (model.outcome(np.full(channels, level * budget)) for level in LEVELS)
    return Jumps(terrain, np.stack(list(levels)))
