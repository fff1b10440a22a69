"""Following a fit across interruptions."""

from collections.abc import Callable, Iterator
from typing import Any

import grpc

from mmm.fitting.v1.fitting_pb2 import (
    FIT_STATE_CANCELLED,
    FIT_STATE_FAILED,
    FIT_STATE_SUCCEEDED,
    Fit,
)
from mmm_client.errors import Unavailable, api_errors
from mmm_client.resuming import INTERRUPTIONS, while_unavailable

FINAL_STATES = frozenset({FIT_STATE_SUCCEEDED, FIT_STATE_FAILED, FIT_STATE_CANCELLED})


def is_final(fit: Fit) -> bool:
    """Whether the fit has ended, well or not."""
    return fit.state in FINAL_STATES


def follow(open_stream: Callable[[], Any]) -> Iterator[Fit]:
    """Yield snapshots with a rising revision until a final state.

    A stream that breaks, or ends before the fit did because a server was replaced, is opened again. The
    server sends full snapshots, so nothing is missed by it.

    Parameters
    ----------
    open_stream : callable
        Starts the call; its iterator yields `Fit`.

    Raises
    ------
    ApiError
        When the server stays away, or refuses.
    """
    revision = -1
    while True:
        stream, first = _connect(open_stream)
        snapshot: Fit | None = first
        try:
            while snapshot is not None:
                if snapshot.revision > revision:
                    revision = snapshot.revision
                    yield snapshot
                if is_final(snapshot):
                    return
                with api_errors():
                    snapshot = next(stream, None)
        except INTERRUPTIONS:
            continue
        finally:
            stream.cancel()


def _connect(open_stream: Callable[[], Any]) -> tuple[Any, Fit]:
    """Open the stream and wait for its first snapshot, which proves that the server is there."""
    return while_unavailable()(lambda: _first(open_stream))


def _first(open_stream: Callable[[], Any]) -> tuple[Any, Fit]:
    with api_errors():
        stream = open_stream()
        snapshot = next(stream, None)
    if snapshot is None:
        raise Unavailable(grpc.StatusCode.UNAVAILABLE, "UNAVAILABLE", "The server ended the watch at once.")
    return stream, snapshot
