"""What a fit comes to as a whole, and several fits beside each other or added up."""

from collections.abc import Iterable, Mapping, Sequence

from mmm.analysis.v1.analysis_pb2 import CombinedOutcome
from mmm.analysis.v1.analysis_service_pb2 import (
    CompareFitsRequest,
    CompareFitsResponse,
    GetCombinedResultsRequest,
    GetCombinedResultsResponse,
    GetSummaryRequest,
    GetSummaryResponse,
)
from mmm.common.v1.common_pb2 import DateRange
from mmm_client.results import ALL_CELLS, INTERVAL_PROBABILITY, cell_filters
from mmm_client.session import COMPUTE_SECONDS, Session


class OverviewMethods(Session):
    """Calls of the analysis service that conclude; arguments are those of `ResultMethods`."""

    def summary(
        self,
        fit: str,
        *,
        window: DateRange | None = None,
        cells: Mapping[str, Sequence[str]] = ALL_CELLS,
        hurdle: float | None = None,
        target_cost_per_unit: float | None = None,
        increase_probability: float | None = None,
        reduce_probability: float | None = None,
        interval_probability: float = INTERVAL_PROBABILITY,
    ) -> GetSummaryResponse:
        """Say what to do, what is known, and what would be worth learning.

        Parameters
        ----------
        increase_probability, reduce_probability : float, optional
            Probability that the next unit of money returns the hurdle, from which on the advice is to
            increase, and down from which it is to reduce. Default: 0.8 and 0.2.
        """
        request = GetSummaryRequest(
            fit=fit,
            window=window,
            cells=cell_filters(cells),
            hurdle=hurdle,
            target_cost_per_unit=target_cost_per_unit,
            increase_probability=increase_probability,
            reduce_probability=reduce_probability,
            interval_probability=interval_probability,
        )
        return self._call(self.analysis.GetSummary, request, COMPUTE_SECONDS)

    def compare_fits(
        self, fits: Iterable[str], *, interval_probability: float = INTERVAL_PROBABILITY
    ) -> CompareFitsResponse:
        """Hold 2 to 10 fits, by their resource names, against each other; differences are to the first."""
        request = CompareFitsRequest(fits=fits, interval_probability=interval_probability)
        return self._call(self.analysis.CompareFits, request, COMPUTE_SECONDS)

    def combined_results(
        self,
        outcomes: Iterable[CombinedOutcome],
        *,
        window: DateRange | None = None,
        hurdle: float | None = None,
        interval_probability: float = INTERVAL_PROBABILITY,
    ) -> GetCombinedResultsResponse:
        """Weigh 2 to 10 outcomes of the same money, each with a fit of its own, by value.

        Parameters
        ----------
        outcomes : iterable of CombinedOutcome
            Fits, and the money that a unit of their KPI is worth; default: what the fit says.
        window : DateRange, optional
            Default: all dates that every fit has.
        hurdle : float, optional
            Value that the next unit of money is to return. Default 1.

        Raises
        ------
        ApiError
            `InvalidRequest` for a value that is not known, `FailedPrecondition` when the fits disagree about
            what was spent on a channel.
        """
        request = GetCombinedResultsRequest(
            outcomes=outcomes, window=window, hurdle=hurdle, interval_probability=interval_probability
        )
        return self._call(self.analysis.GetCombinedResults, request, COMPUTE_SECONDS)
