"""The doorkeeper on a real Starlette application: who is turned away, and what every answer carries."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from pages.ui import admission, deep_links, doorkeeper, headers, signing, sitemap

HOSTS = ["localhost", "127.0.0.1", "[::1]", "*.example.com"]
PROGRAM = "0123456789abcdef0123456789abcdef"


def scope(*, kind: str = "http", client: str = "127.0.0.1", scheme: str = "http", **extra: str) -> dict[str, Any]:
    given = {"host": "127.0.0.1:8501", **{name.replace("_", "-"): value for name, value in extra.items()}}
    return {
        "type": kind,
        "method": given.pop("method", "GET"),
        "path": given.pop("path", "/"),
        "scheme": {"http": "http", "websocket": "ws"}[kind] if scheme == "http" else scheme,
        "client": (client, 4711),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }


def refusal(asked: dict[str, Any], *, local: bool = True) -> doorkeeper.Refusal | None:
    return doorkeeper.refusal_of(asked, Headers(scope=asked), local=local, allowed_hosts=HOSTS)


@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_this_machine_comes_in(client: str) -> None:
    assert refusal(scope(client=client)) is None


@pytest.mark.parametrize("client", ["10.0.0.5", "192.168.1.2", "8.8.8.8", "::ffff:10.0.0.5", "fe80::1", "nobody", ""])
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_another_machine_does_not_come_in_without_sign_in(client: str, kind: str) -> None:
    found = refusal(scope(kind=kind, client=client, origin="http://127.0.0.1:8501"))
    assert found is not None
    assert found.status == 403


@pytest.mark.parametrize("name", ["x_forwarded_for", "forwarded", "x_real_ip", "via", "x_forwarded_host"])
@pytest.mark.parametrize("value", ["8.8.8.8", "127.0.0.1", "127.0.0.1, 8.8.8.8"])
def test_a_proxy_does_not_speak_for_this_machine(name: str, value: str) -> None:
    assert refusal(scope(**{name: value})) is not None


def test_with_sign_in_other_machines_knock() -> None:
    assert refusal(scope(client="10.0.0.5"), local=False) is None


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "[", "example.com", "xexample.com"],
)
def test_an_unknown_host_name_is_refused(host: str) -> None:
    found = refusal(scope(host=host))
    assert found is not None
    assert found.status == 400


@pytest.mark.parametrize("host", ["localhost:8501", "LOCALHOST", "127.0.0.1", "[::1]:8501", "team.example.com"])
def test_a_known_host_name_is_accepted_on_any_port(host: str) -> None:
    assert refusal(scope(host=host)) is None


def test_two_host_headers_are_refused() -> None:
    asked = scope()
    asked["headers"].append((b"host", b"localhost"))
    assert refusal(asked) is not None


OWN = "http://127.0.0.1:8501"
OTHERS = ["http://evil.example", "http://127.0.0.1:9999", "https://127.0.0.1:8501", "http://localhost:8501", "null", ""]


@pytest.mark.parametrize("origin", OTHERS)
def test_a_websocket_from_another_origin_is_refused(origin: str) -> None:
    assert refusal(scope(kind="websocket", origin=OWN)) is None
    assert refusal(scope(kind="websocket", origin=origin)) is not None


def test_a_websocket_without_an_origin_is_refused() -> None:
    assert refusal(scope(kind="websocket")) is not None


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_change_from_another_origin_is_refused(method: str) -> None:
    assert refusal(scope(method=method, origin=OWN)) is None
    assert refusal(scope(method=method)) is None
    for origin in OTHERS:
        assert refusal(scope(method=method, origin=origin)) is not None
    assert refusal(scope(method=method, sec_fetch_site="cross-site")) is not None
    assert refusal(scope(method=method, sec_fetch_site="same-site")) is not None


async def _ok(_request: Request) -> PlainTextResponse:
    response = PlainTextResponse("in", headers={"X-Frame-Options": "ALLOWALL"})
    response.set_cookie("_streamlit_xsrf", "1")
    response.set_cookie("already", "1", secure=True)
    return response


def ask(path: str, *, base: str = "http://127.0.0.1:8501", **given: Any) -> httpx.Response:
    inner = Starlette(routes=[Route("/{rest:path}", _ok, methods=["GET", "POST"])])
    door = httpx.ASGITransport(app=doorkeeper.Doorkeeper(inner), client=("127.0.0.1", 4711))

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=door, base_url=base) as client:
            return await client.request(given.pop("method", "GET"), path, **given)

    return asyncio.run(send())


@pytest.fixture
def with_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "settings", lambda: {"redirect_uri": "http://127.0.0.1:8501/oauth2callback"})


@pytest.mark.parametrize("path", ["/", "/budget", "/api/health", "/no/such/page", "/overview"])
def test_every_answer_carries_the_security_headers(path: str) -> None:
    answer = ask(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers.get_list("x-frame-options") == ["DENY"]
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "strict-transport-security" not in answer.headers


def test_a_refusal_carries_them_too_and_says_why() -> None:
    answer = ask("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert answer.text == "Groundwork is not known under this host name."
    assert "content-security-policy" in answer.headers


def test_scripts_run_only_from_here() -> None:
    policy = headers.content_security_policy()
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe-inline" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert scripts.count("'sha256-") == 1


def test_cookies_are_secure_over_https_only() -> None:
    plain = ask("/").headers.get_list("set-cookie")
    assert [cookie.lower().count("secure") for cookie in plain] == [0, 1]
    answer = ask("/", base="https://127.0.0.1:8501")
    assert [cookie.lower().count("secure") for cookie in answer.headers.get_list("set-cookie")] == [1, 1]
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_a_change_over_https_needs_an_https_origin() -> None:
    https = "https://127.0.0.1:8501"
    assert ask("/api/x", base=https, method="POST", headers={"origin": https}).status_code == 200
    assert ask("/api/x", base=https, method="POST", headers={"origin": OWN}).status_code == 403


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/overview", "/"),
        ("/overview?program=1", "/?program=1"),
        ("/plan/budget", "/budget"),
        ("/plan/budget?program=1", "/budget?program=1"),
        ("/budget/", "/budget"),
        ("/home/overview", "/"),
    ],
)
def test_a_mistaken_address_leads_to_the_page(path: str, leads_to: str) -> None:
    answer = ask(path)
    assert answer.status_code == 307
    assert answer.headers["location"] == leads_to


@pytest.mark.parametrize("path", ["/nothing", "/plan/nothing", "/budget/_stcore/health", "//evil.example/nothing"])
def test_an_unknown_page_is_not_found(path: str) -> None:
    assert ask(path).status_code == 404


def test_a_redirect_never_leaves_this_site() -> None:
    for path in ("//evil.example/budget", "/https://evil.example/budget", "/\\evil.example/budget"):
        assert deep_links.redirect_for(path) == "/budget"


@pytest.mark.usefixtures("with_sign_in")
@pytest.mark.parametrize("query", ["", f"?program={PROGRAM}"])
def test_a_deep_link_is_remembered_until_the_sign_in(query: str) -> None:
    asked = ask(f"/budget{query}").headers.get_list("set-cookie")
    remembered = next(cookie for cookie in asked if cookie.startswith(deep_links.COOKIE))
    assert "HttpOnly" in remembered
    assert "SameSite=Lax" in remembered
    cookie = remembered.partition(";")[0]
    back = ask("/", headers={"cookie": f"{cookie}; _streamlit_user=x"})
    assert back.status_code == 303
    assert back.headers["location"] == f"/budget{query}"
    assert 'gw_next=""' in back.headers["set-cookie"]
    assert ask("/", headers={"cookie": cookie}).status_code == 200


@pytest.mark.usefixtures("with_sign_in")
@pytest.mark.parametrize("value", ["https://evil.example", "//evil.example", "nothing", "budget?program=../x", ""])
def test_a_forged_cookie_leads_home(value: str) -> None:
    assert deep_links.returning(value) is None
    back = ask("/", headers={"cookie": f"gw_next={value}; _streamlit_user=x"})
    assert back.headers["location"] == "/"


def test_nothing_is_remembered_without_sign_in() -> None:
    assert not any(cookie.startswith(deep_links.COOKIE) for cookie in ask("/budget").headers.get_list("set-cookie"))


def test_every_page_of_the_sitemap_is_reachable() -> None:
    for entry in sitemap.PAGES[1:]:
        assert deep_links.exists(f"/{entry.url_path}")
        assert deep_links.redirect_for(f"/{entry.url_path}") is None


SIGN_IN = {"redirect_uri": "https://team.example.com/oauth2callback"}
OPTIONS = {"runner.postScriptGC"}


@pytest.mark.parametrize(
    ("address", "sign_in", "refused"),
    [
        ("127.0.0.1", None, False),
        ("localhost", None, False),
        ("::1", None, False),
        ("0.0.0.0", None, True),  # noqa: S104
        ("::", None, True),
        ("192.168.1.5", None, True),
        ("", None, True),
        (None, None, True),
        ("0.0.0.0", SIGN_IN, False),  # noqa: S104
        ("127.0.0.1", {"redirect_uri": "https://elsewhere.example/oauth2callback"}, True),
        ("127.0.0.1", {}, True),
    ],
)
def test_a_start_that_leaves_the_door_open_is_refused(
    address: str | None, sign_in: dict[str, Any] | None, refused: bool
) -> None:
    reason = admission.objection(
        address=address, allowed_hosts=HOSTS, secrets_unreadable=None, sign_in=sign_in, options=OPTIONS
    )
    assert (reason is not None) == refused


def test_an_unreadable_secrets_file_is_no_local_mode() -> None:
    reason = admission.objection(
        address="127.0.0.1", allowed_hosts=HOSTS, secrets_unreadable="secrets.toml", sign_in=None, options=OPTIONS
    )
    assert reason is not None
    assert "secrets.toml" in reason


def test_a_streamlit_without_the_hidden_option_is_refused() -> None:
    reason = admission.objection(
        address="127.0.0.1", allowed_hosts=HOSTS, secrets_unreadable=None, sign_in=None, options=set()
    )
    assert reason is not None
    assert "postScriptGC" in reason
