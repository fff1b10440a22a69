"""What the gateway adds to a unary call of about 1 kB: p50 and p99 through it and directly, in one run.

Service and gateway run in processes of their own, calls alternate between the two ways:
``python benchmarks/gateway_latency.py``.
"""

import asyncio
import tempfile
import time
from pathlib import Path

import grpc
import grpc.aio
import numpy as np

import mmm_local
from mmm.data.v1.data_service_pb2 import GetDatasetRequest
from mmm.data.v1.data_service_pb2_grpc import DataServiceStub
from mmm_client import Client
from mmm_local.description import load_description
from mmm_local.paths import StatePaths
from mmm_service.permissions import Role
from mmm_service.principal import PRINCIPAL_HEADER, SECRET_HEADER, Principal

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "examples" / "dt_simulated_weekly" / "dt_simulated_weekly.csv"
CALLS, WARM_UP = 2000, 200


async def measure(direct: str, through: str, secret: str, token: str, name: str) -> dict[str, np.ndarray]:
    """Milliseconds of alternating calls by way."""
    principal = Principal("benchmark", {"default": Role.ADMIN}).to_header()
    ways = {
        "direct": (direct, ((SECRET_HEADER, secret), (PRINCIPAL_HEADER, principal))),
        "gateway": (through, (("authorization", f"Bearer {token}"),)),
    }
    taken: dict[str, list[float]] = {way: [] for way in ways}
    channels = {way: grpc.aio.insecure_channel(address) for way, (address, _) in ways.items()}
    stubs = {way: DataServiceStub(channel) for way, channel in channels.items()}
    request = GetDatasetRequest(name=name)
    for _ in range(WARM_UP + CALLS):
        for way, (_, metadata) in ways.items():
            begun = time.perf_counter()
            await stubs[way].GetDataset(request, metadata=metadata)
            taken[way].append((time.perf_counter() - begun) * 1000)
    for channel in channels.values():
        await channel.close()
    return {way: np.array(times[WARM_UP:]) for way, times in taken.items()}


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="mmm-") as name:
        state_dir = Path(name) / "stack"
        stack = mmm_local.start(state_dir, with_ui=False)
        try:
            with Client(stack.address, stack.token) as client:
                dataset = client.upload(DATA)
            paths = StatePaths(state_dir.resolve())
            description = load_description(paths)
            secret = paths.gateway_secret.read_text(encoding="utf-8").strip()
            times = asyncio.run(
                measure(description.address("data"), stack.address, secret, stack.token, dataset.name)
            )
        finally:
            mmm_local.stop(state_dir)
    print(f"{CALLS} alternating GetDataset calls, answer {dataset.ByteSize()} bytes, milliseconds")
    for way, taken in times.items():
        print(f"{way:8} p50 {np.percentile(taken, 50):6.2f}  p99 {np.percentile(taken, 99):6.2f}")
    added = [np.percentile(times["gateway"], q) - np.percentile(times["direct"], q) for q in (50, 99)]
    print(f"added    p50 {added[0]:6.2f}  p99 {added[1]:6.2f}")


if __name__ == "__main__":
    main()
