"""Who leads today and who should in 12 months: the stages as dots, and facts kept apart from aims."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessments.ownership_stage import Authority, Ownership
from assessments.perspective import DONT_KNOW, STAGES, Perspective
from pages.ui import shell, svg, tables, text, verdicts

OPTIONS = (*STAGES, DONT_KNOW)
WIDTH, LEFT, ROW, TOP = 720, 214, 52, 6
ONE_DOT_EACH, RADIUS, APART = 15, 5.2, 14
LONGEST = 420
STYLE = ".stages {overflow-x:auto} .stages svg {min-width:520px}"


def headline(found: Ownership, questions: Perspective) -> str:
    """Return where most see ownership today, where most want it, and whether that is disputed."""
    today, later = _most(found.current.everyone), _most(found.future.everyone)
    if not today and not later:
        return "Nobody has said who leads today or who should."
    now = f"{'most see' if len(today) == 1 else 'people are split between'} {_listed(today, questions)}"
    then = f"{'most want' if len(later) == 1 else 'they are split between'} {_listed(later, questions)}"
    first = f"Today {now}" if today else "Nobody can say who leads today"
    second = f"in 12 months {then}" if later else "nobody says who should lead in 12 months"
    return f"{first}; {second}."


def draw(found: Ownership, questions: Perspective, *, alt: str) -> None:
    """Draw how many see each stage today, solid, and want it in 12 months, hollow."""
    today, later = found.current.everyone, found.future.everyone
    if today is None and later is None:
        shell.note(found.current.reason or found.future.reason)
        return
    svg.draw(drawing(today or {}, later or {}, questions, alt=alt), key="alignment.stages", style=STYLE)


def drawing(today: Mapping[str, int], later: Mapping[str, int], questions: Perspective, *, alt: str) -> str:
    """The figure as SVG; style is STYLE."""
    most = max([*today.values(), *later.values(), 1])
    body = "".join(
        _stage(at, each, today.get(each, 0), later.get(each, 0), questions, most) for at, each in enumerate(OPTIONS)
    )
    figure = svg.bare(WIDTH, TOP + ROW * len(OPTIONS) + 4, body, label=alt)
    return f'<div class="stages">{figure}{_key()}</div>'


def disputes(found: Ownership, authority: Authority) -> None:
    """Draw the two disputes apart, whether authority is missing, and who is named."""
    named = text.listed([f"{name} ({count})" for name, count in found.names])
    shell.why(
        "Facts and aims, apart",
        "A dispute about today can be looked up; a dispute about 12 months has to be talked through.",
        [
            (f"{'■ ' if found.fact_dispute.disputed else ''}Today", found.fact_dispute.sentence),
            (f"{'■ ' if found.goal_dispute.disputed else ''}12 months", found.goal_dispute.sentence),
            *([("Leads today", named)] if named else []),
            *([] if authority.flag else [("Authority", authority.sentence)]),
        ],
    )
    if authority.flag:
        head, _, sentence = authority.sentence.partition(": ")
        shell.alert(head, text.capital(sentence), sign="watch")


def table(found: Ownership, questions: Perspective) -> tables.Table:
    """Return how many of each role chose what, today and in 12 months."""
    stages = (tables.Column(questions.name(each), _some, number=True) for each in OPTIONS)
    rows = []
    for when, shares in (("today", found.current), ("in 12 months", found.future)):
        groups = {"": shares.everyone} if shares.everyone else {}
        for role, counts in {**groups, **shares.roles}.items():
            who = verdicts.role_name(role) if role else "Everybody"
            rows.append((who, when, *(counts[each] for each in OPTIONS)))
    order = {who: at for at, who in enumerate(dict.fromkeys(row[0] for row in rows))}
    return tables.Table(
        (tables.Column("Who"), tables.Column("When"), *stages),
        tuple(sorted(rows, key=lambda row: order[row[0]])),
        name="alignment_ownership",
    )


def show_roles(found: Ownership, questions: Perspective) -> None:
    """Draw the table under its title, and what is withheld."""
    shell.title("By role", "How many chose what, today and in 12 months")
    st.html(tables.html(table(found, questions)))
    if found.current.reason:
        shell.note(found.current.reason)


def _most(counts: Mapping[str, int] | None) -> tuple[str, ...]:
    named = {stage: count for stage, count in (counts or {}).items() if stage != DONT_KNOW and count}
    return tuple(stage for stage, count in named.items() if count == max(named.values()))


def _listed(stages: Sequence[str], questions: Perspective) -> str:
    return text.listed([f"a {questions.name(each).lower()}" for each in stages])


def _stage(at: int, stage: str, today: int, later: int, questions: Perspective, most: int) -> str:
    y = TOP + ROW * at
    name = svg.words(
        0, y + 30, questions.name(stage), class_="strong" if stage in STAGES else "muted", style="font-size:15px"
    )
    rule = svg.element("line", x1=0, x2=WIDTH, y1=y + ROW - 2, y2=y + ROW - 2, stroke="var(--gw-rule)")
    nobody = "" if today or later else svg.words(LEFT, y + 30, "nobody", class_="muted")
    return name + rule + nobody + _marks(y + 16, today, most, solid=True) + _marks(y + 36, later, most, solid=False)


def _marks(y: float, count: int, most: int, *, solid: bool) -> str:
    style = {"fill": "var(--gw-ink)"} if solid else {"fill": "none", "stroke": "var(--gw-ink)", "stroke_width": 1.5}
    if most <= ONE_DOT_EACH:
        end: float = LEFT + APART * count
        marks = "".join(svg.element("circle", cx=LEFT + 6 + APART * at, cy=y, r=RADIUS, **style) for at in range(count))
    else:
        end = LEFT + LONGEST * count / most
        marks = svg.element("rect", x=LEFT, y=y - 5, width=end - LEFT, height=10, **style) if count else ""
    return marks + (svg.words(end + 8, y + 4.5, text.number(count), class_="muted num") if count else "")


def _some(count: int) -> str:
    return text.number(count) if count else ""


def _key() -> str:
    solid = svg.element("circle", cx=6, cy=10, r=RADIUS, fill="var(--gw-ink)")
    hollow = svg.element("circle", cx=86, cy=10, r=RADIUS, fill="none", stroke="var(--gw-ink)", stroke_width=1.5)
    marks = f"{solid}{svg.words(17, 14, 'today', class_='muted')}{hollow}"
    marks += svg.words(97, 14, "in 12 months", class_="muted")
    return f'<svg width="200" height="20" style="margin:8px 0 0 {LEFT}px" aria-hidden="true">{marks}</svg>'
