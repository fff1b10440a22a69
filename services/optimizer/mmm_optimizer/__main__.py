"""Starts the optimizer service."""

from mmm_optimizer.scenarios import Scenarios
from mmm_optimizer.servicer import OptimizerServicer, optimizer_service
from mmm_optimizer.settings import OptimizerSettings
from mmm_service.server import run
from mmm_service.settings import ServiceSettings
from mmm_store.cache import ArtifactCache
from mmm_store.fits import FitReader
from mmm_store.s3 import S3Store
from mmm_store.settings import CacheSettings, S3Settings


def main() -> None:
    """Wire settings, storage and servicer, and serve."""
    store = S3Store(S3Settings())
    fits = FitReader(store, ArtifactCache(store, CacheSettings().artifacts))
    scenarios = Scenarios(store, fits)
    servicer = OptimizerServicer(fits, scenarios, OptimizerSettings().max_concurrent_plans)
    run(optimizer_service(servicer), ServiceSettings())


if __name__ == "__main__":
    main()
