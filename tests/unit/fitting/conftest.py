"""A workspace with a dataset and a model, in memory."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from mmm_core.names import ClientName, DatasetName, ModelName
from mmm_fitting.cross_validations import CrossValidations
from mmm_fitting.fits import Fits
from mmm_fitting.models import ModelDraft, Models
from mmm_store.cache import ArtifactCache
from mmm_store.memory import MemoryStore
from mmm_store.store import Store
from tests.simulation import simulate
from tests.stored_datasets import store_dataset

ACME = ClientName("acme")
DATASET = DatasetName("acme", "sales")
MODEL = ModelName("acme", "first")


@dataclass(frozen=True)
class Workspace:
    """The use cases on one store."""

    store: Store
    models: Models
    fits: Fits
    cross_validations: CrossValidations
    draft: ModelDraft


def make_workspace(store: Store, folder: Path) -> Workspace:
    """Store a dataset and a model of it."""
    simulation = simulate(weeks=60)
    store_dataset(store, DATASET, simulation.table, folder)
    draft = ModelDraft("First", str(DATASET), simulation.config)
    models = Models(store)
    models.create(ACME, MODEL.model, draft, "")
    cache = ArtifactCache(store, folder / "cache")
    fits = Fits(store, cache)
    return Workspace(store, models, fits, CrossValidations(store, cache, fits), draft)


@pytest.fixture
def workspace(tmp_path) -> Workspace:
    return make_workspace(MemoryStore(), tmp_path)
