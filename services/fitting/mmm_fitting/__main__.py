"""Composition root of the fitting service."""

from functools import partial

from mmm.fitting.v1 import fitting_service_pb2
from mmm.fitting.v1.fitting_service_pb2_grpc import add_FittingServiceServicer_to_server
from mmm_fitting.cross_validations import CrossValidations
from mmm_fitting.fits import Fits
from mmm_fitting.launchers.local import LocalLauncher, worker_environment
from mmm_fitting.lifespan import looking_after_fits
from mmm_fitting.models import Models
from mmm_fitting.previews import Previews
from mmm_fitting.reconcile import Reconciler
from mmm_fitting.servicer import FittingServicer, UseCases
from mmm_fitting.settings import FittingSettings
from mmm_service.server import Service, run
from mmm_service.settings import ServiceSettings
from mmm_store.cache import ArtifactCache
from mmm_store.s3 import S3Store
from mmm_store.settings import CacheSettings, S3Settings


def main() -> None:
    """Wire the service together and serve it."""
    settings, folders = FittingSettings(), CacheSettings()
    store = S3Store(S3Settings())
    cache = ArtifactCache(store, folders.artifacts)
    previews = Previews(store, cache, worker_environment(folders.cache_dir))
    fits = Fits(store, cache)
    cases = UseCases(Models(store), fits, CrossValidations(store, cache, fits), previews)
    servicer = FittingServicer(store, cases, settings.poll_seconds)
    reconciler = Reconciler(store, LocalLauncher(folders.cache_dir), settings)
    service = Service(
        fitting_service_pb2.DESCRIPTOR.services_by_name["FittingService"],
        partial(add_FittingServiceServicer_to_server, servicer),
        partial(looking_after_fits, reconciler, settings),
    )
    run(service, ServiceSettings())


if __name__ == "__main__":
    main()
