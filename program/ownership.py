"""Ownership: the components, the people, and the duties between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from program.policy import Policy, load
from program.raci import LETTERS, WORDS, Duty, Finding, as_json, findings, in_words, join_letters, split_letters
from program.raci_file import Raci, read_raci
from program.stakeholders import Stakeholder

__all__ = [
    "LETTERS",
    "WORDS",
    "Duty",
    "Finding",
    "Matrix",
    "Raci",
    "as_json",
    "findings",
    "headline",
    "join_letters",
    "people_findings",
    "read_raci",
    "split_letters",
]

UNOWNED = ("no_accountable", "empty_item", "only_informed")


@dataclass(frozen=True)
class Matrix:
    """Components by people. letters: "A/R" and the like by (component id, stakeholder id); findings name ids."""

    components: list[tuple[str, str]]
    people: list[tuple[str, str]]
    letters: dict[tuple[str, str], str]
    findings: list[Finding]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def unowned(self) -> list[str]:
        """The ids of the components that nobody is accountable for."""
        return [finding.item for finding in self.findings if finding.code in UNOWNED and finding.item]


def people_findings(
    stakeholders: Sequence[Stakeholder],
    duties: Sequence[Duty],
    policy: Policy | None = None,
    *,
    functions: Mapping[str, str],
    names: Mapping[str, str],
) -> list[Finding]:
    """
    Return the findings that need to know the people: power without a duty, resistance, functions left out.

    stakeholders' ids are the duties' persons. functions: the id and the name of each function that should take part.
    names: of the items, by id. Nothing is found before the first duty is given.
    """
    if not duties:
        return []
    high = (policy or load()).high_from
    busy = {duty.person for duty in duties}
    found = [
        Finding("powerful_without_duty", None, s.id, "warning", f"{s.name} has much say but no duty.")
        for s in stakeholders
        if s.power >= high and s.id not in busy
    ]
    resistant = {s.id: s.name for s in stakeholders if s.stance == "resistant"}
    for duty in duties:
        if duty.letter == "A" and duty.person in resistant:
            name, item = resistant[duty.person], names.get(duty.item, duty.item)
            sentence = f"{name} is accountable for “{item}” and resistant. That is a risk."
            found.append(Finding("resistant_accountable", duty.item, duty.person, "warning", sentence))
    present = {s.function for s in stakeholders if s.id in busy}
    for function, label in functions.items():
        if function not in present:
            found.append(Finding("function_absent", None, None, "warning", f"Nobody from {label} has a duty."))
    return found


def headline(matrix: Matrix) -> str:
    """Return the one sentence that the matrix answers with."""
    if not matrix.components:
        return "No components to own yet."
    if not matrix.people:
        return "Nobody on the map could own a component yet."
    names, unowned, total = dict(matrix.components), matrix.unowned, len(matrix.components)
    if unowned:
        noun = f"{'component' if total == 1 else 'components'} {'has' if len(unowned) == 1 else 'have'}"
        known = [names[item] for item in unowned]
        which = in_words(known) if len(known) < 4 else f"{', '.join(known[:3])} and {len(known) - 3} more"
        return f"{len(unowned)} of {total} {noun} no accountable owner: {which}."
    if errors := matrix.errors:
        return errors[0].sentence
    return "Every component has one accountable owner and somebody who does the work."
