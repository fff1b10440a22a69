from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Frequency(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FREQUENCY_UNSPECIFIED: _ClassVar[Frequency]
    FREQUENCY_DAILY: _ClassVar[Frequency]
    FREQUENCY_WEEKLY: _ClassVar[Frequency]
    FREQUENCY_MONTHLY: _ClassVar[Frequency]

class KpiKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    KPI_KIND_UNSPECIFIED: _ClassVar[KpiKind]
    KPI_KIND_REVENUE: _ClassVar[KpiKind]
    KPI_KIND_COUNT: _ClassVar[KpiKind]

class PositiveDistribution(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    POSITIVE_DISTRIBUTION_UNSPECIFIED: _ClassVar[PositiveDistribution]
    POSITIVE_DISTRIBUTION_LOG_NORMAL: _ClassVar[PositiveDistribution]
    POSITIVE_DISTRIBUTION_GAMMA: _ClassVar[PositiveDistribution]

class AdstockFamily(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ADSTOCK_FAMILY_UNSPECIFIED: _ClassVar[AdstockFamily]
    ADSTOCK_FAMILY_GEOMETRIC: _ClassVar[AdstockFamily]
    ADSTOCK_FAMILY_DELAYED: _ClassVar[AdstockFamily]
    ADSTOCK_FAMILY_NONE: _ClassVar[AdstockFamily]
    ADSTOCK_FAMILY_BINOMIAL: _ClassVar[AdstockFamily]
    ADSTOCK_FAMILY_WEIBULL_PDF: _ClassVar[AdstockFamily]
    ADSTOCK_FAMILY_WEIBULL_CDF: _ClassVar[AdstockFamily]

class SaturationFamily(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SATURATION_FAMILY_UNSPECIFIED: _ClassVar[SaturationFamily]
    SATURATION_FAMILY_LOGISTIC: _ClassVar[SaturationFamily]
    SATURATION_FAMILY_HILL: _ClassVar[SaturationFamily]
    SATURATION_FAMILY_NONE: _ClassVar[SaturationFamily]
    SATURATION_FAMILY_MICHAELIS_MENTEN: _ClassVar[SaturationFamily]
    SATURATION_FAMILY_ROOT: _ClassVar[SaturationFamily]

class Sign(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SIGN_UNSPECIFIED: _ClassVar[Sign]
    SIGN_FREE: _ClassVar[Sign]
    SIGN_POSITIVE: _ClassVar[Sign]
    SIGN_NEGATIVE: _ClassVar[Sign]

class HolidayGrouping(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HOLIDAY_GROUPING_UNSPECIFIED: _ClassVar[HolidayGrouping]
    HOLIDAY_GROUPING_EACH: _ClassVar[HolidayGrouping]
    HOLIDAY_GROUPING_TOGETHER: _ClassVar[HolidayGrouping]

class TrendKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TREND_KIND_UNSPECIFIED: _ClassVar[TrendKind]
    TREND_KIND_NONE: _ClassVar[TrendKind]
    TREND_KIND_LINEAR: _ClassVar[TrendKind]
    TREND_KIND_GAUSSIAN_PROCESS: _ClassVar[TrendKind]

class MediaOverTimeKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MEDIA_OVER_TIME_KIND_UNSPECIFIED: _ClassVar[MediaOverTimeKind]
    MEDIA_OVER_TIME_KIND_CONSTANT: _ClassVar[MediaOverTimeKind]
    MEDIA_OVER_TIME_KIND_GAUSSIAN_PROCESS: _ClassVar[MediaOverTimeKind]

class LikelihoodFamily(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LIKELIHOOD_FAMILY_UNSPECIFIED: _ClassVar[LikelihoodFamily]
    LIKELIHOOD_FAMILY_NORMAL: _ClassVar[LikelihoodFamily]
    LIKELIHOOD_FAMILY_STUDENT_T: _ClassVar[LikelihoodFamily]

class SamplerPreset(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SAMPLER_PRESET_UNSPECIFIED: _ClassVar[SamplerPreset]
    SAMPLER_PRESET_FAST: _ClassVar[SamplerPreset]
    SAMPLER_PRESET_FINAL: _ClassVar[SamplerPreset]

class Adaptation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ADAPTATION_UNSPECIFIED: _ClassVar[Adaptation]
    ADAPTATION_LOW_RANK: _ClassVar[Adaptation]
    ADAPTATION_DIAG: _ClassVar[Adaptation]
FREQUENCY_UNSPECIFIED: Frequency
FREQUENCY_DAILY: Frequency
FREQUENCY_WEEKLY: Frequency
FREQUENCY_MONTHLY: Frequency
KPI_KIND_UNSPECIFIED: KpiKind
KPI_KIND_REVENUE: KpiKind
KPI_KIND_COUNT: KpiKind
POSITIVE_DISTRIBUTION_UNSPECIFIED: PositiveDistribution
POSITIVE_DISTRIBUTION_LOG_NORMAL: PositiveDistribution
POSITIVE_DISTRIBUTION_GAMMA: PositiveDistribution
ADSTOCK_FAMILY_UNSPECIFIED: AdstockFamily
ADSTOCK_FAMILY_GEOMETRIC: AdstockFamily
ADSTOCK_FAMILY_DELAYED: AdstockFamily
ADSTOCK_FAMILY_NONE: AdstockFamily
ADSTOCK_FAMILY_BINOMIAL: AdstockFamily
ADSTOCK_FAMILY_WEIBULL_PDF: AdstockFamily
ADSTOCK_FAMILY_WEIBULL_CDF: AdstockFamily
SATURATION_FAMILY_UNSPECIFIED: SaturationFamily
SATURATION_FAMILY_LOGISTIC: SaturationFamily
SATURATION_FAMILY_HILL: SaturationFamily
SATURATION_FAMILY_NONE: SaturationFamily
SATURATION_FAMILY_MICHAELIS_MENTEN: SaturationFamily
SATURATION_FAMILY_ROOT: SaturationFamily
SIGN_UNSPECIFIED: Sign
SIGN_FREE: Sign
SIGN_POSITIVE: Sign
SIGN_NEGATIVE: Sign
HOLIDAY_GROUPING_UNSPECIFIED: HolidayGrouping
HOLIDAY_GROUPING_EACH: HolidayGrouping
HOLIDAY_GROUPING_TOGETHER: HolidayGrouping
TREND_KIND_UNSPECIFIED: TrendKind
TREND_KIND_NONE: TrendKind
TREND_KIND_LINEAR: TrendKind
TREND_KIND_GAUSSIAN_PROCESS: TrendKind
MEDIA_OVER_TIME_KIND_UNSPECIFIED: MediaOverTimeKind
MEDIA_OVER_TIME_KIND_CONSTANT: MediaOverTimeKind
MEDIA_OVER_TIME_KIND_GAUSSIAN_PROCESS: MediaOverTimeKind
LIKELIHOOD_FAMILY_UNSPECIFIED: LikelihoodFamily
LIKELIHOOD_FAMILY_NORMAL: LikelihoodFamily
LIKELIHOOD_FAMILY_STUDENT_T: LikelihoodFamily
SAMPLER_PRESET_UNSPECIFIED: SamplerPreset
SAMPLER_PRESET_FAST: SamplerPreset
SAMPLER_PRESET_FINAL: SamplerPreset
ADAPTATION_UNSPECIFIED: Adaptation
ADAPTATION_LOW_RANK: Adaptation
ADAPTATION_DIAG: Adaptation

class ModelConfig(_message.Message):
    __slots__ = ("schema_version", "date_column", "frequency", "kpi", "channels", "owned_media", "competitors", "controls", "events", "event_column", "trend", "seasonality", "sampler", "dimensions", "holidays", "media_over_time", "likelihood", "pooling", "lift_tests")
    SCHEMA_VERSION_FIELD_NUMBER: _ClassVar[int]
    DATE_COLUMN_FIELD_NUMBER: _ClassVar[int]
    FREQUENCY_FIELD_NUMBER: _ClassVar[int]
    KPI_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    OWNED_MEDIA_FIELD_NUMBER: _ClassVar[int]
    COMPETITORS_FIELD_NUMBER: _ClassVar[int]
    CONTROLS_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    EVENT_COLUMN_FIELD_NUMBER: _ClassVar[int]
    TREND_FIELD_NUMBER: _ClassVar[int]
    SEASONALITY_FIELD_NUMBER: _ClassVar[int]
    SAMPLER_FIELD_NUMBER: _ClassVar[int]
    DIMENSIONS_FIELD_NUMBER: _ClassVar[int]
    HOLIDAYS_FIELD_NUMBER: _ClassVar[int]
    MEDIA_OVER_TIME_FIELD_NUMBER: _ClassVar[int]
    LIKELIHOOD_FIELD_NUMBER: _ClassVar[int]
    POOLING_FIELD_NUMBER: _ClassVar[int]
    LIFT_TESTS_FIELD_NUMBER: _ClassVar[int]
    schema_version: int
    date_column: str
    frequency: Frequency
    kpi: Kpi
    channels: _containers.RepeatedCompositeFieldContainer[Channel]
    owned_media: _containers.RepeatedCompositeFieldContainer[OwnedMedium]
    competitors: _containers.RepeatedCompositeFieldContainer[Competitor]
    controls: _containers.RepeatedCompositeFieldContainer[Control]
    events: _containers.RepeatedCompositeFieldContainer[Event]
    event_column: EventColumn
    trend: Trend
    seasonality: Seasonality
    sampler: Sampler
    dimensions: _containers.RepeatedScalarFieldContainer[str]
    holidays: Holidays
    media_over_time: MediaOverTime
    likelihood: Likelihood
    pooling: Pooling
    lift_tests: _containers.RepeatedCompositeFieldContainer[LiftTest]
    def __init__(self, schema_version: _Optional[int] = ..., date_column: _Optional[str] = ..., frequency: _Optional[_Union[Frequency, str]] = ..., kpi: _Optional[_Union[Kpi, _Mapping]] = ..., channels: _Optional[_Iterable[_Union[Channel, _Mapping]]] = ..., owned_media: _Optional[_Iterable[_Union[OwnedMedium, _Mapping]]] = ..., competitors: _Optional[_Iterable[_Union[Competitor, _Mapping]]] = ..., controls: _Optional[_Iterable[_Union[Control, _Mapping]]] = ..., events: _Optional[_Iterable[_Union[Event, _Mapping]]] = ..., event_column: _Optional[_Union[EventColumn, _Mapping]] = ..., trend: _Optional[_Union[Trend, _Mapping]] = ..., seasonality: _Optional[_Union[Seasonality, _Mapping]] = ..., sampler: _Optional[_Union[Sampler, _Mapping]] = ..., dimensions: _Optional[_Iterable[str]] = ..., holidays: _Optional[_Union[Holidays, _Mapping]] = ..., media_over_time: _Optional[_Union[MediaOverTime, _Mapping]] = ..., likelihood: _Optional[_Union[Likelihood, _Mapping]] = ..., pooling: _Optional[_Union[Pooling, _Mapping]] = ..., lift_tests: _Optional[_Iterable[_Union[LiftTest, _Mapping]]] = ...) -> None: ...

class Kpi(_message.Message):
    __slots__ = ("column", "kind", "value_per_unit", "display_name", "currency", "value_column")
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    VALUE_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    VALUE_COLUMN_FIELD_NUMBER: _ClassVar[int]
    column: str
    kind: KpiKind
    value_per_unit: float
    display_name: str
    currency: str
    value_column: str
    def __init__(self, column: _Optional[str] = ..., kind: _Optional[_Union[KpiKind, str]] = ..., value_per_unit: _Optional[float] = ..., display_name: _Optional[str] = ..., currency: _Optional[str] = ..., value_column: _Optional[str] = ...) -> None: ...

class PositivePrior(_message.Message):
    __slots__ = ("low", "mid", "high", "distribution", "mean", "sd")
    LOW_FIELD_NUMBER: _ClassVar[int]
    MID_FIELD_NUMBER: _ClassVar[int]
    HIGH_FIELD_NUMBER: _ClassVar[int]
    DISTRIBUTION_FIELD_NUMBER: _ClassVar[int]
    MEAN_FIELD_NUMBER: _ClassVar[int]
    SD_FIELD_NUMBER: _ClassVar[int]
    low: float
    mid: float
    high: float
    distribution: PositiveDistribution
    mean: float
    sd: float
    def __init__(self, low: _Optional[float] = ..., mid: _Optional[float] = ..., high: _Optional[float] = ..., distribution: _Optional[_Union[PositiveDistribution, str]] = ..., mean: _Optional[float] = ..., sd: _Optional[float] = ...) -> None: ...

class MeanSd(_message.Message):
    __slots__ = ("mean", "sd")
    MEAN_FIELD_NUMBER: _ClassVar[int]
    SD_FIELD_NUMBER: _ClassVar[int]
    mean: float
    sd: float
    def __init__(self, mean: _Optional[float] = ..., sd: _Optional[float] = ...) -> None: ...

class Adstock(_message.Message):
    __slots__ = ("family", "max_lag", "retention_prior", "peak_lag_prior", "scale_prior", "shape_prior")
    FAMILY_FIELD_NUMBER: _ClassVar[int]
    MAX_LAG_FIELD_NUMBER: _ClassVar[int]
    RETENTION_PRIOR_FIELD_NUMBER: _ClassVar[int]
    PEAK_LAG_PRIOR_FIELD_NUMBER: _ClassVar[int]
    SCALE_PRIOR_FIELD_NUMBER: _ClassVar[int]
    SHAPE_PRIOR_FIELD_NUMBER: _ClassVar[int]
    family: AdstockFamily
    max_lag: int
    retention_prior: MeanSd
    peak_lag_prior: MeanSd
    scale_prior: MeanSd
    shape_prior: MeanSd
    def __init__(self, family: _Optional[_Union[AdstockFamily, str]] = ..., max_lag: _Optional[int] = ..., retention_prior: _Optional[_Union[MeanSd, _Mapping]] = ..., peak_lag_prior: _Optional[_Union[MeanSd, _Mapping]] = ..., scale_prior: _Optional[_Union[MeanSd, _Mapping]] = ..., shape_prior: _Optional[_Union[MeanSd, _Mapping]] = ...) -> None: ...

class Saturation(_message.Message):
    __slots__ = ("family", "steepness_prior", "half_saturation_prior", "slope_prior", "exponent_prior")
    FAMILY_FIELD_NUMBER: _ClassVar[int]
    STEEPNESS_PRIOR_FIELD_NUMBER: _ClassVar[int]
    HALF_SATURATION_PRIOR_FIELD_NUMBER: _ClassVar[int]
    SLOPE_PRIOR_FIELD_NUMBER: _ClassVar[int]
    EXPONENT_PRIOR_FIELD_NUMBER: _ClassVar[int]
    family: SaturationFamily
    steepness_prior: MeanSd
    half_saturation_prior: MeanSd
    slope_prior: MeanSd
    exponent_prior: MeanSd
    def __init__(self, family: _Optional[_Union[SaturationFamily, str]] = ..., steepness_prior: _Optional[_Union[MeanSd, _Mapping]] = ..., half_saturation_prior: _Optional[_Union[MeanSd, _Mapping]] = ..., slope_prior: _Optional[_Union[MeanSd, _Mapping]] = ..., exponent_prior: _Optional[_Union[MeanSd, _Mapping]] = ...) -> None: ...

class Channel(_message.Message):
    __slots__ = ("name", "display_name", "spend_column", "exposure_column", "roi_prior", "cost_per_unit_prior", "adstock", "saturation")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SPEND_COLUMN_FIELD_NUMBER: _ClassVar[int]
    EXPOSURE_COLUMN_FIELD_NUMBER: _ClassVar[int]
    ROI_PRIOR_FIELD_NUMBER: _ClassVar[int]
    COST_PER_UNIT_PRIOR_FIELD_NUMBER: _ClassVar[int]
    ADSTOCK_FIELD_NUMBER: _ClassVar[int]
    SATURATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    spend_column: str
    exposure_column: str
    roi_prior: PositivePrior
    cost_per_unit_prior: PositivePrior
    adstock: Adstock
    saturation: Saturation
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., spend_column: _Optional[str] = ..., exposure_column: _Optional[str] = ..., roi_prior: _Optional[_Union[PositivePrior, _Mapping]] = ..., cost_per_unit_prior: _Optional[_Union[PositivePrior, _Mapping]] = ..., adstock: _Optional[_Union[Adstock, _Mapping]] = ..., saturation: _Optional[_Union[Saturation, _Mapping]] = ...) -> None: ...

class OwnedMedium(_message.Message):
    __slots__ = ("name", "display_name", "exposure_column", "cost_column", "roi_prior", "contribution_share_prior", "adstock", "saturation")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    EXPOSURE_COLUMN_FIELD_NUMBER: _ClassVar[int]
    COST_COLUMN_FIELD_NUMBER: _ClassVar[int]
    ROI_PRIOR_FIELD_NUMBER: _ClassVar[int]
    CONTRIBUTION_SHARE_PRIOR_FIELD_NUMBER: _ClassVar[int]
    ADSTOCK_FIELD_NUMBER: _ClassVar[int]
    SATURATION_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    exposure_column: str
    cost_column: str
    roi_prior: PositivePrior
    contribution_share_prior: PositivePrior
    adstock: Adstock
    saturation: Saturation
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., exposure_column: _Optional[str] = ..., cost_column: _Optional[str] = ..., roi_prior: _Optional[_Union[PositivePrior, _Mapping]] = ..., contribution_share_prior: _Optional[_Union[PositivePrior, _Mapping]] = ..., adstock: _Optional[_Union[Adstock, _Mapping]] = ..., saturation: _Optional[_Union[Saturation, _Mapping]] = ...) -> None: ...

class Competitor(_message.Message):
    __slots__ = ("name", "display_name", "column", "adstock", "effect_scale")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    ADSTOCK_FIELD_NUMBER: _ClassVar[int]
    EFFECT_SCALE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    column: str
    adstock: Adstock
    effect_scale: float
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., column: _Optional[str] = ..., adstock: _Optional[_Union[Adstock, _Mapping]] = ..., effect_scale: _Optional[float] = ...) -> None: ...

class Control(_message.Message):
    __slots__ = ("name", "display_name", "column", "sign", "adstock", "effect_scale")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    SIGN_FIELD_NUMBER: _ClassVar[int]
    ADSTOCK_FIELD_NUMBER: _ClassVar[int]
    EFFECT_SCALE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    column: str
    sign: Sign
    adstock: Adstock
    effect_scale: float
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., column: _Optional[str] = ..., sign: _Optional[_Union[Sign, str]] = ..., adstock: _Optional[_Union[Adstock, _Mapping]] = ..., effect_scale: _Optional[float] = ...) -> None: ...

class Event(_message.Message):
    __slots__ = ("name", "start", "end", "display_name", "sign", "effect_scale")
    NAME_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SIGN_FIELD_NUMBER: _ClassVar[int]
    EFFECT_SCALE_FIELD_NUMBER: _ClassVar[int]
    name: str
    start: str
    end: str
    display_name: str
    sign: Sign
    effect_scale: float
    def __init__(self, name: _Optional[str] = ..., start: _Optional[str] = ..., end: _Optional[str] = ..., display_name: _Optional[str] = ..., sign: _Optional[_Union[Sign, str]] = ..., effect_scale: _Optional[float] = ...) -> None: ...

class Holidays(_message.Message):
    __slots__ = ("countries", "grouping", "effect_scale")
    COUNTRIES_FIELD_NUMBER: _ClassVar[int]
    GROUPING_FIELD_NUMBER: _ClassVar[int]
    EFFECT_SCALE_FIELD_NUMBER: _ClassVar[int]
    countries: _containers.RepeatedScalarFieldContainer[str]
    grouping: HolidayGrouping
    effect_scale: float
    def __init__(self, countries: _Optional[_Iterable[str]] = ..., grouping: _Optional[_Union[HolidayGrouping, str]] = ..., effect_scale: _Optional[float] = ...) -> None: ...

class EventColumn(_message.Message):
    __slots__ = ("column", "none_values", "effect_scale")
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    NONE_VALUES_FIELD_NUMBER: _ClassVar[int]
    EFFECT_SCALE_FIELD_NUMBER: _ClassVar[int]
    column: str
    none_values: _containers.RepeatedScalarFieldContainer[str]
    effect_scale: float
    def __init__(self, column: _Optional[str] = ..., none_values: _Optional[_Iterable[str]] = ..., effect_scale: _Optional[float] = ...) -> None: ...

class Trend(_message.Message):
    __slots__ = ("kind", "changepoints")
    KIND_FIELD_NUMBER: _ClassVar[int]
    CHANGEPOINTS_FIELD_NUMBER: _ClassVar[int]
    kind: TrendKind
    changepoints: int
    def __init__(self, kind: _Optional[_Union[TrendKind, str]] = ..., changepoints: _Optional[int] = ...) -> None: ...

class Seasonality(_message.Message):
    __slots__ = ("yearly_order", "weekly_order")
    YEARLY_ORDER_FIELD_NUMBER: _ClassVar[int]
    WEEKLY_ORDER_FIELD_NUMBER: _ClassVar[int]
    yearly_order: int
    weekly_order: int
    def __init__(self, yearly_order: _Optional[int] = ..., weekly_order: _Optional[int] = ...) -> None: ...

class MediaOverTime(_message.Message):
    __slots__ = ("kind",)
    KIND_FIELD_NUMBER: _ClassVar[int]
    kind: MediaOverTimeKind
    def __init__(self, kind: _Optional[_Union[MediaOverTimeKind, str]] = ...) -> None: ...

class Likelihood(_message.Message):
    __slots__ = ("family",)
    FAMILY_FIELD_NUMBER: _ClassVar[int]
    family: LikelihoodFamily
    def __init__(self, family: _Optional[_Union[LikelihoodFamily, str]] = ...) -> None: ...

class Pooling(_message.Message):
    __slots__ = ("media_spread", "baseline_spread")
    MEDIA_SPREAD_FIELD_NUMBER: _ClassVar[int]
    BASELINE_SPREAD_FIELD_NUMBER: _ClassVar[int]
    media_spread: float
    baseline_spread: float
    def __init__(self, media_spread: _Optional[float] = ..., baseline_spread: _Optional[float] = ...) -> None: ...

class LiftTest(_message.Message):
    __slots__ = ("channel", "start", "end", "cell", "spend_change", "lift", "standard_error", "display_name")
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    CELL_FIELD_NUMBER: _ClassVar[int]
    SPEND_CHANGE_FIELD_NUMBER: _ClassVar[int]
    LIFT_FIELD_NUMBER: _ClassVar[int]
    STANDARD_ERROR_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    channel: str
    start: str
    end: str
    cell: _containers.RepeatedScalarFieldContainer[str]
    spend_change: float
    lift: float
    standard_error: float
    display_name: str
    def __init__(self, channel: _Optional[str] = ..., start: _Optional[str] = ..., end: _Optional[str] = ..., cell: _Optional[_Iterable[str]] = ..., spend_change: _Optional[float] = ..., lift: _Optional[float] = ..., standard_error: _Optional[float] = ..., display_name: _Optional[str] = ...) -> None: ...

class Sampler(_message.Message):
    __slots__ = ("preset", "chains", "tune", "draws", "target_accept", "seed", "adaptation")
    PRESET_FIELD_NUMBER: _ClassVar[int]
    CHAINS_FIELD_NUMBER: _ClassVar[int]
    TUNE_FIELD_NUMBER: _ClassVar[int]
    DRAWS_FIELD_NUMBER: _ClassVar[int]
    TARGET_ACCEPT_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    ADAPTATION_FIELD_NUMBER: _ClassVar[int]
    preset: SamplerPreset
    chains: int
    tune: int
    draws: int
    target_accept: float
    seed: int
    adaptation: Adaptation
    def __init__(self, preset: _Optional[_Union[SamplerPreset, str]] = ..., chains: _Optional[int] = ..., tune: _Optional[int] = ..., draws: _Optional[int] = ..., target_accept: _Optional[float] = ..., seed: _Optional[int] = ..., adaptation: _Optional[_Union[Adaptation, str]] = ...) -> None: ...
