"""How each fact of a component becomes met, not met or unknown (None), with a sentence that holds the figure."""

from collections.abc import Callable, Mapping
from datetime import date

from program.duties import SCHEMES
from program.gate_facts import Changed, Decided, Facts
from program.progress import RULES

Said = tuple[bool | None, str]
ENOUGH_OPTIONS = 2
ENOUGH_FUNCTIONS = 2


def _purpose(facts: Facts) -> Said:
    return (True, "Its goal is written down.") if facts.goal else (False, "It has no goal yet.")


def _need(facts: Facts) -> Said:
    if facts.dimension is None:
        return False, "It names no part of the assessment that it should lift."
    if facts.score is None:
        return None, facts.unscored
    target = f"; the target is {facts.target}" if facts.target else ""
    return True, f"“{facts.dimension}” stands at {facts.score:.1f} of 4{target}."


def _assumptions(facts: Facts) -> Said:
    if not facts.assumptions:
        return False, "No assumption is written down for it."
    return True, f"{_count(facts.assumptions, 'assumption is', 'assumptions are')} written down."


def _strategy(facts: Facts) -> Said:
    if not facts.objectives:
        return False, "It serves no objective."
    serves = f"It serves {_count(facts.objectives, 'objective', 'objectives', first=False)}"
    if not facts.notes:
        return False, f"{serves}, but no note on a canvas says why."
    return (
        True,
        f"{serves}, and {_count(facts.notes, 'note on a canvas says', 'notes on canvases say', first=False)} why.",
    )


def _perspectives(facts: Facts) -> Said:
    if facts.functions is None:
        return None, "No assessment has results to show yet."
    if not facts.functions:
        return False, "Nobody has answered the assessment yet."
    of = _count(facts.functions, "function", "functions", first=False)
    return facts.functions >= ENOUGH_FUNCTIONS, f"People of {of} have answered."


def _fresh_decisions(facts: Facts, stage: str) -> list[Decided]:
    last = facts.passed.get(stage)
    return [each for each in facts.decisions if last is None or each.on > last.date()]


def _no_decision(facts: Facts, stage: str) -> str:
    since = f" since {_day(facts.passed[stage])}" if stage in facts.passed else ""
    return f"No decision on it is on record{since}."


def _options(facts: Facts) -> Said:
    found = _fresh_decisions(facts, "decided")
    if not found:
        waiting = "A decision on it is still open." if facts.open_decisions else _no_decision(facts, "decided")
        return False, waiting
    best = max(found, key=lambda each: (each.chosen, each.options))
    names = f"The decision of {_day(best.on)} names {_count(best.options, 'option', 'options', first=False)}"
    if not best.chosen:
        return False, f"{names}, but not the one that was chosen."
    if best.options < ENOUGH_OPTIONS:
        return False, f"{names}; with fewer than two there was nothing to choose."
    return True, f"{names}."


def _decider(facts: Facts) -> Said:
    found = facts.holders.get("A", 0)
    if found == 1:
        return True, "One person answers for it."
    return False, f"{found} people answer for it, and it takes one." if found else "Nobody answers for it."


def _dissent(facts: Facts) -> Said:
    found = _fresh_decisions(facts, "decided")
    if not found:
        return False, f"{_no_decision(facts, 'decided').rstrip('.')}, so nobody can say who disagreed."
    if any(each.dissent for each in found):
        return True, "The record says it."
    return False, "The record is silent on who disagreed; write that nobody did if nobody did."


def _mindset(facts: Facts) -> Said:
    return facts.mindset, facts.mindset_words


def _phased(facts: Facts) -> Said:
    if not facts.lines:
        return False, "It has no budget line."
    if facts.phased is None:
        return False, "No version of the budget is approved."
    return facts.phased == facts.lines, f"{_of(facts.phased, facts.lines, 'line')} months in the approved version."


def _natures(facts: Facts) -> Said:
    if not facts.lines:
        return False, "It has no budget line."
    if {"labor", "non_labor"} <= set(facts.natures):
        return True, "It has lines for labor and for other costs."
    missing = "other costs" if "labor" in facts.natures else "labor"
    return False, f"It has no line for {missing}."


def _currency(facts: Facts) -> Said:
    if not facts.lines:
        return False, "It has no budget line."
    if facts.unrated:
        return False, f"There is no plan rate for {', '.join(facts.unrated)}."
    return True, "Every amount can be added up."


def _line_owners(facts: Facts) -> Said:
    if not facts.lines:
        return False, "It has no budget line."
    if facts.unowned_lines:
        return False, f"{_of(facts.unowned_lines, facts.lines, 'line')} no owner."
    return True, "Every line has one." if facts.lines > 1 else "The one line has one."


def _reserve(facts: Facts) -> Said:
    return (True, "The plan has a reserve.") if facts.reserve else (False, "The plan has no reserve.")


def _technology(facts: Facts) -> Said:
    return (False, facts.technology) if facts.technology else (True, "Nothing holds its money back.")


def _duties(facts: Facts) -> Said:
    scheme = SCHEMES[facts.scheme]
    for letter in scheme.one:
        if (held := facts.holders.get(letter, 0)) != 1:
            is_ = (
                f"{scheme.words[letter].lower()} for it"
                if scheme.id == "raci"
                else f"its {scheme.words[letter].lower()}"
            )
            return False, f"{held} people are {is_}, and it takes one." if held else f"Nobody is {is_}."
    if not facts.holders.get(scheme.works):
        return False, f"Nobody is {scheme.words[scheme.works].lower()} for the work on it."
    return True, f"The {scheme.name} matrix shows no error."


def _ladder(facts: Facts) -> Said:
    if facts.ladder is None:
        return False, "Nobody has said where its ownership stands."
    return True, f"It stands at “{facts.ladder}”."


def _activities(facts: Facts) -> Said:
    if not facts.activities:
        return False, "It has no activity on the roadmap."
    words = _count(facts.activities, "activity", "activities")
    if not facts.waiting:
        return False, f"{words}, and no link says what waits for what."
    return True, f"{words}, {facts.waiting} of them tied to others."


def _risks(facts: Facts) -> Said:
    if not facts.risks:
        return False, "No risk of it is named."
    if facts.unowned_risks:
        return False, f"{_of(facts.unowned_risks, facts.open_risks, 'open risk')} no owner."
    named = f"{_count(facts.risks, 'risk is', 'risks are')} named"
    return True, f"{named}, and each open one has an owner." if facts.open_risks else f"{named}, and none is open."


def _baseline(facts: Facts) -> Said:
    if facts.baseline is None:
        return False, "There is no baseline."
    return facts.in_baseline, f"The baseline “{facts.baseline}” {'holds' if facts.in_baseline else 'does not hold'} it."


def _progress(facts: Facts) -> Said:
    rule = f"The rule is “{RULES[facts.rule].lower()}”"
    noun, has = {
        "milestones": ("milestone on the roadmap", facts.milestones),
        "spending": ("planned budget line", facts.planned_lines),
    }.get(facts.rule, ("activity on the roadmap", facts.activities))
    return (True, f"{rule}.") if has else (False, f"{rule}, but it has no {noun}.")


def _actuals(facts: Facts) -> Said:
    if facts.last_actual is None:
        return None, "No cost of it is booked, so nobody knows what it has cost."
    age = (facts.today - facts.last_actual).days
    since = f"The last cost is of {_day(facts.last_actual)}, {_count(age, 'day', 'days', first=False)} ago"
    if age > facts.fresh_days:
        return False, f"{since}; {facts.fresh_days} is the most."
    return True, f"{since}."


def _metric(facts: Facts) -> Said:
    if not facts.metrics:
        return False, "It promises no value of a metric."
    return True, f"It promises a value of {_count(facts.metrics, 'metric', 'metrics', first=False)}."


def _trend(facts: Facts) -> Said:
    if not facts.metrics:
        return False, "Without a metric there is nothing to watch."
    known = next((each for each in facts.trends if each.value is not None and each.before is not None), None)
    if known is None:
        return None, next((each.reason for each in facts.trends if each.reason), "The customer data was not read.")
    going = {True: " It moves the right way.", False: " It moves the wrong way.", None: ""}[known.better]
    return True, f"{known.metric} is {known.value} in {known.month}, after {known.before} in {known.since}.{going}"


def _fresh_changes(facts: Facts) -> list[Changed]:
    last = facts.passed.get("tweaked")
    return [each for each in facts.changes if last is None or each.on > last.date()]


def _change(facts: Facts) -> Said:
    found = _fresh_changes(facts)
    if not found:
        since = f" since {_day(facts.passed['tweaked'])}" if "tweaked" in facts.passed else ""
        return False, f"No change of it is on record{since}."
    last = max(each.on for each in found)
    return True, f"{_count(len(found), 'change is', 'changes are')} on record, the last of {_day(last)}."


def _moved(facts: Facts) -> Said:
    found = _fresh_changes(facts)
    if any(each.moved for each in found):
        return True, "The record has the metric before and after."
    if any(each.metric for each in found):
        return None, "The record names a metric, but not its value before and after."
    return False, "No record names a metric that moved."


def _new_baseline(facts: Facts) -> Said:
    if any(each.baseline for each in _fresh_changes(facts)):
        return True, "A change record names the new baseline."
    return False, "No change record names a new baseline, and nothing attached says that none is needed."


def _retire(facts: Facts) -> Said:
    found = _fresh_decisions(facts, "tweaked")
    if not found:
        return False, _no_decision(facts, "tweaked")
    return True, f"The decision of {_day(max(each.on for each in found))} is on record."


JUDGES: Mapping[str, Callable[[Facts], Said]] = {
    "purpose": _purpose,
    "need": _need,
    "assumptions": _assumptions,
    "strategy": _strategy,
    "perspectives": _perspectives,
    "options": _options,
    "decider": _decider,
    "dissent": _dissent,
    "mindset": _mindset,
    "phased": _phased,
    "natures": _natures,
    "currency": _currency,
    "line_owners": _line_owners,
    "reserve": _reserve,
    "technology": _technology,
    "duties": _duties,
    "ladder": _ladder,
    "activities": _activities,
    "risks": _risks,
    "baseline": _baseline,
    "progress": _progress,
    "actuals": _actuals,
    "metric": _metric,
    "trend": _trend,
    "change": _change,
    "moved": _moved,
    "new_baseline": _new_baseline,
    "retire": _retire,
}


def _count(number: int, one: str, many: str, *, first: bool = True) -> str:
    """One option, 3 options; first: at the head of a sentence."""
    if number == 1:
        return f"{'One' if first else 'one'} {one}"
    return f"{number or ('No' if first else 'no')} {many}"


def _of(some: int, every: int, noun: str) -> str:
    """No line has, the one line has, 2 of 3 lines have"""
    if not some:
        return f"No {noun} has"
    if every == 1:
        return f"The one {noun} has"
    return f"{some} of {every} {noun}s {'has' if some == 1 else 'have'}"


def _day(on: date) -> str:
    return f"{on.day} {on:%b} {on.year}"
