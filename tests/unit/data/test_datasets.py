"""Datasets stay whole and unique, whatever is repeated, interrupted or done side by side."""

import hashlib
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from mmm_core.errors import AlreadyExists, InvalidInput, NotFound, TooLarge, Unavailable
from mmm_core.names import ClientName, DatasetName
from mmm_core.records import DatasetRecord
from mmm_data.datasets import Datasets
from mmm_data.ingest import ReadingOptions
from mmm_data.requests import UploadRequest, check_upload
from mmm_data.settings import DataSettings
from mmm_store.cache import ArtifactCache
from mmm_store.memory import MemoryStore
from mmm_store.store import Record

CSV = b"week,tv\n2024-01-01,1.5\n2024-01-08,2\n"


class FailingStore(MemoryStore):
    """A store that goes away when a dataset's record is to be written."""

    def create_record(self, key: str, value: Mapping[str, Any]) -> Record:
        if key.endswith("/dataset.json"):
            raise Unavailable("The object storage does not answer.")
        return super().create_record(key, value)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def datasets(store, tmp_path) -> Datasets:
    return Datasets(store, ArtifactCache(store, tmp_path), DataSettings(max_upload_bytes=1000))


def header(**fields: Any) -> UploadRequest:
    defaults = {"parent": "clients/acme", "dataset_id": "", "display_name": "", "file_name": "sales.csv"}
    defaults |= {"declared": None, "sha256": "", "request_id": "", "new_version": False}
    defaults |= {"options": ReadingOptions()}
    return check_upload(**(defaults | fields))


def upload(datasets: Datasets, content: bytes = CSV, **fields: Any) -> DatasetRecord:
    request = header(**fields)
    record = datasets.finished_before(request)
    if record is None:
        with datasets.begin_upload(request) as arriving:
            arriving.write(content)
            record = arriving.finish()
    return record


def tables(store: MemoryStore) -> list[str]:
    return [key for key in store.list_keys("") if key.endswith(".parquet")]


def records(store: MemoryStore) -> list[str]:
    return [key for key in store.list_keys("") if key.endswith(("/dataset.json", "/version.json"))]


def test_an_uploaded_dataset_can_be_read_back(datasets):
    record = upload(datasets, dataset_id="sales")
    assert record.name == "clients/acme/datasets/sales"
    assert record.display_name == "sales.csv"
    assert record.source_sha256 == hashlib.sha256(CSV).hexdigest()
    name = DatasetName("acme", "sales")
    assert datasets.get(name) == record
    assert datasets.preview(name, 1) == (["week", "tv"], [["2024-01-01", "1.5"]])
    week, tv = datasets.profile(name)
    assert (week.date.first, week.date.last, week.date.typical_step_days) == ("2024-01-01", "2024-01-08", 7)
    assert (tv.number.minimum, tv.number.maximum, tv.number.sum) == (1.5, 2, 3.5)


def test_a_refused_upload_leaves_nothing(datasets, store):
    request_id = str(uuid.uuid4())
    for content, fields in [(b"", {}), (CSV, {"sha256": "0" * 64}), (CSV, {"file_name": "a.parquet"})]:
        with pytest.raises(InvalidInput):
            upload(datasets, content, dataset_id="sales", request_id=request_id, **fields)
    with pytest.raises(TooLarge, match="1000 bytes"):
        upload(datasets, b"x" * 1001, request_id=request_id)
    assert list(store.list_keys("")) == []


def test_a_taken_id_is_refused_and_the_first_dataset_stays(datasets):
    first = upload(datasets, dataset_id="sales")
    with pytest.raises(AlreadyExists):
        upload(datasets, CSV + b"2024-01-15,3\n", dataset_id="sales")
    assert datasets.get(DatasetName("acme", "sales")) == first


def test_a_repeated_request_gets_the_first_result(datasets, store):
    request_id = str(uuid.uuid4())
    first = upload(datasets, request_id=request_id)
    keys = list(store.list_keys(""))
    assert upload(datasets, request_id=request_id.upper()) == first
    assert list(store.list_keys("")) == keys


def test_a_request_id_is_for_one_file(datasets):
    request_id = str(uuid.uuid4())
    upload(datasets, dataset_id="sales", request_id=request_id)
    with pytest.raises(InvalidInput, match="another file"):
        upload(datasets, dataset_id="sales", request_id=request_id, sha256="0" * 64)


def test_an_upload_that_broke_off_can_be_repeated(tmp_path):
    request_id = str(uuid.uuid4())
    store = FailingStore()
    with pytest.raises(Unavailable):
        upload(Datasets(store, ArtifactCache(store, tmp_path), DataSettings()), request_id=request_id)
    healthy = MemoryStore()
    healthy.__dict__.update(store.__dict__)
    datasets = Datasets(healthy, ArtifactCache(healthy, tmp_path), DataSettings())
    assert datasets.page(ClientName("acme"), 10, "") == ([], "")
    record = upload(datasets, request_id=request_id)
    assert upload(datasets, request_id=request_id) == record
    assert datasets.page(ClientName("acme"), 10, "") == ([record], "")


@pytest.mark.parametrize("dataset_id", ["", "sales"])
def test_one_request_sent_side_by_side_makes_one_dataset(datasets, store, dataset_id):
    request_id = str(uuid.uuid4())
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(upload, datasets, dataset_id=dataset_id, request_id=request_id) for _ in range(8)]
        names = {job.result().name for job in jobs}
    assert len(names) == 1
    assert (len(tables(store)), len(records(store))) == (1, 2)


def test_different_uploads_side_by_side_for_one_id_make_one_dataset(datasets, store):
    def attempt(number: int) -> bool:
        try:
            upload(datasets, CSV + f"2024-01-15,{number}\n".encode(), dataset_id="sales")
        except AlreadyExists:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
    assert (len(tables(store)), len(records(store))) == (1, 2)


def test_pages_hold_every_dataset_once(datasets):
    wanted = {upload(datasets, dataset_id=f"d{number}").name for number in range(5)}
    upload(datasets, parent="clients/other", dataset_id="x")
    seen, token = [], ""
    for _ in range(3):
        records, token = datasets.page(ClientName("acme"), 2, token)
        seen += [record.name for record in records]
    assert token == ""
    assert len(seen) == 5
    assert set(seen) == wanted


@pytest.mark.parametrize("token", ["x", "../..", "ü", "Li4vLi4="])
def test_a_made_up_page_token_is_refused(datasets, token):
    with pytest.raises(InvalidInput, match="page_token"):
        datasets.page(ClientName("acme"), 2, token)


def test_a_deleted_dataset_is_gone_and_its_id_free(datasets, store):
    name = DatasetName("acme", "sales")
    upload(datasets, dataset_id="sales")
    datasets.delete(name)
    assert tables(store) + records(store) == []
    for call in (datasets.get, datasets.profile, datasets.delete):
        with pytest.raises(NotFound):
            call(name)
    assert upload(datasets, dataset_id="sales").name == str(name)


def test_every_problem_of_a_header_comes_at_once():
    with pytest.raises(InvalidInput) as caught:
        header(
            parent="acme", dataset_id="../x", display_name="a\nb", sha256="abc", request_id="not-a-uuid/../x"
        )
    assert [violation.field for violation in caught.value.violations] == [
        "header.parent",
        "header.dataset_id",
        "header.display_name",
        "header.sha256",
        "header.request_id",
    ]


@pytest.mark.parametrize(
    ("file_name", "label"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\sales.csv", "sales.csv"),
        ("a\n\x1bb.csv", "ab.csv"),
        ("..", ".."),
        ("x" * 200 + ".csv", "x" * 96 + ".csv"),
    ],
)
def test_a_file_name_is_only_a_label(file_name, label):
    assert header(file_name=file_name).display_name == label
