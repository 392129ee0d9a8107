"""What must be true before the server starts. A start that would leave the door open is refused in one sentence."""

from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from pages.ui import signing


def check() -> None:
    """Raise SystemExit with one sentence when the settings would admit people who should not come in."""
    if reason := objection(
        address=config.get_option("server.address"),
        allowed_hosts=config.get_option("server.allowedHosts"),
        secrets_unreadable=_unreadable_secrets(),
        sign_in=signing.settings(),
        options=set(config._config_options_template),
    ):
        raise SystemExit(f"Groundwork did not start. {reason}")


def objection(
    *,
    address: str | None,
    allowed_hosts: list[str],
    secrets_unreadable: str | None,
    sign_in: dict[str, Any] | None,
    options: set[str],
) -> str | None:
    """Return why a start is refused, or None. `sign_in` is the [auth] section of the secrets, None without one."""
    if "runner.postScriptGC" not in options:
        return "This Streamlit has no option runner.postScriptGC any more; install the versions of requirements.txt."
    if secrets_unreadable:
        return f"The secrets file {secrets_unreadable} cannot be read as TOML, so sign-in cannot be set up."
    if sign_in is None:
        if is_loopback(address):
            return None
        return (
            f"It would listen on {address or 'every address'} of this machine and no sign-in is configured, so anybody "
            "who reaches it would be its owner; use 127.0.0.1, or configure [auth] in .streamlit/secrets.toml."
        )
    host = urlsplit(str(sign_in.get("redirect_uri") or "")).hostname
    if host is None:
        return "The [auth] section of the secrets has no redirect_uri."
    if not host_allowed(host, allowed_hosts):
        return f"The sign-in returns to {host}, which is not in server.allowedHosts; add it there."
    return None


def is_loopback(address: str | None) -> bool:
    """Whether an address or host name can only be reached from this machine. Unknown is not."""
    if not address:
        return False
    if address == "localhost":
        return True
    try:
        found = ip_address(address.strip("[]"))
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def host_allowed(host: str, allowed: list[str]) -> bool:
    """Whether a host name, without its port, is in the list; `*.example.com` allows subdomains, `*` all."""
    name = host.lower().strip("[]").rstrip(".")
    for entry in (each.lower().strip("[]") for each in allowed):
        if entry in ("*", name) or (entry.startswith("*.") and name.endswith(entry[1:])):
            return True
    return False


def _unreadable_secrets() -> str | None:
    files = [path for path in config.get_option("secrets.files") if Path(path).is_file()]
    return files[0] if files and not secrets_singleton.load_if_toml_exists() else None
