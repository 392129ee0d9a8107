"""Money as bars: actual is ink, committed gray, what is expected beyond them hatched, the plan a line."""

from dataclasses import dataclass
from decimal import Decimal

from pages.ui import svg, text

WIDTH = 1176
ROOM = 0.88
LETTER = 7.4
BETWEEN = 16
STYLE = """
.money {container-type:inline-size}
.money svg {width:100%;max-width:none}
.money .labels {position:relative;font-size:14px;line-height:1.5;color:var(--gw-muted);margin:6px 0 0;height:24px}
.money .labels span {position:absolute;white-space:nowrap}
.money .labels b {color:var(--gw-ink);font-weight:600;font-variant-numeric:tabular-nums}
.money .labels .watch b, .money .labels .watch {color:var(--gw-watch-text)}
.money .labels .short {display:none}
.money i {display:none;width:14px;height:10px;margin-right:6px;border:1px solid var(--gw-gray)}
.money .flow {height:auto;display:flex;flex-wrap:wrap;gap:2px 24px}
.money .flow span {position:static} .money .flow i {display:inline-block}
@container (max-width:760px) {
 .money .over {display:none} .money .labels .short {display:inline}
 .money .labels {height:auto;display:flex;flex-wrap:wrap;gap:2px 24px}
 .money .labels span {position:static} .money .labels i {display:inline-block}
}
"""
MINI = """
rect {stroke:var(--gw-gray);stroke-width:1} path {stroke:var(--gw-planned);stroke-width:2.5}
.a {fill:var(--gw-actual)} .c {fill:var(--gw-committed)} .f {fill:url(#gw-small)}
"""


@dataclass(frozen=True)
class MoneyBar:
    """
    Sums in one currency. planned, forecast: None where unknown. ending: what the forecast is called, where it is not
    only forecasts.
    """

    planned: Decimal | None
    committed: Decimal
    actual: Decimal
    forecast: Decimal | None
    currency: str
    ending: str = "Forecast"

    @property
    def expected(self) -> Decimal:
        """The forecast, or without one what is spent and ordered."""
        return self.actual + self.committed if self.forecast is None else self.forecast

    @property
    def over(self) -> Decimal | None:
        """
        How far the expected sum lies above the plan (below: negative).

        None without a plan, and without a forecast while nothing is over yet.
        """
        if self.planned is None or (self.forecast is None and self.expected <= self.planned):
            return None
        return self.expected - self.planned

    @property
    def top(self) -> Decimal:
        """The longest of its marks."""
        return max(self.actual + self.committed, self.expected, self.planned or Decimal(0))

    @property
    def sentence(self) -> str:
        """The bar in words."""
        sums = {"Actual": self.actual, "committed": self.committed, "planned": self.planned}
        sums[self.ending.lower()] = self.forecast
        return ", ".join(f"{name} {text.money_short(sums[name], self.currency)}" for name in sums) + "."


def bar(money: MoneyBar) -> str:
    """One bar over the whole width with its labels; style is STYLE."""
    top = money.top / Decimal(str(ROOM)) or Decimal(1)
    marks = _marks(money, top, y=8, height=22, reach=8)
    picture = f"<defs>{svg.hatch('gw-expected', 'var(--gw-forecast)')}</defs>{marks}{_overrun(money, top)}"
    image = f'<svg width="100%" height="38" role="img" aria-label="{svg.escape(money.sentence)}">{picture}</svg>'
    return f'<div class="money">{image}{_labels(money, top)}</div>'


def mini(money: MoneyBar, *, top: Decimal, width: int = 190) -> str:
    """
    A small bar for a row of a table that says its sums, after `patterns`; style is MINI.

    top: the longest bar of the table, so that rows compare.
    """
    scale = top * Decimal("1.04") or Decimal(1)
    booked = money.actual + money.committed
    ends = (("a", Decimal(0), money.actual), ("c", money.actual, booked), ("f", booked, money.expected))
    parts = [_small(name, start, end, scale, width) for name, start, end in ends]
    if money.planned is not None:
        parts.append(f'<path d="M{_pixels(money.planned, scale, width)} 0v22"/>')
    return f'<svg width="{width}" height="22" aria-hidden="true">{"".join(parts)}</svg>'


def patterns() -> str:
    """What the small bars of one drawing are filled with."""
    return (
        f'<svg width="0" height="0" aria-hidden="true"><defs>{svg.hatch("gw-small", "var(--gw-forecast)")}</defs></svg>'
    )


def _marks(money: MoneyBar, top: Decimal, *, y: int, height: int, reach: int) -> str:
    booked = money.actual + money.committed
    parts = [
        _part(Decimal(0), money.actual, top, y, height, "var(--gw-actual)"),
        _part(money.actual, booked, top, y, height, "var(--gw-committed)"),
        _part(booked, money.expected, top, y, height, "url(#gw-expected)"),
    ]
    if money.planned is not None:
        at = _percent(money.planned, top)
        line = {"y1": y - reach, "y2": y + height + reach, "stroke": "var(--gw-planned)", "stroke_width": 2.5}
        parts.append(svg.element("line", x1=at, x2=at, **line))
    return "".join(parts)


def _part(start: Decimal, end: Decimal, top: Decimal, y: int, height: int, fill: str) -> str:
    start = max(start, Decimal(0))
    if end <= start:
        return ""
    place = {"x": _percent(start, top), "width": _percent(end - start, top), "y": y, "height": height}
    return svg.element("rect", **place, fill=fill, stroke="var(--gw-gray)", stroke_width=1)


def _small(name: str, start: Decimal, end: Decimal, top: Decimal, width: int) -> str:
    start = max(start, Decimal(0))
    if end <= start:
        return ""
    x, wide = _pixels(start, top, width), _pixels(end - start, top, width)
    return f'<rect class="{name}" x="{x}" y="5" width="{wide}" height="12"/>'


def _pixels(amount: Decimal, top: Decimal, width: int) -> str:
    return f"{float(amount / top) * width:.1f}"


def _overrun(money: MoneyBar, top: Decimal) -> str:
    words = _over_words(money)
    tone = "watch strong" if money.over and money.over > 0 else "muted"
    style = "font-size:14px;transform:translateX(10px)"
    return f'<text x="{_percent(money.top, top)}" y="24" class="over {tone}" style="{style}">{svg.escape(words)}</text>'


def _over_words(money: MoneyBar) -> str:
    sign = "▲ " if money.over and money.over > 0 else ""
    return sign + text.money_short(money.over, money.currency, signed=True) if money.over else ""


def _labels(money: MoneyBar, top: Decimal) -> str:
    sums = [
        ("Actual", money.actual, Decimal(0), "background:var(--gw-actual)"),
        ("Committed", money.committed, money.actual, "background:var(--gw-committed)"),
        ("Planned", money.planned, money.planned or Decimal(0), "width:0;border-width:0 0 0 2.5px;height:14px"),
        (money.ending, money.forecast, money.expected, _HATCH),
    ]
    written = [(name, text.money_short(amount, money.currency), place, look) for name, amount, place, look in sums]
    starts = _spread([(float(place / top) * WIDTH, _wide(name, amount), name) for name, amount, place, _ in written])
    spans = "".join(
        f'<span{_tone(name, money)} style="left:{100 * starts.get(name, 0) / WIDTH:.2f}%"><i style="{look}"></i>'
        f"{name} <b>{svg.escape(amount)}</b>{_short_over(name, money)}</span>"
        for name, amount, _, look in written
    )
    return f'<div class="labels{"" if starts else " flow"}" aria-hidden="true">{spans}</div>'


_HATCH = "background:repeating-linear-gradient(45deg,var(--gw-forecast) 0 1.5px,transparent 1.5px 4px)"


def _spread(labels: list[tuple[float, float, str]]) -> dict[str, float]:
    """Where each label starts, the planned one ending at its line; empty when they do not fit side by side."""
    starts, free = {}, 0.0
    for place, wide, name in sorted(labels):
        start = place - wide if name == "Planned" else place
        starts[name] = max(start, free)
        free = starts[name] + wide + BETWEEN
        if abs(starts[name] - start) > wide or free - BETWEEN > WIDTH:
            return {}
    return starts


def _wide(name: str, amount: str) -> float:
    return LETTER * (len(name) + len(amount) + 1)


def _short_over(name: str, money: MoneyBar) -> str:
    """The overrun beside the last sum, for places too narrow for it beside the bar."""
    return f' <b class="short">{svg.escape(_over_words(money))}</b>' if name == money.ending and money.over else ""


def _tone(name: str, money: MoneyBar) -> str:
    return ' class="watch"' if name == money.ending and money.over is not None and money.over > 0 else ""


def _percent(amount: Decimal, top: Decimal) -> str:
    return f"{100 * amount / top:.3f}%"
