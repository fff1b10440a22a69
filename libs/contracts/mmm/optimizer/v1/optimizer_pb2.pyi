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

class BindingBound(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BINDING_BOUND_UNSPECIFIED: _ClassVar[BindingBound]
    BINDING_BOUND_MINIMUM: _ClassVar[BindingBound]
    BINDING_BOUND_MAXIMUM: _ClassVar[BindingBound]
UTILITY_UNSPECIFIED: Utility
UTILITY_MEAN: Utility
BINDING_BOUND_UNSPECIFIED: BindingBound
BINDING_BOUND_MINIMUM: BindingBound
BINDING_BOUND_MAXIMUM: BindingBound

class ChannelBounds(_message.Message):
    __slots__ = ("channel", "minimum", "maximum")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_FIELD_NUMBER: _ClassVar[int]
    channel: str
    minimum: float
    maximum: float
    def __init__(self, channel: _Optional[str] = ..., minimum: _Optional[float] = ..., maximum: _Optional[float] = ...) -> None: ...

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
    __slots__ = ("method", "iterations", "budget_residual", "optimality_residual", "message")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    ITERATIONS_FIELD_NUMBER: _ClassVar[int]
    BUDGET_RESIDUAL_FIELD_NUMBER: _ClassVar[int]
    OPTIMALITY_RESIDUAL_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    method: str
    iterations: int
    budget_residual: float
    optimality_residual: float
    message: str
    def __init__(self, method: _Optional[str] = ..., iterations: _Optional[int] = ..., budget_residual: _Optional[float] = ..., optimality_residual: _Optional[float] = ..., message: _Optional[str] = ...) -> None: ...

class BudgetPlan(_message.Message):
    __slots__ = ("fit", "horizon_periods", "total_budget", "allocations", "outcome", "reference_outcome", "improvement", "improvement_probability", "roi", "cost_per_unit", "solver")
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
    def __init__(self, fit: _Optional[str] = ..., horizon_periods: _Optional[int] = ..., total_budget: _Optional[float] = ..., allocations: _Optional[_Iterable[_Union[ChannelAllocation, _Mapping]]] = ..., outcome: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., reference_outcome: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., improvement: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., improvement_probability: _Optional[float] = ..., roi: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., cost_per_unit: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., solver: _Optional[_Union[SolverReport, _Mapping]] = ...) -> None: ...
