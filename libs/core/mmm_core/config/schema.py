"""The configuration of a model: what each column is and what is believed before the fit.

The Pydantic twin of ``mmm.common.v1.ModelConfig``; a test proves that both have the same fields. This
side owns defaults and validation. All spend is in the KPI's currency, all lags in periods (rows).
"""

import math
from collections import Counter
from collections.abc import Iterator
from datetime import date
from statistics import NormalDist
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Z_95 = NormalDist().inv_cdf(0.95)
PERIODS_PER_YEAR = {"daily": 365.25, "weekly": 365.25 / 7, "monthly": 12.0}

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
ColumnName = Annotated[str, Field(min_length=1, max_length=200)]
PositiveFinite = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class ConfigModel(BaseModel):
    """Base: unknown keys are refused, instances are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LowMidHigh(ConfigModel):
    """A belief about a positive quantity, as its 5 %, 50 % and 95 % quantiles."""

    low: PositiveFinite
    mid: PositiveFinite
    high: PositiveFinite

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low < self.mid < self.high:
            raise PydanticCustomError("not_ordered", "low, mid and high must rise: low < mid < high.")
        return self

    def log_normal(self) -> tuple[float, float]:
        """Parameters of the log-normal that stands for the belief.

        Its median is `mid`; its 5–95 % range is as wide, in logarithms, as low to high. When `mid` is the
        geometric mean of low and high, all three quantiles are met exactly.

        Returns
        -------
        mu, sigma : float
            Mean and standard deviation of the logarithm.
        """
        return math.log(self.mid), (math.log(self.high) - math.log(self.low)) / (2 * Z_95)

    def reciprocal(self) -> "LowMidHigh":
        """The same belief about one over the quantity: cost per unit becomes units per cost."""
        return LowMidHigh(low=1 / self.high, mid=1 / self.mid, high=1 / self.low)

    def scaled(self, factor: float) -> "LowMidHigh":
        """The same belief about `factor` times the quantity."""
        return LowMidHigh(low=self.low * factor, mid=self.mid * factor, high=self.high * factor)


class MeanSd(ConfigModel):
    """Mean and standard deviation of a prior."""

    mean: PositiveFinite
    sd: PositiveFinite


class Kpi(ConfigModel):
    """The outcome to be explained."""

    column: ColumnName
    kind: Literal["revenue", "count"]
    value_per_unit: PositiveFinite | None = None
    display_name: str | None = Field(default=None, max_length=100)
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")

    @model_validator(mode="after")
    def _value_belongs_to_counts(self) -> Self:
        if self.kind == "revenue" and self.value_per_unit is not None:
            raise PydanticCustomError(
                "value_of_revenue", "value_per_unit is for a count KPI; remove it, revenue is money already."
            )
        return self

    @property
    def label(self) -> str:
        """How people call it."""
        return self.display_name or self.column

    @property
    def unit_value(self) -> float | None:
        """Money one KPI unit is worth: 1 for revenue, None for a count without a value."""
        return 1.0 if self.kind == "revenue" else self.value_per_unit


class Adstock(ConfigModel):
    """Carryover: how an exposure goes on working in later periods."""

    family: Literal["geometric", "delayed"] = "geometric"
    max_lag: int = Field(default=8, ge=0, le=52)
    retention_prior: MeanSd = MeanSd(mean=0.3, sd=0.2)
    peak_lag_prior: MeanSd = MeanSd(mean=2.0, sd=1.0)

    @model_validator(mode="after")
    def _retention_is_a_beta(self) -> Self:
        mean, sd = self.retention_prior.mean, self.retention_prior.sd
        if mean >= 1 or sd**2 >= mean * (1 - mean):
            raise PydanticCustomError(
                "not_a_beta",
                "retention_prior must have a mean below 1 and an sd below sqrt(mean (1 - mean)).",
            )
        return self


class Saturation(ConfigModel):
    """Diminishing returns, on exposure divided by its largest observed value."""

    family: Literal["logistic", "hill"] = "logistic"
    steepness_prior: MeanSd = MeanSd(mean=3.0, sd=1.5)
    half_saturation_prior: MeanSd = MeanSd(mean=0.6, sd=0.3)
    slope_prior: MeanSd = MeanSd(mean=1.3, sd=0.4)


class Channel(ConfigModel):
    """A paid medium."""

    name: Slug
    display_name: str | None = Field(default=None, max_length=100)
    spend_column: ColumnName
    exposure_column: ColumnName | None = None
    roi_prior: LowMidHigh | None = None
    cost_per_unit_prior: LowMidHigh | None = None
    adstock: Adstock = Adstock()
    saturation: Saturation = Saturation()

    @model_validator(mode="after")
    def _one_prior(self) -> Self:
        if (self.roi_prior is None) == (self.cost_per_unit_prior is None):
            raise PydanticCustomError(
                "one_prior", "needs exactly one of roi_prior and cost_per_unit_prior, as low, mid and high."
            )
        return self

    @property
    def label(self) -> str:
        """How people call it."""
        return self.display_name or self.name

    @property
    def driver_column(self) -> str:
        """Column that drives the effect: the exposure if there is one, else the spend."""
        return self.exposure_column or self.spend_column


class OwnedMedium(ConfigModel):
    """An owned medium: the response machinery of paid media, but not budgeted."""

    name: Slug
    display_name: str | None = Field(default=None, max_length=100)
    exposure_column: ColumnName
    cost_column: ColumnName | None = None
    roi_prior: LowMidHigh | None = None
    contribution_share_prior: LowMidHigh = LowMidHigh(low=0.002, mid=0.01, high=0.05)
    adstock: Adstock = Adstock()
    saturation: Saturation = Saturation()

    @model_validator(mode="after")
    def _roi_needs_a_cost(self) -> Self:
        if self.roi_prior is not None and self.cost_column is None:
            raise PydanticCustomError(
                "roi_without_cost", "roi_prior needs a cost_column; without one use contribution_share_prior."
            )
        if self.contribution_share_prior.high >= 1:
            raise PydanticCustomError(
                "share_above_one", "contribution_share_prior is a share of the KPI: keep high below 1."
            )
        return self

    @property
    def label(self) -> str:
        """How people call it."""
        return self.display_name or self.name

    @property
    def driver_column(self) -> str:
        """Column that drives the effect."""
        return self.exposure_column


class Competitor(ConfigModel):
    """A competitor: negative effect with learned carryover."""

    name: Slug
    display_name: str | None = Field(default=None, max_length=100)
    column: ColumnName
    adstock: Adstock = Adstock()
    effect_scale: PositiveFinite = 0.1

    @property
    def label(self) -> str:
        """How people call it."""
        return self.display_name or self.name

    @property
    def sign(self) -> Literal["negative"]:
        """Direction of the effect."""
        return "negative"


class Control(ConfigModel):
    """Anything else that moves the KPI."""

    name: Slug
    display_name: str | None = Field(default=None, max_length=100)
    column: ColumnName
    sign: Literal["free", "positive", "negative"] = "free"
    adstock: Adstock | None = None
    effect_scale: PositiveFinite = 0.1

    @property
    def label(self) -> str:
        """How people call it."""
        return self.display_name or self.name


class Event(ConfigModel):
    """An event with known dates."""

    name: Slug
    start: date
    end: date

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end < self.start:
            raise PydanticCustomError("ends_before_start", "end must not be before start.")
        return self


class EventColumn(ConfigModel):
    """A text column that names the event of a row."""

    column: ColumnName
    none_values: tuple[str, ...] = ("na", "none", "")
    effect_scale: PositiveFinite = 0.2


class Trend(ConfigModel):
    """Slow movement of the baseline."""

    kind: Literal["none", "linear"] = "linear"
    changepoints: int = Field(default=5, ge=0, le=30)


class Seasonality(ConfigModel):
    """Yearly pattern of the baseline, as pairs of sine and cosine terms."""

    yearly_order: int = Field(default=2, ge=0, le=20)


class SamplerSettings(NamedTuple):
    """Resolved sampler settings."""

    adaptation: Literal["low_rank", "diag"]
    chains: int
    tune: int
    draws: int
    target_accept: float


SAMPLER_PRESETS = {
    "fast": SamplerSettings("low_rank", chains=4, tune=800, draws=800, target_accept=0.9),
    "final": SamplerSettings("diag", chains=4, tune=1000, draws=1000, target_accept=0.9),
}


class Sampler(ConfigModel):
    """How the posterior is sampled. Unset numbers come from the preset."""

    preset: Literal["fast", "final"] = "fast"
    chains: int | None = Field(default=None, ge=1, le=16)
    tune: int | None = Field(default=None, ge=50, le=20_000)
    draws: int | None = Field(default=None, ge=50, le=20_000)
    target_accept: float | None = Field(default=None, gt=0.5, lt=1)
    seed: int = Field(default=1, ge=0, lt=2**32)

    def resolve(self) -> SamplerSettings:
        """Fill unset numbers from the preset."""
        chosen = {
            key: value
            for key in ("chains", "tune", "draws", "target_accept")
            if (value := getattr(self, key)) is not None
        }
        return SAMPLER_PRESETS[self.preset]._replace(**chosen)


Medium = Channel | OwnedMedium


class ModelConfig(ConfigModel):
    """A complete model configuration."""

    schema_version: Literal[1] = 1
    date_column: ColumnName
    frequency: Literal["daily", "weekly", "monthly"] = "weekly"
    kpi: Kpi
    channels: tuple[Channel, ...] = Field(min_length=1, max_length=100)
    owned_media: tuple[OwnedMedium, ...] = ()
    competitors: tuple[Competitor, ...] = ()
    controls: tuple[Control, ...] = ()
    events: tuple[Event, ...] = ()
    event_column: EventColumn | None = None
    trend: Trend = Trend()
    seasonality: Seasonality = Seasonality()
    sampler: Sampler = Sampler()

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        named = [*self.media, *self.competitors, *self.controls, *self.events]
        doubles = [name for name, count in Counter(item.name for item in named).items() if count > 1]
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
            if self.kpi.unit_value is None and channel.roi_prior is not None:
                problems.append(
                    f"channels[{place}].roi_prior needs kpi.value_per_unit; give that or cost_per_unit_prior."
                )
        if self.kpi.unit_value is None:
            problems += [
                f"owned_media[{place}].roi_prior needs kpi.value_per_unit."
                for place, owned in enumerate(self.owned_media)
                if owned.roi_prior is not None
            ]
        if problems:
            raise PydanticCustomError("prior_kind", "{problems}", {"problems": " ".join(problems)})
        return self

    @model_validator(mode="after")
    def _one_response_family(self) -> Self:
        # One adstock and one saturation object serve all media of a pymc-marketing model.
        adstocks = {(medium.adstock.family, medium.adstock.max_lag) for medium in self.media}
        saturations = {medium.saturation.family for medium in self.media}
        if len(adstocks) > 1 or len(saturations) > 1:
            raise PydanticCustomError(
                "mixed_families",
                "channels and owned media must share adstock.family, adstock.max_lag and saturation.family.",
            )
        return self

    @property
    def media(self) -> tuple[Medium, ...]:
        """Paid channels, then owned media: everything with adstock and saturation."""
        return (*self.channels, *self.owned_media)

    def numeric_columns(self) -> Iterator[tuple[str, str]]:
        """Every column that must hold numbers, as (path in this configuration, column)."""
        yield "kpi.column", self.kpi.column
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
