"""Follow-ups: who does what by when, from decisions, risks, gates and findings."""

ORIGINS = {
    "decision": "Decision",
    "risk": "Risk",
    "gate": "Gate",
    "finding": "Finding",
    "workshop": "Workshop",
}
