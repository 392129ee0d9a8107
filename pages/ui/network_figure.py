"""The drawing of the influence network, its key, and the table with the same people."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.ui import charts, layout, shell, tables, text, theme
from pages.ui.network_sketch import FIRST, OTHER, SHAPES, Sketch, communities, function_word, option, sketch
from pages.ui.safe import markup
from program.network import Network
from program.typed_ties import TypedTie

__all__ = ["BY", "FIRST", "draw", "key_line", "sketch", "table", "told"]

SLOW = 300  # people from which on placing them is announced
HEIGHT = 560
WIDEST, NARROWEST = 1.7, 1.25  # the drawing's width by its height, where that takes
STRETCHED = 1.4  # at most so much of stretching
_CUT = {"circle": "border-radius:50%", "triangle": "clip-path:polygon(50% 0,100% 100%,0 100%)"}
_CUT |= {"diamond": "transform:rotate(45deg) scale(.8)", "roundRect": "border-radius:4px", "rect": ""}
_CHIP = "display:inline-block;box-sizing:border-box;width:12px;height:12px;vertical-align:-1px;margin-right:6px"
BY = ("function", "community")


def draw(
    network: Network,
    functions: Mapping[str, str | None],
    names: Mapping[str, str],
    ties: Sequence[TypedTie],
    *,
    key: str,
    alt: str,
    by: str = "function",
    title: str = "",
    unit_line: str = "",
) -> str | None:
    """
    Draw the network, or its table, whichever the reader chose; return the id of the person they picked, or None.

    functions, names: by the ids of the network's people. ties: those the network was made of. by: function or
    community, what color and shape stand for. alt: the figure's answer in a sentence.
    """
    words, place = st.columns([4, 1], vertical_alignment="bottom")
    with words:
        if title:
            shell.title(title, unit_line)
    with place.container(horizontal_alignment="right"):
        chosen = charts.switch(key)
    if chosen == charts.TABLE:
        tables.show(table(network, functions, names), key=key)
        return None
    everybody = len(network.people) > FIRST and st.toggle(
        f"Draw all {text.number(len(network.people))} people", key=f"{key}.everybody"
    )
    drawn = sketch(network, functions, ties, by=by, most=None if everybody else FIRST)
    shell.note(told(drawn, network))
    picked: Any = st.echarts_chart(
        option(drawn, names, _places(drawn)),
        theme=None,
        key=f"{key}.drawing",
        height=HEIGHT,
        on_select="rerun",
        alt=alt,
    )
    st.html(key_line(drawn))
    return _picked(picked, drawn)


def key_line(drawn: Sketch) -> str:
    """The line under the figure that says what color, shape, size, ring and dashes stand for, as HTML."""
    counted = Counter(drawn.of.values())
    marks = [*zip(drawn.groups, theme.CATEGORIES, SHAPES, strict=False)]
    if counted[OTHER]:
        marks.append((OTHER, theme.CATEGORIES[-1], "circle"))
    chips = [
        f'<span style="white-space:nowrap"><i style="{_CHIP};background:var(--gw-{color});{_CUT[shape]}"></i>'
        f'{markup(group)} <span style="color:var(--gw-muted)">{counted[group]}</span></span>'
        for group, color, shape in marks
    ]
    ring = f'<i style="{_CHIP};border:2.5px solid var(--gw-ink);border-radius:50%"></i>'
    chips.append(f"<span>{ring}without them, some are cut off</span>")
    if any(tie.kind == "blocks" for tie in drawn.ties):
        chips.append('<span><b style="letter-spacing:1px">- - |</b> blocks</span>')
    chips.append("<span>larger: more shortest ways lead through</span>")
    body = "".join(chips)
    return f'<div style="display:flex;flex-wrap:wrap;gap:6px 18px;font-size:.8125rem;color:var(--gw-ink)">{body}</div>'


def told(drawn: Sketch, network: Network) -> str:
    """Say who is drawn and who is not."""
    people, ties = len(drawn.people), len(drawn.ties)
    between = f"{text.plural(ties, 'tie', 'ties')} between them"
    if people == len(network.people):
        return f"{text.capital(text.plural(people, 'person', 'people'))}, {between}. A click picks somebody."
    return (
        f"The {text.number(people)} with the most influence of {text.number(len(network.people))} people are drawn, "
        f"with the {between}. The table has everybody."
    )


def table(network: Network, functions: Mapping[str, str | None], names: Mapping[str, str]) -> tables.Table:
    """
    Everybody in the network with every measure, those with the most influence first.

    The network is one of who listens to whom, so incoming ties are the people somebody influences.
    """
    group = communities(network)
    ranked = sorted(network.people, key=lambda each: (-each.betweenness, -each.degree, names.get(each.id, each.id)))
    return tables.Table(
        columns=(
            tables.Column("Who"),
            tables.Column("Function", tables.blank),
            tables.Column("Community", tables.blank),
            tables.Column("Influences, people", number=True),
            tables.Column("Influenced by, people", number=True),
            tables.Column("Betweenness", _figure(1), number=True),
            tables.Column("Closeness", _figure(2), number=True),
            tables.Column("Eigenvector", _figure(2), number=True),
            tables.Column("Constraint", _figure(2), number=True),
            tables.Column("Without them", tables.blank),
        ),
        rows=tuple(
            (
                tables.Cell(names.get(each.id, each.id), "strong"),
                _known(function_word(functions.get(each.id))),
                _known(group[each.id]),
                each.in_degree,
                each.out_degree,
                each.betweenness,
                each.closeness,
                each.eigenvector,
                each.constraint,
                "some are cut off" if each.cut_vertex else None,
            )
            for each in ranked
        ),
        name="influence",
    )


def _places(drawn: Sketch) -> dict[str, tuple[float, float]]:
    people = tuple(sorted(person.id for person in drawn.people))
    pairs = tuple(sorted({(tie.source, tie.target) for tie in drawn.ties}))
    if len(people) < SLOW:
        return _placed(people, pairs)
    with shell.working(f"Placing {text.number(len(people))} people by {text.number(len(pairs))} ties"):
        return _placed(people, pairs)


@st.cache_data(show_spinner=False, max_entries=64)
def _placed(people: tuple[str, ...], pairs: tuple[tuple[str, str], ...]) -> dict[str, tuple[float, float]]:
    """In pixels, for a drawing about 900 wide."""
    spots = layout.positions(people, pairs)
    xs, ys = zip(*spots.values(), strict=True)
    wide, high = max(max(xs) - min(xs), 1e-6), max(max(ys) - min(ys), 1e-6)
    stretch = min(max(wide / high, NARROWEST), WIDEST) * high / wide
    stretch = min(max(stretch, 1 / STRETCHED), STRETCHED)
    scale = 900 / max(wide * stretch, 1.0)
    return {who: (x * stretch * scale, y * scale) for who, (x, y) in spots.items()}


def _known(group: str) -> str | None:
    return None if group == OTHER else group


def _figure(decimals: int) -> Any:
    return lambda value: text.number(value, decimals=decimals)


def _picked(state: Any, drawn: Sketch) -> str | None:
    """Return the person whose mark was chosen last."""
    selection: Any = dict(state or {}).get("selection") or {}
    for found in selection.get("selected") or ():
        indices = found.get("data_indices") or ()
        if found.get("data_type") == "node" and indices and indices[-1] < len(drawn.people):
            return str(drawn.people[indices[-1]].id)
    return None
