"""The analysis service on the wire: every method calls its answer, off the event loop."""

from asyncio import to_thread
from typing import Any

from mmm.analysis.v1 import analysis_pb2
from mmm.analysis.v1 import analysis_service_pb2 as wire
from mmm.analysis.v1.analysis_service_pb2_grpc import AnalysisServiceServicer
from mmm_analysis import answers
from mmm_analysis.export_answers import export_answer
from mmm_analysis.exports import Exporter
from mmm_analysis.forecasts import FutureTables
from mmm_analysis.results import Results


class AnalysisServicer(AnalysisServiceServicer):
    """Answers the calls of ``mmm.analysis.v1.AnalysisService``."""

    def __init__(self, results: Results, futures: FutureTables, exporter: Exporter) -> None:
        self._results = results
        self._futures = futures
        self._exporter = exporter

    async def GetContributions(
        self, request: wire.GetContributionsRequest, context: Any
    ) -> wire.GetContributionsResponse:
        """Split the expected KPI into its components."""
        return await to_thread(answers.contributions_answer, self._results, request)

    async def GetChannelResults(
        self, request: wire.GetChannelResultsRequest, context: Any
    ) -> wire.GetChannelResultsResponse:
        """Give the channel table."""
        return await to_thread(answers.channels_answer, self._results, request)

    async def GetResponseCurves(
        self, request: wire.GetResponseCurvesRequest, context: Any
    ) -> wire.GetResponseCurvesResponse:
        """Give response curves."""
        return await to_thread(answers.curves_answer, self._results, request)

    async def GetCarryover(
        self, request: wire.GetCarryoverRequest, context: Any
    ) -> wire.GetCarryoverResponse:
        """Say how effects are spread over time."""
        return await to_thread(answers.carryover_answer, self._results, request)

    async def GetSummary(self, request: wire.GetSummaryRequest, context: Any) -> wire.GetSummaryResponse:
        """Give the executive summary."""
        return await to_thread(answers.summary_answer, self._results, request)

    async def CompareFits(self, request: wire.CompareFitsRequest, context: Any) -> wire.CompareFitsResponse:
        """Hold fits against each other."""
        return await to_thread(answers.comparison_answer, self._results, request)

    async def GetCombinedResults(
        self, request: wire.GetCombinedResultsRequest, context: Any
    ) -> wire.GetCombinedResultsResponse:
        """Weigh several outcomes by value."""
        return await to_thread(answers.combination_answer, self._results, request)

    async def GetLiftTests(
        self, request: wire.GetLiftTestsRequest, context: Any
    ) -> wire.GetLiftTestsResponse:
        """Give lift tests, measured beside modelled."""
        return await to_thread(answers.lift_tests_answer, self._results, request)

    async def GetSignalEffects(
        self, request: wire.GetSignalEffectsRequest, context: Any
    ) -> wire.GetSignalEffectsResponse:
        """Give effects of competitors, controls and events."""
        return await to_thread(answers.signals_answer, self._results, request)

    async def ForecastKpi(self, request: wire.ForecastKpiRequest, context: Any) -> wire.ForecastKpiResponse:
        """Foretell the KPI."""
        return await to_thread(answers.forecast_answer, self._results, self._futures, request)

    async def GetDiagnostics(
        self, request: wire.GetDiagnosticsRequest, context: Any
    ) -> analysis_pb2.Diagnostics:
        """Give diagnostics."""
        return await to_thread(answers.diagnostics_answer, self._results, request)

    async def ExportResults(
        self, request: wire.ExportResultsRequest, context: Any
    ) -> wire.ExportResultsResponse:
        """Write files and link to them."""
        return await to_thread(export_answer, self._results, self._exporter, request)
