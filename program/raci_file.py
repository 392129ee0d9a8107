"""Reading a RACI matrix from a CSV file: item, person, duty."""

from dataclasses import dataclass

from program.duties import SCHEMES, Duty, split_letters
from program.table_file import BadTable, CellProblem, Row, read_table
from program.values import Invalid

COLUMNS = ("item", "person", "duty")


@dataclass(frozen=True)
class Raci:
    """Items and people in the order of their first line, also those without a duty."""

    items: tuple[str, ...]
    people: tuple[str, ...]
    duties: tuple[Duty, ...]


def read_raci(text: str, name: str = "raci.csv", *, scheme: str = "raci") -> Raci:
    """
    Return the matrix of a CSV text with the columns item, person, duty in any order.

    scheme: raci or daci, whose letters the duties are.
    A row without person and duty declares an item, one without item and duty a person.
    Raises BadTable, naming lines and columns.
    """
    problems: list[CellProblem] = []
    items: dict[str, None] = {}
    people: dict[str, None] = {}
    duties: dict[Duty, None] = {}
    for row in read_table(text, needed=COLUMNS, name=name)[1]:
        try:
            letters = _letters(row, scheme)
        except Invalid as problem:
            problems.append(CellProblem(row.line, problem.field, problem.sentence))
            continue
        items |= dict.fromkeys([row["item"]] if row["item"] else [])
        people |= dict.fromkeys([row["person"]] if row["person"] else [])
        duties |= dict.fromkeys(Duty(row["item"], row["person"], letter) for letter in letters)
    if problems:
        raise BadTable(name, problems)
    return Raci(tuple(items), tuple(people), tuple(duties))


def _letters(row: Row, scheme: str) -> tuple[str, ...]:
    letters = split_letters(row["duty"], scheme)
    if letters and not row["item"]:
        raise Invalid("item", f"The duty {row['duty']} of {row['person'] or 'nobody'} names no item.")
    if letters and not row["person"]:
        raise Invalid("person", f"The duty {row['duty']} on {row['item']} names no person.")
    if row["item"] and row["person"] and not letters:
        rules = SCHEMES[scheme]
        use = f"{', '.join(rules.name)} or several, as in {rules.letters[0]}/{rules.letters[1]}"
        raise Invalid("duty", f"{row['person']} on {row['item']} has no duty. Use {use}.")
    return letters
