"""Carryover by kind of medium: how much is kept from one week to the next, and for how long.

The figures are conventions, not findings: broadcast and print are remembered for weeks, a click is answered
within days. They are given per week and brought to the frequency of the data, so that a daily and a monthly
model of the same medium believe the same.
"""

import math
from dataclasses import dataclass

from mmm_core.config import PERIODS_PER_YEAR
from mmm_data.suggest.choices import Confidence, Draft, Reason
from mmm_data.suggest.layout import Frequency

WEEKS_PER_YEAR = PERIODS_PER_YEAR["weekly"]
LONGEST_LAG = 52
# Below this share kept from one period to the next, carryover is over within the period.
LEAST_RETENTION = 0.02
WIDEST_SD = 0.2
# A Beta's standard deviation is below sqrt(mean (1 - mean)); half of it leaves one peak between 0 and 1.
SD_SHARE = 0.45
LONGEST_SHARE_OF_HISTORY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """How long a kind of medium is remembered.

    Attributes
    ----------
    retention : float
        Share of the effect kept from one week to the next.
    weeks : float
        After which practically nothing is left.
    why : str
        In words.
    """

    retention: float
    weeks: float
    why: str


MEMORIES = {
    "tv": Memory(0.5, 8, "Television and cinema are remembered for weeks"),
    "radio": Memory(0.35, 6, "Radio is remembered for some weeks"),
    "outdoor": Memory(0.4, 8, "Posters and sponsorships are seen and remembered for weeks"),
    "print": Memory(0.4, 8, "Print is read and kept for weeks"),
    "video": Memory(0.35, 6, "Online video is remembered for some weeks, less than television"),
    "social": Memory(0.25, 4, "Social media work within days to a few weeks"),
    "display": Memory(0.25, 4, "Display works within days to a few weeks"),
    "search": Memory(0.15, 3, "Who clicks there mostly buys within days"),
    "owned": Memory(0.2, 4, "Mails and posts are answered within days to a few weeks"),
    "competitor": Memory(0.3, 6, "What competitors do is felt for some weeks"),
    "": Memory(0.3, 6, "The name does not say what kind of medium it is: a middling carryover"),
}


def suggest_carryover(kind: str, frequency: Frequency, periods: int) -> Draft:
    """Adstock for a kind of medium.

    Parameters
    ----------
    kind : str
        Key of `MEMORIES`.
    frequency : {"daily", "weekly", "monthly"}
        Distance of the periods.
    periods : int
        Number of periods in the data.
    """
    memory = MEMORIES[kind]
    weeks_per_period = WEEKS_PER_YEAR / PERIODS_PER_YEAR[frequency]
    retention = memory.retention**weeks_per_period
    confidence = Confidence.MEDIUM if kind else Confidence.LOW
    if retention < LEAST_RETENTION:
        text = f"{memory.why}, so it is over within a period."
        return Draft({"family": "none"}, (Reason((), text, confidence),))
    lag = max(1, math.ceil(memory.weeks / weeks_per_period))
    lag = min(lag, LONGEST_LAG, max(1, periods // LONGEST_SHARE_OF_HISTORY))
    spread = min(WIDEST_SD, SD_SHARE * math.sqrt(retention * (1 - retention)))
    text = (
        f"{memory.why}: about {retention:.0%} is believed to be kept from one period to the next, for up to "
        f"{lag} {'period' if lag == 1 else 'periods'}."
    )
    value = {
        "family": "geometric",
        "max_lag": lag,
        "retention_prior": {"mean": round(retention, 2), "sd": round(spread, 2)},
    }
    return Draft(value, (Reason((), text, confidence),))
