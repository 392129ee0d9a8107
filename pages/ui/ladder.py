"""The ownership ladder: on which stage each component is owned now, and on which it should be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import streamlit as st

from pages.ui import tables, text
from pages.ui.safe import markup
from program.ownership import STAGES, Finding
from program.queries.ownership import Rung
from program.values import Invalid

HERE = Path(__file__).parent
WHAT = (
    "The ladder says how a component is owned: by a network of people who care, by a team, by a coordinator with "
    "authority, or by a chief. It takes components to say so."
)
MEANS = {
    "network": "People who care find each other and do it beside their work. Their authority is social: nobody gave "
    "it to them, and no budget comes with it.",
    "team": "People from several functions are set to it together, those of the network among them. They decide as "
    "a team.",
    "coordinator": "One person has the role, the responsibility and the authority to decide across functions.",
    "chief": "Somebody among the executives speaks for the customers. Some organizations need that to get anything "
    "through; it is optional, not the goal.",
}
ORIGIN = (
    "Four stages after Graham Hill, whom the essay quotes; the descriptions are ours. Higher is not better by itself."
)
_MARKUP = """
<div class="scroll"><table></table></div>
<p class="key"><i></i>solid: now<i class="hollow"></i>hollow: wanted</p><p class="status" role="status"></p>
"""
_mount = st.components.v2.component(
    "groundwork_ladder",
    html=_MARKUP,
    css=(HERE / "ladder.css").read_text("utf-8"),
    js="\n".join((HERE / name).read_text("utf-8") for name in ("owning_sending.js", "ladder.js")),
)


@dataclass(frozen=True)
class Step:
    """The two stages of a component as the reader left them, and the version that was on the screen."""

    component_id: str
    stage: str | None
    wanted: str | None
    version: int


def changed(*, key: str) -> Step | None:
    """
    Return the change that started this run, or None. To be read before the ladder is.

    Raises Invalid when the browser sent something else than a change.
    """
    sent = dict(st.session_state.get(key) or {}).get("set")
    if sent is None:
        return None
    st.session_state[f"{key}.answered"] = str(sent.get("number"))
    try:
        stages = str(sent["stage"]) or None, str(sent["wanted"]) or None
        return Step(str(sent["component"]), *stages, version=int(sent["version"]))
    except (KeyError, TypeError, ValueError) as problem:
        raise Invalid("stage", "The stage could not be read. Choose it again.") from problem


def refuse(*, key: str) -> None:
    """Tell the ladder that its last change was not saved, so that it goes back."""
    st.session_state[f"{key}.refused"] = st.session_state.get(f"{key}.answered")


def headline(rungs: Sequence[Rung], findings: Sequence[Finding], names: Mapping[str, str]) -> str:
    """Return the one sentence that the ladder answers with, bad news first."""
    total = len(rungs)
    if holders := [names.get(each.person or "", "") for each in findings]:
        who = f"{text.listed(holders)} {'answers' if len(holders) == 1 else 'answer'}"
        return f"{who} for more money than a self-organizing network should."
    if not any(rung.stage for rung in rungs):
        return f"Nobody has said yet how {_components(total)} {'is' if total == 1 else 'are'} owned."
    apart = [rung.name for rung in rungs if rung.stage and rung.wanted and rung.stage != rung.wanted]
    if apart:
        which = text.listed(apart) if len(apart) < 4 else f"{', '.join(apart[:3])} and {len(apart) - 3} more"
        need = "is not yet owned as it should be" if len(apart) == 1 else "are not yet owned as they should be"
        return f"{len(apart)} of {_components(total)} {need}: {which}."
    if unknown := sum(rung.stage is None for rung in rungs):
        return f"{unknown} of {_components(total)} {'has' if unknown == 1 else 'have'} no stage yet."
    if all(rung.wanted for rung in rungs):
        return "Every component is owned as it should be."
    return "No component is owned otherwise than it should be."


def show(
    rungs: Sequence[Rung],
    shares: Mapping[str, Decimal],
    names: Mapping[str, str],
    *,
    key: str,
    editable: bool,
) -> None:
    """Draw the ladder. shares: of the planned money, by component id; empty where that cannot be said."""
    data = {
        "rows": [
            {
                "id": rung.component_id,
                "version": rung.version,
                "name": rung.name,
                "owner": _owner(rung, names),
                "share": text.number(100 * shares.get(rung.component_id, Decimal(0))),
                "stage": rung.stage,
                "wanted": rung.wanted,
            }
            for rung in rungs
        ],
        "stages": [{"id": each, "name": name} for each, name in STAGES.items()],
        "share": bool(shares),
        "editable": editable,
        "session": st.session_state.setdefault(f"{key}.session", uuid4().hex),
        "answered": st.session_state.get(f"{key}.answered"),
        "refused": st.session_state.get(f"{key}.refused"),
    }
    _mount(key=key, data=data, on_set_change=_nothing)


def alerts(findings: Sequence[Finding]) -> None:
    """Draw what is wrong with the ladder, and what mends it."""
    items = "".join(
        f'<p style="margin:0;max-width:75ch"><span class="gw-watch">▲ watch</span> {markup(each.sentence)} '
        "Raise the stage below, or hand a component over.</p>"
        for each in findings
    )
    if items:
        st.html(items)


def stages() -> None:
    """Draw what each stage is, in plain words."""
    cells = "".join(
        f'<div><dt style="font-weight:600">{markup(STAGES[each])}</dt>'
        f'<dd style="margin:2px 0 0">{markup(means)}</dd></div>'
        for each, means in MEANS.items()
    )
    st.html(
        '<dl style="display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:16px 24px;margin:0;'
        f'padding:0;font-size:.9375rem;line-height:1.45">{cells}</dl>'
        f'<p class="gw-note" style="margin-top:12px">{markup(ORIGIN)}</p>'
    )


def as_table(rungs: Sequence[Rung], names: Mapping[str, str]) -> tables.Table:
    """The same rows, for the files."""
    columns = ("Component", "Answers for it", "Now", "Wanted")
    return tables.Table(
        columns=tuple(tables.Column(each, tables.blank) for each in columns),
        rows=tuple(
            (rung.name, _owner(rung, names), STAGES.get(rung.stage or ""), STAGES.get(rung.wanted or ""))
            for rung in rungs
        ),
        name="ownership_ladder",
    )


def _owner(rung: Rung, names: Mapping[str, str]) -> str:
    return text.listed([names[each] for each in rung.accountable]) or "nobody answers for it"


def _components(total: int) -> str:
    return text.plural(total, "component", "components")


def _nothing() -> None:
    """A component keeps only the events that have a callback; the page reads the change itself (changed)."""
