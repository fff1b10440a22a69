"""The executive summary as data frames for tables and charts."""

import pandas as pd

from mmm.analysis.v1.analysis_pb2 import (
    VERDICT_HOLD,
    VERDICT_INCREASE,
    VERDICT_REDUCE,
    ChannelAdvice,
    Verdict,
)
from mmm.analysis.v1.analysis_service_pb2 import GetSummaryResponse
from mmm_core.advice_words import LEVEL_WORDS, VERDICT_WORDS, breakeven_spend, headroom_with_interval

_ARROWS: dict[Verdict, str] = {VERDICT_INCREASE: "▲ ", VERDICT_HOLD: "● ", VERDICT_REDUCE: "▼ "}


def advice_table(summary: GetSummaryResponse) -> pd.DataFrame:
    """One row per channel: what to do, how sure it is, and how far to go."""
    return pd.DataFrame([_advice_row(one) for one in summary.advice])


def _advice_row(one: ChannelAdvice) -> dict[str, object]:
    reach = one.breakeven if one.HasField("breakeven") else None
    return {
        "Channel": one.display_name,
        "Advice": f"{_ARROWS.get(one.verdict, '')}{VERDICT_WORDS[one.verdict]}",
        "Pays": one.probability if reach else None,
        "Breakeven spend": breakeven_spend(reach) if reach else "",
        "Headroom": headroom_with_interval(reach) if reach else "",
        "In words": one.sentence,
    }


def knowledge_table(summary: GetSummaryResponse) -> pd.DataFrame:
    """One row per medium, best known first."""
    return pd.DataFrame(
        [
            {
                "Medium": one.display_name,
                "Known": LEVEL_WORDS[one.level],
                "Width of the interval": one.relative_width,
                "Learnt from the data": one.learned if one.HasField("learned") else None,
                "In words": one.sentence,
            }
            for one in summary.knowledge
        ]
    )


def information_points(summary: GetSummaryResponse) -> pd.DataFrame:
    """What it is worth to know each channel's response, most first; money, or KPI units without a value."""
    return pd.DataFrame(
        [
            {
                "channel": one.display_name,
                "worth": one.value_gain if one.HasField("value_gain") else one.outcome_gain,
                "share": one.variance_share,
            }
            for one in summary.information
        ]
    )


def information_unit(summary: GetSummaryResponse) -> str:
    """Unit of what it is worth."""
    in_money = any(one.HasField("value_gain") for one in summary.information)
    return summary.units.currency if in_money else summary.units.kpi_display_name
