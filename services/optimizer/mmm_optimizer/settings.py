"""Settings of the optimizer service."""

from pathlib import Path

from pydantic import Field

from mmm_service.settings import ServiceSettings


class OptimizerSettings(ServiceSettings):
    """Settings from ``MMM_*`` variables.

    Attributes
    ----------
    cache_dir : Path
        Folder of the local read cache of artifacts.
    max_concurrent_plans : int
        Plans solved at the same time; further calls wait. Each holds some hundred megabytes at most.
    """

    cache_dir: Path
    max_concurrent_plans: int = Field(default=2, ge=1)
