"""Trend and season by the length of the history."""

from mmm_data.suggest.choices import Confidence, Draft, reason
from mmm_data.suggest.layout import Layout

CHANGEPOINTS_PER_YEAR = 1.5
MOST_CHANGEPOINTS = 10
SHORTEST_TREND_YEARS = 0.5
DAYS_OF_A_WEEKLY_PATTERN = 56
# 156 weeks are three years to everybody.
_NEARLY = 0.05


def suggest_baseline(layout: Layout) -> Draft:
    """Trend and seasonality."""
    years = layout.years
    span = f"The data cover {years:.1f} years"
    value: dict[str, object] = {}
    if years < SHORTEST_TREND_YEARS:
        value["trend"] = {"kind": "none"}
        why_trend = reason("trend", f"{span}: too short to tell a trend from media.", Confidence.MEDIUM)
    else:
        changepoints = min(MOST_CHANGEPOINTS, int(CHANGEPOINTS_PER_YEAR * years)) if years >= 1 else 0
        value["trend"] = {"kind": "linear", "changepoints": changepoints}
        text = f"{span}; a line that may bend about every eight months follows slow changes, not campaigns."
        if not changepoints:
            text = f"{span}: a straight line, without bends that media could be mistaken for."
        why_trend = reason("trend", text, Confidence.MEDIUM)
    order = _yearly_order(layout)
    season: dict[str, object] = {"yearly_order": order}
    text = f"{span}: less than one, so a yearly pattern cannot be told from the trend."
    if order:
        pairs = "pair of waves follows" if order == 1 else "pairs of waves follow"
        text = f"{span}; {order} {pairs} a yearly pattern without following single weeks."
    if layout.frequency == "daily" and layout.periods >= DAYS_OF_A_WEEKLY_PATTERN:
        season["weekly_order"] = 3
        text += " Three pairs give every day of the week its own level."
    value["seasonality"] = season
    return Draft(value, (why_trend, reason("seasonality", text, Confidence.MEDIUM)))


def _yearly_order(layout: Layout) -> int:
    whole_years = int(layout.years + _NEARLY)
    return min(whole_years, 2 if layout.frequency == "monthly" else 3)
