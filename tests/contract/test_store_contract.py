"""One suite for every store: in memory, and on the real object storage."""

import hashlib
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import SecretStr

from mmm_core.errors import Conflict, NotFound, Unavailable
from mmm_store.cache import ArtifactCache
from mmm_store.memory import MemoryStore
from mmm_store.s3 import S3Store
from mmm_store.settings import S3Settings

WRITERS = 24
MIB = 1 << 20


@pytest.fixture(params=["memory", "s3"])
def store(request):
    if request.param == "memory":
        return MemoryStore()
    return S3Store(request.getfixturevalue("object_store").s3)


@pytest.fixture
def key(request):
    """A prefix of the test's own, as the object storage is shared."""
    return "contract/" + hashlib.sha256(request.node.name.encode()).hexdigest()[:16]


def test_a_record_reads_back_as_it_was_written(store, key):
    written = store.create_record(key, {"name": "Übersee", "numbers": [1, 2.5, None]})

    read = store.get_record(key)

    assert read == written
    assert read.value == {"name": "Übersee", "numbers": [1, 2.5, None]}


def test_a_missing_record_is_none(store, key):
    assert store.get_record(key) is None


def test_a_record_cannot_be_created_twice(store, key):
    store.create_record(key, {"by": "first"})

    with pytest.raises(Conflict):
        store.create_record(key, {"by": "second"})

    assert store.get_record(key).value == {"by": "first"}


def test_a_stale_etag_does_not_replace(store, key):
    first = store.create_record(key, {"n": 1})
    store.replace_record(key, {"n": 2}, first.etag)

    with pytest.raises(Conflict):
        store.replace_record(key, {"n": 3}, first.etag)

    assert store.get_record(key).value == {"n": 2}


def test_a_deleted_record_cannot_be_replaced(store, key):
    record = store.create_record(key, {"n": 1})
    store.delete(key)
    store.delete(key)

    with pytest.raises(Conflict):
        store.replace_record(key, {"n": 2}, record.etag)

    assert store.get_record(key) is None


def test_of_racing_creators_exactly_one_wins(store, key):
    def create(writer):
        try:
            store.create_record(key, {"writer": writer})
        except Conflict:
            return None
        return writer

    with ThreadPoolExecutor(WRITERS) as pool:
        winners = [writer for writer in pool.map(create, range(WRITERS)) if writer is not None]

    assert len(winners) == 1
    assert store.get_record(key).value == {"writer": winners[0]}


def test_a_counter_under_racing_writers_loses_no_update(store, key):
    store.create_record(key, {"n": 0})

    def increment(_):
        while True:
            record = store.get_record(key)
            try:
                store.replace_record(key, {"n": record.value["n"] + 1}, record.etag)
            except Conflict:
                continue
            return

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(increment, range(40)))

    assert store.get_record(key).value == {"n": 40}


def test_keys_come_in_order_and_after_a_given_one(store, key):
    for name in ("b", "a", "c/d"):
        store.create_record(f"{key}/{name}", {})

    assert list(store.list_keys(f"{key}/")) == [f"{key}/a", f"{key}/b", f"{key}/c/d"]
    assert list(store.list_keys(f"{key}/", start_after=f"{key}/a")) == [f"{key}/b", f"{key}/c/d"]


def test_a_prefix_is_deleted_with_everything_below_and_nothing_else(store, key):
    for name in ("gone/a", "gone/b/c", "kept"):
        store.create_record(f"{key}/{name}", {})

    store.delete_prefix(f"{key}/gone/")

    assert list(store.list_keys(f"{key}/")) == [f"{key}/kept"]


def test_a_large_artifact_comes_back_whole_in_small_chunks(store, key, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(hashlib.shake_256(b"seed").digest(40 * MIB))

    info = store.put_artifact(key, source)

    digest, largest = hashlib.sha256(), 0
    for chunk in store.open_artifact(key):
        digest.update(chunk)
        largest = max(largest, len(chunk))
    assert digest.hexdigest() == info.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert info.size_bytes == 40 * MIB
    assert largest <= MIB


def test_a_missing_artifact_is_not_found(store, key, tmp_path):
    with pytest.raises(NotFound):
        next(iter(store.open_artifact(key)))
    with pytest.raises(NotFound):
        store.fetch_artifact(key, tmp_path / "target")


def test_the_cache_fetches_once_and_follows_a_changed_artifact(store, key, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"one")
    store.put_artifact(key, source)
    cache = ArtifactCache(store, tmp_path / "cache")
    first = cache.path(key)

    assert cache.path(key) == first
    assert first.read_bytes() == b"one"

    source.write_bytes(b"two")
    store.put_artifact(key, source)
    assert cache.path(key).read_bytes() == b"two"


def test_the_cache_drops_the_longest_unused_file(store, key, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"x" * 600)
    for name in ("a", "b", "c"):
        store.put_artifact(f"{key}/{name}", source)
    cache = ArtifactCache(store, tmp_path / "cache", max_bytes=1500)
    oldest = cache.path(f"{key}/a")
    used = cache.path(f"{key}/b")
    cache.path(f"{key}/c")

    assert not oldest.exists()
    assert used.exists()
    assert cache.path(f"{key}/a").read_bytes() == b"x" * 600


def test_storage_that_does_not_answer_is_unavailable():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        settings = S3Settings(
            endpoint=f"127.0.0.1:{port}", access_key=SecretStr("a" * 8), secret_key=SecretStr("b" * 8)
        )
        store = S3Store(settings, retry_seconds=0.2)

        with pytest.raises(Unavailable):
            store.get_record("any")
        with pytest.raises(Unavailable):
            store.create_record("any", {})
        with pytest.raises(Unavailable):
            list(store.list_keys("any"))
