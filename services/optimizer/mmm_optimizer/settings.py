"""Settings of the optimizer service, from environment variables."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class OptimizerSettings(BaseSettings):
    """Limits of the work, from ``MMM_OPTIMIZER_*``.

    Attributes
    ----------
    max_concurrent_plans : int
        Plans solved at the same time; further calls wait. Each may hold some hundred megabytes.
    """

    model_config = SettingsConfigDict(env_prefix="MMM_OPTIMIZER_", frozen=True)

    max_concurrent_plans: int = Field(default=2, ge=1)
