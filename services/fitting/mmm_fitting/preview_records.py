"""What goes to the preview process and comes back, as JSON."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from mmm_core.config import ModelConfig
from mmm_core.estimates import Estimate


class PreviewRecord(BaseModel):
    """Base: immutable."""

    model_config = ConfigDict(frozen=True)


class PreviewJob(PreviewRecord):
    """What is asked of the preview process.

    Attributes
    ----------
    config : ModelConfig
        The configuration whose priors are to be seen.
    table : Path
        Parquet file with the data.
    draws, seed : int
        Number of prior draws, and where they begin.
    probability : float
        Mass of the intervals.
    """

    config: ModelConfig
    table: Path
    draws: int
    seed: int
    probability: float


class MediumPreview(PreviewRecord):
    """Prior predictive figures of a medium over all data.

    Attributes
    ----------
    name, label : str
        Slug, and how people call it.
    roi : Estimate or None
        None without spend, or for a count KPI without a value.
    cost_per_unit : Estimate or None
        Money per KPI unit; for a count KPI.
    effect_share : Estimate
        Share of the expected KPI.
    """

    name: str
    label: str
    roi: Estimate | None
    cost_per_unit: Estimate | None
    effect_share: Estimate


class PriorPreview(PreviewRecord):
    """Prior predictive figures of a model.

    Attributes
    ----------
    draws : int
        Number of prior draws behind the figures.
    media : tuple of MediumPreview
        Paid, then owned.
    dates : tuple of str
        First day of each period, ISO 8601.
    observed : tuple of float
        Observed KPI, all cells together.
    predicted : tuple of Estimate
        Prior predictive KPI of each period, noise included.
    negative_share : float
        Share of predicted KPI values below zero.
    """

    draws: int
    media: tuple[MediumPreview, ...]
    dates: tuple[str, ...]
    observed: tuple[float, ...]
    predicted: tuple[Estimate, ...]
    negative_share: float
