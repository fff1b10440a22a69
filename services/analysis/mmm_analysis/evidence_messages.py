"""Answers about how far a fit can be trusted, and what else it says, as contract messages."""

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1.analysis_service_pb2 import (
    ForecastKpiResponse,
    GetLiftTestsResponse,
    GetSignalEffectsResponse,
)
from mmm.common.v1.common_pb2 import DateRange
from mmm_analysis.forecasts import KpiForecast
from mmm_analysis.health import Health
from mmm_analysis.lift_tests import LiftTestResult
from mmm_analysis.messages import if_any, kind_to_proto
from mmm_analysis.signals import SignalEffect
from mmm_core.config import ModelConfig
from mmm_core.diagnostics import Check, LeaveOneOut
from mmm_core.messages import (
    convergence_to_proto,
    estimate_to_proto,
    forecast_score_to_proto,
    in_sample_fit_to_proto,
    units_to_proto,
)


def health_to_proto(health: Health) -> analysis_pb2.Diagnostics:
    """Write diagnostics as a message."""
    return analysis_pb2.Diagnostics(
        convergence=convergence_to_proto(health.convergence),
        in_sample_fit=in_sample_fit_to_proto(health.in_sample_fit),
        checks=map(check_to_proto, health.checks),
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
        loo=None if health.loo is None else loo_to_proto(health.loo),
    )


def loo_to_proto(loo: LeaveOneOut) -> analysis_pb2.LeaveOneOut:
    """Write leave-one-out figures as a message."""
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


def check_to_proto(check: Check) -> analysis_pb2.Check:
    """Write a check as a message."""
    return analysis_pb2.Check(
        code=check.code,
        status=f"CHECK_STATUS_{check.status.name}",
        value=check.value,
        target=check.target,
        advice=check.advice,
        title=check.title,
        why=check.why,
        subject=check.subject,
    )


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
                kind=kind_to_proto(effect.kind),
                per_unit=estimate_to_proto(effect.per_unit),
                per_standard_deviation=if_any(effect.per_standard_deviation),
                standard_deviation=effect.standard_deviation,
                positive_probability=effect.positive_probability,
                half_life_periods=if_any(effect.half_life_periods),
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
