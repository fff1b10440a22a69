"""Starts the data service."""

from mmm_data.datasets import Datasets
from mmm_data.servicer import data_service
from mmm_data.settings import DataSettings
from mmm_service.server import run
from mmm_service.settings import ServiceSettings
from mmm_store.cache import ArtifactCache
from mmm_store.s3 import S3Store
from mmm_store.settings import CacheSettings, S3Settings


def main() -> None:
    """Wire settings, storage and servicer, and serve."""
    store = S3Store(S3Settings())
    datasets = Datasets(store, ArtifactCache(store, CacheSettings().artifacts), DataSettings())
    run(data_service(datasets), ServiceSettings())


if __name__ == "__main__":
    main()
