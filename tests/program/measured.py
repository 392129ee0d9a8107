"""Tiny warehouses for tests of what is measured: interactions of a few customers over a year, and decided deals."""

from pathlib import Path
from typing import Any

from tests.data.metric_cases import write_tables

SMALL, LARGE = 3, 9  # people in the two segments below and above the disclosure threshold
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]


def interactions(home: Path, client: str, *, months: list[str] | None = None) -> None:
    """Each customer writes once a month; segment "Small" has three of them, "Large" and "Other" nine each."""
    people = [(f"{name}{number}", name) for name, size in SEGMENTS.items() for number in range(size)]
    rows: list[dict[str, Any]] = [
        {
            "interaction_id": f"{month}-{person}",
            "contact_id": person,
            "occurred_at": f"{month}-10 09:00",
            "direction": "in",
            "channel": "social_public" if segment == "Large" else "email",
            "pillar": "service" if segment == "Large" else "sales",
        }
        for month in months or MONTHS
        for person, segment in people
    ]
    contacts = [{"contact_id": person, "segment": segment} for person, segment in people]
    write_tables(home, {"interaction": rows, "contact": contacts}, client=client)


SEGMENTS = {"Small": SMALL, "Large": LARGE, "Other": LARGE}


def deals(home: Path, client: str, *, won: int = 2, lost: int = 1) -> None:
    """Every month the same number of won and lost deals of 1,000 each; the last month ends on the 15th."""
    rows = [
        {
            "opportunity_id": f"{month}-{number}",
            "is_won": number < won,
            "is_closed": True,
            "amount": "1000",
            "currency": "USD",
            "created_at": f"{month}-01",
            "closed_at": f"{month}-15",
        }
        for month in MONTHS
        for number in range(won + lost)
    ]
    write_tables(home, {"opportunity": rows}, client=client)
