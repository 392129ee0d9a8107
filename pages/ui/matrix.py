"""The matrix of duties: items by people, one choice per cell, each change and each fix of a finding saved by itself."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

import streamlit as st

from pages.ui import people as words
from pages.ui import text
from program.ownership import KINDS, SCHEMES, Finding, Fix, Load, Matrix
from program.ownership import Change as Cell
from program.queries.ownership import Item
from program.stakeholders import Stakeholder
from program.values import Invalid

HERE = Path(__file__).parent
SCRIPTS = ("owning_sending.js", "matrix_findings.js", "matrix_items.js", "matrix.js")
HOLDS, NOTHING = "✓ Every rule of the matrix holds.", "Nothing is in this matrix yet."
HINTS = {
    "capability": "New capability, such as: answer in public within the hour",
    "decision": "New decision, such as: which platform the desk uses",
}
_LEGEND = {
    "raci": "RACI: A answers for it · R does the work · C is asked before · I is told after",
    "daci": "DACI: D drives it · A approves it · C contributes · I is told after",
}
_ELSEWHERE = {"network_owner": "Raise the stage on the ladder, or hand a component over."}
_KEYS = (
    "Arrow keys go from cell to cell. A letter gives itself or takes itself back, Delete clears, "
    "Enter opens the choices, Control and Z undoes."
)
_MARKUP = f"""
<div class="whole"><div class="parts">
<div class="figure"><div class="frame"><div class="scroll"><table></table></div></div><form class="add" hidden></form>
<p class="legend"></p><p class="hint" hidden>{_KEYS}</p><p class="status" role="status"></p></div>
<section class="mend"><h2 tabindex="-1">What to mend</h2><p class="count" aria-live="polite"></p><ul hidden></ul>
</section>
</div></div>
"""
_mount = st.components.v2.component(
    "groundwork_matrix",
    html=_MARKUP,
    css=(HERE / "matrix.css").read_text("utf-8"),
    js="\n".join((HERE / name).read_text("utf-8") for name in SCRIPTS),
)


@dataclass(frozen=True)
class Change:
    """One cell: what it was when the reader saw it, and what they made of it. component_id: of an item of any kind."""

    component_id: str
    stakeholder_id: str
    before: str
    letters: str
    kind: str = "component"


@dataclass(frozen=True)
class SchemeChange:
    """The rules that an item should go by: raci or daci."""

    item_id: str
    kind: str
    scheme: str
    version: int


@dataclass(frozen=True)
class Mend:
    """A fix as the reader saw it, with what the cells held then."""

    fix: Fix
    intention: str


@dataclass(frozen=True)
class NewItem:
    kind: str
    name: str
    intention: str


@dataclass(frozen=True)
class NewName:
    item_id: str
    name: str
    version: int


@dataclass(frozen=True)
class Removal:
    item_id: str
    version: int


Sent: TypeAlias = Change | SchemeChange | Mend | NewItem | NewName | Removal


def changed(*, key: str) -> Sent | None:
    """
    Return the change that started this run, or None. To be read before the matrix is.

    Raises Invalid when the browser sent something else than a change.
    """
    sent = dict(st.session_state.get(key) or {}).get("set")
    if sent is None:
        return None
    st.session_state[f"{key}.answered"] = str(sent.get("number"))
    try:
        return _READ[sent.get("what", "duty")](sent)
    except (KeyError, TypeError, ValueError) as problem:
        raise Invalid("duty", "The change could not be read. Choose the duty again.") from problem


def refuse(*, key: str) -> None:
    """Tell the matrix that its last change was not saved, so that it goes back."""
    st.session_state[f"{key}.refused"] = st.session_state.get(f"{key}.answered")


def show(
    matrix: Matrix,
    items: Sequence[Item],
    people: Sequence[Stakeholder],
    loads: Sequence[Load],
    *,
    key: str,
    editable: bool,
    here: str = "",
) -> None:
    """
    Draw the matrix of one kind of items and, beside it, what is wrong with it.

    items: of every kind, for their versions. loads: what each of the people carries on items of every kind.
    here: the id of the item to mark and bring into view, if any.
    """
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in matrix.findings:
        found[finding.item or ""].append(finding)
    versions = {item.id: item.version for item in items}
    used = {matrix.schemes[each] for each, _ in matrix.components}
    in_all = ", in all" if {item.kind for item in items} - {matrix.kind} else ""
    data = {
        "about": matrix.kind,
        "kind": KINDS[matrix.kind],
        "own": editable and matrix.kind != "component",
        "hint": HINTS.get(matrix.kind, ""),
        "schemes": _schemes(),
        "components": [
            {"id": each, "name": name, "version": versions[each], "scheme": matrix.schemes[each], **_sign(found[each])}
            for each, name in matrix.components
        ],
        "people": [{"id": each.id, "name": each.name, "role": words.role(each)} for each in people],
        "letters": {f"{item}/{person}": letters for (item, person), letters in matrix.letters.items()},
        "loads": {each.person: _load(each) for each in loads},
        "carries": [f"Answers for{in_all}", f"Does the work{in_all}"],
        "legend": "\n".join(_LEGEND[each] for each in SCHEMES if each in used),
        "findings": [_finding(finding) for finding in matrix.findings],
        "told": count(matrix) if matrix.findings else HOLDS if used else NOTHING,
        "holds": bool(used) and not matrix.findings,
        "editable": editable,
        "here": here,
        "session": st.session_state.setdefault(f"{key}.session", uuid4().hex),
        "answered": st.session_state.get(f"{key}.answered"),
        "refused": st.session_state.get(f"{key}.refused"),
    }
    _mount(key=key, data=data, on_set_change=_nothing)


def count(matrix: Matrix) -> str:
    """How many rules are broken, and how much there is to watch, in words."""
    broken, watch = len(matrix.errors), len(matrix.findings) - len(matrix.errors)
    said = [f"{text.plural(broken, 'rule', 'rules')} broken"] if broken else []
    return ", ".join([*said, *([f"{text.number(watch)} to watch"] if watch else [])])


def _schemes() -> dict[str, dict[str, Any]]:
    return {
        each.id: {
            "id": each.id,
            "name": each.name,
            "letters": each.letters,
            "works": each.works,
            "words": {letter: word.lower() for letter, word in each.words.items()},
        }
        for each in SCHEMES.values()
    }


def _sign(findings: Sequence[Finding]) -> dict[str, str]:
    severities = {finding.severity for finding in findings}
    worst = next((each for each in ("error", "warning") if each in severities), "")
    return {"worst": worst, "told": " ".join(finding.sentence for finding in findings)}


def _finding(finding: Finding) -> dict[str, Any]:
    names = ("code", "item", "person", "severity", "sentence")
    fix = finding.fix and {"sentence": finding.fix.sentence, "changes": [vars(each) for each in finding.fix.changes]}
    return {name: getattr(finding, name) for name in names} | {"fix": fix, "else": _ELSEWHERE.get(finding.code, "")}


def _load(load: Load) -> dict[str, Any]:
    return {"answers": load.accountable, "does": load.responsible + load.drives, "overload": load.overload}


def _change(sent: Mapping[str, Any]) -> Change:
    item, person, before, letters = (str(sent[name]) for name in ("component", "person", "before", "letters"))
    return Change(item, person, before=before, letters=letters, kind=_kind(sent))


def _mend(sent: Mapping[str, Any]) -> Mend:
    names = ("item", "person", "before", "letters")
    changes = tuple(Cell(*(str(each[name]) for name in names)) for each in sent["changes"])
    return Mend(Fix(str(sent["sentence"]), changes), str(sent["number"]))


def _kind(sent: Mapping[str, Any]) -> str:
    kind = str(sent.get("kind", "component"))
    if kind not in KINDS:
        raise ValueError(kind)
    return kind


_READ: Mapping[str, Callable[[Mapping[str, Any]], Sent]] = {
    "duty": _change,
    "fix": _mend,
    "scheme": lambda sent: SchemeChange(str(sent["item"]), _kind(sent), str(sent["scheme"]), int(sent["version"])),
    "add": lambda sent: NewItem(_kind(sent), str(sent["name"]), str(sent["number"])),
    "rename": lambda sent: NewName(str(sent["item"]), str(sent["name"]), int(sent["version"])),
    "remove": lambda sent: Removal(str(sent["item"]), int(sent["version"])),
}


def _nothing() -> None:
    """A component keeps only the events that have a callback; the page reads the change itself (changed)."""
