import datetime

from google.protobuf import empty_pb2 as _empty_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from mmm.analysis.v1 import analysis_pb2 as _analysis_pb2
from mmm.common.v1 import common_pb2 as _common_pb2
from mmm.optimizer.v1 import optimizer_pb2 as _optimizer_pb2
from mmm.optimizer.v1 import scenario_pb2 as _scenario_pb2
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

class Scenario(_message.Message):
    __slots__ = ("name", "display_name", "note", "fit", "fit_digest", "optimize_budget", "find_budget", "evaluate_plan", "plan", "target", "units", "library_versions", "create_time", "update_time", "etag")
    class LibraryVersionsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    FIT_FIELD_NUMBER: _ClassVar[int]
    FIT_DIGEST_FIELD_NUMBER: _ClassVar[int]
    OPTIMIZE_BUDGET_FIELD_NUMBER: _ClassVar[int]
    FIND_BUDGET_FIELD_NUMBER: _ClassVar[int]
    EVALUATE_PLAN_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    LIBRARY_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    note: str
    fit: str
    fit_digest: str
    optimize_budget: OptimizeBudgetRequest
    find_budget: FindBudgetRequest
    evaluate_plan: EvaluatePlanRequest
    plan: _optimizer_pb2.BudgetPlan
    target: _scenario_pb2.TargetResult
    units: _analysis_pb2.Units
    library_versions: _containers.ScalarMap[str, str]
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    etag: str
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., note: _Optional[str] = ..., fit: _Optional[str] = ..., fit_digest: _Optional[str] = ..., optimize_budget: _Optional[_Union[OptimizeBudgetRequest, _Mapping]] = ..., find_budget: _Optional[_Union[FindBudgetRequest, _Mapping]] = ..., evaluate_plan: _Optional[_Union[EvaluatePlanRequest, _Mapping]] = ..., plan: _Optional[_Union[_optimizer_pb2.BudgetPlan, _Mapping]] = ..., target: _Optional[_Union[_scenario_pb2.TargetResult, _Mapping]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ..., library_versions: _Optional[_Mapping[str, str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class CreateScenarioRequest(_message.Message):
    __slots__ = ("parent", "scenario_id", "scenario", "request_id")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    SCENARIO_ID_FIELD_NUMBER: _ClassVar[int]
    SCENARIO_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    parent: str
    scenario_id: str
    scenario: Scenario
    request_id: str
    def __init__(self, parent: _Optional[str] = ..., scenario_id: _Optional[str] = ..., scenario: _Optional[_Union[Scenario, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class GetScenarioRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListScenariosRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "fit")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FIT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    fit: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., fit: _Optional[str] = ...) -> None: ...

class ListScenariosResponse(_message.Message):
    __slots__ = ("scenarios", "next_page_token")
    SCENARIOS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    scenarios: _containers.RepeatedCompositeFieldContainer[Scenario]
    next_page_token: str
    def __init__(self, scenarios: _Optional[_Iterable[_Union[Scenario, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateScenarioRequest(_message.Message):
    __slots__ = ("scenario",)
    SCENARIO_FIELD_NUMBER: _ClassVar[int]
    scenario: Scenario
    def __init__(self, scenario: _Optional[_Union[Scenario, _Mapping]] = ...) -> None: ...

class DeleteScenarioRequest(_message.Message):
    __slots__ = ("name", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ...) -> None: ...

class RerunScenarioRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class RerunScenarioResponse(_message.Message):
    __slots__ = ("plan", "target", "units", "same", "largest_spend_difference", "largest_outcome_difference", "same_fit", "library_versions")
    class LibraryVersionsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PLAN_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    SAME_FIELD_NUMBER: _ClassVar[int]
    LARGEST_SPEND_DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    LARGEST_OUTCOME_DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    SAME_FIT_FIELD_NUMBER: _ClassVar[int]
    LIBRARY_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    plan: _optimizer_pb2.BudgetPlan
    target: _scenario_pb2.TargetResult
    units: _analysis_pb2.Units
    same: bool
    largest_spend_difference: float
    largest_outcome_difference: float
    same_fit: bool
    library_versions: _containers.ScalarMap[str, str]
    def __init__(self, plan: _Optional[_Union[_optimizer_pb2.BudgetPlan, _Mapping]] = ..., target: _Optional[_Union[_scenario_pb2.TargetResult, _Mapping]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ..., same: _Optional[bool] = ..., largest_spend_difference: _Optional[float] = ..., largest_outcome_difference: _Optional[float] = ..., same_fit: _Optional[bool] = ..., library_versions: _Optional[_Mapping[str, str]] = ...) -> None: ...

class CompareScenariosRequest(_message.Message):
    __slots__ = ("names",)
    NAMES_FIELD_NUMBER: _ClassVar[int]
    names: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, names: _Optional[_Iterable[str]] = ...) -> None: ...

class ComparedScenario(_message.Message):
    __slots__ = ("scenario", "draw_comparison", "outcome_difference", "larger_probability")
    SCENARIO_FIELD_NUMBER: _ClassVar[int]
    DRAW_COMPARISON_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    LARGER_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    scenario: Scenario
    draw_comparison: _scenario_pb2.DrawComparison
    outcome_difference: _common_pb2.Estimate
    larger_probability: float
    def __init__(self, scenario: _Optional[_Union[Scenario, _Mapping]] = ..., draw_comparison: _Optional[_Union[_scenario_pb2.DrawComparison, str]] = ..., outcome_difference: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., larger_probability: _Optional[float] = ...) -> None: ...

class CompareScenariosResponse(_message.Message):
    __slots__ = ("scenarios", "settings", "spends")
    SCENARIOS_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    SPENDS_FIELD_NUMBER: _ClassVar[int]
    scenarios: _containers.RepeatedCompositeFieldContainer[ComparedScenario]
    settings: _containers.RepeatedCompositeFieldContainer[_scenario_pb2.SettingDifference]
    spends: _containers.RepeatedCompositeFieldContainer[_scenario_pb2.ScenarioSpend]
    def __init__(self, scenarios: _Optional[_Iterable[_Union[ComparedScenario, _Mapping]]] = ..., settings: _Optional[_Iterable[_Union[_scenario_pb2.SettingDifference, _Mapping]]] = ..., spends: _Optional[_Iterable[_Union[_scenario_pb2.ScenarioSpend, _Mapping]]] = ...) -> None: ...
