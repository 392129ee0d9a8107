"""
Agreement: where a group stands on each statement, whether it agrees, and which roles differ.

Formulas and cut-offs are from the literature named beside them; whatever cannot be said is None with a reason.
"""

from assessments.agreement.ratings import Rating, Table, read_ratings, tabulate
from assessments.agreement.report import Agreement, ItemAgreement, agreement, as_json

__all__ = [
    "Agreement",
    "ItemAgreement",
    "Rating",
    "Table",
    "agreement",
    "as_json",
    "read_ratings",
    "tabulate",
]
