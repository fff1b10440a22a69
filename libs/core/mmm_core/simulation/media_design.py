"""What is to be simulated: media, their response and how they are used."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mmm_core.config.base import ConfigModel, Named
from mmm_core.config.media import AdstockFamily, SaturationFamily
from mmm_core.simulation.amounts import PositiveAmount, ShareAmount, exactly


class AdstockTruth(ConfigModel):
    """True carryover. Only the parameters of the family are used.

    Attributes
    ----------
    family : str
        As in the model's configuration.
    max_lag : int
        Periods after which nothing is left.
    retention : Amount
        Decay of geometric, delayed and binomial, between 0 and 1.
    peak_lag : Amount
        Periods until the peak; delayed.
    scale, shape : Amount
        Of the Weibull distribution, the scale in periods.
    """

    family: AdstockFamily = "geometric"
    max_lag: Annotated[int, Field(ge=1, le=52)] = 8
    retention: ShareAmount = exactly(0.4)
    peak_lag: PositiveAmount = exactly(1.5)
    scale: PositiveAmount = exactly(2.0)
    shape: PositiveAmount = exactly(1.5)


class SaturationTruth(ConfigModel):
    """True diminishing returns, on exposure divided by its largest value. Only the family's are used.

    Attributes
    ----------
    family : str
        As in the model's configuration.
    steepness : Amount
        Logistic.
    half_saturation : Amount
        Scaled exposure at half the maximum; hill and michaelis_menten.
    slope : Amount
        Hill.
    exponent : Amount
        Root, between 0 and 1.
    """

    family: SaturationFamily = "logistic"
    steepness: PositiveAmount = exactly(2.5)
    half_saturation: PositiveAmount = exactly(0.5)
    slope: PositiveAmount = exactly(1.4)
    exponent: ShareAmount = exactly(0.6)


class Pattern(ConfigModel):
    """How a medium is used over time.

    Attributes
    ----------
    kind : {"always_on", "flighted", "pulsed"}
        In every period; in flights with pauses between; or in every period, and more in flights.
    variation : float
        Standard deviation of the logarithm of the amount from one active period to the next.
    flight, pause : int
        Average periods of a flight and of the pause after it.
    height : float
        How many times as much is used in a flight as between flights; pulsed.
    """

    kind: Literal["always_on", "flighted", "pulsed"] = "always_on"
    variation: Annotated[float, Field(gt=0, le=2)] = 0.4
    flight: Annotated[int, Field(ge=1, le=500)] = 5
    pause: Annotated[int, Field(ge=1, le=500)] = 5
    height: Annotated[float, Field(gt=1, le=100)] = 3.0


class Exposure(ConfigModel):
    """Something spend buys, that drives the effect: impressions, clicks.

    Attributes
    ----------
    unit : str
        What it is called; the end of the column's name.
    price : float
        Average money per unit.
    price_variation : float
        Standard deviation of the logarithm of the price between periods.
    """

    unit: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")] = "impressions"
    price: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 0.01
    price_variation: Annotated[float, Field(ge=0, le=2)] = 0.15


class ChannelDesign(Named):
    """A paid medium. What is spent follows from its share of the KPI and its return.

    Attributes
    ----------
    kpi_share : Amount
        Share of the expected KPI that it brings.
    roi : Amount or None
        Value of what it brings, per money spent, over the whole data.
    cost_per_unit : Amount or None
        Money per KPI unit that it brings, in place of `roi`; for a count KPI.
    spend : Pattern
        How money is spent over time.
    exposure : Exposure or None
        What drives the effect, if not the spend itself.
    follows_demand : bool
        Whether the design's confounding concerns this channel.
    """

    kpi_share: ShareAmount = exactly(0.05)
    roi: PositiveAmount | None = None
    cost_per_unit: PositiveAmount | None = None
    spend: Pattern = Pattern()
    exposure: Exposure | None = None
    adstock: AdstockTruth = AdstockTruth()
    saturation: SaturationTruth = SaturationTruth()
    follows_demand: bool = True

    @model_validator(mode="after")
    def _one_return(self) -> Self:
        if (self.roi is None) == (self.cost_per_unit is None):
            raise PydanticCustomError("one_return", "needs exactly one of roi and cost_per_unit.")
        return self


class OwnedDesign(Named):
    """An owned medium: it works like a paid one, and may have a cost.

    Attributes
    ----------
    kpi_share : Amount
        Share of the expected KPI that it brings.
    roi : Amount or None
        Value of what it brings, per money it costs; without, it has no cost.
    activity : Pattern
        How it is used over time.
    activity_level : float
        Average of its column per period and cell.
    """

    kpi_share: ShareAmount = exactly(0.02)
    roi: PositiveAmount | None = None
    activity: Pattern = Pattern()
    activity_level: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 10_000.0
    adstock: AdstockTruth = AdstockTruth()
    saturation: SaturationTruth = SaturationTruth()


class MediaOverTimeDesign(ConfigModel):
    """Media that work better at some times than at others.

    Attributes
    ----------
    variation : Amount
        Standard deviation over time of the logarithm of what the effect of all media is multiplied by; on
        average over time it is 1.
    """

    variation: PositiveAmount = exactly(0.2)


type MediumDesign = ChannelDesign | OwnedDesign
