"""The security headers of every answer, and the Secure mark on cookies that travel over https."""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import streamlit

Header = tuple[bytes, bytes]

FIXED: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
HSTS: Header = (b"strict-transport-security", b"max-age=31536000")


@cache
def content_security_policy() -> str:
    """Only this server's own scripts run. The one inline script of Streamlit's page is allowed by its hash."""
    page = (Path(streamlit.__file__).parent / "static/index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in inline)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {hashes} 'wasm-unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' blob: data:",
            "worker-src 'self' blob:",
            "frame-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def secured(headers: Iterable[Header], *, https: bool) -> list[Header]:
    """An answer's headers with ours in place of any of the same name; cookies get Secure when it travels by https."""
    ours = [*FIXED, (b"content-security-policy", content_security_policy().encode()), *([HSTS] if https else [])]
    replaced = {name for name, _ in ours}
    kept = [(name, value) for name, value in headers if name.lower() not in replaced]
    return [*(_cookie(header) if https else header for header in kept), *ours]


def _cookie(header: Header) -> Header:
    name, value = header
    if name.lower() != b"set-cookie" or re.search(rb";\s*secure\b", value, re.IGNORECASE):
        return header
    return name, value + b"; Secure"
