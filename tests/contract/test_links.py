"""Links to artifacts on the real object storage, fetched by plain HTTP like any caller would."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import urllib3

from mmm_local.object_store import EmbeddedObjectStore
from mmm_store.links import Link, S3Links
from mmm_store.s3 import S3Store

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def key(object_store: EmbeddedObjectStore, tmp_path_factory: pytest.TempPathFactory) -> str:
    source = tmp_path_factory.mktemp("links") / "source"
    source.write_bytes(b"what was asked for")
    return S3Store(object_store.s3).put_artifact("contract/links/a b.bin", source).key


def _link(links: S3Links, key: str) -> Link:
    return links.link(key, file_name="report.html", media_type="text/html", lifetime=HOUR)


def _get(url: str) -> urllib3.BaseHTTPResponse:
    return urllib3.request("GET", url, retries=False)


def test_a_link_needs_no_credentials_and_saves_the_file_under_its_name(
    object_store: EmbeddedObjectStore, key: str
) -> None:
    before = datetime.now(UTC)

    link = _link(S3Links(object_store.s3), key)

    answer = _get(link.url)
    assert (answer.status, answer.data) == (200, b"what was asked for")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="report.html"'
    assert answer.headers["Content-Type"] == "text/html"
    assert timedelta(minutes=59) < link.expire_time - before <= HOUR


def test_a_link_past_its_time_is_refused(object_store: EmbeddedObjectStore, key: str) -> None:
    links = S3Links(object_store.s3, clock=lambda: datetime.now(UTC) - timedelta(hours=2))

    assert _get(_link(links, key).url).status == 403


@pytest.mark.parametrize(
    ("found", "replacement"),
    [("a%20b.bin", "other.bin"), ("X-Amz-Expires=3600", "X-Amz-Expires=86400"), ("report.html", "evil.html")],
)
def test_a_link_opens_nothing_but_what_it_was_made_for(
    object_store: EmbeddedObjectStore, key: str, found: str, replacement: str
) -> None:
    url = _link(S3Links(object_store.s3), key).url
    assert found in url

    assert _get(url.replace(found, replacement)).status == 403


def test_links_name_the_endpoint_that_callers_reach(object_store: EmbeddedObjectStore, key: str) -> None:
    inner = object_store.s3
    seen_from_outside = inner.endpoint.replace("127.0.0.1", "localhost")

    link = _link(S3Links(inner.model_copy(update={"public_endpoint": seen_from_outside})), key)

    assert urlsplit(link.url).netloc == seen_from_outside
    assert _get(link.url).data == b"what was asked for"


def test_links_may_be_encrypted_where_the_services_own_connection_is_not(
    object_store: EmbeddedObjectStore, key: str
) -> None:
    outside = {"public_endpoint": "files.example.com", "public_secure": True}

    link = _link(S3Links(object_store.s3.model_copy(update=outside)), key)

    assert link.url.startswith("https://files.example.com/")


def test_a_link_does_not_show_in_what_is_logged_of_it(object_store: EmbeddedObjectStore, key: str) -> None:
    link = _link(S3Links(object_store.s3), key)

    assert "X-Amz-Signature" in link.url
    assert "Signature" not in repr(link)
