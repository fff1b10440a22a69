"""What is to be simulated: the KPI, and everything that moves it beside media."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mmm_core.config.base import ColumnName, ConfigModel, Named, PositiveFinite
from mmm_core.config.signals import CountryCode, Sign
from mmm_core.simulation.amounts import PositiveAmount, ShareAmount, SignedShareAmount, exactly
from mmm_core.simulation.media_design import AdstockTruth

Place = Annotated[float, Field(ge=0, lt=1)]


class KpiDesign(ConfigModel):
    """The outcome.

    Attributes
    ----------
    kind : {"revenue", "count"}
        Money, or a whole number of something.
    level : float
        Average expected KPI per period, all cells together.
    value_per_unit : float or None
        Money one unit of a count KPI is worth, on average.
    value_spread : float
        Standard deviation, between periods and cells, of the logarithm of that value. Above 0 the data have
        it in a column.
    currency : str
        ISO 4217 code.
    """

    kind: Literal["revenue", "count"] = "revenue"
    level: PositiveFinite = 1_000_000.0
    value_per_unit: PositiveFinite | None = None
    value_spread: Annotated[float, Field(ge=0, le=1)] = 0.0
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"

    @model_validator(mode="after")
    def _value_belongs_to_counts(self) -> Self:
        if self.kind == "revenue" and self.value_per_unit is not None:
            raise PydanticCustomError("value_of_revenue", "value_per_unit is for a count KPI; remove it.")
        if self.value_spread and self.value_per_unit is None:
            raise PydanticCustomError(
                "no_value", "value_spread needs value_per_unit; give it or remove both."
            )
        return self

    @property
    def unit_value(self) -> float | None:
        """Money per KPI unit; None when it is not known."""
        return 1.0 if self.kind == "revenue" else self.value_per_unit


class Panel(ConfigModel):
    """Cells that are observed side by side.

    Attributes
    ----------
    dimensions : dict of tuple of str
        Labels of each dimension's column; every combination is a cell.
    size_spread : float
        Standard deviation between cells of the logarithm of the average KPI.
    media_spread : float
        Standard deviation between cells of the logarithm of a medium's effect per money.
    baseline_spread : float
        Standard deviation between cells of the other effects, relative to their size.
    """

    dimensions: Annotated[dict[ColumnName, tuple[str, ...]], Field(min_length=1, max_length=5)]
    size_spread: Annotated[float, Field(ge=0, le=2)] = 0.4
    media_spread: Annotated[float, Field(ge=0, le=2)] = 0.2
    baseline_spread: Annotated[float, Field(ge=0, le=1)] = 0.1

    @model_validator(mode="after")
    def _labels_are_distinct(self) -> Self:
        for name, labels in self.dimensions.items():
            if not labels or len(set(labels)) < len(labels) or not all(label.strip() for label in labels):
                raise PydanticCustomError(
                    "bad_labels",
                    "dimension {name} needs one or more labels, all different and none empty.",
                    {"name": name},
                )
        return self


class TrendDesign(ConfigModel):
    """Slow movement of the baseline.

    Attributes
    ----------
    growth_per_year : tuple of Amount
        Change per year as a share of the average KPI, one for each of equally long stretches of time.
    wander : Amount or None
        Standard deviation of a slow movement without direction, as a share of the average KPI.
    """

    growth_per_year: tuple[SignedShareAmount, ...] = (exactly(0.05),)
    wander: ShareAmount | None = None


class SeasonalityDesign(ConfigModel):
    """Recurring patterns.

    Attributes
    ----------
    yearly_amplitude, weekly_amplitude : Amount
        Largest deviation from the average, as a share of the average KPI. A weekly pattern is for daily data.
    yearly_order, weekly_order : int
        Pairs of sine and cosine terms; 0 switches the pattern off.
    """

    yearly_amplitude: ShareAmount = exactly(0.1)
    yearly_order: Annotated[int, Field(ge=0, le=20)] = 2
    weekly_amplitude: ShareAmount = exactly(0.1)
    weekly_order: Annotated[int, Field(ge=0, le=3)] = 0


class Demand(ConfigModel):
    """A demand that rises and falls by itself, and moves the KPI and, as marketers follow it, spend.

    Attributes
    ----------
    swing : Amount
        Share of the average KPI that one standard deviation of demand moves.
    persistence : float
        Correlation of demand with that of the period before.
    confounding : float
        Correlation between demand and the logarithm of the amount spent in active periods: 0 leaves spend
        alone, near 1 spend is nothing but demand.
    observed : bool
        Whether the data have demand as a control. If not, a model credits its effect to the media that
        follow it.
    """

    swing: ShareAmount = exactly(0.08)
    persistence: Annotated[float, Field(ge=0, lt=1)] = 0.8
    confounding: Annotated[float, Field(ge=0, lt=1)] = 0.0
    observed: bool = False


class CompetitorDesign(Named):
    """A competitor's activity.

    Attributes
    ----------
    swing : Amount
        Share of the average KPI that one standard deviation of the column takes away.
    """

    swing: ShareAmount = exactly(0.03)
    adstock: AdstockTruth = AdstockTruth()


class ControlDesign(Named):
    """Anything else that is observed.

    Attributes
    ----------
    swing : Amount
        Share of the average KPI that one standard deviation of the column moves; negative for a price.
    sign : {"free", "positive", "negative"}
        What the emitted configuration says about its direction.
    adstock : AdstockTruth or None
        Carryover, if it has any.
    """

    swing: SignedShareAmount = exactly(0.03)
    sign: Sign = "free"
    adstock: AdstockTruth | None = None


class EventDesign(Named):
    """Something that happens once.

    Attributes
    ----------
    at : float
        When it begins: 0 is the start of the data, 1 the end.
    periods : int
        How long it lasts.
    swing : Amount
        Share of the average KPI that it moves per period.
    """

    at: Place = 0.5
    periods: Annotated[int, Field(ge=1, le=500)] = 1
    swing: SignedShareAmount = exactly(0.1)


class HolidaysDesign(ConfigModel):
    """Public holidays.

    Attributes
    ----------
    countries : tuple of str
        ISO 3166 codes, such as ``DE``; none switches holidays off.
    swing : Amount
        Share of the average KPI that one holiday in a period moves.
    """

    countries: Annotated[tuple[CountryCode, ...], Field(max_length=30)] = ()
    swing: SignedShareAmount = exactly(0.02)


class NoiseDesign(ConfigModel):
    """What is left to chance.

    Attributes
    ----------
    family : {"normal", "student_t"}
        Student's t has outliers.
    sd : Amount
        Standard deviation as a share of the average KPI.
    degrees_of_freedom : Amount
        Of Student's t; above 2.
    """

    family: Literal["normal", "student_t"] = "normal"
    sd: PositiveAmount = exactly(0.03)
    degrees_of_freedom: PositiveAmount = exactly(4.0)

    @model_validator(mode="after")
    def _sd_exists(self) -> Self:
        if self.family == "student_t" and self.degrees_of_freedom.low <= 2:
            raise PydanticCustomError("no_variance", "degrees_of_freedom must be above 2.")
        return self
