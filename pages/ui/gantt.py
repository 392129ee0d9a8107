"""The roadmap as a drawing: done is solid, to do is hollow, the baseline a thin bar, slack dotted, critical in ink."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pages.ui import gantt_axis, gantt_marks, svg, text
from pages.ui.gantt_axis import Axis
from pages.ui.gantt_marks import Bar
from pages.ui.safe import markup

HEAD = 48  # room for the months and for today
ROW = 33
GROUP = 30
BETWEEN = 12  # over a group, but the first
FOOT = 8
WIDTH = 950
LABELS = 226
STYLE = """
.gantt {container-type:inline-size}
.gantt .wide {display:flex;overflow-x:auto;padding-bottom:2px}
.gantt .labels {position:sticky;left:0;z-index:1;flex:0 0 226px;background:var(--gw-page);margin:0;padding:0}
.gantt .labels > * {box-sizing:border-box;display:block;width:214px;margin:0;padding:0;text-align:left;
 white-space:nowrap;overflow:hidden;text-overflow:ellipsis;font-size:14.5px}
.gantt .labels button, .gantt .list button {all:unset;box-sizing:border-box;cursor:pointer;color:var(--gw-ink)}
.gantt .labels button {display:block;width:214px;height:33px;line-height:33px;font-size:14.5px;overflow:hidden;
 text-overflow:ellipsis;white-space:nowrap}
.gantt button:hover {text-decoration:underline}
.gantt button:focus-visible {outline:2px solid var(--gw-interaction);outline-offset:-2px}
.gantt .labels button.critical, .gantt .list button.critical {font-weight:600}
.gantt .group {font-weight:600;color:var(--gw-muted)}
.gantt .group i {display:inline-block;width:10px;height:10px;margin-right:8px;background:var(--gw-gray)}
.gantt .group.mindset {color:var(--gw-mindset-text)} .gantt .group.mindset i {background:var(--gw-mindset)}
.gantt .group.mechanism {color:var(--gw-mechanism-text)} .gantt .group.mechanism i {background:var(--gw-mechanism)}
.gantt .group.strategy {color:var(--gw-strategy-text)} .gantt .group.strategy i {background:var(--gw-strategy)}
.gantt .figure svg {max-width:none}
.gantt text.halo {paint-order:stroke;stroke:var(--gw-page);stroke-width:4px;stroke-linejoin:round}
.gantt .key {display:flex;flex-wrap:wrap;gap:4px 28px;font-size:13px;color:var(--gw-muted);margin:10px 0 0;padding:0}
.gantt .key span {display:inline-flex;align-items:center;gap:8px}
.gantt .list {display:none;margin:0;padding:0}
.gantt .list p {margin:0 0 14px;font-size:14px;color:var(--gw-muted)}
.gantt .list h2 {font-size:15px;margin:16px 0 8px;padding:0}
.gantt .list button {display:block;min-height:32px;font-size:15px;line-height:1.35}
.gantt .list svg {height:26px}
.gantt .late {color:var(--gw-watch-text);font-weight:600}
@container (max-width:640px) {
 .gantt .wide {display:none} .gantt .list {display:block}
 .gantt .list button {min-height:44px;display:flex;align-items:end}
}
"""


@dataclass(frozen=True)
class Group:
    """Activities under a common head. tone: an aspect, or "" for none."""

    name: str
    bars: tuple[Bar, ...]
    tone: str = ""


@dataclass(frozen=True)
class Arrow:
    """A link that holds up the end. kind: FS, SS, FF or SF, as in program/schedule.py."""

    predecessor: str
    successor: str
    kind: str = "FS"


@dataclass(frozen=True)
class Gantt:
    """What is drawn: groups in their order, the links of the critical path, and today."""

    groups: tuple[Group, ...]
    arrows: tuple[Arrow, ...]
    today: date

    @property
    def bars(self) -> list[Bar]:
        return [bar for group in self.groups for bar in group.bars]


def drawing(plan: Gantt, *, label: str, width: int = WIDTH) -> str:
    """The roadmap as HTML and SVG for svg.draw with STYLE; label: its answer as a sentence; width: beside the names."""
    rows = dict(_rows(plan.groups))
    height = max(rows.values(), default=HEAD) + ROW + FOOT
    axis = gantt_axis.axis(days(plan), width=width)
    parts = [
        gantt_axis.months(axis, top=HEAD - 14, bottom=height),
        *(gantt_marks.bar(bar, axis, rows[bar.id]) for bar in plan.bars),
        gantt_axis.today(axis, plan.today, top=HEAD - 22, bottom=height),
        gantt_axis.names(axis, y=HEAD - 12),
        *_arrows(plan, axis, rows),
        *(gantt_marks.ending(bar, axis, rows[bar.id]) for bar in plan.bars),
    ]
    picture = svg.bare(width, height, "".join(parts), label=label, fixed=True)
    wide = f'<div class="wide">{_labels(plan)}<div class="figure" style="flex:0 0 {width}px">{picture}</div></div>'
    return f'<div class="gantt">{wide}{_list(plan, axis)}{_key(plan)}</div>'


def days(plan: Gantt) -> list[date]:
    """Every day that the axis must hold."""
    found = [plan.today]
    for bar in plan.bars:
        found += [bar.start, bar.finish, *(bar.baseline or ()), *((bar.slack_to,) if bar.slack_to else ())]
    return found


def _rows(groups: Sequence[Group]) -> Iterator[tuple[str, float]]:
    """The top of each bar's row."""
    y = float(HEAD)
    for at, group in enumerate(groups):
        y += (BETWEEN if at else 0) + (GROUP if group.name else 0)
        for bar in group.bars:
            yield bar.id, y
            y += ROW


def _arrows(plan: Gantt, axis: Axis, rows: dict[str, float]) -> Iterator[str]:
    by_id = {bar.id: bar for bar in plan.bars}
    for arrow in plan.arrows:
        if arrow.predecessor in by_id and arrow.successor in by_id:
            ends = by_id[arrow.predecessor], by_id[arrow.successor]
            yield gantt_marks.arrow(*ends, arrow.kind, axis, rows[arrow.predecessor], rows[arrow.successor])


def _labels(plan: Gantt) -> str:
    parts = [f'<div style="height:{HEAD}px"></div>']
    for at, group in enumerate(plan.groups):
        if group.name:
            height = GROUP + (BETWEEN if at else 0)
            look = f"height:{height}px;padding-top:{height - GROUP + 5}px"
            head = f"<i></i>{markup(group.name)}"
            parts.append(f'<div class="group {markup(group.tone)}" style="{look}">{head}</div>')
        parts += [_button(bar) for bar in group.bars]
    return f'<div class="labels">{"".join(parts)}</div>'


def _button(bar: Bar) -> str:
    name, tone = markup(bar.name), ' class="critical"' if bar.critical else ""
    said = markup(f"{sentence(bar)} Why")
    return (
        f'<button type="button" data-pick="{markup(bar.id)}"{tone} title="{name}" aria-label="{said}">{name}</button>'
    )


def sentence(bar: Bar) -> str:
    """An activity in words: its days, how much is done, whether it decides the end, and the baseline."""
    when = text.day(bar.finish) if bar.milestone else f"{text.day(bar.start)} to {text.day(bar.finish)}"
    state = "done" if bar.done else f"{text.percent(bar.share)} done"
    if bar.milestone and not bar.done:
        state = "milestone"
    parts = [when, state]
    if bar.critical:
        parts.append("critical")
    if bar.drift:
        parts.append(f"{text.days(abs(bar.drift))} {'later' if bar.drift > 0 else 'earlier'} than the baseline")
    return f"{bar.name}: {', '.join(parts)}."


def _list(plan: Gantt, axis: Axis) -> str:
    """The same rows for places too narrow for the axis: a name, a bar over the whole width, and the dates."""
    parts = []
    for group in plan.groups:
        if group.name:
            parts.append(f'<h2 class="group {markup(group.tone)}"><i></i>{markup(group.name)}</h2>')
        for bar in group.bars:
            tone = ' class="critical"' if bar.critical else ""
            drifted = f' <span class="{"late" if bar.late else ""}">{markup(bar.drifted)}</span>' if bar.drifted else ""
            when = "" if bar.milestone or bar.done else f"{text.day_short(bar.start)} to "
            name = f'<button type="button" data-pick="{markup(bar.id)}"{tone}>{markup(bar.name)}</button>'
            parts.append(f"{name}{gantt_marks.short(bar, axis, plan.today)}<p>{when}{markup(bar.words)}{drifted}</p>")
    return f'<div class="list">{"".join(parts)}</div>'


def _key(plan: Gantt) -> str:
    """One line that names the marks, only those that are drawn."""
    bars = plan.bars
    marks = [
        (any(bar.critical for bar in bars), gantt_marks.sample(critical=True), "critical: done, to do"),
        (any(not bar.critical for bar in bars), gantt_marks.sample(critical=False), "not critical"),
        (any(bar.baseline for bar in bars), gantt_marks.thin_sample(), "baseline"),
        (any(bar.slack_to for bar in bars), gantt_marks.dotted_sample(), "slack"),
        (any(bar.milestone for bar in bars), gantt_marks.diamond_sample(), "milestone"),
    ]
    shown = "".join(f"<span>{mark}{words}</span>" for is_drawn, mark, words in marks if is_drawn)
    return f'<p class="key">{shown}</p>'
