"""What is maximised, as a function of the channels' shares of the budget."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from mmm_core.media import Floats
from mmm_core.plan import PlanModel

# A root, or a Hill curve with a slope below one, is infinitely steep at zero; its steepness is read here
# instead.
STEEP_FLOOR = 1e-6
STEEP_FAMILIES = ("hill", "root")


@dataclass(frozen=True, slots=True)
class MeanUtility:
    """Mean over draws of the plan's outcome. `C` channels.

    Attributes
    ----------
    model : PlanModel
        Outcome of a plan, per draw and channel.
    budget : float
        Money that a share of one stands for.
    """

    model: PlanModel
    budget: float

    @property
    def is_concave(self) -> bool:
        """Whether every local optimum is the best there is."""
        return all(shape.saturation != "hill" for shape in self.model.parameters.shapes)

    def value(self, shares: Floats) -> float:
        """KPI units gained, on average over draws; `shares` has shape (C,)."""
        return float(self.by_channel(shares).sum())

    def by_channel(self, shares: Floats) -> Floats:
        """KPI units gained through each channel, on average over draws, shape (C,)."""
        return self.model.outcome(shares * self.budget).mean(axis=0)

    def gradient(self, shares: Floats) -> Floats:
        """Exact derivative of `value` with respect to the shares, shape (C,)."""
        spend = spend_for_slope(self.model, shares * self.budget, self.budget)
        return self.model.marginal_outcome(spend).mean(axis=0) * self.budget

    def thinned(self, draws: int) -> Self:
        """The same utility on about `draws` evenly spaced draws, for the search of starting points."""
        total = self.model.ramp.shape[0]
        kept = np.arange(total)[:: max(1, total // draws)]
        model = replace(
            self.model,
            parameters=self.model.parameters.select(kept),
            ramp=self.model.ramp[kept],
        )
        return replace(self, model=model)


def spend_for_slope(model: PlanModel, spend: Floats, budget: float) -> Floats:
    """Spend at which a marginal outcome is read: the spend itself, or just above zero on a steep curve.

    Parameters
    ----------
    model : PlanModel
        Tells the saturation families.
    spend : array, shape (C,)
        Money over the horizon.
    budget : float
        Money; "just above zero" is a millionth of it.
    """
    steep = np.array([shape.saturation in STEEP_FAMILIES for shape in model.parameters.shapes])
    return np.maximum(spend, np.where(steep, STEEP_FLOOR * budget, 0.0))
