from mmm.analysis.v1 import analysis_pb2 as _analysis_pb2
from mmm.common.v1 import common_pb2 as _common_pb2
from mmm.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DimensionFilter(_message.Message):
    __slots__ = ("dimension", "labels")
    DIMENSION_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    dimension: str
    labels: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, dimension: _Optional[str] = ..., labels: _Optional[_Iterable[str]] = ...) -> None: ...

class GetContributionsRequest(_message.Message):
    __slots__ = ("fit", "window", "interval_probability", "cells", "resolution")
    FIT_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    fit: str
    window: _common_pb2.DateRange
    interval_probability: float
    cells: _containers.RepeatedCompositeFieldContainer[DimensionFilter]
    resolution: _analysis_pb2.Resolution
    def __init__(self, fit: _Optional[str] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., interval_probability: _Optional[float] = ..., cells: _Optional[_Iterable[_Union[DimensionFilter, _Mapping]]] = ..., resolution: _Optional[_Union[_analysis_pb2.Resolution, str]] = ...) -> None: ...

class GetContributionsResponse(_message.Message):
    __slots__ = ("kpi", "components", "units")
    KPI_FIELD_NUMBER: _ClassVar[int]
    COMPONENTS_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    kpi: _analysis_pb2.KpiSeries
    components: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.Component]
    units: _analysis_pb2.Units
    def __init__(self, kpi: _Optional[_Union[_analysis_pb2.KpiSeries, _Mapping]] = ..., components: _Optional[_Iterable[_Union[_analysis_pb2.Component, _Mapping]]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...

class GetChannelResultsRequest(_message.Message):
    __slots__ = ("fit", "window", "interval_probability", "cells", "hurdle", "target_cost_per_unit")
    FIT_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    HURDLE_FIELD_NUMBER: _ClassVar[int]
    TARGET_COST_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    fit: str
    window: _common_pb2.DateRange
    interval_probability: float
    cells: _containers.RepeatedCompositeFieldContainer[DimensionFilter]
    hurdle: float
    target_cost_per_unit: float
    def __init__(self, fit: _Optional[str] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., interval_probability: _Optional[float] = ..., cells: _Optional[_Iterable[_Union[DimensionFilter, _Mapping]]] = ..., hurdle: _Optional[float] = ..., target_cost_per_unit: _Optional[float] = ...) -> None: ...

class GetChannelResultsResponse(_message.Message):
    __slots__ = ("channels", "total_paid", "units", "window", "hurdle")
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_PAID_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    HURDLE_FIELD_NUMBER: _ClassVar[int]
    channels: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.ChannelResult]
    total_paid: _analysis_pb2.ChannelResult
    units: _analysis_pb2.Units
    window: _common_pb2.DateRange
    hurdle: _analysis_pb2.Hurdle
    def __init__(self, channels: _Optional[_Iterable[_Union[_analysis_pb2.ChannelResult, _Mapping]]] = ..., total_paid: _Optional[_Union[_analysis_pb2.ChannelResult, _Mapping]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., hurdle: _Optional[_Union[_analysis_pb2.Hurdle, _Mapping]] = ...) -> None: ...

class GetResponseCurvesRequest(_message.Message):
    __slots__ = ("fit", "channels", "window", "multipliers", "interval_probability", "cells", "hurdle", "target_cost_per_unit")
    FIT_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    MULTIPLIERS_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    HURDLE_FIELD_NUMBER: _ClassVar[int]
    TARGET_COST_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    fit: str
    channels: _containers.RepeatedScalarFieldContainer[str]
    window: _common_pb2.DateRange
    multipliers: _containers.RepeatedScalarFieldContainer[float]
    interval_probability: float
    cells: _containers.RepeatedCompositeFieldContainer[DimensionFilter]
    hurdle: float
    target_cost_per_unit: float
    def __init__(self, fit: _Optional[str] = ..., channels: _Optional[_Iterable[str]] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., multipliers: _Optional[_Iterable[float]] = ..., interval_probability: _Optional[float] = ..., cells: _Optional[_Iterable[_Union[DimensionFilter, _Mapping]]] = ..., hurdle: _Optional[float] = ..., target_cost_per_unit: _Optional[float] = ...) -> None: ...

class GetResponseCurvesResponse(_message.Message):
    __slots__ = ("curves", "units")
    CURVES_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    curves: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.ResponseCurve]
    units: _analysis_pb2.Units
    def __init__(self, curves: _Optional[_Iterable[_Union[_analysis_pb2.ResponseCurve, _Mapping]]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...

class GetCarryoverRequest(_message.Message):
    __slots__ = ("fit", "interval_probability")
    FIT_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    fit: str
    interval_probability: float
    def __init__(self, fit: _Optional[str] = ..., interval_probability: _Optional[float] = ...) -> None: ...

class GetCarryoverResponse(_message.Message):
    __slots__ = ("curves",)
    CURVES_FIELD_NUMBER: _ClassVar[int]
    curves: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.CarryoverCurve]
    def __init__(self, curves: _Optional[_Iterable[_Union[_analysis_pb2.CarryoverCurve, _Mapping]]] = ...) -> None: ...

class GetSummaryRequest(_message.Message):
    __slots__ = ("fit", "window", "interval_probability", "cells", "hurdle", "target_cost_per_unit", "increase_probability", "reduce_probability")
    FIT_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    HURDLE_FIELD_NUMBER: _ClassVar[int]
    TARGET_COST_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    INCREASE_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    REDUCE_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    fit: str
    window: _common_pb2.DateRange
    interval_probability: float
    cells: _containers.RepeatedCompositeFieldContainer[DimensionFilter]
    hurdle: float
    target_cost_per_unit: float
    increase_probability: float
    reduce_probability: float
    def __init__(self, fit: _Optional[str] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., interval_probability: _Optional[float] = ..., cells: _Optional[_Iterable[_Union[DimensionFilter, _Mapping]]] = ..., hurdle: _Optional[float] = ..., target_cost_per_unit: _Optional[float] = ..., increase_probability: _Optional[float] = ..., reduce_probability: _Optional[float] = ...) -> None: ...

class GetSummaryResponse(_message.Message):
    __slots__ = ("headline", "total_paid", "advice", "knowledge", "information", "experiment", "hurdle", "window", "units")
    HEADLINE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_PAID_FIELD_NUMBER: _ClassVar[int]
    ADVICE_FIELD_NUMBER: _ClassVar[int]
    KNOWLEDGE_FIELD_NUMBER: _ClassVar[int]
    INFORMATION_FIELD_NUMBER: _ClassVar[int]
    EXPERIMENT_FIELD_NUMBER: _ClassVar[int]
    HURDLE_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    headline: str
    total_paid: _analysis_pb2.ChannelResult
    advice: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.ChannelAdvice]
    knowledge: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.ChannelKnowledge]
    information: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.ChannelInformation]
    experiment: str
    hurdle: _analysis_pb2.Hurdle
    window: _common_pb2.DateRange
    units: _analysis_pb2.Units
    def __init__(self, headline: _Optional[str] = ..., total_paid: _Optional[_Union[_analysis_pb2.ChannelResult, _Mapping]] = ..., advice: _Optional[_Iterable[_Union[_analysis_pb2.ChannelAdvice, _Mapping]]] = ..., knowledge: _Optional[_Iterable[_Union[_analysis_pb2.ChannelKnowledge, _Mapping]]] = ..., information: _Optional[_Iterable[_Union[_analysis_pb2.ChannelInformation, _Mapping]]] = ..., experiment: _Optional[str] = ..., hurdle: _Optional[_Union[_analysis_pb2.Hurdle, _Mapping]] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...

class CompareFitsRequest(_message.Message):
    __slots__ = ("fits", "interval_probability")
    FITS_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    fits: _containers.RepeatedScalarFieldContainer[str]
    interval_probability: float
    def __init__(self, fits: _Optional[_Iterable[str]] = ..., interval_probability: _Optional[float] = ...) -> None: ...

class CompareFitsResponse(_message.Message):
    __slots__ = ("fits", "settings", "contributions", "cautions")
    FITS_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    CONTRIBUTIONS_FIELD_NUMBER: _ClassVar[int]
    CAUTIONS_FIELD_NUMBER: _ClassVar[int]
    fits: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.ComparedFit]
    settings: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.SettingDifference]
    contributions: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.ContributionDifference]
    cautions: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, fits: _Optional[_Iterable[_Union[_analysis_pb2.ComparedFit, _Mapping]]] = ..., settings: _Optional[_Iterable[_Union[_analysis_pb2.SettingDifference, _Mapping]]] = ..., contributions: _Optional[_Iterable[_Union[_analysis_pb2.ContributionDifference, _Mapping]]] = ..., cautions: _Optional[_Iterable[str]] = ...) -> None: ...

class GetCombinedResultsRequest(_message.Message):
    __slots__ = ("outcomes", "window", "interval_probability", "hurdle")
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    HURDLE_FIELD_NUMBER: _ClassVar[int]
    outcomes: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.CombinedOutcome]
    window: _common_pb2.DateRange
    interval_probability: float
    hurdle: float
    def __init__(self, outcomes: _Optional[_Iterable[_Union[_analysis_pb2.CombinedOutcome, _Mapping]]] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., interval_probability: _Optional[float] = ..., hurdle: _Optional[float] = ...) -> None: ...

class GetCombinedResultsResponse(_message.Message):
    __slots__ = ("channels", "total", "units", "window", "values_per_unit")
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    VALUES_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    channels: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.CombinedChannel]
    total: _analysis_pb2.CombinedChannel
    units: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.Units]
    window: _common_pb2.DateRange
    values_per_unit: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, channels: _Optional[_Iterable[_Union[_analysis_pb2.CombinedChannel, _Mapping]]] = ..., total: _Optional[_Union[_analysis_pb2.CombinedChannel, _Mapping]] = ..., units: _Optional[_Iterable[_Union[_analysis_pb2.Units, _Mapping]]] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., values_per_unit: _Optional[_Iterable[float]] = ...) -> None: ...

class GetLiftTestsRequest(_message.Message):
    __slots__ = ("fit", "interval_probability")
    FIT_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    fit: str
    interval_probability: float
    def __init__(self, fit: _Optional[str] = ..., interval_probability: _Optional[float] = ...) -> None: ...

class GetLiftTestsResponse(_message.Message):
    __slots__ = ("lift_tests", "units")
    LIFT_TESTS_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    lift_tests: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.LiftTestResult]
    units: _analysis_pb2.Units
    def __init__(self, lift_tests: _Optional[_Iterable[_Union[_analysis_pb2.LiftTestResult, _Mapping]]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...

class GetSignalEffectsRequest(_message.Message):
    __slots__ = ("fit", "interval_probability", "cells")
    FIT_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    interval_probability: float
    cells: _containers.RepeatedCompositeFieldContainer[DimensionFilter]
    def __init__(self, fit: _Optional[str] = ..., interval_probability: _Optional[float] = ..., cells: _Optional[_Iterable[_Union[DimensionFilter, _Mapping]]] = ...) -> None: ...

class GetSignalEffectsResponse(_message.Message):
    __slots__ = ("effects", "units")
    EFFECTS_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    effects: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.SignalEffect]
    units: _analysis_pb2.Units
    def __init__(self, effects: _Optional[_Iterable[_Union[_analysis_pb2.SignalEffect, _Mapping]]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...

class GetDiagnosticsRequest(_message.Message):
    __slots__ = ("fit", "interval_probability")
    FIT_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    fit: str
    interval_probability: float
    def __init__(self, fit: _Optional[str] = ..., interval_probability: _Optional[float] = ...) -> None: ...

class ForecastKpiRequest(_message.Message):
    __slots__ = ("fit", "dataset", "interval_probability", "cells")
    FIT_FIELD_NUMBER: _ClassVar[int]
    DATASET_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    dataset: str
    interval_probability: float
    cells: _containers.RepeatedCompositeFieldContainer[DimensionFilter]
    def __init__(self, fit: _Optional[str] = ..., dataset: _Optional[str] = ..., interval_probability: _Optional[float] = ..., cells: _Optional[_Iterable[_Union[DimensionFilter, _Mapping]]] = ...) -> None: ...

class ForecastKpiResponse(_message.Message):
    __slots__ = ("periods", "expected_total", "predicted_total", "score", "extrapolated_media", "units")
    PERIODS_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_TOTAL_FIELD_NUMBER: _ClassVar[int]
    PREDICTED_TOTAL_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    EXTRAPOLATED_MEDIA_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    periods: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.ForecastPeriod]
    expected_total: _common_pb2.Estimate
    predicted_total: _common_pb2.Estimate
    score: _common_pb2.ForecastScore
    extrapolated_media: _containers.RepeatedScalarFieldContainer[str]
    units: _analysis_pb2.Units
    def __init__(self, periods: _Optional[_Iterable[_Union[_analysis_pb2.ForecastPeriod, _Mapping]]] = ..., expected_total: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., predicted_total: _Optional[_Union[_common_pb2.Estimate, _Mapping]] = ..., score: _Optional[_Union[_common_pb2.ForecastScore, _Mapping]] = ..., extrapolated_media: _Optional[_Iterable[str]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...

class ExportResultsRequest(_message.Message):
    __slots__ = ("fit", "window", "interval_probability", "cells", "hurdle", "target_cost_per_unit", "formats", "link_seconds")
    FIT_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    HURDLE_FIELD_NUMBER: _ClassVar[int]
    TARGET_COST_PER_UNIT_FIELD_NUMBER: _ClassVar[int]
    FORMATS_FIELD_NUMBER: _ClassVar[int]
    LINK_SECONDS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    window: _common_pb2.DateRange
    interval_probability: float
    cells: _containers.RepeatedCompositeFieldContainer[DimensionFilter]
    hurdle: float
    target_cost_per_unit: float
    formats: _containers.RepeatedScalarFieldContainer[_analysis_pb2.ExportFormat]
    link_seconds: int
    def __init__(self, fit: _Optional[str] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., interval_probability: _Optional[float] = ..., cells: _Optional[_Iterable[_Union[DimensionFilter, _Mapping]]] = ..., hurdle: _Optional[float] = ..., target_cost_per_unit: _Optional[float] = ..., formats: _Optional[_Iterable[_Union[_analysis_pb2.ExportFormat, str]]] = ..., link_seconds: _Optional[int] = ...) -> None: ...

class ExportResultsResponse(_message.Message):
    __slots__ = ("files",)
    FILES_FIELD_NUMBER: _ClassVar[int]
    files: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.ExportedFile]
    def __init__(self, files: _Optional[_Iterable[_Union[_analysis_pb2.ExportedFile, _Mapping]]] = ...) -> None: ...
