from mmm.analysis.v1 import analysis_pb2 as _analysis_pb2
from mmm.optimizer.v1 import optimizer_pb2 as _optimizer_pb2
from mmm.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OptimizeBudgetRequest(_message.Message):
    __slots__ = ("fit", "total_budget", "horizon_periods", "bounds", "utility", "interval_probability")
    FIT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_BUDGET_FIELD_NUMBER: _ClassVar[int]
    HORIZON_PERIODS_FIELD_NUMBER: _ClassVar[int]
    BOUNDS_FIELD_NUMBER: _ClassVar[int]
    UTILITY_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    fit: str
    total_budget: float
    horizon_periods: int
    bounds: _containers.RepeatedCompositeFieldContainer[_optimizer_pb2.ChannelBounds]
    utility: _optimizer_pb2.Utility
    interval_probability: float
    def __init__(self, fit: _Optional[str] = ..., total_budget: _Optional[float] = ..., horizon_periods: _Optional[int] = ..., bounds: _Optional[_Iterable[_Union[_optimizer_pb2.ChannelBounds, _Mapping]]] = ..., utility: _Optional[_Union[_optimizer_pb2.Utility, str]] = ..., interval_probability: _Optional[float] = ...) -> None: ...

class OptimizeBudgetResponse(_message.Message):
    __slots__ = ("plan", "units")
    PLAN_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    plan: _optimizer_pb2.BudgetPlan
    units: _analysis_pb2.Units
    def __init__(self, plan: _Optional[_Union[_optimizer_pb2.BudgetPlan, _Mapping]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...
