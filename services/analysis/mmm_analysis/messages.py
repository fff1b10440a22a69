"""Answers as contract messages."""

from collections.abc import Iterable

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1.analysis_service_pb2 import (
    ForecastKpiResponse,
    GetChannelResultsResponse,
    GetContributionsResponse,
    GetLiftTestsResponse,
    GetResponseCurvesResponse,
    GetSignalEffectsResponse,
)
from mmm.common.v1.common_pb2 import DateRange
from mmm.common.v1.common_pb2 import Estimate as EstimateMessage
from mmm_analysis.channels import ChannelRow, ChannelTable
from mmm_analysis.contributions import ComponentSummary, Contributions
from mmm_analysis.curves import Curve
from mmm_analysis.forecasts import KpiForecast
from mmm_analysis.health import Health
from mmm_analysis.lift_tests import LiftTestResult
from mmm_analysis.signals import SignalEffect
from mmm_core.config import ModelConfig
from mmm_core.diagnostics import LeaveOneOut
from mmm_core.estimates import Estimate
from mmm_core.fitted import FittedModel
from mmm_core.messages import (
    convergence_to_proto,
    estimate_to_proto,
    forecast_score_to_proto,
    in_sample_fit_to_proto,
    units_to_proto,
)
from mmm_core.model_data import ComponentKind
from mmm_core.quantities import Window


def contributions_to_proto(answer: Contributions, config: ModelConfig) -> GetContributionsResponse:
    """Write contributions as a message."""
    return GetContributionsResponse(
        kpi=analysis_pb2.KpiSeries(
            dates=map(str, answer.dates),
            observed=answer.observed,
            expected=map(estimate_to_proto, answer.expected),
        ),
        components=map(_component, answer.components),
        units=units_to_proto(config.kpi),
    )


def channels_to_proto(table: ChannelTable, fit: FittedModel, window: Window) -> GetChannelResultsResponse:
    """Write the channel table as a message."""
    return GetChannelResultsResponse(
        channels=map(_channel, table.rows),
        total_paid=_channel(table.total_paid),
        units=units_to_proto(fit.config.kpi),
        window=DateRange(start=str(fit.dates[window.start]), end=str(fit.dates[window.stop - 1])),
    )


def curves_to_proto(curves: Iterable[Curve], config: ModelConfig) -> GetResponseCurvesResponse:
    """Write response curves as a message."""
    return GetResponseCurvesResponse(curves=map(_curve, curves), units=units_to_proto(config.kpi))


def health_to_proto(health: Health) -> analysis_pb2.Diagnostics:
    """Write diagnostics as a message."""
    return analysis_pb2.Diagnostics(
        convergence=convergence_to_proto(health.convergence),
        in_sample_fit=in_sample_fit_to_proto(health.in_sample_fit),
        checks=[
            analysis_pb2.Check(
                code=check.code,
                status=f"CHECK_STATUS_{check.status.name}",
                value=check.value,
                target=check.target,
                advice=check.advice,
                title=check.title,
                why=check.why,
                subject=check.subject,
            )
            for check in health.checks
        ],
        parameters=[
            analysis_pb2.ParameterDiagnostics(
                parameter=parameter.name,
                estimate=estimate_to_proto(parameter.estimate),
                r_hat=parameter.r_hat,
                ess_bulk=parameter.ess_bulk,
                ess_tail=parameter.ess_tail,
            )
            for parameter in health.parameters
        ],
        loo=None if health.loo is None else _leave_one_out(health.loo),
    )


def _leave_one_out(loo: LeaveOneOut) -> analysis_pb2.LeaveOneOut:
    return analysis_pb2.LeaveOneOut(
        elpd=loo.elpd,
        standard_error=loo.standard_error,
        effective_parameters=loo.effective_parameters,
        observations=loo.observations,
        pareto_k_limit=loo.pareto_k_limit,
        good=loo.good,
        bad=loo.bad,
        very_bad=loo.very_bad,
        max_pareto_k=loo.max_pareto_k,
    )


def _component(component: ComponentSummary) -> analysis_pb2.Component:
    return analysis_pb2.Component(
        name=component.name,
        display_name=component.label,
        kind=_kind(component.kind),
        series=map(estimate_to_proto, component.series),
        total=estimate_to_proto(component.total),
        share=estimate_to_proto(component.share),
    )


def _channel(row: ChannelRow) -> analysis_pb2.ChannelResult:
    returns = row.returns
    return analysis_pb2.ChannelResult(
        name=row.name,
        display_name=row.label,
        kind=_kind(row.kind),
        spend=returns.spend,
        spend_share=row.spend_share,
        incremental_outcome=estimate_to_proto(returns.outcome),
        effect_share=estimate_to_proto(returns.effect_share),
        roi=_if_any(returns.roi),
        cost_per_unit=_if_any(returns.cost_per_unit),
        marginal_roi=_if_any(returns.marginal_roi),
        marginal_cost_per_unit=_if_any(returns.marginal_cost_per_unit),
        prior=_if_any(row.prior),
        half_life_periods=_if_any(row.half_life_periods),
    )


def _curve(curve: Curve) -> analysis_pb2.ResponseCurve:
    return analysis_pb2.ResponseCurve(
        name=curve.name,
        display_name=curve.label,
        current_spend=curve.current_spend,
        points=[
            analysis_pb2.ResponsePoint(
                multiplier=point.multiplier,
                spend=point.spend,
                incremental_outcome=estimate_to_proto(point.outcome),
                marginal_return=_if_any(point.marginal_return),
                extrapolated=point.extrapolated,
            )
            for point in curve.points
        ],
    )


def _if_any(estimate: Estimate | None) -> EstimateMessage | None:
    return None if estimate is None else estimate_to_proto(estimate)


def _kind(kind: ComponentKind) -> str:
    return f"COMPONENT_KIND_{kind.name}"


def lift_tests_to_proto(results: list[LiftTestResult], config: ModelConfig) -> GetLiftTestsResponse:
    """Write lift tests as a message."""
    return GetLiftTestsResponse(
        lift_tests=[
            analysis_pb2.LiftTestResult(
                display_name=result.label,
                channel=result.test.channel,
                dates=DateRange(start=str(result.test.start), end=str(result.test.end)),
                cell=result.test.cell,
                spend_change=result.test.spend_change,
                measured_lift=result.test.lift,
                standard_error=result.test.standard_error,
                modelled_lift=estimate_to_proto(result.modelled) if result.modelled else None,
                distance=result.distance,
            )
            for result in results
        ],
        units=units_to_proto(config.kpi),
    )


def signals_to_proto(effects: list[SignalEffect], config: ModelConfig) -> GetSignalEffectsResponse:
    """Write effects of signals as a message."""
    return GetSignalEffectsResponse(
        effects=[
            analysis_pb2.SignalEffect(
                name=effect.name,
                display_name=effect.label,
                kind=_kind(effect.kind),
                per_unit=estimate_to_proto(effect.per_unit),
                per_standard_deviation=_if_any(effect.per_standard_deviation),
                standard_deviation=effect.standard_deviation,
                positive_probability=effect.positive_probability,
                half_life_periods=_if_any(effect.half_life_periods),
            )
            for effect in effects
        ],
        units=units_to_proto(config.kpi),
    )


def forecast_to_proto(forecast: KpiForecast, config: ModelConfig) -> ForecastKpiResponse:
    """Write a forecast as a message."""
    observed = [None] * len(forecast.dates) if forecast.observed is None else forecast.observed.tolist()
    rows = zip(forecast.dates, forecast.expected, forecast.predicted, observed, strict=True)
    return ForecastKpiResponse(
        periods=[
            analysis_pb2.ForecastPeriod(
                date=str(date),
                expected=estimate_to_proto(expected),
                predicted=estimate_to_proto(predicted),
                observed=known,
            )
            for date, expected, predicted, known in rows
        ],
        expected_total=estimate_to_proto(forecast.expected_total),
        predicted_total=estimate_to_proto(forecast.predicted_total),
        score=None if forecast.score is None else forecast_score_to_proto(forecast.score),
        extrapolated_media=forecast.extrapolated,
        units=units_to_proto(config.kpi),
    )
