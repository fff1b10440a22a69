"""Models and fits of datasets that get new versions."""

import pytest

from mmm_core.errors import FailedPrecondition, InvalidInput, NotFound
from mmm_core.names import DatasetName, DatasetVersionName, FitName, ModelName
from mmm_data.deletion import delete_dataset
from mmm_fitting.fits import FitDraft
from mmm_fitting.models import ModelDraft
from tests.simulation import simulate
from tests.stored_datasets import store_dataset, upload_table
from tests.unit.fitting.conftest import ACME, MODEL, Workspace

GROWING = DatasetName("acme", "growing")


@pytest.fixture
def grown(workspace, tmp_path) -> Workspace:
    """A dataset whose second version has a week less, and the model ``unpinned`` of it."""
    table = simulate(weeks=60).table
    upload_table(workspace.store, GROWING, table, tmp_path)
    upload_table(workspace.store, GROWING, table[:-1], tmp_path, new_version=True)
    make_model(workspace, "unpinned", str(GROWING))
    return workspace


def make_model(workspace: Workspace, model_id: str, dataset: str) -> ModelName:
    workspace.models.create(ACME, model_id, ModelDraft("", dataset, workspace.draft.config), "")
    return ModelName("acme", model_id)


def version(number: int) -> str:
    return str(DatasetVersionName("acme", "growing", number))


def test_a_fit_is_of_the_version_that_was_the_newest_when_it_was_made(grown, tmp_path):
    unpinned = ModelName("acme", "unpinned")
    before = grown.fits.create(unpinned, "before", FitDraft(), "")
    assert before.record.dataset == version(2)

    upload_table(grown.store, GROWING, simulate(weeks=60).table[:-2], tmp_path, new_version=True)

    after = grown.fits.create(unpinned, "after", FitDraft(), "")
    assert after.record.dataset == version(3)
    assert after.record.table != before.record.table
    assert grown.fits.get(FitName("acme", "unpinned", "before")).record == before.record
    assert grown.models.get(unpinned).record.dataset == str(GROWING)


def test_a_model_may_name_the_version_its_fits_are_made_with(grown):
    first = make_model(grown, "pinned", version(1))

    pinned, newest = (
        grown.fits.create(model, "one", FitDraft(), "") for model in (first, ModelName("acme", "unpinned"))
    )

    assert pinned.record.dataset == version(1)
    assert pinned.record.table != newest.record.table


@pytest.mark.parametrize(
    ("ending", "error"),
    [("/versions/3", NotFound), ("/versions/0", InvalidInput), ("/versions/", InvalidInput)],
)
def test_a_model_needs_a_version_that_is_there(grown, ending, error):
    with pytest.raises(error):
        make_model(grown, "other", f"{GROWING}{ending}")


def test_a_dataset_is_kept_while_a_fit_of_an_old_version_is_there(grown):
    name = FitName.parse(
        grown.fits.create(make_model(grown, "pinned", version(1)), "one", FitDraft(), "").record.name
    )
    for model_id in ("unpinned", "pinned"):
        draft = ModelDraft("", "clients/acme/datasets/sales", grown.draft.config)
        grown.models.update(ModelName("acme", model_id), draft, "")

    with pytest.raises(FailedPrecondition) as caught:
        delete_dataset(grown.store, GROWING)

    assert [violation.field for violation in caught.value.violations] == [str(name)]
    assert list(grown.store.open_artifact(grown.fits.get(name).record.table.key))


def test_a_dataset_from_before_there_were_versions_has_its_first(workspace, tmp_path):
    old = DatasetName("acme", "old")
    store_dataset(workspace.store, old, simulate(weeks=60).table, tmp_path)
    model = make_model(workspace, "old", f"{old}/versions/1")
    assert workspace.fits.create(model, "one", FitDraft(), "").record.dataset == f"{old}/versions/1"
    assert (
        workspace.fits.create(MODEL, "one", FitDraft(), "").record.dataset
        == "clients/acme/datasets/sales/versions/1"
    )
