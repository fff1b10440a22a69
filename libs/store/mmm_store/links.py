"""Links by which whoever has them can read one artifact for a while, without any other credentials.

Not a part of `mmm_store.store.Store`: only a storage that speaks HTTP to callers can give links.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from minio import Minio

from mmm_core.records import now
from mmm_store.settings import S3Settings


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an artifact.

    Attributes
    ----------
    url : str
        A secret: it is not part of the representation, so that no log shows it.
    expire_time : datetime
        When it stops to work.
    """

    url: str = field(repr=False)
    expire_time: datetime


class Links(Protocol):
    """What gives links to artifacts."""

    def link(self, key: str, *, file_name: str, media_type: str, lifetime: timedelta) -> Link:
        """Link to an artifact.

        Parameters
        ----------
        key : str
            Where the artifact is; not looked up.
        file_name : str
            Under which browsers save it; plain ASCII without quotes.
        media_type : str
            What browsers are told that it is.
        lifetime : timedelta
            How long the link works; whole seconds.
        """
        ...


class S3Links:
    """`Links` to S3, signed for the endpoint that callers reach (AWS Signature Version 4).

    Signing is arithmetic on the credentials: nothing is sent to the storage.

    Parameters
    ----------
    settings : S3Settings
        Where the storage is.
    clock : callable
        Gives the time at which links begin to work.
    """

    def __init__(self, settings: S3Settings, clock: Callable[[], datetime] = now) -> None:
        self._bucket = settings.bucket
        self._clock = clock
        self._client = Minio(
            settings.public_endpoint or settings.endpoint,
            access_key=settings.access_key.get_secret_value(),
            secret_key=settings.secret_key.get_secret_value(),
            secure=settings.secure if settings.public_secure is None else settings.public_secure,
            region=settings.region,
        )

    def link(self, key: str, *, file_name: str, media_type: str, lifetime: timedelta) -> Link:
        """Link to an artifact."""
        moment = self._clock().replace(microsecond=0)
        url = self._client.presigned_get_object(
            self._bucket,
            key,
            expires=lifetime,
            response_headers={
                "response-content-disposition": f'attachment; filename="{file_name}"',
                "response-content-type": media_type,
            },
            request_date=moment,
        )
        return Link(url, moment + lifetime)
