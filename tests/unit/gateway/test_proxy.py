"""What a caller is told of a call that failed on its way to a service."""

import grpc
import grpc.aio

from mmm_gateway.proxy import meant
from mmm_local.description import LOOPBACK, unused_port


async def test_a_message_that_could_not_be_sent_means_that_the_service_is_away():
    async with grpc.aio.insecure_channel(f"{LOOPBACK}:{unused_port(set())}") as channel:
        call = channel.stream_stream("/mmm.fitting.v1.FittingService/WatchFit")()
        # gRPC does this itself when a write fails before the broken connection is known.
        call._cython_call.set_internal_error("the connection is gone")

        assert await call.code() is grpc.StatusCode.INTERNAL
        assert meant(await call.code(), await call.details()) is grpc.StatusCode.UNAVAILABLE


def test_a_fault_of_the_service_stays_one():
    assert meant(grpc.StatusCode.INTERNAL, "Exception deserializing request!") is grpc.StatusCode.INTERNAL
