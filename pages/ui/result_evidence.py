"""Statement by statement: who gave which level, what shows it, what the program itself says, and the essay's words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlsplit

import streamlit as st

from assessments.alignment import StatementAlignment
from assessments.content import Statement
from assessments.evidence import EvidencedLevel
from assessments.library import Library
from assessments.scores import AspectScore, CountedAnswer, DimensionScore, LeftOut
from pages.ui import alignment, result_why, safe, shell, text
from pages.ui.result_reads import fact_of, of_aspect, of_run
from pages.ui.result_why import Fact
from pages.ui.shell import Visit
from pages.ui.verdicts import role_name
from program.facts import FactValue
from program.queries import assessments as queries
from program.runs import EvidenceItem, Run

_SIDE_BY_SIDE = (
    '<div style="display:flex;flex-wrap:wrap;gap:8px 48px;border-top:1px solid var(--gw-rule);padding-top:16px">'
    '<div style="flex:6 1 320px;min-width:0">{}</div><div style="flex:5 1 320px;min-width:0">{}</div></div>'
)


@dataclass(frozen=True)
class Said:
    """What people said to a statement: the levels as a table, what it requires of them, who does not know."""

    counts: str
    requires: tuple[Fact, ...]
    dont_know: str


@dataclass(frozen=True)
class Backing:
    """What is beside a statement's answers: attached evidence, the level that it shows, and the program's own fact."""

    items: tuple[EvidenceItem, ...]
    level: EvidencedLevel | None
    fact: FactValue | None


def show(
    visit: Visit, run: Run, dimension: DimensionScore, library: Library, levels: Mapping[str, EvidencedLevel]
) -> None:
    """Draw what is behind a dimension, one statement after the other; those that nobody was asked are left out."""
    shown = _statements(dimension, run, library)
    shell.title(
        f"Behind {dimension.short_name.lower()}: {text.plural(len(shown), 'statement', 'statements')}",
        "People per level; what is claimed, what is shown, what the program says",
    )
    apart = {each.id: each for each in alignment.computed(visit, run).statements} if run.anonymous else {}
    for statement in shown:
        said = of_aspect(said_of, visit, run, dimension.aspect, dimension.id, statement.id)
        if run.anonymous:
            said = _unnamed(said, apart.get(statement.id))
        backing = _backing(visit, run, statement, levels)
        beside = _facts(statement, backing, said, library)
        beside += "".join(_attached(each, visit.program.time_zone) for each in backing.items)
        st.html(_SIDE_BY_SIDE.format(_head(statement) + said.counts, beside))
        _files(visit, backing.items)


def said_of(score: AspectScore, library: Library, dimension_id: str, statement_id: str) -> Said:
    """Return what people said to a statement."""
    dimension, statement = result_why.one(score, dimension_id), library.statement(statement_id)
    return Said(
        _counts(statement, dimension, library), _requires(statement, dimension, library), _shares(statement, dimension)
    )


def counts_of(statement: Statement, dimension: DimensionScore) -> tuple[int, ...]:
    """How many people gave each level of a statement."""
    found = Counter(each.level for each in _answers(statement, dimension))
    return tuple(found[level] for level in range(len(statement.levels)))


def link(address: str, words: str = "") -> str:
    """A plain link that tells the other site nothing; only the words where the address is no web address."""
    if urlsplit(address).scheme not in ("http", "https"):
        return safe.markup(words or address)
    there = (
        f'href="{safe.markup(address)}" rel="noopener noreferrer" target="_blank" style="color:var(--gw-interaction)"'
    )
    return f"<a {there}>{safe.markup(words or address)}</a>"


def _unnamed(said: Said, found: StatementAlignment | None) -> Said:
    """The same of an anonymous run: no answers where too few gave any, and no count of a group that could be one."""
    if found is None:
        return replace(said, dont_know="")
    shares = [f"{text.percent(cell.dont_know)} of {role_name(cell.role)}" for cell in found.roles if cell.dont_know]
    hidden = f'<p class="gw-note">{safe.markup(found.withheld)} It is not shown.</p>' if found.withheld else ""
    return replace(said, counts=hidden or said.counts, dont_know=text.listed(shares))


def _statements(dimension: DimensionScore, run: Run, library: Library) -> list[Statement]:
    own = library.dimension(dimension.id).statements
    return [each for each in own if run.form == "long" or each.short_form]


def _answers(statement: Statement, dimension: DimensionScore) -> list[CountedAnswer]:
    return [each for each in dimension.answers if each.statement == statement.id]


def _left_out(statement: Statement, dimension: DimensionScore) -> list[LeftOut]:
    return [each for each in dimension.left_out if each.statement == statement.id]


def _head(statement: Statement) -> str:
    source = statement.source
    return (
        f'<h3 class="gw-title">{safe.markup(statement.text)}</h3>'
        f'<p class="gw-note">{safe.markup(statement.id)} · essay {safe.markup(source.essay)}: '
        f"{safe.markup(text.quoted(source.phrase))}</p>"
    )


def _counts(statement: Statement, dimension: DimensionScore, library: Library) -> str:
    """The levels as rows: the anchor, how many gave it, and a bar of dots."""
    found = counts_of(statement, dimension)
    color = f"var(--gw-{dimension.aspect})"
    rows = [
        (f"{level} {library.scale[level]}", anchor, found[level], color)
        for level, anchor in enumerate(statement.levels)
    ]
    left = Counter(each.why for each in _left_out(statement, dimension))
    rows += [(result_why.WHY_LEFT_OUT[why].capitalize(), "", count, "var(--gw-gray)") for why, count in left.items()]
    body = "".join(_level(*each, most=max(3, *found)) for each in rows)
    head = '<th scope="col">Level</th><th scope="col">What is so then</th><th scope="col" class="gw-num">People</th>'
    table = f'<table class="gw-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="gw-scroll">{table}</div>'


def _level(name: str, anchor: str, count: int, color: str, *, most: int) -> str:
    look = f"display:block;margin-left:auto;height:3px;width:{100 * count / most:.0f}%;background:{color}"
    bar = f'<i aria-hidden="true" style="{look}"></i>'
    tone = "" if count else ' style="color:var(--gw-muted)"'
    return (
        f'<tr><th scope="row" style="white-space:nowrap">{safe.markup(name)}</th>'
        f'<td{tone}>{safe.markup(anchor)}</td><td class="gw-num" style="min-width:56px">{count}{bar}</td></tr>'
    )


def _facts(statement: Statement, backing: Backing, said: Said, library: Library) -> str:
    facts = [
        *_levels(statement, backing.level, library),
        *_program(statement, backing),
        *said.requires,
        *([("Don't know", said.dont_know)] if said.dont_know else []),
        *([("Attached", "nothing yet")] if not backing.items else []),
    ]
    rows = "".join(f"<dt>{safe.markup(name)}</dt><dd>{safe.markup(value)}</dd>" for name, value in facts)
    return f'<div class="gw-why" style="background:none;padding:0"><dl>{rows}</dl></div>'


def _levels(statement: Statement, level: EvidencedLevel | None, library: Library) -> list[Fact]:
    if level is None or level.claimed is None:
        return []
    shown = "nothing" if level.evidenced is None else f"{level.evidenced}, {library.scale[level.evidenced]}"
    below = level.evidenced is not None and level.evidenced < int(level.claimed)
    found = [("Claimed", f"{level.claimed:g}, the middle answer"), ("Evidenced", f"{'▲ ' if below else ''}{shown}")]
    for name, lacking in (("Missing", True), ("Asked for", False)):
        asked = [each for each in statement.evidence if (each.kind in level.missing) == lacking]
        if asked:
            found.append((name, "; ".join(f"{each.ask} (from level {each.needed_from_level})" for each in asked)))
    return [*found, *([("Contradicts", level.contradiction)] if level.contradiction else [])]


def _program(statement: Statement, backing: Backing) -> list[Fact]:
    fact = backing.fact
    if statement.fact is None or fact is None:
        return []
    if fact.value is None:
        return [("The program says", text.unavailable(fact.reason))]
    return [("The program says", f"{fact.sentence.removesuffix('.')}, as of {text.day(fact.as_of)}.")]


def _requires(statement: Statement, dimension: DimensionScore, library: Library) -> tuple[Fact, ...]:
    """What the statement requires, and each cap that it put on an answer, with the essay's sentence that causes it."""
    given = _answers(statement, dimension)
    capped = Counter(each.cap for each in given if each.cap)
    bound = tuple(
        ("Capped", f"{cap.sentence} ({count} of {len(given)}) {result_why.essay_of(cap, library)}")
        for cap, count in capped.items()
    )
    if bound or not statement.requires:
        return bound
    asked = [f"{other} at {level} or more" for other, level in statement.requires.items()]
    return (("Requires", f"{text.listed(asked)}, else an answer counts at most that"),)


def _backing(visit: Visit, run: Run, statement: Statement, levels: Mapping[str, EvidencedLevel]) -> Backing:
    may_see = not run.anonymous or visit.may("assess.manage")
    attached = of_run(queries.evidence, visit, run) if may_see else []
    items = tuple(each for each in attached if each.statement_id == statement.id)
    fact = fact_of(visit, statement.fact.id) if statement.fact else None
    return Backing(items, levels.get(statement.id) if may_see else None, fact)


def _shares(statement: Statement, dimension: DimensionScore) -> str:
    """Who does not know, by role: only roles in which anybody does not."""
    unknown = Counter(each.function for each in _left_out(statement, dimension) if each.why == "dont_know")
    given = Counter(each.function for each in _answers(statement, dimension)) + unknown
    given += Counter(each.function for each in _left_out(statement, dimension) if each.why == "na")
    return text.listed([f"{text.share(count, given[role])} of {role_name(role)}" for role, count in unknown.items()])


def _attached(item: EvidenceItem, zone: str) -> str:
    """One piece of evidence: what it is, its words and its link."""
    words = [f"<b>{safe.markup(item.kind.replace('_', ' ').capitalize())}</b>"]
    words += [safe.markup(item.note)] if item.note else []
    words += [link(item.link)] if item.link else []
    whose = f"{role_name(item.function)}, " if item.function else ""
    added = text.moment(item.added_at, zone).split(",")[0]
    look = "overflow-wrap:anywhere;margin-top:8px"
    return f'<p class="gw-note" style="{look}">{" · ".join(words)}<br>{safe.markup(whose)}{added}</p>'


def _files(visit: Visit, items: Sequence[EvidenceItem]) -> None:
    """The files among some evidence, to take along."""
    held = [each for each in items if each.file_name]
    if not held:
        return
    with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        for item in held:
            st.download_button(
                safe.plain(f"{item.file_name} ({_size(item.size)})"),
                partial(_content, visit.program_id, item.id),
                item.file_name,
                item.media_type,
                key=f"results.evidence.{item.id}",
                on_click="ignore",
            )


def _content(program_id: str, evidence_id: str) -> bytes:
    return queries.evidence_file(program_id, evidence_id)[2]


def _size(bytes_: int) -> str:
    return (
        f"{text.number(bytes_ / 1e6, decimals=1)} MB" if bytes_ >= 1e5 else f"{text.number(max(1, bytes_ // 1000))} kB"
    )
