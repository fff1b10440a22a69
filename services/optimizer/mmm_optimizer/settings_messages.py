"""Settings of a plan as they come over the wire; no decisions here."""

from google.protobuf.message import Message

from mmm.optimizer.v1 import optimizer_pb2, optimizer_service_pb2
from mmm_optimizer.by_hand import HandMadePlan
from mmm_optimizer.request import (
    Bound,
    CellBudget,
    ChannelFlight,
    CostChange,
    FlightingKind,
    Group,
    PeriodBudget,
    PlanSettings,
    Ratio,
    Utility,
)
from mmm_optimizer.targets import Target, TargetRequest

_UTILITIES = {
    optimizer_pb2.UTILITY_UNSPECIFIED: Utility.MEAN,
    optimizer_pb2.UTILITY_MEAN: Utility.MEAN,
    optimizer_pb2.UTILITY_VALUE_AT_RISK: Utility.VALUE_AT_RISK,
    optimizer_pb2.UTILITY_CONDITIONAL_VALUE_AT_RISK: Utility.CONDITIONAL_VALUE_AT_RISK,
    optimizer_pb2.UTILITY_SHARPE: Utility.SHARPE,
    optimizer_pb2.UTILITY_BEAT_REFERENCE: Utility.BEAT_REFERENCE,
}
_FLIGHTING = {
    optimizer_pb2.FLIGHTING_UNSPECIFIED: FlightingKind.EVEN,
    optimizer_pb2.FLIGHTING_EVEN: FlightingKind.EVEN,
    optimizer_pb2.FLIGHTING_AS_LAST_YEAR: FlightingKind.AS_LAST_YEAR,
}
_TARGETS = {
    optimizer_pb2.TARGET_OUTCOME: Target.OUTCOME,
    optimizer_pb2.TARGET_RETURN: Target.RETURN,
    optimizer_pb2.TARGET_MARGINAL_RETURN: Target.MARGINAL_RETURN,
}


def settings_from_wire(message: optimizer_pb2.PlanSettings) -> PlanSettings:
    """Read settings; an unset field and a value nobody knows both become None."""
    return PlanSettings(
        horizon_periods=given(message, "horizon_periods"),
        bounds=[bound_from_wire(bound) for bound in message.bounds],
        groups=[
            Group(
                list(group.channels),
                *limits(group),
                given(group, "minimum_share"),
                given(group, "maximum_share"),
                group.display_name,
            )
            for group in message.groups
        ],
        ratios=[Ratio(ratio.channel, ratio.to, *limits(ratio)) for ratio in message.ratios],
        period_budgets=[
            PeriodBudget(budget.first_period, budget.last_period, *limits(budget))
            for budget in message.period_budgets
        ],
        cell_budgets=[
            CellBudget([(one.dimension, list(one.labels)) for one in budget.cells], *limits(budget))
            for budget in message.cell_budgets
        ],
        split_cells=message.split_cells,
        flighting=_FLIGHTING.get(message.flighting),
        flights=[ChannelFlight(flight.channel, list(flight.weights)) for flight in message.flights],
        demand_index=list(message.demand_index),
        demand_of_baseline=message.demand_of_baseline,
        costs=[CostChange(cost.channel, list(cost.index), cost.yearly_inflation) for cost in message.costs],
        carry_in=not message.from_standing_start,
        utility=_UTILITIES.get(message.utility),
        risk_level=given(message, "risk_level"),
        interval_probability=given(message, "interval_probability"),
    )


def settings_of_optimize(message: optimizer_service_pb2.OptimizeBudgetRequest) -> PlanSettings:
    """Read the settings of OptimizeBudget."""
    return settings_from_wire(merged_settings(message))


def merged_settings(message: optimizer_service_pb2.OptimizeBudgetRequest) -> optimizer_pb2.PlanSettings:
    """Take the settings of OptimizeBudget together, those of their own field and those it had before."""
    settings = optimizer_pb2.PlanSettings()
    settings.bounds.extend(message.bounds)
    settings.utility = message.utility
    for field in ("horizon_periods", "interval_probability"):
        if message.HasField(field):
            setattr(settings, field, getattr(message, field))
    settings.MergeFrom(message.settings)
    return settings


def target_from_wire(message: optimizer_service_pb2.FindBudgetRequest) -> TargetRequest:
    """Read a target."""
    return TargetRequest(
        _TARGETS.get(message.target),
        message.level,
        given(message, "probability"),
        given(message, "minimum_budget"),
        given(message, "maximum_budget"),
    )


def by_hand_from_wire(message: optimizer_service_pb2.EvaluatePlanRequest) -> list[HandMadePlan]:
    """Read a plan made by hand."""
    return [HandMadePlan(row.channel, list(row.spend), tuple(row.cell)) for row in message.spends]


def bound_from_wire(bound: optimizer_pb2.ChannelBounds) -> Bound:
    """Read the limits of a channel."""
    return Bound(
        bound.channel,
        *limits(bound),
        given(bound, "minimum_change"),
        given(bound, "maximum_change"),
        bound.or_nothing,
    )


def limits(message: Message) -> tuple[float | None, float | None]:
    """Read minimum and maximum."""
    return given(message, "minimum"), given(message, "maximum")


def given[T](message: Message, field: str) -> T | None:
    """Read an optional field; None when it is not set."""
    return getattr(message, field) if message.HasField(field) else None
