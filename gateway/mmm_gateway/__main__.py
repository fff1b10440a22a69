"""Composition root of the gateway."""

import asyncio

from mmm_gateway.server import serve
from mmm_gateway.settings import GatewaySettings

if __name__ == "__main__":
    asyncio.run(serve(GatewaySettings()))
