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
    __slots__ = ("fit", "window", "interval_probability", "cells")
    FIT_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    window: _common_pb2.DateRange
    interval_probability: float
    cells: _containers.RepeatedCompositeFieldContainer[DimensionFilter]
    def __init__(self, fit: _Optional[str] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., interval_probability: _Optional[float] = ..., cells: _Optional[_Iterable[_Union[DimensionFilter, _Mapping]]] = ...) -> None: ...

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
    __slots__ = ("fit", "window", "interval_probability", "cells")
    FIT_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    window: _common_pb2.DateRange
    interval_probability: float
    cells: _containers.RepeatedCompositeFieldContainer[DimensionFilter]
    def __init__(self, fit: _Optional[str] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., interval_probability: _Optional[float] = ..., cells: _Optional[_Iterable[_Union[DimensionFilter, _Mapping]]] = ...) -> None: ...

class GetChannelResultsResponse(_message.Message):
    __slots__ = ("channels", "total_paid", "units", "window")
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_PAID_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    channels: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.ChannelResult]
    total_paid: _analysis_pb2.ChannelResult
    units: _analysis_pb2.Units
    window: _common_pb2.DateRange
    def __init__(self, channels: _Optional[_Iterable[_Union[_analysis_pb2.ChannelResult, _Mapping]]] = ..., total_paid: _Optional[_Union[_analysis_pb2.ChannelResult, _Mapping]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ...) -> None: ...

class GetResponseCurvesRequest(_message.Message):
    __slots__ = ("fit", "channels", "window", "multipliers", "interval_probability", "cells")
    FIT_FIELD_NUMBER: _ClassVar[int]
    CHANNELS_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    MULTIPLIERS_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    CELLS_FIELD_NUMBER: _ClassVar[int]
    fit: str
    channels: _containers.RepeatedScalarFieldContainer[str]
    window: _common_pb2.DateRange
    multipliers: _containers.RepeatedScalarFieldContainer[float]
    interval_probability: float
    cells: _containers.RepeatedCompositeFieldContainer[DimensionFilter]
    def __init__(self, fit: _Optional[str] = ..., channels: _Optional[_Iterable[str]] = ..., window: _Optional[_Union[_common_pb2.DateRange, _Mapping]] = ..., multipliers: _Optional[_Iterable[float]] = ..., interval_probability: _Optional[float] = ..., cells: _Optional[_Iterable[_Union[DimensionFilter, _Mapping]]] = ...) -> None: ...

class GetResponseCurvesResponse(_message.Message):
    __slots__ = ("curves", "units")
    CURVES_FIELD_NUMBER: _ClassVar[int]
    UNITS_FIELD_NUMBER: _ClassVar[int]
    curves: _containers.RepeatedCompositeFieldContainer[_analysis_pb2.ResponseCurve]
    units: _analysis_pb2.Units
    def __init__(self, curves: _Optional[_Iterable[_Union[_analysis_pb2.ResponseCurve, _Mapping]]] = ..., units: _Optional[_Union[_analysis_pb2.Units, _Mapping]] = ...) -> None: ...

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
