"""Over time: the runs that can be compared, how far the target has come closer, and what moved."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assessments.content import Target
from assessments.functions import ASPECTS
from assessments.library import Library
from assessments.progress import Point, Trend, point, progress, towards, trend
from pages.ui import charts, result_runs, shell, svg, tables, text, trend_figure
from pages.ui.result_reads import assessed
from pages.ui.shell import Visit
from pages.ui.trend_figure import Track
from program.runs import Run

FORMULA = (
    f"Progress = (now {text.MINUS} baseline) ÷ (target {text.MINUS} baseline); "
    "100% where the baseline was the target already; of one above it only whether the target is still met."
)
READINESS = "Readiness"


@dataclass(frozen=True)
class OverTime:
    """A run and those before it that can be compared. named: ids of the runs that are not anonymous."""

    trend: Trend
    now: Point
    named: frozenset[str]

    @property
    def before(self) -> Point | None:
        """The named run before a named one, for what moved; None without any."""
        earlier = [each for each in self.trend.points if each.run != self.now.run and each.run in self.named]
        return earlier[-1] if earlier and self.now.run in self.named else None


def up_to(visit: Visit, run: Run) -> OverTime:
    """Return the trend up to a run: of every readable run with answers that was opened before it."""
    earlier = [each for each in result_runs.answered(visit) if each.readable and each.opened_at <= run.opened_at]
    points = {each.id: _point(visit, each) for each in earlier}
    named = frozenset(each.id for each in earlier if not each.anonymous)
    return OverTime(trend(points.values()), points[run.id], named)


def headline(over: OverTime) -> str:
    """Return how readiness moved since the first run that can be compared."""
    now, points = over.now, over.trend.points
    if len(points) == 1:
        return "One run so far. The next one shows what moved."
    first = points[0]
    since = f"since “{first.name}”"
    if now.readiness is None or first.readiness is None:
        return f"{text.number(len(points))} runs can be compared, but readiness is not known in each."
    was, is_ = text.score(first.readiness), text.score_of(now.readiness)
    if text.score(now.readiness) == was:
        return f"Readiness stays at {was} {since}; {_most_moved(first, now)}."
    return f"Readiness {'rose' if now.readiness > first.readiness else 'fell'} from {was} to {is_} {since}."


def lead(over: OverTime) -> str:
    """Return what to keep in mind when reading, and from where progress counts."""
    baseline = over.trend.baseline
    if baseline is None:
        start = "There is no baseline yet: the first run that is closed becomes it."
    elif baseline.run == over.now.run:
        start = f"“{baseline.name}” is the baseline: the first closed run. Progress begins with the next."
    else:
        start = f"Progress counts from “{baseline.name}”, the first closed run."
    return f"{start} {over.trend.note}".strip()


def show(visit: Visit, over: OverTime, library: Library, target: Target) -> None:
    """Draw the runs, the progress to the target beside them, then what moved and which runs are left out."""
    figure, side = st.columns([8, 5], gap="large")
    with figure:
        title, unit = "Readiness, and the aspects as answered", "0 to 4; up to an open run, which still moves, dotted"
        if result_runs.ways("results.trend", title=title, unit=unit) == charts.TABLE:
            tables.show(figures(visit, over), key="results.trend")
        else:
            draw(visit, over, target)
    with side:
        shell.title(f"Progress to {target.name.lower()}", "Scores of 4, as answered; readiness is what counts")
        tables.show(reached(over, target), key="results.progress", download=False)
        shell.note(FORMULA)
    moved(over, library, target)
    left_out(over)


def draw(visit: Visit, over: OverTime, target: Target) -> None:
    """Draw readiness and the three aspects over the runs, the target as a line."""
    zone = visit.program.time_zone
    runs = [(each.name, _on(each, zone), each.closed_at is not None) for each in over.trend.points]
    tracks = [Track(READINESS, tuple(each.readiness for each in over.trend.points), "ink")]
    tracks += [Track(a.capitalize(), tuple(each.scores[a] for each in over.trend.points), a) for a in ASPECTS]
    drawing = trend_figure.drawing(runs, tracks, target=target.level, target_name=target.name, label=headline(over))
    svg.draw(drawing, key="results.trend", style=trend_figure.STYLE)


def figures(visit: Visit, over: OverTime) -> tables.Table:
    """Return the rows behind the figure: one per run."""
    columns = (
        tables.Column("Run"),
        tables.Column("Dates"),
        *(tables.Column(name, text.score, number=True) for name in (*map(str.capitalize, ASPECTS), READINESS)),
    )
    zone = visit.program.time_zone
    rows = tuple(
        (each.name, _on(each, zone), *(each.scores[aspect] for aspect in ASPECTS), each.readiness)
        for each in over.trend.points
    )
    return tables.Table(columns, rows, name="over_time")


def reached(over: OverTime, target: Target) -> tables.Table:
    """Return how far each aspect and readiness have come from the baseline to the target."""
    baseline, now = over.trend.baseline, over.now
    pairs = [(a.capitalize(), baseline.scores[a] if baseline else None, now.scores[a]) for a in ASPECTS]
    pairs.append((READINESS, baseline.readiness if baseline else None, now.readiness))
    heads = ("", "Baseline", "Now", "Target", "Progress")
    shows = (tables.plain, text.score, text.score, text.score, _reached)
    columns = tuple(tables.Column(*each, number=at > 0) for at, each in enumerate(zip(heads, shows, strict=True)))
    rows = tuple((name, was, is_, target.level, _progress(is_, was, target.level)) for name, was, is_ in pairs)
    return tables.Table(columns, rows, name="progress")


def moved(over: OverTime, library: Library, target: Target) -> None:
    """Draw which dimensions moved since the named run before, the largest change first."""
    before, now = over.before, over.now
    if before is None:
        return
    shell.title(f"What moved since “{before.name}”", "Median of each dimension, 0 to 4")
    changes = _changes(before, now)
    same = [library.dimension(id_).short_name.lower() for id_, change in changes.items() if not change]
    shown = {id_: change for id_, change in changes.items() if change}
    if shown:
        tables.show(_moved(shown, before, now, library, target), key="results.moved")
    if same:
        shell.note(f"Unchanged: {text.listed(same)}.")


def left_out(over: OverTime) -> None:
    """Name the runs that cannot be compared, each with the reason."""
    if not over.trend.left_out:
        return
    shell.title("Left out", "Runs that cannot stand beside this one")
    columns = (tables.Column("Run"), tables.Column("Why"))
    rows = tuple((each.point.name, each.reason) for each in over.trend.left_out)
    tables.show(tables.Table(columns, rows, name="left_out"), key="results.left_out", download=False)


def _progress(now: float | None, baseline: float | None, target: float) -> float | str | None:
    """The share of the way; from above the target there is no way, so only whether it is still met."""
    if now is not None and baseline is not None and baseline > target:
        return "met" if now >= target else "fell below"
    return progress(now, baseline, target)


def _reached(value: float | str | None) -> str:
    return value if isinstance(value, str) else text.percent(value)


def _point(visit: Visit, run: Run) -> Point:
    found = assessed(visit, run)[0]
    return point(found, run=run.id, name=run.name, form=run.form, opened=run.opened_at, closed=run.closed_at)


def _on(found: Point, zone: str) -> str:
    """The day a run was closed on; since when it is open."""
    if found.closed_at is None:
        return f"since {text.moment(found.opened_at, zone).split(',')[0]}"
    return text.moment(found.closed_at, zone).split(",")[0]


def _changes(before: Point, now: Point) -> dict[str, float]:
    pairs = {id_: (before.dimensions.get(id_), score) for id_, score in now.dimensions.items()}
    found = {id_: is_ - was for id_, (was, is_) in pairs.items() if was is not None and is_ is not None}
    return dict(sorted(found.items(), key=lambda pair: -abs(pair[1])))


def _most_moved(first: Point, now: Point) -> str:
    moved = [(abs(is_ - was), aspect, is_ - was) for aspect, is_, was in _pairs(first, now)]
    size, aspect, change = max(moved, default=(0.0, "", 0.0))
    if text.score(size) == text.score(0.0):
        return "no aspect moved"
    return f"{aspect} moved most, {text.number(change, decimals=1, signed=True)}"


def _pairs(first: Point, now: Point) -> Sequence[tuple[str, float, float]]:
    found = [(aspect, now.scores[aspect], first.scores[aspect]) for aspect in ASPECTS]
    return [(aspect, is_, was) for aspect, is_, was in found if is_ is not None and was is not None]


def _moved(changes: dict[str, float], before: Point, now: Point, library: Library, target: Target) -> tables.Table:
    aimed = {each.dimension: each for each in towards(now.dimensions, target, baseline=before.dimensions)}
    heads = ("Dimension", "Aspect", "Before", "Now", "Change", "To target")
    shows = (tables.plain, tables.plain, text.score, text.score, _change, _gap)
    columns = tuple(tables.Column(*each, number=at > 1) for at, each in enumerate(zip(heads, shows, strict=True)))
    rows = tuple(
        (
            tables.Cell(library.dimension(id_).short_name, "strong"),
            library.dimension(id_).aspect,
            before.dimensions[id_],
            now.dimensions[id_],
            tables.Cell(change, "good" if change > 0 else "act"),
            aimed[id_].gap,
        )
        for id_, change in changes.items()
    )
    return tables.Table(columns, rows, name="what_moved")


def _change(value: float) -> str:
    return f"{'✓' if value > 0 else '■'} {text.number(value, decimals=1, signed=True)}"


def _gap(value: float | None) -> str:
    return "met" if value == 0 else text.unavailable("no score") if value is None else text.number(-value, decimals=1)
