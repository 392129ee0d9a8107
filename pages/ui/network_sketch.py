"""What of the influence network is drawn, and as what: people by influence, marks by group, lines by tie."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessments.functions import FUNCTIONS
from pages.ui import plotting, theme
from program.network import Network, Person
from program.typed_ties import TypedTie

FIRST = 60  # people drawn before a reader asks for everybody
NAMED = 40  # people with a name beside their mark when more than FIRST are drawn
SIZES = {False: (12.0, 42.0), True: (4.0, 22.0)}  # px across, of few and of many
FAINT = {False: 0.55, True: 0.15}  # how strong a line is, among few and among many
SHAPES = ("circle", "rect", "triangle", "diamond", "roundRect")
OTHER = "Other"


@dataclass(frozen=True)
class Sketch:
    """What is drawn: the people by influence, their ties, and each one's group; groups in the order of colors."""

    people: tuple[Person, ...]
    ties: tuple[TypedTie, ...]
    of: dict[str, str]
    groups: tuple[str, ...]


def sketch(
    network: Network,
    functions: Mapping[str, str | None],
    ties: Sequence[TypedTie],
    *,
    by: str = "function",
    most: int | None = FIRST,
) -> Sketch:
    """Choose who is drawn: at most so many (None: all), those first through whom most shortest ways lead."""
    ranked = sorted(network.people, key=lambda each: (-each.betweenness, -each.degree, each.id))
    people = tuple(ranked if most is None else ranked[:most])
    shown = {person.id for person in people}
    of = communities(network) if by == "community" else {each: function_word(functions.get(each)) for each in shown}
    counted = Counter(of[person.id] for person in people)
    counted.pop(OTHER, None)
    groups = sorted(counted, key=lambda group: (-counted[group], group))
    colors = len(theme.CATEGORIES)
    if len(groups) + (OTHER in of.values()) > colors:  # the fifth color is a gray: kept for all others
        groups = groups[: colors - 1]
    return Sketch(
        people=people,
        ties=tuple(tie for tie in ties if tie.source in shown and tie.target in shown),
        of={person.id: of[person.id] if of[person.id] in groups else OTHER for person in people},
        groups=tuple(groups),
    )


def option(drawn: Sketch, names: Mapping[str, str], places: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """Return the figure as ECharts takes it. All text in it is shown literally."""
    of = {name: plotting.of(theme.mode(), name) for name in ("ink", "muted", "gray", "page", "interaction")}
    at = {person.id: number for number, person in enumerate(drawn.people)}
    named = len(drawn.people) if len(drawn.people) <= FIRST else NAMED
    many = len(drawn.people) > FIRST
    most = max((person.betweenness for person in drawn.people), default=0.0)
    return {
        "animation": False,
        "textStyle": {"fontFamily": "Source Sans, sans-serif"},
        "tooltip": {
            "formatter": "{b}",
            "confine": True,
            "backgroundColor": of["page"],
            "textStyle": {"color": of["ink"]},
        },
        "series": [
            {
                "type": "graph",
                "layout": "none",
                "roam": many,
                "preserveAspect": True,
                "selectedMode": "single",
                "left": 50,
                "right": 130,
                "top": 30,
                "bottom": 30,
                "label": {"show": False, "position": "bottom", "distance": 4, "fontSize": 13, "color": of["ink"]}
                | {"textBorderColor": of["page"], "textBorderWidth": 3, "width": 150, "overflow": "truncate"},
                "labelLayout": {"hideOverlap": True},
                "emphasis": {"focus": "adjacency", "label": {"show": True}},
                "select": {"itemStyle": {"borderColor": of["interaction"], "borderWidth": 4}, "label": {"show": True}},
                "lineStyle": {"color": of["gray"], "opacity": FAINT[many], "width": 1},
                "edgeSymbol": ["none", "none" if many else "arrow"],
                "edgeSymbolSize": [0, 8],
                "data": [
                    _node(person, drawn, names, places[person.id], most, of)
                    | ({"label": {"show": True}} if n < named else {})
                    for n, person in enumerate(drawn.people)
                ],
                "links": _links(drawn.ties, at, of["ink"]),
            }
        ],
    }


def communities(network: Network) -> dict[str, str]:
    """The community of each person, the largest first; Other for somebody alone."""
    named = enumerate(network.communities, start=1)
    return {who: f"Community {n}" if len(group) > 1 else OTHER for n, group in named for who in group}


def function_word(function: str | None) -> str:
    """What a function is called; Other for one that is not known."""
    return FUNCTIONS[function].name if function in FUNCTIONS else OTHER


def _node(
    person: Person,
    drawn: Sketch,
    names: Mapping[str, str],
    place: tuple[float, float],
    most: float,
    of: Mapping[str, str],
) -> dict[str, Any]:
    group = drawn.of[person.id]
    rank = drawn.groups.index(group) if group in drawn.groups else None
    color = plotting.of(theme.mode(), theme.CATEGORIES[-1 if rank is None else rank])
    share = person.betweenness / most if most else 0.0
    smallest, largest = SIZES[len(drawn.people) > FIRST]
    ring = (
        {"borderColor": of["ink"], "borderWidth": 2.5}
        if person.cut_vertex
        else {"borderColor": of["page"], "borderWidth": 1}
    )
    return {
        "id": person.id,
        "name": names.get(person.id, person.id),
        "x": round(place[0], 1),
        "y": round(place[1], 1),
        "symbol": "circle" if rank is None else SHAPES[rank],
        "symbolSize": round(smallest + (largest - smallest) * share**0.5, 1),
        "itemStyle": {"color": color, **ring},
    }


def _links(ties: Sequence[TypedTie], at: Mapping[str, int], ink: str) -> list[dict[str, Any]]:
    pairs = {(tie.source, tie.target) for tie in ties}
    links, many = [], len(at) > FIRST
    for tie in ties:
        line: dict[str, Any] = {"width": round(0.3 + 0.2 * tie.weight if many else 0.6 + 0.55 * tie.weight, 2)}
        if (tie.target, tie.source) in pairs:
            line["curveness"] = 0.12
        link: dict[str, Any] = {"source": at[tie.source], "target": at[tie.target], "lineStyle": line}
        if tie.kind == "blocks":
            line |= {"type": "dashed", "color": ink, "opacity": 2 * FAINT[many] if many else 0.8}
            link |= {"symbol": ["none", "rect"], "symbolSize": [0, [6, 1] if many else [16, 3]]}
        links.append(link)
    return links
