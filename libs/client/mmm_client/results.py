"""What a fit says about the past, and plans for the future."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from mmm.analysis.v1.analysis_pb2 import Diagnostics
from mmm.analysis.v1.analysis_service_pb2 import (
    DimensionFilter,
    ForecastKpiRequest,
    ForecastKpiResponse,
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
from mmm.optimizer.v1.optimizer_pb2 import HandMadeSpend, PlanSettings, Target
from mmm.optimizer.v1.optimizer_service_pb2 import (
    EvaluatePlanRequest,
    EvaluatePlanResponse,
    FindBudgetRequest,
    FindBudgetResponse,
    GetFrontierRequest,
    GetFrontierResponse,
    OptimizeBudgetRequest,
    OptimizeBudgetResponse,
)
from mmm_client.session import COMPUTE_SECONDS, Session

INTERVAL_PROBABILITY = 0.9
ALL_CELLS: Mapping[str, Sequence[str]] = MappingProxyType({})


class ResultMethods(Session):
    """Calls of the analysis and the optimizer service.

    `fit` is the resource name of a fit that succeeded, `window` a range of dates (default: all), `cells` the
    wanted labels by dimension of a panel (default: all), `interval_probability` the mass of the reported
    central intervals. Every method raises `FailedPrecondition` for a fit that has not succeeded.
    """

    def contributions(
        self,
        fit: str,
        *,
        window: DateRange | None = None,
        cells: Mapping[str, Sequence[str]] = ALL_CELLS,
        interval_probability: float = INTERVAL_PROBABILITY,
    ) -> GetContributionsResponse:
        """Split the expected KPI into its components, by date and in total."""
        request = GetContributionsRequest(
            fit=fit, window=window, cells=_filters(cells), interval_probability=interval_probability
        )
        return self._call(self.analysis.GetContributions, request, COMPUTE_SECONDS)

    def channel_results(
        self,
        fit: str,
        *,
        window: DateRange | None = None,
        cells: Mapping[str, Sequence[str]] = ALL_CELLS,
        interval_probability: float = INTERVAL_PROBABILITY,
    ) -> GetChannelResultsResponse:
        """Spend, incremental outcome and return of every channel."""
        request = GetChannelResultsRequest(
            fit=fit, window=window, cells=_filters(cells), interval_probability=interval_probability
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
        interval_probability: float = INTERVAL_PROBABILITY,
    ) -> GetResponseCurvesResponse:
        """Incremental outcome at multiples of the window's spend, by default 0 to 2 in steps of 0.1."""
        request = GetResponseCurvesRequest(
            fit=fit,
            channels=channels,
            window=window,
            multipliers=multipliers,
            cells=_filters(cells),
            interval_probability=interval_probability,
        )
        return self._call(self.analysis.GetResponseCurves, request, COMPUTE_SECONDS)

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
            fit=fit, dataset=dataset, cells=_filters(cells), interval_probability=interval_probability
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
            fit=fit, cells=_filters(cells), interval_probability=interval_probability
        )
        return self._call(self.analysis.GetSignalEffects, request, COMPUTE_SECONDS)

    def diagnostics(self, fit: str, *, interval_probability: float = INTERVAL_PROBABILITY) -> Diagnostics:
        """Convergence, in-sample fit and checks."""
        request = GetDiagnosticsRequest(fit=fit, interval_probability=interval_probability)
        return self._call(self.analysis.GetDiagnostics, request, COMPUTE_SECONDS)

    def optimize(
        self,
        fit: str,
        total_budget: float,
        *,
        settings: PlanSettings | None = None,
    ) -> OptimizeBudgetResponse:
        """Find the best allocation of a budget.

        Parameters
        ----------
        total_budget : float
            Money over the whole horizon, above 0.
        settings : PlanSettings, optional
            Horizon, constraints and what is maximised. Default: the mean outcome of a year, unconstrained.

        Raises
        ------
        ApiError
            `FailedPrecondition` naming the constraints that cannot be met with the budget.
        """
        request = OptimizeBudgetRequest(fit=fit, total_budget=total_budget, settings=settings)
        return self._call(self.optimizer.OptimizeBudget, request, COMPUTE_SECONDS)

    def find_budget(
        self,
        fit: str,
        target: Target,
        level: float,
        *,
        probability: float | None = None,
        minimum_budget: float | None = None,
        maximum_budget: float | None = None,
        settings: PlanSettings | None = None,
    ) -> FindBudgetResponse:
        """Find the budget whose best plan reaches a target, or comes nearest to it.

        Parameters
        ----------
        target : Target
            An outcome (KPI units), a return or a marginal return (value per money).
        level : float
            How much of it.
        probability : float, optional
            Reach an outcome with this probability instead of on average.
        minimum_budget, maximum_budget : float, optional
            Budgets to look at. Default: what the constraints allow, up to four times the last year's level.
        settings : PlanSettings, optional
            As for `optimize`.
        """
        request = FindBudgetRequest(
            fit=fit,
            target=target,
            level=level,
            probability=probability,
            minimum_budget=minimum_budget,
            maximum_budget=maximum_budget,
            settings=settings,
        )
        return self._call(self.optimizer.FindBudget, request, COMPUTE_SECONDS)

    def evaluate_plan(
        self, fit: str, spends: Iterable[HandMadeSpend], *, settings: PlanSettings | None = None
    ) -> EvaluatePlanResponse:
        """Say what a plan made by hand comes to, period by period, and which constraints it does not keep.

        Parameters
        ----------
        spends : iterable of HandMadeSpend
            Money per period of each channel; those left out get nothing.
        settings : PlanSettings, optional
            As for `optimize`.
        """
        request = EvaluatePlanRequest(fit=fit, spends=spends, settings=settings)
        return self._call(self.optimizer.EvaluatePlan, request, COMPUTE_SECONDS)

    def frontier(
        self,
        fit: str,
        *,
        minimum_budget: float | None = None,
        maximum_budget: float | None = None,
        point_count: int | None = None,
        hurdle: float | None = None,
        settings: PlanSettings | None = None,
    ) -> GetFrontierResponse:
        """Find the best plans of many budgets, and where the next unit of money stops paying.

        Parameters
        ----------
        minimum_budget, maximum_budget : float, optional
            Default: what the constraints allow, up to four times the last year's level.
        point_count : int, optional
            Number of budgets, 2 to 100. Default 25.
        hurdle : float, optional
            What the next unit of money is to return, in value (KPI units when it has none). Default 1.
        settings : PlanSettings, optional
            As for `optimize`.
        """
        request = GetFrontierRequest(
            fit=fit,
            minimum_budget=minimum_budget,
            maximum_budget=maximum_budget,
            point_count=point_count,
            hurdle=hurdle,
            settings=settings,
        )
        return self._call(self.optimizer.GetFrontier, request, COMPUTE_SECONDS)


def _filters(cells: Mapping[str, Sequence[str]]) -> list[DimensionFilter]:
    return [DimensionFilter(dimension=name, labels=labels) for name, labels in cells.items()]
