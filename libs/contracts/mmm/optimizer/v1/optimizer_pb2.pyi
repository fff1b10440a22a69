from mmm.analysis.v1 import analysis_pb2 as _analysis_pb2
from mmm.analysis.v1 import analysis_service_pb2 as _analysis_service_pb2
from mmm.common.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Utility(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    UTILITY_UNSPECIFIED: _ClassVar[Utility]
    UTILITY_MEAN: _ClassVar[Utility]
    UTILITY_VALUE_AT_RISK: _ClassVar[Utility]
    UTILITY_CONDITIONAL_VALUE_AT_RISK: _ClassVar[Utility]
    UTILITY_SHARPE: _ClassVar[Utility]
    UTILITY_BEAT_REFERENCE: _ClassVar[Utility]

class Flighting(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FLIGHTING_UNSPECIFIED: _ClassVar[Flighting]
    FLIGHTING_EVEN: _ClassVar[Flighting]
    FLIGHTING_AS_LAST_YEAR: _ClassVar[Flighting]

class BindingBound(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BINDING_BOUND_UNSPECIFIED: _ClassVar[BindingBound]
    BINDING_BOUND_MINIMUM: _ClassVar[BindingBound]
    BINDING_BOUND_MAXIMUM: _ClassVar[BindingBound]

class Target(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TARGET_UNSPECIFIED: _ClassVar[Target]
    TARGET_OUTCOME: _ClassVar[Target]
    TARGET_RETURN: _ClassVar[Target]
    TARGET_MARGINAL_RETURN: _ClassVar[Target]
UTILITY_UNSPECIFIED: Utility
UTILITY_MEAN: Utility
UTILITY_VALUE_AT_RISK: Utility
UTILITY_CONDITIONAL_VALUE_AT_RISK: Utility
UTILITY_SHARPE: Utility
UTILITY_BEAT_REFERENCE: Utility
FLIGHTING_UNSPECIFIED: Flighting
FLIGHTING_EVEN: Flighting
FLIGHTING_AS_LAST_YEAR: Flighting
BINDING_BOUND_UNSPECIFIED: BindingBound
BINDING_BOUND_MINIMUM: BindingBound
BINDING_BOUND_MAXIMUM: BindingBound
TARGET_UNSPECIFIED: Target
TARGET_OUTCOME: Target
TARGET_RETURN: Target
TARGET_MARGINAL_RETURN: Target

class ChannelBounds(_message.Message):
    __slots__ = ("channel", "minimum", "maximum", "minimum_change", "maximum_change", "or_nothing")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_CHANGE_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_CHANGE_FIELD_NUMBER: _ClassVar[int]
    OR_NOTHING_FIELD_NUMBER: _ClassVar[int]
    channel: str
    minimum: float
    maximum: float
    minimum_change: float
    maximum_change: float
    or_nothing: bool
    def __init__(self, channel: _Optional[str] = ..., minimum: _Optional[float] = ..., maximum: _Optional[float] = ..., minimum_change: _Optional[float] = ..., maximum_change: _Optional[float] = ..., or_nothing: _Optional[bool] = ...) -> None: ...

class GroupBounds(_message.Message):
    __slots__ = ("channels", "minimum", "maximum", "minimum_share", "maximum_share", "display_name")
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_SHARE_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_SHARE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    channels: _containers.RepeatedScalarFieldContainer[str]
    minimum: float
    maximum: float
    minimum_share: float
    maximum_share: float
    display_name: str
    def __init__(self, channels: _Optional[_Iterable[str]] = ..., minimum: _Optional[float] = ..., maximum: _Optional[float] = ..., minimum_share: _Optional[float] = ..., maximum_share: _Optional[float] = ..., display_name: _Optional[str] = ...) -> None: ...

class ChannelRatio(_message.Message):
    __slots__ = ("channel", "to", "minimum", "maximum")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_FIELD_NUMBER: _ClassVar[int]
    channel: str
    to: str
    minimum: float
    maximum: float
    def __init__(self, channel: _Optional[str] = ..., to: _Optional[str] = ..., minimum: _Optional[float] = ..., maximum: _Optional[float] = ...) -> None: ...

class PeriodBudget(_message.Message):
    __slots__ = ("first_period", "last_period", "minimum", "maximum")
    FIRST_PERIOD_FIELD_NUMBER: _ClassVar[int]
    LAST_PERIOD_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_FIELD_NUMBER: _ClassVar[int]
    first_period: int
    last_period: int
    minimum: float
    maximum: float
    def __init__(self, first_period: _Optional[int] = ..., last_period: _Optional[int] = ..., minimum: _Optional[float] = ..., maximum: _Optional[float] = ...) -> None: ...

class CellBudget(_message.Message):
    __slots__ = ("cells", "minimum", "maximum")
    CELLS_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_FIELD_NUMBER: _ClassVar[int]
    cells: _containers.RepeatedCompositeFieldContainer[_analysis_service_pb2.DimensionFilter]
    minimum: float
    maximum: float
    def __init__(self, cells: _Optional[_Iterable[_Union[_analysis_service_pb2.DimensionFilter, _Mapping]]] = ..., minimum: _Optional[float] = ..., maximum: _Optional[float] = ...) -> None: ...

class ChannelFlight(_message.Message):
    __slots__ = ("channel", "weights")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    channel: str
    weights: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, channel: _Optional[str] = ..., weights: _Optional[_Iterable[float]] = ...) -> None: ...

class CostChange(_message.Message):
    __slots__ = ("channel", "index", "yearly_inflation")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    YEARLY_INFLATION_FIELD_NUMBER: _ClassVar[int]
    channel: str
    index: _containers.RepeatedScalarFieldContainer[float]
    yearly_inflation: float
    def __init__(self, channel: _Optional[str] = ..., index: _Optional[_Iterable[float]] = ..., yearly_inflation: _Optional[float] = ...) -> None: ...

class PlanSettings(_message.Message):
    __slots__ = ("horizon_periods", "bounds", "groups", "ratios", "period_budgets", "cell_budgets", "split_cells", "flighting", "flights", "demand_index", "demand_of_baseline", "costs", "from_standing_start", "utility", "risk_level", "interval_probability", "also", "value_per_unit")
    HORIZON_PERIODS_FIELD_NUMBER: _ClassVar[int]
    BOUNDS_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    RATIOS_FIELD_NUMBER: _ClassVar[int]
    PERIOD_BUDGETS_FIELD_NUMBER: _ClassVar[int]
    CELL_BUDGETS_FIELD_NUMBER: _ClassVar[int]
    SPLIT_CELLS_FIELD_NUMBER: _ClassVar[int]
    FLIGHTING_FIELD_NUMBER: _ClassVar[int]
    FLIGHTS_FIELD_NUMBER: _ClassVar[int]
    DEMAND_INDEX_FIELD_NUMBER: _ClassVar[int]
    DEMAND_OF_BASELINE_FIELD_NUMBER: _ClassVar[int]
    COSTS_FIELD_NUMBER: _ClassVar[int]
    FROM_STANDING_START_FIELD_NUMBER: _ClassVar[int]
    UTILITY_FIELD_NUMBER: _ClassVar[int]
    RISK_LEVEL_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    ALSO_FIELD_NUMBER: _ClassVar[int]
    VALUE_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    horizon_periods: int
    bounds: _containers.RepeatedCompositeFieldContainer[ChannelBounds]
    groups: _containers.RepeatedCompositeFieldContainer[GroupBounds]
    ratios: _containers.RepeatedCompositeFieldContainer[ChannelRatio]
    period_budgets: _containers.RepeatedCompositeFieldContainer[PeriodBudget]
    cell_budgets: _containers.RepeatedCompositeFieldContainer[CellBudget]
    split_cells: bool
    flighting: Flighting
    flights: _containers.RepeatedCompositeFieldContainer[ChannelFlight]
    demand_index: _containers.RepeatedScalarFieldContainer[float]
    demand_of_baseline: bool
    costs: _containers.RepeatedCompositeFieldContainer[CostChange]
    from_standing_start: bool
    utility: Utility
    risk_level: float
    interval_probability: float
    also: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.CombinedOutcome]
    value_per_unit: float
    def __init__(self, horizon_periods: _Optional[int] = ..., bounds: _Optional[_Iterable[_Union[ChannelBounds, _Mapping]]] = ..., groups: _Optional[_Iterable[_Union[GroupBounds, _Mapping]]] = ..., ratios: _Optional[_Iterable[_Union[ChannelRatio, _Mapping]]] = ..., period_budgets: _Optional[_Iterable[_Union[PeriodBudget, _Mapping]]] = ..., cell_budgets: _Optional[_Iterable[_Union[CellBudget, _Mapping]]] = ..., split_cells: _Optional[bool] = ..., flighting: _Optional[_Union[Flighting, str]] = ..., flights: _Optional[_Iterable[_Union[ChannelFlight, _Mapping]]] = ..., demand_index: _Optional[_Iterable[float]] = ..., demand_of_baseline: _Optional[bool] = ..., costs: _Optional[_Iterable[_Union[CostChange, _Mapping]]] = ..., from_standing_start: _Optional[bool] = ..., utility: _Optional[_Union[Utility, str]] = ..., risk_level: _Optional[float] = ..., interval_probability: _Optional[float] = ..., also: _Optional[_Iterable[_Union[_analysis_pb2.CombinedOutcome, _Mapping]]] = ..., value_per_unit: _Optional[float] = ...) -> None: ...

class ChannelAllocation(_message.Message):
    __slots__ = ("name", "display_name", "spend", "spend_per_period", "reference_spend", "change", "incremental_outcome", "roi", "cost_per_unit", "marginal_return", "binding_bound", "extrapolated")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIELD_NUMBER: _ClassVar[int]
    SPEND_PER_PERIOD_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_SPEND_FIELD_NUMBER: _ClassVar[int]
    CHANGE_FIELD_NUMBER: _ClassVar[int]
    INCREMENTAL_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ROI_FIELD_NUMBER: _ClassVar[int]
    COST_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    MARGINAL_RETURN_FIELD_NUMBER: _ClassVar[int]
    BINDING_BOUND_FIELD_NUMBER: _ClassVar[int]
    EXTRAPOLATED_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    spend: float
    spend_per_period: float
    reference_spend: float
    change: float
    incremental_outcome: _common_pb2.Estimate
    roi: _common_pb2.Estimate
    cost_per_unit: _common_pb2.Estimate
    marginal_return: _common_pb2.Estimate
    binding_bound: BindingBound
    extrapolated: bool
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., spend: _Optional[float] = ..., spend_per_period: _Optional[float] = ..., reference_spend: _Optional[float] = ..., change: _Optional[float] = ..., incremental_outcome: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., roi: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., cost_per_unit: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., marginal_return: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., binding_bound: _Optional[_Union[BindingBound, str]] = ..., extrapolated: _Optional[bool] = ...) -> None: ...

class SolverReport(_message.Message):
    __slots__ = ("method", "iterations", "budget_residual", "optimality_residual", "message", "constraint_residual", "utility", "upper_bound", "bound_is_exact")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    ITERATIONS_FIELD_NUMBER: _ClassVar[int]
    BUDGET_RESIDUAL_FIELD_NUMBER: _ClassVar[int]
    OPTIMALITY_RESIDUAL_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    CONSTRAINT_RESIDUAL_FIELD_NUMBER: _ClassVar[int]
    UTILITY_FIELD_NUMBER: _ClassVar[int]
    UPPER_BOUND_FIELD_NUMBER: _ClassVar[int]
    BOUND_IS_EXACT_FIELD_NUMBER: _ClassVar[int]
    method: str
    iterations: int
    budget_residual: float
    optimality_residual: float
    message: str
    constraint_residual: float
    utility: float
    upper_bound: float
    bound_is_exact: bool
    def __init__(self, method: _Optional[str] = ..., iterations: _Optional[int] = ..., budget_residual: _Optional[float] = ..., optimality_residual: _Optional[float] = ..., message: _Optional[str] = ..., constraint_residual: _Optional[float] = ..., utility: _Optional[float] = ..., upper_bound: _Optional[float] = ..., bound_is_exact: _Optional[bool] = ...) -> None: ...

class PlanPeriod(_message.Message):
    __slots__ = ("date", "spend", "outcome", "demand")
    DATE_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    DEMAND_FIELD_NUMBER: _ClassVar[int]
    date: str
    spend: _containers.RepeatedScalarFieldContainer[float]
    outcome: _common_pb2.Estimate
    demand: float
    def __init__(self, date: _Optional[str] = ..., spend: _Optional[_Iterable[float]] = ..., outcome: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., demand: _Optional[float] = ...) -> None: ...

class PlanCell(_message.Message):
    __slots__ = ("labels", "spend")
    LABELS_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIELD_NUMBER: _ClassVar[int]
    labels: _containers.RepeatedScalarFieldContainer[str]
    spend: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, labels: _Optional[_Iterable[str]] = ..., spend: _Optional[_Iterable[float]] = ...) -> None: ...

class PlanConstraint(_message.Message):
    __slots__ = ("field", "meaning")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    MEANING_FIELD_NUMBER: _ClassVar[int]
    field: str
    meaning: str
    def __init__(self, field: _Optional[str] = ..., meaning: _Optional[str] = ...) -> None: ...

class BudgetPlan(_message.Message):
    __slots__ = ("fit", "horizon_periods", "total_budget", "allocations", "outcome", "reference_outcome", "improvement", "improvement_probability", "roi", "cost_per_unit", "solver", "periods", "outcome_after_horizon", "cells", "binding_constraints", "violated_constraints")
    FIT_FIELD_NUMBER: _ClassVar[int]
    HORIZON_PERIODS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_BUDGET_FIELD_NUMBER: _ClassVar[int]
    ALLOCATIONS_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    IMPROVEMENT_FIELD_NUMBER: _ClassVar[int]
    IMPROVEMENT_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    ROI_FIELD_NUMBER: _ClassVar[int]
    COST_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    SOLVER_FIELD_NUMBER: _ClassVar[int]
    PERIODS_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_AFTER_HORIZON_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    BINDING_CONSTRAINTS_FIELD_NUMBER: _ClassVar[int]
    VIOLATED_CONSTRAINTS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    horizon_periods: int
    total_budget: float
    allocations: _containers.RepeatedCompositeFieldContainer[ChannelAllocation]
    outcome: _common_pb2.Estimate
    reference_outcome: _common_pb2.Estimate
    improvement: _common_pb2.Estimate
    improvement_probability: float
    roi: _common_pb2.Estimate
    cost_per_unit: _common_pb2.Estimate
    solver: SolverReport
    periods: _containers.RepeatedCompositeFieldContainer[PlanPeriod]
    outcome_after_horizon: _common_pb2.Estimate
    cells: _containers.RepeatedCompositeFieldContainer[PlanCell]
    binding_constraints: _containers.RepeatedCompositeFieldContainer[PlanConstraint]
    violated_constraints: _containers.RepeatedCompositeFieldContainer[PlanConstraint]
    def __init__(self, fit: _Optional[str] = ..., horizon_periods: _Optional[int] = ..., total_budget: _Optional[float] = ..., allocations: _Optional[_Iterable[_Union[ChannelAllocation, _Mapping]]] = ..., outcome: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., reference_outcome: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., improvement: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., improvement_probability: _Optional[float] = ..., roi: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., cost_per_unit: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., solver: _Optional[_Union[SolverReport, _Mapping]] = ..., periods: _Optional[_Iterable[_Union[PlanPeriod, _Mapping]]] = ..., outcome_after_horizon: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., cells: _Optional[_Iterable[_Union[PlanCell, _Mapping]]] = ..., binding_constraints: _Optional[_Iterable[_Union[PlanConstraint, _Mapping]]] = ..., violated_constraints: _Optional[_Iterable[_Union[PlanConstraint, _Mapping]]] = ...) -> None: ...

class HandMadeSpend(_message.Message):
    __slots__ = ("channel", "spend", "cell")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIELD_NUMBER: _ClassVar[int]
    CELL_FIELD_NUMBER: _ClassVar[int]
    channel: str
    spend: _containers.RepeatedScalarFieldContainer[float]
    cell: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, channel: _Optional[str] = ..., spend: _Optional[_Iterable[float]] = ..., cell: _Optional[_Iterable[str]] = ...) -> None: ...

class FrontierPoint(_message.Message):
    __slots__ = ("budget", "spend", "outcome", "marginal_return", "utility", "upper_bound")
    BUDGET_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    MARGINAL_RETURN_FIELD_NUMBER: _ClassVar[int]
    UTILITY_FIELD_NUMBER: _ClassVar[int]
    UPPER_BOUND_FIELD_NUMBER: _ClassVar[int]
    budget: float
    spend: _containers.RepeatedScalarFieldContainer[float]
    outcome: _common_pb2.Estimate
    marginal_return: _common_pb2.Estimate
    utility: float
    upper_bound: float
    def __init__(self, budget: _Optional[float] = ..., spend: _Optional[_Iterable[float]] = ..., outcome: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., marginal_return: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., utility: _Optional[float] = ..., upper_bound: _Optional[float] = ...) -> None: ...
