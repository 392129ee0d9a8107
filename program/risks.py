"""Risks: what may happen, how bad it would be, and who does what about it."""

RESPONSES = {"avoid": "Avoid", "reduce": "Reduce", "transfer": "Transfer", "accept": "Accept"}
STATUSES = {"open": "Open", "happened": "Happened", "closed": "Closed", "dismissed": "Not a risk"}
LEVELS = (1, 5)
