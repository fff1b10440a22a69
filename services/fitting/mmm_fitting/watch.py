"""Follow a fit."""

import asyncio
from collections.abc import AsyncGenerator

from mmm_core.names import FitName
from mmm_fitting.domain import FitView
from mmm_fitting.records import read_view
from mmm_store.store import Store


async def watch(store: Store, name: FitName, poll_seconds: float) -> AsyncGenerator[FitView]:
    """Yield the fit as it stands, again whenever it has changed, until it has ended.

    A slow reader gets the latest state, not every state. Raises `NotFound`.
    """
    seen = -1
    while True:
        view = await asyncio.to_thread(read_view, store, name)
        if view.revision > seen:
            seen = view.revision
            yield view
        if view.state.is_final:
            return
        await asyncio.sleep(poll_seconds)
