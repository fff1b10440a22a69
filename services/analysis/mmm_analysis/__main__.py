"""Composition root of the analysis service."""

from functools import partial
from threading import Thread

from mmm.analysis.v1 import analysis_service_pb2
from mmm.analysis.v1.analysis_service_pb2_grpc import add_AnalysisServiceServicer_to_server
from mmm_analysis.exports import Exporter
from mmm_analysis.forecasts import FutureTables
from mmm_analysis.results import Results
from mmm_analysis.servicer import AnalysisServicer
from mmm_core.saturated_sums import prepare
from mmm_service.server import Service, run
from mmm_service.settings import ServiceSettings
from mmm_store.cache import ArtifactCache
from mmm_store.fits import FitReader
from mmm_store.links import S3Links
from mmm_store.s3 import S3Store
from mmm_store.settings import CacheSettings, S3Settings


def main() -> None:
    """Wire the service together and serve it."""
    settings = S3Settings()
    store = S3Store(settings)
    cache = ArtifactCache(store, CacheSettings().artifacts)
    servicer = AnalysisServicer(
        Results(FitReader(store, cache)),
        FutureTables(store, cache),
        Exporter(store, S3Links(settings)),
    )
    Thread(target=prepare, daemon=True).start()
    service = Service(
        analysis_service_pb2.DESCRIPTOR.services_by_name["AnalysisService"],
        partial(add_AnalysisServiceServicer_to_server, servicer),
    )
    run(service, ServiceSettings())


if __name__ == "__main__":
    main()
