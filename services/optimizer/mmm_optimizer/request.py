"""What a caller asks for, as it was sent and unchecked: one set of settings for all modes."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mmm_core.combined_plan import CountedFit


class Utility(StrEnum):
    """What is maximised over the joint draws, see `mmm_optimizer.utility`."""

    MEAN = "mean"
    VALUE_AT_RISK = "value_at_risk"
    CONDITIONAL_VALUE_AT_RISK = "conditional_value_at_risk"
    SHARPE = "sharpe"
    BEAT_REFERENCE = "beat_reference"


class FlightingKind(StrEnum):
    """How money is spread over the periods of a horizon."""

    EVEN = "even"
    AS_LAST_YEAR = "as_last_year"


@dataclass(frozen=True, slots=True)
class Bound:
    """Limits of one channel's spend over the horizon; None takes the default.

    Attributes
    ----------
    channel : str
        Slug.
    minimum, maximum : float or None
        Money.
    minimum_change, maximum_change : float or None
        The same relative to the reference level: -0.3 is 30 % less, 0.5 is half as much again.
    or_nothing : bool
        Whether the channel may be off altogether instead of keeping its minimum.
    """

    channel: str
    minimum: float | None = None
    maximum: float | None = None
    minimum_change: float | None = None
    maximum_change: float | None = None
    or_nothing: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Limits of several channels together, in money and as shares of the budget."""

    channels: Sequence[str]
    minimum: float | None = None
    maximum: float | None = None
    minimum_share: float | None = None
    maximum_share: float | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Limits of one channel's spend as a multiple of another's."""

    channel: str
    to: str
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class PeriodBudget:
    """Limits of all channels' money in some periods, both counted from 1 and inclusive."""

    first: int
    last: int
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class CellBudget:
    """Limits of all channels' money in some cells: labels by dimension."""

    cells: Sequence[tuple[str, Sequence[str]]]
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class ChannelFlight:
    """Weights of a channel's periods, in any unit."""

    channel: str
    weights: Sequence[float]


@dataclass(frozen=True, slots=True)
class CostChange:
    """What a channel's exposure costs, relative to the reference window.

    Attributes
    ----------
    channel : str
        Slug.
    index : sequence of float
        One number per period, or empty.
    yearly_inflation : float
        Rise per year from the first period on, on top of the index: 0.05 is 5 %.
    """

    channel: str
    index: Sequence[float] = ()
    yearly_inflation: float = 0.0


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """Settings of a plan that do not depend on the mode.

    Attributes
    ----------
    horizon_periods : int or None
        Number of periods; None means one year.
    bounds, groups, ratios, period_budgets, cell_budgets : sequence
        Constraints.
    split_cells : bool
        Whether money may move between the cells of a panel; cell budgets imply it.
    flighting : FlightingKind or None
        None when the caller asked for something unknown.
    flights : sequence of ChannelFlight
        Channels with a flighting of their own.
    demand_index : sequence of float
        Factor on what media bring in every period; empty for 1.
    demand_of_baseline : bool
        Whether that factor is the expected baseline relative to the reference window instead.
    costs : sequence of CostChange
        Channels whose prices change.
    carry_in : bool
        Whether what is left of earlier spend saturates channels already.
    utility : Utility or None
        None when the caller asked for something unknown.
    risk_level : float or None
        Share of the worst draws that value at risk and its conditional look at; None means 0.1.
    interval_probability : float or None
        Mass of the intervals; None means 0.9.
    counted : sequence of CountedFit
        All outcomes that count, that of the fit itself first, when there are several. The fit is then what
        `mmm_core.combined_plan.valued_fit` makes of them.
    """

    horizon_periods: int | None = None
    bounds: Sequence[Bound] = ()
    groups: Sequence[Group] = ()
    ratios: Sequence[Ratio] = ()
    period_budgets: Sequence[PeriodBudget] = ()
    cell_budgets: Sequence[CellBudget] = ()
    split_cells: bool = False
    flighting: FlightingKind | None = FlightingKind.EVEN
    flights: Sequence[ChannelFlight] = ()
    demand_index: Sequence[float] = ()
    demand_of_baseline: bool = False
    costs: Sequence[CostChange] = ()
    carry_in: bool = True
    utility: Utility | None = Utility.MEAN
    risk_level: float | None = None
    interval_probability: float | None = None
    counted: Sequence[CountedFit] = ()
