"""The outermost middleware: who may knock, under which name, and what every answer carries."""

import logging
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from pages.ui import deep_links, signing
from pages.ui.admission import host_allowed, is_loopback
from pages.ui.headers import secured

log = logging.getLogger("groundwork.door")

FORWARDING = ("x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-host")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
SCHEMES = {"ws": "http", "wss": "https"}


@dataclass(frozen=True)
class Refusal:
    """Why a request is turned away, in one sentence for whoever sent it."""

    status: int
    sentence: str


class Doorkeeper:
    """Checks client, Host and Origin of every request and connection, then sets headers and cookies on the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        https = _scheme(scope) == "https"

        async def send_secured(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept", "websocket.http.response.start"):
                message = {**message, "headers": secured(message.get("headers") or [], https=https)}
            await send(message)

        headers = Headers(scope=scope)
        refusal = refusal_of(
            scope, headers, local=not signing.configured(), allowed_hosts=config.get_option("server.allowedHosts")
        )
        if refusal is not None:
            log.warning("turned away (%s): %r from %r", refusal.sentence, scope["path"][:200], scope.get("client"))
            await _turn_away(refusal, scope, receive, send_secured)
            return
        other = _answer_instead(scope, headers) if scope["type"] == "http" else None
        if other is not None:
            await other(scope, receive, send_secured)
            return
        await self.app(scope, receive, _remembering(scope, headers, send_secured))


def refusal_of(scope: Scope, headers: Headers, *, local: bool, allowed_hosts: list[str]) -> Refusal | None:
    """Why a request may not come in, or None. In local mode only this machine may, and no proxy speaks for it."""
    if local and not _from_this_machine(scope, headers):
        return Refusal(403, "Without sign-in, Groundwork answers only to the machine it runs on.")
    hosts = headers.getlist("host")
    name = _host_name(hosts[0]) if len(hosts) == 1 else None
    if name is None or not host_allowed(name, allowed_hosts):
        return Refusal(400, "Groundwork is not known under this host name.")
    websocket = scope["type"] == "websocket"
    if websocket or scope["method"] not in SAFE_METHODS:
        origins = headers.getlist("origin")
        own = f"{_scheme(scope)}://{hosts[0].lower()}"
        if (websocket and not origins) or any(origin.lower() != own for origin in origins):
            return Refusal(403, "This request comes from another site.")
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return Refusal(403, "This request comes from another site.")
    return None


def _from_this_machine(scope: Scope, headers: Headers) -> bool:
    client = scope.get("client")
    return client is not None and is_loopback(client[0]) and not any(name in headers for name in FORWARDING)


def _host_name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _scheme(scope: Scope) -> str:
    return SCHEMES.get(scope["scheme"], str(scope["scheme"]))


def _answer_instead(scope: Scope, headers: Headers) -> Response | None:
    """Answer for the application: a redirect, or that there is no such page."""
    path = scope["path"]
    if scope["method"] not in SAFE_METHODS:
        return None
    if elsewhere := deep_links.redirect_for(path):
        query = scope["query_string"].decode("latin-1")
        return RedirectResponse(f"{elsewhere}?{query}" if query else elsewhere, status_code=307)
    if not deep_links.exists(path):
        return PlainTextResponse("There is no such page. Start at /.", status_code=404)
    cookies = deep_links.cookies(headers.get("cookie", ""))
    if path == "/" and deep_links.COOKIE in cookies and deep_links.signed_in(cookies):
        place = deep_links.returning(cookies[deep_links.COOKIE]) or "/"
        response = RedirectResponse(place, status_code=303)
        response.delete_cookie(deep_links.COOKIE, httponly=True, samesite="lax")
        return response
    return None


def _remembering(scope: Scope, headers: Headers, send: Send) -> Send:
    """Let the answer remember the page that somebody asked for before signing in."""
    if scope["type"] != "http" or scope["method"] != "GET" or not signing.configured():
        return send
    if deep_links.signed_in(deep_links.cookies(headers.get("cookie", ""))):
        return send
    program = parse_qs(scope["query_string"].decode("latin-1")).get("program", [None])[0]
    value = deep_links.remember(scope["path"], program)
    if value is None:
        return send

    async def send_remembering(message: Message) -> None:
        if message["type"] == "http.response.start":
            cookie = f"{deep_links.COOKIE}={value}; HttpOnly; Max-Age=600; Path=/; SameSite=Lax"
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return send_remembering


async def _turn_away(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(refusal.sentence, status_code=refusal.status)(scope, receive, send)
