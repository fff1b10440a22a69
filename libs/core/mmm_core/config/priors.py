"""Beliefs about single quantities, and the distributions they stand for."""

import math
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from mmm_core.config.base import ConfigModel, PositiveFinite

Z_95 = NormalDist().inv_cdf(0.95)


class MeanSd(ConfigModel):
    """Mean and standard deviation of a prior."""

    mean: PositiveFinite
    sd: PositiveFinite


@dataclass(frozen=True, slots=True)
class PositiveDistribution:
    """A distribution of a positive quantity.

    Attributes
    ----------
    family : {"log_normal", "gamma", "inverse_gamma"}
        Its kind.
    first, second : float
        Log-normal: mean and standard deviation of the logarithm. Gamma: shape and rate. Inverse gamma:
        shape and scale.
    """

    family: Literal["log_normal", "gamma", "inverse_gamma"]
    first: float
    second: float

    def reciprocal(self) -> "PositiveDistribution":
        """Distribution of one over the quantity: cost per unit becomes units per cost."""
        if self.family == "log_normal":
            return replace(self, first=-self.first)
        return replace(self, family="inverse_gamma" if self.family == "gamma" else "gamma")

    def scaled(self, factor: float) -> "PositiveDistribution":
        """Distribution of `factor` times the quantity."""
        if self.family == "log_normal":
            return replace(self, first=self.first + math.log(factor))
        if self.family == "gamma":
            return replace(self, second=self.second / factor)
        return replace(self, second=self.second * factor)


class PositivePrior(ConfigModel):
    """A belief about a positive quantity.

    Either its 5 %, 50 % and 95 % quantiles `low`, `mid` and `high`, for which a log-normal is taken whose
    median is `mid` and whose 5–95 % range is as wide, in logarithms, as low to high (when `mid` is the
    geometric mean of the two, all three quantiles are met exactly). Or a named `distribution` with its
    `mean` and `sd`.
    """

    low: PositiveFinite | None = None
    mid: PositiveFinite | None = None
    high: PositiveFinite | None = None
    distribution: Literal["log_normal", "gamma"] | None = None
    mean: PositiveFinite | None = None
    sd: PositiveFinite | None = None

    @model_validator(mode="after")
    def _is_one_of_two_forms(self) -> Self:
        quantiles = (self.low, self.mid, self.high)
        named = (self.distribution, self.mean, self.sd)
        by_quantiles = None not in quantiles and named == (None, None, None)
        by_name = None not in named and quantiles == (None, None, None)
        if not by_quantiles and not by_name:
            raise PydanticCustomError(
                "incomplete_prior", "give low, mid and high, or give distribution, mean and sd."
            )
        if by_quantiles and not self.low < self.mid < self.high:  # type: ignore[operator]  # all three are set
            raise PydanticCustomError("not_ordered", "low, mid and high must rise: low < mid < high.")
        return self

    def resolve(self) -> PositiveDistribution:
        """Return the distribution that stands for the belief."""
        if self.low is not None and self.mid is not None and self.high is not None:
            width = (math.log(self.high) - math.log(self.low)) / (2 * Z_95)
            return PositiveDistribution("log_normal", math.log(self.mid), width)
        assert self.mean is not None  # noqa: S101 - validated above
        assert self.sd is not None  # noqa: S101
        if self.distribution == "gamma":
            return PositiveDistribution("gamma", (self.mean / self.sd) ** 2, self.mean / self.sd**2)
        variance = math.log1p((self.sd / self.mean) ** 2)
        return PositiveDistribution("log_normal", math.log(self.mean) - variance / 2, math.sqrt(variance))
