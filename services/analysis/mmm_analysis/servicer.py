"""The analysis service on the wire: parse, call one function, answer."""

import asyncio
from typing import Any

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm.analysis.v1.analysis_service_pb2_grpc import AnalysisServiceServicer
from mmm_analysis.channels import channel_table
from mmm_analysis.contributions import contributions
from mmm_analysis.curves import response_curves
from mmm_analysis.health import health
from mmm_analysis.messages import channels_to_proto, contributions_to_proto, curves_to_proto, health_to_proto
from mmm_analysis.requests import curve_question, probability_of, question
from mmm_core.names import FitName
from mmm_service.principal import require_workspace
from mmm_store.fits import FitReader


class AnalysisServicer(AnalysisServiceServicer):
    """Answers the calls of ``mmm.analysis.v1.AnalysisService``."""

    def __init__(self, reader: FitReader) -> None:
        self._reader = reader

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
        fit = self._reader.load(name)
        asked = question(fit, request.window, _probability(request))
        return contributions_to_proto(contributions(fit, asked), fit.config)

    def _channels(
        self, name: FitName, request: wire.GetChannelResultsRequest
    ) -> wire.GetChannelResultsResponse:
        fit = self._reader.load(name)
        asked = question(fit, request.window, _probability(request))
        return channels_to_proto(channel_table(fit, asked), fit, asked.window)

    def _curves(
        self, name: FitName, request: wire.GetResponseCurvesRequest
    ) -> wire.GetResponseCurvesResponse:
        fit = self._reader.load(name)
        asked = curve_question(
            fit, request.window, _probability(request), list(request.channels), list(request.multipliers)
        )
        return curves_to_proto(response_curves(fit, asked), fit.config)


def _fit(text: str) -> FitName:
    name = FitName.parse(text, "fit")
    require_workspace(name.client)
    return name


def _probability(request: Any) -> float | None:
    return request.interval_probability if request.HasField("interval_probability") else None
