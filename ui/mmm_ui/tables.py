"""Answers of the platform as data frames for tables and charts."""

from collections.abc import Iterable

import pandas as pd

from mmm.analysis.v1.analysis_pb2 import (
    ChannelResult,
    Check,
    Diagnostics,
)
from mmm.analysis.v1.analysis_service_pb2 import GetChannelResultsResponse
from mmm.common.v1.common_pb2 import Finding, Severity
from mmm_charts.contributions import KINDS
from mmm_core.advice_words import breakeven_spend, headroom_with_interval
from mmm_core.health_words import check_name
from mmm_core.return_words import return_words
from mmm_ui.wording import interval


def findings_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """One row per finding."""
    return pd.DataFrame(
        [
            {
                "Severity": Severity.Name(f.severity).removeprefix("SEVERITY_").capitalize(),
                "Where": f.field,
                "Value": f.value,
                "What": f.message,
                "Why it matters": f.why,
                "What to do": f.fix,
            }
            for f in findings
        ]
    )


def channel_table(answer: GetChannelResultsResponse) -> pd.DataFrame:
    """One row per medium, figures as text with their intervals."""
    words = return_words(answer.units)

    def row(channel: ChannelResult) -> dict[str, object]:
        figure, marginal = words.of(channel), words.marginal_of(channel)
        return {
            "Channel": channel.display_name,
            "Kind": KINDS[channel.kind].removesuffix(" media"),
            "Spend": channel.spend if channel.HasField("spend") else None,
            "Share of spend": channel.spend_share if channel.HasField("spend_share") else None,
            "Gained": interval(channel.incremental_outcome),
            "Contribution": interval(channel.contribution),
            "Share of KPI": channel.effect_share.median,
            "Share of media effect": channel.media_effect_share.median,
            words.title: interval(figure) if figure else "",
            words.marginal_title: interval(marginal) if marginal else "",
            "Pays": channel.above_hurdle_probability
            if channel.HasField("above_hurdle_probability")
            else None,
            "Breakeven spend": breakeven_spend(channel.breakeven) if channel.HasField("breakeven") else "",
            "Headroom": headroom_with_interval(channel.breakeven) if channel.HasField("breakeven") else "",
            "Believed before": interval(channel.prior) if channel.HasField("prior") else "",
            "Half-life (periods)": channel.half_life_periods.median,
        }

    return pd.DataFrame([row(channel) for channel in answer.channels])


def check_table(checks: Iterable[Check]) -> pd.DataFrame:
    """One row per check of a fit's health."""
    return pd.DataFrame(
        [
            {
                "Check": check_name(check),
                "Figure": check.value,
                "Asked": check.target,
                "Why it matters": check.why,
            }
            for check in checks
        ]
    )


def parameter_table(diagnostics: Diagnostics) -> pd.DataFrame:
    """One row per parameter, the worst effective sample size first."""
    rows = [
        {
            "Parameter": p.parameter,
            "Median": p.estimate.median,
            "Lower": p.estimate.lower,
            "Upper": p.estimate.upper,
            "R-hat": p.r_hat,
            "Bulk ESS": p.ess_bulk,
            "Tail ESS": p.ess_tail,
        }
        for p in diagnostics.parameters
    ]
    return pd.DataFrame(rows).sort_values("Bulk ESS", ignore_index=True)
