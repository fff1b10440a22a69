"""What a fit says about the past, and about the periods to come."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from mmm.analysis.v1.analysis_pb2 import RESOLUTION_UNSPECIFIED, Diagnostics, Resolution
from mmm.analysis.v1.analysis_service_pb2 import (
    DimensionFilter,
    ForecastKpiRequest,
    ForecastKpiResponse,
    GetCarryoverRequest,
    GetCarryoverResponse,
    GetChannelResultsRequest,
    GetChannelResultsResponse,
    GetContributionsRequest,
    GetContributionsResponse,
    GetDiagnosticsRequest,
    GetLiftTestsRequest,
    GetLiftTestsResponse,
    GetResponseCurvesRequest,
    GetResponseCurvesResponse,
    GetSignalEffectsRequest,
    GetSignalEffectsResponse,
)
from mmm.common.v1.common_pb2 import DateRange
from mmm_client.session import COMPUTE_SECONDS, Session

INTERVAL_PROBABILITY = 0.9
ALL_CELLS: Mapping[str, Sequence[str]] = MappingProxyType({})


class ResultMethods(Session):
    """Calls of the analysis service about one fit.

    `fit` is the resource name of a fit that succeeded, `window` a range of dates (default: all), `cells` the
    wanted labels by dimension of a panel (default: all), `interval_probability` the mass of the reported
    central intervals. What the next unit of money is to return is given as `hurdle`, in value (KPI units for
    a KPI without a value), or for a count KPI as `target_cost_per_unit`, in money. Default: 1 for a KPI with
    a value, else what a unit costs on average over all paid media. Every method raises `FailedPrecondition`
    for a fit that has not succeeded.
    """

    def contributions(
        self,
        fit: str,
        *,
        window: DateRange | None = None,
        cells: Mapping[str, Sequence[str]] = ALL_CELLS,
        resolution: Resolution = RESOLUTION_UNSPECIFIED,
        interval_probability: float = INTERVAL_PROBABILITY,
    ) -> GetContributionsResponse:
        """Split the expected KPI into its components, by date and in total.

        `resolution` adds series up to calendar months, quarters or years; default: the periods of the data.
        """
        request = GetContributionsRequest(
            fit=fit,
            window=window,
            cells=cell_filters(cells),
            resolution=resolution,
            interval_probability=interval_probability,
        )
        return self._call(self.analysis.GetContributions, request, COMPUTE_SECONDS)

    def channel_results(
        self,
        fit: str,
        *,
        window: DateRange | None = None,
        cells: Mapping[str, Sequence[str]] = ALL_CELLS,
        hurdle: float | None = None,
        target_cost_per_unit: float | None = None,
        interval_probability: float = INTERVAL_PROBABILITY,
    ) -> GetChannelResultsResponse:
        """Spend, incremental outcome and return of every channel, and where it stops paying."""
        request = GetChannelResultsRequest(
            fit=fit,
            window=window,
            cells=cell_filters(cells),
            hurdle=hurdle,
            target_cost_per_unit=target_cost_per_unit,
            interval_probability=interval_probability,
        )
        return self._call(self.analysis.GetChannelResults, request, COMPUTE_SECONDS)

    def response_curves(
        self,
        fit: str,
        *,
        channels: Sequence[str] = (),
        window: DateRange | None = None,
        multipliers: Sequence[float] = (),
        cells: Mapping[str, Sequence[str]] = ALL_CELLS,
        hurdle: float | None = None,
        target_cost_per_unit: float | None = None,
        interval_probability: float = INTERVAL_PROBABILITY,
    ) -> GetResponseCurvesResponse:
        """Incremental outcome at multiples of the window's spend, by default 0 to 2 in steps of 0.1."""
        request = GetResponseCurvesRequest(
            fit=fit,
            channels=channels,
            window=window,
            multipliers=multipliers,
            cells=cell_filters(cells),
            hurdle=hurdle,
            target_cost_per_unit=target_cost_per_unit,
            interval_probability=interval_probability,
        )
        return self._call(self.analysis.GetResponseCurves, request, COMPUTE_SECONDS)

    def carryover(
        self, fit: str, *, interval_probability: float = INTERVAL_PROBABILITY
    ) -> GetCarryoverResponse:
        """Say how the effect of every medium is spread over time."""
        request = GetCarryoverRequest(fit=fit, interval_probability=interval_probability)
        return self._call(self.analysis.GetCarryover, request, COMPUTE_SECONDS)

    def forecast(
        self,
        fit: str,
        dataset: str,
        *,
        cells: Mapping[str, Sequence[str]] = ALL_CELLS,
        interval_probability: float = INTERVAL_PROBABILITY,
    ) -> ForecastKpiResponse:
        """Foretell the KPI of the periods that `dataset` has after the data of the fit.

        The dataset gives dates, dimensions, media, competitors and controls; costs and the KPI may be left
        out.
        """
        request = ForecastKpiRequest(
            fit=fit, dataset=dataset, cells=cell_filters(cells), interval_probability=interval_probability
        )
        return self._call(self.analysis.ForecastKpi, request, COMPUTE_SECONDS)

    def lift_tests(
        self, fit: str, *, interval_probability: float = INTERVAL_PROBABILITY
    ) -> GetLiftTestsResponse:
        """Give the lift tests a fit was calibrated with, measured beside modelled."""
        request = GetLiftTestsRequest(fit=fit, interval_probability=interval_probability)
        return self._call(self.analysis.GetLiftTests, request, COMPUTE_SECONDS)

    def signal_effects(
        self,
        fit: str,
        *,
        cells: Mapping[str, Sequence[str]] = ALL_CELLS,
        interval_probability: float = INTERVAL_PROBABILITY,
    ) -> GetSignalEffectsResponse:
        """Say what competitors, controls and events do to the KPI, per unit of their own."""
        request = GetSignalEffectsRequest(
            fit=fit, cells=cell_filters(cells), interval_probability=interval_probability
        )
        return self._call(self.analysis.GetSignalEffects, request, COMPUTE_SECONDS)

    def diagnostics(self, fit: str, *, interval_probability: float = INTERVAL_PROBABILITY) -> Diagnostics:
        """Convergence, in-sample fit and checks."""
        request = GetDiagnosticsRequest(fit=fit, interval_probability=interval_probability)
        return self._call(self.analysis.GetDiagnostics, request, COMPUTE_SECONDS)


def cell_filters(cells: Mapping[str, Sequence[str]]) -> list[DimensionFilter]:
    """Write wanted labels by dimension as messages."""
    return [DimensionFilter(dimension=name, labels=labels) for name, labels in cells.items()]
