"""What people typed, shown as they typed it: no markup, no color codes, no formulas, no links."""

import html
import re

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#~|$^&!=:])")
_LINE_START = re.compile(r"^(\s*)([-+])|^(\s*\d+)([.)])", re.MULTILINE)
_REPLACED_LATER = re.compile(r"(?<=[-<>=~])(?=[-<>=])|(?<=[:@])|(?<=www)(?=\.)", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def plain(value: object) -> str:
    """
    Return text that Streamlit's Markdown shows literally: for labels, captions, buttons and st.markdown.

    Backslashes keep Markdown, HTML and formulas away. Emoji and icon codes, arrows and bare addresses are replaced
    after Markdown has been read, so an invisible word joiner parts those.
    """
    text = _REPLACED_LATER.sub(_WORD_JOINER, str(value).replace("\0", ""))
    text = _MARKUP.sub(r"\\\1", text)
    return _LINE_START.sub(lambda found: _escaped_start(found.groups(default="")), text)


def _escaped_start(groups: tuple[str, ...]) -> str:
    indent, bullet, number, mark = groups
    return f"{indent}\\{bullet}" if bullet else f"{number}\\{mark}"


def markup(value: object) -> str:
    """Return text for HTML and SVG strings (st.html, components), in elements and in quoted attributes."""
    return html.escape(str(value).replace("\0", ""), quote=True)
