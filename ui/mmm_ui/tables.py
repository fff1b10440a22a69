"""Answers of the platform as data frames for tables and charts."""

from collections.abc import Iterable

import pandas as pd

from mmm.analysis.v1.analysis_pb2 import (
    COMPONENT_KIND_BASELINE,
    COMPONENT_KIND_COMPETITOR,
    COMPONENT_KIND_CONTROL,
    COMPONENT_KIND_EVENT,
    COMPONENT_KIND_OWNED,
    COMPONENT_KIND_PAID,
    ChannelResult,
    Check,
    Diagnostics,
)
from mmm.analysis.v1.analysis_service_pb2 import GetChannelResultsResponse, GetContributionsResponse
from mmm.common.v1.common_pb2 import Finding, Severity
from mmm_client.advice_words import breakeven_spend, headroom_with_interval
from mmm_client.health import check_name
from mmm_ui.wording import ReturnWords, interval, return_words

KINDS = {
    COMPONENT_KIND_BASELINE: "Baseline",
    COMPONENT_KIND_PAID: "Paid media",
    COMPONENT_KIND_OWNED: "Owned media",
    COMPONENT_KIND_COMPETITOR: "Competitors",
    COMPONENT_KIND_CONTROL: "Controls",
    COMPONENT_KIND_EVENT: "Events",
}


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


def return_points(channels: Iterable[ChannelResult], words: ReturnWords) -> pd.DataFrame:
    """Return of every medium that has one, posterior and prior, for the interval chart."""
    rows = []
    for channel in channels:
        figure = words.of(channel)
        if figure is None:
            continue
        for source, value in (("Posterior", figure), ("Prior", channel.prior)):
            rows.append(
                {
                    "channel": channel.display_name,
                    "source": source,
                    "median": value.median,
                    "lower": value.lower,
                    "upper": value.upper,
                }
            )
    return pd.DataFrame(rows)


def contribution_series(answer: GetContributionsResponse) -> pd.DataFrame:
    """Mean contribution by date and component; the baseline's parts are drawn as one."""
    dates = pd.to_datetime(list(answer.kpi.dates))
    frames = [
        pd.DataFrame(
            {
                "date": dates,
                "component": "Baseline" if c.kind == COMPONENT_KIND_BASELINE else c.display_name,
                "kind": KINDS[c.kind],
                "value": [point.mean for point in c.series],
            }
        )
        for c in answer.components
    ]
    keys = ["date", "component", "kind"]
    summed = pd.concat(frames).groupby(keys, sort=False)["value"].sum()
    return summed.reset_index()


def contribution_totals(answer: GetContributionsResponse) -> pd.DataFrame:
    """Total of every component with its interval."""
    return pd.DataFrame(
        [
            {
                "component": c.display_name,
                "kind": KINDS[c.kind],
                "mean": c.total.mean,
                "lower": c.total.lower,
                "upper": c.total.upper,
                "share": c.share.mean,
            }
            for c in answer.components
        ]
    )


def kpi_series(answer: GetContributionsResponse) -> pd.DataFrame:
    """Observed and expected KPI by date."""
    return pd.DataFrame(
        {
            "date": pd.to_datetime(list(answer.kpi.dates)),
            "observed": list(answer.kpi.observed),
            "expected": [point.mean for point in answer.kpi.expected],
            "lower": [point.lower for point in answer.kpi.expected],
            "upper": [point.upper for point in answer.kpi.expected],
        }
    )


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
