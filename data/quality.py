"""What is odd about imported rows though none of it is wrong: findings, each with a count and a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.reading.kinds import identifier, quoted

FEW_VALUES = 300  # a column with more different values is not a list of words
SHORTEST = 5  # characters; shorter words differ by one letter on purpose
RARE = 0.2  # a look-alike occurs at most this often for each time of the word it resembles
SHOWN = 3

# Words that industries, segments and stages are written with: a value one slip away from one is a look-alike
# also where the right word never occurs in the file.
USUAL_WORDS = (
    "agriculture", "automotive", "banking", "chemicals", "construction", "consulting", "consumer", "education",
    "electronics", "employment", "energy", "engineering", "enterprise", "entertainment", "finance", "financial",
    "government", "healthcare", "hospitality", "insurance", "logistics", "manufacturing", "marketing", "media",
    "medical", "negotiation", "nonprofit", "pharmaceutical", "prospecting", "proposal", "qualification", "qualified",
    "retail", "services", "software", "technology", "telecommunications", "transportation", "travel", "utilities",
    "wholesale",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One oddity: a stable code, how many rows show it, and a sentence for people."""

    code: str
    count: int
    sentence: str


def reference_findings(connection: Any, rows: str, references: Mapping[str, tuple[str, str | None]]) -> list[Finding]:
    """
    Return what foreign keys find: `unmatched_<column>` and `empty_<column>`.

    rows: SQL of the rows. references: column -> (the table it names, SQL of that table's source_id values or None).
    """
    findings: list[Finding] = []
    for column, (table, known) in references.items():
        findings += _unmatched(connection, rows, column, table, known) + _empty(connection, rows, column, table)
    return findings


def _unmatched(connection: Any, rows: str, column: str, table: str, known: str | None) -> list[Finding]:
    name = identifier(column)
    lost = f"{name} IS NOT NULL" + (f" AND {name} NOT IN (SELECT source_id FROM {known})" if known else "")  # noqa: S608
    found = connection.execute(
        f"SELECT {name}, count(*) AS rows FROM {rows} WHERE {lost} GROUP BY 1 ORDER BY rows DESC, 1"  # noqa: S608
    ).fetchall()
    count = sum(rows for _, rows in found)
    if not count:
        return []
    verb = "row names" if count == 1 else "rows name"
    words = _listed([value for value, _ in found])
    article = "an" if table[0] in "aeiou" else "a"
    said = f"{count:,} {verb} {article} {table} that is not in the warehouse: {words}."
    return [Finding(f"unmatched_{column}", count, said)]


def _empty(connection: Any, rows: str, column: str, table: str) -> list[Finding]:
    query = f"SELECT count(*) FROM {rows} WHERE {identifier(column)} IS NULL"  # noqa: S608
    count = connection.execute(query).fetchall()[0][0]
    verb = "row names" if count == 1 else "rows name"
    return [Finding(f"empty_{column}", count, f"{count:,} {verb} no {table} ({column}).")] if count else []


def similar_values(connection: Any, rows: str, columns: Sequence[str]) -> list[Finding]:
    """Return one finding of values one slip away from a frequent value of the same column, or from a usual word."""
    pairs: list[tuple[str, str, str, int]] = []
    for column in columns:
        pairs += _look_alikes(column, _value_counts(connection, rows, column))
    if not pairs:
        return []
    count = sum(rows for *_, rows in pairs)
    words = "; ".join(f'{column} "{odd}" looks like "{word}"' for column, odd, word, _ in pairs[: 2 * SHOWN])
    verb = "row holds a value" if count == 1 else "rows hold a value"
    return [
        Finding(
            "similar_values", count, f"{count:,} {verb} that looks like a slip: {words}. They were kept as they are."
        )
    ]


def _value_counts(connection: Any, rows: str, column: str) -> dict[str, int]:
    name = identifier(column)
    found = connection.execute(
        f"SELECT {name}, count(*) FROM {rows} WHERE {name} IS NOT NULL GROUP BY 1 LIMIT {FEW_VALUES + 1}"  # noqa: S608
    ).fetchall()
    few = len(found) <= FEW_VALUES and sum(count for _, count in found) >= 2 * len(found)
    return dict(found) if few else {}


def _look_alikes(column: str, counts: Mapping[str, int]) -> list[tuple[str, str, str, int]]:
    pairs: list[tuple[str, str, str, int]] = []
    for value, count in sorted(counts.items()):
        frequent = [word for word, times in counts.items() if count <= RARE * times]
        usual = [] if value.lower() in USUAL_WORDS else list(USUAL_WORDS)
        word = next((word for word in (*frequent, *usual) if one_slip(value.lower(), word.lower())), None)
        if word is not None and len(value) >= SHORTEST:
            pairs.append((column, value, word, count))
    return pairs


def one_slip(left: str, right: str) -> bool:
    """Tell whether two words differ by one letter: missing, extra, changed, or two neighbors swapped."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    short, long = sorted((left, right), key=len)
    at = next((place for place, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[:at] + short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long


def word_findings(
    code_words: Mapping[str, int], unknown: Mapping[str, int], unmapped: Mapping[str, int]
) -> list[Finding]:
    """
    Return what words were not understood, by column and count.

    code_words: words in number columns. unknown: words outside a vocabulary. unmapped: words a map does not translate.
    """
    texts = (
        ("code_words", code_words, "hold a word where a number belongs; the number is unknown, not 0"),
        ("unknown_vocabulary", unknown, 'hold a word the vocabulary does not know; it became "other"'),
        ("unmapped_words", unmapped, "hold a word the map does not translate; the value is unknown"),
    )
    return [
        Finding(code, sum(counts.values()), f"{sum(counts.values()):,} cells {text} ({_listed(list(counts))}).")
        for code, counts, text in texts
        if counts
    ]


def _listed(values: Sequence[str]) -> str:
    shown = ", ".join(value[:80] for value in values[:SHOWN])
    return shown + (f" and {len(values) - SHOWN:,} more" if len(values) > SHOWN else "")


def source_rows(table_rows: str, source: str) -> str:
    """Return the SQL of the rows of one source."""
    return f"(SELECT source_id FROM {table_rows} WHERE source_system = {quoted(source)})"  # noqa: S608
