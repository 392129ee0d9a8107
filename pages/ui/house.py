"""The house: mindset is the foundation, mechanism the frame, strategy the roof; level is height."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pages.ui import svg, tables, text

COURSES = 4
COURSE = 25
GAP = 6
TOP = 8
HEIGHT = COURSES * COURSE
MIDDLE = 189
CALLOUT = 414
HOUSE = 400
WIDTH = 700
PLACES = {"strategy": "roof", "mechanism": "frame", "mindset": "foundation"}
WIDTHS = {"strategy": 352, "mechanism": 296, "mindset": 372}

STYLE = """
.house {container-type:inline-size;max-width:700px}
.house .wide {display:flex} .house .shape {width:57.14%} .house .beside {width:42.86%}
.house .below {display:none}
@container (max-width:640px) {
 .house .beside {display:none} .house .lead {display:none}
 .house .shape {width:100%;max-width:400px}
 .house .below {display:grid;gap:12px;margin-top:16px}
}
.below p {margin:0;font-size:14px;line-height:1.4;color:var(--gw-muted)}
.below b {font-weight:600} .below .figure {font:400 30px/1.1 "Source Serif",Georgia,serif;color:var(--gw-ink)}
.below .watch {color:var(--gw-watch-text);font-weight:600}
.aspect-mindset {color:var(--gw-mindset-text)} .aspect-mechanism {color:var(--gw-mechanism-text)}
.aspect-strategy {color:var(--gw-strategy-text)}
"""


@dataclass(frozen=True)
class Floor:
    """One aspect in the house: what was answered (raw), what counts of it (capped), and the reason in words."""

    aspect: str
    name: str
    raw: float | None
    capped: float | None
    reason: str
    watch: bool = False

    @property
    def line(self) -> str:
        """The reason as it stands under the number: with what was answered, where less of it counts."""
        capped = self.raw is not None and self.raw != self.capped
        return f"{text.score(self.raw)} answered; {self.reason}" if capped else self.reason


@dataclass(frozen=True)
class House:
    """The three floors from above, strategy first, and the level aimed at."""

    floors: tuple[Floor, Floor, Floor]
    target: float | None
    target_name: str

    @property
    def sentence(self) -> str:
        """The house in words, with its six numbers: for those who cannot see it."""
        parts = [
            f"{floor.name}, the {PLACES[floor.aspect]}: {text.score_of(floor.capped)} counts, "
            f"{text.score(floor.raw)} answered; {floor.reason}."
            for floor in self.floors
        ]
        aim = f" Target {text.number(self.target)}, {self.target_name}." if self.target is not None else ""
        return " ".join(parts) + aim


@lru_cache(maxsize=64)
def drawing(house: House) -> str:
    """The house as SVG with callouts beside it, and the same callouts as HTML for narrow places; style is STYLE."""
    shapes = "".join(_floor(floor, at, house.target) for at, floor in enumerate(house.floors))
    ground = svg.element("line", x1=0, x2=378, y1=_top(3) + 1, y2=_top(3) + 1, stroke="var(--gw-ink)", stroke_width=2)
    callouts = "".join(_callout(floor, at, house.target) for at, floor in enumerate(house.floors))
    height = _top(3) + 44
    label = svg.escape(house.sentence)
    figure = f'<svg class="shape" viewBox="0 0 {HOUSE} {height}" role="img" aria-label="{label}">{_patterns()}{shapes}'
    figure += f"{ground}{_key(house)}</svg>"
    beside = f'<svg class="beside" viewBox="{HOUSE} 0 {WIDTH - HOUSE} {height}" aria-hidden="true">{callouts}</svg>'
    below = "".join(_below(floor) for floor in house.floors)
    narrow = f'<div class="below" aria-hidden="true">{below}</div>'
    return f'<div class="house"><div class="wide">{figure}{beside}</div>{narrow}</div>'


def table(floors: Sequence[Floor], *, target: float | None, bands: Mapping[str, str] | None = None) -> tables.Table:
    """The rows behind the house; bands: how far each answered score could move, in words, by aspect."""
    columns = [
        tables.Column("Aspect"),
        tables.Column("Counts", show=text.score, number=True),
        tables.Column("Answered", show=text.score, number=True),
        tables.Column("Target", show=text.score, number=True),
        tables.Column("Why"),
    ]
    rows = [[floor.name, floor.capped, floor.raw, target, floor.reason] for floor in floors]
    if bands is not None:
        columns.insert(3, tables.Column("With other people"))
        for row, floor in zip(rows, floors, strict=True):
            row.insert(3, bands.get(floor.aspect))
    return tables.Table(columns=tuple(columns), rows=tuple(map(tuple, rows)), name="house")


def _top(at: int) -> float:
    return TOP + at * (HEIGHT + GAP)


def _outline(aspect: str, top: float) -> list[tuple[float, float]]:
    half = WIDTHS[aspect] / 2
    foot = top + HEIGHT
    if aspect == "strategy":
        return [(MIDDLE, top), (MIDDLE + half, foot), (MIDDLE - half, foot)]
    return [(MIDDLE - half, top), (MIDDLE + half, top), (MIDDLE + half, foot), (MIDDLE - half, foot)]


def _floor(floor: Floor, at: int, target: float | None) -> str:
    top = _top(at)
    points = _outline(floor.aspect, top)
    name = f"gw-clip-{floor.aspect}"
    edge = {"fill": "none", "stroke": "var(--gw-gray)", "stroke_width": 1.25}
    dashed = {"stroke_dasharray": "4 3"} if floor.raw is None else {}
    filled = _height(floor.raw, top, f"url(#gw-hatch-{floor.aspect})")
    filled += _height(floor.capped, top, f"var(--gw-{floor.aspect})")
    joints = "".join(
        svg.element(
            "line",
            x1=0,
            x2=400,
            y1=top + HEIGHT - course * COURSE,
            y2=top + HEIGHT - course * COURSE,
            stroke="var(--gw-page)",
            stroke_width=1.5,
        )
        for course in range(1, COURSES)
    )
    inside = f'<clipPath id="{name}">{svg.polygon(points)}</clipPath><g clip-path="url(#{name})">{filled}{joints}</g>'
    outline = svg.polygon(points, **edge, **dashed)
    return inside + outline + ("" if target is None else _aim(floor.aspect, top, target))


def _height(level: float | None, top: float, fill: str) -> str:
    if not level:
        return ""
    tall = level * COURSE
    return svg.element("rect", x=0, y=top + HEIGHT - tall, width=400, height=tall, fill=fill)


def _edge(aspect: str, target: float) -> float:
    half = WIDTHS[aspect] / 2
    return MIDDLE + (half * (1 - target / COURSES) if aspect == "strategy" else half)


def _aim(aspect: str, top: float, target: float) -> str:
    y = top + HEIGHT - target * COURSE
    x = _edge(aspect, target)
    lead = svg.element("line", x1=x + 6, x2=CALLOUT - 10, y1=y, y2=y, stroke="var(--gw-rule)", class_="lead")
    return lead + svg.diamond(x, y)


def _callout(floor: Floor, at: int, target: float | None) -> str:
    middle = _top(at) + HEIGHT - (2 if target is None else target) * COURSE
    middle = min(max(middle, _top(at) + 36), _top(at) + HEIGHT - 40)
    name = f'<tspan class="strong" style="fill:var(--gw-{floor.aspect}-text)">{svg.escape(floor.name)}</tspan>'
    head = f'<text x="{CALLOUT}" y="{middle - 12:g}" style="font-size:15px">{name}'
    head += f'<tspan class="muted">, the {PLACES[floor.aspect]}</tspan></text>'
    unit = f'<tspan class="muted" font-size="15" style="font-family:var(--sans)" dx="4">of {COURSES}</tspan>'
    figure = f'<text x="{CALLOUT}" y="{middle + 19:g}"><tspan class="serif" font-size="30" style="font-size:30px">'
    figure += f"{text.score(floor.capped)}</tspan>{unit if floor.capped is not None else ''}</text>"
    tone = "watch strong" if floor.watch else "muted"
    mark = "▲ " if floor.watch else ""
    reason = svg.words(CALLOUT, middle + 41, mark + floor.line, class_=tone, style="font-size:14px")
    return head + figure + reason


def _below(floor: Floor) -> str:
    reason = (
        f'<span class="{"watch" if floor.watch else ""}">{"▲ " if floor.watch else ""}{svg.escape(floor.line)}</span>'
    )
    figure = f'<span class="figure">{text.score(floor.capped)}</span>' + (
        f" of {COURSES}" if floor.capped is not None else ""
    )
    name = f'<b class="aspect-{floor.aspect}">{svg.escape(floor.name)}</b>, the {PLACES[floor.aspect]}'
    return f"<p>{name}<br>{figure}<br>{reason}</p>"


def _patterns() -> str:
    aspects = "".join(svg.hatch(f"gw-hatch-{aspect}", f"var(--gw-{aspect})") for aspect in PLACES)
    return f"<defs>{aspects}{svg.hatch('gw-hatch-key', 'var(--gw-gray)')}</defs>"


def _key(house: House) -> str:
    y = _top(3) + 16
    box = {"y": y, "width": 20, "height": 13, "stroke": "var(--gw-gray)"}
    parts = [
        svg.element("rect", x=4, fill="var(--gw-gray)", **box),
        svg.words(30, y + 11, "counts", class_="muted"),
        svg.element("rect", x=88, fill="url(#gw-hatch-key)", **box),
        svg.words(114, y + 11, "answered, not yet counted", class_="muted"),
    ]
    if house.target is not None:
        aim = f"target {text.number(house.target)}, {house.target_name}"
        parts += [svg.diamond(285, y + 6.5, reach=6), svg.words(297, y + 11, aim, class_="muted")]
    return "".join(parts)
