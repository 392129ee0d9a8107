"""What people typed, shown as they typed it: no markup, no color codes, no formulas, no links."""

import html
import re

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#~|$^&!=])")
_LINE_START = re.compile(r"^(\s*)([-+])|^(\s*\d+)([.)])", re.MULTILINE)
_WORD_JOINER = "\u2060"


def plain(value: object) -> str:
    """
    Return text that Streamlit's Markdown shows literally: for labels, captions, buttons and st.markdown.

    Backslashes keep Markdown, HTML and formulas away. Emoji and icon codes, arrows and bare addresses are replaced
    after Markdown has been read, so an invisible word joiner breaks those.
    """
    text = _MARKUP.sub(r"\\\1", str(value).replace("\0", ""))
    text = _LINE_START.sub(lambda found: _escaped_start(found.groups(default="")), text)
    text = text.replace(":", f"\\:{_WORD_JOINER}")
    text = re.sub(r"(?<=[-<])(?=-|\\>)", _WORD_JOINER, text)
    text = re.sub(r"(?i)(www)(?=\.)", rf"\1{_WORD_JOINER}", text)
    return text.replace("@", f"@{_WORD_JOINER}")


def _escaped_start(groups: tuple[str, ...]) -> str:
    indent, bullet, number, mark = groups
    return f"{indent}\\{bullet}" if bullet else f"{number}\\{mark}"


def markup(value: object) -> str:
    """Return text for HTML and SVG strings (st.html, components), in elements and in quoted attributes."""
    return html.escape(str(value).replace("\0", ""), quote=True)
