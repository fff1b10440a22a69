"""How the returns of media are called: a KPI of revenue speaks of ROI, a count of cost per unit."""

from dataclasses import dataclass

from mmm.analysis.v1.analysis_pb2 import ChannelResult, Units
from mmm.common.v1.common_pb2 import Estimate
from mmm.common.v1.model_config_pb2 import KPI_KIND_COUNT


@dataclass(frozen=True, slots=True)
class ReturnWords:
    """How the return of a channel is called.

    Attributes
    ----------
    title : str
        Name of the figure, for example ``ROI`` or ``Cost per sign-up``.
    marginal_title : str
        Name of the same for the next unit of money.
    field, marginal_field : str
        Fields of a channel result that hold them.
    """

    title: str
    marginal_title: str
    field: str
    marginal_field: str

    def of(self, channel: ChannelResult) -> Estimate | None:
        """Return the figure of a channel, None when it has none."""
        return getattr(channel, self.field) if channel.HasField(self.field) else None

    def marginal_of(self, channel: ChannelResult) -> Estimate | None:
        """Return the marginal figure of a channel, None when it has none."""
        return getattr(channel, self.marginal_field) if channel.HasField(self.marginal_field) else None


def return_words(units: Units) -> ReturnWords:
    """Words for the KPI's kind: revenue speaks of ROI, a count of cost per unit."""
    if units.kpi_kind == KPI_KIND_COUNT:
        name = units.kpi_display_name
        return ReturnWords(
            f"Cost per {name}", f"Marginal cost per {name}", "cost_per_unit", "marginal_cost_per_unit"
        )
    return ReturnWords("ROI", "Marginal ROI", "roi", "marginal_roi")
