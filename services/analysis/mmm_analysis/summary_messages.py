"""The executive summary, comparisons and combined outcomes as contract messages."""

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1.analysis_service_pb2 import (
    CompareFitsResponse,
    GetCombinedResultsResponse,
    GetSummaryResponse,
)
from mmm_analysis.advice import Advice
from mmm_analysis.combination import Combination, CombinedChannel
from mmm_analysis.comparison import ComparedFit, Comparison
from mmm_analysis.contributions import ComponentSummary
from mmm_analysis.evidence_messages import check_to_proto, loo_to_proto
from mmm_analysis.knowledge import Knowledge
from mmm_analysis.messages import (
    breakeven_to_proto,
    channel_to_proto,
    component_to_proto,
    hurdle_to_proto,
    if_any,
    window_to_proto,
)
from mmm_analysis.summary import ChannelInformation, Summary
from mmm_core.diagnostics import CheckStatus
from mmm_core.fitted import FittedModel
from mmm_core.messages import (
    convergence_to_proto,
    estimate_to_proto,
    forecast_score_to_proto,
    in_sample_fit_to_proto,
    units_to_proto,
)
from mmm_core.quantities import Window


def summary_to_proto(summary: Summary, fit: FittedModel, window: Window) -> GetSummaryResponse:
    """Write the executive summary as a message."""
    return GetSummaryResponse(
        headline=summary.headline,
        total_paid=channel_to_proto(summary.total),
        advice=map(_advice, summary.advice),
        knowledge=map(_knowledge, summary.knowledge),
        information=map(_information, summary.information),
        experiment=summary.experiment,
        hurdle=hurdle_to_proto(summary.hurdle, fit.config),
        window=window_to_proto(fit, window),
        units=units_to_proto(fit.config.kpi),
    )


def _advice(advice: Advice) -> analysis_pb2.ChannelAdvice:
    return analysis_pb2.ChannelAdvice(
        name=advice.name,
        display_name=advice.label,
        verdict=f"VERDICT_{advice.verdict.name if advice.verdict else 'UNSPECIFIED'}",
        probability=advice.probability,
        breakeven=None if advice.breakeven is None else breakeven_to_proto(advice.breakeven),
        extrapolated=advice.extrapolated,
        sentence=advice.sentence,
    )


def _knowledge(known: Knowledge) -> analysis_pb2.ChannelKnowledge:
    return analysis_pb2.ChannelKnowledge(
        name=known.name,
        display_name=known.label,
        level=f"KNOWLEDGE_LEVEL_{known.level.name}",
        relative_width=known.relative_width,
        learned=known.learned,
        sentence=known.sentence,
    )


def _information(information: ChannelInformation) -> analysis_pb2.ChannelInformation:
    return analysis_pb2.ChannelInformation(
        name=information.name,
        display_name=information.label,
        outcome_gain=information.outcome_gain,
        value_gain=information.value_gain,
        standard_deviation=information.standard_deviation,
        variance_share=information.variance_share,
    )


def comparison_to_proto(comparison: Comparison) -> CompareFitsResponse:
    """Write fits side by side as a message."""
    return CompareFitsResponse(
        fits=map(_compared, comparison.fits),
        settings=[
            analysis_pb2.SettingDifference(field=setting.field, values=setting.values)
            for setting in comparison.settings
        ],
        contributions=[
            analysis_pb2.ContributionDifference(
                name=one.name,
                display_name=one.label,
                fit=one.fit,
                difference=estimate_to_proto(one.difference),
                share_difference=estimate_to_proto(one.share_difference),
            )
            for one in comparison.contributions
        ],
        cautions=comparison.cautions,
    )


def _compared(compared: ComparedFit) -> analysis_pb2.ComparedFit:
    stored, health = compared.candidate.stored, compared.candidate.health
    holdout, elpd = stored.result.holdout, compared.elpd
    return analysis_pb2.ComparedFit(
        fit=stored.record.name,
        display_name=stored.record.display_name,
        convergence=convergence_to_proto(health.convergence),
        in_sample_fit=in_sample_fit_to_proto(health.in_sample_fit),
        health=f"CHECK_STATUS_{health.status.name}",
        failed_checks=[
            check_to_proto(check)
            for check in health.checks
            if check.status in (CheckStatus.WARN, CheckStatus.FAIL)
        ],
        loo=None if health.loo is None else loo_to_proto(health.loo),
        elpd_difference=None if elpd is None else elpd.value,
        elpd_difference_error=None if elpd is None else elpd.standard_error,
        holdout=None if holdout is None else forecast_score_to_proto(holdout.score),
        holdout_periods=0 if holdout is None else holdout.periods,
        channels=map(channel_to_proto, compared.table.rows),
        components=map(_total_only, compared.components.components),
        units=units_to_proto(compared.candidate.model.config.kpi),
    )


def _total_only(component: ComponentSummary) -> analysis_pb2.Component:
    message = component_to_proto(component)
    message.ClearField("series")
    return message


def combination_to_proto(
    combination: Combination, fits: list[FittedModel], window: tuple[str, str], values: list[float]
) -> GetCombinedResultsResponse:
    """Write outcomes weighed by value as a message."""
    return GetCombinedResultsResponse(
        channels=map(_combined, combination.channels),
        total=_combined(combination.total),
        units=[units_to_proto(fit.config.kpi) for fit in fits],
        window={"start": window[0], "end": window[1]},
        values_per_unit=values,
    )


def _combined(channel: CombinedChannel) -> analysis_pb2.CombinedChannel:
    return analysis_pb2.CombinedChannel(
        name=channel.name,
        display_name=channel.label,
        spend=channel.spend,
        spend_share=channel.spend_share,
        value=estimate_to_proto(channel.value),
        roi=if_any(channel.roi),
        marginal_roi=if_any(channel.marginal_roi),
        incremental_outcomes=map(estimate_to_proto, channel.outcomes),
        above_hurdle_probability=channel.above_hurdle,
    )
