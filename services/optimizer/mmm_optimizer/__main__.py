"""``python -m mmm_optimizer``: settings, adapters, servicer, serve."""

from mmm.optimizer.v1 import optimizer_service_pb2
from mmm.optimizer.v1.optimizer_service_pb2_grpc import add_OptimizerServiceServicer_to_server
from mmm_optimizer.servicer import OptimizerServicer
from mmm_optimizer.settings import OptimizerSettings
from mmm_service.server import Service, run
from mmm_store.cache import ArtifactCache
from mmm_store.fits import FitReader
from mmm_store.s3 import S3Store
from mmm_store.settings import S3Settings


def main() -> None:
    """Run the optimizer service until it is asked to stop."""
    settings = OptimizerSettings()
    store = S3Store(S3Settings())
    servicer = OptimizerServicer(
        FitReader(store, ArtifactCache(store, settings.cache_dir)), settings.max_concurrent_plans
    )
    descriptor = optimizer_service_pb2.DESCRIPTOR.services_by_name["OptimizerService"]
    run(
        Service(descriptor, lambda server: add_OptimizerServiceServicer_to_server(servicer, server)), settings
    )


if __name__ == "__main__":
    main()
