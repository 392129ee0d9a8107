"""The marks of the roadmap: a bar, its baseline and slack, a milestone, a link, and the words at a bar's end."""

from dataclasses import dataclass
from datetime import date

from pages.ui import svg, text
from pages.ui.gantt_axis import Axis

TOP = 8  # of the bar in its row
HEIGHT = 13
MIDDLE = TOP + HEIGHT / 2
BASELINE = 3.5
LEAST = 2  # px: a bar of one day on a long axis stays visible
REACH = 7.0
ARROW = 4.5
GAP = 8.0  # px before and behind the words at a bar's end
LETTER = 6.0  # px of one of them on average
LEAST_SLACK = 8.0  # px of slack that are seen as a line
PAGE, INK, GRAY = "var(--gw-page)", "var(--gw-ink)", "var(--gw-gray)"
DONE = "var(--gw-committed)"
WATCH_FROM = 10  # working days later than the baseline that are worth a color


@dataclass(frozen=True)
class Bar:
    """
    One activity on the axis; first and last day included.

    share: done, 0 to 1. slack_to: the day up to which it may slip without moving the end; None without slack.
    baseline: its first and last day as frozen. drift: working days later than that (earlier: negative), None without a
    baseline. milestone: it takes no time.
    """

    id: str
    name: str
    start: date
    finish: date
    share: float = 0.0
    done: bool = False
    critical: bool = False
    milestone: bool = False
    slack_to: date | None = None
    baseline: tuple[date, date] | None = None
    drift: int | None = None

    @property
    def late(self) -> bool:
        """Whether its drift is worth a color."""
        return self.drift is not None and self.drift > 0 and (self.critical or self.drift >= WATCH_FROM)

    @property
    def words(self) -> str:
        """What stands at its end: the last day, or that it is done."""
        return "✓ done" if self.done else text.day_short(self.finish)

    @property
    def drifted(self) -> str:
        """How far it is from the baseline, empty when it is not."""
        return f"{text.number(self.drift, signed=True)} d" if self.drift else ""


def bar(row: Bar, axis: Axis, y: float) -> str:
    """A row's baseline, slack and bar, or diamond."""
    parts = []
    if row.baseline:
        parts.append(_baseline(row, axis, y))
    if row.slack_to and not row.done:
        parts.append(_slack(row, axis, y))
    parts.append(_milestone(row, axis, y) if row.milestone else _bar(row, axis, y))
    return "".join(parts)


def ending(row: Bar, axis: Axis, y: float) -> str:
    """
    The words at the end of a row: its last day and how far that is from the baseline.

    They stand at the bar, so that the day is not read as one of the axis further on; behind slack that is too short to
    go on after them, they say that it ends then.
    """
    x, words = _edge(row, axis), row.words
    if row.slack_to and not row.done and not _goes_on(row, axis):
        x, words = max(x, axis.x(row.slack_to, after=True)), f"{'on' if row.milestone else 'ends'} {row.words}"
    tone = "watch strong" if row.late else "muted"
    more = f'<tspan dx="4" class="{tone}">{svg.escape(row.drifted)}</tspan>' if row.drifted and not row.done else ""
    where = svg.attributes(x=x + GAP, y=y + MIDDLE + 4.5, class_="halo muted num")
    return f"<text{where}>{svg.escape(words)}{more}</text>"


def arrow(before: Bar, after: Bar, kind: str, axis: Axis, from_y: float, to_y: float) -> str:
    """A link between two rows: down (or up) from one end, across, and into the other with a head."""
    down = to_y > from_y
    sx = _end(before, axis) if kind[0] == "F" else _begin(before, axis)
    inside = 0.0 if after.milestone else min(8.0, (_end(after, axis) - _begin(after, axis)) / 2)
    ex = _begin(after, axis) + inside if kind[1] == "S" else _end(after, axis) - inside
    sx = ex if abs(ex - sx) < ARROW else sx
    leave, reach = (REACH if each.milestone else HEIGHT / 2 for each in (before, after))
    sy = from_y + MIDDLE + (leave if down else -leave)
    ey = to_y + MIDDLE - (reach if down else -reach)
    turn = ey + (-8 if down else 8)
    tip = ey + (-ARROW if down else ARROW)
    line = svg.element(
        "path", d=f"M{sx:.1f},{sy:.1f}V{turn:.1f}H{ex:.1f}V{tip:.1f}", fill="none", stroke=INK, stroke_width=1.3
    )
    return line + svg.polygon([(ex - ARROW + 1, tip), (ex + ARROW - 1, tip), (ex, ey)], fill=INK)


def short(row: Bar, axis: Axis, today: date) -> str:
    """A row's bar over the whole width of a narrow place, in shares of the axis."""
    span = axis.room
    now = 100 * axis.x(today) / span
    parts = [
        _part(0, 100, "var(--gw-rule)", y=9, height=1),
        svg.element("line", x1=f"{now:.2f}%", x2=f"{now:.2f}%", y1=0, y2=26, stroke="var(--gw-act)", stroke_width=1.4),
    ]
    start, end = (100 * each / span for each in (_begin(row, axis), _end(row, axis)))
    color = INK if row.critical else GRAY
    if row.baseline:
        first, last = (100 * each / span for each in _baseline_ends(row, axis))
        parts.append(_part(first, last, GRAY, y=18, height=BASELINE))
    if row.milestone:
        fill = color if row.done else PAGE
        parts.append(
            f'<svg x="{start:.2f}%" y="9" overflow="visible">'
            f"{svg.polygon(_corners(0, 0), fill=fill, stroke=color, stroke_width=1.6)}</svg>"
        )
    else:
        parts.append(_part(start, end, PAGE, y=3, height=HEIGHT, stroke=color))
        parts.append(_part(start, start + (end - start) * row.share, INK if row.critical else DONE, y=3, height=HEIGHT))
    return f'<svg width="100%" height="26" aria-hidden="true">{"".join(parts)}</svg>'


def sample(*, critical: bool) -> str:
    """The bar of the key."""
    line, fill = (INK, INK) if critical else (GRAY, DONE)
    hollow = svg.element("rect", x=18, y=1, width=17, height=9, fill=PAGE, stroke=line, stroke_width=1.4)
    return _small(36, hollow + svg.element("rect", x=0, y=0.3, width=18, height=10.4, fill=fill))


def thin_sample() -> str:
    """The baseline of the key."""
    return _small(36, svg.element("rect", x=0, y=4, width=36, height=BASELINE, fill=GRAY))


def dotted_sample() -> str:
    """The slack of the key."""
    return _small(36, _dots(0, 34, 5.5))


def diamond_sample() -> str:
    """The milestone of the key."""
    return _small(14, svg.polygon(_corners(7, 5.5, reach=5), fill=PAGE, stroke=INK, stroke_width=1.4))


def _bar(row: Bar, axis: Axis, y: float) -> str:
    x, end = axis.x(row.start), _end(row, axis)
    color, solid = (INK, INK) if row.critical else (GRAY, DONE)
    wide = {"stroke_width": 1.6 if row.critical else 1.2}
    frame = svg.element("rect", x=x, y=y + TOP, width=end - x, height=HEIGHT, fill=PAGE, stroke=color, **wide)
    if row.share <= 0:
        return frame
    done = svg.element("rect", x=x, y=y + TOP, width=(end - x) * min(1.0, row.share), height=HEIGHT, fill=solid)
    return frame + done


def _milestone(row: Bar, axis: Axis, y: float) -> str:
    color = INK if row.critical else GRAY
    fill = (color if row.critical else DONE) if row.done else PAGE
    return svg.polygon(_corners(_end(row, axis), y + MIDDLE), fill=fill, stroke=color, stroke_width=1.6)


def _baseline(row: Bar, axis: Axis, y: float) -> str:
    first, last = _baseline_ends(row, axis)
    top = y + TOP + HEIGHT + 3
    return svg.element("rect", x=first, y=top, width=last - first, height=BASELINE, fill=GRAY)


def _baseline_ends(row: Bar, axis: Axis) -> tuple[float, float]:
    started, finished = row.baseline or (row.start, row.finish)
    first, last = axis.x(started), axis.x(finished, after=True)
    return (last - REACH, last + REACH) if row.milestone else (first, max(last, first + LEAST))


def _slack(row: Bar, axis: Axis, y: float) -> str:
    start = _words_end(row, axis) if _goes_on(row, axis) else _edge(row, axis)
    return _dots(start, axis.x(row.slack_to or row.finish, after=True), y + MIDDLE)


def _goes_on(row: Bar, axis: Axis) -> bool:
    """Whether the slack is seen behind the words at the bar's end."""
    return axis.x(row.slack_to or row.finish, after=True) >= _words_end(row, axis) + LEAST_SLACK


def _words_end(row: Bar, axis: Axis) -> float:
    words = f"{row.words} {row.drifted}" if row.drifted and not row.done else row.words
    return _edge(row, axis) + GAP + len(words) * LETTER + GAP


def _edge(row: Bar, axis: Axis) -> float:
    """Where a bar or a diamond ends to the eye."""
    return _end(row, axis) + (REACH if row.milestone else 0)


def _dots(x: float, end: float, y: float) -> str:
    if end <= x:
        return ""
    look = {"stroke": GRAY, "stroke_width": 1.4}
    dots = svg.element("line", x1=x + 1, x2=end, y1=y, y2=y, stroke_dasharray="1.4 3", **look)
    return dots + svg.element("line", x1=end, x2=end, y1=y - 4.5, y2=y + 4.5, **look)


def _begin(row: Bar, axis: Axis) -> float:
    """Where a bar begins: on the morning of its first day; a milestone is where it ends."""
    return _end(row, axis) if row.milestone else axis.x(row.start)


def _end(row: Bar, axis: Axis) -> float:
    """Where a bar ends: at the evening of its last day."""
    end = axis.x(row.finish, after=True)
    return end if row.milestone else max(end, axis.x(row.start) + LEAST)


def _corners(x: float, y: float, *, reach: float = REACH) -> list[tuple[float, float]]:
    return [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]


def _part(first: float, last: float, fill: str, *, y: float, height: float, stroke: str | None = None) -> str:
    wide = max(0.0, last - first)
    place = {"x": f"{first:.2f}%", "width": f"{wide:.2f}%", "y": y, "height": height}
    return svg.element("rect", **place, fill=fill, stroke=stroke, stroke_width=1.2 if stroke else None)


def _small(width: int, body: str) -> str:
    return f'<svg width="{width}" height="11" aria-hidden="true">{body}</svg>'
