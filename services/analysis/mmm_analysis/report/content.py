"""Everything an export says of a fit, as the service answers it."""

from dataclasses import dataclass

from mmm.analysis.v1.analysis_pb2 import Diagnostics
from mmm.analysis.v1.analysis_service_pb2 import (
    GetCarryoverResponse,
    GetChannelResultsResponse,
    GetContributionsResponse,
    GetLiftTestsResponse,
    GetResponseCurvesResponse,
    GetSignalEffectsResponse,
    GetSummaryResponse,
)
from mmm_core.records import FitRecord


@dataclass(frozen=True, slots=True)
class Content:
    """Answers about one fit, window and choice of cells.

    Attributes
    ----------
    fit : FitRecord
        What was fitted.
    library_versions : dict of str to str
        What it was fitted with.
    cells : str
        The chosen cells of a panel in words; empty for all.
    probability : float
        Mass of the intervals.
    signals : GetSignalEffectsResponse or None
        None for a fit stored without coefficients of its signals.
    """

    fit: FitRecord
    library_versions: dict[str, str]
    cells: str
    probability: float
    contributions: GetContributionsResponse
    channels: GetChannelResultsResponse
    curves: GetResponseCurvesResponse
    carryover: GetCarryoverResponse
    summary: GetSummaryResponse
    signals: GetSignalEffectsResponse | None
    lift_tests: GetLiftTestsResponse
    diagnostics: Diagnostics
