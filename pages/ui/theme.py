"""The palette, light and dark, and the style rules that Streamlit's theme cannot say."""

from functools import cache
from pathlib import Path

import streamlit as st

PALETTE: dict[str, tuple[str, str]] = {
    "page": ("#fbfaf7", "#14191e"),
    "surface": ("#f1efe9", "#1e252c"),
    "rule": ("#d9d5cb", "#38424b"),
    "grid": ("#e8e5dd", "#28313a"),
    "ink": ("#1d2730", "#e9e6df"),
    "muted": ("#59636d", "#a7afb7"),
    "gray": ("#6f7881", "#8a949d"),
    "interaction": ("#23404f", "#a9cede"),
    "on-interaction": ("#ffffff", "#14191e"),
    "mindset": ("#9a6212", "#c48f3c"),
    "mindset-text": ("#7d4f0c", "#e3b56d"),
    "mechanism": ("#2f6da8", "#5f9bd3"),
    "mechanism-text": ("#245688", "#97c3ea"),
    "strategy": ("#8a3b73", "#c079ac"),
    "strategy-text": ("#74305f", "#dfa8d0"),
    "resistant": ("#b5471f", "#ec8458"),
    "neutral": ("#77808a", "#8a949d"),
    "supportive": ("#3d7fb5", "#6fb0e6"),
    "leading": ("#0d4f86", "#c4e0f7"),
    "unaware": ("#6f7881", "#8a949d"),
    "actual": ("#1d2730", "#e9e6df"),
    "committed": ("#868f98", "#66717b"),
    "forecast": ("#6f7881", "#8a949d"),
    "planned": ("#1d2730", "#e9e6df"),
    "good": ("#1a7a4f", "#5cc48f"),
    "good-text": ("#14633f", "#7ed3a8"),
    "good-ground": ("#e6f2ea", "#14301f"),
    "watch": ("#a86400", "#e0a03c"),
    "watch-text": ("#824d00", "#ebb866"),
    "watch-ground": ("#fbefdb", "#352710"),
    "act": ("#b3261e", "#f08a80"),
    "act-text": ("#971f18", "#f5a79f"),
    "act-ground": ("#fbe9e6", "#3b1c19"),
    "category-1": ("#2f6da8", "#74aee3"),
    "category-2": ("#c9701c", "#f0a860"),
    "category-3": ("#6e2a63", "#c06fae"),
    "category-4": ("#1c9a83", "#2f9880"),
    "category-5": ("#5b646c", "#c3cad0"),
}
CATEGORIES = tuple(f"category-{number}" for number in range(1, 6))

DARK_ONLY = """
[data-testid^="stBaseButton-primary"], [data-testid^="stBaseButton-primary"] p {color:#14191e!important}
"""


def mode() -> str:
    """'dark' or 'light': what the reader's browser shows now; light until it has said so."""
    return "dark" if st.context.theme.type == "dark" else "light"


def color(name: str) -> str:
    """The color of a meaning in the reader's mode, for figures that cannot read custom properties."""
    return PALETTE[name][mode() == "dark"]


@cache
def _rules() -> str:
    return (Path(__file__).parent / "theme.css").read_text(encoding="utf-8")


@cache
def stylesheet(shown: str) -> str:
    """Custom properties --gw-<meaning> for one mode and the rules that use them."""
    dark = shown == "dark"
    properties = ";".join(f"--gw-{name}:{shades[dark]}" for name, shades in PALETTE.items())
    return f":root {{{properties}}}{_rules()}{DARK_ONLY if dark else ''}"


def dress() -> None:
    """Put the style rules on the page: once a run, by the router."""
    st.html(f"<style>{stylesheet(mode())}</style>")


@cache
def _wordmark(shown: str) -> str:
    drawing = (Path(__file__).parent / "wordmark.svg").read_text(encoding="utf-8")
    names = ("ink", "mindset", "mechanism", "strategy")
    return drawing.format(**{name: PALETTE[name][shown == "dark"] for name in names})


def wordmark() -> str:
    """The house and the name as one SVG of paths: an image in a page gets no web fonts."""
    return _wordmark(mode())
