"""How the figures of an assessment come about, one row per figure: for the files that leave the product."""

from collections.abc import Iterator

from assessments.agreement.labels import cutoffs
from assessments.library import Library

Row = tuple[str, str, float | None, str]

SCORES = (
    ("Dimension", "Median over people of the mean of their answers to its statements; don't know and not applicable "
     "are left out.", "The rules of the model"),
    ("Aspect", "Weighted mean of its dimensions that have a score.", "The rules of the model"),
    ("Counts", "What an aspect can deliver: at most one step above the floor below it; strategy waits for both gates.",
     "Essay S0"),
    ("Readiness", "The lowest of the three scores that count, never their mean.", "Essay S0"),
    ("Band", "The middle 90 % of 2,000 scores of people drawn anew from those who answered.", "Efron 1979"),
)  # fmt: skip
AGREEMENT = (
    ("rwg", "1 - variance / the variance of answers by chance, not below 0.", "James, Demaree and Wolf 1984"),
    ("rwg_critical", "The smallest rwg that answers by chance reach at most once in twenty, exact for the number of "
     "people.", "Enumerated"),
    ("ad", "Mean absolute deviation from the mean, in levels.", "Burke and Dunlap 2002"),
    ("van_der_eijk_a", "-1 two camps, 0 spread evenly, 1 all in one level.", "van der Eijk 2001"),
    ("role_gap", "Highest less lowest median of the roles.", "Ours"),
    ("eta_squared", "Share of the variance that lies between roles.", "Bliese 2000"),
    ("icc1", "How alike two people of one role answer; below zero shown as 0.", "Bliese 2000"),
    ("role_p", "Share of permutations of the role labels with at least this eta squared, both counts plus one.",
     "Permutation"),
    ("role_p_bh", "The same, adjusted for the number of statements.", "Benjamini and Hochberg 1995"),
    ("group_consensus", "Product over roles of (agree + 1) / (n + 2); agree is one of the top two levels.", "Polis"),
    ("kendall_w", "Whether all put the statements in the same order, corrected for ties.", "Legendre 2010"),
    ("krippendorff_alpha", "Agreement of people who answered different statements, ordinal.", "Krippendorff 2011"),
)  # fmt: skip


def computed(library: Library) -> tuple[Row, ...]:
    """Return what each figure is, how it comes about, the number that is a choice, and its source."""
    return tuple(_rows(library))


def _rows(library: Library) -> Iterator[Row]:
    for what, how, source in SCORES:
        yield what, how, None, source
    for name, reason in library.gates.reasons.items():
        yield f"gates.{name}", reason, float(getattr(library.gates, name)), "The model"
    for what, how, source in AGREEMENT:
        yield what, how, None, source
    for name, cut in vars(cutoffs()).items():
        yield f"cutoffs.{name}", f"{cut.reason} ({cut.unit})", cut.value, cut.source
