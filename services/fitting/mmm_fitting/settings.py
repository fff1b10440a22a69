"""Settings of the fitting service."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class FittingSettings(BaseSettings):
    """How fits are run, from ``MMM_FITTING_*`` variables.

    Attributes
    ----------
    max_concurrent_fits : int
        Workers that may run at once on this machine.
    max_worker_deaths : int
        Workers that may die on one fit before it is given up.
    stop_workers_on_exit : bool
        Whether workers end with the service. Otherwise they go on and are adopted at the next start; either
        way an unfinished fit is taken up again.
    poll_seconds : float
        How often running fits are looked after and watched.
    """

    model_config = SettingsConfigDict(env_prefix="MMM_FITTING_", frozen=True)

    max_concurrent_fits: int = Field(default=1, ge=1)
    max_worker_deaths: int = Field(default=3, ge=1)
    stop_workers_on_exit: bool = False
    poll_seconds: float = Field(default=0.3, gt=0)
