"""What the channels cost, over the whole data and by year or quarter."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mmm_core.config import ModelConfig
from mmm_data.describe.series import Timeline

QUARTERS_BELOW_YEARS = 3


@dataclass(frozen=True, slots=True)
class SpendShare:
    """What a channel cost in a span of time.

    Attributes
    ----------
    channel, label : str
        Slug, and how people call it.
    span : str
        A year like 2024, a quarter like 2024-Q1; empty for the whole data.
    spend : float
        Money spent.
    share : float
        Share of what all channels cost in the span, 0 to 1.
    """

    channel: str
    label: str
    span: str
    spend: float
    share: float


def spend_shares(
    config: ModelConfig, numbers: pd.DataFrame, timeline: Timeline | None
) -> Iterator[SpendShare]:
    """Spend of every channel whose column was read: the whole data first, then span by span."""
    channels = [channel for channel in config.channels if channel.spend_column in numbers]
    spends = numbers[[channel.spend_column for channel in channels]]
    totals = {"": spends.sum()}
    if timeline is not None and len(timeline.dates):
        known = timeline.codes >= 0
        spans = _spans(timeline)[timeline.codes[known]]
        totals |= {str(span): part.sum() for span, part in spends[known].groupby(spans, sort=True)}
    for span, total in totals.items():
        whole = float(total.sum())
        for channel in channels:
            spend = float(total[channel.spend_column])
            yield SpendShare(channel.name, channel.label, span, spend, spend / whole if whole > 0 else 0.0)


def _spans(timeline: Timeline) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Name of the span each date belongs to."""
    dates = pd.DatetimeIndex(timeline.dates)
    if dates[-1] - dates[0] >= pd.Timedelta(days=365 * QUARTERS_BELOW_YEARS):
        return np.array([f"{year}" for year in dates.year], dtype=np.object_)
    quarters = zip(dates.year, dates.quarter, strict=True)
    return np.array([f"{year}-Q{quarter}" for year, quarter in quarters], dtype=np.object_)
