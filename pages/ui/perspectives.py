"""What people see in it, what the word means to them, and whether they know how others see it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessments.functions import FUNCTIONS
from assessments.perspective import Perspective, PerspectiveError, Position, Shares
from pages.ui import heat, poles, shell, svg, tables, text, verdicts
from pages.ui.heat import Cell, Line
from pages.ui.safe import markup
from program.queries.views import Perspectives

POINTS = 10
FIELDS = ("P2", "P3", "P1", "P6")


def headline(found: Perspectives) -> str:
    """Return who misjudges whom most, else how far roles stand apart."""
    known = [each for each in found.errors if each.p1_error is not None]
    worst = max(known, key=lambda each: each.p1_error or 0.0, default=None)
    if worst is not None and worst.p1_error:
        guess, about = verdicts.role_name(worst.role), verdicts.role_name(worst.about_role)
        off = f"{text.number(worst.p1_error, decimals=1)} of {POINTS} points"
        return f"{guess} misjudges {about} most: its guess is {off} from what {about} answered."
    rows = sorted(found.positions.roles, key=lambda each: each.median)
    if found.positions.gap:
        low, high = verdicts.role_name(rows[0].role), verdicts.role_name(rows[-1].role)
        return f"{low} and {high} see it {text.number(found.positions.gap, decimals=1)} of {POINTS} points apart."
    if found.positions.everyone is not None:
        return f"The middle view is {text.number(found.positions.everyone.median, decimals=1)} of {POINTS}."
    return f"{text.capital(text.plural(found.people, 'person has', 'people have'))} said how they see it."


def positions(found: Perspectives, questions: Perspective) -> None:
    """Draw where people and roles stand between the two poles."""
    rows = _rows(found)
    marks = "One dot per person" if (rows and rows[0].n <= poles.ONE_DOT_EACH) else "Dots, or from lowest to highest"
    shell.title(questions.question("P1").text, f"{marks}; the bar is the median")
    if rows:
        drawing = poles.drawing(rows, questions.poles, label=poles.spoken(rows))
        svg.draw(drawing, key="alignment.poles", style=poles.STYLE)
    if found.positions.reason:
        shell.note(found.positions.reason)


def positions_table(found: Perspectives) -> tables.Table:
    """Return the rows behind the figure."""
    columns = (
        tables.Column("Who"),
        tables.Column("People", text.number, number=True),
        tables.Column("Median", number=True),
        tables.Column("Positions"),
    )
    rows = tuple((poles.name_of(r.role), r.n, r.median, ", ".join(map(str, r.positions))) for r in _rows(found))
    return tables.Table(columns, rows, name="alignment_positions")


def meanings(found: Perspectives, questions: Perspective) -> tables.Table | None:
    """Return the cards by the middle of their ranks, for everybody and by role, and how far the orders agree."""
    groups = [*([found.ranking.everyone] if found.ranking.everyone else []), *found.ranking.roles]
    if not groups:
        return None
    heads = [tables.Column(f"{poles.name_of(g.role)} (n {g.n})", tables.plain, number=True) for g in groups]
    cards = sorted(questions.cards, key=lambda card: groups[0].median_rank[card.id])
    rows = tuple((card.name, *(f"{group.median_rank[card.id]:g}" for group in groups)) for card in cards)
    total = ("Kendall's W", *(text.number(group.kendall_w, decimals=2) for group in groups))
    return tables.Table((tables.Column("Card"), *heads), rows, name="alignment_cards", total=total)


def errors(found: Perspectives) -> None:
    """Draw who knows how whom sees it: guesses by role against the answers of the other."""
    shell.title("Who knows how others see it", "Points of 10 between a role's guess and the other role's median")
    if not found.errors:
        shell.note("Nobody has guessed how another function sees it, or too few have to show it.")
        return
    roles = [role for role in (*FUNCTIONS, "others") if any(role == each.role for each in found.errors)]
    about = [role for role in FUNCTIONS if any(role == each.about_role for each in found.errors)]
    by_pair = {(each.role, each.about_role): each for each in found.errors}
    lines = [
        Line(verdicts.role_name(role), "", tuple(_error(by_pair.get((role, other)), role == other) for other in about))
        for role in roles
    ]
    columns = [f"about {verdicts.role_name(each)}" for each in about]
    st.html(heat.html(lines, columns=columns, ends=(), first="Guess of", caption="", foot=None))


def errors_table(found: Perspectives) -> tables.Table:
    """Return the rows behind the matrix."""
    columns = (
        tables.Column("Guess of", verdicts.role_name),
        tables.Column("About", verdicts.role_name),
        tables.Column("Points off, of 10", _one, number=True),
        tables.Column("People", text.number, number=True),
        tables.Column("Places off, of the cards", _one, number=True),
        tables.Column("People who ordered", text.number, number=True),
    )
    rows = tuple((e.role, e.about_role, e.p1_error, e.n, e.p4_error, e.p4_n) for e in found.errors)
    return tables.Table(columns, rows, name="alignment_guesses")


def side(found: Perspectives, questions: Perspective) -> None:
    """Draw who should own it, which part people spoke of, and whether customers came first."""
    facts = [
        *(("Own it" if at == 0 else "", line) for at, line in enumerate(_counts(found.wanted_owner, _function))),
        *(
            ("Spoke of" if at == 0 else "", line)
            for at, line in enumerate(_counts(found.aspects_named, str.capitalize))
        ),
        ("Customers first", found.order_kept.sentence),
    ]
    shell.why("What else they said", f"{questions.question('P6').text} {questions.question('P7').text}", facts)


def texts(found: Perspectives, questions: Perspective, names: Mapping[str, str]) -> None:
    """Draw what people wrote, with their names; of an anonymous run nothing is told."""
    if not any(found.said.get(question) for question in FIELDS):
        return
    parts = [_written(found, questions, question, names) for question in FIELDS if found.said.get(question)]
    columns = "display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:16px 32px"
    st.html(f'<div style="{columns}">{"".join(parts)}</div>')


def _written(found: Perspectives, questions: Perspective, question: str, names: Mapping[str, str]) -> str:
    asked = questions.question(question)
    items = []
    for said in found.said[question]:
        words = "<br>".join(
            f'<span class="gw-note">{markup(asked.fields[field])}:</span> {markup(value)}'
            if question == "P3"
            else markup(value)
            for field, value in said.texts.items()
        )
        agree = f", {text.plural(said.supporters, 'agrees', 'agree')}" if said.supporters else ""
        who = names.get(said.id) or verdicts.role_name(said.function)
        by = f"{who}, {verdicts.role_name(said.function)}{agree}" if said.id in names else f"{who}{agree}"
        items.append(f'<li style="margin:0 0 10px">{words}<br><span class="gw-note">{markup(by)}</span></li>')
    listed = f'<ul style="list-style:none;margin:8px 0 0;padding:0">{"".join(items)}</ul>'
    return f'<section><h2 class="gw-title">{markup(asked.text)}</h2>{listed}</section>'


def _rows(found: Perspectives) -> Sequence[Position]:
    return [*([found.positions.everyone] if found.positions.everyone else []), *found.positions.roles]


def _error(found: PerspectiveError | None, own: bool) -> Cell:
    if own:
        return Cell(None, said="itself")
    if found is None or found.p1_error is None:
        return Cell(None, said="none" if found is None else "no answer", note="" if found is None else f"n {found.n}")
    return Cell(found.p1_error, note=f"n {found.n}", of=POINTS)


def _counts(shares: Shares, name: object) -> list[str]:
    if shares.everyone is None:
        return [shares.reason]
    called = name if callable(name) else str
    chosen = sorted(((count, each) for each, count in shares.everyone.items() if count), reverse=True)
    return [f"{called(each)} {count}" for count, each in chosen] or ["nobody named one"]


def _function(id_: str) -> str:
    return FUNCTIONS[id_].name


def _one(value: float | None) -> str:
    return text.number(value, decimals=1)
