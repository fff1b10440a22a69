"""What every part of the configuration is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

PERIODS_PER_YEAR = {"daily": 365.25, "weekly": 365.25 / 7, "monthly": 12.0}

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
ColumnName = Annotated[str, Field(min_length=1, max_length=200)]
DisplayName = Annotated[str, Field(max_length=100)]
PositiveFinite = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


class ConfigModel(BaseModel):
    """Base: unknown keys are refused, instances are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(ConfigModel):
    """Something results call by a slug, and people by a label.

    Attributes
    ----------
    name : str
        Slug: lower-case letters, digits and underscores.
    display_name : str or None
        How people call it, in any script.
    """

    name: Slug
    display_name: DisplayName | None = None

    @property
    def label(self) -> str:
        """How people call it."""
        return self.display_name or self.name
