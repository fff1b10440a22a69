"""Advice, breakevens and hurdles in words."""

from collections.abc import Mapping
from types import MappingProxyType

from mmm.analysis.v1.analysis_pb2 import (
    HURDLE_ORIGIN_AVERAGE_COST,
    HURDLE_ORIGIN_BREAK_EVEN,
    KNOWLEDGE_LEVEL_POORLY,
    KNOWLEDGE_LEVEL_ROUGHLY,
    KNOWLEDGE_LEVEL_WELL,
    VERDICT_HOLD,
    VERDICT_INCREASE,
    VERDICT_REDUCE,
    VERDICT_UNSPECIFIED,
    Breakeven,
    Hurdle,
    KnowledgeLevel,
    Units,
    Verdict,
)
from mmm_core.number_text import compact

VERDICT_WORDS: Mapping[Verdict, str] = MappingProxyType(
    {
        VERDICT_INCREASE: "Increase",
        VERDICT_HOLD: "Hold",
        VERDICT_REDUCE: "Reduce",
        VERDICT_UNSPECIFIED: "Not used",
    }
)
LEVEL_WORDS: Mapping[KnowledgeLevel, str] = MappingProxyType(
    {
        KNOWLEDGE_LEVEL_WELL: "Well",
        KNOWLEDGE_LEVEL_ROUGHLY: "Roughly",
        KNOWLEDGE_LEVEL_POORLY: "Poorly",
    }
)
NEVER = "never pays"
ADVICE_AND_PLANS = (
    "Advice looks at each channel by itself: does its next money return the hurdle? A plan splits one "
    "budget, so it may take money from a channel that pays and give it to one that pays more."
)
"""What to say where people may hold advice and a plan side by side."""


def breakeven_spend(reach: Breakeven) -> str:
    """Write the spend at which the next unit of money stops paying: ``1.24M``, ``0`` or ``beyond 5x now``."""
    if not reach.HasField("spend"):
        return _beyond(reach)
    return compact(reach.spend) if reach.spend > 0 else "0"


def headroom(reach: Breakeven) -> str:
    """Write how far away that is from what was spent: ``+30 %``, ``never pays`` or ``beyond 5x now``."""
    return _headroom_end(reach, "headroom")


def headroom_with_interval(reach: Breakeven) -> str:
    """Write the same with the ends of its interval: ``+30 % (-12 % to beyond 5x now)``."""
    lower, upper = _headroom_end(reach, "headroom_lower"), _headroom_end(reach, "headroom_upper")
    return headroom(reach) if lower == upper else f"{headroom(reach)} ({lower} to {upper})"


def _headroom_end(reach: Breakeven, field: str) -> str:
    if not reach.HasField(field):
        return _beyond(reach)
    share: float = getattr(reach, field)
    return f"{round(share * 100):+d} %" if share > -1 else NEVER


def _beyond(reach: Breakeven) -> str:
    return f"beyond {reach.explored_multiple:g}x now"


def hurdle_sentence(hurdle: Hurdle, units: Units) -> str:
    """Say what the next unit of money is to return, and who says so."""
    if hurdle.HasField("cost_per_unit"):
        cost = f"{compact(hurdle.cost_per_unit)} {units.currency}".rstrip()
        asked = f"Hurdle: {units.kpi_display_name} for {cost} each or less"
    else:
        asked = f"Hurdle: the next {units.currency or 'unit of money'} is to return "
        asked += f"{compact(hurdle.marginal_return)} {units.currency}".rstrip()
    if hurdle.origin == HURDLE_ORIGIN_BREAK_EVEN:
        return f"{asked}: money is to bring itself back."
    if hurdle.origin == HURDLE_ORIGIN_AVERAGE_COST:
        return f"{asked}, what the next one costs over all paid media."
    return f"{asked}, as you asked."
