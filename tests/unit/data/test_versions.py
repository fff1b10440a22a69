"""The same content is stored once, versions stay, and what is in use is not deleted."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pandas as pd
import pytest

from mmm_core.config import parse_config
from mmm_core.errors import FailedPrecondition, InvalidInput, NotFound
from mmm_core.names import DatasetName, DatasetVersionName, FitName, ModelName
from mmm_core.records import DatasetRecord, FitRecord, ModelRecord, fit_key, model_key, now
from mmm_data.datasets import Datasets
from mmm_data.ingest import ReadingOptions
from mmm_data.requests import check_upload
from mmm_data.settings import DataSettings
from mmm_store.cache import ArtifactCache
from mmm_store.memory import MemoryStore
from tests.stored_datasets import store_dataset

FIRST = b"week,tv\n2024-01-01,1.5\n2024-01-08,2\n"
SECOND = FIRST + b"2024-01-15,7\n"
SALES = DatasetName("acme", "sales")
CONFIG = parse_config(
    {
        "date_column": "week",
        "kpi": {"column": "sales", "kind": "revenue"},
        "channels": [{"name": "tv", "spend_column": "tv", "roi_prior": {"low": 0.5, "mid": 1, "high": 2}}],
    }
)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def datasets(store, tmp_path) -> Datasets:
    return Datasets(store, ArtifactCache(store, tmp_path), DataSettings())


def upload(datasets: Datasets, content: bytes = FIRST, **fields: Any) -> DatasetRecord:
    defaults: dict[str, Any] = {"parent": "clients/acme", "dataset_id": "", "display_name": ""}
    defaults |= {"file_name": "sales.csv", "declared": None, "sha256": "", "request_id": ""}
    defaults |= {"options": ReadingOptions(), "new_version": False}
    request = check_upload(**(defaults | fields))
    record = datasets.finished_before(request)
    if record is None:
        with datasets.begin_upload(request) as arriving:
            arriving.write(content)
            record = arriving.finish()
    return record


def tables(store: MemoryStore) -> list[str]:
    return [key for key in store.list_keys("") if key.endswith(".parquet")]


def last_tv(datasets: Datasets, name: DatasetName | DatasetVersionName) -> str:
    return datasets.preview(name, 9)[1][-1][1]


@pytest.mark.parametrize("first_id", ["", "sales"])
def test_the_same_bytes_without_an_id_are_the_dataset_that_has_them(datasets, store, first_id):
    first = upload(datasets, dataset_id=first_id)
    keys = list(store.list_keys(""))
    again = upload(datasets, file_name="copy.csv")
    assert again == first
    assert list(store.list_keys("")) == keys


def test_datasets_of_the_same_bytes_share_the_table_until_the_last_is_deleted(datasets, store):
    for dataset_id in ("a", "b", "c"):
        upload(datasets, dataset_id=dataset_id)
    assert len(tables(store)) == 1
    datasets.delete(DatasetName("acme", "a"))
    datasets.delete(DatasetName("acme", "c"))
    assert last_tv(datasets, DatasetName("acme", "b")) == "2"
    datasets.delete(DatasetName("acme", "b"))
    assert tables(store) == []
    assert last_tv(datasets, DatasetName.parse(upload(datasets).name)) == "2"


def test_the_same_bytes_read_in_another_way_are_another_dataset(datasets):
    content = b"week;tv\n2024-01-01;1,500\n"
    point = upload(datasets, content, options=ReadingOptions(decimal_mark="."))
    comma = upload(datasets, content, options=ReadingOptions(decimal_mark=","))
    assert point.name != comma.name
    assert last_tv(datasets, DatasetName.parse(point.name)) == "1500"
    assert last_tv(datasets, DatasetName.parse(comma.name)) == "1.5"


def test_workspaces_share_nothing(datasets, store):
    upload(datasets)
    upload(datasets, parent="clients/rival")
    assert len(tables(store)) == 2


def test_uploads_and_deletions_side_by_side_never_leave_a_dataset_without_its_table(datasets, store):
    def come_and_go(number: int) -> None:
        name = DatasetName("acme", f"d{number}")
        for _ in range(10):
            upload(datasets, dataset_id=name.dataset)
            assert last_tv(datasets, name) == "2"
            datasets.delete(name)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(come_and_go, range(4)))
    assert tables(store) == []


def test_the_same_file_side_by_side_becomes_one_dataset(datasets, store):
    with ThreadPoolExecutor(8) as pool:
        names = {record.name for record in pool.map(lambda _: upload(datasets), range(8))}
    assert len(names) == 1
    assert len(tables(store)) == 1


def test_a_new_version_becomes_the_dataset_and_the_older_one_stays(datasets):
    first = upload(datasets, dataset_id="sales")
    second = upload(datasets, SECOND, dataset_id="sales", new_version=True)
    assert (first.version, second.version, second.name) == (1, 2, first.name)
    assert datasets.get(SALES) == second
    assert last_tv(datasets, SALES) == "7"
    assert last_tv(datasets, DatasetVersionName("acme", "sales", 1)) == "2"
    assert last_tv(datasets, DatasetVersionName("acme", "sales", 2)) == "7"
    with pytest.raises(NotFound, match="versions/3"):
        datasets.get(DatasetVersionName("acme", "sales", 3))


def test_versions_are_listed_newest_first_page_by_page(datasets):
    upload(datasets, dataset_id="sales")
    for number in range(2, 6):
        upload(datasets, FIRST + f"2024-01-15,{number}\n".encode(), dataset_id="sales", new_version=True)
    seen: list[int] = []
    token = ""
    while not seen or token:
        records, token = datasets.versions(SALES, 2, token)
        seen += [record.version for record in records]
        assert [record.name for record in records] == [
            f"{SALES}/versions/{record.version}" for record in records
        ]
    assert seen == [5, 4, 3, 2, 1]
    for made_up in ("6", "0", "x", "²"):
        with pytest.raises(InvalidInput, match="page_token"):
            datasets.versions(SALES, 2, made_up)


def test_the_content_of_the_newest_version_makes_no_new_one(datasets):
    first = upload(datasets, dataset_id="sales")
    assert upload(datasets, dataset_id="sales", new_version=True) == first


def test_an_earlier_content_may_come_back_as_a_version(datasets, store):
    upload(datasets, dataset_id="sales")
    for content in (SECOND, FIRST):
        upload(datasets, content, dataset_id="sales", new_version=True)
    assert datasets.get(SALES).version == 3
    assert len(tables(store)) == 2


def test_a_repeated_request_for_a_version_gets_that_version(datasets):
    request_id = str(uuid.uuid4())
    upload(datasets, dataset_id="sales")
    second = upload(datasets, SECOND, dataset_id="sales", new_version=True, request_id=request_id)
    upload(datasets, SECOND + b"2024-01-22,8\n", dataset_id="sales", new_version=True)
    again = upload(datasets, SECOND, dataset_id="sales", new_version=True, request_id=request_id)
    assert (again.version, again.table) == (2, second.table)
    assert datasets.get(SALES).version == 3


def test_versions_side_by_side_get_numbers_of_their_own(datasets):
    upload(datasets, dataset_id="sales")

    def next_version(number: int) -> int:
        content = FIRST + f"2024-01-15,{number}\n".encode()
        return upload(datasets, content, dataset_id="sales", new_version=True).version

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(next_version, range(8))) == list(range(2, 10))


def test_a_new_version_needs_a_dataset(datasets):
    with pytest.raises(NotFound, match="sales"):
        upload(datasets, dataset_id="sales", new_version=True)
    with pytest.raises(InvalidInput, match=r"header\.dataset_id"):
        upload(datasets, new_version=True)


def test_deleting_a_dataset_takes_all_versions_along(datasets, store):
    upload(datasets, dataset_id="sales")
    upload(datasets, SECOND, dataset_id="sales", new_version=True)
    datasets.delete(SALES)
    assert tables(store) == []
    assert upload(datasets, dataset_id="sales").version == 1
    with pytest.raises(NotFound):
        datasets.get(DatasetVersionName("acme", "sales", 2))


@pytest.mark.parametrize("referred", [str(SALES), f"{SALES}/versions/1"])
def test_a_dataset_in_use_is_not_deleted_and_its_users_are_named(datasets, store, referred):
    record = upload(datasets, dataset_id="sales")
    other = upload(datasets, SECOND, dataset_id="other")
    model, fit = ModelName("acme", "m"), FitName("acme", "m", "f")
    common = {"display_name": "", "dataset": referred, "config": CONFIG, "create_time": now()}
    refer(store, model_key(model), ModelRecord(name=str(model), update_time=now(), **common))
    refer(store, fit_key(fit), FitRecord(name=str(fit), table=record.table, **common))
    with pytest.raises(FailedPrecondition) as caught:
        datasets.delete(SALES)
    assert [violation.field for violation in caught.value.violations] == [str(fit), str(model)]
    assert caught.value.reason == "DATASET_IN_USE"
    assert str(fit) in caught.value.message
    assert datasets.get(SALES) == record
    datasets.delete(DatasetName.parse(other.name))
    for key in (fit_key(fit), model_key(model)):
        store.delete(key)
    datasets.delete(SALES)


def refer(store: MemoryStore, key: str, record: ModelRecord | FitRecord) -> None:
    store.create_record(key, record.model_dump(mode="json"))


def test_a_dataset_from_before_there_were_versions_can_have_them(datasets, store, tmp_path):
    store_dataset(store, SALES, pd.DataFrame({"week": ["2024-01-01"], "tv": [1.0]}), tmp_path)
    assert [version.name for version in datasets.versions(SALES, 9, "")[0]] == [f"{SALES}/versions/1"]
    assert upload(datasets, SECOND, dataset_id="sales", new_version=True).version == 2
    assert last_tv(datasets, DatasetVersionName("acme", "sales", 1)) == "1"
    datasets.delete(SALES)
    assert tables(store) == []
