"""What is to be simulated, as a whole: the input of `mmm_core.simulation.generate`."""

import itertools
import math
from collections import Counter
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mmm_core.config.base import ConfigModel, PositiveFinite, Slug
from mmm_core.simulation.amounts import exactly
from mmm_core.simulation.baseline_design import (
    CompetitorDesign,
    ControlDesign,
    Demand,
    EventDesign,
    HolidaysDesign,
    KpiDesign,
    NoiseDesign,
    Panel,
    Place,
    SeasonalityDesign,
    TrendDesign,
)
from mmm_core.simulation.media_design import (
    AdstockTruth,
    ChannelDesign,
    Exposure,
    MediaOverTimeDesign,
    MediumDesign,
    OwnedDesign,
    Pattern,
    SaturationTruth,
)


class LiftTestDesign(ConfigModel):
    """An experiment that changes a channel's spend for a while and measures what that brings.

    Attributes
    ----------
    channel : str
        Name of the channel.
    at : float
        When it begins: 0 is the start of the data, 1 the end.
    periods : int
        How long it lasts.
    spend_change : float
        By how much it changes spend, as a share of the channel's average: 1 doubles it, -1 stops it. Over
        the test's dates the channel would have spent its average.
    relative_error : float
        Standard error of the measured lift, as a share of the true lift.
    cell : tuple of str
        Panel cell it runs in: one label per dimension. Empty for national data.
    """

    channel: Slug
    at: Place = 0.6
    periods: Annotated[int, Field(ge=1, le=500)] = 6
    spend_change: Annotated[float, Field(ge=-1, le=10)] = 1.0
    relative_error: PositiveFinite = 0.2
    cell: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.spend_change == 0:
            raise PydanticCustomError("no_change", "spend_change is 0, so the test would say nothing.")
        return self


class PriorDesign(ConfigModel):
    """Beliefs the emitted configuration holds about the returns of media.

    Attributes
    ----------
    centre : {"neutral", "truth"}
        Neutral: the same for all channels, an ROI of 1 (or the channels' middle cost per unit). Truth: each
        channel's own.
    factor : float
        What the centre is multiplied by: 3 makes all beliefs three times too high (of cost, too dear).
    width : float
        `high` is the centre times this, `low` the centre divided by it.
    """

    centre: Literal["neutral", "truth"] = "neutral"
    factor: PositiveFinite = 1.0
    width: Annotated[float, Field(gt=1, le=1000)] = 6.0


DEFAULT_CHANNELS = (
    ChannelDesign(
        name="tv",
        display_name="Television",
        kpi_share=exactly(0.08),
        roi=exactly(1.6),
        spend=Pattern(kind="flighted"),
        adstock=AdstockTruth(family="delayed", retention=exactly(0.6)),
        saturation=SaturationTruth(family="hill"),
    ),
    ChannelDesign(
        name="search",
        display_name="Paid search",
        kpi_share=exactly(0.06),
        roi=exactly(3.0),
        adstock=AdstockTruth(retention=exactly(0.2)),
    ),
    ChannelDesign(
        name="video",
        display_name="Online video",
        kpi_share=exactly(0.04),
        roi=exactly(1.1),
        spend=Pattern(kind="pulsed"),
        exposure=Exposure(),
    ),
    ChannelDesign(
        name="radio",
        display_name="Radio",
        kpi_share=exactly(0.03),
        roi=exactly(0.7),
        spend=Pattern(kind="flighted", flight=3, pause=6),
        saturation=SaturationTruth(family="michaelis_menten"),
    ),
)


class SimulationDesign(ConfigModel):
    """Data to be simulated, and the truth behind them.

    Attributes
    ----------
    periods : int
        Rows per cell.
    start : date
        First day; of monthly data, the first day of its month is used.
    panel : Panel or None
        Cells side by side; without, one national series.
    event_column : bool
        Whether the data name events in a text column, rather than the configuration their dates.
    media_over_time : MediaOverTimeDesign or None
        Media work equally well at all times without.
    demand : Demand or None
        Confounding, if there is any.
    """

    periods: Annotated[int, Field(ge=20, le=5000)] = 156
    frequency: Literal["daily", "weekly", "monthly"] = "weekly"
    start: date = date(2022, 1, 3)
    panel: Panel | None = None
    kpi: KpiDesign = KpiDesign()
    channels: Annotated[tuple[ChannelDesign, ...], Field(min_length=1, max_length=100)] = DEFAULT_CHANNELS
    owned_media: tuple[OwnedDesign, ...] = (OwnedDesign(name="newsletter", display_name="Newsletter"),)
    competitors: tuple[CompetitorDesign, ...] = (CompetitorDesign(name="rival", display_name="Rival"),)
    controls: tuple[ControlDesign, ...] = (
        ControlDesign(name="price", display_name="Price", swing=exactly(-0.04)),
    )
    events: tuple[EventDesign, ...] = (EventDesign(name="fair", display_name="Trade fair"),)
    event_column: bool = False
    holidays: HolidaysDesign = HolidaysDesign()
    trend: TrendDesign = TrendDesign()
    seasonality: SeasonalityDesign = SeasonalityDesign()
    media_over_time: MediaOverTimeDesign | None = None
    demand: Demand | None = None
    noise: NoiseDesign = NoiseDesign()
    lift_tests: tuple[LiftTestDesign, ...] = ()
    priors: PriorDesign = PriorDesign()

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        named = [*self.media, *self.competitors, *self.controls, *self.events]
        doubles = [name for name, count in Counter(item.name for item in named).items() if count > 1]
        return self._refuse(
            "duplicate_names",
            [f"names must be unique, but {name} is used more than once." for name in doubles],
        )

    @model_validator(mode="after")
    def _returns_suit_the_kpi(self) -> Self:
        problems = []
        for place, channel in enumerate(self.channels):
            if self.kpi.kind == "revenue" and channel.cost_per_unit is not None:
                problems.append(f"channels[{place}].cost_per_unit needs a count KPI; give roi.")
            if self.kpi.unit_value is None and channel.roi is not None:
                problems.append(
                    f"channels[{place}].roi needs kpi.value_per_unit; give that or cost_per_unit."
                )
        if self.kpi.unit_value is None:
            problems += [
                f"owned_media[{place}].roi needs kpi.value_per_unit."
                for place, owned in enumerate(self.owned_media)
                if owned.roi is not None
            ]
        return self._refuse("return_kind", problems)

    @model_validator(mode="after")
    def _media_leave_a_baseline(self) -> Self:
        share = sum(medium.kpi_share.high for medium in self.media)
        problems = [f"the media's kpi_share add up to {share:.2f}; keep them below 0.9."]
        return self._refuse("no_baseline", problems if share >= 0.9 else [])

    @model_validator(mode="after")
    def _lift_tests_name_what_there_is(self) -> Self:
        channels = {channel.name for channel in self.channels}
        dimensions = self.panel.dimensions if self.panel else {}
        problems = []
        for place, test in enumerate(self.lift_tests):
            if test.channel not in channels:
                problems.append(f"lift_tests[{place}].channel {test.channel!r} is not a channel's name.")
            if len(test.cell) != len(dimensions) or any(
                label not in labels for label, labels in zip(test.cell, dimensions.values(), strict=False)
            ):
                wanted = f"one label for each of {', '.join(dimensions)}" if dimensions else "empty"
                problems.append(f"lift_tests[{place}].cell must be {wanted}.")
        return self._refuse("lift_tests", problems)

    @model_validator(mode="after")
    def _events_of_a_column_differ(self) -> Self:
        labels = Counter(event.label for event in self.events) if self.event_column else Counter[str]()
        problems = [
            f"two events are called {label!r}, and a column would make one of them."
            for label, count in labels.items()
            if count > 1
        ]
        return self._refuse("duplicate_labels", problems)

    @model_validator(mode="after")
    def _nothing_overlaps(self) -> Self:
        problems = []
        for (first, one), (second, other) in itertools.combinations(enumerate(self.lift_tests), 2):
            if (one.channel, one.cell) == (other.channel, other.cell) and self._overlap(one, other):
                problems.append(f"lift_tests[{first}] and lift_tests[{second}] overlap.")
        for (first, event), (second, later) in itertools.combinations(enumerate(self.events), 2):
            if self.event_column and self._overlap(event, later):
                problems.append(
                    f"events[{first}] and events[{second}] overlap, and a column can name one; "
                    "set event_column to false."
                )
        return self._refuse("overlap", problems)

    def _overlap(self, one: LiftTestDesign | EventDesign, other: LiftTestDesign | EventDesign) -> bool:
        early, late = sorted((one, other), key=lambda item: item.at)
        return math.floor(late.at * self.periods) < math.floor(early.at * self.periods) + early.periods

    @model_validator(mode="after")
    def _weekly_pattern_needs_days(self) -> Self:
        wrong = self.seasonality.weekly_order and self.frequency != "daily"
        problems = ["seasonality.weekly_order needs daily data; set it to 0."]
        return self._refuse("weekly_pattern", problems if wrong else [])

    def _refuse(self, code: str, problems: list[str]) -> Self:
        if problems:
            raise PydanticCustomError(code, "{problems}", {"problems": " ".join(problems)})
        return self

    @property
    def media(self) -> tuple[MediumDesign, ...]:
        """Paid channels, then owned media."""
        return (*self.channels, *self.owned_media)
