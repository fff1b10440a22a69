"""What the results page asks of a fit, for a window, some cells of a panel and a hurdle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mmm.analysis.v1.analysis_pb2 import ExportedFile, ExportFormat, Resolution
from mmm.analysis.v1.analysis_service_pb2 import (
    GetCarryoverResponse,
    GetChannelResultsResponse,
    GetContributionsResponse,
    GetResponseCurvesResponse,
    GetSignalEffectsResponse,
    GetSummaryResponse,
)
from mmm.common.v1.common_pb2 import DateRange
from mmm_client import Client
from mmm_ui.access import client
from mmm_ui.state import answer

# Multiples of the spend that curves are drawn at: every tenth up to twice, then coarser.
MULTIPLES = (*(tenths / 10 for tenths in range(21)), 3.0, 4.0, 5.0)


@dataclass(frozen=True, slots=True)
class ResultQuestion:
    """A fit and what of it is looked at.

    Attributes
    ----------
    fit : str
        Resource name.
    start, end : str
        First and last day of the window, ISO 8601; empty for all.
    cells : tuple
        Wanted labels by dimension of a panel; empty for all.
    hurdle : float or None
        Value that the next unit of money is to return.
    target_cost : float or None
        Money that the next KPI unit may cost.
    """

    fit: str
    start: str = ""
    end: str = ""
    cells: tuple[tuple[str, tuple[str, ...]], ...] = ()
    hurdle: float | None = None
    target_cost: float | None = None

    @property
    def window(self) -> DateRange | None:
        """The window as a message."""
        return DateRange(start=self.start, end=self.end) if self.start or self.end else None

    @property
    def filters(self) -> Mapping[str, Sequence[str]]:
        """The cells as the client takes them."""
        return dict(self.cells)

    def channels(self) -> GetChannelResultsResponse:
        """Ask for the channel table."""
        return answer(
            ("channels", self),
            lambda: client().channel_results(
                self.fit,
                window=self.window,
                cells=self.filters,
                hurdle=self.hurdle,
                target_cost_per_unit=self.target_cost,
            ),
        )

    def summary(self) -> GetSummaryResponse:
        """Ask for the executive summary."""
        return answer(
            ("summary", self),
            lambda: client().summary(
                self.fit,
                window=self.window,
                cells=self.filters,
                hurdle=self.hurdle,
                target_cost_per_unit=self.target_cost,
            ),
        )

    def curves(self) -> GetResponseCurvesResponse:
        """Ask for response curves."""
        return answer(
            ("curves", self),
            lambda: client().response_curves(
                self.fit,
                window=self.window,
                multipliers=MULTIPLES,
                cells=self.filters,
                hurdle=self.hurdle,
                target_cost_per_unit=self.target_cost,
            ),
        )

    def contributions(self, resolution: Resolution) -> GetContributionsResponse:
        """Ask for the components of the expected KPI."""
        return answer(
            ("contributions", self.fit, self.start, self.end, self.cells, resolution),
            lambda: client().contributions(
                self.fit, window=self.window, cells=self.filters, resolution=resolution
            ),
        )

    def signals(self) -> GetSignalEffectsResponse:
        """Ask for the effects of competitors, controls and events."""
        return answer(
            ("signals", self.fit, self.cells), lambda: client().signal_effects(self.fit, cells=self.filters)
        )

    def carryover(self) -> GetCarryoverResponse:
        """Ask how effects are spread over time."""
        return answer(("carryover", self.fit), lambda: client().carryover(self.fit))

    def export(self, connection: Client, formats: Sequence[ExportFormat]) -> Sequence[ExportedFile]:
        """Ask for files to take away; their links are too short-lived to be kept."""
        return connection.export_results(
            self.fit,
            formats,
            window=self.window,
            cells=self.filters,
            hurdle=self.hurdle,
            target_cost_per_unit=self.target_cost,
        )
