"""What happens once when the server starts, and beside it while it runs."""

import asyncio
import gc
import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from pages.ui import charts, signing
from pages.ui.first_owner import first_owner
from program.queries import members
from program.store.migrate import migrate
from program.values import Unavailable

log = logging.getLogger("groundwork.running")

COLLECT_EVERY_SECONDS = 60.0
RETRY_EVERY_SECONDS = 2.0


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Prepare the store, and keep garbage collection out of reruns. A store that is down is tried again."""
    ready = await asyncio.to_thread(_first)
    if "uvloop" not in sys.modules:
        send_small_messages_at_once()
    gc.collect()
    gc.freeze()
    beside = [asyncio.create_task(_collect())]
    if not ready:
        beside.append(asyncio.create_task(_prepare_later()))
    try:
        yield
    finally:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


def _first() -> bool:
    charts.warm()
    return prepare()


def prepare() -> bool:
    """Migrate the store and print the first owner's code when it is needed; False while the store is down."""
    try:
        migrate()
        if signing.configured() and not members.has_owner():
            code = first_owner.issue()
            print(f"Nobody owns this installation yet. One-time code for its first owner: {code}", flush=True)
    except Unavailable as problem:
        log.warning("the store is not ready, trying again: %s", problem)
        return False
    return True


async def _prepare_later() -> None:
    while not await asyncio.to_thread(prepare):
        await asyncio.sleep(RETRY_EVERY_SECONDS)


async def _collect() -> None:
    """Collect what was left behind, at its own time instead of after every rerun."""
    while True:
        await asyncio.sleep(COLLECT_EVERY_SECONDS)
        await asyncio.to_thread(gc.collect)


def send_small_messages_at_once() -> None:
    """Set TCP_NODELAY on accepted sockets where asyncio serves; uvloop does it by itself."""
    from asyncio import base_events

    def nodelay(sock: socket.socket) -> None:
        if sock.family in (socket.AF_INET, socket.AF_INET6) and sock.type == socket.SOCK_STREAM:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    base_events._set_nodelay = nodelay  # type: ignore[attr-defined]
