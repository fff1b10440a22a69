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
    __slots__ = ("fit", "total_budget", "horizon_periods", "bounds", "utility", "interval_probability", "settings")
    FIT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_BUDGET_FIELD_NUMBER: _ClassVar[int]
    HORIZON_PERIODS_FIELD_NUMBER: _ClassVar[int]
    BOUNDS_FIELD_NUMBER: _ClassVar[int]
    UTILITY_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    total_budget: float
    horizon_periods: int
    bounds: _containers.RepeatedCompositeFieldContainer[_optimizer_pb2.ChannelBounds]
    utility: _optimizer_pb2.Utility
    interval_probability: float
    settings: _optimizer_pb2.PlanSettings
    def __init__(self, fit: _Optional[str] = ..., total_budget: _Optional[float] = ..., horizon_periods: _Optional[int] = ..., bounds: _Optional[_Iterable[_Union[_optimizer_pb2.ChannelBounds, _Mapping]]] = ..., utility: _Optional[_Union[_optimizer_pb2.Utility, str]] = ..., interval_probability: _Optional[float] = ..., settings: _Optional[_Union[_optimizer_pb2.PlanSettings, _Mapping]] = ...) -> None: ...

class OptimizeBudgetResponse(_message.Message):
    __slots__ = ("plan", "units")
    PLAN_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    plan: _optimizer_pb2.BudgetPlan
    units: _analysis_pb2.Units
    def __init__(self, plan: _Optional[_Union[_optimizer_pb2.BudgetPlan, _Mapping]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...

class FindBudgetRequest(_message.Message):
    __slots__ = ("fit", "target", "level", "probability", "minimum_budget", "maximum_budget", "settings")
    FIT_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_BUDGET_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_BUDGET_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    target: _optimizer_pb2.Target
    level: float
    probability: float
    minimum_budget: float
    maximum_budget: float
    settings: _optimizer_pb2.PlanSettings
    def __init__(self, fit: _Optional[str] = ..., target: _Optional[_Union[_optimizer_pb2.Target, str]] = ..., level: _Optional[float] = ..., probability: _Optional[float] = ..., minimum_budget: _Optional[float] = ..., maximum_budget: _Optional[float] = ..., settings: _Optional[_Union[_optimizer_pb2.PlanSettings, _Mapping]] = ...) -> None: ...

class FindBudgetResponse(_message.Message):
    __slots__ = ("plan", "reached", "reached_level", "reached_probability", "units")
    PLAN_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    REACHED_LEVEL_FIELD_NUMBER: _ClassVar[int]
    REACHED_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    plan: _optimizer_pb2.BudgetPlan
    reached: bool
    reached_level: float
    reached_probability: float
    units: _analysis_pb2.Units
    def __init__(self, plan: _Optional[_Union[_optimizer_pb2.BudgetPlan, _Mapping]] = ..., reached: _Optional[bool] = ..., reached_level: _Optional[float] = ..., reached_probability: _Optional[float] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...

class EvaluatePlanRequest(_message.Message):
    __slots__ = ("fit", "spends", "settings")
    FIT_FIELD_NUMBER: _ClassVar[int]
    SPENDS_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    spends: _containers.RepeatedCompositeFieldContainer[_optimizer_pb2.HandMadeSpend]
    settings: _optimizer_pb2.PlanSettings
    def __init__(self, fit: _Optional[str] = ..., spends: _Optional[_Iterable[_Union[_optimizer_pb2.HandMadeSpend, _Mapping]]] = ..., settings: _Optional[_Union[_optimizer_pb2.PlanSettings, _Mapping]] = ...) -> None: ...

class EvaluatePlanResponse(_message.Message):
    __slots__ = ("plan", "units")
    PLAN_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    plan: _optimizer_pb2.BudgetPlan
    units: _analysis_pb2.Units
    def __init__(self, plan: _Optional[_Union[_optimizer_pb2.BudgetPlan, _Mapping]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...

class GetFrontierRequest(_message.Message):
    __slots__ = ("fit", "minimum_budget", "maximum_budget", "point_count", "hurdle", "settings")
    FIT_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_BUDGET_FIELD_NUMBER: _ClassVar[int]
    MAXIMUM_BUDGET_FIELD_NUMBER: _ClassVar[int]
    POINT_COUNT_FIELD_NUMBER: _ClassVar[int]
    HURDLE_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    minimum_budget: float
    maximum_budget: float
    point_count: int
    hurdle: float
    settings: _optimizer_pb2.PlanSettings
    def __init__(self, fit: _Optional[str] = ..., minimum_budget: _Optional[float] = ..., maximum_budget: _Optional[float] = ..., point_count: _Optional[int] = ..., hurdle: _Optional[float] = ..., settings: _Optional[_Union[_optimizer_pb2.PlanSettings, _Mapping]] = ...) -> None: ...

class GetFrontierResponse(_message.Message):
    __slots__ = ("points", "breakeven", "hurdle_met", "units")
    POINTS_FIELD_NUMBER: _ClassVar[int]
    BREAKEVEN_FIELD_NUMBER: _ClassVar[int]
    HURDLE_MET_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    points: _containers.RepeatedCompositeFieldContainer[_optimizer_pb2.FrontierPoint]
    breakeven: _optimizer_pb2.BudgetPlan
    hurdle_met: bool
    units: _analysis_pb2.Units
    def __init__(self, points: _Optional[_Iterable[_Union[_optimizer_pb2.FrontierPoint, _Mapping]]] = ..., breakeven: _Optional[_Union[_optimizer_pb2.BudgetPlan, _Mapping]] = ..., hurdle_met: _Optional[bool] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...
