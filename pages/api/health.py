"""/api/health: whether this installation works, for whoever watches it. No name, path or figure leaves by it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from program.store.engine import home
from program.store.migrate import schema_version
from program.values import NewerStore, Unavailable

ROOT = Path(__file__).resolve().parents[2]


async def health(_request: Request) -> JSONResponse:
    """200 when store and warehouse can be read, else 503; the body says which."""
    found = await run_in_threadpool(state)
    return JSONResponse(
        found, status_code=200 if found["status"] == "ok" else 503, headers={"cache-control": "no-store"}
    )


def state() -> dict[str, Any]:
    """The version and whether the store is reachable and the warehouse readable."""
    store, warehouse = _store_reachable(), _warehouse_readable()
    return {
        "status": "ok" if store and warehouse else "failing",
        "version": version(),
        "store": "reachable" if store else "unreachable",
        "warehouse": "readable" if warehouse else "unreadable",
    }


@cache
def version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def _store_reachable() -> bool:
    try:
        return schema_version() is not None
    except (NewerStore, Unavailable, OSError):
        return False


def _warehouse_readable() -> bool:
    """An installation without data has no warehouse yet: that is sound."""
    folder = home() / "warehouse"
    try:
        if folder.exists():
            for client in folder.iterdir():
                if client.is_dir():
                    next(client.iterdir(), None)
    except OSError:
        return False
    return True


ROUTES = [Route("/api/health", health, methods=["GET"])]
