"""What runs beside the calls: the loop that looks after unfinished fits."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mmm_fitting.reconcile import Reconciler
from mmm_fitting.settings import FittingSettings

log = logging.getLogger(__name__)


@asynccontextmanager
async def looking_after_fits(reconciler: Reconciler, settings: FittingSettings) -> AsyncIterator[None]:
    """Look after unfinished fits while the context is open."""
    ended = asyncio.Event()
    loop = asyncio.create_task(_repeat(reconciler, settings.poll_seconds, ended))
    try:
        yield
    finally:
        ended.set()
        await loop
        if settings.stop_workers_on_exit:
            await asyncio.to_thread(reconciler.stop_workers)


async def _repeat(reconciler: Reconciler, poll_seconds: float, ended: asyncio.Event) -> None:
    while not ended.is_set():
        try:
            await asyncio.to_thread(reconciler.step)
        except Exception:
            # Whatever it was, fits are not left alone for it.
            log.exception("looking after fits failed; trying again")
        try:
            await asyncio.wait_for(ended.wait(), poll_seconds)
        except TimeoutError:
            continue
