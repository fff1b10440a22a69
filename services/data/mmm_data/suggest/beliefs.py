"""Beliefs about returns before the data speak, from what was spent and what the KPI amounts to.

All paid media together are believed to bring a quarter of the KPI (in the median), each in proportion to its
spend. So all channels begin with the same ROI, or cost per unit, and the data tell them apart. Each belief is
wide: a log-normal whose 5 % and 95 % quantiles lie a factor of five below and above its median.

Medians do not add up: the median of a sum of log-normals is above the sum of their medians. The median of
the total is taken from a log-normal with the same mean and variance (Fenton, "The sum of log-normal
probability distributions in scatter transmission systems", IRE Transactions on Communications Systems,
1960), and each channel's median is lowered by as much.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mmm_core.config.priors import Z_95
from mmm_data.suggest.choices import Confidence
from mmm_data.suggest.outcome import Outcome

PAID_SHARE = 0.25
WIDTH = 5.0
FALLBACK_RETURN = 1.0
IMPLAUSIBLE_ROI = 20.0
# Figures beyond this, and beyond one over it, are errors.
SMALLEST_RETURN = 1e-12
_SIGMA = math.log(WIDTH) / Z_95


@dataclass(frozen=True, slots=True)
class Belief:
    """A belief about returns, the same for all channels.

    Attributes
    ----------
    field : {"roi_prior", "cost_per_unit_prior"}
        Where it goes.
    value : mapping
        Its quantiles.
    why : str
        How it comes about; a sentence to be followed by what one channel's part is.
    confidence : Confidence
        How sure it is.
    """

    field: str
    value: Mapping[str, float]
    why: str
    confidence: Confidence


def paid_belief(outcome: Outcome, spends: Sequence[float]) -> Belief:
    """Belief about the returns of channels with these total spends."""
    revenue = outcome.kpi.kind == "revenue"
    field = "roi_prior" if revenue else "cost_per_unit_prior"
    per_money = _gained_per_money(outcome.units, spends)
    if per_money is None:
        text = "KPI and spend are not known well enough to say more than that money comes back about once."
        return Belief(field, _around(FALLBACK_RETURN), text, Confidence.LOW)
    middle = per_money if revenue else 1 / per_money
    text = (
        f"If all paid media together bring about {PAID_SHARE:.0%} of the KPI (in the median), in proportion "
        f"to spend, then {'each unit of money brings' if revenue else 'a KPI unit costs'} about "
        f"{_rounded(middle):g}; the range is a factor of {WIDTH:g} either way."
    )
    if revenue and middle > IMPLAUSIBLE_ROI:
        text += " That is much: check that spend and KPI are in the same currency and unit."
    return Belief(field, _around(middle), text, Confidence.LOW)


def roi_of_money(outcome: Outcome, spends: Sequence[float]) -> Mapping[str, float] | None:
    """The same belief as an ROI, for owned media with a cost; None when a unit's worth is not known."""
    roi = None if outcome.money is None else _gained_per_money(outcome.money, spends)
    return None if roi is None else _around(roi)


def _gained_per_money(gained: float, spends: Sequence[float]) -> float | None:
    """Median of what each channel brings per money; None where the figures make no sense."""
    total = sum(spends)
    if not (0 < total < math.inf and 0 < gained < math.inf):
        return None
    middle = PAID_SHARE * gained / total / _sum_over_medians([spend / total for spend in spends])
    return middle if SMALLEST_RETURN < middle < 1 / SMALLEST_RETURN else None


def _sum_over_medians(shares: Sequence[float]) -> float:
    """Median of a sum of independent log-normals with these medians, which add up to one."""
    mean = math.exp(_SIGMA**2 / 2)
    variance = sum(share**2 for share in shares) * math.exp(_SIGMA**2) * (math.exp(_SIGMA**2) - 1)
    return mean**2 / math.sqrt(mean**2 + variance)


def _around(middle: float) -> dict[str, float]:
    return {"low": _rounded(middle / WIDTH), "mid": _rounded(middle), "high": _rounded(middle * WIDTH)}


def _rounded(value: float) -> float:
    """Two significant digits."""
    return float(f"{value:.2g}")
