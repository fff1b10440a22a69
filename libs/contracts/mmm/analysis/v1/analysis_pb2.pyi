import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from mmm.common.v1 import common_pb2 as _common_pb2
from mmm.common.v1 import model_config_pb2 as _model_config_pb2
from mmm.fitting.v1 import fitting_pb2 as _fitting_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ComponentKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COMPONENT_KIND_UNSPECIFIED: _ClassVar[ComponentKind]
    COMPONENT_KIND_BASELINE: _ClassVar[ComponentKind]
    COMPONENT_KIND_PAID: _ClassVar[ComponentKind]
    COMPONENT_KIND_OWNED: _ClassVar[ComponentKind]
    COMPONENT_KIND_COMPETITOR: _ClassVar[ComponentKind]
    COMPONENT_KIND_CONTROL: _ClassVar[ComponentKind]
    COMPONENT_KIND_EVENT: _ClassVar[ComponentKind]

class Resolution(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RESOLUTION_UNSPECIFIED: _ClassVar[Resolution]
    RESOLUTION_MONTH: _ClassVar[Resolution]
    RESOLUTION_QUARTER: _ClassVar[Resolution]
    RESOLUTION_YEAR: _ClassVar[Resolution]

class HurdleOrigin(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HURDLE_ORIGIN_UNSPECIFIED: _ClassVar[HurdleOrigin]
    HURDLE_ORIGIN_REQUEST: _ClassVar[HurdleOrigin]
    HURDLE_ORIGIN_BREAK_EVEN: _ClassVar[HurdleOrigin]
    HURDLE_ORIGIN_AVERAGE_COST: _ClassVar[HurdleOrigin]

class CurveMarkKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CURVE_MARK_KIND_UNSPECIFIED: _ClassVar[CurveMarkKind]
    CURVE_MARK_KIND_CURRENT: _ClassVar[CurveMarkKind]
    CURVE_MARK_KIND_BREAKEVEN: _ClassVar[CurveMarkKind]
    CURVE_MARK_KIND_OBSERVED_MAXIMUM: _ClassVar[CurveMarkKind]

class Verdict(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VERDICT_UNSPECIFIED: _ClassVar[Verdict]
    VERDICT_INCREASE: _ClassVar[Verdict]
    VERDICT_HOLD: _ClassVar[Verdict]
    VERDICT_REDUCE: _ClassVar[Verdict]

class KnowledgeLevel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    KNOWLEDGE_LEVEL_UNSPECIFIED: _ClassVar[KnowledgeLevel]
    KNOWLEDGE_LEVEL_WELL: _ClassVar[KnowledgeLevel]
    KNOWLEDGE_LEVEL_ROUGHLY: _ClassVar[KnowledgeLevel]
    KNOWLEDGE_LEVEL_POORLY: _ClassVar[KnowledgeLevel]

class CheckStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHECK_STATUS_UNSPECIFIED: _ClassVar[CheckStatus]
    CHECK_STATUS_PASS: _ClassVar[CheckStatus]
    CHECK_STATUS_WARN: _ClassVar[CheckStatus]
    CHECK_STATUS_FAIL: _ClassVar[CheckStatus]
    CHECK_STATUS_INFO: _ClassVar[CheckStatus]

class ExportFormat(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXPORT_FORMAT_UNSPECIFIED: _ClassVar[ExportFormat]
    EXPORT_FORMAT_CSV: _ClassVar[ExportFormat]
    EXPORT_FORMAT_JSON: _ClassVar[ExportFormat]
    EXPORT_FORMAT_EXCEL: _ClassVar[ExportFormat]
    EXPORT_FORMAT_HTML: _ClassVar[ExportFormat]
COMPONENT_KIND_UNSPECIFIED: ComponentKind
COMPONENT_KIND_BASELINE: ComponentKind
COMPONENT_KIND_PAID: ComponentKind
COMPONENT_KIND_OWNED: ComponentKind
COMPONENT_KIND_COMPETITOR: ComponentKind
COMPONENT_KIND_CONTROL: ComponentKind
COMPONENT_KIND_EVENT: ComponentKind
RESOLUTION_UNSPECIFIED: Resolution
RESOLUTION_MONTH: Resolution
RESOLUTION_QUARTER: Resolution
RESOLUTION_YEAR: Resolution
HURDLE_ORIGIN_UNSPECIFIED: HurdleOrigin
HURDLE_ORIGIN_REQUEST: HurdleOrigin
HURDLE_ORIGIN_BREAK_EVEN: HurdleOrigin
HURDLE_ORIGIN_AVERAGE_COST: HurdleOrigin
CURVE_MARK_KIND_UNSPECIFIED: CurveMarkKind
CURVE_MARK_KIND_CURRENT: CurveMarkKind
CURVE_MARK_KIND_BREAKEVEN: CurveMarkKind
CURVE_MARK_KIND_OBSERVED_MAXIMUM: CurveMarkKind
VERDICT_UNSPECIFIED: Verdict
VERDICT_INCREASE: Verdict
VERDICT_HOLD: Verdict
VERDICT_REDUCE: Verdict
KNOWLEDGE_LEVEL_UNSPECIFIED: KnowledgeLevel
KNOWLEDGE_LEVEL_WELL: KnowledgeLevel
KNOWLEDGE_LEVEL_ROUGHLY: KnowledgeLevel
KNOWLEDGE_LEVEL_POORLY: KnowledgeLevel
CHECK_STATUS_UNSPECIFIED: CheckStatus
CHECK_STATUS_PASS: CheckStatus
CHECK_STATUS_WARN: CheckStatus
CHECK_STATUS_FAIL: CheckStatus
CHECK_STATUS_INFO: CheckStatus
EXPORT_FORMAT_UNSPECIFIED: ExportFormat
EXPORT_FORMAT_CSV: ExportFormat
EXPORT_FORMAT_JSON: ExportFormat
EXPORT_FORMAT_EXCEL: ExportFormat
EXPORT_FORMAT_HTML: ExportFormat

class Hurdle(_message.Message):
    __slots__ = ("marginal_return", "cost_per_unit", "origin")
    MARGINAL_RETURN_FIELD_NUMBER: _ClassVar[int]
    COST_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    marginal_return: float
    cost_per_unit: float
    origin: HurdleOrigin
    def __init__(self, marginal_return: _Optional[float] = ..., cost_per_unit: _Optional[float] = ..., origin: _Optional[_Union[HurdleOrigin, str]] = ...) -> None: ...

class Breakeven(_message.Message):
    __slots__ = ("spend", "lower", "upper", "headroom", "headroom_lower", "headroom_upper", "beyond_probability", "never_probability", "explored_multiple")
    SPEND_FIELD_NUMBER: _ClassVar[int]
    LOWER_FIELD_NUMBER: _ClassVar[int]
    UPPER_FIELD_NUMBER: _ClassVar[int]
    HEADROOM_FIELD_NUMBER: _ClassVar[int]
    HEADROOM_LOWER_FIELD_NUMBER: _ClassVar[int]
    HEADROOM_UPPER_FIELD_NUMBER: _ClassVar[int]
    BEYOND_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    NEVER_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    EXPLORED_MULTIPLE_FIELD_NUMBER: _ClassVar[int]
    spend: float
    lower: float
    upper: float
    headroom: float
    headroom_lower: float
    headroom_upper: float
    beyond_probability: float
    never_probability: float
    explored_multiple: float
    def __init__(self, spend: _Optional[float] = ..., lower: _Optional[float] = ..., upper: _Optional[float] = ..., headroom: _Optional[float] = ..., headroom_lower: _Optional[float] = ..., headroom_upper: _Optional[float] = ..., beyond_probability: _Optional[float] = ..., never_probability: _Optional[float] = ..., explored_multiple: _Optional[float] = ...) -> None: ...

class Component(_message.Message):
    __slots__ = ("name", "display_name", "kind", "series", "total", "share")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SERIES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SHARE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    kind: ComponentKind
    series: _containers.RepeatedCompositeFieldContainer[_common_pb2.Estimate]
    total: _common_pb2.Estimate
    share: _common_pb2.Estimate
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., kind: _Optional[_Union[ComponentKind, str]] = ..., series: _Optional[_Iterable[_Union[_common_pb2.Estimate, _Mapping]]] = ..., total: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., share: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ...) -> None: ...

class ChannelResult(_message.Message):
    __slots__ = ("name", "display_name", "kind", "spend", "spend_share", "incremental_outcome", "effect_share", "roi", "cost_per_unit", "marginal_roi", "marginal_cost_per_unit", "prior", "half_life_periods", "contribution", "media_effect_share", "breakeven", "above_hurdle_probability")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIELD_NUMBER: _ClassVar[int]
    SPEND_SHARE_FIELD_NUMBER: _ClassVar[int]
    INCREMENTAL_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    EFFECT_SHARE_FIELD_NUMBER: _ClassVar[int]
    ROI_FIELD_NUMBER: _ClassVar[int]
    COST_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    MARGINAL_ROI_FIELD_NUMBER: _ClassVar[int]
    MARGINAL_COST_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    PRIOR_FIELD_NUMBER: _ClassVar[int]
    HALF_LIFE_PERIODS_FIELD_NUMBER: _ClassVar[int]
    CONTRIBUTION_FIELD_NUMBER: _ClassVar[int]
    MEDIA_EFFECT_SHARE_FIELD_NUMBER: _ClassVar[int]
    BREAKEVEN_FIELD_NUMBER: _ClassVar[int]
    ABOVE_HURDLE_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    kind: ComponentKind
    spend: float
    spend_share: float
    incremental_outcome: _common_pb2.Estimate
    effect_share: _common_pb2.Estimate
    roi: _common_pb2.Estimate
    cost_per_unit: _common_pb2.Estimate
    marginal_roi: _common_pb2.Estimate
    marginal_cost_per_unit: _common_pb2.Estimate
    prior: _common_pb2.Estimate
    half_life_periods: _common_pb2.Estimate
    contribution: _common_pb2.Estimate
    media_effect_share: _common_pb2.Estimate
    breakeven: Breakeven
    above_hurdle_probability: float
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., kind: _Optional[_Union[ComponentKind, str]] = ..., spend: _Optional[float] = ..., spend_share: _Optional[float] = ..., incremental_outcome: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., effect_share: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., roi: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., cost_per_unit: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., marginal_roi: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., marginal_cost_per_unit: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., prior: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., half_life_periods: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., contribution: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., media_effect_share: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., breakeven: _Optional[_Union[Breakeven, _Mapping]] = ..., above_hurdle_probability: _Optional[float] = ...) -> None: ...

class ResponseCurve(_message.Message):
    __slots__ = ("name", "display_name", "points", "current_spend", "marks")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    POINTS_FIELD_NUMBER: _ClassVar[int]
    CURRENT_SPEND_FIELD_NUMBER: _ClassVar[int]
    MARKS_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    points: _containers.RepeatedCompositeFieldContainer[ResponsePoint]
    current_spend: float
    marks: _containers.RepeatedCompositeFieldContainer[CurveMark]
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., points: _Optional[_Iterable[_Union[ResponsePoint, _Mapping]]] = ..., current_spend: _Optional[float] = ..., marks: _Optional[_Iterable[_Union[CurveMark, _Mapping]]] = ...) -> None: ...

class CurveMark(_message.Message):
    __slots__ = ("kind", "point")
    KIND_FIELD_NUMBER: _ClassVar[int]
    POINT_FIELD_NUMBER: _ClassVar[int]
    kind: CurveMarkKind
    point: ResponsePoint
    def __init__(self, kind: _Optional[_Union[CurveMarkKind, str]] = ..., point: _Optional[_Union[ResponsePoint, _Mapping]] = ...) -> None: ...

class CarryoverCurve(_message.Message):
    __slots__ = ("name", "display_name", "weights", "half_life_periods")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    HALF_LIFE_PERIODS_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    weights: _containers.RepeatedCompositeFieldContainer[_common_pb2.Estimate]
    half_life_periods: _common_pb2.Estimate
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., weights: _Optional[_Iterable[_Union[_common_pb2.Estimate, _Mapping]]] = ..., half_life_periods: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ...) -> None: ...

class ChannelAdvice(_message.Message):
    __slots__ = ("name", "display_name", "verdict", "probability", "breakeven", "extrapolated", "sentence")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    BREAKEVEN_FIELD_NUMBER: _ClassVar[int]
    EXTRAPOLATED_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    verdict: Verdict
    probability: float
    breakeven: Breakeven
    extrapolated: bool
    sentence: str
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., verdict: _Optional[_Union[Verdict, str]] = ..., probability: _Optional[float] = ..., breakeven: _Optional[_Union[Breakeven, _Mapping]] = ..., extrapolated: _Optional[bool] = ..., sentence: _Optional[str] = ...) -> None: ...

class ChannelKnowledge(_message.Message):
    __slots__ = ("name", "display_name", "level", "relative_width", "learned", "sentence")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    RELATIVE_WIDTH_FIELD_NUMBER: _ClassVar[int]
    LEARNED_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    level: KnowledgeLevel
    relative_width: float
    learned: float
    sentence: str
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., level: _Optional[_Union[KnowledgeLevel, str]] = ..., relative_width: _Optional[float] = ..., learned: _Optional[float] = ..., sentence: _Optional[str] = ...) -> None: ...

class ChannelInformation(_message.Message):
    __slots__ = ("name", "display_name", "outcome_gain", "value_gain", "standard_deviation", "variance_share")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_GAIN_FIELD_NUMBER: _ClassVar[int]
    VALUE_GAIN_FIELD_NUMBER: _ClassVar[int]
    STANDARD_DEVIATION_FIELD_NUMBER: _ClassVar[int]
    VARIANCE_SHARE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    outcome_gain: float
    value_gain: float
    standard_deviation: float
    variance_share: float
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., outcome_gain: _Optional[float] = ..., value_gain: _Optional[float] = ..., standard_deviation: _Optional[float] = ..., variance_share: _Optional[float] = ...) -> None: ...

class ComparedFit(_message.Message):
    __slots__ = ("fit", "display_name", "convergence", "in_sample_fit", "health", "failed_checks", "loo", "elpd_difference", "elpd_difference_error", "holdout", "holdout_periods", "channels", "components", "units")
    FIT_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CONVERGENCE_FIELD_NUMBER: _ClassVar[int]
    IN_SAMPLE_FIT_FIELD_NUMBER: _ClassVar[int]
    HEALTH_FIELD_NUMBER: _ClassVar[int]
    FAILED_CHECKS_FIELD_NUMBER: _ClassVar[int]
    LOO_FIELD_NUMBER: _ClassVar[int]
    ELPD_DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    ELPD_DIFFERENCE_ERROR_FIELD_NUMBER: _ClassVar[int]
    HOLDOUT_FIELD_NUMBER: _ClassVar[int]
    HOLDOUT_PERIODS_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    COMPONENTS_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    display_name: str
    convergence: _fitting_pb2.Convergence
    in_sample_fit: _fitting_pb2.InSampleFit
    health: CheckStatus
    failed_checks: _containers.RepeatedCompositeFieldContainer[Check]
    loo: LeaveOneOut
    elpd_difference: float
    elpd_difference_error: float
    holdout: _common_pb2.ForecastScore
    holdout_periods: int
    channels: _containers.RepeatedCompositeFieldContainer[ChannelResult]
    components: _containers.RepeatedCompositeFieldContainer[Component]
    units: Units
    def __init__(self, fit: _Optional[str] = ..., display_name: _Optional[str] = ..., convergence: _Optional[_Union[_fitting_pb2.Convergence, _Mapping]] = ..., in_sample_fit: _Optional[_Union[_fitting_pb2.InSampleFit, _Mapping]] = ..., health: _Optional[_Union[CheckStatus, str]] = ..., failed_checks: _Optional[_Iterable[_Union[Check, _Mapping]]] = ..., loo: _Optional[_Union[LeaveOneOut, _Mapping]] = ..., elpd_difference: _Optional[float] = ..., elpd_difference_error: _Optional[float] = ..., holdout: _Optional[_Union[_common_pb2.ForecastScore, _Mapping]] = ..., holdout_periods: _Optional[int] = ..., channels: _Optional[_Iterable[_Union[ChannelResult, _Mapping]]] = ..., components: _Optional[_Iterable[_Union[Component, _Mapping]]] = ..., units: _Optional[_Union[Units, _Mapping]] = ...) -> None: ...

class SettingDifference(_message.Message):
    __slots__ = ("field", "values")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    field: str
    values: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, field: _Optional[str] = ..., values: _Optional[_Iterable[str]] = ...) -> None: ...

class ContributionDifference(_message.Message):
    __slots__ = ("name", "display_name", "fit", "difference", "share_difference")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    FIT_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    SHARE_DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    fit: str
    difference: _common_pb2.Estimate
    share_difference: _common_pb2.Estimate
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., fit: _Optional[str] = ..., difference: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., share_difference: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ...) -> None: ...

class CombinedOutcome(_message.Message):
    __slots__ = ("fit", "value_per_unit")
    FIT_FIELD_NUMBER: _ClassVar[int]
    VALUE_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    fit: str
    value_per_unit: float
    def __init__(self, fit: _Optional[str] = ..., value_per_unit: _Optional[float] = ...) -> None: ...

class CombinedChannel(_message.Message):
    __slots__ = ("name", "display_name", "spend", "spend_share", "value", "roi", "marginal_roi", "incremental_outcomes", "above_hurdle_probability")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIELD_NUMBER: _ClassVar[int]
    SPEND_SHARE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    ROI_FIELD_NUMBER: _ClassVar[int]
    MARGINAL_ROI_FIELD_NUMBER: _ClassVar[int]
    INCREMENTAL_OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    ABOVE_HURDLE_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    spend: float
    spend_share: float
    value: _common_pb2.Estimate
    roi: _common_pb2.Estimate
    marginal_roi: _common_pb2.Estimate
    incremental_outcomes: _containers.RepeatedCompositeFieldContainer[_common_pb2.Estimate]
    above_hurdle_probability: float
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., spend: _Optional[float] = ..., spend_share: _Optional[float] = ..., value: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., roi: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., marginal_roi: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., incremental_outcomes: _Optional[_Iterable[_Union[_common_pb2.Estimate, _Mapping]]] = ..., above_hurdle_probability: _Optional[float] = ...) -> None: ...

class ResponsePoint(_message.Message):
    __slots__ = ("multiplier", "spend", "incremental_outcome", "marginal_return", "extrapolated")
    MULTIPLIER_FIELD_NUMBER: _ClassVar[int]
    SPEND_FIELD_NUMBER: _ClassVar[int]
    INCREMENTAL_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    MARGINAL_RETURN_FIELD_NUMBER: _ClassVar[int]
    EXTRAPOLATED_FIELD_NUMBER: _ClassVar[int]
    multiplier: float
    spend: float
    incremental_outcome: _common_pb2.Estimate
    marginal_return: _common_pb2.Estimate
    extrapolated: bool
    def __init__(self, multiplier: _Optional[float] = ..., spend: _Optional[float] = ..., incremental_outcome: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., marginal_return: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., extrapolated: _Optional[bool] = ...) -> None: ...

class ParameterDiagnostics(_message.Message):
    __slots__ = ("parameter", "estimate", "r_hat", "ess_bulk", "ess_tail")
    PARAMETER_FIELD_NUMBER: _ClassVar[int]
    ESTIMATE_FIELD_NUMBER: _ClassVar[int]
    R_HAT_FIELD_NUMBER: _ClassVar[int]
    ESS_BULK_FIELD_NUMBER: _ClassVar[int]
    ESS_TAIL_FIELD_NUMBER: _ClassVar[int]
    parameter: str
    estimate: _common_pb2.Estimate
    r_hat: float
    ess_bulk: float
    ess_tail: float
    def __init__(self, parameter: _Optional[str] = ..., estimate: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., r_hat: _Optional[float] = ..., ess_bulk: _Optional[float] = ..., ess_tail: _Optional[float] = ...) -> None: ...

class Check(_message.Message):
    __slots__ = ("code", "status", "value", "target", "advice", "title", "why", "subject")
    CODE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    ADVICE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    code: str
    status: CheckStatus
    value: float
    target: str
    advice: str
    title: str
    why: str
    subject: str
    def __init__(self, code: _Optional[str] = ..., status: _Optional[_Union[CheckStatus, str]] = ..., value: _Optional[float] = ..., target: _Optional[str] = ..., advice: _Optional[str] = ..., title: _Optional[str] = ..., why: _Optional[str] = ..., subject: _Optional[str] = ...) -> None: ...

class LeaveOneOut(_message.Message):
    __slots__ = ("elpd", "standard_error", "effective_parameters", "observations", "pareto_k_limit", "good", "bad", "very_bad", "max_pareto_k")
    ELPD_FIELD_NUMBER: _ClassVar[int]
    STANDARD_ERROR_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    OBSERVATIONS_FIELD_NUMBER: _ClassVar[int]
    PARETO_K_LIMIT_FIELD_NUMBER: _ClassVar[int]
    GOOD_FIELD_NUMBER: _ClassVar[int]
    BAD_FIELD_NUMBER: _ClassVar[int]
    VERY_BAD_FIELD_NUMBER: _ClassVar[int]
    MAX_PARETO_K_FIELD_NUMBER: _ClassVar[int]
    elpd: float
    standard_error: float
    effective_parameters: float
    observations: int
    pareto_k_limit: float
    good: int
    bad: int
    very_bad: int
    max_pareto_k: float
    def __init__(self, elpd: _Optional[float] = ..., standard_error: _Optional[float] = ..., effective_parameters: _Optional[float] = ..., observations: _Optional[int] = ..., pareto_k_limit: _Optional[float] = ..., good: _Optional[int] = ..., bad: _Optional[int] = ..., very_bad: _Optional[int] = ..., max_pareto_k: _Optional[float] = ...) -> None: ...

class Diagnostics(_message.Message):
    __slots__ = ("convergence", "in_sample_fit", "checks", "parameters", "loo")
    CONVERGENCE_FIELD_NUMBER: _ClassVar[int]
    IN_SAMPLE_FIT_FIELD_NUMBER: _ClassVar[int]
    CHECKS_FIELD_NUMBER: _ClassVar[int]
    PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    LOO_FIELD_NUMBER: _ClassVar[int]
    convergence: _fitting_pb2.Convergence
    in_sample_fit: _fitting_pb2.InSampleFit
    checks: _containers.RepeatedCompositeFieldContainer[Check]
    parameters: _containers.RepeatedCompositeFieldContainer[ParameterDiagnostics]
    loo: LeaveOneOut
    def __init__(self, convergence: _Optional[_Union[_fitting_pb2.Convergence, _Mapping]] = ..., in_sample_fit: _Optional[_Union[_fitting_pb2.InSampleFit, _Mapping]] = ..., checks: _Optional[_Iterable[_Union[Check, _Mapping]]] = ..., parameters: _Optional[_Iterable[_Union[ParameterDiagnostics, _Mapping]]] = ..., loo: _Optional[_Union[LeaveOneOut, _Mapping]] = ...) -> None: ...

class KpiSeries(_message.Message):
    __slots__ = ("dates", "observed", "expected")
    DATES_FIELD_NUMBER: _ClassVar[int]
    OBSERVED_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_FIELD_NUMBER: _ClassVar[int]
    dates: _containers.RepeatedScalarFieldContainer[str]
    observed: _containers.RepeatedScalarFieldContainer[float]
    expected: _containers.RepeatedCompositeFieldContainer[_common_pb2.Estimate]
    def __init__(self, dates: _Optional[_Iterable[str]] = ..., observed: _Optional[_Iterable[float]] = ..., expected: _Optional[_Iterable[_Union[_common_pb2.Estimate, _Mapping]]] = ...) -> None: ...

class Units(_message.Message):
    __slots__ = ("kpi_display_name", "kpi_kind", "currency")
    KPI_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    KPI_KIND_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    kpi_display_name: str
    kpi_kind: _model_config_pb2.KpiKind
    currency: str
    def __init__(self, kpi_display_name: _Optional[str] = ..., kpi_kind: _Optional[_Union[_model_config_pb2.KpiKind, str]] = ..., currency: _Optional[str] = ...) -> None: ...

class LiftTestResult(_message.Message):
    __slots__ = ("display_name", "channel", "dates", "cell", "spend_change", "measured_lift", "standard_error", "modelled_lift", "distance")
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    DATES_FIELD_NUMBER: _ClassVar[int]
    CELL_FIELD_NUMBER: _ClassVar[int]
    SPEND_CHANGE_FIELD_NUMBER: _ClassVar[int]
    MEASURED_LIFT_FIELD_NUMBER: _ClassVar[int]
    STANDARD_ERROR_FIELD_NUMBER: _ClassVar[int]
    MODELLED_LIFT_FIELD_NUMBER: _ClassVar[int]
    DISTANCE_FIELD_NUMBER: _ClassVar[int]
    display_name: str
    channel: str
    dates: _common_pb2.DateRange
    cell: _containers.RepeatedScalarFieldContainer[str]
    spend_change: float
    measured_lift: float
    standard_error: float
    modelled_lift: _common_pb2.Estimate
    distance: float
    def __init__(self, display_name: _Optional[str] = ..., channel: _Optional[str] = ..., dates: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., cell: _Optional[_Iterable[str]] = ..., spend_change: _Optional[float] = ..., measured_lift: _Optional[float] = ..., standard_error: _Optional[float] = ..., modelled_lift: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., distance: _Optional[float] = ...) -> None: ...

class SignalEffect(_message.Message):
    __slots__ = ("name", "display_name", "kind", "per_unit", "per_standard_deviation", "standard_deviation", "positive_probability", "half_life_periods")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    PER_STANDARD_DEVIATION_FIELD_NUMBER: _ClassVar[int]
    STANDARD_DEVIATION_FIELD_NUMBER: _ClassVar[int]
    POSITIVE_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    HALF_LIFE_PERIODS_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    kind: ComponentKind
    per_unit: _common_pb2.Estimate
    per_standard_deviation: _common_pb2.Estimate
    standard_deviation: float
    positive_probability: float
    half_life_periods: _common_pb2.Estimate
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., kind: _Optional[_Union[ComponentKind, str]] = ..., per_unit: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., per_standard_deviation: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., standard_deviation: _Optional[float] = ..., positive_probability: _Optional[float] = ..., half_life_periods: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ...) -> None: ...

class ForecastPeriod(_message.Message):
    __slots__ = ("date", "expected", "predicted", "observed")
    DATE_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_FIELD_NUMBER: _ClassVar[int]
    PREDICTED_FIELD_NUMBER: _ClassVar[int]
    OBSERVED_FIELD_NUMBER: _ClassVar[int]
    date: str
    expected: _common_pb2.Estimate
    predicted: _common_pb2.Estimate
    observed: float
    def __init__(self, date: _Optional[str] = ..., expected: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., predicted: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., observed: _Optional[float] = ...) -> None: ...

class ExportedFile(_message.Message):
    __slots__ = ("format", "file_name", "media_type", "size_bytes", "sha256", "url", "expire_time")
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    SHA256_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    format: ExportFormat
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    url: str
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, format: _Optional[_Union[ExportFormat, str]] = ..., file_name: _Optional[str] = ..., media_type: _Optional[str] = ..., size_bytes: _Optional[int] = ..., sha256: _Optional[str] = ..., url: _Optional[str] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
