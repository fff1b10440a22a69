"""The analysis service on the wire: parse, call one function, answer."""

import asyncio
from typing import Any

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm.analysis.v1.analysis_service_pb2_grpc import AnalysisServiceServicer
from mmm_analysis.channels import channel_table
from mmm_analysis.contributions import contributions
from mmm_analysis.curves import channel_curves
from mmm_analysis.forecasts import FutureTables, forecast_kpi
from mmm_analysis.health import health
from mmm_analysis.lift_tests import lift_tests
from mmm_analysis.messages import (
    channels_to_proto,
    contributions_to_proto,
    curves_to_proto,
    forecast_to_proto,
    health_to_proto,
    lift_tests_to_proto,
    signals_to_proto,
)
from mmm_analysis.requests import curve_question, probability_of, question
from mmm_analysis.signals import signal_effects
from mmm_core.cells import CellFilter, chosen_cells
from mmm_core.fitted import FittedModel
from mmm_core.names import FitName, parse_dataset_name
from mmm_service.principal import require_workspace
from mmm_store.fits import FitReader


class AnalysisServicer(AnalysisServiceServicer):
    """Answers the calls of ``mmm.analysis.v1.AnalysisService``."""

    def __init__(self, reader: FitReader, futures: FutureTables) -> None:
        self._reader = reader
        self._futures = futures

    async def GetContributions(
        self, request: wire.GetContributionsRequest, context: Any
    ) -> wire.GetContributionsResponse:
        """Split the expected KPI into its components."""
        return await asyncio.to_thread(self._contributions, _fit(request.fit), request)

    async def GetChannelResults(
        self, request: wire.GetChannelResultsRequest, context: Any
    ) -> wire.GetChannelResultsResponse:
        """Give the channel table."""
        return await asyncio.to_thread(self._channels, _fit(request.fit), request)

    async def GetResponseCurves(
        self, request: wire.GetResponseCurvesRequest, context: Any
    ) -> wire.GetResponseCurvesResponse:
        """Give response curves."""
        return await asyncio.to_thread(self._curves, _fit(request.fit), request)

    async def GetLiftTests(
        self, request: wire.GetLiftTestsRequest, context: Any
    ) -> wire.GetLiftTestsResponse:
        """Give lift tests, measured beside modelled."""
        name = _fit(request.fit)
        probability = probability_of(_probability(request))
        return await asyncio.to_thread(self._lift_tests, name, probability)

    async def GetSignalEffects(
        self, request: wire.GetSignalEffectsRequest, context: Any
    ) -> wire.GetSignalEffectsResponse:
        """Give effects of competitors, controls and events."""
        return await asyncio.to_thread(self._signals, _fit(request.fit), request)

    async def ForecastKpi(self, request: wire.ForecastKpiRequest, context: Any) -> wire.ForecastKpiResponse:
        """Foretell the KPI."""
        return await asyncio.to_thread(self._forecast, _fit(request.fit), request)

    async def GetDiagnostics(
        self, request: wire.GetDiagnosticsRequest, context: Any
    ) -> analysis_pb2.Diagnostics:
        """Give diagnostics."""
        name = _fit(request.fit)
        probability = probability_of(_probability(request))
        return health_to_proto(await asyncio.to_thread(health, self._reader, name, probability))

    def _contributions(
        self, name: FitName, request: wire.GetContributionsRequest
    ) -> wire.GetContributionsResponse:
        fit = self._cells(name, request)
        asked = question(fit, request.window, _probability(request))
        return contributions_to_proto(contributions(fit, asked), fit.config)

    def _channels(
        self, name: FitName, request: wire.GetChannelResultsRequest
    ) -> wire.GetChannelResultsResponse:
        fit = self._cells(name, request)
        asked = question(fit, request.window, _probability(request))
        return channels_to_proto(channel_table(fit, asked), fit, asked.window)

    def _curves(
        self, name: FitName, request: wire.GetResponseCurvesRequest
    ) -> wire.GetResponseCurvesResponse:
        fit = self._cells(name, request)
        asked = curve_question(
            fit, request.window, _probability(request), list(request.channels), list(request.multipliers)
        )
        return curves_to_proto(channel_curves(fit, asked), fit.config)

    def _lift_tests(self, name: FitName, probability: float) -> wire.GetLiftTestsResponse:
        fit = self._reader.load(name)
        return lift_tests_to_proto(lift_tests(fit, probability), fit.config)

    def _signals(self, name: FitName, request: wire.GetSignalEffectsRequest) -> wire.GetSignalEffectsResponse:
        fit = self._cells(name, request)
        return signals_to_proto(signal_effects(fit, probability_of(_probability(request))), fit.config)

    def _forecast(self, name: FitName, request: wire.ForecastKpiRequest) -> wire.ForecastKpiResponse:
        dataset = parse_dataset_name(request.dataset, "dataset")
        require_workspace(dataset.client)
        probability = probability_of(_probability(request))
        fit, table = self._reader.load(name), self._futures.read(dataset)
        return forecast_to_proto(forecast_kpi(fit, table, _filters(request), probability), fit.config)

    def _cells(self, name: FitName, request: Any) -> FittedModel:
        """Load a fit with the cells a request asks for."""
        return chosen_cells(self._reader.load(name), _filters(request))


def _fit(text: str) -> FitName:
    name = FitName.parse(text, "fit")
    require_workspace(name.client)
    return name


def _filters(request: Any) -> list[CellFilter]:
    return [CellFilter(one.dimension, tuple(one.labels)) for one in request.cells]


def _probability(request: Any) -> float | None:
    return request.interval_probability if request.HasField("interval_probability") else None
