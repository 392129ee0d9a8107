"""The vendor scorecard: who does the seven things how well, how sure that is, and what would turn the order."""

from pages.ui import shell, svg, tables, text
from pages.ui.safe import markup
from pages.ui.strategy import Plan
from pages.ui.tables import Cell, Column
from pages.ui.vendor_forms import form
from program import scorecard
from program.scorecard import TOP, Mark, Score, Turn

WIDE, HIGH, EDGE = 300, 26, 8
TIMES = " \N{MULTIPLICATION SIGN} "
STYLE = """
.scroll {overflow-x:auto}
table {width:100%;border-collapse:collapse;font-size:.9375rem;line-height:1.35;color:var(--gw-ink)}
th, td {border-bottom:1px solid var(--gw-rule);padding:5px 16px 5px 0;text-align:left;font-weight:400}
thead th {font-size:.8125rem;font-weight:600;color:var(--gw-muted);border-bottom:1px solid var(--gw-gray)}
.num {text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap} .strong {font-weight:600}
.unknown {color:var(--gw-muted)} td svg {min-width:160px}
"""
WHAT = (
    "A vendor is judged by seven things that a platform for Social CRM should do. Each has a weight of yours, and a "
    "score with what shows it; what nobody has seen yet is unknown and not zero."
)


def draw(plan: Plan) -> None:
    """Draw the order of the vendors, their scores side by side, what turns the order, and the forms."""
    if plan.vendors:
        shell.title("Score by vendor", f"0 to {TOP}, weighted; the dot over what is known, dashes where it could end")
        svg.draw(drawing(plan.scores), key="vendor.scores", style=STYLE)
        tables.downloads(as_table(plan), key="vendor.order")
        _explain(plan)
        if plan.turns:
            shell.title(
                "What would turn the order", "the nearest other weight of one capability, 0 to 5, all else alike"
            )
            tables.show(turning(plan), key="vendor.turns")
        shell.title("The seven capabilities", "weight 0 to 5, score 0 to 4")
    else:
        shell.lead(WHAT)
    tables.show(compared(plan), key="vendor.card")
    shell.note(scorecard.SOURCE)
    if plan.editable:
        form(plan)


def drawing(scores: list[Score]) -> str:
    """One row per vendor: the score, the range that the unknown leaves, and the share of the weight that is known."""
    rows = "".join(_row(each) for each in scores)
    heads = ("Vendor", "Score", "Between", "Known", "")
    drawn = "".join(f'<th scope="col"{_num(at)}>{markup(name)}</th>' for at, name in enumerate(heads))
    return f'<div class="scroll"><table><thead><tr>{drawn}</tr></thead><tbody>{rows}</tbody></table></div>'


def as_table(plan: Plan) -> tables.Table:
    """The same rows for the files, and what is unknown of each."""
    names = scorecard.load()
    heads = ("Vendor", "Score of 4", "At least", "At most", "Share known", "Unknown")
    return tables.Table(
        columns=tuple(Column(each) for each in heads),
        rows=tuple(
            (
                each.name,
                None if each.value is None else round(float(each.value), 4),
                round(float(each.low), 4),
                round(float(each.high), 4),
                round(float(each.known), 4),
                "; ".join(names[one].name for one in each.unknown),
            )
            for each in plan.scores
        ),
        name="vendors",
    )


def compared(plan: Plan) -> tables.Table:
    """One row per capability: what to have shown, its weight, and each vendor's score with its evidence."""
    order = {each.vendor_id: each.name for each in plan.scores}
    marks = {(vendor.id, mark.capability): mark for vendor in plan.vendors for mark in vendor.marks}
    names = text.distinct(order)
    weights = {each.capability: each.weight for each in plan.weights}
    return tables.Table(
        columns=(
            Column("Capability"),
            Column("Weight", text.number, number=True),
            *(Column(names[each]) for each in order),
        ),
        rows=tuple(
            (
                Cell(each.name, "strong", note=each.ask),
                weights[each.id],
                *(_mark(marks[vendor, each.id]) for vendor in order),
            )
            for each in scorecard.load().values()
        ),
        name="scorecard",
    )


def turning(plan: Plan) -> tables.Table:
    """One row per capability whose weight could turn the order: from which weight on, and who leads then."""
    weights = {each.capability: each.weight for each in plan.weights}
    return tables.Table(
        columns=(
            Column("Capability"),
            Column("Weight", text.number, number=True),
            Column("Turns at", text.number, number=True),
            Column("Then"),
        ),
        rows=tuple(
            (Cell(scorecard.load()[each.capability].name, "strong"), weights[each.capability], each.weight, _then(each))
            for each in plan.turns
        ),
        name="turns",
    )


def _explain(plan: Plan) -> None:
    first = next((each for each in plan.scores if each.value is not None), None)
    if first is None:
        return
    counted = {each: weight for each, weight in plan.counted.items() if weight}
    scores = next(vendor.scores for vendor in plan.vendors if vendor.id == first.vendor_id)
    known = [(scores[each], weight) for each, weight in counted.items() if each in scores]
    sums = " + ".join(f"{score}{TIMES}{weight}" for score, weight in known)
    names = scorecard.load()
    facts = [("Formula", f"({sums}) / {sum(weight for _, weight in known)} = {_figure(first)}: score by weight")]
    if first.unknown:
        low, high = float(first.low), float(first.high)
        facts.append(("Not known", text.listed([names[each].name for each in first.unknown])))
        facts.append(("Could be", f"{low:.1f} were all of that 0, {high:.1f} were all of it {TOP}"))
    if len(plan.vendors) > 1:
        turned = any(each.other_leader for each in plan.turns)
        facts.append(("Weights", f"{'Another' if turned else 'No single'} weight puts another vendor first."))
    over = "all weights" if not first.unknown else f"the {_share(first)} of the weight whose score is known"
    shell.why(f"Why {_figure(first)} for {first.name}", f"Scores weighted by what matters to you, over {over}.", facts)


def _then(each: Turn) -> str:
    if not each.other_leader:
        return "the same first, another order behind"
    return f"{text.listed(each.leads)} {'leads' if len(each.leads) == 1 else 'lead level'}"


def _row(each: Score) -> str:
    known = f"{float(each.low):.1f} to {float(each.high):.1f}"
    value = _figure(each) if each.value is not None else f'<span class="unknown">{text.UNKNOWN}</span>'
    cells = f'<td class="num strong">{value}</td><td class="num">{known}</td><td class="num">{_share(each)}</td>'
    return f'<tr><th scope="row">{markup(each.name)}</th>{cells}<td>{_strip(each)}</td></tr>'


def _strip(each: Score) -> str:
    def at(value: float) -> float:
        return EDGE + value / TOP * (WIDE - 2 * EDGE)

    middle = HIGH / 2
    axis = svg.element("line", x1=EDGE, x2=WIDE - EDGE, y1=middle, y2=middle, stroke="var(--gw-rule)", stroke_width=1)
    ends = [at(float(each.low)), at(float(each.high))]
    span = svg.element(
        "line", x1=ends[0], x2=ends[1], y1=middle, y2=middle, stroke="var(--gw-ink)", stroke_width=2,
        stroke_dasharray="2 4",
    )  # fmt: skip
    dot = ""
    if each.value is not None:
        dot = svg.element("circle", cx=at(float(each.value)), cy=middle, r=6, fill="var(--gw-ink)")
    label = f"{each.name}: {_figure(each)} of {TOP}, between {float(each.low):.1f} and {float(each.high):.1f}"
    return svg.bare(WIDE, HIGH, axis + (span if ends[0] < ends[1] else "") + dot, label=label)


def _figure(each: Score) -> str:
    return text.UNKNOWN if each.value is None else text.score(float(each.value))


def _share(each: Score) -> str:
    return text.percent(float(each.known))


def _mark(mark: Mark) -> Cell:
    if mark.score is None:
        return Cell(None, "muted", note=mark.evidence or "")
    return Cell(mark.score, note=mark.evidence or "▲ nothing shows it yet")


def _num(at: int) -> str:
    return ' class="num"' if at in (1, 2, 3) else ""
