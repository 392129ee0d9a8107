"""The one component that draws SVG: st.html strips it, and a component's markup is not sanitized."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.ui.safe import markup as escape

__all__ = ["attributes", "bare", "draw", "element", "escape", "hatch", "words"]

SHEET = """
:host, .root {color:var(--gw-ink);font-size:16px}
svg {display:block;max-width:100%;height:auto;overflow:visible}
text {font-family:inherit;fill:var(--gw-ink);font-size:13px}
.serif {font-family:"Source Serif",Georgia,serif}
.muted {fill:var(--gw-muted)} .strong {font-weight:600} .end {text-anchor:end} .middle {text-anchor:middle}
.good {fill:var(--gw-good-text)} .watch {fill:var(--gw-watch-text)} .act {fill:var(--gw-act-text)}
.num {font-variant-numeric:tabular-nums}
[data-pick] {cursor:pointer} [data-pick]:focus {outline:2px solid var(--gw-interaction);outline-offset:2px}
"""
_SCRIPT = """
export default function ({data, parentElement, setTriggerValue}) {
  const root = parentElement.querySelector(".root");
  if (root.drawn !== data) {
    const held = parentElement.activeElement ?? document.activeElement;
    const focus = held && root.contains(held) ? held.getAttribute("data-pick") : null;
    root.innerHTML = data;
    root.drawn = data;
    if (focus) root.querySelector(`[data-pick="${CSS.escape(focus)}"]`)?.focus({preventScroll: true});
  }
  const pick = (event) => {
    const mark = event.target.closest("[data-pick]");
    if (!mark || (event.type === "keydown" && event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    setTriggerValue("picked", mark.getAttribute("data-pick"));
  };
  root.onclick = pick;
  root.onkeydown = pick;
}
"""
_mount = st.components.v2.component("groundwork_svg", html='<div class="root"></div>', js=_SCRIPT)


def draw(drawing: str, *, key: str, style: str = "", on_pick: Callable[[str], None] | None = None) -> None:
    """
    Draw a string of SVG or HTML, in the fonts and colors of the page.

    drawing: every text in it has been through `escape`; colors are custom properties, var(--gw-ink).
    style: rules for it, beside those every drawing has; rules of the page do not reach into it.
    on_pick: called with the id of a mark that carries data-pick, tabindex and role, when it is clicked or entered.
    """
    data = f"<style>{SHEET}{style}</style>{drawing}"
    if on_pick is None:
        _mount(key=key, data=data)
        return
    chosen = on_pick
    _mount(key=key, data=data, on_picked_change=lambda: chosen(str(st.session_state[key]["picked"])))


def bare(width: float, height: float, body: str, *, label: str = "", fixed: bool = False) -> str:
    """An svg element; label makes it an image with that sentence, none makes it decoration."""
    role = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    size = f'width="{width:g}" height="{height:g}"' if fixed else f'style="width:100%;max-width:{width:g}px"'
    return f'<svg viewBox="0 0 {width:g} {height:g}" {size} {role} xmlns="http://www.w3.org/2000/svg">{body}</svg>'


def attributes(**values: object) -> str:
    """Attributes of an element; text_anchor becomes text-anchor, class_ becomes class, None is left out."""
    given = {name.rstrip("_").replace("_", "-"): value for name, value in values.items() if value is not None}
    return "".join(f' {name}="{_written(value)}"' for name, value in given.items())


def element(name: str, **values: object) -> str:
    """An element without content."""
    return f"<{name}{attributes(**values)}/>"


def words(x: float, y: float, text: object, **values: object) -> str:
    """A text at a place, escaped."""
    return f"<text{attributes(x=x, y=y, **values)}>{escape(text)}</text>"


def hatch(name: str, color: str, *, opacity: float = 0.62) -> str:
    """A pattern of lines at 45 degrees, 5 px apart: claimed or expected, not yet counted."""
    line = element("line", x1=0, y1=0, x2=0, y2=5, stroke=color, stroke_width=2.6, stroke_opacity=opacity)
    where = attributes(id=name, width=5, height=5, patternUnits="userSpaceOnUse", patternTransform="rotate(45)")
    return f"<pattern{where}>{line}</pattern>"


def polygon(points: Sequence[tuple[float, float]], **values: object) -> str:
    """A closed shape through some points."""
    return element("polygon", points=" ".join(f"{x:g},{y:g}" for x, y in points), **values)


def diamond(x: float, y: float, *, reach: float = 6.5) -> str:
    """The hollow diamond of a target."""
    corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
    return polygon(corners, fill="var(--gw-page)", stroke="var(--gw-ink)", stroke_width=1.6)


def _written(value: object) -> str:
    return f"{round(value, 3):g}" if isinstance(value, float) else escape(value)
