"""How the posterior is sampled."""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from mmm_core.config.base import ConfigModel

Adaptation = Literal["low_rank", "diag"]


class SamplerSettings(NamedTuple):
    """Resolved sampler settings; without an adaptation the sampler chooses it by the size of the model."""

    adaptation: Adaptation | None
    chains: int
    tune: int
    draws: int
    target_accept: float


SAMPLER_PRESETS = {
    "fast": SamplerSettings(None, chains=4, tune=800, draws=800, target_accept=0.9),
    "final": SamplerSettings("diag", chains=4, tune=1000, draws=1000, target_accept=0.9),
}


class Sampler(ConfigModel):
    """Preset and overrides. Unset numbers come from the preset.

    Attributes
    ----------
    preset : {"fast", "final"}
        For exploring, and for results to be defended.
    adaptation : {"low_rank", "diag"} or None
        How the sampler learns the posterior's shape. Unset, the preset ``final`` takes ``diag`` and the
        preset ``fast`` decides by the number of the model's parameters.
    chains : int or None
        Independent runs of the sampler.
    tune, draws : int or None
        Steps per chain to learn the posterior's shape, and steps kept after them.
    target_accept : float or None
        Nearer to one means smaller steps: slower, and fewer divergences.
    seed : int
        The same seed gives the same result.
    """

    preset: Literal["fast", "final"] = "fast"
    adaptation: Adaptation | None = None
    chains: Annotated[int, Field(ge=1, le=16)] | None = None
    tune: Annotated[int, Field(ge=50, le=20_000)] | None = None
    draws: Annotated[int, Field(ge=50, le=20_000)] | None = None
    target_accept: Annotated[float, Field(gt=0.5, lt=1)] | None = None
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 1

    def resolve(self) -> SamplerSettings:
        """Fill unset numbers from the preset."""
        chosen = {key: value for key in SamplerSettings._fields if (value := getattr(self, key)) is not None}
        return SAMPLER_PRESETS[self.preset]._replace(**chosen)
