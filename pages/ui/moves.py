"""What moved from one run to the next: medians before and now, whether people came closer, and who gave in."""

from collections.abc import Sequence, Set

import streamlit as st

from assessments.agreement.labels import cutoffs
from assessments.agreement.rounds import Moved
from assessments.library import Library
from pages.ui import contested, result_runs, shell, svg, tables, text
from pages.ui.safe import markup
from program.runs import Run

FIRST = 23
WIDTH, HEIGHT, LEFT, STEP = 370, 34, 34, 76
EARLIER = "alignment.earlier"
STYLE = """
.moves {font-size:15px;line-height:1.35}
.moves > * {display:grid;grid-template-columns:minmax(0,1fr) 370px 190px;gap:0 14px;align-items:center;padding:7px 0;
 border-bottom:1px solid var(--gw-rule)}
.moves .head {padding-block:0 4px;color:var(--gw-muted);font-size:12px;border-bottom-color:var(--gw-gray)}
.moves b {font-weight:600} .moves small {display:block;font-size:13px;color:var(--gw-muted)}
.moves .watch {color:var(--gw-watch-text);font-weight:600;font-size:14px} .moves svg {width:100%;max-width:370px}
@media (max-width:820px) {.moves > * {grid-template-columns:minmax(0,1fr) 130px} .moves > * > svg {grid-area:2/1/3/3}}
"""


def closest(changes: Sequence[Moved]) -> list[Moved]:
    """Return what moved, the largest change of spread first."""
    known = [each for each in changes if each.average_deviation_change is not None]
    return sorted(known, key=lambda each: -abs(each.average_deviation_change or 0.0))


def headline(changes: Sequence[Moved], earlier: Run) -> str:
    """Return on how many statements people came closer since the earlier run, and on how many they moved apart."""
    known = closest(changes)
    if not known:
        return f"Nothing can be compared with “{earlier.name}” yet."
    closer = sum((each.average_deviation_change or 0.0) < 0 for each in known)
    apart = sum((each.average_deviation_change or 0.0) > 0 for each in known)
    of = f"of {text.plural(len(known), 'statement', 'statements')}"
    first = f"People came closer on {text.number(closer)} {of} since “{earlier.name}”"
    return f"{first} and moved apart on {text.number(apart)}."


def choose(runs: Sequence[Run], zone: str) -> Run:
    """Draw the choice of the earlier run and return it; nothing is drawn where there is one."""
    if len(runs) == 1:
        return runs[0]
    by_id = {each.id: each for each in runs}
    chosen = st.selectbox(
        "Compared with",
        list(by_id),
        format_func=lambda each: f"Compared with {result_runs.name(by_id[each], zone)}",
        key=EARLIER,
        width=420,
        label_visibility="collapsed",
    )
    return by_id[chosen or runs[0].id]


def draw(changes: Sequence[Moved], library: Library, *, evidenced: Set[str], alt: str) -> None:
    """Draw the statements that moved most: thin is the earlier median, bold is now."""
    body = "".join(_row(each, library, evidenced) for each in closest(changes)[:FIRST])
    label = f'<div class="moves" role="group" aria-label="{svg.escape(alt)}">'
    svg.draw(f"{label}{contested.head(library.scale, end='Spread')}{body}</div>", key="alignment.moves", style=STYLE)


def table(changes: Sequence[Moved], library: Library, *, evidenced: Set[str]) -> tables.Table:
    """Return the rows behind the figure."""
    columns = (
        tables.Column("Statement"),
        tables.Column("People in both", text.number, number=True),
        tables.Column("Median before", number=True),
        tables.Column("Median now", number=True),
        tables.Column("IQR change", _signed, number=True),
        tables.Column("Mean deviation change", _signed, number=True),
        tables.Column("Wilcoxon p", _three, number=True),
        tables.Column("Moved to the median", text.percent, number=True),
        tables.Column("Kappa", _two, number=True),
        tables.Column("Warning", tables.blank),
    )
    rows = tuple(
        (
            tables.Cell(library.statement(m.id).text, note=m.id),
            *(m.n, m.median_before, m.median_after, m.iqr_change, m.average_deviation_change),
            *(m.wilcoxon_p, m.moved_to_median, m.kappa, "conformity" if warns(m, evidenced) else None),
        )
        for m in closest(changes)
    )
    return tables.Table(columns, rows, name="alignment_rounds")


def warns(change: Moved, evidenced: Set[str]) -> bool:
    """Whether most moved to where the group was although no new evidence was attached."""
    return bool(change.conformity) and change.id not in evidenced


def rests_on(changes: Sequence[Moved], earlier: Run, run: Run) -> str:
    """Return who is compared, and what the warning means."""
    both = max((each.n for each in changes), default=0)
    most = text.percent(cutoffs().conformity.value)
    return (
        f"{text.capital(text.plural(both, 'person', 'people'))} of “{earlier.name}” answered “{run.name}” too, paired "
        "by name; medians and spread count everybody of each run. Closer and apart are changes of the mean deviation. "
        f"▲ More than {most} moved to the earlier median without new evidence: they may be giving in. Ask what "
        "moved them."
    )


def note(changes: Sequence[Moved], earlier: Run, run: Run) -> None:
    """Draw what the figure rests on."""
    shell.note(rests_on(changes, earlier, run))


def _row(change: Moved, library: Library, evidenced: Set[str]) -> str:
    statement = library.statement(change.id)
    name = library.dimension(statement.dimension).short_name
    words = f"<div><b>{markup(name)}</b><small>{markup(statement.text)}</small></div>"
    shift = change.average_deviation_change or 0.0
    way = "closer by" if shift < 0 else "further apart by"
    said = f"{way} {text.number(abs(shift), decimals=2)}" if shift else "as far apart as before"
    warning = "<small>▲ most moved to the median</small>" if warns(change, evidenced) else ""
    tone = ' class="watch"' if warning else ""
    return f"<div>{words}{_figure(change, library)}<div{tone}>{markup(said)}{warning}</div></div>"


def _figure(change: Moved, library: Library) -> str:
    parts = [
        svg.element("line", x1=x, x2=x, y1=0, y2=HEIGHT, stroke="var(--gw-grid)")
        for x in (LEFT + STEP * at for at in range(len(library.scale)))
    ]
    before, after = change.median_before, change.median_after
    if before is not None and after is not None:
        y, first, last = HEIGHT / 2, LEFT + STEP * before, LEFT + STEP * after
        parts.append(svg.element("line", x1=first, x2=last, y1=y, y2=y, stroke="var(--gw-gray)", stroke_width=1.4))
        parts.append(svg.element("line", x1=first, x2=first, y1=5, y2=29, stroke="var(--gw-ink)", stroke_width=1.2))
        parts.append(svg.element("rect", x=last - 1.75, y=5, width=3.5, height=24, fill="var(--gw-ink)"))
    said = f"Median {_plain(before)} before, {_plain(after)} now"
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{svg.escape(said)}">{"".join(parts)}</svg>'


def _plain(value: float | None) -> str:
    return text.UNKNOWN if value is None else f"{value:g}"


def _signed(value: float | None) -> str:
    return text.number(value, decimals=2, signed=True)


def _two(value: float | None) -> str:
    return text.number(value, decimals=2)


def _three(value: float | None) -> str:
    return text.number(value, decimals=3)
