"""Answers as contract messages."""

from collections.abc import Iterable

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1.analysis_service_pb2 import (
    GetCarryoverResponse,
    GetChannelResultsResponse,
    GetContributionsResponse,
    GetResponseCurvesResponse,
)
from mmm.common.v1.common_pb2 import DateRange
from mmm.common.v1.common_pb2 import Estimate as EstimateMessage
from mmm_analysis.breakevens import Breakeven
from mmm_analysis.channels import ChannelRow, ChannelTable
from mmm_analysis.contributions import ComponentSummary, Contributions
from mmm_analysis.curves import CarryoverCurve, Curve, CurvePoint
from mmm_analysis.hurdles import Hurdle
from mmm_core.breakeven import FURTHEST
from mmm_core.config import ModelConfig
from mmm_core.estimates import Estimate
from mmm_core.fitted import FittedModel
from mmm_core.messages import (
    estimate_to_proto,
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
        components=map(component_to_proto, answer.components),
        units=units_to_proto(config.kpi),
    )


def channels_to_proto(table: ChannelTable, fit: FittedModel, window: Window) -> GetChannelResultsResponse:
    """Write the channel table as a message."""
    return GetChannelResultsResponse(
        channels=map(channel_to_proto, table.rows),
        total_paid=channel_to_proto(table.total_paid),
        units=units_to_proto(fit.config.kpi),
        window=window_to_proto(fit, window),
        hurdle=hurdle_to_proto(table.hurdle, fit.config),
    )


def window_to_proto(fit: FittedModel, window: Window) -> DateRange:
    """Write the first days of a window's first and last period as a message."""
    return DateRange(start=str(fit.dates[window.start]), end=str(fit.dates[window.stop - 1]))


def hurdle_to_proto(hurdle: Hurdle, config: ModelConfig) -> analysis_pb2.Hurdle:
    """Write what the next unit of money is to return as a message."""
    return analysis_pb2.Hurdle(
        marginal_return=hurdle.marginal_return,
        cost_per_unit=1 / hurdle.outcome if config.kpi.kind == "count" else None,
        origin=f"HURDLE_ORIGIN_{hurdle.origin.name}",
    )


def breakeven_to_proto(reach: Breakeven) -> analysis_pb2.Breakeven:
    """Write where the next unit of money stops paying as a message."""
    fields = {"spend": reach.median, "lower": reach.lower, "upper": reach.upper}
    headrooms = {"headroom": reach.median, "headroom_lower": reach.lower, "headroom_upper": reach.upper}
    return analysis_pb2.Breakeven(
        **{name: multiple * reach.spend for name, multiple in fields.items() if multiple is not None},
        **{name: multiple - 1 for name, multiple in headrooms.items() if multiple is not None},
        beyond_probability=reach.beyond_probability,
        never_probability=reach.never_probability,
        explored_multiple=FURTHEST,
    )


def curves_to_proto(curves: Iterable[Curve], config: ModelConfig) -> GetResponseCurvesResponse:
    """Write response curves as a message."""
    return GetResponseCurvesResponse(curves=map(_curve, curves), units=units_to_proto(config.kpi))


def component_to_proto(component: ComponentSummary) -> analysis_pb2.Component:
    """Write a component as a message."""
    return analysis_pb2.Component(
        name=component.name,
        display_name=component.label,
        kind=kind_to_proto(component.kind),
        series=map(estimate_to_proto, component.series),
        total=estimate_to_proto(component.total),
        share=estimate_to_proto(component.share),
    )


def channel_to_proto(row: ChannelRow) -> analysis_pb2.ChannelResult:
    """Write a row of the channel table as a message."""
    returns = row.returns
    return analysis_pb2.ChannelResult(
        name=row.name,
        display_name=row.label,
        kind=kind_to_proto(row.kind),
        spend=returns.spend,
        spend_share=row.spend_share,
        incremental_outcome=estimate_to_proto(returns.outcome),
        effect_share=estimate_to_proto(returns.effect_share),
        roi=if_any(returns.roi),
        cost_per_unit=if_any(returns.cost_per_unit),
        marginal_roi=if_any(returns.marginal_roi),
        marginal_cost_per_unit=if_any(returns.marginal_cost_per_unit),
        prior=if_any(row.prior),
        half_life_periods=if_any(row.half_life_periods),
        contribution=estimate_to_proto(row.contribution),
        media_effect_share=estimate_to_proto(row.media_effect_share),
        breakeven=None if row.breakeven is None else breakeven_to_proto(row.breakeven),
        above_hurdle_probability=row.above_hurdle,
    )


def _curve(curve: Curve) -> analysis_pb2.ResponseCurve:
    return analysis_pb2.ResponseCurve(
        name=curve.name,
        display_name=curve.label,
        current_spend=curve.current_spend,
        points=map(_point, curve.points),
        marks=[
            analysis_pb2.CurveMark(kind=f"CURVE_MARK_KIND_{kind.name}", point=_point(point))
            for kind, point in curve.marks.items()
        ],
    )


def _point(point: CurvePoint) -> analysis_pb2.ResponsePoint:
    return analysis_pb2.ResponsePoint(
        multiplier=point.multiplier,
        spend=point.spend,
        incremental_outcome=estimate_to_proto(point.outcome),
        marginal_return=if_any(point.marginal_return),
        extrapolated=point.extrapolated,
    )


def carryover_to_proto(curves: Iterable[CarryoverCurve]) -> GetCarryoverResponse:
    """Write how effects are spread over time as a message."""
    return GetCarryoverResponse(
        curves=[
            analysis_pb2.CarryoverCurve(
                name=curve.name,
                display_name=curve.label,
                weights=map(estimate_to_proto, curve.weights),
                half_life_periods=estimate_to_proto(curve.half_life_periods),
            )
            for curve in curves
        ]
    )


def if_any(estimate: Estimate | None) -> EstimateMessage | None:
    """Write an estimate as a message when there is one."""
    return None if estimate is None else estimate_to_proto(estimate)


def kind_to_proto(kind: ComponentKind) -> str:
    """Name what a component is."""
    return f"COMPONENT_KIND_{kind.name}"
