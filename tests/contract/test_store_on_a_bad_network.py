"""The store behind a network that loses answers and a balancer that makes up its own."""

import hashlib

import pytest

from mmm_core.errors import Conflict, NotFound, Unavailable
from mmm_store.s3 import S3Store
from tests.faulty_proxy import answer_with, cut_in_half, faulty_proxy, lose_the_answer, lose_the_request

BUSY = answer_with(503, "application/xml", "<Error><Code>SlowDown</Code></Error>")
RETRY_PLEASE = answer_with(409, "application/xml", "<Error><Code>ConditionalRequestConflict</Code></Error>")
NO_BACKEND = answer_with(502, "text/html", "<html>Bad gateway</html>")
EMPTY = answer_with(503, "text/plain", "")
PASSING_FAULTS = [BUSY, NO_BACKEND, EMPTY, lose_the_answer, lose_the_request]
NAMES = ["busy", "html", "empty", "lost answer", "lost request"]


@pytest.fixture
def proxy(object_store):
    with faulty_proxy(object_store.s3.endpoint) as running:
        yield running


@pytest.fixture
def store(object_store, proxy):
    yield S3Store(object_store.s3.model_copy(update={"endpoint": proxy.address}))
    assert not any(proxy.faults.values()), "a fault was planned that never happened"


@pytest.fixture
def key(request):
    return "network/" + hashlib.sha256(request.node.name.encode()).hexdigest()[:16]


@pytest.mark.parametrize("fault", [*PASSING_FAULTS, RETRY_PLEASE], ids=[*NAMES, "conflict, retry"])
def test_a_record_is_created_and_replaced_once_whatever_happens_on_the_way(store, proxy, key, fault):
    proxy.next_calls("PUT", fault, fault)
    created = store.create_record(key, {"n": 1})
    proxy.next_calls("PUT", fault, fault)
    replaced = store.replace_record(key, {"n": 2}, created.etag)

    assert store.get_record(key) == replaced
    assert replaced.value == {"n": 2}


def test_a_write_whose_answer_was_lost_is_not_claimed_by_the_loser(store, proxy, key):
    store.create_record(key, {"by": "first"})
    proxy.next_calls("PUT", lose_the_answer)

    with pytest.raises(Conflict):
        store.create_record(key, {"by": "second"})


@pytest.mark.parametrize("fault", PASSING_FAULTS, ids=NAMES)
def test_reading_listing_and_deleting_survive_passing_faults(store, proxy, key, fault, tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"content")
    proxy.next_calls("PUT", fault)
    store.put_artifact(f"{key}/artifact", source)

    for read in (
        lambda: store.get_record(f"{key}/missing"),
        lambda: list(store.list_keys(f"{key}/")),
        lambda: store.fetch_artifact(f"{key}/artifact", target),
        lambda: list(store.open_artifact(f"{key}/artifact")),
    ):
        proxy.next_calls("GET", fault)
        read()
    assert target.read_bytes() == b"content"

    proxy.next_calls("DELETE", fault)
    store.delete(f"{key}/artifact")
    assert list(store.list_keys(f"{key}/")) == []


def test_a_download_cut_in_the_middle_is_never_taken_for_the_whole(store, proxy, key, tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(hashlib.shake_256(b"seed").digest(3 << 20))
    store.put_artifact(key, source)

    proxy.next_calls("GET", cut_in_half)
    store.fetch_artifact(key, target)
    assert target.read_bytes() == source.read_bytes()

    proxy.next_calls("GET", cut_in_half)
    with pytest.raises(Unavailable):
        list(store.open_artifact(key))


@pytest.mark.parametrize("fault", [BUSY, NO_BACKEND, EMPTY, lose_the_request], ids=NAMES[:3] + NAMES[4:])
def test_faults_without_end_are_unavailable(object_store, proxy, key, fault, tmp_path):
    store = S3Store(object_store.s3.model_copy(update={"endpoint": proxy.address}), retry_seconds=0)
    for method, call in (
        ("GET", lambda: store.get_record(key)),
        ("GET", lambda: list(store.list_keys(key))),
        ("GET", lambda: store.fetch_artifact(key, tmp_path / "target")),
        ("PUT", lambda: store.create_record(key, {})),
        ("HEAD", lambda: store.artifact_etag(key)),
    ):
        proxy.next_calls(method, fault)
        with pytest.raises(Unavailable):
            call()


def test_a_missing_bucket_is_a_fault_and_not_a_missing_object(object_store, tmp_path):
    store = S3Store(object_store.s3.model_copy(update={"bucket": "not-made"}))

    for call in (
        lambda: store.get_record("key"),
        lambda: store.fetch_artifact("key", tmp_path / "target"),
    ):
        with pytest.raises(Unavailable):
            call()


def test_a_missing_artifact_is_not_found_behind_a_proxy_too(store, key):
    with pytest.raises(NotFound):
        store.artifact_etag(key)
