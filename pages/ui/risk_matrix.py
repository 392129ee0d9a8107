"""The risk matrix: probability up, impact to the right; now solid, once the response works hollow."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.ui import svg, text
from pages.ui.safe import markup
from program.policy import load
from program.risks import IMPACTS, PROBABILITIES, Risk, cells, chance, level

MOST = 8  # marks in a cell
PICKED = "risk.looked_at"
STYLE = """
.scroll {overflow-x:auto}
table {border-collapse:separate;border-spacing:0;width:100%;max-width:760px;table-layout:fixed;color:var(--gw-ink)}
caption {text-align:left;font-size:.875rem;color:var(--gw-muted);padding-bottom:6px}
th {font-weight:400;font-size:.8125rem;color:var(--gw-muted);vertical-align:middle;line-height:1.25}
th.side {width:104px;text-align:right;padding-right:10px} th.foot {padding:6px 4px 0;vertical-align:top}
td {position:relative;height:58px;padding:20px 6px 6px;vertical-align:top;
 border-top:1px solid var(--gw-rule);border-right:1px solid var(--gw-rule)}
tr td:first-of-type {border-left:1px solid var(--gw-rule)} tr.last td {border-bottom:1px solid var(--gw-rule)}
td.watch-left {border-left:2px solid var(--gw-gray)!important}
td.watch-below {border-bottom:2px solid var(--gw-gray)!important}
td.act-left {border-left:3px solid var(--gw-ink)!important}
td.act-below {border-bottom:3px solid var(--gw-ink)!important}
td small {position:absolute;top:3px;left:6px;font-size:.75rem;color:var(--gw-muted);font-variant-numeric:tabular-nums}
.marks {display:flex;flex-wrap:wrap;gap:4px}
.mark {box-sizing:border-box;min-width:24px;height:24px;border-radius:12px;padding:0 4px;font-size:.8125rem;
 font-weight:600;line-height:21px;text-align:center;border:1.5px solid var(--gw-ink);cursor:pointer;
 font-variant-numeric:tabular-nums}
.now {background:var(--gw-ink);color:var(--gw-page)} .then {background:var(--gw-page);color:var(--gw-ink)}
.mark:focus-visible {outline:2px solid var(--gw-interaction);outline-offset:2px}
.more {font-size:.75rem;color:var(--gw-muted);line-height:24px}
.key {display:flex;flex-wrap:wrap;gap:4px 20px;font-size:.875rem;color:var(--gw-muted);
 margin:10px 0 0;align-items:center}
.key .mark {display:inline-block;min-width:16px;height:16px;border-radius:8px;padding:0;vertical-align:-3px;cursor:auto}
.key i {display:inline-block;width:22px;vertical-align:middle;margin-right:6px}
@media (max-width:560px) {th.side {width:64px;padding-right:6px} td {height:56px;padding:22px 2px 4px}
 .mark {min-width:20px;height:20px;line-height:17px;padding:0 2px} th {font-size:.75rem} th.foot {padding-inline:0}}
"""


def show(some: Sequence[Risk], numbers: Mapping[str, int], *, key: str) -> None:
    """Draw the matrix of some risks; numbers: what each is called in it and in the register, by id."""
    svg.draw(html(some, numbers), key=key, style=STYLE, on_pick=_pick)


def html(some: Sequence[Risk], numbers: Mapping[str, int]) -> str:
    """The matrix as an HTML table, every text escaped; each mark can be reached and pressed by keyboard."""
    now, then = cells(some), cells(some, residual=True)
    rows = "".join(_row(probability, now, then, numbers) for probability in sorted(PROBABILITIES, reverse=True))
    feet = "".join(f'<th scope="col" class="foot">{i}<br>{markup(name)}</th>' for i, name in IMPACTS.items())
    caption = "<caption>Probability upward, impact to the right; the number in a corner is their product.</caption>"
    foot = f'<tr><th class="foot"></th>{feet}</tr>'
    return f'<div class="scroll"><table>{caption}<tbody>{rows}{foot}</tbody></table></div>{_key()}'


def summary(some: Sequence[Risk]) -> str:
    """The figure in one sentence, for those who do not see it."""
    rated = [risk for risk in some if risk.open and risk.score is not None]
    counts = {name: sum(level(risk.score) == name for risk in rated) for name in ("act", "watch", "low")}
    left_out = sum(risk.open for risk in some) - len(rated)
    more = (
        f" {left_out} {'is' if left_out == 1 else 'are'} not rated and stand in the register only." if left_out else ""
    )
    shown = text.capital(text.plural(len(rated), "open risk is", "open risks are"))
    return f"{shown} in the matrix: {counts['act']} to act on, {counts['watch']} to watch, {counts['low']} low.{more}"


def _pick(risk_id: str) -> None:
    st.session_state[PICKED] = risk_id


def _row(
    probability: int,
    now: Mapping[tuple[int, int], list[Risk]],
    then: Mapping[tuple[int, int], list[Risk]],
    numbers: Mapping[str, int],
) -> str:
    head = f"{probability} {markup(PROBABILITIES[probability])}<br>{text.percent(chance(probability))}"
    body = "".join(
        _cell(probability, impact, now.get((probability, impact), []), then.get((probability, impact), []), numbers)
        for impact in IMPACTS
    )
    return f'<tr{" class=last" if probability == 1 else ""}><th scope="row" class="side">{head}</th>{body}</tr>'


def _cell(probability: int, impact: int, now: Sequence[Risk], then: Sequence[Risk], numbers: Mapping[str, int]) -> str:
    marks = [_mark(risk, numbers, solid=True) for risk in now] + [_mark(risk, numbers, solid=False) for risk in then]
    more = f'<span class="more">+{len(marks) - MOST}</span>' if len(marks) > MOST else ""
    inside = f'<div class="marks">{"".join(marks[:MOST])}{more}</div>' if marks else ""
    return f'<td class="{_edges(probability, impact)}"><small>{probability * impact}</small>{inside}</td>'


def _edges(probability: int, impact: int) -> str:
    """Where a zone begins: a line on the left of a cell, or below it."""
    here, names = level(probability * impact), []
    for place, side in ((probability * (impact - 1), "left"), ((probability - 1) * impact, "below")):
        before = level(place) if place else here
        if before != here:
            names.append(f"{here}-{side}")
    return " ".join(names)


def _mark(risk: Risk, numbers: Mapping[str, int], *, solid: bool) -> str:
    when = "now" if solid else "once the response works"
    place = (risk.probability, risk.impact) if solid else (risk.residual_probability, risk.residual_impact)
    label = f"{risk.title}, {when}: probability {place[0]} of 5, impact {place[1]} of 5"
    given = svg.attributes(
        class_="mark now" if solid else "mark then",
        data_pick=risk.id,
        tabindex=0,
        role="button",
        aria_label=label,
        title=label,
    )
    return f"<span{given}>{numbers.get(risk.id, '')}</span>"


def _key() -> str:
    rules = load()
    parts = (
        '<span><span class="mark now"></span> now</span>',
        '<span><span class="mark then"></span> once the response works</span>',
        f'<span><i style="border-top:3px solid var(--gw-ink)"></i>■ act, from {rules.risk_act} of 25</span>',
        f'<span><i style="border-top:2px solid var(--gw-gray)"></i>▲ watch, from {rules.risk_watch}</span>',
    )
    return f'<p class="key">{"".join(parts)}</p>'
