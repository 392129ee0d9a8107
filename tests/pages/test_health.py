"""/api/health answers what a watcher needs, and nothing else."""

import asyncio
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from pages.api import health


def ask(method: str = "GET") -> httpx.Response:
    async def send() -> httpx.Response:
        inside = httpx.ASGITransport(app=Starlette(routes=health.ROUTES))
        async with httpx.AsyncClient(transport=inside, base_url="http://127.0.0.1") as client:
            return await client.request(method, "/api/health")

    return asyncio.run(send())


@pytest.mark.usefixtures("store")
def test_a_working_installation() -> None:
    answer = ask()
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "version": health.version(),
        "store": "reachable",
        "warehouse": "readable",
    }
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.usefixtures("home")
def test_06_a_store_that_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUNDWORK_DATABASE_URL", "postgresql://gw@127.0.0.1:9/none")
    answer = ask()
    assert answer.status_code == 503
    assert answer.json()["store"] == "unreachable"
    assert answer.json()["status"] == "failing"


@pytest.mark.usefixtures("home")
def test_a_store_that_was_never_migrated() -> None:
    assert ask().json()["store"] == "unreachable"


def test_a_warehouse_that_cannot_be_read(store: Path) -> None:
    (store / "warehouse").write_text("a file where a folder belongs", encoding="utf-8")
    answer = ask()
    assert answer.status_code == 503
    assert answer.json()["warehouse"] == "unreadable"
    assert str(store) not in answer.text


@pytest.mark.usefixtures("store")
def test_other_methods_are_refused() -> None:
    assert ask("POST").status_code == 405
