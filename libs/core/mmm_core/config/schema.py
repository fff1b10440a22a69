"""The configuration of a model: what each column is and what is believed before the fit.

The Pydantic twin of ``mmm.common.v1.ModelConfig``; a test proves that both have the same fields. This
side owns defaults and validation. All spend is in the KPI's currency, all lags in periods (rows).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mmm_core.config.base import ColumnName, ConfigModel
from mmm_core.config.baseline import Kpi, Likelihood, MediaOverTime, Pooling, Seasonality, Trend
from mmm_core.config.calibration import LiftTest
from mmm_core.config.media import Channel, Medium, OwnedMedium
from mmm_core.config.migrations import migrate
from mmm_core.config.sampler import Sampler
from mmm_core.config.signals import Competitor, Control, Event, EventColumn, Holidays

SCHEMA_VERSION = 2


class ModelConfig(ConfigModel):
    """A complete model configuration.

    Attributes
    ----------
    schema_version : int
        Version of this schema; older files are brought up to it.
    date_column : str
        Column with the first day of each period.
    frequency : {"daily", "weekly", "monthly"}
        How long a period is.
    dimensions : tuple of str
        Columns that tell the cells of a panel apart (region, brand). Empty for one series.
    """

    schema_version: Literal[2] = 2
    date_column: ColumnName
    frequency: Literal["daily", "weekly", "monthly"] = "weekly"
    dimensions: Annotated[tuple[ColumnName, ...], Field(max_length=5)] = ()
    kpi: Kpi
    channels: Annotated[tuple[Channel, ...], Field(min_length=1, max_length=100)]
    owned_media: tuple[OwnedMedium, ...] = ()
    competitors: tuple[Competitor, ...] = ()
    controls: tuple[Control, ...] = ()
    events: tuple[Event, ...] = ()
    event_column: EventColumn | None = None
    holidays: Holidays = Holidays()
    trend: Trend = Trend()
    seasonality: Seasonality = Seasonality()
    media_over_time: MediaOverTime = MediaOverTime()
    likelihood: Likelihood = Likelihood()
    pooling: Pooling = Pooling()
    lift_tests: tuple[LiftTest, ...] = ()
    sampler: Sampler = Sampler()

    @model_validator(mode="before")
    @classmethod
    def _of_this_version(cls, data: object) -> object:
        return migrate(data, SCHEMA_VERSION) if isinstance(data, Mapping) else data

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        named = [*self.media, *self.competitors, *self.controls, *self.events]
        doubles = _repeated(item.name for item in named)
        if doubles:
            raise PydanticCustomError(
                "duplicate_names",
                "names must be unique, but {names} is used more than once.",
                {"names": ", ".join(doubles)},
            )
        return self

    @model_validator(mode="after")
    def _priors_suit_the_kpi(self) -> Self:
        problems = []
        for place, channel in enumerate(self.channels):
            if self.kpi.kind == "revenue" and channel.cost_per_unit_prior is not None:
                problems.append(f"channels[{place}].cost_per_unit_prior needs a count KPI; give roi_prior.")
            if not self.kpi.has_value and channel.roi_prior is not None:
                problems.append(
                    f"channels[{place}].roi_prior needs kpi.value_per_unit; give that or cost_per_unit_prior."
                )
        if not self.kpi.has_value:
            problems += [
                f"owned_media[{place}].roi_prior needs kpi.value_per_unit."
                for place, owned in enumerate(self.owned_media)
                if owned.roi_prior is not None
            ]
        return self._refuse("prior_kind", problems)

    @model_validator(mode="after")
    def _dimensions_are_distinct(self) -> Self:
        problems = [f"dimensions has {name!r} more than once." for name in _repeated(self.dimensions)]
        if self.date_column in self.dimensions:
            problems.append(f"dimensions has the date column {self.date_column!r}.")
        return self._refuse("dimensions", problems)

    @model_validator(mode="after")
    def _lift_tests_name_what_there_is(self) -> Self:
        channels = {channel.name for channel in self.channels}
        problems = []
        for place, test in enumerate(self.lift_tests):
            if test.channel not in channels:
                problems.append(f"lift_tests[{place}].channel {test.channel!r} is not a channel's name.")
            if len(test.cell) != len(self.dimensions):
                wanted = f"one label for each of {', '.join(self.dimensions)}" if self.dimensions else "empty"
                problems.append(f"lift_tests[{place}].cell must be {wanted}.")
        return self._refuse("lift_tests", problems)

    @model_validator(mode="after")
    def _weekly_pattern_needs_days(self) -> Self:
        if self.seasonality.weekly_order and self.frequency != "daily":
            return self._refuse("weekly_pattern", ["seasonality.weekly_order needs daily data; set it to 0."])
        return self

    def _refuse(self, code: str, problems: list[str]) -> Self:
        if problems:
            raise PydanticCustomError(code, "{problems}", {"problems": " ".join(problems)})
        return self

    @property
    def media(self) -> tuple[Medium, ...]:
        """Paid channels, then owned media: everything with adstock and saturation."""
        return (*self.channels, *self.owned_media)

    def numeric_columns(self) -> Iterator[tuple[str, str]]:
        """Every column that must hold numbers, as (path in this configuration, column)."""
        yield "kpi.column", self.kpi.column
        if self.kpi.value_column:
            yield "kpi.value_column", self.kpi.value_column
        for place, channel in enumerate(self.channels):
            yield f"channels[{place}].spend_column", channel.spend_column
            if channel.exposure_column:
                yield f"channels[{place}].exposure_column", channel.exposure_column
        for place, owned in enumerate(self.owned_media):
            yield f"owned_media[{place}].exposure_column", owned.exposure_column
            if owned.cost_column:
                yield f"owned_media[{place}].cost_column", owned.cost_column
        for place, competitor in enumerate(self.competitors):
            yield f"competitors[{place}].column", competitor.column
        for place, control in enumerate(self.controls):
            yield f"controls[{place}].column", control.column


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
