"""Paid and owned media: everything with carryover and diminishing returns."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mmm_core.config.base import ColumnName, ConfigModel, Named
from mmm_core.config.priors import MeanSd, PositivePrior

AdstockFamily = Literal["none", "geometric", "delayed", "binomial", "weibull_pdf", "weibull_cdf"]
SaturationFamily = Literal["none", "logistic", "hill", "michaelis_menten", "root"]


def _check_beta(name: str, prior: MeanSd) -> None:
    if prior.mean >= 1 or prior.sd**2 >= prior.mean * (1 - prior.mean):
        raise PydanticCustomError(
            "not_a_beta",
            "{name} must have a mean below 1 and an sd below sqrt(mean (1 - mean)).",
            {"name": name},
        )


class Adstock(ConfigModel):
    """Carryover: how an exposure goes on working in later periods. Weights sum to one.

    Attributes
    ----------
    family : str
        ``none``; ``geometric`` (constant decay); ``delayed`` (a peak after some periods); ``binomial``
        (decay that reaches zero at the last lag); ``weibull_pdf`` and ``weibull_cdf`` (flexible shapes).
    max_lag : int
        Periods after which nothing is left.
    retention_prior : MeanSd
        Beta prior of the decay parameter of geometric, delayed and binomial.
    peak_lag_prior : MeanSd
        Gamma prior of the peak's lag in periods; delayed.
    scale_prior, shape_prior : MeanSd
        Gamma priors of the Weibull distribution's scale (in periods) and shape.
    """

    family: AdstockFamily = "geometric"
    max_lag: Annotated[int, Field(ge=0, le=52)] = 8
    retention_prior: MeanSd = MeanSd(mean=0.3, sd=0.2)
    peak_lag_prior: MeanSd = MeanSd(mean=2.0, sd=1.0)
    scale_prior: MeanSd = MeanSd(mean=2.0, sd=1.0)
    shape_prior: MeanSd = MeanSd(mean=1.5, sd=0.5)

    @model_validator(mode="after")
    def _retention_is_a_beta(self) -> Self:
        _check_beta("retention_prior", self.retention_prior)
        return self

    @model_validator(mode="after")
    def _weibull_needs_lags(self) -> Self:
        if self.family == "weibull_pdf" and self.max_lag < 1:
            raise PydanticCustomError(
                "too_few_lags", "max_lag must be 1 or more for the family weibull_pdf; use none instead."
            )
        return self

    @property
    def lags(self) -> int:
        """Number of lags with a weight, the present one among them."""
        return 1 if self.family == "none" else self.max_lag + 1


class Saturation(ConfigModel):
    """Diminishing returns, on exposure divided by its largest observed value.

    Attributes
    ----------
    family : str
        ``none`` (proportional); ``logistic`` (concave, the hyperbolic tangent of half the steepness times
        the exposure); ``hill`` (S-shaped when the slope is above one); ``michaelis_menten`` (hill with slope
        one); ``root`` (a power of the exposure below one, without a ceiling).
    steepness_prior : MeanSd
        Gamma prior; logistic.
    half_saturation_prior : MeanSd
        Gamma prior of the scaled exposure at half the maximum; hill and michaelis_menten.
    slope_prior : MeanSd
        Gamma prior; hill.
    exponent_prior : MeanSd
        Beta prior; root.
    """

    family: SaturationFamily = "logistic"
    steepness_prior: MeanSd = MeanSd(mean=3.0, sd=1.5)
    half_saturation_prior: MeanSd = MeanSd(mean=0.6, sd=0.3)
    slope_prior: MeanSd = MeanSd(mean=1.3, sd=0.4)
    exponent_prior: MeanSd = MeanSd(mean=0.6, sd=0.15)

    @model_validator(mode="after")
    def _exponent_is_a_beta(self) -> Self:
        _check_beta("exponent_prior", self.exponent_prior)
        return self


class Channel(Named):
    """A paid medium, driven by its spend or by an exposure that the spend bought.

    Attributes
    ----------
    spend_column : str
        Column with the money spent.
    exposure_column : str or None
        Column with what drives the effect (impressions, clicks), if not the spend itself.
    roi_prior : PositivePrior or None
        Belief about the ROI over the whole data.
    cost_per_unit_prior : PositivePrior or None
        Belief about the money per KPI unit it brings, in place of `roi_prior`; for a count KPI.
    """

    spend_column: ColumnName
    exposure_column: ColumnName | None = None
    roi_prior: PositivePrior | None = None
    cost_per_unit_prior: PositivePrior | None = None
    adstock: Adstock = Adstock()
    saturation: Saturation = Saturation()

    @model_validator(mode="after")
    def _one_prior(self) -> Self:
        if (self.roi_prior is None) == (self.cost_per_unit_prior is None):
            raise PydanticCustomError("one_prior", "needs exactly one of roi_prior and cost_per_unit_prior.")
        return self

    @property
    def driver_column(self) -> str:
        """Column that drives the effect: the exposure if there is one, else the spend."""
        return self.exposure_column or self.spend_column


class OwnedMedium(Named):
    """An owned medium: the response machinery of paid media, but not budgeted.

    Attributes
    ----------
    exposure_column : str
        Column with what drives the effect (mails, posts).
    cost_column : str or None
        Column with the money it costs, if any.
    roi_prior : PositivePrior or None
        Belief about the ROI over the whole data; needs a cost.
    contribution_share_prior : PositivePrior
        Belief about the share of the KPI it brings; used without `roi_prior`.
    """

    exposure_column: ColumnName
    cost_column: ColumnName | None = None
    roi_prior: PositivePrior | None = None
    contribution_share_prior: PositivePrior = PositivePrior(low=0.002, mid=0.01, high=0.05)
    adstock: Adstock = Adstock()
    saturation: Saturation = Saturation()

    @model_validator(mode="after")
    def _roi_needs_a_cost(self) -> Self:
        if self.roi_prior is not None and self.cost_column is None:
            raise PydanticCustomError(
                "roi_without_cost", "roi_prior needs a cost_column; without one use contribution_share_prior."
            )
        share = self.contribution_share_prior
        if (share.high or share.mean or 0) >= 1:
            raise PydanticCustomError(
                "share_above_one",
                "contribution_share_prior is a share of the KPI: keep high (or mean) below 1.",
            )
        return self

    @property
    def driver_column(self) -> str:
        """Column that drives the effect."""
        return self.exposure_column


Medium = Channel | OwnedMedium
