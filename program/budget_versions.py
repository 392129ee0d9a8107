"""Versions of the budget: money by line and month, drafted, approved, and kept as a baseline."""

STATUSES = {"draft": "Draft", "approved": "Approved", "baseline": "Baseline"}
