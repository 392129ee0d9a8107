"""What others changed since somebody was last here, as sentences that hold no values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from program.access import may


@dataclass(frozen=True)
class Noun:
    """
    What changes are about: its words, the page where it stands, and the grant that it takes to read of it.

    named: whether it is told who changed it.
    """

    one: str
    many: str
    page: str
    needs: str = "plan.read"
    named: bool = True


@dataclass(frozen=True)
class Changed:
    """How often one action was carried out, on how many rows, the last time when, and by whom."""

    action: str
    entries: int
    rows: int
    last_at: datetime
    who: tuple[str, ...] = ()


@dataclass(frozen=True)
class News:
    """A sentence about what changed, where to see it, and by whom, if that is told."""

    sentence: str
    page: str
    last_at: datetime
    who: tuple[str, ...] = ()


PEOPLE, OWNING, TIES = "people/stakeholders.py", "people/ownership.py", "people/influence.py"
COMPONENTS, BUDGET, DECISIONS = "plan/components.py", "plan/budget.py", "plan/decisions.py"
RISKS, STRATEGY, ROADMAP = "plan/risks.py", "plan/strategy.py", "plan/roadmap.py"
NOUNS: Mapping[str, Noun] = {  # by the first word of an action; what is not here is not told
    "activity": Noun("activity", "activities", ROADMAP),
    "activity_link": Noun("link of the roadmap", "links of the roadmap", ROADMAP),
    "assumption": Noun("assumption", "assumptions", DECISIONS),
    "baseline": Noun("baseline", "baselines", ROADMAP),
    "benefit": Noun("benefit", "benefits", BUDGET),
    "budget_line": Noun("budget line", "budget lines", BUDGET),
    "budget_version": Noun("budget version", "budget versions", BUDGET),
    "canvas_note": Noun("canvas note", "canvas notes", STRATEGY),
    "capability": Noun("weight of a capability", "weights of capabilities", STRATEGY),
    "change": Noun("record of a change", "records of changes", DECISIONS),
    "component": Noun("component", "components", COMPONENTS),
    "contribution": Noun("contribution of a component", "contributions of components", STRATEGY),
    "day_off": Noun("day off", "days off", ROADMAP),
    "decision": Noun("decision", "decisions", DECISIONS),
    "duty": Noun("duty", "duties", OWNING, "people.read"),
    "evidence": Noun("piece of evidence", "pieces of evidence", "assess/results.py", "assess.read", named=False),
    "follow_up": Noun("follow-up", "follow-ups", DECISIONS),
    "gate": Noun("gate", "gates", COMPONENTS),
    "handover": Noun("handover", "handovers", OWNING, "people.read"),
    "item_duty": Noun("duty", "duties", OWNING, "people.read"),
    "ledger": Noun("entry of money", "entries of money", BUDGET),
    "member": Noun("member", "members", "home/members.py", "members.manage"),
    "model": Noun("set of statements", "sets of statements", "assess/models.py", "assess.read"),
    "objective": Noun("objective", "objectives", STRATEGY),
    "owned_item": Noun("item with owners", "items with owners", OWNING, "people.read"),
    "plan_rate": Noun("plan rate", "plan rates", BUDGET),
    "plan_setting": Noun("setting of the plan", "settings of the plan", ROADMAP),
    "risk": Noun("risk", "risks", RISKS),
    "run": Noun("assessment run", "assessment runs", "assess/results.py", "assess.read", named=False),
    "scenario": Noun("scenario", "scenarios", ROADMAP),
    "stakeholder": Noun("person or group", "people and groups", PEOPLE, "people.read"),
    "stand_in": Noun("stand-in", "stand-ins", TIES, "influence.read"),
    "step": Noun("engagement step", "engagement steps", PEOPLE, "people.read"),
    "target": Noun("target", "targets", COMPONENTS),
    "tie": Noun("tie", "ties", TIES, "influence.read"),
    "use_case": Noun("use case", "use cases", STRATEGY),
    "vendor": Noun("vendor", "vendors", STRATEGY),
}
VERBS = {
    "accept": "accepted", "add": "added", "adopt": "adopted", "approve": "approved", "book": "booked",
    "check": "checked", "close": "closed", "complete": "completed", "decide": "decided", "dismiss": "dismissed",
    "done": "done", "import": "imported", "invite": "invited", "make": "made", "move": "moved",
    "publish": "published", "remove": "removed", "rename": "renamed", "reopen": "reopened", "settle": "settled",
    "start": "started",
}  # fmt: skip
UNCOUNTED = frozenset({"adopt", "import", "move", "phase", "spread"})  # one entry of these is about many rows
UNTOLD = frozenset(  # who takes part, what they answered, and what stands on no page of the program
    {"answer", "ledger_mapping", "program", "respondent", "sample", "source", "view"}
)
SILENT = frozenset({"run.answer", "run.join", "run.link", "run.unlink"})  # who takes part, and anonymous answers
OTHERWISE = "changed"


def news(changed: Iterable[Changed], *, role: str | None) -> list[News]:
    """
    Return what changed as sentences, the newest first, each of which a role may read.

    A row that was changed five times is one row. Answers, and whoever takes part in a run, are never told.
    """
    found: dict[tuple[str, str], News] = {}
    counts: dict[tuple[str, str], int] = {}
    for each in sorted(changed, key=lambda each: each.last_at, reverse=True):
        subject, _, verb = each.action.partition(".")
        noun = NOUNS.get(subject)
        if noun is None or each.action in SILENT or not may(role, noun.needs):
            continue
        place = noun.one, VERBS.get(verb, OTHERWISE)
        counts[place] = counts.get(place, 0) + (each.entries if verb == "book" else each.rows)
        earlier = found.get(place)
        who = tuple(dict.fromkeys([*(earlier.who if earlier else ()), *(each.who if noun.named else ())]))
        many = verb in UNCOUNTED
        sentence = f"{_capital(noun.many)} were {place[1]}." if many else _sentence(noun, counts[place], place[1])
        found[place] = (
            replace(earlier, sentence=sentence, who=who) if earlier else News(sentence, noun.page, each.last_at, who)
        )
    return list(found.values())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sentence(noun: Noun, count: int, done: str) -> str:
    return f"{count:,} {noun.one if count == 1 else noun.many} {'was' if count == 1 else 'were'} {done}."
