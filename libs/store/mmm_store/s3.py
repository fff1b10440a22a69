"""The store on any S3-compatible endpoint, through the minio client."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from typing import Any

import urllib3
from minio import Minio
from minio.deleteobjects import DeleteObject
from minio.error import MinioException, S3Error
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random_exponential
from urllib3.exceptions import HTTPError

from mmm_core.errors import Conflict, NotFound, Unavailable
from mmm_store.encoding import decode, encode, new_writer_token
from mmm_store.settings import S3Settings
from mmm_store.store import CHUNK_BYTES, ArtifactInfo, Record

CONNECT_SECONDS, READ_SECONDS = 2.0, 30.0
RETRY_SECONDS = 10.0
POOL_SIZE = 32
PART_BYTES = 16 << 20
# What one call of the listing answers.
KEYS_PER_PAGE = 1000

# A missing bucket is a fault of the set-up, not a missing object.
_NO_BUCKET = "NoSuchBucket"
_MISSING = {"NoSuchKey", "NoSuchObject"}
# A conditional write was lost to another one: AWS answers 404 for If-Match on a missing key.
_LOST = {HTTPStatus.PRECONDITION_FAILED, HTTPStatus.NOT_FOUND}


class S3Store:
    """`mmm_store.store.Store` on S3.

    Parameters
    ----------
    settings : S3Settings
        Where it is.
    retry_seconds : float
        How long a call is repeated while the endpoint does not answer or asks for a repetition.
    """

    def __init__(self, settings: S3Settings, *, retry_seconds: float = RETRY_SECONDS) -> None:
        self._bucket = settings.bucket
        self._retry_seconds = retry_seconds
        self._client = Minio(
            settings.endpoint,
            access_key=settings.access_key.get_secret_value(),
            secret_key=settings.secret_key.get_secret_value(),
            secure=settings.secure,
            region=settings.region,
            # Repetition is in one place, here; the pool's own would repeat conditional writes blindly.
            http_client=urllib3.PoolManager(
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
                maxsize=POOL_SIZE,
                retries=False,
            ),
        )

    def ensure_bucket(self) -> None:
        """Make the bucket when it is missing."""

        def make() -> None:
            if not self._client.bucket_exists(self._bucket):
                self._client.make_bucket(self._bucket)

        self._repeat(make)

    def get_record(self, key: str) -> Record | None:
        """Read a record; None when there is none."""
        found = self._read(key)
        return None if found is None else found[0]

    def create_record(self, key: str, value: Mapping[str, Any]) -> Record:
        """Write a record that does not exist yet; raises `Conflict` when it does."""
        return self._write_if(key, value, {"If-None-Match": "*"})

    def replace_record(self, key: str, value: Mapping[str, Any], etag: str) -> Record:
        """Replace a record read before; raises `Conflict` when it has changed or is gone."""
        return self._write_if(key, value, {"If-Match": f'"{etag}"'})

    def delete(self, key: str) -> None:
        """Delete a record or an artifact; nothing happens when there is none."""
        self._repeat(lambda: self._client.remove_object(self._bucket, key))

    def delete_prefix(self, prefix: str) -> None:
        """Delete everything whose key begins with `prefix`."""
        doomed = [DeleteObject(key) for key in self.list_keys(prefix)]
        failures = self._repeat(lambda: list(self._client.remove_objects(self._bucket, iter(doomed))))
        if failures:
            raise Unavailable(f"{len(failures)} objects could not be deleted.")

    def list_keys(self, prefix: str, *, start_after: str = "") -> Iterator[str]:
        """Keys that begin with `prefix`, in the storage's order, after the key `start_after`."""
        page = self._page(prefix, start_after)
        while page:
            yield from page
            page = self._page(prefix, page[-1]) if len(page) == KEYS_PER_PAGE else []

    def put_artifact(self, key: str, source: Path) -> ArtifactInfo:
        """Store a file under a key nobody else writes."""
        with source.open("rb") as file:
            checksum = hashlib.file_digest(file, "sha256").hexdigest()
        size = source.stat().st_size
        self._repeat(lambda: self._client.fput_object(self._bucket, key, str(source), part_size=PART_BYTES))
        return ArtifactInfo(key, size, checksum)

    def artifact_etag(self, key: str) -> str:
        """Etag of an artifact; raises `NotFound`."""
        return _etag(self._repeat(lambda: self._client.stat_object(self._bucket, key), key=key).etag)

    def open_artifact(self, key: str) -> Iterator[bytes]:
        """Stream an artifact in chunks of at most 1 MiB; raises `NotFound` before the first one."""
        answer = self._repeat(lambda: self._client.get_object(self._bucket, key), key=key)
        with closing(answer), _translated(key):
            yield from answer.stream(CHUNK_BYTES)

    def fetch_artifact(self, key: str, target: Path) -> None:
        """Stream an artifact into a file; raises `NotFound`."""

        def fetch() -> None:
            with target.open("wb") as file, closing(self._client.get_object(self._bucket, key)) as answer:
                file.writelines(answer.stream(CHUNK_BYTES))

        self._repeat(fetch, key=key)

    def _page(self, prefix: str, start_after: str) -> list[str]:
        """Keys of one call, so that a call that fails is repeated from where the listing was."""

        def list_page() -> list[str]:
            found = self._client.list_objects(
                self._bucket, prefix=prefix, recursive=True, start_after=start_after or None
            )
            return [entry.object_name or "" for entry in islice(found, KEYS_PER_PAGE)]

        return self._repeat(list_page, key=prefix)

    def _read(self, key: str) -> tuple[Record, str] | None:
        """Read a record and the token of its writer."""

        def read() -> tuple[bytes, str] | None:
            try:
                with closing(self._client.get_object(self._bucket, key)) as answer:
                    return answer.read(), _etag(answer.headers.get("ETag"))
            except S3Error as error:
                if error.code in _MISSING:
                    return None
                raise

        found = self._repeat(read)
        if found is None:
            return None
        value, writer = decode(key, found[0])
        return Record(key, value, found[1]), writer

    def _write_if(self, key: str, value: Mapping[str, Any], condition: Mapping[str, str]) -> Record:
        """Write a record under a condition, exactly once.

        An attempt whose answer was lost may have taken effect, and its repetition is then refused: the
        token in the body tells whose write it was.
        """
        writer = new_writer_token()
        body = encode(value, writer)

        def put() -> str | None:
            try:
                return _etag(self._put_if(key, body, condition))
            except S3Error as error:
                if error.code != _NO_BUCKET and _status(error) in _LOST:
                    return None
                raise

        etag = self._repeat(put)
        if etag is not None:
            return Record(key, decode(key, body)[0], etag)
        current = self._read(key)
        if current is not None and current[1] == writer:
            return current[0]
        raise Conflict(f"{key!r} was written by somebody else in between.")

    def _put_if(self, key: str, body: bytes, condition: Mapping[str, str]) -> str | None:
        # The client has no public way to send a conditional header: `put_object(metadata=…)` would turn it
        # into user metadata and overwrite. A contract test trips when an upgrade changes this.
        result = self._client._put_object(self._bucket, key, body, headers=dict(condition))
        return result.etag

    def _repeat[T](self, call: Callable[[], T], *, key: str = "") -> T:
        """Call, and repeat while the endpoint is away or asks for it."""
        with _translated(key):
            return Retrying(
                retry=retry_if_exception(_is_passing),
                stop=stop_after_delay(self._retry_seconds),
                wait=wait_random_exponential(multiplier=0.05, max=1.0),
                reraise=True,
            )(call)


def _is_passing(error: BaseException) -> bool:
    """Whether a call may succeed when it is repeated."""
    if isinstance(error, S3Error):
        status = _status(error)
        return status == HTTPStatus.CONFLICT or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    # What is not an S3 answer came from a balancer in between. Faults of the local disk are not repeated.
    return isinstance(error, (HTTPError, MinioException))


@contextmanager
def _translated(key: str) -> Iterator[None]:
    """Turn the client's errors into the domain's."""
    try:
        yield
    except S3Error as error:
        if error.code in _MISSING:
            raise NotFound("object", key) from error
        raise Unavailable(f"The object storage refused the call ({error.code}).") from error
    except (HTTPError, MinioException) as error:
        raise Unavailable("The object storage does not answer.") from error


def _status(error: S3Error) -> int:
    return int(error.response.status)


def _etag(value: str | None) -> str:
    return (value or "").strip('"')
