"""What media and signals bring on average, before pymc-marketing has made them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pytensor.xtensor import as_xtensor

from mmm_fitting.model.effect_prior import EffectCoefficient
from mmm_fitting.model.parameters import CELL, CHANNEL
from mmm_fitting.model.signals import SignalEffect, SignalGroup


@dataclass(frozen=True)
class OtherTerms:
    """Media and signals of a model under construction.

    Attributes
    ----------
    media : EffectCoefficient
        Of all media.
    signals : sequence of (SignalGroup, SignalEffect)
        Competitors, controls and events.
    periods : int
        Of the training data.
    """

    media: EffectCoefficient
    signals: Sequence[tuple[SignalGroup, SignalEffect]]
    periods: int

    def average(self, *, is_panel: bool) -> Any:
        """Average over the training dates, on the scaled KPI, dims ``([cell])``.

        Exact for media; for signals but for what carryover takes past the ends of the data.
        """
        total = self.media.gained().sum(dim=CHANNEL) / self.periods
        for group, effect in self.signals:
            means = group.means() if is_panel else group.means()[0]
            dims = (CELL, group.prefix) if is_panel else (group.prefix,)
            total = total + (effect.signed_coefficient() * as_xtensor(means, dims=dims)).sum(dim=group.prefix)
        return total
