"""The KPI, its baseline and its noise."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mmm_core.config.base import ColumnName, ConfigModel, DisplayName, PositiveFinite


class Kpi(ConfigModel):
    """The outcome to be explained.

    Attributes
    ----------
    column : str
        Column with its values.
    kind : {"revenue", "count"}
        Money, so that results speak of ROI; or a number of something, so that they speak of cost per unit.
    value_per_unit : float or None
        Money one unit of a count KPI is worth.
    value_column : str or None
        Column with that value, row by row; the average weighted by the KPI is used.
    display_name : str or None
        How people call it.
    currency : str
        ISO 4217 code of all money in the data.
    """

    column: ColumnName
    kind: Literal["revenue", "count"]
    value_per_unit: PositiveFinite | None = None
    value_column: ColumnName | None = None
    display_name: DisplayName | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"

    @model_validator(mode="after")
    def _value_belongs_to_counts(self) -> Self:
        if self.kind == "revenue" and (self.value_per_unit, self.value_column) != (None, None):
            raise PydanticCustomError(
                "value_of_revenue",
                "value_per_unit and value_column are for a count KPI; remove them, revenue is money already.",
            )
        if self.value_per_unit is not None and self.value_column is not None:
            raise PydanticCustomError("two_values", "give value_per_unit or value_column, not both.")
        return self

    @property
    def label(self) -> str:
        """How people call it."""
        return self.display_name or self.column

    @property
    def has_value(self) -> bool:
        """Whether a unit's worth in money is known, so that results can speak of ROI."""
        return self.kind == "revenue" or self.value_per_unit is not None or self.value_column is not None


class Trend(ConfigModel):
    """Slow movement of the baseline.

    Attributes
    ----------
    kind : {"none", "linear", "gaussian_process"}
        A constant; piecewise linear; or a baseline that moves freely but smoothly (HSGP approximation).
    changepoints : int
        Places where the slope of the linear trend may change.
    """

    kind: Literal["none", "linear", "gaussian_process"] = "linear"
    changepoints: Annotated[int, Field(ge=0, le=30)] = 5


class Seasonality(ConfigModel):
    """Recurring patterns of the baseline, as pairs of sine and cosine terms.

    Attributes
    ----------
    yearly_order, weekly_order : int
        Pairs of terms; 0 switches the pattern off. A weekly pattern is for daily data.
    """

    yearly_order: Annotated[int, Field(ge=0, le=20)] = 2
    weekly_order: Annotated[int, Field(ge=0, le=3)] = 0


class Likelihood(ConfigModel):
    """Noise around the expected KPI.

    Attributes
    ----------
    family : {"normal", "student_t"}
        Student's t is for data with outliers.
    """

    family: Literal["normal", "student_t"] = "normal"


class MediaOverTime(ConfigModel):
    """Whether media work equally well at all times.

    Attributes
    ----------
    kind : {"constant", "gaussian_process"}
        With a Gaussian process, a smooth multiplier around one, shared by all media, moves their effect.
    """

    kind: Literal["constant", "gaussian_process"] = "constant"


class Pooling(ConfigModel):
    """How much the cells of a panel may differ.

    Attributes
    ----------
    media_spread : float
        Prior scale of the standard deviation, between cells, of the logarithm of a medium's effect.
    baseline_spread : float
        Standard deviation, between cells, of the other terms, relative to their own prior scale.
    """

    media_spread: PositiveFinite = 0.3
    baseline_spread: PositiveFinite = 0.5
