"""Addresses: which exist, where an old or mistaken one leads, and the one to return to after signing in."""

import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlencode

from pages.ui import sitemap

COOKIE = "gw_next"
SIGNED_IN_COOKIE = "_streamlit_user"
ACCOUNT = "account"
ADDRESSES = frozenset((*sitemap.ADDRESSES, ACCOUNT))
INVITED = "invited"
SERVED_PAGES = ADDRESSES | {INVITED}
SERVED = ("_stcore", "static", "media", "component", "api", "auth", "oauth2callback", "app")
_NEXT = re.compile(r"([a-z]+)(?:\?program=([0-9a-f]{32}))?")


def redirect_for(path: str) -> str | None:
    """Where a page's address leads instead: the default page lives at /, and pages have no folders."""
    parts = [part for part in path.split("/") if part]
    if not parts or parts[0] in SERVED or parts[-1] not in SERVED_PAGES or (len(parts) == 1 and path == f"/{parts[0]}"):
        return "/" if parts == [sitemap.DEFAULT.url_path] else None
    return "/" if parts[-1] == sitemap.DEFAULT.url_path else f"/{parts[-1]}"


def exists(path: str) -> bool:
    """Whether something is served at a path. A file at the top (favicon.png) is; an unknown page is not."""
    parts = [part for part in path.split("/") if part]
    if not parts or parts[0] in SERVED:
        return True
    return len(parts) == 1 and (parts[0] in SERVED_PAGES or "." in parts[0])


def cookies(header: str) -> dict[str, str]:
    """The cookies of a request; a header that is no cookie header has none."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def signed_in(found: dict[str, str]) -> bool:
    return any(name.startswith(SIGNED_IN_COOKIE) for name in found)


def remember(path: str, program_id: str | None) -> str | None:
    """The cookie value that leads back to a page and its program; None when the path is no page."""
    address = path.strip("/")
    if address not in ADDRESSES:
        return None
    value = f"{address}?{urlencode({'program': program_id})}" if program_id else address
    return value if _NEXT.fullmatch(value) else address


def returning(value: str | None) -> str | None:
    """The place a remembered cookie leads to; None unless it is one of our pages."""
    found = _NEXT.fullmatch(value or "")
    if found is None or found[1] not in ADDRESSES:
        return None
    place = "/" if found[1] == sitemap.DEFAULT.url_path else f"/{found[1]}"
    return f"{place}?program={found[2]}" if found[2] else place
