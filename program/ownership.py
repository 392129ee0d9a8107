"""Ownership: the items, the people, the duties between them, and how much each of the people carries."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from program.drafts import State
from program.fixes import consult, with_fix
from program.policy import Policy, load
from program.raci import (
    LETTERS,
    SCHEMES,
    WORDS,
    Change,
    Duty,
    Finding,
    Fix,
    applied,
    as_json,
    findings,
    in_words,
    join_letters,
    split_letters,
    translated,
)
from program.raci_file import Raci, read_raci
from program.stakeholders import Stakeholder

__all__ = [
    "KINDS",
    "LETTERS",
    "SCHEMES",
    "STAGES",
    "WORDS",
    "Change",
    "Duty",
    "Finding",
    "Fix",
    "Load",
    "Matrix",
    "Raci",
    "applied",
    "as_json",
    "findings",
    "headline",
    "join_letters",
    "ladder_findings",
    "loads",
    "people_findings",
    "read_raci",
    "split_letters",
    "translated",
]

UNOWNED = ("no_accountable", "empty_item", "only_informed", "no_approver")
KINDS = {
    "component": ("component", "components"),
    "capability": ("capability", "capabilities"),
    "decision": ("decision", "decisions"),
}
STAGES = {
    "network": "Self-organizing network",
    "team": "Cross-functional team",
    "coordinator": "Coordinator",
    "chief": "Chief customer officer",
}


@dataclass(frozen=True)
class Matrix:
    """
    Items by people. letters: "A/R" and the like by (item id, stakeholder id); findings name ids.

    components: the items' ids and names, whatever their kind (KINDS). schemes: raci or daci by item id, raci for those
    that are not named.
    """

    components: list[tuple[str, str]]
    people: list[tuple[str, str]]
    letters: dict[tuple[str, str], str]
    findings: list[Finding]
    kind: str = "component"
    schemes: dict[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def unowned(self) -> list[str]:
        """The ids of the items that nobody is accountable for."""
        return [finding.item for finding in self.findings if finding.code in UNOWNED and finding.item]


@dataclass(frozen=True)
class Load:
    """How many items somebody carries, by duty. overload: they answer for more than the policy's number."""

    person: str
    accountable: int
    responsible: int
    consulted: int
    informed: int
    drives: int
    overload: bool


def loads(people: Sequence[str], duties: Sequence[Duty], policy: Policy | None = None) -> list[Load]:
    """Return what each person carries, in the order of the people. Approving counts as being accountable."""
    most = (policy or load()).overload
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for duty in set(duties):
        counted[duty.person][duty.letter] += 1
    return [
        Load(
            person=person,
            accountable=counted[person]["A"],
            responsible=counted[person]["R"],
            consulted=counted[person]["C"],
            informed=counted[person]["I"],
            drives=counted[person]["D"],
            overload=counted[person]["A"] > most,
        )
        for person in people
    ]


def people_findings(
    stakeholders: Sequence[Stakeholder],
    duties: Sequence[Duty],
    policy: Policy | None = None,
    *,
    functions: Mapping[str, str],
    names: Mapping[str, str],
    schemes: Mapping[str, str] | None = None,
) -> list[Finding]:
    """
    Return the findings that need to know the people: power without a duty, resistance, functions left out.

    stakeholders' ids are the duties' persons. functions: the id and the name of each function that should take part.
    names: of the items, by id. schemes: raci or daci by item. Nothing is found before the first duty is given.
    """
    if not duties:
        return []
    rules = policy or load()
    call = {**names, **{s.id: s.name for s in stakeholders}}
    resistant = [s.id for s in stakeholders if s.stance == "resistant"]
    people = [s.id for s in stakeholders]
    state = State([], people, duties, rules, names=call, schemes=schemes or {}, unfit=resistant)
    busy = {duty.person for duty in duties}
    found = []
    for s in stakeholders:
        if s.power >= rules.high_from and s.id not in busy:
            sentence = f"{s.name} has much say but no duty."
            found.append(Finding("powerful_without_duty", None, s.id, "warning", sentence, consult(s.id, state)))
    for duty in duties:
        if duty.letter == "A" and duty.person in resistant:
            sentence = f"{call[duty.person]} is accountable for “{call.get(duty.item, duty.item)}” and resistant."
            risk = Finding("resistant_accountable", duty.item, duty.person, "warning", f"{sentence} That is a risk.")
            found.append(with_fix(risk, state))
    present = {s.function for s in stakeholders if s.id in busy}
    for function, label in functions.items():
        if function not in present:
            theirs = [s for s in stakeholders if s.function == function]
            first = max(theirs, key=lambda s: s.power, default=None)
            fix = consult(first.id, state) if first else None
            found.append(Finding("function_absent", None, None, "warning", f"Nobody from {label} has a duty.", fix))
    return found


def ladder_findings(
    duties: Sequence[Duty],
    stages: Mapping[str, str | None],
    planned: Mapping[str, Decimal],
    policy: Policy | None = None,
    *,
    names: Mapping[str, str],
) -> list[Finding]:
    """
    Return who answers for more money than a self-organizing network should, largest share first: code network_owner.

    stages: the ownership stage of each component, by id. planned: the money planned for each, in one currency; empty
    where there is none or there are several. names: of the people, by id.
    """
    most = (policy or load()).network_owner_share
    whole = sum(planned.values(), Decimal(0))
    if whole <= 0:
        return []
    held: defaultdict[str, Decimal] = defaultdict(Decimal)
    for duty in dict.fromkeys(duties):
        if duty.letter == "A" and stages.get(duty.item) == "network":
            held[duty.person] += planned.get(duty.item, Decimal(0))
    found = []
    for person, money in sorted(held.items(), key=lambda entry: -entry[1]):
        if money > most * whole:
            sentence = (
                f"{names.get(person, person)} answers for {money / whole:.0%} of the planned budget on components that "
                f"a self-organizing network owns. More than {most:.0%} needs a team or a coordinator."
            )
            found.append(Finding("network_owner", None, person, "warning", sentence))
    return found


def headline(matrix: Matrix) -> str:
    """Return the one sentence that the matrix answers with."""
    one, several = KINDS[matrix.kind]
    if not matrix.components:
        return f"No {several} to own yet."
    if not matrix.people:
        return f"Nobody on the map could own a {one} yet."
    names, unowned, total = dict(matrix.components), matrix.unowned, len(matrix.components)
    if unowned:
        noun = f"{one if total == 1 else several} {'has' if len(unowned) == 1 else 'have'}"
        known = [names[item] for item in unowned]
        which = in_words(known) if len(known) < 4 else f"{', '.join(known[:3])} and {len(known) - 3} more"
        return f"{len(unowned)} of {total} {noun} no accountable owner: {which}."
    if errors := matrix.errors:
        return errors[0].sentence
    return f"Every {one} has one accountable owner and somebody who does the work."
