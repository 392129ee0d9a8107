"""What the pages about people say: the key, the widest gaps, whom to answer first, what could go wrong."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from assessments.functions import FUNCTIONS
from pages.ui import tables, text
from pages.ui.safe import markup
from program import policy
from program.ownership import Finding, Matrix
from program.proposed_risks import ProposedRisk
from program.salience import CLASSES, Salience, salience
from program.stakeholders import STANCES, Stakeholder, gap, largest_gaps

WIDEST, NAMED = 4, 3
STANCE_WORDS = {stance: stance.capitalize() for stance in STANCES}
FUNCTION_WORDS = {function.id: function.name for function in FUNCTIONS.values()}
URGENT = ("definitive", "dangerous", "dominant", "dependent", "demanding", "discretionary", "dormant", "none")
FIELD_NAMES = {
    "title": "Title",
    "function": "Function",
    "contact": "Contact",
    "is_group": "Group",
    "wanted_stance": "Stance wanted",
    "stance": "Stance now",
    "gain_customers": "In it for their customers",
    "gain_team": "For their team",
    "gain_own": "For them",
    "sees": "Sees in Social CRM",
    "wants": "Wants or asks",
    "next_step": "Next step",
}
WHAT = (
    "A stakeholder is a person or a group with a say in the program: how much power they have, how much it concerns "
    "them, where they stand and where you need them. They own components and appear in every headline about people."
)
_CHIP = "display:inline-block;box-sizing:border-box;width:14px;height:14px;vertical-align:-2px;margin-right:8px"
_MARKS = {
    "resistant": "background:var(--gw-resistant)",
    "neutral": "background:var(--gw-neutral);border-radius:50%",
    "supportive": "background:var(--gw-supportive);border-radius:50%",
    "leading": "background:var(--gw-leading);transform:rotate(45deg) scale(.86)",
    "unaware": "border:2px dashed var(--gw-unaware);border-radius:50%",
}


def role(person: Stakeholder) -> str:
    """What to call somebody's place in the company: the title, else the function."""
    return person.title or FUNCTION_WORDS.get(person.function or "", "")


def alone(name: str) -> str:
    """A name inside a sentence, whose letters cannot turn the order of the words around it."""
    return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"


def tenths(value: Decimal | None) -> str:
    """8.1"""
    return text.number(value, decimals=1)


def field_name(field: str) -> str:
    """What a field of the register is called on the pages."""
    return FIELD_NAMES.get(field, text.capital(field.replace("_", " ")))


def salience_of(person: Stakeholder) -> Salience | None:
    """The class of Mitchell, Agle and Wood, None while legitimacy or urgency is not known."""
    found = salience(person.power, person.legitimacy, person.urgency, policy.load().high_from)
    return CLASSES[found] if found else None


def key_and_gaps(people: Sequence[Stakeholder]) -> str:
    """The grid's key with a count for each stance, and the widest gaps as a table, as HTML."""
    counted = Counter(person.stance for person in people)
    chips = [
        (_MARKS[each], f"{STANCE_WORDS[each]} <span style='color:var(--gw-muted)'>{counted[each]}</span>")
        for each in _MARKS
    ]
    chips.append(("border:2px solid var(--gw-ink);border-radius:50%", "hollow: wanted"))
    cells = "".join(f'<span><i style="{_CHIP};{mark}"></i>{words}</span>' for mark, words in chips)
    key = (
        '<div style="display:grid;grid-template-columns:repeat(3,auto);gap:8px 16px;font-size:.8125rem;'
        f'margin-bottom:24px;color:var(--gw-ink)">{cells}</div>'
    )
    widest = largest_gaps(people)[:WIDEST]
    if not widest:
        return f'{key}<p class="gw-note">Nobody is short of the stance you need.</p>'
    note = '<p class="gw-note" style="margin-top:12px">Gap = steps between stances times power, 0 to 10.</p>'
    return f"{key}{tables.html(_gap_table(widest))}{note}"


def question(people: Sequence[Stakeholder]) -> Stakeholder | None:
    """The stakeholder with the widest gap who asks something that has no next step yet."""
    return next((person for person in largest_gaps(people) if person.wants and not person.next_step), None)


def asks(person: Stakeholder) -> str:
    """What somebody asks, and that nobody has answered, as HTML."""
    return (
        f'<p class="gw-what" style="font-size:1rem"><b>{markup(alone(person.name))} asks</b> '
        f"{markup(alone(text.quoted(person.wants or '')))} No next step is recorded.</p>"
    )


def answer_first(people: Sequence[Stakeholder]) -> str:
    """Whom to answer first, by salience, and of how many people it is known, as HTML."""
    known = [(found, person) for person in people if (found := salience_of(person))]
    head = '<h2 class="gw-title">Whom to answer first</h2>'
    if not known:
        return (
            f'{head}<p class="gw-note">Not known yet: it takes legitimacy (is their claim rightful?) and urgency (how '
            "soon must it be answered?) beside power. Enter them under Edit, or in columns under Paste.</p>"
        )
    first = min((found for found, _ in known), key=lambda found: URGENT.index(found.id))
    those = sorted((each for found, each in known if found is first), key=lambda each: (-each.power, each.name))
    named = [markup(alone(each.name)) for each in those[:NAMED]]
    more = [f"{len(those) - NAMED} more"] if len(those) > NAMED else []
    verb = "is" if len(those) == 1 else "are"
    who = f"<p><b>{text.listed(named + more)}</b> {verb} {first.name.lower()}. {markup(first.sentence)}</p>"
    unknown = len(people) - len(known)
    note = f"Legitimacy or urgency of {text.plural(unknown, 'person is', 'people are')} not known." if unknown else ""
    return f'{head}<div class="gw-what" style="font-size:1rem">{who}</div><p class="gw-note">{note}</p>'


def risk_list(risks: Sequence[ProposedRisk], *, most: int) -> str:
    """What could go wrong, the gravest first, as HTML."""
    items = "".join(
        f'<li style="margin:0 0 8px"><span class="gw-watch">▲ watch</span> {markup(each.sentence)}</li>'
        for each in risks[:most]
    )
    more = f'<p class="gw-note">And {len(risks) - most} more.</p>' if len(risks) > most else ""
    return (
        '<h2 class="gw-title">What could go wrong</h2>'
        f'<ul style="list-style:none;margin:8px 0 0;padding:0;line-height:1.45">{items}</ul>{more}'
    )


def count_findings(matrix: Matrix) -> str:
    """How many rules are broken, and how much there is to watch, in words."""
    broken = len(matrix.errors)
    return f"{text.capital(text.plural(broken, 'rule', 'rules'))} broken, {len(matrix.findings) - broken} to watch"


def finding_table(findings: Sequence[Finding]) -> tables.Table:
    """What is wrong with the ownership, errors first."""
    ordered = sorted(findings, key=lambda finding: finding.severity != "error")
    signs = {"error": tables.Cell("■ act", "act"), "warning": tables.Cell("▲ watch", "watch")}
    return tables.Table(
        columns=(tables.Column("Sign"), tables.Column("Finding")),
        rows=tuple((signs[finding.severity], finding.sentence) for finding in ordered),
        name="findings",
    )


def _gap_table(widest: Sequence[Stakeholder]) -> tables.Table:
    return tables.Table(
        columns=(tables.Column("Who"), tables.Column("Now → wanted"), tables.Column("Gap", tenths, number=True)),
        rows=tuple(
            (
                tables.Cell(person.name, note=role(person)),
                f"{STANCE_WORDS[person.stance]} → {STANCE_WORDS[person.wanted_stance]}",
                gap(person),
            )
            for person in widest
        ),
        caption="Widest gaps, weighted by power",
    )
