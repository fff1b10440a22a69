"""Repetition of what gRPC cannot repeat by itself: uploads, downloads and watches."""

import logging

import tenacity

from mmm_client.errors import DeadlineExceeded, Unavailable

PATIENCE_SECONDS = 60.0
"""How long a server may be away before the client gives up."""

INTERRUPTIONS = (Unavailable, DeadlineExceeded)
"""Ends of a stream after which it is opened again."""

_log = logging.getLogger(__name__)


def while_unavailable() -> tenacity.Retrying:
    """Attempts with growing, jittered pauses for as long as the server is merely away."""
    return tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(Unavailable),
        wait=tenacity.wait_exponential_jitter(initial=0.2, max=5.0, jitter=0.2),
        stop=tenacity.stop_after_delay(PATIENCE_SECONDS),
        before_sleep=tenacity.before_sleep_log(_log, logging.INFO),
        reraise=True,
    )
