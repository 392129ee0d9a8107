"""What the pages about people ask and show: the register's fields, its table, the key and the widest gaps."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from assessments.functions import FUNCTIONS
from pages.ui import tables, text
from pages.ui.fields import Choice, Scale, Text
from pages.ui.safe import markup
from program.ownership import Finding, Matrix
from program.stakeholders import STANCES, Stakeholder, gap, largest_gaps

WIDEST = 4
_STANCE_WORDS = {stance: stance.capitalize() for stance in STANCES}
_FUNCTION_WORDS = {function.id: function.name for function in FUNCTIONS.values()}
FIELDS = (
    Text("name", "Name", required=True),
    Text("title", "Title", hint="Head of service"),
    Choice("function", "Function", _FUNCTION_WORDS, none="Not known"),
    Text("contact", "Contact", most=320),
    Choice("stance", "Stance now", _STANCE_WORDS),
    Choice("wanted_stance", "Stance wanted", _STANCE_WORDS),
    Scale("power", "Power: how much say they have"),
    Scale("interest", "Interest: how much it concerns them"),
    Text("wants", "What they want or ask", long=True, most=2000),
    Text("next_step", "Next step with them", long=True, most=2000),
)
BEGIN = {"stance": "unaware", "wanted_stance": "supportive"}
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
    return person.title or _FUNCTION_WORDS.get(person.function or "", "")


def key_and_gaps(people: Sequence[Stakeholder]) -> str:
    """The grid's key with a count for each stance, and the widest gaps as a table, as HTML."""
    counted = Counter(person.stance for person in people)
    chips = [
        (_MARKS[each], f"{_STANCE_WORDS[each]} <span style='color:var(--gw-muted)'>{counted[each]}</span>")
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
        f'<p class="gw-what" style="font-size:1rem"><b>{markup(person.name)} asks</b> '
        f"{markup(text.quoted(person.wants or ''))} No next step is recorded.</p>"
    )


def register(people: Sequence[Stakeholder]) -> tables.Table:
    """Everybody on the map, the same rows as the grid."""
    return tables.Table(
        columns=(
            tables.Column("Who"),
            tables.Column("Function", tables.blank),
            tables.Column("Power, 0 to 10", _tenths, number=True),
            tables.Column("Interest, 0 to 10", _tenths, number=True),
            tables.Column("Stance now"),
            tables.Column("Wanted"),
            tables.Column("Gap", _tenths, number=True),
            tables.Column("Wants or asks", tables.blank),
            tables.Column("Next step", tables.blank),
        ),
        rows=tuple(
            (
                tables.Cell(person.name, "strong", note=role(person)),
                _FUNCTION_WORDS.get(person.function or ""),
                person.power,
                person.interest,
                _STANCE_WORDS[person.stance],
                _STANCE_WORDS[person.wanted_stance],
                gap(person),
                person.wants,
                person.next_step,
            )
            for person in people
        ),
        name="stakeholders",
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
        columns=(tables.Column("Who"), tables.Column("Now → wanted"), tables.Column("Gap", _tenths, number=True)),
        rows=tuple(
            (
                tables.Cell(person.name, note=role(person)),
                f"{_STANCE_WORDS[person.stance]} → {_STANCE_WORDS[person.wanted_stance]}",
                gap(person),
            )
            for person in widest
        ),
        caption="Widest gaps, weighted by power",
    )


def _tenths(value: Decimal | None) -> str:
    return text.number(value, decimals=1)
